import type { FurtherCharts } from '../../analysis/charts/index.ts';
import { notValid } from '../errors.ts';
import type { ItemValues } from '../forms/contract.ts';
import type { Study } from '../studies/study.ts';
import { type AnswerScale, answerScale, countAnswers } from './answers.rules.ts';
import type { ChartCard, ChartQuestion } from './contract.ts';
import { formsOf } from './facts/people.ts';
import type { Material } from './material.ts';
import type { Reader } from './reader.ts';

type Asked = Pick<ChartQuestion, 'instrument' | 'visit' | 'outcome'>;

interface Scaled {
  id: string;
  label: string;
  scale: AnswerScale;
  visits: { id: string; label: string }[];
}

/** The instruments of the outcomes whose items can be shown, each with the visits that have it. */
function scaledInstruments({ document, instruments }: Study): Scaled[] {
  const known = new Map<string, Scaled>();
  for (const { instrument: id, score } of document.outcomes) {
    const instrument = instruments.get(id)!;
    const scale = known.has(id) ? null : answerScale(instrument, score);
    if (scale === null || scale.items.length < 2) continue;
    const visits = document.visits.filter((visit) => visit.instruments.includes(id));
    known.set(id, { id, label: instrument.short, scale, visits });
  }
  return [...known.values()];
}

/**
 * Whose answers are shown, and when: as asked, or else of the chosen outcome and at its primary visit.
 *
 * @returns null for a study whose outcomes aren’t made of items
 * @throws {Refused} for an instrument that has no such answers
 */
export function askedAnswers(
  study: Study,
  asked: Asked,
): (Scaled & { visit: Scaled['visits'][number] }) | null {
  const all = scaledInstruments(study);
  if (all.length === 0) return null;
  const { outcomes, estimands } = study.document;
  const shown = outcomes.find(({ id }) => id === asked.outcome) ?? outcomes[0];
  const found =
    asked.instrument === undefined
      ? (all.find(({ id }) => id === shown?.instrument) ?? all[0]!)
      : all.find(({ id }) => id === asked.instrument);
  if (!found) throw notValid(`No outcome of the study is made of the items of “${asked.instrument}”.`);
  const primary = estimands.find(({ role }) => role === 'primary');
  const at = (visit: string | undefined) => found.visits.find(({ id }) => id === visit);
  // The visit may have been chosen for other figures: an instrument that isn’t planned there is shown at one of its own.
  const visit = at(asked.visit) ?? at(primary?.visit ?? primary?.visits?.at(-1)) ?? found.visits.at(-1);
  return visit ? { ...found, visit } : null;
}

/** What the chart of answers can be asked; undefined where the study has none. */
export function answerChoices(study: Study, asked: Asked): ChartCard['choices'] {
  const shown = askedAnswers(study, asked);
  if (shown === null) return undefined;
  const named = (all: readonly { id: string; label: string }[]) =>
    all.map(({ id, label }) => ({ id, label }));
  return [
    { name: 'instrument', label: 'Instrument', value: shown.id, options: named(scaledInstruments(study)) },
    { name: 'visit', label: 'Visit', value: shown.visit.id, options: named(shown.visits) },
  ];
}

/** The answers of everybody in the population, counted by arm: for a reader who gets pooled figures all arms are one. */
export async function answersOf(
  { study, db, people, until }: Reader,
  { dataset, plan }: Material,
  asked: Asked,
): Promise<FurtherCharts['items'] | null> {
  const shown = askedAnswers(study, asked);
  if (shown === null) return null;
  const counted = dataset.participants.filter(
    ({ startedTreatment }) => plan.population === 'all-randomised' || startedTreatment,
  );
  const arms = new Map(counted.map(({ id, arm }) => [id, arm]));
  const armOf = new Map(
    people.flatMap(({ record }) => {
      const arm = arms.get(record.code);
      return arm === undefined ? [] : [[record.id, arm] as const];
    }),
  );
  const forms = (await formsOf(db, study, { ids: [...armOf.keys()], instruments: [shown.id], until }))
    .filter(({ visit }) => visit === shown.visit.id)
    .map((form) => ({
      arm: armOf.get(form.participant_id)!,
      values: valuesOf(JSON.parse(form.answers) as ItemValues),
    }));
  return {
    items: shown.scale.items.map(({ id, label }) => ({ id, label })),
    answers: shown.scale.answers.map(({ label }) => label),
    split: shown.scale.split,
    counts: countAnswers(shown.scale, forms),
    label: shown.label,
    visit: shown.visit.label,
  };
}

const valuesOf = (answers: ItemValues) =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([id, answer]) => ('value' in answer ? [[id, answer.value]] : [])),
  );
