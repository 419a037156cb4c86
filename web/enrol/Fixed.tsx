import { IconArrowBackUp, IconLock } from '@tabler/icons-react';
import type { Readiness } from '../../server/randomisation/contract.ts';
import css from './enrol.module.css';
import { FactBox } from './FactBox.tsx';
import { shortHash, withDays } from './words.ts';

/** What randomising fixes for good, and what it leaves open; the same before and after, so that nothing surprises. */
export function Fixed({
  participant,
  readiness,
  after,
}: {
  participant: string;
  readiness: Readiness;
  after: boolean;
}) {
  const facts = readiness.fixes.map(({ label, value }) => ({
    label,
    value: value === participant ? <span className="code">{value}</span> : withDays(value),
  }));
  const method = (
    <>
      {readiness.method}
      {readiness.designHash && (
        <>
          , design{' '}
          <span className="mono" title={readiness.designHash}>
            {shortHash(readiness.designHash)}
          </span>
        </>
      )}
    </>
  );
  return (
    <>
      <FactBox
        title={after ? 'Fixed' : 'Becomes fixed'}
        icon={<IconLock className="ic" aria-hidden />}
        facts={[...facts, { label: 'Method', value: method }]}
      />
      <p className={css.under}>
        {after
          ? 'A later correction is added beside these values; the allocation stays.'
          : 'A value found wrong later is corrected beside these; the allocation stays as it is.'}
      </p>
      <FactBox
        title={after ? 'Still open' : 'Stays open'}
        icon={<IconArrowBackUp className="ic" aria-hidden />}
        facts={[
          { label: 'Any time', value: 'Contacts, events, visit bookings' },
          { label: 'With a reason', value: 'Baseline forms, until the data are locked' },
        ]}
      />
    </>
  );
}
