import type { ItemValue } from '../forms/contract.ts';
import { scoresOf } from '../forms/view.ts';
import type { Item } from '../instruments/document.ts';
import type { Caller, Services } from '../services.ts';
import { dayOf } from '../visits/today.ts';
import { answerCell, labelCell } from './answer.ts';
import { cell, LINE_END, line, textCell } from './cells.ts';
import { type FormPlace, type Layout, placeKey } from './layout.ts';
import type { Exported, ExportedForm } from './pages.ts';
import { wholeForm } from './wholeForm.ts';

/** Why a score has no value. They stand where an answer has one of the protocol's missing codes. */
export const NOT_COMPLETE = 'form-not-complete';
export const NOT_COMPUTED = 'not-computed';

/**
 * Columns of the long file; a blinded caller's has no arm, not even an empty one.
 * @param twice whether the protocol wants forms entered twice: then each row says how far its form is with that
 */
export function longColumns(blinded: boolean, twice = false): string[] {
  return [
    'study',
    'site',
    'participant',
    ...(blinded ? [] : ['arm']),
    'randomised_on',
    'visit',
    'visit_label',
    'assessed_on',
    'instrument',
    'instrument_version',
    'kind',
    'item',
    'label',
    'value',
    'value_label',
    'missing',
    'prorated',
    'form_status',
    'form_version',
    'protocol_version',
    ...(twice ? ['double_entry'] : []),
  ];
}

/** What is the same for every row of a form's place is written once. */
interface PreparedPlace {
  rank: number;
  place: FormPlace;
  visit: string;
  instrument: string;
  items: Map<string, PreparedItem>;
  /** Score → its `kind,item,label`. */
  scores: Map<string, string>;
}
interface PreparedItem {
  item: Item;
  /** `kind,item,label`. */
  head: string;
  /** Code → `value,value_label`. */
  coded: Map<number | string, string>;
}

/** Writes the rows of the long file: for each form its answers in the instrument's order, then its scores. */
export class LongRows {
  readonly #services: Services;
  readonly #caller: Caller;
  readonly #places = new Map<string, PreparedPlace>();
  rows = 0;

  constructor(services: Services, caller: Caller, layout: Layout) {
    this.#services = services;
    this.#caller = caller;
    for (const [key, place] of layout.place) this.#places.set(key, prepare(place, place.rank));
  }

  get header(): string {
    const { blinded, study } = this.#caller;
    return line(longColumns(blinded, study.document.doubleEntry !== undefined));
  }

  /** Every row of one participant; blank items have none, hidden ones say so. */
  of(participant: Exported): string {
    const { study, blinded } = this.#caller;
    const randomised = participant.allocated_at
      ? dayOf(this.#services, new Date(participant.allocated_at))
      : '';
    const arm = blinded ? '' : `${cell(participant.arm)},`;
    const head = `${cell(study.id)},${cell(participant.site)},${cell(participant.code)},${arm}${randomised},`;
    let text = '';
    for (const form of this.#inOrder(participant.forms))
      text += this.#form(participant, head, form.place, form.form);
    return text;
  }

  #inOrder(forms: readonly ExportedForm[]): { place: PreparedPlace; form: ExportedForm }[] {
    return forms
      .map((form) => ({ form, place: this.#places.get(placeKey(form.visit, form.instrument))! }))
      .sort((a, b) => a.place.rank - b.place.rank);
  }

  #form(of: Exported, participant: string, prepared: PreparedPlace, form: ExportedForm): string {
    const { study } = this.#caller;
    const { values, shown } = wholeForm(this.#services, study, of, prepared.place, form);
    const head = `${participant}${prepared.visit}${form.assessed_on ?? ''},${prepared.instrument}`;
    const tail = `,${form.status},${form.version},${form.study_version ?? ''}${form.double_entry === undefined ? '' : `,${form.double_entry}`}${LINE_END}`;
    let text = '';
    for (const [id, { item, head: middle, coded }] of prepared.items) {
      const answer = Object.hasOwn(shown, id) ? shown[id] : undefined;
      if (!answer) continue;
      text += `${head}${middle}${answerCells(item, coded, answer)},${tail}`;
      this.rows++;
    }
    if (form.status !== 'complete') {
      for (const middle of prepared.scores.values()) text += `${head}${middle},,${NOT_COMPLETE},${tail}`;
      this.rows += prepared.scores.size;
      return text;
    }
    for (const score of scoresOf(study, prepared.place.instrument, values)) {
      const result =
        score.value === null
          ? `,,${NOT_COMPUTED},`
          : `${score.value},${cell(score.band)},,${score.prorated ? 1 : 0}`;
      text += `${head}${prepared.scores.get(score.score)}${result}${tail}`;
      this.rows++;
    }
    return text;
  }
}

/** `value,value_label,missing`. */
function answerCells(item: Item, coded: ReadonlyMap<number | string, string>, answer: ItemValue): string {
  if ('missing' in answer) return `,,${cell(answer.missing)}`;
  const { value } = answer;
  const known = typeof value === 'object' ? undefined : coded.get(value);
  return known ?? `${answerCell(item, value)},${labelCell(item, value)},`;
}

function prepare(place: FormPlace, rank: number): PreparedPlace {
  const { visit, instrument } = place;
  const items = place.items.map((item): [string, PreparedItem] => [
    item.id,
    {
      item,
      head: `${item.kind === 'calculated' ? 'calculated' : 'answer'},${cell(item.id)},${textCell(item.label)},`,
      coded: new Map(
        item.kind === 'choice'
          ? item.options.map(({ value, label }) => [value, `${value},${textCell(label)},`])
          : [],
      ),
    },
  ]);
  return {
    rank,
    place,
    visit: `${cell(visit.id)},${textCell(visit.label)},`,
    instrument: `${cell(instrument.id)},${textCell(instrument.version)},`,
    items: new Map(items),
    scores: new Map(place.scores.map(({ id, label }) => [id, `score,${cell(id)},${textCell(label)},`])),
  };
}
