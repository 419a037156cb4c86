import type { ReactNode } from 'react';
import css from './enrol.module.css';

/** A titled list of facts: what becomes fixed, what stays open. */
export function FactBox({
  title,
  icon,
  facts,
}: {
  title: string;
  icon: ReactNode;
  facts: readonly { label: string; value: ReactNode }[];
}) {
  return (
    <section className={css.box}>
      <h2>
        {icon}
        {title}
      </h2>
      <dl>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
