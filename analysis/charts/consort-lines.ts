import type { Flow, FlowArm, FlowVisit } from '../flow.ts';
import { countText } from '../hidden.ts';
import type { Line } from './boxes.ts';

const n = (text: string, count: number) => `${text} (n\u00a0=\u00a0${countText(count)})`;
const head = (text: string, count: number): Line => ({ text: n(text, count), head: true });
const under = (text: string, count: number): Line => ({ text: n(text, count), head: false });

export function assessedLines(flow: Flow): Line[] {
  return [head('Assessed for eligibility', flow.assessed)];
}

export function excludedLines(flow: Flow): Line[] {
  return [
    head('Excluded', flow.excluded),
    ...flow.excludedReasons.map(({ label, count }) => under(label, count)),
    ...(flow.awaiting > 0 ? [head('Still in screening', flow.awaiting)] : []),
  ];
}

export function randomisedLines(flow: Flow): Line[] {
  return [head('Randomised', flow.randomised)];
}

export function allocationLines(arm: FlowArm, colour: string): Line[] {
  return [
    { text: arm.label, head: true, colour },
    under('Allocated', arm.allocated),
    under('Received treatment', arm.received),
    under('Never started', arm.neverStarted),
  ];
}

/** @param awaited whether any arm awaits this visit, so that all arms show the same lines */
export function visitLines(visit: FlowVisit, awaited: boolean): Line[] {
  return [
    head(`${visit.label}: assessed`, visit.assessed),
    ...(awaited ? [under('Still to come', visit.awaited)] : []),
    under('Not assessed', visit.lost),
    ...visit.reasons.map(({ label, count }) => under(label, count)),
  ];
}

export function analysisLines(arm: FlowArm): Line[] {
  return [
    head('Analysed, primary', arm.analysed),
    under('Complete cases', arm.complete),
    under('Not in the analysis', arm.notAnalysed),
  ];
}

/** Whether any arm still awaits the visit at this place. */
export function awaitedAt(flow: Flow, index: number): boolean {
  return flow.arms.some((arm) => (arm.visits[index]?.awaited ?? 0) !== 0);
}
