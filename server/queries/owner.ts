import { reaches } from '../access/rules.ts';
import { allows } from '../access/table.ts';
import { membershipRecords } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import { notValid } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import type { RoleName } from '../studies/document.ts';
import type { Owner } from './contract.ts';

/** The owner in words; @throws Refused where nobody of that name or role answers queries at the site. */
export async function ownerInWords(
  db: Connection,
  { study }: Caller,
  owner: Owner,
  site: string,
): Promise<string> {
  if (owner === null) return 'anyone of the site';
  const people = await answering(db, study.id);
  const here = people.filter((one) => one.site === null || one.site === site);
  if ('person' in owner) {
    const person = here.find((one) => one.id === owner.person);
    if (!person)
      throw notValid('That person doesn’t answer queries at this site. Nothing was changed; choose another.');
    return person.name;
  }
  if (!here.some((one) => one.role === owner.role))
    throw notValid(`Nobody at this site is ${owner.role}. Nothing was changed; choose another owner.`);
  return `the ${owner.role} of the site`;
}

/** Who can own a query within the caller's reach. */
export async function queryPeople(services: Services, { study, sites }: Caller) {
  const people = await answering(services.db.read, study.id);
  return { people: people.filter(({ site }) => site === null || reaches(sites, site)) };
}

async function answering(db: Connection, study: string) {
  const records = await membershipRecords(db, study);
  return records
    .filter(({ role, revokedAt }) => revokedAt === null && allows('queries.reply', [role]))
    .map(({ user, role, site }) => ({ id: user.id, name: user.name, role: role as RoleName, site }));
}
