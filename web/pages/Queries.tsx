export default function Queries() {
  return null;
}
