import { useMemo } from 'react';
import type { FormView } from '../../server/forms/contract.ts';

/** Where the files of an opened form belong; the same object for as long as the form is the same. */
export function useFilesPlace(study: string, { participant, visit, instrument }: FormView) {
  return useMemo(() => ({ study, participant, visit, instrument }), [study, participant, visit, instrument]);
}
