import { IconPrinter } from '@tabler/icons-react';
import type { Slip } from '../../server/randomisation/contract.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { Mark } from '../parts/Mark.tsx';
import css from './enrol.module.css';
import { exactStamp, notTold, shortHash } from './words.ts';

/** The allocation on paper: the only thing that prints. A masked role's slip has no arm to print. */
export function SlipCard({ study, site, slip }: { study: StudyView; site: string; slip: Slip }) {
  const { document } = study;
  const arm = slip.masked ? null : slip.arm;
  const description = arm && document.arms.find(({ id }) => id === arm.id)?.description;
  const facts = [
    [t('Trial'), t('{code}, protocol v{version}', { code: document.code, version: document.version })],
    [t('Site'), site],
    [t('Allocation'), String(slip.number)],
    [t('When'), exactStamp(slip.at)],
    [t('By'), slip.by],
  ];
  return (
    <div className={css.slipPlace}>
      <div className={css.cap}>
        <span className="grow">{t('Result slip')}</span>
        <button type="button" className="btn sm" onClick={() => window.print()}>
          <IconPrinter className="ic" aria-hidden />
          {t('Print')}
        </button>
      </div>
      <article className={css.slip} aria-label={t('Allocation slip')}>
        <div className={css.slipHead}>
          <Mark />
          Equipoise
          <span>{t('Allocation slip')}</span>
        </div>
        <p className={css.slipLabel}>{t('Participant')}</p>
        <p className={`code ${css.big}`}>{slip.participant}</p>
        <p className={css.slipLabel}>{arm ? t('Allocated to') : t('Allocation')}</p>
        <p className={css.big}>{arm ? said(arm.name) : t('Randomised')}</p>
        {arm && (
          <p>
            {arm.short}
            {description && `. ${description}`}
          </p>
        )}
        <dl className="facts">
          {facts.map(([label, value]) => (
            <div key={label} className={css.fact}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {!slip.masked && (
            <div className={css.fact}>
              <dt>{t('Log entry')}</dt>
              <dd className="mono" title={slip.entryHash}>
                {shortHash(slip.entryHash)}
              </dd>
            </div>
          )}
        </dl>
        <p className="small">
          {slip.masked ? t('Your role is masked: this slip has no arm.') : notTold(document)}
          {study.synthetic && ` ${t('Synthetic data.')}`}
        </p>
      </article>
    </div>
  );
}
