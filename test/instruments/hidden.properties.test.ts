import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ItemValues } from '../../server/forms/contract.ts';
import { problemsOfCompletion } from '../../server/forms/validate.ts';
import { instrumentDocument } from '../../server/instruments/document.ts';
import { checkValues, derive, takesAnswer } from '../../server/instruments/rules.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { hiddenBy, without } from '../../web/forms/hiding.ts';

const kinds = ['choice', 'choices', 'number', 'text', 'section', 'descriptive', 'calculated'] as const;

/** An item as a document has it: a kind, and the earlier item and code on which it depends, if on any. */
const sketch = fc.record({
  kind: fc.constantFrom(...kinds),
  on: fc.option(fc.tuple(fc.nat(4), fc.integer({ min: 0, max: 1 })), { nil: null }),
  required: fc.boolean(),
});
const options = [
  { value: 0, label: 'No' },
  { value: 1, label: 'Yes' },
];

/** A small instrument: branching over up to six items, of which the first is always a choice. */
const instrument = fc.array(sketch, { minLength: 1, maxLength: 5 }).map((sketches) => {
  const items: Record<string, unknown>[] = [{ id: 'q0', label: 'Q0', kind: 'choice', options }];
  const choices = ['q0'];
  for (const [index, { kind, on, required }] of sketches.entries()) {
    const id = `q${index + 1}`;
    const showWhen = on && `${choices[on[0] % choices.length]} = ${on[1]}`;
    const needed = ['choice', 'choices', 'number', 'text'].includes(kind) ? { required } : {};
    const more = {
      choice: { options },
      choices: { options },
      number: { min: 0, max: 9 },
      text: {},
      section: {},
      descriptive: { text: 'Read this.' },
      calculated: { expression: 'q0 + 1' },
    }[kind];
    items.push({ id, label: id.toUpperCase(), kind, ...needed, ...more, ...(showWhen ? { showWhen } : {}) });
    if (kind === 'choice') choices.push(id);
  }
  return instrumentDocument.parse({
    equipoise: 1,
    id: 'small',
    short: 'Small',
    title: 'A small form',
    rater: 'staff',
    licence: 'CC0',
    source: 'Drawn by chance',
    items,
  });
});

const answerTo: Record<string, (code: number) => number | string | number[]> = {
  choice: (code) => code,
  choices: (code) => [code],
  number: (code) => code,
  text: (code) => `Answer ${code}`,
};

/** A small instrument and codes for its items. */
const drawn = fc.tuple(instrument, fc.array(fc.nat(1), { minLength: 6, maxLength: 6 }));

const left = (document: Parameters<typeof derive>[0], values: ItemValues): string[] =>
  problemsOfCompletion(
    { visit: {} as StudyDocument['visits'][number], instrument: document },
    {
      values,
      assessedOn: '2026-11-23',
      late: null,
      lateReason: null,
      reasons: {},
      findings: checkValues(document, values, []),
    },
    {},
  ).map(({ path }) => path);

/** Answers in order everything that applies by then: what a person does who goes down the page. */
function filled(document: Parameters<typeof derive>[0], codes: readonly number[]): ItemValues {
  let values: ItemValues = {};
  for (const [index, item] of document.items.entries())
    if (takesAnswer(item) && derive(document, values).applies(item.id))
      values = { ...values, [item.id]: { value: answerTo[item.kind]!(codes[index]!) } };
  return values;
}

describe('branching and completion', () => {
  test('a hidden required item never blocks completion', () => {
    let hidden = 0;
    fc.assert(
      fc.property(drawn, ([document, codes]) => {
        const values = filled(document, codes);
        const { applies } = derive(document, values);
        hidden += document.items.filter(({ id, required }) => required && !applies(id)).length;
        expect(left(document, values)).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(hidden, 'instruments that hide a required item were drawn').toBeGreaterThan(20);
  });

  test('a required item that applies and is blank does', () => {
    fc.assert(
      fc.property(drawn, ([document, codes]) => {
        const values = filled(document, codes);
        for (const { id, required } of document.items) {
          if (!required || !values[id]) continue;
          const { [id]: _, ...others } = values;
          expect(left(document, others)).toContain(`values.${id}`);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('whoever changes an answer and clears what it hides is left with nothing that doesn’t apply', () => {
    fc.assert(
      fc.property(drawn, ([document, codes]) => {
        const before = filled(document, codes);
        const after = { ...before, q0: { value: 1 - codes[0]! } };
        const cleared = without(after, hiddenBy(document, before, after, {}));
        const { applies } = derive(document, cleared);
        expect(Object.keys(cleared).filter((id) => !applies(id))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
