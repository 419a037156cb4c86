import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ItemValue } from '../../server/forms/contract.ts';
import type { Item } from '../../server/instruments/document.ts';
import { t } from '../language/t.ts';
import { answerInWords } from './answer.ts';
import css from './forms.module.css';
import { Scale } from './Scale.tsx';

interface Props {
  item: Item;
  number: number;
  value: ItemValue | undefined;
  missing: readonly { code: string; label: string }[];
  /** What the check of the answer found, if anything. */
  finding: 'impossible' | 'unexpected' | undefined;
  readOnly: boolean;
  onPick(value: number): void;
  onOpen(): void;
}

/** An item as one row: number, name, what the answer means, and its codes. */
export function FoldedItem({ item, number, value, missing, finding, readOnly, onPick, onOpen }: Props) {
  const away = value !== undefined && 'missing' in value;
  const words = value ? answerInWords(item, value, missing) : '';
  const impossible = finding === 'impossible';
  const isScale = item.kind === 'choice';
  // A row that the keyboard reaches unfolds; a press of the mouse or a finger must find its button where it was.
  const onFocus = (event: React.FocusEvent<HTMLElement>) => {
    if (!readOnly && event.target.matches(':focus-visible')) onOpen();
  };
  return (
    <fieldset
      className={css.item}
      data-blank={value ? undefined : true}
      data-item={item.id}
      aria-label={item.label}
      onFocus={onFocus}
    >
      <span className={css.number}>{number}</span>
      {readOnly ? (
        <span className={css.name}>{item.label}</span>
      ) : (
        <button type="button" className={css.title} tabIndex={isScale ? -1 : 0} onClick={onOpen}>
          {item.label}
        </button>
      )}
      <span className={css.said} data-missing={away || undefined} title={words}>
        {away ? (
          <span className="tag wrn">{words}</span>
        ) : (
          isScale && <Said words={words} wrong={impossible} />
        )}
        {!value && !item.required && t('Optional')}
      </span>
      {isScale ? (
        <Scale item={item} value={value} readOnly={readOnly} onPick={onPick} />
      ) : (
        <span className={css.value}>{!away && <Said words={words} wrong={impossible} />}</span>
      )}
      <span className={css.tick} data-finding={finding}>
        {finding ? (
          <IconAlertTriangle className="ic" aria-label={impossible ? t('Impossible') : t('Unusual')} />
        ) : (
          value && <IconCheck className="ic" aria-label={t('Answered')} />
        )}
      </span>
    </fieldset>
  );
}

const Said = ({ words, wrong }: { words: string; wrong: boolean }) =>
  wrong ? <span className={css.impossible}>{t('{words}: impossible', { words })}</span> : words;
