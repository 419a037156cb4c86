import { parse } from 'yaml';
import type { PlanResults } from '../../../analysis/estimands/results.ts';
import { notFound } from '../../errors.ts';
import type { Language } from '../../language/language.rules.ts';
import { figureWords } from '../../results/words.ts';
import type { Caller, Services } from '../../services.ts';
import { VERSION } from '../../version.ts';
import { PROGRAMMES, scriptElsewhere } from '../code/elsewhere/scripts.ts';
import { scriptOf } from '../code/script.ts';
import { type PlanDocument, planDocument } from '../plan.ts';
import { materialOf, refuseBlinded } from '../study/material.ts';
import { cardsOf } from './cards.ts';
import { progressNow } from './perform.ts';
import { dataStateOf } from './start.ts';
import { findRun, marksOf, type RunRecord, readMaterial, resultsOf, runsOf } from './store.ts';
import { viewRun } from './view.ts';

/** Every run of the study, and what a run would take now. */
export async function listRuns(services: Services, caller: Caller) {
  refuseBlinded(caller);
  const { study } = caller;
  const running = progressNow();
  return services.db.snapshot(async (db) => {
    const runs = await runsOf(db, study.id);
    const marks = await marksOf(db, study.id);
    const { replay } = await materialOf(services, db, caller).catch(() => ({
      replay: { reason: 'Nobody is randomised yet.' },
    }));
    return {
      cutOff: study.changedAt,
      dataState: await dataStateOf(db, study.id),
      codeVersion: VERSION,
      replayable: 'reason' in replay ? replay.reason : null,
      runs: runs.map((run) => viewRun(run, runs, marks, running)),
    };
  });
}

export interface KeptRun {
  run: RunRecord;
  plan: PlanDocument;
  planText: string;
  results: PlanResults | null;
}

/** @throws {Refused} where the study has no such run, and for whoever mayn’t see arms */
export async function readKept(services: Services, caller: Caller, id: string): Promise<KeptRun> {
  refuseBlinded(caller);
  const db = services.db.read;
  const run = await findRun(db, caller.study.id, id);
  if (!run) throw notFound('The run');
  const planText = await readMaterial(db, caller.study.id, run.plan_sha256);
  const results = await resultsOf(db, id);
  return {
    run,
    planText,
    plan: planDocument.parse(parse(planText)),
    results: results === null ? null : (JSON.parse(results) as PlanResults),
  };
}

/** A run with its results, the pictures of one of its analyses, and the script that makes its numbers. */
export async function readRun(
  services: Services,
  caller: Caller,
  id: string,
  { analysis, layout, language }: { analysis?: string; layout: 'wide' | 'phone'; language?: Language },
) {
  const running = progressNow();
  const { run, plan, results } = await readKept(services, caller, id);
  const one = analysisNamed(plan, analysis);
  const db = services.db.read;
  const script = scriptOf(plan, one);
  return {
    run: viewRun(run, await runsOf(db, caller.study.id), await marksOf(db, caller.study.id), running),
    results: results as never,
    cards:
      results === null ? [] : await cardsOf(results, one.id, layout, figureWords(caller.study, language)),
    code: 'code' in script ? script.code : null,
    noCode: 'reason' in script ? script.reason : null,
    elsewhere: PROGRAMMES.map((programme) => ({
      programme,
      code: null,
      reason: null,
      ...scriptElsewhere(programme, plan, one),
    })),
  };
}

/** @throws {Refused} where the run has no analysis of that name */
export function analysisNamed(plan: PlanDocument, id: string | undefined): PlanDocument['analyses'][number] {
  const one = id === undefined ? plan.analyses[0] : plan.analyses.find((analysis) => analysis.id === id);
  if (!one) throw notFound('The analysis');
  return one;
}
