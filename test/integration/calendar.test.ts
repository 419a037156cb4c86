import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setDisabledOf } from '../../server/accounts/disabled/disable.ts';
import { hashOfToken } from '../../server/accounts/oneTimeLink.ts';
import {
  addCalendarLink,
  listCalendarLinks,
  readCalendar,
  revokeCalendarLink,
} from '../../server/visits/calendar/contract.ts';
import { addUnscheduledVisit, bookVisit } from '../../server/visits/contract.ts';
import { Enrolment } from '../setup/enrol.ts';
import { type Agent, addressOf, done, refused, type TestServer, testServer } from '../setup/http.ts';

/** Lines as RFC 5545 3.1 unfolds them: a line break before a space or a tab isn't one. */
const unfold = (text: string): string[] =>
  text
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter((line) => line !== '');

/** The events of a calendar by their UID, each as property → value; parameters of a property are left out. */
function eventsOf(text: string): Map<string, Record<string, string>> {
  const events = new Map<string, Record<string, string>>();
  let event: Record<string, string> = {};
  for (const line of unfold(text)) {
    const [, name, value] = /^([A-Z-]+)[^:]*:(.*)$/.exec(line)!;
    if (line === 'BEGIN:VEVENT') event = {};
    else if (line === 'END:VEVENT') events.set(event.UID!, event);
    else event[name!] = value!;
  }
  return events;
}

describe('the calendar of a site in Helsinki', () => {
  const study = 'ipt-depression';
  const params = { study };
  let server: TestServer;
  let coordinator: Agent;
  let enrolment: Enrolment;
  let site: string;
  let code: string;

  beforeAll(async () => {
    server = await testServer([study], { now: '2026-11-24T08:00:00.000Z', timeZone: 'Europe/Helsinki' });
    coordinator = await server.as('coordinator');
    enrolment = new Enrolment(server, await server.study(study), coordinator);
    site = enrolment.document.sites[0]!.id;
    code = await enrolment.upTo('randomised', site);
  });
  afterAll(() => server?.close());

  const book = (bookedFor: string | null, reason?: string) =>
    done(coordinator, bookVisit, {
      params: enrolment.params(code, { visit: 'm3' }),
      body: { bookedFor, reason },
    });
  const file = async (agent = coordinator) =>
    (await agent.get(addressOf(readCalendar, { params: { study, site } }))).text;
  const uid = (visit: string) => `${visit}.${code}.${study}@equipoise`;
  const add = async (agent = coordinator) =>
    done(agent, addCalendarLink, { params, body: { key: crypto.randomUUID(), site } });

  test('a visit that is not booked stands on its target day, and keeps its UID when it is booked and moved', async () => {
    // Three months after 24 November, and the day after it: the end of a whole day is not in it (RFC 5545 3.6.1).
    expect(eventsOf(await file()).get(uid('m3'))).toMatchObject({
      SUMMARY: `${code} 3 months (not booked)`,
      DTSTART: '20270224',
      DTEND: '20270225',
      SEQUENCE: '0',
    });
    await book('2027-02-24T10:00');
    // Helsinki is two hours ahead of UTC in winter and three in summer, from 28 March 2027.
    expect(eventsOf(await file()).get(uid('m3'))).toMatchObject({
      SUMMARY: `${code} 3 months`,
      DTSTART: '20270224T080000Z',
      DURATION: 'PT1H',
      SEQUENCE: '1',
    });
    await book('2027-03-29T10:00', 'Travels until Easter');
    expect(eventsOf(await file()).get(uid('m3'))).toMatchObject({
      DTSTART: '20270329T070000Z',
      SEQUENCE: '2',
    });
  });

  test('it holds the ID alone: no reason that somebody typed, and no arm', async () => {
    await done(coordinator, addUnscheduledVisit, {
      params: enrolment.params(code),
      body: {
        key: crypto.randomUUID(),
        on: '2026-12-01',
        reason: 'Worse since the first group session',
        instruments: ['cgi-s'],
      },
    });
    const text = unfold(await file()).join('\n');
    expect(text).toContain(`${code} Unscheduled visit 1`);
    expect(text).not.toMatch(/group session|Travels/);
    for (const arm of enrolment.document.arms)
      for (const word of [arm.id, arm.name, arm.short])
        expect(text.toLowerCase().split(/[^a-zåäö0-9-]+/), word).not.toContain(word.toLowerCase());
  });

  test('it is a calendar by RFC 5545: lines end with CR LF and hold 75 bytes at most', async () => {
    const text = await file();
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('BEGIN:VCALENDAR');
    expect(lines.filter((line) => line !== '').at(-1)).toBe('END:VCALENDAR');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of lines) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
    expect(lines).toContain('VERSION:2.0');
  });

  test('an address gives the same calendar to whoever knows it, and nothing once it was taken back', async () => {
    const { id, path } = await add();
    const answer = await server.stranger().get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.text).toBe(await file());
    const token = path.split('/')[3]!;
    const kept = await server.services.db.read
      .selectFrom('calendar_feed')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(kept.token_digest).toBe(hashOfToken(token));
    expect(JSON.stringify(kept)).not.toContain(token);
    await done(coordinator, revokeCalendarLink, { params: { study, calendar: id } });
    expect((await server.stranger().get(path)).status).toBe(404);
    const { links } = await done(coordinator, listCalendarLinks, { params });
    expect(links.find((link) => link.id === id)?.revokedAt).toBe('2026-11-24T08:00:00.000Z');
    expect(JSON.stringify(links)).not.toContain(token);
  });

  test('a wrong secret is answered like one that was taken back', async () => {
    const { path } = await add();
    for (const wrong of ['x', path.split('/')[3]!.slice(1), 'A'.repeat(32), '%00', 'a'.repeat(200)])
      expect([400, 404], wrong).toContain(
        (await server.stranger().get(`/api/calendars/${wrong}/visits.ics`)).status,
      );
    expect((await server.stranger().get(`/api/calendars/${'A'.repeat(32)}/visits.ics`)).status).toBe(404);
  });

  test('with the role or the account of whoever made it, an address goes', async () => {
    const leaver = await server.account('Leaving Person');
    const membership = await server.join(leaver, study, 'coordinator');
    const { path } = await add(await server.signIn(leaver));
    expect((await server.stranger().get(path)).status).toBe(200);
    await setDisabledOf(server.services, leaver.email, true);
    expect((await server.stranger().get(path)).status).toBe(404);
    await setDisabledOf(server.services, leaver.email, false);
    expect((await server.stranger().get(path)).status).toBe(200);
    await server.services.db.write((tx) =>
      tx
        .updateTable('membership')
        .set({ revoked_at: '2026-11-24T08:00:00.000Z' })
        .where('id', '=', membership)
        .execute(),
    );
    expect((await server.stranger().get(path)).status).toBe(404);
  });

  test('the same key makes one address', async () => {
    const body = { key: crypto.randomUUID(), site };
    await done(coordinator, addCalendarLink, { params, body });
    await refused(coordinator, addCalendarLink, { params, body }, 409);
  });
});
