import { useCallback, useState } from 'react';
import type { FormView } from '../../server/forms/contract.ts';
import { localDay } from '../time.ts';
import type { Work } from './difference.ts';
import type { Saver } from './saving.ts';
import { outside } from './window.ts';

/**
 * The day of assessment as the page shows it; today, on a new form. A day outside the window joins the work only
 * with its reason; until then the page alone holds it.
 */
export function useAssessmentDay(saver: Saver, form: FormView) {
  const today = localDay(new Date().toISOString());
  const [day, setDay] = useState<string | null>(
    () => saver.view().work.assessedOn ?? (form.mayEnter ? today : null),
  );
  const { work } = saver.view();
  const withDay = useCallback(
    (next: Work): Work =>
      day === null || outside(form.window, day) ? next : { ...next, assessedOn: day, lateReason: null },
    [day, form.window],
  );
  return {
    day,
    today,
    setDay,
    /** The work with the day that goes along with its next change. */
    withDay,
    /** The work with the day as it stands on the page, kept or not. */
    shown: { ...work, assessedOn: day, lateReason: day === work.assessedOn ? work.lateReason : null },
    choose(next: string | null) {
      setDay(next);
      if (next === null || !outside(form.window, next)) {
        saver.change({ ...saver.view().work, assessedOn: next, lateReason: null });
      }
    },
    keep(kept: string, lateReason: string) {
      saver.change({ ...saver.view().work, assessedOn: kept, lateReason });
    },
  };
}
