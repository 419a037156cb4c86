import type { FormView } from '../../server/forms/contract.ts';

/** The form with one of its safety alerts answered now. */
export const resolved =
  (alert: string) =>
  (form: FormView): FormView => ({
    ...form,
    alerts: form.alerts.map((one) =>
      one.id === alert ? { ...one, resolvedAt: new Date().toISOString() } : one,
    ),
  });
