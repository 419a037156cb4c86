import 'dayjs/locale/fi';
import { DateInput, type DateInputProps } from '@mantine/dates';
import { language } from '../language/language.ts';
import { t } from '../language/t.ts';
import { localDay } from '../time.ts';
import { readDay } from './readDay.ts';

type Props = Omit<DateInputProps, 'value' | 'onChange' | 'dateParser'> & {
  value: string | null;
  onChange(day: string | null): void;
};

/** A day, typed or picked: "24 Nov 2026" on the page, YYYY-MM-DD underneath. */
export function DayInput(props: Props) {
  const today = localDay(new Date().toISOString());
  return (
    <DateInput
      size="sm"
      valueFormat={language === 'fi' ? 'D.M.YYYY' : 'D MMM YYYY'}
      locale={language}
      dateParser={(typed) => readDay(typed, today)}
      placeholder={t('24 Nov 2026')}
      firstDayOfWeek={1}
      clearButtonProps={{ 'aria-label': t('Clear the day'), style: { minWidth: 24, minHeight: 24 } }}
      {...props}
      onChange={(day) => props.onChange(day === null ? null : String(day).slice(0, 10))}
    />
  );
}
