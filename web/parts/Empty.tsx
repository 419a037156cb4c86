import type { ReactNode } from 'react';

/** What is next and when, and one thing to do. */
export function Empty({ title, children, acts }: { title: string; children?: ReactNode; acts?: ReactNode }) {
  return (
    <div className="empty">
      <svg width="220" height="48" viewBox="0 0 220 48" aria-hidden="true">
        <path d="M0 38H220" className="rule" />
        <rect x="128" y="16" width="72" height="14" rx="4" className="well" />
        <path d="M36 6V38" className="today" />
        <circle cx="36" cy="6" r="3" className="head" />
        <path d="M164 16v14" className="tg" />
      </svg>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {acts && <div className="row">{acts}</div>}
    </div>
  );
}
