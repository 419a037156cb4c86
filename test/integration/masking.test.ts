import { expect, test } from 'vitest';
import { coloursOf } from '../../analysis/charts/palette.ts';
import { saveForm } from '../../server/forms/contract.ts';
import { seal } from '../../server/randomisation/seal.ts';
import {
  chartCsv,
  chartSpec,
  chartSvg,
  furtherId,
  readChart,
  readDashboard,
  readResultRows,
  resultsCsv,
} from '../../server/results/contract.ts';
import { insertLetters } from '../../server/results/store.ts';
import { checkMasking } from '../../server/studies/checkMasking.ts';
import { type LoadedStudy, loadStudy } from '../../server/studies/load.ts';
import { addDuration } from '../../server/studies/rules.ts';
import { Enrolment, plainAnswers } from '../setup/enrol.ts';
import { type Agent, addressOf, done, refused, type Sent, testServer } from '../setup/http.ts';

/** A Tuesday. */
const START = '2026-06-02T09:00:00.000Z';
const study = 'example-drug-trial';

/** The double-blind example with arms of one size, whose results stand behind letters; arms are called as given. */
const masked =
  (names: readonly string[]) =>
  ({ document, instruments }: LoadedStudy): LoadedStudy => {
    const renamed = new Map(document.arms.map(({ id }, index) => [id, names[index]!]));
    return {
      instruments,
      document: {
        ...document,
        masking: {
          ...document.masking,
          blinded: [...document.masking.blinded, 'statistician'],
          results: 'masked',
        },
        arms: document.arms.map((arm) => ({
          ...arm,
          id: renamed.get(arm.id)!,
          short: renamed.get(arm.id)!.toUpperCase(),
          name: `Treatment ${renamed.get(arm.id)}`,
          ratio: 1,
        })),
        translations: {
          fi: Object.fromEntries(
            names.flatMap((name) => [
              [`Treatment ${name}`, `Hoito ${name}`],
              [name.toUpperCase(), `${name.toUpperCase()}FI`],
            ]),
          ),
        },
        // Drawn allocations hang on the design and so on its names; a list doesn't.
        allocation: {
          rule: {
            method: 'list',
            entries: [0, 1, 1, 0].map((index) => ({ stratum: {}, arm: names[index]! })),
          },
          strata: [],
        },
        estimands: document.estimands.map((estimand) => ({
          ...estimand,
          treatments: estimand.treatments.map(([a, b]): [string, string] => [
            renamed.get(a)!,
            renamed.get(b)!,
          ]),
        })),
      },
    };
  };

interface Seen {
  what: string;
  status: number;
  text: string;
}

/** What blinded people see of results after four people were followed up; the first arm is given the letter. */
async function play(names: readonly string[], first: 'A' | 'B'): Promise<Seen[]> {
  const server = await testServer([study], {
    now: START,
    change: masked(names),
    secret: new Uint8Array(32).fill(7),
  });
  try {
    const { services } = server;
    await services.db.write((tx) =>
      insertLetters(
        tx,
        names.map((arm, index) => {
          const letter = (index === 0) === (first === 'A') ? 'A' : 'B';
          const sealed = seal(services.config.key, `arm letter ${study} ${letter}`, Buffer.from(arm));
          return { study_id: study, letter, sealed_arm: sealed, drawn_at: START };
        }),
      ),
    );
    const coordinator = await server.as('coordinator');
    const statistician = await server.as('statistician');
    const enrolment = new Enrolment(server, await server.study(study), coordinator);
    const visit = enrolment.document.visits.find((one) => !one.baseline)!;
    const instrument = enrolment.study.instruments.get(visit.instruments[0]!)!;
    const choices = instrument.items.filter((item) => item.kind === 'choice');
    for (let index = 0; index < 4; index += 1) {
      server.clock.now = new Date(START);
      const code = await enrolment.upTo('randomised');
      const day = addDuration(START.slice(0, 10), visit.target);
      server.clock.now = new Date(`${day}T09:00:00.000Z`);
      const values = plainAnswers(instrument);
      for (const item of choices.slice(0, index)) values[item.id] = { value: item.options[1]!.value };
      await done(coordinator, saveForm, {
        params: enrolment.params(code, { visit: visit.id, instrument: instrument.id }),
        body: { version: 0, assessedOn: day, values, complete: true },
      });
    }
    const seen: Seen[] = [];
    const params = { study };
    const before = await done(statistician, readDashboard, { params });
    server.clock.now = new Date('2026-07-20T09:00:00.000Z');
    const after = await done(statistician, readDashboard, { params });
    expect(before.flow.arms.map(({ cells }) => cells[2]!.count)).toEqual([0, 0]);
    expect(after.flow.arms.map(({ cells }) => cells[2]!.count)).toEqual([2, 2]);
    const note = async (
      what: string,
      agent: Agent,
      endpoint: Parameters<typeof addressOf>[0],
      sent: Sent,
    ) => {
      const language = [readChart.id, 'results.dashboard'].includes(endpoint.id) ? 'fi' : 'en';
      const answer = await agent.get(addressOf(endpoint, sent)).set('Accept-Language', language);
      if (answer.status === 200 && language === 'fi') expect(answer.headers['content-language']).toBe('fi');
      seen.push({
        what,
        status: answer.status,
        text: `${answer.headers['content-disposition'] ?? ''} ${Buffer.isBuffer(answer.body) ? answer.body.toString('utf8') : answer.text}`,
      });
    };
    for (const chart of [...furtherId.options, 'consort', 'response', 'risk-difference', 'mean-change'])
      for (const endpoint of [readChart, chartSvg, chartCsv, chartSpec])
        await note(`${endpoint.id} ${chart}`, statistician, endpoint, { params: { study, chart } });
    for (const endpoint of [readDashboard, readResultRows, resultsCsv])
      await note(endpoint.id, coordinator, endpoint, { params });
    // An instant within a week is that week's beginning: nobody follows a single save.
    await note('as of', statistician, readDashboard, {
      params,
      query: { asOf: '2026-06-16T09:30:00.000Z' },
    });
    await refused(statistician, readChart, { params: { study, chart: 'waterfall' } }, 404);
    return seen;
  } finally {
    await server.close();
  }
}

const without = (seen: Seen[]) =>
  seen.map(({ what, status, text }) => ({
    what,
    status,
    text: text.replaceAll(/"reference":"[^"]+"/g, ''),
  }));

test('what stands behind letters says nothing of the arms: calling them otherwise changes nothing', async () => {
  const one = await play(['qz0zq', 'qz1zq'], 'A');
  const two = await play(['zz8yy', 'aa9yy'], 'A');
  expect(without(two)).toEqual(without(one));
  for (const { what, text } of one) expect(text, what).not.toMatch(/qz\d+zq|reason":"Adverse|Reference arm/i);
  const arms = (['light', 'dark'] as const).flatMap((theme) => [
    ...coloursOf(theme).arms.slice(0, 2),
    coloursOf(theme).reference,
  ]);
  const response = one.find(({ what }) => what.endsWith('svg mean-change'))!;
  expect(response.status).toBe(200);
  expect(response.text).toContain(coloursOf('light').masked[0]);
  for (const colour of arms) expect(response.text.toUpperCase()).not.toContain(colour);
  // The letters do matter: given the other way round, the figures change places.
  const three = await play(['qz0zq', 'qz1zq'], 'B');
  expect(without(three)).not.toEqual(without(one));
}, 90_000);

test('a document whose arms differ to the eye is refused letters', async () => {
  const { document } = await loadStudy(`data/studies/${study}.yaml`, ['data/instruments']);
  const masking = { ...document.masking, results: 'masked' as const };
  expect(checkMasking(document)).toEqual([]);
  expect(checkMasking({ ...document, masking })[0]!.message).toContain('2:1');
  const even = document.arms.map((arm) => ({ ...arm, ratio: 1 }));
  expect(checkMasking({ ...document, masking, arms: even })).toEqual([]);
  for (const more of [{ sessions: {} }, { group: { from: 4, to: 8 } }, { closed: true }])
    expect(checkMasking({ ...document, masking, arms: [{ ...even[0]!, ...more }, even[1]!] })).toHaveLength(
      1,
    );
});
