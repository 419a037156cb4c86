import type { QueryClient } from '@tanstack/react-query';
import { listDoubleEntry, saveSecondEntry } from '../../server/doubleEntry/contract.ts';
import type { FormView } from '../../server/forms/contract.ts';
import { call, keyOf } from '../api.ts';
import type { SaveRequest } from '../forms/saving.ts';
import type { FormPlace } from '../offline/kept.ts';

/** Sends one save of a second entry in the name of the person who typed it. */
export async function sendEntry(
  client: QueryClient,
  user: string,
  { study, participant, visit, instrument }: FormPlace,
  { version, assessedOn, values, complete }: SaveRequest,
): Promise<FormView> {
  const reply = await call(
    saveSecondEntry,
    { params: { study, participant, visit, instrument }, body: { version, assessedOn, values, complete } },
    { as: user },
  );
  void client.invalidateQueries({ queryKey: keyOf(listDoubleEntry) });
  return withoutWindow(reply);
}

/** Whether the day was inside the window was asked at the first entry; it isn't asked again. */
export const withoutWindow = (form: FormView): FormView => ({
  ...form,
  window: { opens: null, closes: null },
});
