import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { identifier } from '../instruments/document.ts';
import { dataFolder } from '../paths.ts';
import { roleName, studyDocument } from '../studies/document.ts';

const moments = { mean: z.number(), sd: z.number().positive() };
const visit = z.strictObject({ observed: z.int(), responders: z.int(), ...moments });

const calibration = z.strictObject({
  note: z.string(),
  study: identifier,
  seed: z.string(),
  secret: z.int(),
  sites: z.record(identifier, z.int()),
  screened: z.strictObject({ assessed: z.int(), registered: z.int() }),
  women: z.number(),
  age: z.strictObject({ ...moments, from: z.int(), to: z.int() }),
  arms: z.record(
    identifier,
    z.strictObject({
      randomised: z.int(),
      started: z.int(),
      baseline: z.strictObject(moments),
      m3: visit,
      m12: visit,
    }),
  ),
  doubleEntry: studyDocument.shape.doubleEntry,
  closing: z.array(z.string().regex(/^-?\d+\*?$/)),
  exclusions: z.record(identifier, z.int()),
  people: z.record(roleName, z.strictObject({ name: z.string(), email: z.email() })),
  invited: z.array(
    z.strictObject({
      name: z.string(),
      email: z.email(),
      role: roleName,
      site: identifier.nullable(),
      daysAgo: z.int(),
    }),
  ),
  password: z.string(),
});
export type Calibration = z.infer<typeof calibration>;

/** What the demonstration is calibrated to; see the file itself for what is published and what is made up. */
export async function readCalibration(): Promise<Calibration> {
  const file = join(dataFolder, 'demo', 'ipt-depression.yaml');
  return calibration.parse(parse(await readFile(file, 'utf8')));
}
