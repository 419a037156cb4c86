import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ChartEnding } from '../charts/file.ts';
import { openReader, type Transaction } from '../db/database.ts';
import { notFound, Refused, stopping } from '../errors.ts';
import type { Language } from '../language/language.rules.ts';
import type { Showing } from '../studies/rules.ts';
import { currentStudy } from '../studies/store.ts';
import type { Study } from '../studies/study.ts';
import { today } from '../visits/today.ts';
import { chartOf } from './chart.ts';
import { chartFileOf } from './chartFile.ts';
import type { ChartId, ChartQuestion, ResultsQuery } from './contract.ts';
import { dashboardOf } from './dashboard.ts';
import { type Arms, letteredArms, openArms, pooled } from './dataset.ts';
import { StudyFacts } from './facts/facts.ts';
import type { Reader } from './reader.ts';
import { type RowsQuery, rowsCsvOf, rowsOf } from './rows.ts';
import { figureWords } from './words.ts';

export type Question =
  | { what: 'dashboard'; query: ResultsQuery; language?: Language }
  | { what: 'chart'; chart: ChartId; query: ChartQuestion; language?: Language }
  | {
      what: 'file';
      chart: ChartId;
      ending: ChartEnding;
      query: ChartQuestion & { theme: 'light' | 'dark' };
      language?: Language;
    }
  | { what: 'rows' | 'rows-csv'; query: RowsQuery };

/** All that a thread is told. */
export interface Asked {
  /** Whose facts may be gone on with: one for each opening of a database. */
  desk: string;
  databaseUrl: string;
  timeZone: string;
  /** ISO 8601, UTC: the server's clock. */
  now: string;
  study: string;
  showing: Showing;
  /** Arms with their letters, where they stand behind them. */
  letters: [arm: string, letter: string][] | null;
  smallest: number | null;
  /** Null: all. */
  sites: readonly string[] | null;
  until: string | null;
  question: Question;
  /** Its first four bytes aren’t 0 any more once nobody waits for the answer. */
  stop?: SharedArrayBuffer;
}

export type Answered =
  | {
      /** The state of the data that the results are of. */
      revision: string;
      /** The day, where the study runs, that they were made on. */
      day: string;
      body: Uint8Array;
      /** The same, compressed; null where that saves nothing. */
      gzip: Uint8Array | null;
      read: StudyFacts['loaded'];
    }
  /** Part of it is being computed: what can be shown meanwhile, where something can. */
  | { pending: Uint8Array | null }
  | { refused: Pick<Refused, 'kind' | 'message' | 'detail'> };

const kept = new Map<string, StudyFacts>();
const KEPT = 4;
const compressed = promisify(gzip);

/** Answers one question about a study's results, on a thread of its own with connections of its own. */
export default async function answer(asked: Asked): Promise<Answered> {
  const database = openReader(asked.databaseUrl);
  try {
    return await database.snapshot((db) => answerIn(db, asked));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { kind, message, detail } = error;
    return { refused: { kind, message, detail } };
  } finally {
    await database.close();
  }
}

async function answerIn(db: Transaction, asked: Asked): Promise<Answered> {
  const study = await currentStudy(db, asked.study);
  if (!study) throw notFound('The study');
  const { until, showing, smallest, question } = asked;
  const services: Reader['services'] & { goOn(): void } = {
    goOn: () => goOn(asked),
    config: { timeZone: asked.timeZone } as Reader['services']['config'],
    now: () => new Date(until ?? asked.now),
  };
  const facts = factsOf(asked);
  await facts.refresh(services, db, study);
  goOn(asked);
  const arms = await armsFor(db, study, asked, facts);
  const sites = asked.sites && new Set(asked.sites);
  const { content, pending } = await contentOf(
    {
      study,
      sites,
      services,
      db,
      place: placeOf(asked),
      people: facts.people,
      arms,
      showing,
      smallest,
      until,
      say: 'language' in question ? figureWords(study, question.language) : null,
    },
    question,
  );
  const body = Buffer.from(content);
  if (pending) return { pending: content === '' ? null : new Uint8Array(body) };
  return {
    revision: study.changedAt,
    day: today({ ...services, now: () => new Date(asked.now) }),
    body: new Uint8Array(body),
    gzip: isPicture(question) ? null : new Uint8Array(await compressed(body)),
    read: facts.loaded,
  };
}

/** The chart libraries take half a second to load; a thread that has begun has them. */
export const warm = (): void => undefined;

const places = new Map<string, object>();

function placeOf({ desk }: Asked): object {
  const place = places.get(desk) ?? {};
  places.set(desk, place);
  if (places.size > KEPT) places.delete(places.keys().next().value!);
  return place;
}

/** Each question anew, so that what is used least goes first. */
function factsOf({ desk, study, until }: Asked): StudyFacts {
  const key = JSON.stringify([desk, study, until]);
  const facts = kept.get(key) ?? new StudyFacts(until);
  kept.delete(key);
  kept.set(key, facts);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return facts;
}

async function armsFor(
  db: Transaction,
  study: Study,
  { showing, letters }: Asked,
  facts: StudyFacts,
): Promise<Arms> {
  switch (showing) {
    case 'pooled':
      return pooled;
    case 'masked':
      return letteredArms(new Map(letters), await facts.arms(db, study.id));
    case 'open':
      return openArms(study, await facts.arms(db, study.id));
  }
}

interface Content {
  content: string | Buffer;
  pending?: boolean;
}

async function contentOf(reader: Reader, question: Question): Promise<Content> {
  switch (question.what) {
    case 'dashboard':
      return { content: JSON.stringify(await dashboardOf(reader, question.query)) };
    case 'chart': {
      const card = await chartOf(reader, question.chart, question.query);
      return { content: JSON.stringify(card), pending: card.pending };
    }
    case 'file': {
      const content = await chartFileOf(reader, question.chart, question.query, question.ending);
      return content === null ? { content: '', pending: true } : { content };
    }
    case 'rows':
      return { content: JSON.stringify(await rowsOf(reader, question.query)) };
    case 'rows-csv':
      return { content: await rowsCsvOf(reader, question.query) };
  }
}

function goOn({ stop }: Asked): void {
  if (stop && Atomics.load(new Int32Array(stop), 0) !== 0) throw stopping();
}

const isPicture = (question: Question): boolean => question.what === 'file' && question.ending === 'png';
