import { type ReactNode, useEffect, useRef } from 'react';
import css from './enrol.module.css';

interface Props {
  title: string;
  lead: string;
  /** Where a step follows another on the page, its title takes the focus. */
  takesFocus: boolean;
  children: ReactNode;
}

/** The card of one step. */
export function StepCard({ title, lead, takesFocus, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <section className={`card ${css.card}`} aria-labelledby="step-title">
      <header>
        <h1 id="step-title" ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p>{lead}</p>
      </header>
      <div className="body">{children}</div>
    </section>
  );
}
