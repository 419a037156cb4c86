import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hunksOf, type Line, lineDifference } from '../../../web/protocol/lines.ts';

const text = fc
  .array(fc.constantFrom('a:', '  b: 1', '  b: 2', 'c: x', ''), { maxLength: 30 })
  .map((lines) => (lines.length === 0 ? '' : `${lines.join('\n')}\n`));
const side = (lines: readonly Line[], which: 'before' | 'after') =>
  lines
    .filter((line) => line[which] !== null)
    .map((line) => `${line.text}\n`)
    .join('');
const changes = (lines: readonly Line[]) =>
  lines.filter(({ before, after }) => before === null || after === null).length;

describe('two texts line by line', () => {
  test('give both back, with lines numbered from 1 without gaps', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDifference(before, after);
        expect(side(lines, 'before')).toBe(before);
        expect(side(lines, 'after')).toBe(after);
        for (const which of ['before', 'after'] as const) {
          const numbers = lines.flatMap((line) => line[which] ?? []);
          expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        }
      }),
    );
  });

  test('that are the same differ nowhere, and none has more changes than lines', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(changes(lineDifference(before, before))).toBe(0);
        expect(changes(lineDifference(before, after))).toBe(changes(lineDifference(after, before)));
        expect(changes(lineDifference(before, after))).toBeLessThanOrEqual(
          before.split('\n').length + after.split('\n').length,
        );
      }),
    );
  });

  test('have as few changes as can be: Myers’ example, ABCABBA to CBABAC, has five', () => {
    // E. W. Myers, An O(ND) difference algorithm and its variations, Algorithmica 1986;1:251–266, figure 1.
    const lines = lineDifference([...'ABCABBA'].join('\n'), [...'CBABAC'].join('\n'));
    expect(changes(lines)).toBe(5);
  });

  test('are shown with three lines around what changed, and no line is lost', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDifference(before, after);
        const hunks = hunksOf(lines);
        expect(hunks.reduce((sum, hunk) => sum + ('left' in hunk ? hunk.left : hunk.lines.length), 0)).toBe(
          lines.length,
        );
        expect(hunks.flatMap((hunk) => ('lines' in hunk ? hunk.lines : [])).filter(isChanged)).toEqual(
          lines.filter(isChanged),
        );
      }),
    );
    const twenty = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const changed = twenty.with(10, 'other');
    expect(
      hunksOf(lineDifference(twenty.join('\n'), changed.join('\n'))).map((hunk) =>
        'left' in hunk ? hunk.left : hunk.lines.length,
      ),
    ).toEqual([7, 8, 6]);
  });
});

const isChanged = ({ before, after }: Line) => before === null || after === null;
