import type { ItemValue } from '../../server/forms/contract.ts';
import type { ItemOf } from '../../server/instruments/document.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { answerInWords } from './answer.ts';
import css from './forms.module.css';

/** A heading; it groups the items below it. */
export function SectionHeading({ item }: { item: ItemOf<'section'> }) {
  return (
    <div className={css.section} data-item={item.id}>
      <h2>{item.label}</h2>
      {item.text && <p>{item.text}</p>}
    </div>
  );
}

/** Words to read between items. */
export function Description({ item }: { item: ItemOf<'descriptive'> }) {
  return (
    <div className={css.description} data-item={item.id}>
      <strong>{item.label}</strong>
      {item.text && <p>{item.text}</p>}
    </div>
  );
}

/** A calculated item: its value, or why there is none. */
export function CalculatedItem({
  item,
  number,
  value,
  why,
}: {
  item: ItemOf<'calculated'>;
  number: number;
  value: ItemValue | undefined;
  why: string | undefined;
}) {
  return (
    <fieldset className={css.item} data-item={item.id} aria-label={item.label}>
      <span className={css.number}>{number}</span>
      <span className={css.name}>{item.label}</span>
      <span className={css.said} title={why && said(why)}>
        {value ? t('Calculated') : why ? said(why) : t('Not known yet')}
      </span>
      <output className={css.value}>{value ? answerInWords(item, value, []) : '–'}</output>
      <span className={css.tick} />
    </fieldset>
  );
}
