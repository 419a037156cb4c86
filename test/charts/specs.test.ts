import { describe, expect, test } from 'vitest';
import { analyse } from '../../analysis/analyse.ts';
import {
  type AnyChartKind,
  type Chart,
  type ChartOptions,
  chartKinds,
  comparisons,
  furtherKinds,
  recruitmentChart,
  studyChart,
  survivalChart,
} from '../../analysis/charts/index.ts';
import { signed } from '../../analysis/charts/numbers.ts';
import { coloursOf } from '../../analysis/charts/palette.ts';
import { subgroupChart } from '../../analysis/charts/subgroups.ts';
import type { Dataset } from '../../analysis/dataset.ts';
import type { ResultRow } from '../../analysis/plan.ts';
import { recruitment } from '../../analysis/recruitment.ts';
import { chartTable } from '../../server/results/contract.ts';
import { runningOf } from './running.ts';
import { emptyTrial, letter, makeTrial, pool, studyOf, THREE_ARMS } from './trial.ts';

const three = makeTrial(THREE_ARMS);

function draw(kind: AnyChartKind, dataset: Dataset = three, options: Partial<ChartOptions> = {}): Chart {
  const study = studyOf(dataset);
  const rows = analyse(dataset, study.plan);
  return studyChart(
    kind,
    { ...study, rows, further: runningOf(dataset) },
    { theme: 'light', masked: false, width: 560, ...options },
  )!;
}

function rowsOf(dataset: Dataset, measure: ResultRow['measure']): ResultRow[] {
  return analyse(dataset, studyOf(dataset).plan).filter(
    (row) => row.measure === measure && row.missing === 'observed',
  );
}

/** Every string of the spec; colours and texts are among them. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(strings);
}

describe.each([...chartKinds, ...furtherKinds])('%s', (kind) => {
  test('has a table as the contract wants it, with one cell for every column', () => {
    const { table } = draw(kind);
    expect(chartTable.parse(table)).toEqual(table);
    expect(table.rows.length).toBeGreaterThan(0);
    const ids = table.columns.map(({ id }) => id).sort();
    for (const row of table.rows) expect(Object.keys(row).sort()).toEqual(ids);
  });

  test('is exactly as wide as asked for, alone or in a card', () => {
    for (const width of [340, 446, 632]) {
      for (const standalone of [false, true]) {
        const { spec } = draw(kind, three, { width, standalone, note: 'Data as of 6 Mar 2028.' });
        const { left, right } = spec.padding as { left: number; right: number };
        expect((spec as { width: number }).width + left + right).toBe(width);
      }
    }
  });

  test('draws its words only when it stands alone', () => {
    const note = 'Data as of 6 Mar 2028, 06:00. Arms shown.';
    const alone = draw(kind, three, { standalone: true, note, width: 900 });
    expect(strings(alone.spec)).toEqual(expect.arrayContaining([alone.title, alone.subtitle, note]));
    const card = draw(kind, three, { note });
    expect(strings(card.spec)).not.toContain(card.title);
    expect(strings(card.spec)).not.toContain(note);
  });

  test('holds its data, asks for none and leaves no interval to be bootstrapped', () => {
    const text = JSON.stringify(draw(kind).spec);
    expect(text).not.toMatch(/"url"|errorbar|errorband|"ci0"|"ci1"|"extent"/);
    expect(text).not.toMatch(/NaN|Infinity|"null"|undefined/);
  });

  test('in the dark it uses dark colours and none of the light ones', () => {
    const lightOnly = (theme: 'light' | 'dark') => {
      const { ink, ink2, ink3, grid, reference, arms } = coloursOf(theme);
      return [ink, ink2, ink3, grid, reference, ...arms];
    };
    const dark = strings(draw(kind, three, { theme: 'dark' }).spec);
    for (const colour of lightOnly('light')) expect(dark).not.toContain(colour);
    expect(dark).toContain(coloursOf('dark').ink);
  });

  test('behind letters no arm’s own colour, name or identifier is in it', () => {
    const text = JSON.stringify(draw(kind, letter(three), { masked: true }));
    const { arms, reference } = coloursOf('light');
    for (const hidden of [...arms, reference, 'IPT', 'PeGT', 'TAU', '"ipt"', '"pegt"', '"tau"']) {
      expect(text).not.toContain(hidden);
    }
  });

  test('pooled it is ink and one arm, or there is none', () => {
    if (comparisons.some((one) => one === kind))
      return expect(draw(kind, pool(three), { masked: true })).toBeNull();
    const text = JSON.stringify(draw(kind, pool(three), { masked: true }));
    const { arms, reference, masked } = coloursOf('light');
    for (const hue of [...arms, reference, ...masked]) expect(text).not.toContain(hue);
    for (const hidden of ['IPT', 'PeGT', 'TAU', '"ipt"']) expect(text).not.toContain(hidden);
  });

  test('with nobody in the trial it says so in whole sentences', () => {
    const chart = draw(kind, emptyTrial());
    expect(chart.description).toMatch(/\.$/);
    expect(JSON.stringify(chart)).not.toMatch(/NaN|Infinity|undefined/);
    expect(chartTable.safeParse(chart.table).success).toBe(true);
  });
});

describe('response', () => {
  test('its description carries every count and percentage, its table every row', () => {
    const { description, table } = draw('response');
    const rows = rowsOf(three, 'proportion');
    expect(rows).toHaveLength(6);
    for (const row of rows) {
      const whole = Math.round((100 * row.numerator!) / row.denominator!);
      expect(description).toContain(`${row.numerator}/${row.denominator} (${whole}%)`);
      expect(description).toContain(`${Math.round(100 * row.lower!)}% to ${Math.round(100 * row.upper!)}%`);
    }
    expect(table.rows.map(({ responders, of }) => [responders, of])).toEqual(
      rows.map((row) => [row.numerator, row.denominator]),
    );
    expect(table.rows.map(({ percent }) => percent)).toEqual(
      rows.map((row) => Math.round(1000 * row.estimate!) / 10),
    );
  });

  test('colours, shapes and order are the protocol’s, set by the arm', () => {
    const text = JSON.stringify(draw('response').spec);
    expect(text).toContain('"scale":{"domain":["ipt","pegt","tau"],"range":["#10458A","#BF4D06","#70757E"]}');
    expect(text).toContain('"range":["circle","square","triangle-up"]');
  });

  test('says which rule for missing scores it follows', () => {
    const study = { ...studyOf(three), missing: 'non-response' as const };
    const rows = analyse(three, study.plan);
    const chart = studyChart('response', { ...study, rows }, { theme: 'light', masked: false, width: 446 })!;
    expect(chart.subtitle).toContain('Missing counted as no response');
    expect(chart.table.rows.map(({ of }) => of)).toEqual([46, 42, 46, 46, 42, 46]);
  });

  test('of one visit shows that visit alone, and charts of a single visit are of it', () => {
    const study = { ...studyOf(three), visit: 'm3', rows: analyse(three, studyOf(three).plan) };
    const look = { theme: 'light', masked: false, width: 446 } as const;
    const responders = (chart: Chart) => chart.table.rows.map(({ responders }) => responders);
    const all = responders(draw('response'));
    expect(responders(studyChart('response', study, look)!)).toEqual(all.slice(0, 3));
    expect(studyChart('risk-difference', study, look)!.description).not.toContain('12 months');
    expect(studyChart('waterfall', study, look)!.description).toContain('3 months');
    expect(draw('waterfall').description).toContain('12 months');
  });
});

describe('risk difference', () => {
  test('its description and table carry every difference with its interval and both counts', () => {
    const { description, table } = draw('risk-difference');
    const rows = rowsOf(three, 'risk-difference');
    expect(rows).toHaveLength(6);
    for (const [index, row] of rows.entries()) {
      const [difference, lower, upper] = [row.estimate!, row.lower!, row.upper!].map((value) => 100 * value);
      expect(description).toContain(`${signed(difference!)} (${signed(lower!)} to ${signed(upper!)})`);
      expect(table.rows[index]!.difference).toBeCloseTo(difference!, 1);
      expect(table.rows[index]!.first).toMatch(/^\d+\/\d+$/);
    }
    expect(table.rows.map(({ comparison }) => comparison).slice(0, 3)).toEqual([
      'IPT − TAU',
      'PeGT − TAU',
      'IPT − PeGT',
    ]);
  });

  test('fills the squares of the primary comparisons and no other', () => {
    const layers = (
      draw('risk-difference').spec as { layer: { data: { values: Record<string, unknown>[] } }[] }
    ).layer;
    const squares = layers.flatMap(({ data }) => data.values).filter((value) => 'fill' in value);
    const filled = squares.filter(({ fill }) => fill === coloursOf('light').ink);
    expect(new Set(filled.map(({ label }) => label))).toEqual(new Set(['IPT − TAU', 'PeGT − TAU']));
    expect(filled.length).toBeLessThan(squares.length);
  });

  test('pooled, it says that arms are hidden', () => {
    const chart = draw('risk-difference', pool(three), { masked: true });
    expect(chart.description).toContain('Arms are hidden');
    expect(chart.table.rows).toEqual([]);
  });
});

describe('mean change', () => {
  test('its description and table carry every mean, interval and n', () => {
    const { description, table } = draw('mean-change');
    const rows = rowsOf(three, 'mean-change');
    const minus = (value: number) => value.toFixed(1).replace('-', '−');
    for (const [index, row] of rows.entries()) {
      expect(description).toContain(
        `${minus(row.estimate!)} (${minus(row.lower!)} to ${minus(row.upper!)}, n ${row.denominator})`,
      );
      expect(table.rows[index]).toMatchObject({ n: row.denominator });
      expect(table.rows[index]!.mean).toBeCloseTo(row.estimate!, 2);
    }
  });

  test('spaces visits by real time', () => {
    const spec = draw('mean-change').spec as unknown as {
      layer: { data: { values: { arm?: string; day?: number; mean?: number }[] } }[];
    };
    const line = spec.layer[1]!.data.values.filter(({ arm }) => arm === 'pegt').map(({ day }) => day);
    // The middle one of three arms isn't moved aside.
    expect(line).toEqual([0, 91, 365]);
  });
});

describe('flow', () => {
  test('its description and table carry the counts of every stage', () => {
    const { description, table } = draw('consort');
    for (const part of [
      '212 people assessed',
      '78 excluded',
      '134 randomised',
      '46 allocated',
      '36 received treatment',
    ]) {
      expect(description).toContain(part);
    }
    const row = (stage: string) => table.rows.find((one) => one.stage === stage);
    expect(row('Randomised')).toMatchObject({ all: 134, arm0: 46, arm1: 42, arm2: 46 });
    expect(row('3 months: assessed')).toMatchObject({ all: 99, arm0: 38, arm1: 27, arm2: 34 });
    expect(row('12 months: not assessed')).toMatchObject({ all: 41, arm0: 11, arm1: 16, arm2: 14 });
  });

  test('shows zero counts', () => {
    expect(strings(draw('consort').spec)).toContain('Never started (n\u00a0=\u00a00)');
  });
});

describe('recruitment', () => {
  test('its description carries count, target, plan and, while recruiting, the forecast', () => {
    const study = studyOf(three, '2026-05-25');
    const early = {
      ...three,
      participants: three.participants.filter(({ randomisedOn }) => randomisedOn <= '2026-05-25'),
    };
    const here = new Set(early.participants.map(({ id }) => id));
    const dataset = {
      ...early,
      scores: [],
      events: early.events.filter(({ participant }) => here.has(participant)),
    };
    const chart = studyChart(
      'recruitment',
      { ...study, dataset, rows: [] },
      { theme: 'light', masked: false, width: 446 },
    )!;
    expect(chart.description).toContain(`${early.participants.length} of 134 randomised by 25 May 2026`);
    expect(chart.description).toContain('Planned: 134 by 31 Dec 2026');
    expect(chart.description).toMatch(/the target is reached by \d+ \w+ 2026, 80% band/);
    expect(chart.table.rows.at(-1)).toMatchObject({ randomised: null });
  });
});

test('where there is no course to draw, recruitment and survival say why', () => {
  const followed = { a: [{ time: 12, event: false }], b: [{ time: 12, event: false }] };
  const options = { theme: 'light', masked: false, width: 560 } as const;
  const arms = ['a', 'b'].map((id) => ({ id, label: id.toUpperCase(), reference: id === 'b' }));
  const none = survivalChart(
    {
      arms,
      followed,
      label: 'Time to withdrawal',
      event: 'withdrew',
      unit: 'months',
      level: 0.95,
      rising: true,
    },
    options,
  );
  expect(strings(none.spec)).toContain('Nobody withdrew.');
  expect(none.description).toContain('0 of 1 withdrew, median not reached, 0% at 12 months.');
  const imported = recruitmentChart(
    recruitment(['2000-01-03', '2000-01-03'], { target: 2, asOf: '2026-11-23' }),
    options,
  );
  expect(strings(imported.spec)).toContain('Everybody was randomised on one day, 3 Jan 2000.');
});

test('on a phone each difference keeps the counts behind it, and the arms of missing visits their size', () => {
  const phone = { width: 340 };
  const differences = draw('risk-difference', three, phone);
  for (const row of differences.table.rows)
    expect(strings(differences.spec)).toContain(`${row.first}, ${row.second}`);
  const sizes = strings(draw('missing', three, phone).spec).filter((text) => /^n \d+$/.test(text));
  expect(sizes).toHaveLength(three.arms.length);
  expect(strings(draw('sites', three, phone).spec)).toContain('Open queries');
});

test('a label is broken into lines in the language of the picture, and none is cut', () => {
  const long = 'Somaattiset oireet, ruoansulatus';
  const say = (text: string) => (text === 'Somatic symptoms, gastro-intestinal' ? long : text);
  for (const width of [340, 880]) {
    const { spec } = draw('items', three, { width, say });
    const lines = strings(spec).filter((text) => long.includes(text) && text.length > 8);
    expect(lines).toHaveLength(width === 340 ? 2 * three.arms.length : 1);
    expect(strings(spec).filter((text) => text.includes('…'))).toEqual([]);
  }
});

test('a plan without a change has no chart of it, and one without a response none of that', () => {
  const study = studyOf(three);
  const options: ChartOptions = { theme: 'light', masked: false, width: 446 };
  const only = (kind: 'response' | 'change') => {
    const plan = { ...study.plan, outcomes: study.plan.outcomes.filter((outcome) => outcome.kind === kind) };
    return { ...study, plan, rows: analyse(three, plan) };
  };
  expect(studyChart('mean-change', only('response'), options)).toBeNull();
  expect(studyChart('response', only('change'), options)).toBeNull();
  expect(studyChart('risk-difference', only('change'), options)).toBeNull();
  expect(studyChart('consort', only('change'), options)).not.toBeNull();
});

describe('subgroups', () => {
  const effect = (label: string, n: number, estimate: number, half: number) => ({
    label,
    n: [n, n] as [number, number],
    estimate,
    lower: estimate - half,
    upper: estimate + half,
  });
  const chart = subgroupChart(
    {
      arms: three.arms,
      effects: [
        {
          contrast: ['ipt', 'tau'],
          overall: effect('Overall', 30, -3, 2),
          factors: [
            {
              label: 'Site',
              p: 0.4,
              levels: [effect('Lohja', 14, -2, 3), effect('Vihti', 13, -3, 3), effect('Siuntio', 2, 5, 60)],
            },
          ],
        },
      ],
      label: 'HAM-D17',
      visit: '12 months',
      better: 'lower',
      level: 0.95,
    },
    { theme: 'light', masked: false, width: 760 },
  );
  const { layer } = chart.spec as {
    layer: { mark: { shape?: string }; data: { values: { x: number }[] } }[];
  };

  test('an interval that goes on beyond the axis ends in an arrow at either end, its numbers stay whole', () => {
    const arrows = layer
      .filter(({ mark }) => mark.shape === 'triangle-up')
      .flatMap(({ data }) => data.values);
    const width = (chart.spec as { width: number }).width;
    expect(arrows.map(({ x }) => Math.round(x))).toEqual([0, Math.round(width)]);
    expect(strings(chart.spec)).toContain('+5.0 (−55.0 to +65.0)');
    expect(chart.description).toContain('Siuntio +5.0 (−55.0 to +65.0)');
  });

  test('says which arm either side of zero favours', () => {
    expect(strings(chart.spec)).toEqual(expect.arrayContaining(['favours IPT', 'favours TAU']));
  });
});

test('trajectories shade the scores that the plan gives a meaning, and say which', () => {
  const study = studyOf(three);
  const remission = {
    id: 'remission',
    label: 'Remission',
    kind: 'threshold' as const,
    measure: 'hamd17.total',
    atMost: 7,
  };
  const plan = { ...study.plan, outcomes: [...study.plan.outcomes, remission] };
  const chart = studyChart(
    'trajectories',
    { ...study, plan, rows: analyse(three, plan) },
    { theme: 'light', masked: false, width: 700 },
  )!;
  expect(chart.subtitle).toContain('Shaded: remission');
  const shades = (chart.spec as { layer: { mark: { type: string }; data: { values: unknown[] } }[] }).layer
    .filter(({ mark }) => mark.type === 'rect')
    .flatMap(({ data }) => data.values);
  expect(shades).toHaveLength(three.arms.length);
});
