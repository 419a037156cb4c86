import { recordConsent } from '../../server/consent/contract.ts';
import type { ItemValues } from '../../server/forms/contract.ts';
import { saveForm } from '../../server/forms/contract.ts';
import type { InstrumentDocument, Item } from '../../server/instruments/document.ts';
import {
  confirmEligibility,
  readParticipant,
  screenParticipant,
} from '../../server/participants/contract.ts';
import { randomise } from '../../server/randomisation/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import type { Study } from '../../server/studies/study.ts';
import { today } from '../../server/visits/today.ts';
import { type Agent, done, type TestServer } from './http.ts';

/** Screening answers of someone who fits: the first option, and a number that its criterion takes. */
export function fittingScreening(document: StudyDocument): Record<string, string | number> {
  return Object.fromEntries(
    document.screening.fields.map((field) => {
      if (field.kind === 'choice') return [field.id, field.options[0]!.value];
      const criterion = document.eligibility.find((one) => one.field === field.id);
      return [field.id, criterion?.from ?? field.min];
    }),
  );
}

/** Every criterion as an eligible person has it. */
export function fittingCriteria(document: StudyDocument): Record<string, boolean> {
  return Object.fromEntries(document.eligibility.map(({ id, kind }) => [id, kind === 'inclusion']));
}

/** An answer to every item: the lowest that raises neither an alert nor a query. */
export function plainAnswers(instrument: InstrumentDocument): ItemValues {
  return Object.fromEntries(
    instrument.items.flatMap((item) => {
      const value = plainAnswer(item);
      return value === null ? [] : [[item.id, { value }]];
    }),
  );
}

function plainAnswer(item: Item): number | string | number[] | null {
  switch (item.kind) {
    case 'choice':
      return item.options[0]!.value;
    case 'number':
      return item.expect?.min ?? item.min;
    case 'date':
      return '2026-01-15';
    case 'text':
      return 'Nothing to add';
    case 'choices':
      return [item.options[0]!.value];
    case 'slider':
      return item.expect?.min ?? item.min;
    case 'time':
      return '08:30';
    default:
      return null;
  }
}

export type Stage = 'screening' | 'eligible' | 'consented' | 'baseline' | 'randomised';

/** Takes new participants through enrolment, over HTTP, by nothing but the study's document. */
export class Enrolment {
  constructor(
    readonly server: TestServer,
    readonly study: Study,
    readonly agent: Agent,
  ) {}

  get document(): StudyDocument {
    return this.study.document;
  }

  params(participant?: string, more: Record<string, string> = {}): Record<string, string> {
    return { study: this.study.id, ...(participant ? { participant } : {}), ...more };
  }

  /** A participant who has come as far as the stage. */
  async upTo(
    stage: Stage,
    site = this.document.sites[0]!.id,
    values?: Record<string, string | number>,
  ): Promise<string> {
    const code = await this.screen(site, values);
    if (stage === 'screening') return code;
    await this.judge(code);
    if (stage === 'eligible') return code;
    await this.consent(code);
    if (stage === 'consented') return code;
    await this.completeVisit(code, this.baseline);
    if (stage === 'baseline') return code;
    await this.randomise(code);
    return code;
  }

  get baseline(): string {
    return this.document.visits.find((visit) => visit.baseline)!.id;
  }

  async screen(site: string, values = fittingScreening(this.document)): Promise<string> {
    const body = { key: crypto.randomUUID(), site, screenedOn: today(this.server.services), values };
    return (await done(this.agent, screenParticipant, { params: this.params(), body })).code;
  }

  async version(code: string): Promise<number> {
    return (await done(this.agent, readParticipant, { params: this.params(code) })).version;
  }

  async judge(code: string, answers = fittingCriteria(this.document)) {
    const body = { version: await this.version(code), answers };
    return done(this.agent, confirmEligibility, { params: this.params(code), body });
  }

  async consent(code: string) {
    const { version } = this.document.consent.versions.at(-1)!;
    const signedOn = today(this.server.services);
    const body = { version: await this.version(code), consentVersion: version, signedOn };
    return done(this.agent, recordConsent, { params: this.params(code), body });
  }

  /** Completes every form of a visit, assessed today. */
  async completeVisit(code: string, visit: string, lateReason?: string): Promise<void> {
    for (const instrument of this.document.visits.find(({ id }) => id === visit)!.instruments)
      await this.complete(code, visit, instrument, lateReason);
  }

  complete(code: string, visit: string, instrument: string, lateReason?: string) {
    return done(this.agent, saveForm, {
      params: this.params(code, { visit, instrument }),
      body: {
        version: 0,
        assessedOn: today(this.server.services),
        values: plainAnswers(this.study.instruments.get(instrument)!),
        complete: true,
        lateReason,
      },
    });
  }

  randomise(code: string, key: string = crypto.randomUUID()) {
    return done(this.agent, randomise, { params: this.params(code), body: { key, confirm: code } });
  }
}

/** As many more like a participant who isn't randomised: the same record in the database under the next IDs. */
export async function copies(
  { db }: TestServer['services'],
  study: string,
  code: string,
  count: number,
): Promise<string[]> {
  const { id, ...one } = await db.read
    .selectFrom('participant')
    .selectAll()
    .where('study_id', '=', study)
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  const last = await db.read
    .selectFrom('participant')
    .select((eb) => eb.fn.max('code').as('code'))
    .where('study_id', '=', study)
    .where('site', '=', one.site)
    .executeTakeFirstOrThrow();
  const [prefix, number] = last.code.split('-') as [string, string];
  const rowsOf = (table: 'eligibility' | 'consent' | 'form') =>
    db.read.selectFrom(table).selectAll().where('participant_id', '=', id).execute();
  const [eligibility, consent, forms] = [
    await rowsOf('eligibility'),
    await rowsOf('consent'),
    await rowsOf('form'),
  ];
  const codes = Array.from(
    { length: count },
    (_, n) => `${prefix}-${String(Number(number) + n + 1).padStart(4, '0')}`,
  );
  await db.write(async (tx) => {
    for (const next of codes) {
      const participant_id = crypto.randomUUID();
      await tx
        .insertInto('participant')
        .values({ ...one, id: participant_id, code: next })
        .execute();
      const own = <Row>(rows: Row[]) => rows.map((row) => ({ ...row, participant_id }));
      await tx
        .insertInto('eligibility')
        .values(own(eligibility) as never)
        .execute();
      await tx
        .insertInto('consent')
        .values(own(consent) as never)
        .execute();
      for (const form of own(forms))
        await tx
          .insertInto('form')
          .values({ ...form, id: crypto.randomUUID() } as never)
          .execute();
    }
  });
  return codes;
}
