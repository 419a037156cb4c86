/** Advance widths of Inter with tabular figures, in thousandths of the font size, from U+0020 to U+007E. */
const REGULAR = [
  269, 288, 466, 633, 642, 982, 644, 300, 391, 391, 648, 648, 269, 648, 269, 360, 648, 648, 648, 648, 648,
  648, 648, 648, 648, 648, 269, 269, 648, 648, 648, 511, 966, 690, 654, 730, 722, 601, 590, 746, 743, 269,
  571, 672, 565, 903, 753, 765, 639, 765, 644, 642, 646, 744, 690, 985, 682, 679, 629, 391, 360, 391, 471,
  456, 323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242, 549, 242, 876, 591, 600, 612, 612, 376, 528,
  327, 591, 562, 818, 546, 562, 552, 391, 333, 391, 648,
];
const SEMIBOLD = [
  269, 321, 523, 644, 650, 1004, 663, 326, 391, 391, 647, 647, 269, 647, 269, 379, 647, 647, 647, 647, 647,
  647, 647, 647, 647, 647, 269, 269, 647, 647, 647, 543, 999, 728, 659, 737, 722, 605, 588, 749, 746, 277,
  580, 703, 565, 922, 759, 769, 645, 773, 652, 650, 660, 736, 728, 1020, 720, 713, 652, 391, 379, 391, 481,
  469, 351, 574, 624, 583, 624, 591, 389, 625, 612, 262, 262, 569, 262, 900, 612, 609, 624, 624, 397, 549,
  353, 612, 587, 839, 569, 588, 566, 391, 359, 391, 647,
];
const OTHERS: Record<string, number> = {
  '\u00a0': 269,
  '−': 648,
  '–': 500,
  '—': 1000,
  '…': 956,
  '·': 319,
  '’': 294,
  '‘': 294,
  '“': 507,
  '”': 507,
  '×': 648,
  ß: 644,
  æ: 917,
  ø: 609,
};
/** For what Inter's Latin set lacks; full-width scripts are about this wide. */
const WIDEST = 1000;

export type Weight = 400 | 600;

/**
 * The width of a line of text as Inter sets it, without a font at hand, so that layout can be computed anywhere.
 * Kerning is left out: the result is exact to about 2%. Accented letters are as wide as the plain ones.
 *
 * @param size font size in pixels
 * @returns pixels
 */
export function textWidth(text: string, size = 12, weight: Weight = 400): number {
  const advances = weight === 400 ? REGULAR : SEMIBOLD;
  let sum = 0;
  for (const character of text.normalize('NFD')) {
    if (/\p{Mn}/u.test(character)) continue;
    sum += advances[character.charCodeAt(0) - 32] ?? OTHERS[character] ?? WIDEST;
  }
  return (sum * size) / 1000;
}

/** The text, cut to the width with an ellipsis where it's longer. */
export function fitText(text: string, width: number, size = 12, weight: Weight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join('').trimEnd()}…`, size, weight) > width)
    letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** The text in at most so many lines; what doesn't fit in the last is cut with an ellipsis. */
export function wrapWithin(text: string, width: number, most: number): string[] {
  const lines = wrapText(text, width);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), fitText(lines.slice(most - 1).join(' '), width)];
}

/** The text in lines no wider than this; a word that is wider gets an ellipsis. No-break spaces hold. */
export function wrapText(text: string, width: number, size = 12, weight: Weight = 400): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n]+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (textWidth(longer, size, weight) <= width) line = longer;
    else {
      if (line) lines.push(line);
      line = fitText(word, width, size, weight);
    }
  }
  return line ? [...lines, line] : lines;
}
