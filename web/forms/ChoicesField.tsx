import { Checkbox, Stack } from '@mantine/core';
import { t } from '../language/t.ts';
import type { FieldProps } from './field.ts';
import { storedIn } from './field.ts';
import css from './forms.module.css';

/** Any number of the options; one that excludes the others takes their place, and the other way round. */
export function ChoicesField({ item, value, onAnswer, onClear }: FieldProps<'choices'>) {
  const stored = storedIn(value);
  const chosen = Array.isArray(stored) ? stored : [];
  const toggle = (code: number) => {
    const option = item.options.find((one) => one.value === code)!;
    const next = chosen.includes(code)
      ? chosen.filter((one) => one !== code)
      : option.exclusive
        ? [code]
        : [...chosen.filter((one) => !item.options.some((o) => o.value === one && o.exclusive)), code];
    if (next.length === 0) onClear();
    // In the order of the options, so that the same choice is always the same answer.
    else onAnswer({ value: item.options.map((one) => one.value).filter((one) => next.includes(one)) }, false);
  };
  return (
    <Stack component="fieldset" className={css.choices} aria-label={item.label} gap={2}>
      {item.options.map((option, index) => (
        <Checkbox
          key={option.value}
          className={css.choicesOption}
          label={option.label}
          description={option.exclusive ? t('On its own') : undefined}
          checked={chosen.includes(option.value)}
          data-entry={index === 0 || undefined}
          onChange={() => toggle(option.value)}
        />
      ))}
    </Stack>
  );
}
