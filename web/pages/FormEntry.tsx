export default function FormEntry() {
  return null;
}
