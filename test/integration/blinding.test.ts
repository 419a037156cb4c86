import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coloursOf } from '../../analysis/charts/palette.ts';
import { type Action, allows } from '../../server/access/table.ts';
import { endpoints } from '../../server/api.ts';
import { openFile, prepareSnapshot, readOpen } from '../../server/board/contract.ts';
import { addDeviation } from '../../server/deviations/contract.ts';
import { saveForm } from '../../server/forms/contract.ts';
import { addGroup, joinTherapy } from '../../server/groups/contract.ts';
import { addHarm } from '../../server/harms/contract.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { type Language, languages } from '../../server/language/language.rules.ts';
import { addMedication } from '../../server/medication/contract.ts';
import { recordEvent } from '../../server/participants/contract.ts';
import { randomise, revealArm } from '../../server/randomisation/contract.ts';
import { takeConsort } from '../../server/reports/contract.ts';
import { chartId, chartSvg } from '../../server/results/contract.ts';
import { recordSession } from '../../server/sessions/contract.ts';
import type { RoleName, StudyDocument } from '../../server/studies/document.ts';
import type { LoadedStudy } from '../../server/studies/load.ts';
import { addDuration } from '../../server/studies/rules.ts';
import { addCalendarLink } from '../../server/visits/calendar/contract.ts';
import { today } from '../../server/visits/today.ts';
import { copies, Enrolment, plainAnswers } from '../setup/enrol.ts';
import {
  type Agent,
  type Answer,
  addressOf,
  done,
  type Sent,
  type ShippedStudy,
  type TestServer,
  testServer,
} from '../setup/http.ts';

/**
 * The rule: to a blinded role, no reply but the protocol itself holds an arm's id, name, short name or colour; and
 * nothing that it gets depends on who is in which arm. The second is held by playing one trial twice, step by step the
 * same but for the secret that the allocations come from: whatever blinded people see has to be the same to the letter.
 */

/** What is public of the protocol: the document, and the allocation design with its hash. Arms stand in it, people don't. */
const protocol = [
  'studies.read',
  'studies.versions',
  'studies.source',
  'studies.check',
  'randomisation.design',
  'randomisation.export',
];

const PEOPLE = 9;
/** After the last version of each study's consent form was approved. */
const START = '2026-06-01T09:00:00.000Z';

/** An arm by its id, its short name, its name or its description, in English and in Finnish, where names are others. */
const NEEDLE = /q[zx]\d+[zx]q/i;

/** Names that can't come from anywhere else. */
function unmistakable({ document, instruments }: LoadedStudy): LoadedStudy {
  const numberOf = (id: string) => document.arms.findIndex((arm) => arm.id === id);
  const nameOf = (id: string) => `qz${numberOf(id)}zq`;
  const arms = document.arms.map((arm) => ({
    ...arm,
    id: nameOf(arm.id),
    short: nameOf(arm.id).toUpperCase(),
    name: `Treatment ${nameOf(arm.id)}`,
    description: `Weekly ${nameOf(arm.id)}`,
  }));
  const finnish = arms.flatMap(({ short, name, description }, index) => [
    [short, `QX${index}XQ`],
    [name, `Hoito qx${index}xq`],
    [description, `Viikoittain qx${index}xq`],
  ]);
  return {
    instruments,
    document: {
      ...document,
      arms,
      translations: { fi: { ...document.translations?.fi, ...Object.fromEntries(finnish) } },
      estimands: document.estimands.map((estimand) => ({
        ...estimand,
        treatments: estimand.treatments.map(([a, b]): [string, string] => [nameOf(a), nameOf(b)]),
      })),
    },
  };
}

const doubleBlind = ({ document, instruments }: LoadedStudy): LoadedStudy => ({
  instruments,
  document: {
    ...document,
    masking: {
      blinded: [
        'owner',
        'coordinator',
        'assessor',
        'investigator',
        'statistician',
        'data-manager',
        'monitor',
      ],
    },
  },
});

interface Seen {
  what: string;
  text: string;
}

interface Play {
  seen: Seen[];
  log: string;
  arms: string[];
  document: StudyDocument;
}

/** What differs between two plays by itself: hashes, made-up identifiers, references. */
const masked = (text: string): string =>
  text
    .replaceAll(/\b[0-9a-f]{64}\b/g, '#')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'uuid')
    .replaceAll(/\b[A-Za-z0-9]{32}\b/g, 'user')
    .replaceAll(/\b[2-9A-Z]{3}-[2-9A-Z]{3}\b/g, 'reference')
    .replaceAll(/"expiresAt":"[^"]+"/g, '"expiresAt"');

/** @param readers the blinded roles that ask for everything there is */
async function play(
  study: ShippedStudy,
  masking: (study: LoadedStudy) => LoadedStudy,
  readers: readonly RoleName[],
  secret: number,
): Promise<Play> {
  const server = await testServer([study], {
    now: START,
    change: (loaded) => masking(unmistakable(loaded)),
    secret: new Uint8Array(32).fill(secret),
  });
  try {
    return await new Player(server, await server.study(study), readers).play();
  } finally {
    await server.close();
  }
}

class Player {
  readonly seen: Seen[] = [];
  readonly blinded: RoleName[];
  readonly document: StudyDocument;

  constructor(
    readonly server: TestServer,
    readonly study: Awaited<ReturnType<TestServer['study']>>,
    readonly readers: readonly RoleName[],
  ) {
    this.document = study.document;
    this.blinded = [...study.document.masking.blinded];
  }

  async play(): Promise<Play> {
    const coordinator = await this.server.as('coordinator');
    const enrolment = new Enrolment(this.server, this.study, coordinator);
    const codes: string[] = [];
    for (const { id } of this.document.sites) {
      const code = await enrolment.upTo('baseline', id);
      const others = Math.ceil(PEOPLE / this.document.sites.length) - 1;
      codes.push(code, ...(await copies(this.server.services, this.study.id, code, others)));
    }
    for (const code of codes) {
      const sent = { params: enrolment.params(code), body: { key: crypto.randomUUID(), confirm: code } };
      await this.ask('coordinator', randomise, sent);
      await this.ask('coordinator', randomise, sent);
    }
    const arms = await this.armsOf(codes);
    await this.treat(coordinator, enrolment, arms);
    await this.followUp(coordinator, enrolment, codes);
    await this.prepareReport();
    for (const role of this.readers) await this.askEverything(role, codes);
    const log = this.server.logLines.map((line) => line.replaceAll(/"time":\d+/g, '')).join('');
    return { seen: this.seen, log, arms: [...arms.values()], document: this.document };
  }

  /** What people who know the arms record of treatment: different for each arm, and never for a blinded reader. */
  async treat(coordinator: Agent, enrolment: Enrolment, arms: Map<string, string>): Promise<void> {
    const day = today(this.server.services);
    const start = this.document.events.find(({ kind }) => kind === 'treatment-start')!;
    const other = this.document.events.find(({ kind }) => kind === 'intercurrent')!;
    const key = () => crypto.randomUUID();
    for (const code of arms.keys())
      await done(coordinator, recordEvent, {
        params: enrolment.params(code),
        body: { key: key(), event: start.id, on: day },
      });
    if (this.blinded.includes('coordinator')) return;
    for (const [index, arm] of this.document.arms.entries()) {
      const code = [...arms].find((one) => one[1] === arm.id)![0];
      const params = enrolment.params(code);
      await done(coordinator, revealArm, { params });
      if (index === 0) {
        await done(coordinator, recordEvent, { params, body: { key: key(), event: other.id, on: day } });
        await this.writeOf(coordinator, params, day);
      }
      if (arm.sessions) {
        const participants = [{ participant: code, number: 1, attended: true }];
        const sheet = { key: key(), on: day, minutes: 50, therapist: null, group: null, participants };
        await done(coordinator, recordSession, { params: enrolment.params(), body: sheet });
      }
      if (!arm.group) continue;
      const { site } = await this.participant(code);
      const group = { key: key(), site, arm: arm.id, name: 'Tuesdays', startsOn: day, seats: arm.group.to };
      const { id } = await done(coordinator, addGroup, { params: enrolment.params(), body: group });
      await done(coordinator, joinTherapy, { params, body: { key: key(), group: id, from: day } });
    }
  }

  /** A serious adverse event that nobody has reported yet, a medication and a deviation, in words that tell the arm. */
  async writeOf(coordinator: Agent, params: Record<string, string>, day: string): Promise<void> {
    const medicated = this.document.events.find(({ offered }) => offered === 'medication');
    const at = this.server.clock.now.toISOString();
    const records = [
      [
        addHarm,
        {
          term: 'Fell asleep in qz0zq',
          onset: day,
          end: null,
          ongoing: true,
          serious: ['hospitalisation'],
          awareAt: at,
          severity: 3,
          relatedness: 'possible',
          expectedness: 'not-judged',
          action: 'none',
          outcome: 'not-recovered',
        },
      ],
      [
        addMedication,
        {
          drug: 'Given with qz0zq',
          dose: null,
          unit: '',
          frequency: '',
          indication: '',
          start: day,
          end: null,
          ongoing: true,
          event: medicated?.id ?? null,
        },
      ],
      [
        addDeviation,
        { category: 'other', severity: 'minor', on: day, description: 'A session of qz0zq was late.' },
      ],
    ] as const;
    const { participant } = params;
    const { site } = await this.participant(participant!);
    for (const [endpoint, content] of records) {
      const about = endpoint === addDeviation ? { site, participant } : {};
      await done(coordinator, endpoint, { params, body: { key: crypto.randomUUID(), ...about, content } });
    }
  }

  /** Everyone is seen after it, and improves by turns, whatever the arm. */
  async followUp(coordinator: Agent, enrolment: Enrolment, codes: string[]): Promise<void> {
    const visit = this.document.visits.find((one) => !one.baseline)!;
    const day = addDuration(today(this.server.services), visit.target);
    this.server.clock.now = new Date(`${day}T09:00:00.000Z`);
    const instrument = this.study.instruments.get(visit.instruments[0]!)!;
    const choice = instrument.items.find((item) => item.kind === 'choice')!;
    for (const [index, code] of codes.entries()) {
      const values = plainAnswers(instrument);
      values[choice.id] = { value: choice.options[index % choice.options.length]!.value };
      await done(coordinator, saveForm, {
        params: enrolment.params(code, { visit: visit.id, instrument: instrument.id }),
        body: { version: 0, values, assessedOn: day, complete: true },
      });
    }
  }

  /** A snapshot for the monitoring board, where a statistician may prepare one. */
  async prepareReport(): Promise<void> {
    if (this.blinded.includes('statistician')) return;
    await done(await this.server.as('statistician'), prepareSnapshot, {
      params: { study: this.study.id },
      body: { key: crypto.randomUUID(), note: 'First meeting' },
    });
  }

  /** Every endpoint that reads, about everyone; and every reply and refusal of those that write. */
  async askEverything(role: RoleName, codes: string[]): Promise<void> {
    const study = this.study.id;
    const about = codes.slice(0, 3).map((participant) => ({ participant }));
    const forms = about.map(({ participant }, index) => {
      const visit = this.document.visits[Math.min(index, 1)]!;
      return { participant, visit: visit.id, instrument: visit.instruments[0]! };
    });
    const charts = chartId.options.map((chart) => ({ chart }));
    for (const endpoint of endpoints.filter(({ path }) => path.startsWith('/api/studies/:study'))) {
      const every = endpoint.path.includes(':instrument')
        ? forms
        : endpoint.path.includes(':participant')
          ? about
          : endpoint.path.includes(':chart')
            ? endpoint.produces === 'image/png'
              ? [{ chart: 'response' }]
              : charts
            : [{}];
      const queries = ['results.dashboard', 'results.rows', 'results.csv'].includes(endpoint.id)
        ? [{}, { population: 'started-treatment', site: this.document.sites[0]!.id }]
        : endpoint.produces === 'text/event-stream'
          ? [{ seconds: 0 }]
          : [{}];
      const isUnblinding = endpoint.id.startsWith('unblinding.') && endpoint.method !== 'get';
      if (isUnblinding) continue;
      const asked = endpoint.method === 'get' ? every : every.slice(0, 2);
      for (const [at, params] of asked.entries())
        for (const [turn, query] of queries.entries()) {
          const sent = {
            params: {
              visit: 'none',
              query: 'none',
              alert: 'none',
              membership: 'none',
              record: 'none',
              sheet: 'none',
              event: 'none',
              person: 'none',
              calendar: 'none',
              site: this.document.sites[0]!.id,
              run: crypto.randomUUID(),
              name: 'data.csv',
              number: '1',
              file: 'report.html',
              paper: 'consort.html',
              unmasking: 'none',
              ...params,
              study,
            },
            query,
            body: endpoint.method !== 'get' && endpoint.body ? this.bodyOf(endpoint, params) : undefined,
          };
          for (const language of languagesOf(endpoint, at + turn))
            await this.ask(
              role,
              endpoint,
              endpoint.id === chartSvg.id ? { ...sent, query: { ...query, language } } : sent,
              language,
            );
        }
    }
    await this.subscribe(role);
    for (const address of ['/api/session', '/api/openapi.json'])
      this.note(role, address, await (await this.server.as(role)).get(address));
  }

  /** The calendar of a site as a calendar program reads it, without a session. */
  async subscribe(role: RoleName): Promise<void> {
    if (!allows('visits.book', [role])) return;
    const { path } = await done(await this.server.as(role), addCalendarLink, {
      params: { study: this.study.id },
      body: { key: crypto.randomUUID(), site: this.document.sites[0]!.id },
    });
    const answer = await this.server
      .stranger()
      .get(path)
      .buffer(true)
      .parse(whole as never);
    expect(answer.status).toBe(200);
    this.note(role, 'calendars.feed', answer);
  }

  /** A body that gets as far as the use case, where there is one that any role may try. */
  bodyOf({ id }: Endpoint, params: object): object {
    const confirm = 'participant' in params ? params.participant : '';
    const key = crypto.randomUUID();
    switch (id) {
      case 'randomisation.allocate':
        return { key, confirm };
      case 'randomisation.emergency-list':
        return { count: 5 };
      case 'randomisation.envelope':
        return { key, confirm, code: 'AAAAAAAAAA', openedAt: START };
      case 'analyses.run':
        return { key, choice: null };
      case 'contacts.log':
        return { key, on: START.slice(0, 10), outcome: 'reached' };
      default:
        return {};
    }
  }

  async ask(role: RoleName, endpoint: Endpoint, sent: Sent, language: Language = 'en'): Promise<void> {
    const agent = await this.server.as(role);
    const pending = agent[endpoint.method](addressOf(endpoint, sent))
      .set('Accept-Language', language)
      .buffer(true)
      .parse(whole as never);
    const answer = await (sent.body === undefined ? pending : pending.send(sent.body as object));
    expect(answer.status, endpoint.id).toBeLessThan(500);
    if (!allows(endpoint.access as Action, [role])) expect(answer.status, endpoint.id).toBe(403);
    if (this.blinded.includes(role))
      this.note(
        role,
        `${endpoint.id} ${JSON.stringify({ ...sent.params, ...sent.query })} ${language}`,
        answer,
        endpoint.id,
      );
  }

  note(role: RoleName, what: string, answer: Answer, id = what): void {
    const {
      date: _,
      'set-cookie': __,
      'content-length': ___,
      ...headers
    } = answer.headers as Record<string, string>;
    const bytes: Buffer = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.text);
    const isPicture = headers['content-type']?.startsWith('image/png');
    const text = isPicture
      ? `${createHash('sha256').update(bytes).digest('base64')} ${bytes.toString('latin1').match(NEEDLE) ?? ''}`
      : bytes.toString('utf8');
    if (isPicture) expect(chunksOf(bytes)).toEqual(['IHDR', 'IDAT', 'IEND']);
    this.seen.push({
      what: `${id} | ${role} ${what} ${answer.status}`,
      text: `${JSON.stringify(headers)}\n${text}`,
    });
  }

  async armsOf(codes: string[]): Promise<Map<string, string>> {
    const rows = await this.server.services.db.read
      .selectFrom('allocation')
      .innerJoin('participant', 'participant.id', 'allocation.participant_id')
      .select(['code', 'arm'])
      .execute();
    return new Map(codes.map((code) => [code, rows.find((row) => row.code === code)!.arm]));
  }

  async participant(code: string): Promise<{ site: string }> {
    return this.server.services.db.read
      .selectFrom('participant')
      .select('site')
      .where('code', '=', code)
      .executeTakeFirstOrThrow();
  }
}

/** Whole reports are asked for in both languages; the rest in turns, a chart as its card in one and as SVG in the other. */
function languagesOf({ id }: Endpoint, turn: number): readonly Language[] {
  if ([takeConsort.id, readOpen.id, openFile.id].includes(id)) return languages;
  return [languages[(turn + (id === chartSvg.id ? 1 : 0)) % languages.length]!];
}

/** What a PNG is made of, each kind once; words would stand in others than these (PNG 3, sections 5.3 and 11.3). */
function chunksOf(png: Buffer): string[] {
  const kinds = new Set<string>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    kinds.add(png.toString('latin1', at + 4, at + 8));
  return [...kinds];
}

/** Any body, whatever its type, as bytes. */
function whole(response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void {
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => parts.push(part));
  response.on('end', () => done(null, Buffer.concat(parts)));
}

describe.each([
  ['ipt-depression', 'as shipped', (study: LoadedStudy) => study, ['assessor']],
  ['ipt-depression', 'with every role blinded', doubleBlind, ['owner', 'statistician', 'data-manager']],
  [
    'example-drug-trial',
    'as shipped',
    (study: LoadedStudy) => study,
    ['coordinator', 'assessor', 'investigator', 'monitor', 'data-manager'],
  ],
] as const)('%s, %s', (study, _, masking, readers) => {
  let one: Play;
  let two: Play;
  beforeAll(async () => {
    one = await play(study, masking, readers, 1);
    two = await play(study, masking, readers, 2);
  }, 300_000);
  afterAll(() => {
    one = two = undefined as never;
  });

  test('the two plays allocate differently, and each uses every arm', () => {
    expect(one.arms).not.toEqual(two.arms);
    for (const { arms, document } of [one, two]) expect(new Set(arms).size).toBe(document.arms.length);
    expect(one.seen.length).toBeGreaterThan(50);
    for (const role of readers) expect(one.document.masking.blinded).toContain(role);
  });

  test('nothing that blinded people get names an arm, but the protocol itself', () => {
    const replies = one.seen.filter(({ what }) => !protocol.includes(what.split(' ')[0]!));
    expect(replies.length).toBeLessThan(one.seen.length);
    const found = replies
      .filter(({ text }) => NEEDLE.test(text))
      .map(({ what, text }) => `${what}: ${around(text)}`);
    expect(found).toEqual([]);
  });

  test('no chart of theirs is in an arm’s colour', () => {
    const colours = (['light', 'dark'] as const).flatMap((theme) => [
      ...coloursOf(theme).arms,
      ...coloursOf(theme).masked,
    ]);
    const charts = one.seen.filter(({ what }) => what.startsWith('results.') && what.endsWith(' 200'));
    expect(charts.length).toBeGreaterThan(5);
    for (const { what, text } of charts)
      for (const colour of colours)
        expect(text.toUpperCase().includes(colour), `${what}: ${colour}`).toBe(false);
  });

  test('nothing that blinded people get depends on the arms: words, numbers, order, headers, file names, pictures', () => {
    expect(two.seen.map(({ what }) => masked(what))).toEqual(one.seen.map(({ what }) => masked(what)));
    const differing = one.seen.flatMap(({ what, text }, index) => {
      const [a, b] = [masked(text), masked(two.seen[index]!.text)];
      return a === b ? [] : [`${what}: ${firstDifference(a, b)}`];
    });
    expect(differing).toEqual([]);
  });

  test('the server’s log names no arm either', () => {
    expect(one.log.length).toBeGreaterThan(0);
    expect(one.log).not.toMatch(NEEDLE);
  });
});

function around(text: string): string {
  const at = text.search(NEEDLE);
  return text.slice(Math.max(0, at - 80), at + 40);
}

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return `…${a.slice(Math.max(0, at - 80), at + 60)}… and …${b.slice(Math.max(0, at - 20), at + 60)}…`;
}
