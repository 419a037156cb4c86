import { lock } from '../locks/place.ts';
import { lockReadiness } from '../locks/readiness.ts';
import { meaningsOf } from '../signatures/rules.ts';
import { signForms } from '../signatures/sign.ts';
import { formStates } from '../signatures/store.ts';
import type { Study } from '../studies/study.ts';
import { markConsent, markVerified } from '../verification/mark.ts';
import { listVerification } from '../verification/read.ts';
import type { Script } from './script.ts';

const VERIFIED = 4;

/**
 * A monitor has compared the first few casebooks with the source, the investigator has signed those that are whole, and
 * the first with nothing open is locked.
 *
 * @param day YYYY-MM-DD, on which all of it happens
 */
export function oversight(script: Script, study: Study, day: string): void {
  script.at(`${day}T09:00:00.000Z`, async (services, as) => {
    const { rows } = await listVerification(services, as('monitor'), {});
    const forms = await formStates(services.db.read, study.id);
    const codes = [...new Set(rows.map(({ participant }) => participant))].slice(0, VERIFIED);
    for (const { participant, visit, instrument, complete } of rows) {
      if (!codes.includes(participant) || !complete) continue;
      const key = crypto.randomUUID();
      if (visit === null || instrument === null) {
        await markConsent(services, as('monitor'), participant, { key, verified: true });
        continue;
      }
      const address = { participant, visit, instrument };
      const { version } = forms.find(
        (form) => form.code === participant && form.visit === visit && form.instrument === instrument,
      )!;
      await markVerified(services, as('monitor'), address, { key, version, fields: null, verified: true });
    }
    const [meaning] = meaningsOf(study.document);
    const signed = codes.filter((code) =>
      forms.every((form) => form.code !== code || form.status === 'complete'),
    );
    for (const code of signed)
      await signForms(services, as('investigator'), code, {
        key: crypto.randomUUID(),
        meaning: meaning!.id,
        forms: forms
          .filter((form) => form.code === code)
          .map(({ visit, instrument, version }) => ({ visit, instrument, version })),
      });
    const manager = as('data-manager');
    for (const participant of signed) {
      if ((await lockReadiness(services, manager, { participant })).open > 0) continue;
      const scope = { level: 'participant' as const, participant };
      const reason = 'Verified, signed, and nothing is open';
      await lock(services, manager, { key: crypto.randomUUID(), scope, reason });
      return;
    }
  });
}
