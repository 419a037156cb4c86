import type { Item } from '../../server/instruments/document.ts';
import { ChoicesField } from './ChoicesField.tsx';
import { DayField } from './DayField.tsx';
import { FileField } from './FileField.tsx';
import type { FieldProps } from './field.ts';
import { NumberField } from './NumberField.tsx';
import { PartialDayField } from './PartialDayField.tsx';
import { SliderField } from './SliderField.tsx';
import { TextField } from './TextField.tsx';
import { TimeField } from './TimeField.tsx';

type Entered = Exclude<Item['kind'], 'choice' | 'calculated' | 'descriptive' | 'section'>;

/** Whether the item is answered otherwise than by a row of codes. */
export const isEntered = (item: Item): item is Extract<Item, { kind: Entered }> =>
  !['choice', 'calculated', 'descriptive', 'section'].includes(item.kind);

/** The entry control of an item that isn't a row of codes. */
export function TypedField({ item, ...rest }: FieldProps<Entered>) {
  switch (item.kind) {
    case 'number':
      return <NumberField item={item} {...rest} />;
    case 'slider':
      return <SliderField item={item} {...rest} />;
    case 'choices':
      return <ChoicesField item={item} {...rest} />;
    case 'date':
      return item.partial ? <PartialDayField item={item} {...rest} /> : <DayField item={item} {...rest} />;
    case 'time':
      return <TimeField item={item} {...rest} />;
    case 'text':
      return <TextField item={item} {...rest} />;
    case 'file':
      return <FileField item={item} {...rest} />;
  }
}
