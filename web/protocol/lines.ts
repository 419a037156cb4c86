/** A line of one text, of the other, or of both; numbers count from 1. */
export interface Line {
  text: string;
  before: number | null;
  after: number | null;
}

/** Lines that belong together on the page, or a run of equal ones that is left out. */
export type Hunk = { lines: Line[] } | { left: number };

/** Above so many pairs of lines no common ones are looked for: the middle is shown as taken away and put in. */
const MOST_PAIRS = 9_000_000;

/**
 * Two texts line by line, with as few lines taken away and put in as can be: the longest common subsequence, over what
 * is left when the common beginning and end are set aside.
 */
export function lineDifference(before: string, after: string): Line[] {
  const [old, next] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < next.length - head &&
    old[old.length - 1 - tail] === next[next.length - 1 - tail]
  )
    tail += 1;
  const common = (from: number, count: number, shift: number): Line[] =>
    old.slice(from, from + count).map((text, index) => ({
      text,
      before: from + index + 1,
      after: from + shift + index + 1,
    }));
  return [
    ...common(0, head, 0),
    ...middle(old.slice(head, old.length - tail), next.slice(head, next.length - tail), head),
    ...common(old.length - tail, tail, next.length - old.length),
  ];
}

function middle(old: readonly string[], next: readonly string[], head: number): Line[] {
  const width = next.length + 1;
  const tooLong = old.length * next.length > MOST_PAIRS;
  // longest[i · width + j]: how many lines old from i and next from j have in common, in order.
  const longest = new Uint32Array(tooLong ? 0 : (old.length + 1) * width);
  if (!tooLong)
    for (let i = old.length - 1; i >= 0; i -= 1)
      for (let j = next.length - 1; j >= 0; j -= 1)
        longest[i * width + j] =
          old[i] === next[j]
            ? longest[(i + 1) * width + j + 1]! + 1
            : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    const [numberBefore, numberAfter] = [head + i + 1, head + j + 1];
    const same = !tooLong && i < old.length && j < next.length && old[i] === next[j];
    if (same) {
      lines.push({ text: old[i]!, before: numberBefore, after: numberAfter });
      i += 1;
      j += 1;
    } else if (
      j === next.length ||
      (i < old.length && (tooLong || longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!))
    ) {
      lines.push({ text: old[i]!, before: numberBefore, after: null });
      i += 1;
    } else {
      lines.push({ text: next[j]!, before: null, after: numberAfter });
      j += 1;
    }
  }
  return lines;
}

/** What changed, with a few equal lines around it; longer runs of equal lines are left out. */
export function hunksOf(lines: readonly Line[], around = 3): Hunk[] {
  const changed = (line: Line | undefined) =>
    line !== undefined && (line.before === null || line.after === null);
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(changed),
  );
  const hunks: Hunk[] = [];
  lines.forEach((line, index) => {
    const last = hunks.at(-1);
    if (near[index]) {
      if (last && 'lines' in last) last.lines.push(line);
      else hunks.push({ lines: [line] });
    } else if (last && 'left' in last) last.left += 1;
    else hunks.push({ left: 1 });
  });
  return hunks;
}

const linesOf = (text: string): string[] => {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
};
