import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordsTellArms } from '../../server/access/rules.ts';
import { accessTable } from '../../server/access/table.ts';
import { setDisabledOf } from '../../server/accounts/disabled/disable.ts';
import { invite } from '../../server/accounts/invitations/contract.ts';
import { endpoints } from '../../server/api.ts';
import { planReview } from '../../server/audit/contract.ts';
import { addDeviation } from '../../server/deviations/contract.ts';
import { readForm, saveForm } from '../../server/forms/contract.ts';
import { addHarm } from '../../server/harms/contract.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { saveIdentity } from '../../server/identity/contract.ts';
import { freezeData, lockData } from '../../server/locks/contract.ts';
import { addMedication } from '../../server/medication/contract.ts';
import { readParticipant, recordEvent } from '../../server/participants/contract.ts';
import { closeQuery, openQuery } from '../../server/queries/contract.ts';
import { insertDocument } from '../../server/studies/approvals/store.ts';
import { canonicalHash } from '../../server/studies/canonical.ts';
import { type RoleName, roleName } from '../../server/studies/document.ts';
import { insertApproval, insertVersion } from '../../server/studies/store.ts';
import { requestUnblinding } from '../../server/unblinding/contract.ts';
import { addCalendarLink } from '../../server/visits/calendar/contract.ts';
import { today } from '../../server/visits/today.ts';
import { Enrolment, fittingCriteria, fittingScreening, type Stage } from '../setup/enrol.ts';
import {
  type Agent,
  type Answer,
  BOTH_STUDIES,
  done,
  PASSWORD,
  refused,
  type Sent,
  type ShippedStudy,
  send,
  type TestServer,
  testServer,
} from '../setup/http.ts';

/**
 * Every endpoint, asked by every role, at its own site, at a foreign one and in another study. What is expected comes
 * from the access table; an endpoint that nobody described here fails the first test.
 */

type Place = 'own' | 'foreign' | 'other';

/** Somewhere to ask about: a study, a site, and someone randomised there. */
class Fixture {
  constructor(
    readonly server: TestServer,
    readonly enrolment: Enrolment,
    readonly site: string,
    readonly participant: string,
  ) {}

  get document() {
    return this.enrolment.document;
  }
  get study() {
    return this.enrolment.study.id;
  }
  /** A new participant of the site. */
  fresh(stage: Stage): Promise<string> {
    return this.enrolment.upTo(stage, this.site);
  }
  about(participant: string = this.participant, more: Record<string, string> = {}) {
    return { study: this.study, participant, ...more };
  }
  form(participant?: string) {
    const visit = this.document.visits[0]!;
    return this.about(participant, { visit: visit.id, instrument: visit.instruments[0]! });
  }
  get day() {
    return today(this.server.services);
  }
}

const key = () => crypto.randomUUID();
const inStudy = async (f: Fixture): Promise<Sent> => ({ params: { study: f.study } });
const ofParticipant = async (f: Fixture): Promise<Sent> => ({ params: f.about() });
const ofChart = async (f: Fixture): Promise<Sent> => ({
  params: { study: f.study, chart: 'recruitment' },
  query: { site: f.site },
});
const ofResults = async (f: Fixture): Promise<Sent> => ({
  params: { study: f.study },
  query: { site: f.site },
});
const ofRun = async (f: Fixture): Promise<Sent> => ({ params: { study: f.study, run: key() } });
const ofSnapshot = async (f: Fixture): Promise<Sent> => ({
  params: { study: f.study, number: '1', file: 'snapshot.json' },
});
const onWayTo =
  (stage: Stage, version: number, body: (f: Fixture) => object) =>
  async (f: Fixture): Promise<Sent> => ({
    params: f.about(await f.fresh(stage)),
    body: { version, ...body(f) },
  });

const unknownRecord = async (f: Fixture): Promise<Sent> => ({
  params: { study: f.study, record: 'unknown' },
  body: { version: 1, reason: 'Entered twice' },
});
const harmOf = (f: Fixture) => ({
  term: 'Overdose',
  onset: f.day,
  end: null,
  ongoing: true,
  serious: ['hospitalisation'],
  awareAt: f.server.clock.now.toISOString(),
  severity: 4,
  relatedness: 'unlikely',
  expectedness: 'not-judged',
  action: 'none',
  outcome: 'not-recovered',
});
const deviationOf = (f: Fixture) => ({
  key: key(),
  site: f.site,
  participant: f.participant,
  content: { category: 'other', severity: 'minor', on: f.day, description: 'A form was left on a desk' },
});
const medicationOf = {
  drug: 'Paracetamol',
  dose: 500,
  unit: 'mg',
  frequency: 'As needed',
  indication: 'Headache',
  start: '2026',
  end: null,
  ongoing: true,
  event: null,
};

/** Versions of amendments; each is used once. */
let nextVersion = 1000;

function amendmentOf(f: Fixture) {
  nextVersion += 1;
  const document = { ...f.document, version: nextVersion };
  return { text: JSON.stringify(document), hash: canonicalHash(document), document };
}

/** An amendment on record that waits for its sites. */
async function recordedIn(f: Fixture): Promise<Record<string, string>> {
  const { document, hash } = amendmentOf(f);
  await f.server.services.db.write((tx) =>
    insertVersion(tx, {
      id: f.study,
      document,
      instruments: [...f.enrolment.study.instruments.values()],
      hash,
      at: f.server.clock.now.toISOString(),
      by: null,
      perSite: true,
    }),
  );
  return { study: f.study, number: String(document.version) };
}

/** An amendment on record that the site has approved. */
async function approvedIn(f: Fixture): Promise<Record<string, string>> {
  const params = await recordedIn(f);
  await f.server.services.db.write((tx) =>
    insertApproval(tx, {
      study_id: f.study,
      number: Number(params.number),
      site: f.site,
      committee: 'Committee',
      reference: 'Decision',
      decided_on: f.day,
      recorded_at: f.server.clock.now.toISOString(),
      recorded_by: 'test',
    }),
  );
  return params;
}

/** A request that succeeds for whoever may make it. */
const calls: Record<string, (f: Fixture) => Promise<Sent>> = {
  'people.add': async (f) => ({
    params: { study: f.study },
    body: { name: 'New Person', email: `${key()}@example.org`, role: 'monitor', password: PASSWORD },
  }),
  'people.disable': async (f) => {
    const user = await f.server.account('Leaving Person');
    await f.server.join(user, f.study, 'monitor');
    return { params: { study: f.study, person: user.id } };
  },
  'people.enable': async (f) => {
    const user = await f.server.account('Returning Person');
    await f.server.join(user, f.study, 'monitor');
    await setDisabledOf(f.server.services, user.email, true);
    return { params: { study: f.study, person: user.id } };
  },
  'people.reset-factor': async (f) => {
    const user = await f.server.account('Phoneless Person');
    await f.server.join(user, f.study, 'monitor');
    return { params: { study: f.study, person: user.id } };
  },
  'people.invite': async (f) => ({
    params: { study: f.study },
    body: { name: 'New Person', email: `${key()}@example.org`, role: 'monitor' },
  }),
  'people.invitations': inStudy,
  'people.invite-again': async (f) => ({ params: { study: f.study, invitation: await invitation(f) } }),
  'people.revoke-invitation': async (f) => ({
    params: { study: f.study, invitation: await invitation(f) },
  }),
  'people.require-factor': async (f) => ({ params: { study: f.study }, body: { roles: [] } }),
  'accounts.log': inStudy,
  'accounts.log-csv': inStudy,
  'people.list': inStudy,
  'people.password': async (f) => {
    const user = await f.server.account('Forgetful Person');
    await f.server.join(user, f.study, 'monitor');
    return { params: { study: f.study, person: user.id }, body: { password: PASSWORD } };
  },
  'people.revoke': async (f) => {
    const user = await f.server.account('Leaving Person');
    return { params: { study: f.study, membership: await f.server.join(user, f.study, 'monitor') } };
  },
  'studies.read': inStudy,
  'studies.versions': inStudy,
  'studies.check': async (f) => ({ params: { study: f.study }, body: { text: amendmentOf(f).text } }),
  'studies.amend': async (f) => {
    const { text, hash } = amendmentOf(f);
    return { params: { study: f.study }, body: { text, hash } };
  },
  'studies.approve': async (f) => ({
    params: await recordedIn(f),
    body: { site: f.site, committee: 'Committee', reference: 'Decision', decidedOn: f.day },
  }),
  'studies.attach-approval': async (f) => ({
    params: { ...(await approvedIn(f)), site: f.site },
    body: { key: key(), name: 'letter.pdf', type: 'application/pdf', content: 'JVBERi0xLjQ=' },
  }),
  'studies.approval-document': async (f) => {
    const params = await approvedIn(f);
    const document = crypto.randomUUID();
    const paper = { name: 'letter.pdf', type: 'application/pdf', size: 8, sha256: 'any' };
    await f.server.services.db.write((tx) =>
      insertDocument(tx, {
        id: document,
        study_id: f.study,
        number: Number(params.number),
        site: f.site,
        ...paper,
        content: Buffer.from('%PDF-1.4'),
        uploaded_at: f.server.clock.now.toISOString(),
        uploaded_by: 'test',
      }),
    );
    return { params: { ...params, site: f.site, document } };
  },
  'studies.source': async (f) => ({ params: { study: f.study, number: String(f.document.version) } }),
  'studies.activate': async (f) => ({ params: await approvedIn(f), body: { sites: [f.site] } }),
  'visits.bookings': async (f) => ({
    params: f.about(f.participant, { visit: f.document.visits[1]!.id }),
  }),
  'visits.list': inStudy,
  'calendars.read': async (f) => ({ params: { study: f.study, site: f.site } }),
  'calendars.links': inStudy,
  'calendars.add': async (f) => ({ params: { study: f.study }, body: { key: key(), site: f.site } }),
  'calendars.revoke': async (f) => ({ params: { study: f.study, calendar: await calendar(f) } }),
  'visits.unscheduled': async (f) => ({
    params: f.about(),
    body: {
      key: key(),
      on: f.day,
      reason: 'Called',
      instruments: [...f.enrolment.study.instruments.keys()].slice(0, 1),
    },
  }),
  'participants.eligibility': onWayTo('screening', 1, (f) => ({ answers: fittingCriteria(f.document) })),
  'participants.exclude': onWayTo('eligible', 2, (f) => ({
    reason: f.document.screening.exclusionReasons[0]!.id,
  })),
  'consent.record': onWayTo('eligible', 2, (f) => ({
    consentVersion: f.document.consent.versions.at(-1)!.version,
    signedOn: f.day,
  })),
  'participants.list': inStudy,
  'contacts.log': async (f) => ({ params: f.about(), body: { key: key(), on: f.day, outcome: 'reached' } }),
  'participants.history': ofParticipant,
  'participants.read': ofParticipant,
  'events.record': async (f) => ({
    params: f.about(),
    body: { key: key(), event: f.document.events[0]!.id, on: f.day },
  }),
  'events.correct': async (f) => ({
    params: { study: f.study, event: await event(f) },
    body: { version: 1, reason: 'Misread', on: f.day, until: null, detail: 'Corrected' },
  }),
  'events.strike': async (f) => ({
    params: { study: f.study, event: await event(f) },
    body: { version: 1, reason: 'Another participant' },
  }),
  'events.versions': async (f) => ({ params: { study: f.study, event: await event(f) } }),
  'events.follow-up': async (f) => ({
    params: f.about(await f.fresh('randomised')),
    body: {
      key: key(),
      number: 0,
      on: f.day,
      stops: ['treatment'],
      askedBy: 'participant',
      reason: f.document.lossReasons[0]!.id,
      detail: '',
    },
  }),
  'harms.list': inStudy,
  'harms.summary': inStudy,
  'harms.add': async (f) => ({ params: f.about(), body: { key: key(), content: harmOf(f) } }),
  'harms.correct': async (f) => ({
    params: { study: f.study, record: await harm(f) },
    body: { version: 1, reason: 'Misread', content: { ...harmOf(f), severity: 3 } },
  }),
  'harms.strike': async (f) => ({
    params: { study: f.study, record: await harm(f) },
    body: { version: 1, reason: 'Another participant' },
  }),
  'harms.versions': async (f) => ({ params: { study: f.study, record: await harm(f) } }),
  'harms.report': async (f) => ({
    params: { study: f.study, record: await harm(f) },
    body: { key: key(), version: 1 },
  }),
  'deviations.list': inStudy,
  'deviations.add': async (f) => ({ params: { study: f.study }, body: deviationOf(f) }),
  'deviations.correct': async (f) => ({
    params: { study: f.study, record: await deviation(f) },
    body: { version: 1, reason: 'Misread', content: { ...deviationOf(f).content, severity: 'major' } },
  }),
  'deviations.strike': async (f) => ({
    params: { study: f.study, record: await deviation(f) },
    body: { version: 1, reason: 'It was none' },
  }),
  'deviations.versions': async (f) => ({ params: { study: f.study, record: await deviation(f) } }),
  'deviations.review': async (f) => ({
    params: { study: f.study, record: await deviation(f) },
    body: { version: 1 },
  }),
  'medication.list': inStudy,
  'medication.add': async (f) => ({ params: f.about(), body: { key: key(), content: medicationOf } }),
  'medication.correct': async (f) => ({
    params: { study: f.study, record: await medication(f) },
    body: { version: 1, reason: 'Misread', content: { ...medicationOf, dose: 20 } },
  }),
  'medication.strike': async (f) => ({
    params: { study: f.study, record: await medication(f) },
    body: { version: 1, reason: 'Another participant' },
  }),
  'medication.versions': async (f) => ({ params: { study: f.study, record: await medication(f) } }),
  'sessions.list': inStudy,
  'sessions.summary': inStudy,
  'sessions.record': async (f) => ({
    params: { study: f.study },
    body: {
      key: key(),
      on: f.day,
      minutes: 50,
      therapist: 'unknown',
      group: null,
      participants: [{ participant: f.participant, number: 1, attended: true }],
    },
  }),
  'sessions.correct': async (f) => ({
    params: { study: f.study, record: 'unknown' },
    body: {
      version: 1,
      reason: 'Misread',
      content: {
        number: 1,
        on: f.day,
        attendance: 'attended',
        missedReason: '',
        minutes: 50,
        therapist: null,
        group: null,
      },
    },
  }),
  'sessions.strike': unknownRecord,
  'sessions.versions': async (f) => ({ params: { study: f.study, record: 'unknown' } }),
  'fidelity.add': async (f) => ({
    params: { study: f.study, sheet: 'unknown' },
    body: { key: key(), content: { rater: 'A Rater', on: f.day, ratings: {} } },
  }),
  'fidelity.correct': async (f) => ({
    params: { study: f.study, record: 'unknown' },
    body: { version: 1, reason: 'Misread', content: { rater: 'A Rater', on: f.day, ratings: {} } },
  }),
  'fidelity.strike': unknownRecord,
  'fidelity.versions': async (f) => ({ params: { study: f.study, record: 'unknown' } }),
  'participants.screen': async (f) => ({
    params: { study: f.study },
    body: { key: key(), site: f.site, screenedOn: f.day, values: fittingScreening(f.document) },
  }),
  'randomisation.log': inStudy,
  'randomisation.check': ofParticipant,
  'randomisation.correct': async (f) => ({
    params: f.about(await f.fresh('screening')),
    body: { version: 1, values: fittingScreening(f.document), reason: 'Misread' },
  }),
  'randomisation.beacon': async (f) => ({ params: { study: f.study }, body: { value: '00'.repeat(32) } }),
  'randomisation.envelope': async (f) => {
    const code = await f.fresh('baseline');
    const openedAt = f.server.clock.now.toISOString();
    return { params: f.about(code), body: { key: key(), confirm: code, code: 'AAAAAAAAAA', openedAt } };
  },
  'randomisation.export': inStudy,
  'randomisation.emergency-list': async (f) => ({ params: { study: f.study }, body: { count: 3 } }),
  'randomisation.allocate': async (f) => {
    const code = await f.fresh('baseline');
    return { params: f.about(code), body: { key: key(), confirm: code } };
  },
  'randomisation.design': inStudy,
  'randomisation.reveal': ofParticipant,
  'randomisation.reveal-secret': async (f) => ({
    params: { study: f.study },
    body: { confirm: 'not-this-study', reason: 'Only to see who may' },
  }),
  'unblinding.list': inStudy,
  'unblinding.open': async (f) => {
    const body = { confirm: f.participant, reason: 'Overdose' };
    const { id } = await done(f.enrolment.agent, requestUnblinding, { params: f.about(), body });
    return { params: { study: f.study, unblinding: id } };
  },
  'unblinding.request': async (f) => ({
    params: f.about(),
    body: { confirm: f.participant, reason: 'Overdose' },
  }),
  'groups.add': async (f) => ({
    params: { study: f.study },
    body: {
      key: key(),
      site: f.site,
      arm: f.document.arms.find((arm) => arm.group)?.id ?? f.document.arms[0]!.id,
      name: `Group ${key()}`,
      startsOn: f.day,
      seats: 4,
    },
  }),
  'groups.add-therapist': async (f) => ({
    params: { study: f.study },
    body: { key: key(), site: f.site, name: `Therapist ${key()}` },
  }),
  'groups.join': async (f) => ({
    params: f.about(),
    body: { key: key(), group: 'unknown', from: f.day },
  }),
  'groups.leave': async (f) => ({ params: f.about(), body: { until: f.day } }),
  'groups.read': inStudy,
  'visits.book': async (f) => ({
    params: f.about(f.participant, { visit: f.document.visits[1]!.id }),
    body: { bookedFor: `${f.day}T10:00` },
  }),
  'worklist.read': inStudy,
  'alerts.resolve': async (f) => {
    const code = await f.fresh('consented');
    const [instrument] = [...f.enrolment.study.instruments.values()].filter((one) => one.safety.length > 0);
    const { item, atLeast } = instrument!.safety[0]!;
    const { alerts } = await done(f.enrolment.agent, saveForm, {
      params: f.about(code, { visit: f.document.visits[0]!.id, instrument: instrument!.id }),
      body: { version: 0, values: { [item]: { value: atLeast } } },
    });
    return { params: { study: f.study, alert: alerts[0]!.id }, body: { note: 'Called the clinician' } };
  },
  'forms.versions': async (f) => ({ params: f.form() }),
  'forms.read': async (f) => ({ params: f.form() }),
  'forms.file': async (f) => ({ params: { ...f.form(), file: crypto.randomUUID() } }),
  'forms.upload': async (f) => ({
    params: f.form(),
    body: { key: key(), item: 'scan', name: 'a.pdf', type: 'application/pdf', content: 'JVBERi0xLjQ=' },
  }),
  'forms.save': async (f) => ({
    params: f.form(await f.fresh('consented')),
    body: { version: 0, values: {}, assessedOn: f.day },
  }),
  'queries.assign': async (f) => ({
    params: { study: f.study, query: await query(f) },
    body: { key: key(), version: 1, owner: null },
  }),
  'queries.close': async (f) => closing(f),
  'queries.reopen': async (f) => {
    const { params, body } = await closing(f);
    await done(await f.server.as('data-manager'), closeQuery, { params, body: { ...body, key: key() } });
    return { params, body: { ...body, version: 2, reason: 'Not answered yet' } };
  },
  'queries.cancel': async (f) => {
    const { params, body } = await closing(f);
    return { params, body: { ...body, reason: 'Asked in error' } };
  },
  'queries.bulk': async (f) => ({
    params: { study: f.study },
    body: { key: key(), act: { do: 'close' }, queries: [{ id: await query(f), version: 1 }] },
  }),
  'double-entry.list': inStudy,
  'double-entry.statistics': inStudy,
  'double-entry.read': async (f) => ({ params: f.form() }),
  'double-entry.save': async (f) => ({ params: f.form(), body: { version: 0, values: {} } }),
  'double-entry.compare': async (f) => ({ params: f.form() }),
  'double-entry.adjudicate': async (f) => ({
    params: f.form(),
    body: { key: key(), formVersion: 1, decisions: [] },
  }),
  'queries.ageing': inStudy,
  'queries.people': inStudy,
  'queries.export': inStudy,
  'queries.list': inStudy,
  'queries.open': async (f) => ({
    params: { study: f.study },
    body: { key: key(), participant: f.participant, text: 'Is this right?' },
  }),
  'queries.reply': async (f) => ({
    params: { study: f.study, query: await query(f) },
    body: { key: key(), text: 'It is' },
  }),
  'locks.list': inStudy,
  'locks.participant': ofParticipant,
  'locks.readiness': async (f) => ({ params: { study: f.study }, query: { site: f.site } }),
  'locks.freeze': async (f) =>
    holding(f, { scope: { level: 'participant', participant: await f.fresh('screening') } }),
  'locks.lock': async (f) =>
    holding(f, {
      scope: { level: 'participant', participant: await f.fresh('screening') },
      override: 'Asked for',
    }),
  'locks.lock-study': async (f) => holding(f, { override: 'Asked for' }),
  'locks.unfreeze': async (f) => ({
    params: { study: f.study, hold: await held(f, freezeData) },
    body: { reason: 'Put off' },
  }),
  'locks.unlock': async (f) => ({
    params: { study: f.study, hold: await held(f, lockData) },
    body: { reason: 'Put off' },
  }),
  'signatures.list': inStudy,
  'signatures.participant': ofParticipant,
  'signatures.sign': async (f) => {
    const { study: _, participant, ...form } = f.form() as Record<string, string>;
    return {
      params: f.about(participant),
      body: {
        key: key(),
        ...form,
        meaning: 'reviewed',
        forms: [{ ...form, version: 1 }],
        password: PASSWORD,
      },
    };
  },
  'verification.list': inStudy,
  'verification.form': async (f) => ({ params: f.form() }),
  'verification.mark': async (f) => ({
    params: f.form(),
    body: { key: key(), version: 1, fields: null },
  }),
  'verification.consent': async (f) => ({ params: f.about(), body: { key: key() } }),
  'audit.list': inStudy,
  'audit.csv': inStudy,
  'audit.json': inStudy,
  'audit.reviews': inStudy,
  'audit.plan': async (f) => ({ params: { study: f.study }, body: planned(f) }),
  'audit.end-plan': async (f) => {
    const { id } = await done(await f.server.as('owner'), planReview, {
      params: { study: f.study },
      body: planned(f),
    });
    return { params: { study: f.study, plan: id }, body: { version: 1, reason: 'Planned anew' } };
  },
  'audit.review': async (f) => ({
    params: { study: f.study },
    body: { key: key(), from: f.day, until: f.day, lookedAt: 'Every entry', outcome: 'nothing' },
  }),
  'identity.list': inStudy,
  'identity.open': async (f) => ({ params: f.about(), body: { purpose: 'schedule' } }),
  'identity.save': async (f) => ({
    params: f.about(await f.fresh('screening')),
    body: { version: 0, identity: { name: 'Made-up Name' } },
  }),
  'identity.find': async (f) => ({ params: { study: f.study }, body: { by: 'name', text: 'Nobody Such' } }),
  'identity.contacts': async (f) => ({ params: { study: f.study }, body: { reason: 'To send letters' } }),
  'identity.erase': async (f) => {
    const code = await f.fresh('screening');
    const custodian = await f.server.as('identity-custodian');
    await done(custodian, saveIdentity, {
      params: f.about(code),
      body: { version: 0, identity: { name: 'Made-up Name' } },
    });
    return { params: f.about(code), body: { version: 1, confirm: code, reason: 'Asked to' } };
  },
  'results.chart': ofChart,
  'results.chart.chart-csv': ofChart,
  'results.chart.chart-png': ofChart,
  'results.chart.chart-vl.json': ofChart,
  'results.chart.chart-svg': ofChart,
  'changes.follow': async (f) => ({ params: { study: f.study }, query: { seconds: 0 } }),
  'results.dashboard': ofResults,
  'results.rows': ofResults,
  'results.csv': ofResults,
  'analyses.list': inStudy,
  'analyses.run': async (f) => ({ params: { study: f.study }, body: { key: key(), choice: null } }),
  'analyses.read': ofRun,
  'analyses.cancel': async (f) => ({ ...(await ofRun(f)), body: {} }),
  'analyses.mark': async (f) => ({
    ...(await ofRun(f)),
    body: { version: 0, reported: true, reason: 'In the report' },
  }),
  'analyses.file': async (f) => {
    const { params } = await ofRun(f);
    return { params: { ...params!, name: 'data.csv' } };
  },
  'analyses.picture': async (f) => {
    const { params } = await ofRun(f);
    return { params: { ...params!, number: '1' } };
  },
  'board.read': inStudy,
  'board.prepare': async (f) => ({
    params: { study: f.study },
    body: { key: key(), note: 'For the next meeting' },
  }),
  'board.confirm': async (f) => ({ params: { study: f.study }, body: { password: PASSWORD } }),
  'board.open': ofSnapshot,
  'board.closed': ofSnapshot,
  'board.open-file': ofSnapshot,
  'board.closed-file': ofSnapshot,
  'board.log': inStudy,
  'board.unmask-request': async (f) => ({
    params: { study: f.study },
    body: { confirm: f.document.code, reason: 'The board decided so' },
  }),
  'board.unmask': async (f) => ({ params: { study: f.study, unmasking: key() } }),
  'reports.consort': async (f) => ({ params: { study: f.study, paper: 'consort.html' } }),
  'exports.dictionary': inStudy,
  'exports.long': inStudy,
  'exports.wide': inStudy,
  'exports.list': inStudy,
  'exports.harms': inStudy,
  'exports.deviations': inStudy,
  'exports.medication': inStudy,
  'exports.sessions': inStudy,
  'exports.events': inStudy,
  'imports.run': async (f) => ({
    params: { study: f.study },
    body: {
      key: key(),
      csv: `id\n${f.participant}\n`,
      mapping: { participant: { column: 'id' } },
      dryRun: true,
    },
  }),
};

const planned = (f: Fixture) => ({
  key: key(),
  scope: 'All entries',
  reviewer: 'Monitor',
  everyDays: 90,
  firstDue: f.day,
});

const closing = async (f: Fixture) => ({
  params: { study: f.study, query: await query(f) },
  body: { key: key(), version: 1 },
});
async function invitation(f: Fixture): Promise<string> {
  const owner = await f.server.as('owner');
  const body = { name: 'New Person', email: `${key()}@example.org`, role: 'monitor' };
  return (await done(owner, invite, { params: { study: f.study }, body })).id;
}
const calendar = async (f: Fixture): Promise<string> => {
  const body = { key: key(), site: f.site };
  return (await done(f.enrolment.agent, addCalendarLink, { params: { study: f.study }, body })).id;
};
const harm = async (f: Fixture): Promise<string> =>
  (await done(f.enrolment.agent, addHarm, { params: f.about(), body: { key: key(), content: harmOf(f) } }))
    .id;
const deviation = async (f: Fixture): Promise<string> =>
  (await done(f.enrolment.agent, addDeviation, { params: { study: f.study }, body: deviationOf(f) })).id;
const medication = async (f: Fixture): Promise<string> => {
  const body = { key: key(), content: medicationOf };
  return (await done(f.enrolment.agent, addMedication, { params: f.about(), body })).id;
};
const event = async (f: Fixture): Promise<string> => {
  const { id } = f.document.events.find(({ kind }) => kind === 'intercurrent')!;
  const body = { key: key(), event: id, on: f.day };
  return (await done(f.enrolment.agent, recordEvent, { params: f.about(), body })).id;
};

const holding = (f: Fixture, body: object): Sent => ({
  params: { study: f.study },
  body: { key: key(), reason: 'Every form was checked', ...body },
});

/** A freeze or a lock of somebody new at the site. */
async function held(f: Fixture, endpoint: typeof freezeData | typeof lockData): Promise<string> {
  const scope = { level: 'participant', participant: await f.fresh('screening') };
  const override = endpoint === lockData ? { override: 'Asked for' } : {};
  return (await done(await f.server.as('data-manager'), endpoint, holding(f, { scope, ...override }))).id;
}

async function query(f: Fixture): Promise<string> {
  const manager = await f.server.as('data-manager');
  const body = { key: key(), participant: f.participant, text: 'Is this right?' };
  return (await done(manager, openQuery, { params: { study: f.study }, body })).id;
}

/** Where it isn't a plain 200 for whoever may ask at the own site, and why. */
const otherwise: Record<string, { status: number; why: string }> = {
  'double-entry.read': { status: 404, why: 'the protocol wants no form twice' },
  'double-entry.save': { status: 404, why: 'the protocol wants no form twice' },
  'double-entry.compare': { status: 409, why: 'there is no second entry' },
  'double-entry.adjudicate': { status: 409, why: 'there is no second entry' },
  'randomisation.beacon': { status: 409, why: 'the design names no public value' },
  'randomisation.envelope': { status: 400, why: 'no envelope has that code' },
  'randomisation.reveal-secret': { status: 400, why: 'the typed study isn’t this one' },
  'people.reset-factor': { status: 409, why: 'there is no second factor' },
  'randomisation.export': { status: 403, why: 'the log is of all sites' },
  'randomisation.emergency-list': { status: 403, why: 'the list is of all sites' },
  ...Object.fromEntries(
    ['list', 'run', 'read', 'cancel', 'mark', 'file', 'picture'].map((act) => [
      `analyses.${act}`,
      { status: 403, why: 'analyses are of all sites' },
    ]),
  ),
  ...Object.fromEntries(
    [
      'board.read',
      'board.prepare',
      'board.confirm',
      'board.open',
      'board.closed',
      'board.open-file',
      'board.closed-file',
      'board.log',
      'board.unmask-request',
      'board.unmask',
      'reports.consort',
    ].map((id) => [id, { status: 403, why: 'reports are of all sites' }]),
  ),
  'forms.file': { status: 404, why: 'there is no such file' },
  'forms.upload': { status: 404, why: 'the form takes no file' },
  'groups.join': { status: 404, why: 'there is no such group' },
  'groups.leave': { status: 409, why: 'nobody is in a group' },
  'locks.lock-study': { status: 403, why: 'the lock is of all sites' },
  'sessions.record': { status: 404, why: 'there is no such therapist' },
  'sessions.correct': { status: 404, why: 'there is no such session' },
  'sessions.strike': { status: 404, why: 'there is no such session' },
  'sessions.versions': { status: 404, why: 'there is no such session' },
  'fidelity.add': { status: 404, why: 'there is no such session' },
  'fidelity.correct': { status: 404, why: 'there is no such rating' },
  'fidelity.strike': { status: 404, why: 'there is no such rating' },
  'fidelity.versions': { status: 404, why: 'there is no such rating' },
};

/** What tells arms apart is refused to blinded roles, whatever the table gives them. */
const openOnly = [
  'randomisation.reveal',
  'randomisation.emergency-list',
  'groups.read',
  'groups.add',
  'groups.add-therapist',
  'groups.join',
  'groups.leave',
  'sessions.list',
  'sessions.summary',
  'sessions.record',
  'sessions.correct',
  'sessions.strike',
  'sessions.versions',
  'fidelity.add',
  'fidelity.correct',
  'fidelity.strike',
  'fidelity.versions',
  'exports.sessions',
];

/** Refused at a foreign site by name rather than as not found; or answered, without anything of that site. */
const foreign: Record<string, number> = {
  'queries.bulk': 404,
  'participants.screen': 403,
  'groups.add': 403,
  'groups.add-therapist': 403,
  'calendars.read': 403,
  'calendars.add': 403,
  'calendars.revoke': 404,
  'locks.readiness': 403,
  'locks.freeze': 404,
  'locks.lock': 404,
  'locks.lock-study': 403,
  'deviations.add': 403,
  'results.dashboard': 400,
  'results.rows': 400,
  'results.csv': 400,
  'results.chart': 400,
  'results.chart.chart-csv': 400,
  'results.chart.chart-png': 400,
  'results.chart.chart-vl.json': 400,
  'results.chart.chart-svg': 400,
};

const guarded = endpoints.filter(({ access }) => access !== 'public' && access !== 'signed-in');
const mayOf = ({ access }: Endpoint): readonly RoleName[] => accessTable[access as keyof typeof accessTable];
/** Of one participant or one thing of theirs: what a foreign site hides. */
const isOfParticipant = ({ id, path }: Endpoint) =>
  /:(participant|query|alert|hold|unblinding|record|sheet|event)\b/.test(path) || id === 'queries.open';

test('every endpoint of a study is described here', () => {
  expect(Object.keys(calls).sort()).toEqual(guarded.map(({ id }) => id).sort());
});

describe.each([
  ['ipt-depression', 'example-drug-trial'],
  ['example-drug-trial', 'ipt-depression'],
] as [ShippedStudy, ShippedStudy][])('in %s', (study, otherStudy) => {
  let server: TestServer;
  const places = {} as Record<Place, Fixture>;
  const agents = {} as Record<RoleName, Agent>;
  const blinded: RoleName[] = [];

  beforeAll(async () => {
    server = await testServer([study, otherStudy]);
    const coordinator = await server.as('coordinator');
    const [here, there] = await Promise.all([study, otherStudy].map((id) => server.study(id)));
    const at = async (of: typeof here, index: number) => {
      const enrolment = new Enrolment(server, of!, coordinator);
      const site = of!.document.sites[index]!.id;
      return new Fixture(server, enrolment, site, await enrolment.upTo('randomised', site));
    };
    places.own = await at(here, 0);
    places.foreign = await at(here, 1);
    places.other = await at(there, 0);
    for (const role of roleName.options)
      agents[role] = await server.as(role, { study, site: places.own.site });
    blinded.push(...here!.document.masking.blinded);
  });
  afterAll(() => server?.close());
  const isKept = (id: string, role: RoleName): boolean =>
    blinded.includes(role) &&
    (openOnly.includes(id) || (id.startsWith('harms.') && recordsTellArms(places.own.document)));

  test.each(BOTH_STUDIES)('whoever isn’t signed in gets nothing of %s', async (id) => {
    for (const endpoint of endpoints) {
      const answer = await send(server.stranger(), endpoint, { params: { study: id } });
      if (endpoint.access === 'public') expect(answer.status, endpoint.id).not.toBe(401);
      else expect(answer.status, endpoint.id).toBe(401);
    }
  });

  describe.each(roleName.options)('a %s of one site', (role) => {
    const may = (endpoint: Endpoint) => mayOf(endpoint).includes(role);

    test('is refused everything that the table doesn’t give', async () => {
      for (const endpoint of guarded.filter((one) => !may(one))) {
        const { message } = await refused(agents[role], endpoint, { params: placeholders(places.own) }, 403);
        expect(message, endpoint.id).toContain(role);
      }
    });

    test('does at the own site what the table gives', async () => {
      for (const endpoint of guarded.filter(may)) {
        const sent = await calls[endpoint.id]!(places.own);
        const mine = endpoint.id === 'unblinding.open' ? await asked(agents[role], places.own) : sent;
        const answer = await send(agents[role], endpoint, mine);
        const { status, why } = expected(endpoint.id);
        expect(answer.status, `${endpoint.id}, ${why}: ${answer.text}`).toBe(status);
        expect(textOf(answer), endpoint.id).not.toContain(places.foreign.participant);
      }
    });

    test('sees and does nothing at a foreign site', async () => {
      for (const endpoint of guarded.filter(may)) {
        const answer = await send(agents[role], endpoint, await calls[endpoint.id]!(places.foreign));
        const { status } = answer;
        if (isKept(endpoint.id, role)) expect(status, endpoint.id).toBe(403);
        else if (endpoint.id === 'identity.open' && role === 'coordinator')
          expect(status, endpoint.id).toBe(403);
        else if (isOfParticipant(endpoint)) expect(status, `${endpoint.id}: ${answer.text}`).toBe(404);
        else if (foreign[endpoint.id])
          expect(status, `${endpoint.id}: ${answer.text}`).toBe(foreign[endpoint.id]);
        if (endpoint.method === 'get' && status === 200)
          expect(textOf(answer), endpoint.id).not.toContain(places.foreign.participant);
        if (endpoint.id === 'imports.run') expect(answer.body.refused[0].why).toContain('isn’t one of yours');
      }
    });

    test('doesn’t learn that another study exists', async () => {
      const params = placeholders(places.other);
      const nowhere = await refused(
        agents[role],
        guarded[0]!,
        { params: { ...params, study: 'no-study' } },
        404,
      );
      for (const endpoint of guarded) {
        const there = await refused(agents[role], endpoint, { params }, 404);
        expect(there.message, endpoint.id).toBe(nowhere.message);
      }
      const mixed = { ...placeholders(places.other), study };
      for (const endpoint of guarded.filter(
        (one) => may(one) && isOfParticipant(one) && one.method === 'get' && !isKept(one.id, role),
      ))
        await refused(agents[role], endpoint, { params: mixed }, 404);
    });

    function expected(id: string): { status: number; why: string } {
      if (isKept(id, role)) return { status: 403, why: 'the role is blinded' };
      const tells = blinded.includes(role) && recordsTellArms(places.own.document);
      if (id === 'events.versions' && tells)
        return { status: 404, why: 'an event of treatment tells the arm' };
      if (id === 'identity.open' && role === 'coordinator')
        return { status: 403, why: 'the document doesn’t let coordinators' };
      if (id === 'groups.add' && !places.own.document.arms.some((arm) => arm.group))
        return { status: 400, why: 'no arm has groups' };
      if (role === 'monitor' && ['queries.close', 'queries.reopen', 'queries.cancel'].includes(id))
        return { status: 403, why: 'a data manager opened and closed it' };
      return otherwise[id] ?? { status: 200, why: 'it may' };
    }
  });

  test('a right that comes with one site isn’t spread by a role at all sites that doesn’t give it', async () => {
    const user = await server.account('Two Roles');
    await server.join(user, study, 'coordinator', places.own.site);
    await server.join(user, study, 'monitor');
    const agent = await server.signIn(user);
    const log = endpoints.find(({ id }) => id === 'contacts.log')!;
    const read = endpoints.find(({ id }) => id === 'participants.read')!;
    expect((await send(agent, log, await calls['contacts.log']!(places.own))).status).toBe(200);
    expect((await send(agent, read, await ofParticipant(places.foreign))).status).toBe(200);
    await refused(agent, log, await calls['contacts.log']!(places.foreign), 404);
    // What a page is told that it may offer is what the server will do there.
    for (const [place, may] of [
      [places.own, true],
      [places.foreign, false],
    ] as const) {
      expect((await done(agent, readForm, { params: place.form() })).mayEnter).toBe(may);
      const view = await done(agent, readParticipant, { params: place.about() });
      expect(view.mayReveal).toBe(may && !blinded.includes('coordinator'));
    }
  });

  /** The second step belongs to whoever took the first. */
  async function asked(agent: Agent, f: Fixture): Promise<Sent> {
    const body = { confirm: f.participant, reason: 'Overdose' };
    const { id } = await done(agent, requestUnblinding, { params: f.about(), body });
    return { params: { study: f.study, unblinding: id } };
  }

  const placeholders = (f: Fixture) => ({
    ...f.form(),
    chart: 'recruitment',
    query: 'any',
    alert: 'any',
    hold: 'any',
    unblinding: 'any',
    membership: 'any',
    run: 'any',
    name: 'data.csv',
    person: 'any',
    invitation: 'any',
    record: 'any',
    sheet: 'any',
    event: 'any',
    number: '1',
    file: 'snapshot.json',
    paper: 'consort.html',
    unmasking: 'any',
  });
});

const textOf = ({ text, body }: Answer): string =>
  text ?? (Buffer.isBuffer(body) ? body.toString('latin1') : '');
