import { IconChevronDown } from '@tabler/icons-react';

interface Props {
  label: string;
  value: string | undefined;
  /** What it says when nothing is filtered out; absent where one option always holds. */
  all?: string;
  options: readonly { id: string; label: string }[];
  onChange: (value: string | undefined) => void;
}

/** "Site Both ⌄": a filter that says what it shows. */
export function FilterSelect({ label, value, all, options, onChange }: Props) {
  return (
    <label className="sel">
      <span>{label}</span>
      <select value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value || undefined)}>
        {all !== undefined && <option value="">{all}</option>}
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
      <IconChevronDown className="ic" aria-hidden />
    </label>
  );
}
