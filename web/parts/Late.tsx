import { useEffect, useState } from 'react';

/** True once 300 ms have passed: what comes sooner needs no skeleton. */
export function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return late;
}

/** Skeleton rows in the height of what will stand there; nothing before 300 ms. */
export function Late({ label, rows = 6, height = 40 }: { label: string; rows?: number; height?: number }) {
  const late = useLate();
  const widths = [62, 48, 71, 55, 66, 43, 58, 69];
  return (
    <div className="late-rows" role="status" aria-label={label} aria-busy="true" hidden={!late}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} style={{ height }} className="late-row">
          <span className="skel" style={{ width: `${widths[row % widths.length]}%`, height: 12 }} />
        </div>
      ))}
    </div>
  );
}
