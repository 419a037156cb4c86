export default function Participants() {
  return null;
}
