export default function AllocationLog() {
  return null;
}
