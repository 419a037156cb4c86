import { identity } from '../identity/contract.ts';
import { saveIdentity } from '../identity/save.ts';
import type { Caller, Services } from '../services.ts';

/** An identity that nobody can take for a person's: a name, a number and an address that can't exist. */
export async function keepMadeUp(services: Services, caller: Caller, code: string): Promise<void> {
  const number = code.slice(code.lastIndexOf('-') + 1);
  await saveIdentity(services, caller, code, {
    version: 0,
    identity: identity.parse({
      name: `Synthetic Person ${number}`,
      telephone: `+358 00 000 ${number}`,
      email: `${code.toLowerCase()}@example.invalid`,
      address: `${Number(number)} Made-up Street, 00000 Nowhere`,
      contactTimes: Number(number) % 2 === 0 ? 'Weekdays after four' : 'Mornings',
      nextOfKin: `Made-up Relative ${number}`,
    }),
  });
}
