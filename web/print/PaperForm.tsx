import type { FormView } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { checkValues, derive } from '../../server/instruments/rules.ts';
import type { SignatureView } from '../../server/signatures/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { inDigits } from '../forms/answer.ts';
import { aroundOf } from '../forms/around.ts';
import { itemNumber } from '../forms/fieldName.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { SignatureList } from '../signatures/SignatureList.tsx';
import { fullDay } from '../time.ts';
import { PaperItem } from './PaperItem.tsx';
import css from './paper.module.css';

interface Props {
  instrument: InstrumentDocument;
  document: StudyDocument;
  /** Null: to be filled in by hand. */
  form: FormView | null;
  /** Those over this form, valid and void. */
  signatures?: readonly SignatureView[];
}

/** One form on paper, filled as the server has it or blank for a pen. */
export function PaperForm({ instrument, document, form, signatures = [] }: Props) {
  const around = form && aroundOf(form, form.assessedOn, document);
  const derived = form && around && derive(instrument, form.values, around.facts, around.place);
  const items = instrument.items.filter(
    ({ id }) => !derived || derived.applies(id) || form.values[id] !== undefined,
  );
  const findings = form && around ? checkValues(instrument, form.values, document.missing, around) : [];
  // The reason for a check stands where the check does.
  const reasonsFor = (item: string) =>
    findings.flatMap((one) => (one.item === item && form?.reasons[one.key]) || []).join('; ') || undefined;
  return (
    <div className={css.form}>
      <h2>{instrument.title}</h2>
      {instrument.recall && (
        <p className={css.quiet}>{t('Period: {recall}', { recall: instrument.recall })}</p>
      )}
      {instrument.instruction && <p>{instrument.instruction}</p>}
      <dl className={css.facts}>
        <dt>{t('Date of assessment')}</dt>
        <dd data-blank={!form?.assessedOn || undefined}>{form?.assessedOn && fullDay(form.assessedOn)}</dd>
        {form?.lateReason && (
          <>
            <dt>{t('Reason for the date')}</dt>
            <dd>{form.lateReason}</dd>
          </>
        )}
      </dl>
      {items.map((item) => (
        <PaperItem
          key={item.id}
          item={item}
          number={itemNumber(instrument, item.id)}
          missing={document.missing}
          blank={form === null}
          value={form?.values[item.id] ?? derived?.values[item.id]}
          reason={reasonsFor(item.id)}
        />
      ))}
      {form && <Scores form={form} />}
      {signatures.length > 0 && (
        <section aria-label={t('Signatures')}>
          <h3>{t('Signatures')}</h3>
          <SignatureList signatures={signatures} />
        </section>
      )}
      <p className={css.source}>
        {t('{licence} Source: {source}', { licence: instrument.licence, source: instrument.source })}
      </p>
      {form === null && (
        <dl className={css.signature}>
          <dt>{t('Assessed by')}</dt>
          <dd data-blank />
          <dt>{t('Signature')}</dt>
          <dd data-blank />
          <dt>{t('Day')}</dt>
          <dd data-blank />
        </dl>
      )}
    </div>
  );
}

function Scores({ form }: { form: FormView }) {
  if (form.scores.length === 0) return null;
  return (
    <dl className={css.facts} aria-label={t('Scores')}>
      {form.scores.map((score) => (
        <div key={score.score}>
          <dt>{said(score.label)}</dt>
          <dd>
            {score.value === null
              ? t('None: {why}', { why: said(score.why ?? '') })
              : inDigits(Math.round(score.value * 100) / 100)}
            {score.value !== null && ` ${t('of {max}', { max: score.max })}`}
            {score.band && `, ${said(score.band)}`}
            {score.prorated && ` ${t('(prorated)')}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}
