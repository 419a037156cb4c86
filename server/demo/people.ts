import { createAccount } from '../accounts/createAccount.ts';
import { insertMembership, writeSetting } from '../accounts/store.ts';
import type { Transaction } from '../db/database.ts';
import type { Services, User } from '../services.ts';
import type { RoleName } from '../studies/document.ts';
import type { Calibration } from './calibration.ts';

export type Cast = Record<RoleName, User>;

/** One account for each role. */
export async function makeCast(services: Services, { people, password }: Calibration): Promise<Cast> {
  const cast = {} as Cast;
  for (const [role, person] of Object.entries(people))
    cast[role as RoleName] = await createAccount(services, { ...person, password });
  return cast;
}

/** Each has their role at all sites, from the first day of the study. */
export async function giveRoles(tx: Transaction, cast: Cast, study: string, at: string): Promise<void> {
  await writeSetting(tx, 'owner', cast.owner.id);
  for (const [role, user] of Object.entries(cast))
    await insertMembership(tx, {
      id: crypto.randomUUID(),
      userId: user.id,
      study,
      role: role as RoleName,
      site: null,
      at,
      by: cast.owner.id,
    });
}
