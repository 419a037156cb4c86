import { reaches } from '../../access/rules.ts';
import { accessTable } from '../../access/table.ts';
import { hashOfToken, newToken } from '../../accounts/oneTimeLink.ts';
import { peopleWithRole, userNames } from '../../accounts/store.ts';
import { appendAudit } from '../../audit/append.ts';
import { transactionLock } from '../../db/database.ts';
import { conflict, notAllowed, notFound } from '../../errors.ts';
import type { Caller, Services } from '../../services.ts';
import { currentStudy } from '../../studies/store.ts';
import type { CalendarLink } from './contract.ts';
import { siteCalendar } from './file.ts';
import { feedOfToken, feedsOf, findFeed, insertFeed, revokeFeed } from './store.ts';

/** The calendar of a site of the caller. */
export async function readCalendar(services: Services, caller: Caller, site: string): Promise<string> {
  checkSite(caller, site);
  return siteCalendar(services, caller.study, site);
}

/** Makes an address with a secret; the database keeps the secret's hash only, so that it can't be told again. */
export async function addLink(
  services: Services,
  caller: Caller,
  { key, site }: { key: string; site: string },
) {
  checkSite(caller, site);
  const { token, hash } = newToken();
  return services.db.write(async (tx) => {
    await transactionLock(tx, `calendars ${caller.study.id}`);
    if ((await feedsOf(tx, caller.study.id)).some((feed) => feed.id === key))
      throw conflict('This address was made already. Take it back, and make another.');
    const at = services.now().toISOString();
    await insertFeed(tx, {
      id: key,
      study_id: caller.study.id,
      site,
      token_digest: hash,
      created_at: at,
      created_by: caller.user.id,
      revoked_at: null,
      revoked_by: null,
    });
    await appendAudit(tx, caller, at, {
      action: 'calendars.add',
      subject: `calendar:${key}`,
      after: { site },
    });
    return { id: key, path: `/api/calendars/${token}/visits.ics` };
  });
}

/** Addresses of calendars of the caller's sites. */
export async function listLinks(services: Services, caller: Caller): Promise<{ links: CalendarLink[] }> {
  const db = services.db.read;
  const feeds = (await feedsOf(db, caller.study.id)).filter((feed) => reaches(caller.sites, feed.site));
  const names = await userNames(
    db,
    feeds.map((feed) => feed.created_by),
  );
  return {
    links: feeds.map((feed) => ({
      id: feed.id,
      site: feed.site,
      createdAt: feed.created_at,
      createdBy: names.get(feed.created_by) ?? feed.created_by,
      revokedAt: feed.revoked_at,
    })),
  };
}

/** Makes an address useless, at once and for good. */
export async function revokeLink(services: Services, caller: Caller, id: string) {
  return services.db.write(async (tx) => {
    await transactionLock(tx, `calendars ${caller.study.id}`);
    const feed = await findFeed(tx, caller.study.id, id);
    if (!feed || !reaches(caller.sites, feed.site)) throw notFound('This address of a calendar');
    if (feed.revoked_at !== null) return { revokedAt: feed.revoked_at };
    const at = services.now().toISOString();
    await revokeFeed(tx, id, at, caller.user.id);
    await appendAudit(tx, caller, at, {
      action: 'calendars.revoke',
      subject: `calendar:${id}`,
      before: { site: feed.site },
    });
    return { revokedAt: at };
  });
}

/**
 * The calendar behind a secret address. It answers only while whoever made the address may still book visits at the
 * site: with the role or the account goes the calendar.
 */
export async function readFeed(services: Services, token: string): Promise<string> {
  const db = services.db.read;
  const feed = await feedOfToken(db, hashOfToken(token));
  const study = feed && (await currentStudy(db, feed.study_id));
  if (!feed || !study) throw notFound('This calendar');
  const holders = await peopleWithRole(db, feed.study_id, accessTable['visits.book'], feed.site);
  if (!holders.some(({ id }) => id === feed.created_by)) throw notFound('This calendar');
  return siteCalendar(services, study, feed.site);
}

function checkSite(caller: Caller, id: string): void {
  const site = caller.study.document.sites.find((one) => one.id === id);
  if (!site) throw notFound(`The site “${id}”`);
  if (!reaches(caller.sites, id)) throw notAllowed(`You book no visits at ${site.name}.`);
}
