import type { Finding } from '../documents/parse.ts';
import { oneOf, repeats } from '../documents/repeats.ts';
import { unknownTranslations } from '../documents/translations.rules.ts';
import { checkExpressions } from './checkExpressions.ts';
import type { InstrumentDocument, Item, ItemOf, Score } from './document.ts';
import { isReading, itemsOfScore, rangeOf } from './rules.ts';

/** What the schema can't say of an instrument: names that must exist, and numbers that must agree. */
export function checkInstrument(instrument: InstrumentDocument): Finding[] {
  const { items, scores, safety, cdisc } = instrument;
  const findings = [
    ...repeats(items, ['items'], 'id'),
    ...repeats(scores, ['scores'], 'id'),
    ...unknownTranslations(instrument),
  ];
  if (!items.some((item) => item.required)) {
    findings.push({
      path: ['items'],
      message: 'No item is required; at least one has to be, or a form could be complete and empty.',
    });
  }
  for (const [index, item] of items.entries()) findings.push(...checkItem(item, ['items', index]));
  for (const [index, score] of scores.entries()) {
    const named = checkComponents(instrument, score, ['scores', index]);
    findings.push(...named);
    if (named.length === 0) findings.push(...checkScale(instrument, score, ['scores', index]));
    findings.push(...checkBands(score, ['scores', index, 'bands']));
  }
  for (const [index, rule] of safety.entries()) {
    const item = items.find(({ id }) => id === rule.item);
    const range = item && rangeOf(item);
    if (!range) {
      findings.push({
        path: ['safety', index, 'item'],
        message: `Found “${rule.item}”; expected a choice or number item: ${oneOf(items.filter(rangeOf).map(({ id }) => id))}.`,
      });
    } else if (rule.atLeast > range.max || rule.atLeast <= range.min) {
      findings.push({
        path: ['safety', index, 'atLeast'],
        message: `Found ${rule.atLeast}; item ${rule.item} runs from ${range.min} to ${range.max}, so the rule would hold ${rule.atLeast > range.max ? 'never' : 'always'}.`,
      });
    }
  }
  findings.push(...checkExpressions(instrument));
  for (const [key, known] of [
    ['items', items],
    ['scores', scores],
  ] as const) {
    for (const id of Object.keys(cdisc?.[key] ?? {})) {
      if (known.some((entry) => entry.id === id)) continue;
      findings.push({ path: ['cdisc', key, id], message: `Found “${id}”, which is none of the ${key}.` });
    }
  }
  return findings;
}

function checkItem(item: Item, path: PropertyKey[]): Finding[] {
  if (item.kind === 'choice' || item.kind === 'choices')
    return repeats<{ value: number }>(item.options, [...path, 'options'], 'value');
  if (item.kind === 'calculated') return checkCalculated(item, path);
  if (item.kind !== 'number' && item.kind !== 'slider') return [];
  if (item.min >= item.max) {
    return [{ path: [...path, 'max'], message: `Found ${item.max}; expected more than min, ${item.min}.` }];
  }
  const findings: Finding[] = [];
  for (const key of ['min', 'max'] as const) {
    const bound = item.expect?.[key];
    if (bound !== undefined && (bound < item.min || bound > item.max)) {
      findings.push({
        path: [...path, 'expect', key],
        message: `Found ${bound}; expected a number from ${item.min} to ${item.max}, outside of which nothing is possible anyway.`,
      });
    }
  }
  return findings;
}

function checkCalculated(item: ItemOf<'calculated'>, path: PropertyKey[]): Finding[] {
  const { gives, min, max, decimals, unit } = item;
  const number = { decimals, unit, min, max };
  if (gives !== 'number')
    return Object.entries(number).flatMap(([key, value]) =>
      value === undefined
        ? []
        : [{ path: [...path, key], message: `It gives ${gives}; ${key} is for a number.` }],
    );
  if ((min === undefined) !== (max === undefined))
    return [
      {
        path: [...path, min === undefined ? 'max' : 'min'],
        message: 'Expected both min and max, or neither.',
      },
    ];
  if (min === undefined || max === undefined || min < max) return [];
  return [{ path: [...path, 'max'], message: `Found ${max}; expected more than min, ${min}.` }];
}

function checkComponents(instrument: InstrumentDocument, score: Score, path: PropertyKey[]): Finding[] {
  const scored = instrument.items.filter(rangeOf).map(({ id }) => id);
  if (score.of === 'all') {
    const odd = instrument.items.find((item) => !isReading(item) && !rangeOf(item));
    if (!odd) return [];
    return [
      {
        path: [...path, 'of'],
        message: `The score takes all items, but “${odd.id}” is a ${odd.kind} and adds up to nothing. List the items that count.`,
      },
    ];
  }
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const [index, component] of score.of.entries()) {
    for (const id of typeof component === 'string' ? [component] : component.max) {
      const at = [...path, 'of', index];
      if (!scored.includes(id))
        findings.push({
          path: at,
          message: `Found “${id}”; expected a choice or number item: ${oneOf(scored)}.`,
        });
      else if (seen.has(id))
        findings.push({ path: at, message: `Item ${id} is there twice; it would count twice.` });
      seen.add(id);
    }
  }
  return findings;
}

/** The stated scale must be the one that the items give: 0–52 for HAM-D17, not 0–50. */
function checkScale(instrument: InstrumentDocument, score: Score, path: PropertyKey[]): Finding[] {
  const end = (key: 'min' | 'max'): number => {
    const range = (id: string): number => rangeOf(instrument.items.find((item) => item.id === id)!)![key];
    const components = score.of === 'all' ? itemsOfScore(instrument, score).map(({ id }) => id) : score.of;
    const points = components.map((one) =>
      typeof one === 'string' ? range(one) : Math.max(...one.max.map(range)),
    );
    return points.reduce((a, b) => a + b, 0) * score.times;
  };
  const findings: Finding[] = [];
  for (const key of ['min', 'max'] as const) {
    if (Math.abs(score[key] - end(key)) > 1e-9) {
      findings.push({
        path: [...path, key],
        message: `Found ${score[key]}; by its items the score’s ${key} is ${end(key)}.`,
      });
    }
  }
  const items = itemsOfScore(instrument, score).length;
  if (score.missing.rule === 'mean' && score.missing.atMost * 2 > items) {
    findings.push({
      path: [...path, 'missing', 'atMost'],
      message: `Found ${score.missing.atMost}; at most half of the ${items} items may be filled in, ${Math.floor(items / 2)}.`,
    });
  }
  return findings;
}

function checkBands(score: Score, path: PropertyKey[]): Finding[] {
  const findings = repeats(score.bands, path, 'id');
  for (const [index, set] of score.bands.entries()) {
    const { cuts } = set;
    for (const [n, cut] of cuts.entries()) {
      const at = [...path, index, 'cuts', n];
      const before = cuts[n - 1];
      if (cut.to < cut.from)
        findings.push({
          path: [...at, 'to'],
          message: `Found ${cut.to}; expected at least from, ${cut.from}.`,
        });
      if (before && cut.from <= before.to) {
        findings.push({
          path: [...at, 'from'],
          message: `Found ${cut.from}; expected more than ${before.to}, where the band before ends.`,
        });
      }
    }
    if (cuts[0]!.from !== score.min) {
      findings.push({
        path: [...path, index, 'cuts', 0, 'from'],
        message: `Found ${cuts[0]!.from}; expected the score’s min, ${score.min}.`,
      });
    }
    if (cuts.at(-1)!.to !== score.max) {
      findings.push({
        path: [...path, index, 'cuts', cuts.length - 1, 'to'],
        message: `Found ${cuts.at(-1)!.to}; expected the score’s max, ${score.max}.`,
      });
    }
  }
  return findings;
}
