import { type FollowUpPart, followUpPart } from '../events/contract.ts';
import type { AnswerValue, ItemValue } from '../forms/contract.ts';
import { scoresOf } from '../forms/view.ts';
import type { Item, Score } from '../instruments/document.ts';
import type { Caller, Services } from '../services.ts';
import { armsWithSessions } from '../sessions/rules.ts';
import type { StudyDocument } from '../studies/document.ts';
import { type ScreeningValues, stratumOf } from '../studies/rules.ts';
import { dayOf } from '../visits/today.ts';
import { answerCell } from './answer.ts';
import { cell, line } from './cells.ts';
import { type FormPlace, type Layout, placeKey } from './layout.ts';
import { type Exported, type ExportedForm, stoppedSince } from './pages.ts';
import { wholeForm } from './wholeForm.ts';

/** `m3.hamd17`, which begins the name of every column of that form. */
export const formColumn = (place: FormPlace): string => `${place.visit.id}.${place.instrument.id}`;

/** `m3.hamd17.1`; an identifier holds no dot, so that names never clash. */
export const itemColumn = (place: FormPlace, item: Item): string => `${formColumn(place)}.${item.id}`;

interface ItemColumn {
  column: string;
  label: string;
  /** What the column is, where it isn't the answer itself. */
  part: 'answer' | 'chosen' | 'sha256' | 'missing';
  of(answer: ItemValue): string;
}

/**
 * The columns of an item: its answer, and why there is none. A multiple choice has one column for each option, with 1
 * where it was chosen and 0 where another was; a file its name and its SHA-256. A calculated item has its value, and
 * where a form can hide it, whether it does: nobody gives a missing code for it.
 */
export function itemColumns(place: FormPlace, item: Item): ItemColumn[] {
  const column = itemColumn(place, item);
  const given = (read: (value: AnswerValue) => string) => (answer: ItemValue) =>
    'value' in answer ? read(answer.value) : '';
  const answer: ItemColumn = {
    column,
    label: item.label,
    part: 'answer',
    of: given((value) => answerCell(item, value)),
  };
  const missing: ItemColumn = {
    column: `${column}.missing`,
    label: item.label,
    part: 'missing',
    of: (given) => ('missing' in given ? cell(given.missing) : ''),
  };
  if (item.kind === 'choices')
    return [
      ...item.options.map((option) => ({
        column: `${column}.${option.value}`,
        label: `${item.label}: ${option.label}`,
        part: 'chosen' as const,
        of: given((value) => (Array.isArray(value) && value.includes(option.value) ? '1' : '0')),
      })),
      missing,
    ];
  if (item.kind === 'calculated') return place.branched.has(item.id) ? [answer, missing] : [answer];
  if (item.kind !== 'file') return [answer, missing];
  const sha256: ItemColumn = {
    column: `${column}.sha256`,
    label: `${item.label}: SHA-256 of the file`,
    part: 'sha256',
    of: given((value) => (typeof value === 'object' && !Array.isArray(value) ? value.sha256 : '')),
  };
  return [answer, sha256, missing];
}

/** `m3.hamd17.total`; `m3.bdi-total.total.score` where an item has the score's identifier already. */
export function scoreColumn(place: FormPlace, score: Score): string {
  const column = `${formColumn(place)}.${score.id}`;
  return place.items.some((item) => item.id === score.id) ? `${column}.score` : column;
}

/** Only a score whose key fills in missing items can be prorated, and has a column that says so. */
export const canBeProrated = (score: Score): boolean => score.missing.rule === 'mean';

/** Events whose day stands in the wide file; those that may tell the arm are left out for a blinded caller. */
export function exportedEvents(document: StudyDocument, blinded: boolean): StudyDocument['events'] {
  return document.events.filter((event) => !blinded || event.kind === 'withdrawal' || event.kind === 'death');
}

/** Parts of the follow-up that the caller may know to be stopped: that treatment is, is an event of treatment. */
export const partsFor = (blinded: boolean): FollowUpPart[] =>
  followUpPart.options.filter((part) => part !== 'treatment' || !blinded);

/** Sessions tell arms. */
export const countsSessions = (document: StudyDocument, blinded: boolean): boolean =>
  !blinded && armsWithSessions(document).length > 0;

/** Columns of the wide file, in order; they follow from the protocol alone, never from the data. */
export function wideColumns(layout: Layout, blinded: boolean): string[] {
  const { document } = layout;
  return [
    'study',
    'site',
    'participant',
    'status',
    'screened_on',
    ...layout.fields.map((field) => `screening.${field.id}`),
    ...document.allocation.strata.map((stratum) => `stratum.${stratum.id}`),
    ...(blinded ? [] : ['arm']),
    'randomised_on',
    'withdrawn_on',
    'withdrawal_reason',
    'withdrawal_asked_by',
    ...partsFor(blinded).map((part) => `stopped.${part}`),
    ...(countsSessions(document, blinded) ? ['sessions_attended'] : []),
    ...exportedEvents(document, blinded).map((event) => `event.${event.id}`),
    ...layout.places.flatMap(columnsOfForm),
  ];
}

function columnsOfForm(place: FormPlace): string[] {
  const form = formColumn(place);
  return [
    `${form}.assessed_on`,
    `${form}.form_status`,
    ...place.items.flatMap((item) => itemColumns(place, item).map(({ column }) => column)),
    ...place.scores.flatMap((score) => {
      const column = scoreColumn(place, score);
      return canBeProrated(score) ? [column, `${column}.prorated`] : [column];
    }),
  ];
}

/** Writes the rows of the wide file. */
export class WideRows {
  readonly #services: Services;
  readonly #caller: Caller;
  readonly #layout: Layout;
  readonly #blank: string[];
  /** By the rank of the form: how each cell of each item is written. */
  readonly #items: { id: string; cells: ItemColumn['of'][] }[][];
  rows = 0;

  constructor(services: Services, caller: Caller, layout: Layout) {
    this.#services = services;
    this.#caller = caller;
    this.#layout = layout;
    this.#items = layout.places.map((place) =>
      place.items.map((item) => ({ id: item.id, cells: itemColumns(place, item).map(({ of }) => of) })),
    );
    this.#blank = layout.places.map((place) => ','.repeat(columnsOfForm(place).length - 1));
  }

  get header(): string {
    return line(wideColumns(this.#layout, this.#caller.blinded).map(cell));
  }

  /** The row of one participant. */
  of(participant: Exported): string {
    const { blinded, study } = this.#caller;
    const { document, fields, place, places } = this.#layout;
    const screening = JSON.parse(participant.screening) as ScreeningValues;
    const withdrawal = participant.events.find((event) => event.kind === 'withdrawal');
    const stopped = stoppedSince(participant.withdrawals);
    const forms = places.map((_, index) => this.#blank[index]!);
    for (const form of participant.forms) {
      const at = place.get(placeKey(form.visit, form.instrument))!;
      forms[at.rank] = this.#form(participant, at, form);
    }
    this.rows++;
    return line([
      study.id,
      participant.site,
      participant.code,
      participant.status,
      participant.screened_on,
      ...fields.map((field) => cell(screening[field.id])),
      ...strataOf(document, participant.site, screening),
      ...(blinded ? [] : [cell(participant.arm)]),
      participant.allocated_at ? dayOf(this.#services, new Date(participant.allocated_at)) : '',
      withdrawal?.on_day ?? '',
      cell(withdrawal?.loss_reason),
      cell(participant.withdrawals.find((one) => one.recorded_at === withdrawal?.recorded_at)?.asked_by),
      ...partsFor(blinded).map((part) => stopped.get(part) ?? ''),
      ...(countsSessions(document, blinded)
        ? [participant.allocated_at ? cell(participant.sessions) : '']
        : []),
      ...exportedEvents(document, blinded).map(
        ({ id }) => participant.events.find((event) => event.event === id)?.on_day ?? '',
      ),
      ...forms,
    ]);
  }

  #form(participant: Exported, place: FormPlace & { rank: number }, form: ExportedForm): string {
    const { values, shown } = wholeForm(this.#services, this.#caller.study, participant, place, form);
    const cells = [form.assessed_on ?? '', form.status];
    for (const { id, cells: columns } of this.#items[place.rank]!) {
      const answer = Object.hasOwn(shown, id) ? shown[id] : undefined;
      for (const of of columns) cells.push(answer ? of(answer) : '');
    }
    const computed = form.status === 'complete' ? scoresOf(this.#caller.study, place.instrument, values) : [];
    for (const [index, score] of place.scores.entries()) {
      const value = computed[index]?.value ?? null;
      cells.push(cell(value));
      if (canBeProrated(score)) cells.push(value === null ? '' : computed[index]!.prorated ? '1' : '0');
    }
    return cells.join(',');
  }
}

/** Levels of the stratification factors; blank where a value that decides one isn't known. */
function strataOf(document: StudyDocument, site: string, screening: ScreeningValues): string[] {
  return document.allocation.strata.map((stratum) => {
    try {
      const one = { ...document, allocation: { ...document.allocation, strata: [stratum] } };
      return cell(stratumOf(one, site, screening).factors[stratum.id]);
    } catch (error) {
      if (error instanceof RangeError) return '';
      throw error;
    }
  });
}
