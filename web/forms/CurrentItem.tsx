import type { ReactNode } from 'react';
import type { ItemValue } from '../../server/forms/contract.ts';
import type { InstrumentDocument, Item } from '../../server/instruments/document.ts';
import { t } from '../language/t.ts';
import { Anchors } from './Anchors.tsx';
import { answerInWords } from './answer.ts';
import { storedIn } from './field.ts';
import css from './forms.module.css';
import { isEntered, TypedField } from './TypedField.tsx';

interface Props {
  instrument: InstrumentDocument;
  item: Item;
  number: number;
  value: ItemValue | undefined;
  /** The answer to the same item at baseline. */
  baseline: ItemValue | undefined;
  missing: readonly { code: string; label: string }[];
  missingOpen: boolean;
  singleKeys: boolean;
  onAnswer(value: ItemValue, advance: boolean): void;
  onClear(): void;
  onMissing(open: boolean): void;
  /** What checks found. */
  children?: ReactNode;
}

/** The unfolded item: its question, what it was at baseline, and its anchors or field. */
export function CurrentItem(props: Props) {
  const { instrument, item, number, value, missing, missingOpen } = props;
  return (
    <fieldset className={css.current} aria-labelledby={`title-${item.id}`} data-item={item.id} data-current>
      <div className={css.currentHead}>
        <span className={css.number}>{number}</span>
        <strong id={`title-${item.id}`}>{item.label}</strong>
      </div>
      <Hint
        instrument={instrument}
        item={item}
        baseline={props.baseline}
        missing={missing}
        open={missingOpen}
      />
      {missingOpen ? (
        <Anchors
          label={t('Why {label} has no answer', { label: item.label })}
          options={missing.map(({ code, label }, index) => ({ id: code, mark: index + 1, label }))}
          chosen={value && 'missing' in value ? value.missing : null}
          onPick={(code) => props.onAnswer({ missing: code }, true)}
        />
      ) : (
        <Field {...props} />
      )}
      {/* After the answers in tab order, above them on the page. */}
      <div className={css.currentTools}>
        {value && (
          <button type="button" className="btn quiet sm" onClick={props.onClear}>
            {t('Clear')}
          </button>
        )}
        <button
          type="button"
          className="btn quiet sm"
          aria-expanded={missingOpen}
          onClick={() => props.onMissing(!missingOpen)}
        >
          {missingOpen ? t('Back to the answers') : t('Missing…')} {props.singleKeys && <kbd>M</kbd>}
        </button>
      </div>
      {!missingOpen && props.children}
    </fieldset>
  );
}

function Field({ item, value, missing, onAnswer, onClear }: Props) {
  if (item.kind === 'choice') {
    const stored = storedIn(value);
    const chosen = typeof stored === 'number' ? stored : null;
    return (
      <Anchors
        label={item.label}
        options={item.options.map((option) => ({
          id: option.value,
          mark: option.value,
          label: option.label,
        }))}
        chosen={chosen}
        onPick={(code) => onAnswer({ value: code }, true)}
      />
    );
  }
  if (!isEntered(item)) return null;
  const away =
    value && 'missing' in value ? (missing.find(({ code }) => code === value.missing)?.label ?? null) : null;
  return (
    <TypedField key={item.id} item={item} value={value} away={away} onAnswer={onAnswer} onClear={onClear} />
  );
}

function Hint({
  instrument,
  item,
  baseline,
  missing,
  open,
}: Pick<Props, 'instrument' | 'item' | 'baseline' | 'missing'> & { open: boolean }) {
  if (open) return <p className={css.hint}>{t('Choose why there is no answer. Blank is never missing.')}</p>;
  const parts = [
    baseline &&
      t('At baseline: {answerInWords}.', { answerInWords: answerInWords(item, baseline, missing, 'short') }),
    item.text
      ? sentence(item.text)
      : instrument.recall && instrument.textShipped && periodOf(instrument.recall),
    !item.required && t('Optional.'),
  ].filter(Boolean);
  return parts.length > 0 ? <p className={css.hint}>{parts.join(' ')}</p> : null;
}

/** "Rate the past week."; other periods, such as "since baseline", don't go into that sentence. */
const periodOf = (recall: string): string =>
  recall.startsWith('past ') ? t('Rate the {recall}.', { recall }) : t('Period: {recall}.', { recall });

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
