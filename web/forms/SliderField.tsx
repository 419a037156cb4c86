import { Slider } from '@mantine/core';
import { useState } from 'react';
import { t } from '../language/t.ts';
import { inDigits } from './answer.ts';
import type { FieldProps } from './field.ts';
import { storedIn } from './field.ts';
import css from './forms.module.css';

/** A visual analogue scale. Until it is touched there is no mark on it, so that no answer is suggested. */
export function SliderField({ item, value, away, onAnswer }: FieldProps<'slider'>) {
  const stored = storedIn(value);
  const answered = typeof stored === 'number' ? stored : null;
  const [shown, setShown] = useState(answered ?? item.min);
  const mark = answered ?? shown;
  return (
    <div className={css.slider} data-untouched={answered === null || undefined}>
      <Slider
        thumbLabel={item.label}
        thumbProps={{ 'data-entry': true } as object}
        min={item.min}
        max={item.max}
        step={item.step}
        label={null}
        value={mark}
        onChange={setShown}
        // A key press or a click on the left end is an answer too, though the value stays what it was.
        onKeyUp={(event) => {
          if (/^(Arrow(Left|Right)|Home|End|Page|\s)/.test(event.key)) onAnswer({ value: shown }, false);
        }}
        onChangeEnd={(next) => onAnswer({ value: next }, false)}
      />
      <div className={css.sliderEnds}>
        <span>{item.low}</span>
        <output>
          {answered === null
            ? (away ?? t('Not marked yet'))
            : `${inDigits(answered)}${item.unit ? ` ${item.unit}` : ''}`}
        </output>
        <span>{item.high}</span>
      </div>
    </div>
  );
}
