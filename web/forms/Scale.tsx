import type { ItemValue } from '../../server/forms/contract.ts';
import type { ChoiceItem } from '../../server/instruments/document.ts';
import css from './forms.module.css';

interface Props {
  item: ChoiceItem;
  value: ItemValue | undefined;
  readOnly: boolean;
  onPick(value: number): void;
}

/** The codes of a folded item as a row of buttons; one tab stop. */
export function Scale({ item, value, readOnly, onPick }: Props) {
  const chosen = value && 'value' in value ? value.value : null;
  const stop = item.options.some((option) => option.value === chosen) ? chosen : item.options[0]?.value;
  return (
    <div className={css.scale} role="radiogroup" aria-label={item.label}>
      {item.options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio of its own could not carry the tab stop of the whole row
        <button
          key={option.value}
          type="button"
          role="radio"
          className={css.point}
          aria-checked={option.value === chosen}
          aria-label={`${option.value}, ${option.label}`}
          title={option.label}
          tabIndex={option.value === stop ? 0 : -1}
          disabled={readOnly}
          onClick={() => onPick(option.value)}
        >
          {option.value}
        </button>
      ))}
    </div>
  );
}
