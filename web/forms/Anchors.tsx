import css from './forms.module.css';

interface Props<Id> {
  label: string;
  options: readonly { id: Id; mark: string | number; label: string }[];
  chosen: Id | string | number | null;
  onPick(id: Id): void;
}

/** The answers of the unfolded item, each with its key; one tab stop, arrows move between them. */
export function Anchors<Id extends string | number>({ label, options, chosen, onPick }: Props<Id>) {
  const stop = options.some(({ id }) => id === chosen) ? chosen : options[0]?.id;
  return (
    <div className={css.anchors} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio answers as soon as an arrow reaches it
        <button
          key={option.id}
          type="button"
          role="radio"
          className={css.anchor}
          aria-checked={option.id === chosen}
          tabIndex={option.id === stop ? 0 : -1}
          data-entry={option.id === stop || undefined}
          onClick={() => onPick(option.id)}
        >
          <kbd>{option.mark}</kbd>
          {option.label}
        </button>
      ))}
    </div>
  );
}
