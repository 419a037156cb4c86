import type { Flow } from '../flow.ts';
import { type Arrow, type Box, boxHeight, boxWidth, fitLines, type Line, type Stage } from './boxes.ts';
import {
  allocationLines,
  analysisLines,
  assessedLines,
  awaitedAt,
  excludedLines,
  randomisedLines,
  visitLines,
} from './consort-lines.ts';
import type { ArmStyle } from './palette.ts';

export const GAP = 16;
const STEP = 24;
const STACKED = 216;
const WIDEST = 280;

export interface Drawing {
  boxes: Box[];
  arrows: Arrow[];
  stages: Stage[];
  height: number;
}

/** The upper part, down to “Randomised”; the main line runs down at `centre`. */
function enrolment(flow: Flow, from: number, width: number, centre: number): Drawing {
  const main = [assessedLines(flow), randomisedLines(flow)];
  const mainWidth = boxWidth(main.flat());
  const start = Math.max(from, Math.min(centre - mainWidth / 2, width - mainWidth));
  const line = start === from ? from + 24 : centre;
  const sideX = line + 30;
  const sideWidth = Math.min(width - sideX, 260);
  const side = fitLines(excludedLines(flow), sideWidth);
  const first: Box = { x: start, y: 0, width: mainWidth, height: boxHeight(main[0]!), lines: main[0]! };
  const excluded: Box = {
    x: sideX,
    y: first.height + 14,
    width: sideWidth,
    height: boxHeight(side),
    lines: side,
  };
  const second: Box = {
    x: start,
    y: excluded.y + excluded.height + 20,
    width: mainWidth,
    height: boxHeight(main[1]!),
    lines: main[1]!,
    filled: true,
  };
  const middle = excluded.y + excluded.height / 2;
  return {
    boxes: [first, excluded, second],
    arrows: [
      [
        [line, first.height],
        [line, second.y],
      ],
      [
        [line, middle],
        [sideX, middle],
      ],
    ],
    stages: [{ label: 'Enrolment', y: 0, y2: second.y + second.height }],
    height: second.y + second.height,
  };
}

export function inColumns(
  flow: Flow,
  styles: ArmStyle[],
  width: number,
  rail: number,
  column: number,
): Drawing {
  const left = (index: number) => rail + index * (column + GAP);
  const boxed = Math.min(column, WIDEST);
  const middle = (index: number) => left(index) + column / 2;
  const centre = rail + (width - rail) / 2;
  const { boxes, arrows, stages, height } = enrolment(flow, rail, width, centre);
  const trunk = boxes[2]!.x + boxes[2]!.width / 2;
  const single = flow.arms.length === 1;
  const bus = height + (single ? 0 : 16);
  let y = height + (single ? STEP : 2 * 16 + 4);
  const rows: { stage: string; lines: Line[][]; coloured?: boolean; filled?: boolean }[] = [
    {
      stage: 'Allocation',
      lines: flow.arms.map((arm, index) => allocationLines(arm, styles[index]!.colour)),
      coloured: true,
    },
    ...(flow.arms[0]?.visits ?? []).map((_, index) => ({
      stage: 'Follow-up',
      lines: flow.arms.map((arm) => visitLines(arm.visits[index]!, awaitedAt(flow, index))),
    })),
    { stage: 'Analysis', lines: flow.arms.map(analysisLines), filled: true },
  ];
  for (const [order, row] of rows.entries()) {
    const fitted = row.lines.map((lines) => fitLines(lines, boxed));
    const tall = Math.max(...fitted.map(boxHeight));
    for (const [index, lines] of fitted.entries()) {
      const x = middle(index);
      boxes.push({
        x: x - boxed / 2,
        y,
        width: boxed,
        height: tall,
        lines,
        filled: row.filled,
        ...(row.coloured ? { colour: styles[index]!.colour } : {}),
      });
      if (order > 0)
        arrows.push([
          [x, y - STEP],
          [x, y],
        ]);
      else if (single)
        arrows.push([
          [trunk, height],
          [trunk, y],
        ]);
      else
        arrows.push([
          [trunk, height],
          [trunk, bus],
          [x, bus],
          [x, y],
        ]);
    }
    const stage = stages.at(-1)!;
    if (stage.label === row.stage) stage.y2 = y + tall;
    else stages.push({ label: row.stage, y, y2: y + tall });
    y += tall + STEP;
  }
  return { boxes, arrows, stages: rail > 0 ? stages : [], height: y - STEP };
}

/** Each arm in one box, as many side by side as fit under the main line. */
export function stacked(flow: Flow, styles: ArmStyle[], width: number): Drawing {
  const { boxes, arrows, height } = enrolment(flow, 0, width, 0);
  const trunk = 12;
  const indent = 24;
  const columns = Math.max(1, Math.floor((width - indent + GAP) / (STACKED + GAP)));
  const column = (width - indent - GAP * (columns - 1)) / columns;
  let y = height;
  for (let start = 0; start < flow.arms.length; start += columns) {
    const bus = y + GAP;
    y = bus + GAP;
    const row = flow.arms.slice(start, start + columns).map((arm, place) => {
      const { colour } = styles[start + place]!;
      const visits = arm.visits.flatMap((visit, position) => visitLines(visit, awaitedAt(flow, position)));
      return {
        colour,
        lines: fitLines([...allocationLines(arm, colour), ...visits, ...analysisLines(arm)], column),
      };
    });
    const tall = Math.max(...row.map(({ lines }) => boxHeight(lines)));
    for (const [place, { colour, lines }] of row.entries()) {
      const x = indent + place * (column + GAP);
      boxes.push({ x, y, width: column, height: tall, lines, colour });
      arrows.push([
        [trunk, height],
        [trunk, bus],
        [x + column / 2, bus],
        [x + column / 2, y],
      ]);
    }
    y += tall;
  }
  return { boxes, arrows, stages: [], height: y };
}
