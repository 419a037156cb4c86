/** Three arms in balance. */
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <rect className="plate" width="24" height="24" rx="6" />
      <g className="sign">
        <circle cx="6.5" cy="8.5" r="1.9" />
        <circle cx="12" cy="8.5" r="1.9" />
        <circle cx="17.5" cy="8.5" r="1.9" />
        <rect x="4" y="11.7" width="16" height="1.7" rx=".85" />
        <path d="M12 14.4l3.2 4.6H8.8z" />
      </g>
    </svg>
  );
}
