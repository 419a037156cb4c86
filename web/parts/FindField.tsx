import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

interface Props {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A text filter; it acts a third of a second after the last key. */
export function FindField({ label, value, onChange }: Props) {
  const [text, setText] = useState(value ?? '');
  const tell = useDebouncedCallback((next: string) => onChange(next.trim() || undefined), 300);
  useEffect(() => setText(value ?? ''), [value]);
  return (
    <label className="find">
      <IconSearch className="ic" aria-hidden />
      <span className="vh">{label}</span>
      <input
        className="inp"
        type="search"
        maxLength={40}
        placeholder={label}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          tell(event.currentTarget.value);
        }}
      />
    </label>
  );
}
