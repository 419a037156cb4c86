import { accessTable } from '../access/table.ts';
import { peopleWithRole } from '../accounts/store.ts';
import type { Transaction } from '../db/database.ts';
import { queueMail } from '../mail/queue.ts';
import { dayIn, documentIn } from '../mail/words.ts';
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
  const readers = await peopleWithRole(tx, study.id, accessTable['unblinding.read'], site);
  for (const { name, email, language: chosen } of readers) {
    const language = chosen ?? 'en';
    const { short, code, sites } = documentIn(language, study);
    const where = sites.find(({ id }) => id === site)?.name ?? site;
    const at = `${dayIn(language, openedAt)} ${openedAt.slice(11, 16)}`;
    await queueMail(tx, services, {
      to: email,
      language,
      subject: `${short}: ${participant} was unblinded`,
      paragraphs: [
        `Dear ${name},`,
        `${user.name} unblinded participant ${participant} (${where}) of the study “${short}” (${code}) in an emergency, on ${at} UTC.`,
        'The reason is on the page Unblinding of the study. The allocation is not in this mail; please don’t ask for it unless you need it to treat the participant.',
      ],
    });
  }
}
