import type { ItemValue } from '../../server/forms/contract.ts';
import type { Item } from '../../server/instruments/document.ts';
import { takesAnswer } from '../../server/instruments/kinds.rules.ts';
import { answerInWords } from '../forms/answer.ts';
import { t } from '../language/t.ts';
import css from './paper.module.css';
import { lineFor, optionsOf } from './paperLine.ts';

interface Props {
  item: Item;
  /** Null for what takes no answer. */
  number: number | null;
  missing: readonly { code: string; label: string }[];
  blank: boolean;
  value: ItemValue | undefined;
  /** Why an unusual answer is right. */
  reason: string | undefined;
}

/** One item on paper: the question with boxes to tick or a line to write on, or with what was answered. */
export function PaperItem({ item, number, missing, blank, value, reason }: Props) {
  if (item.kind === 'section')
    return (
      <>
        <h3 className={css.section}>{item.label}</h3>
        {item.text && <p className={css.words}>{item.text}</p>}
        {blank && item.showWhen && <p className={css.words}>{t('Only where it applies.')}</p>}
      </>
    );
  if (item.kind === 'descriptive') return <p className={css.words}>{item.text ?? item.label}</p>;
  const away = value && 'missing' in value ? value.missing : null;
  const options = optionsOf(item);
  const chosen = value && 'value' in value ? [value.value].flat() : [];
  return (
    <section className={css.item} aria-label={item.label}>
      <h3>
        {number !== null && <span className={css.number}>{number}</span>}
        {item.label}
        {!item.required && takesAnswer(item) && <small>{t('optional')}</small>}
        {item.showWhen && <small>{t('only where it applies')}</small>}
      </h3>
      {item.text && <p>{item.text}</p>}
      {options ? (
        <ul className={css.options} data-many={options.length > 4 || undefined}>
          {options.map((option) => (
            <li key={option.value} data-chosen={chosen.includes(option.value) || undefined}>
              <Box ticked={chosen.includes(option.value)} />
              <b>{option.value}</b> {option.label}
            </li>
          ))}
        </ul>
      ) : (
        <p className={css.line} data-blank={blank || undefined} data-lines={lineFor(item).lines}>
          {!blank && (
            <strong>{value && !away ? answerInWords(item, value, missing) : away ? '' : t('Blank')}</strong>
          )}
          <span>{lineFor(item).hint}</span>
        </p>
      )}
      {reason && <p>{t('Reason: {reason}', { reason })}</p>}
      {takesAnswer(item) && (blank || away) && (
        <ul className={css.missing} aria-label={t('No answer because')}>
          {missing
            .filter(({ code }) => blank || code === away)
            .map(({ code, label }) => (
              <li key={code}>
                <Box ticked={code === away} /> {label}
              </li>
            ))}
        </ul>
      )}
    </section>
  );
}

const Box = ({ ticked }: { ticked: boolean }) => (
  <span className={css.box} data-ticked={ticked || undefined}>
    <span className="vh">{ticked ? `${t('Chosen:')} ` : ''}</span>
  </span>
);
