import { IconChevronRight } from '@tabler/icons-react';
import type { Dashboard } from '../../server/results/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { number } from '../language/number.ts';
import { t } from '../language/t.ts';
import { ArmMark, armLook } from './ArmMark.tsx';
import { FlowCell } from './FlowCell.tsx';
import { FlowSteps } from './FlowSteps.tsx';
import css from './results.module.css';

/** With more steps than this, words go under their numbers, so that none leaves the card. */
const MANY = 5;
/** As many arms stand beside one another on a phone. */
const ABREAST = 3;

interface Props {
  document: StudyDocument;
  flow: Dashboard['flow'];
  /** The only site that is shown, by name; null where all are. */
  site: string | null;
  synthetic: boolean;
  phone: boolean;
}

/** From everyone assessed to everyone analysed, each number with its denominator as a track. */
export function FlowStrip({ document, flow, site, synthetic, phone }: Props) {
  const ratio = document.arms.map((arm) => arm.ratio).join(':');
  const reasons = flow.excludedReasons.map((reason) => `${reason.label} ${number(reason.count)}`).join(', ');
  return (
    <div className={`body ${css.flow}`}>
      <Box
        label={t('Assessed')}
        value={flow.assessed}
        note={`${t('{count} excluded', { count: count(flow.excluded) })}${synthetic ? '*' : ''}`}
        title={reasons}
      />
      <IconChevronRight className="ic" aria-hidden />
      <Box
        label={t('Randomised')}
        value={flow.randomised}
        note={t('at {site}, {ratio}', {
          site: site ?? t('{sites, plural, one {# site} other {# sites}}', { sites: flow.sites }),
          ratio,
        })}
      />
      {flow.arms.length > 0 && flow.randomised !== 0 && (
        <>
          <IconChevronRight className="ic" aria-hidden />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard */}
          <section className="scroll-x" aria-label={t('Flow by arm')} tabIndex={0}>
            {phone && flow.arms.length <= ABREAST ? (
              <FlowSteps document={document} flow={flow} />
            ) : (
              <table className={css.flowTable} data-many={flow.columns.length > MANY || undefined}>
                <thead>
                  <tr>
                    <th scope="col">{t('Arm')}</th>
                    {flow.columns.map((column) => (
                      <th key={column.id} scope="col">
                        {column.label}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {flow.arms.map((arm) => (
                    <tr key={arm.label} data-arm={armLook(document.arms, arm.arm).tone}>
                      <th scope="row">
                        <span className={css.armName}>
                          <ArmMark arms={document.arms} arm={arm.arm} />
                          {arm.label}
                        </span>
                      </th>
                      {arm.cells.map((cell, index) => (
                        <td key={flow.columns[index]?.id ?? index}>
                          <FlowCell cell={cell} />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
        </>
      )}
    </div>
  );
}

/** Null: hidden from the role. */
const count = (value: number | null): string => (value === null ? t('hidden') : number(value));

function Box(props: { label: string; value: number | null; note: string; title?: string }) {
  const { label, value, note, title } = props;
  return (
    <div className={css.box} title={title}>
      <span>{label}</span>
      <b>{count(value)}</b>
      <span>{note}</span>
    </div>
  );
}
