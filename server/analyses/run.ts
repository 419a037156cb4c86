import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { PlanResults } from '../../analysis/estimands/results.ts';
import { planSteps } from '../../analysis/estimands/run.ts';
import { TableError } from '../../analysis/estimands/table.ts';
import type { Steps } from '../../analysis/tasks/task.ts';
import { parseDocument } from '../documents/parse.ts';
import { notValid } from '../errors.ts';
import { VERSION } from '../version.ts';
import { checkPlan } from './check.ts';
import { asPlan, planDocument } from './plan.ts';
import { readTable } from './readTable.ts';

/**
 * Runs a plan over a CSV, in steps whose work can be handed to threads.
 *
 * @param ranAt ISO 8601, UTC
 * @throws {DocumentError} for a plan with problems, each with line and column
 * @throws {Refused} for a CSV with problems, each with line and column
 */
export function* stepsOnFiles(
  data: { path: string; bytes: Buffer },
  plan: { path: string; bytes: Buffer },
  { seed, ranAt, onAnalysis }: { seed: number; ranAt: string; onAnalysis?: (done: number) => void },
): Steps<PlanResults> {
  const table = readTable(data.bytes.toString('utf8'), data.path);
  const document = parseDocument(plan.bytes.toString('utf8'), {
    file: plan.path,
    schema: planDocument,
    check: (parsed) => checkPlan(parsed, table.columns),
  });
  try {
    return yield* planSteps(table, asPlan(document), {
      seed,
      onAnalysis,
      facts: {
        version: VERSION,
        node: process.versions.node,
        ranAt,
        planFile: basename(plan.path),
        planSha256: sha256(plan.bytes),
        dataFile: basename(data.path),
        dataSha256: sha256(data.bytes),
      },
    });
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    throw notValid(
      `${data.path}: ${error.message}`,
      error.issues.map(({ line, column, message }) => ({ path: `line ${line}, ${column}`, message })),
    );
  }
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
