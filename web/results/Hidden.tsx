import { IconEyeOff } from '@tabler/icons-react';
import css from './results.module.css';

/** Where differences between arms would stand, for a role that must not see them. */
export function Hidden({ reason }: { reason: string | null }) {
  return (
    <section className={`card ${css.panel} ${css.wide}`} aria-label="Differences in response">
      <header>
        <div>
          <h2>Differences in response</h2>
          <p>Open at unmasking</p>
        </div>
      </header>
      <div className={css.hidden}>
        <IconEyeOff aria-hidden />
        <strong>Arms are hidden for your role</strong>
        <p>{reason}</p>
        <p>Differences between arms show once the data are locked and the trial is unmasked.</p>
      </div>
    </section>
  );
}
