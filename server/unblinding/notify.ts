import { accessTable } from '../access/table.ts';
import { peopleWithRole } from '../accounts/store.ts';
import type { Transaction } from '../db/database.ts';
import { queueMail } from '../mail/queue.ts';
import type { Caller, Services } from '../services.ts';

/**
 * Mails those who may read the site's unblindings that there was one: who, when and which participant. Neither the arm
 * nor the reason, in which an arm could stand: some of the readers are blinded, and mail goes through other hands.
 */
export async function tellOfUnblinding(
  tx: Transaction,
  services: Services,
  { user, study }: Caller,
  { participant, site, openedAt }: { participant: string; site: string; openedAt: string },
): Promise<void> {
  if (services.config.mail === null) return;
  const { document } = study;
  const siteName = document.sites.find(({ id }) => id === site)?.name ?? site;
  const at = openedAt.slice(0, 16).replace('T', ' ');
  for (const { name, email } of await peopleWithRole(tx, study.id, accessTable['unblinding.read'], site))
    await queueMail(tx, services, {
      to: email,
      subject: `${document.short}: ${participant} was unblinded`,
      text: `Dear ${name},

${user.name} unblinded participant ${participant} (${siteName}) of the study “${document.short}” (${document.code}) in an emergency, on ${at} UTC.

The reason is on the page Unblinding of the study. The allocation is not in this mail; please don’t ask for it unless you need it to treat the participant.
`,
    });
}
