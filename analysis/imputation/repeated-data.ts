import { type Design, designRow, type Formula, type Setting, type Variable } from '../models/design.ts';
import type { NotConverged } from '../models/maximise.ts';
import { fitMmrm, type MmrmFit } from '../models/mmrm.ts';

/** What happens to a participant's unseen values after an intercurrent event. */
export type Strategy =
  /** Missing at random: as their own arm's. */
  | 'MAR'
  /** Jump to reference. */
  | 'J2R'
  /** Copy increments in reference. */
  | 'CIR'
  /** Copy reference. */
  | 'CR'
  /** Last mean carried forward. */
  | 'LMCF';

export interface RepeatedParticipant {
  id: string;
  arm: string;
  /** Other variables of the imputation model. */
  values: Setting;
  /** Outcome at each visit; null is missing. */
  outcome: readonly (number | null)[];
  /** First visit (from 0) that the intercurrent event affects; null without one. */
  eventAt: number | null;
  strategy: Strategy;
}

export interface ImputationModel {
  arms: readonly string[];
  reference: string;
  visits: readonly string[];
  /** Kinds and levels of the other variables. */
  variables: Readonly<Record<string, { kind: 'factor'; levels: readonly string[] } | { kind: 'covariate' }>>;
  /** Terms over `arm`, `visit` and the variables. */
  terms: readonly (readonly string[])[];
}

/** Values that the model is fitted to: those after an event with a strategy other than MAR tell of another course. */
export function fitsModel(participant: RepeatedParticipant, visit: number): boolean {
  if (participant.outcome[visit] === null) return false;
  return participant.strategy === 'MAR' || participant.eventAt === null || visit < participant.eventAt;
}

function formulaFor(
  model: ImputationModel,
  rows: readonly { participant: RepeatedParticipant; visit: number }[],
): Formula {
  const variables: Record<string, Variable> = {
    arm: { kind: 'factor', levels: model.arms, values: rows.map((r) => r.participant.arm) },
    visit: { kind: 'factor', levels: model.visits, values: rows.map((r) => model.visits[r.visit]!) },
  };
  for (const [name, kind] of Object.entries(model.variables))
    variables[name] =
      kind.kind === 'factor'
        ? { ...kind, values: rows.map((r) => String(r.participant.values[name])) }
        : { kind: 'covariate', values: rows.map((r) => Number(r.participant.values[name])) };
  return { variables, terms: model.terms };
}

export interface ModelRows {
  formula: Formula;
  rows: { participant: RepeatedParticipant; visit: number }[];
}

/** Rows of the imputation model for the participants whose index is kept. */
export function modelRows(model: ImputationModel, participants: readonly RepeatedParticipant[]): ModelRows {
  for (const { id, outcome } of participants)
    if (outcome.length !== model.visits.length)
      throw new RangeError(
        `Participant ${id} has ${outcome.length} outcomes for ${model.visits.length} visits.`,
      );
  const rows = participants.flatMap((participant) =>
    model.visits.flatMap((_, visit) => (fitsModel(participant, visit) ? [{ participant, visit }] : [])),
  );
  return { formula: formulaFor(model, rows), rows };
}

/** Fits the imputation model (unstructured covariance, REML) to the values that it is for. */
export function fitImputationModel(
  model: ImputationModel,
  participants: readonly RepeatedParticipant[],
): MmrmFit | NotConverged {
  const { formula, rows } = modelRows(model, participants);
  return fitMmrm({
    formula,
    y: rows.map((r) => r.participant.outcome[r.visit]!),
    subject: rows.map((r) => r.participant.id),
    visit: rows.map((r) => model.visits[r.visit]!),
    visits: model.visits,
  });
}

/** Design rows of a participant at every visit, had they been in the given arm. */
export function visitRows(
  design: Design,
  model: ImputationModel,
  participant: RepeatedParticipant,
  arm: string,
): Float64Array[] {
  return model.visits.map((visit) => designRow(design.formula, { ...participant.values, arm, visit }));
}

/** Means of the rows under β. */
export function meansOf(rows: readonly Float64Array[], beta: ArrayLike<number>): Float64Array {
  return Float64Array.from(rows, (row) => {
    let sum = 0;
    for (let j = 0; j < row.length; j++) sum += row[j]! * beta[j]!;
    return sum;
  });
}

/** Mean of a participant's outcome at every visit under β, had they been in the given arm. */
export function visitMeans(
  design: Design,
  beta: ArrayLike<number>,
  model: ImputationModel,
  participant: RepeatedParticipant,
  arm: string,
): Float64Array {
  return meansOf(visitRows(design, model, participant, arm), beta);
}
