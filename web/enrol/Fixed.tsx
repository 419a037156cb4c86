import { IconArrowBackUp, IconLock } from '@tabler/icons-react';
import type { Readiness } from '../../server/randomisation/contract.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
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
      {readiness.designHash &&
        rich(', design <mono>{shortHash}</mono>', {
          shortHash: shortHash(readiness.designHash),
          mono: (inner) => (
            <span className="mono" title={readiness.designHash}>
              {inner}
            </span>
          ),
        })}
    </>
  );
  return (
    <>
      <FactBox
        title={after ? t('Fixed') : t('Becomes fixed')}
        icon={<IconLock className="ic" aria-hidden />}
        facts={[...facts, { label: t('Method'), value: method }]}
      />
      <p className={css.under}>
        {after
          ? t('A later correction is added beside these values; the allocation stays.')
          : t('A value found wrong later is corrected beside these; the allocation stays as it is.')}
      </p>
      <FactBox
        title={after ? t('Still open') : t('Stays open')}
        icon={<IconArrowBackUp className="ic" aria-hidden />}
        facts={[
          { label: t('Any time'), value: t('Contacts, events, visit bookings') },
          { label: t('With a reason'), value: t('Baseline forms, until the data are locked') },
        ]}
      />
    </>
  );
}
