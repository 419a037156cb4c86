import type { Finding } from '../documents/parse.ts';
import { oneOf, repeats } from '../documents/repeats.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import { isUnscheduled } from '../visits/unscheduled.rules.ts';
import type { StudyDocument } from './document.ts';
import { visitWindow } from './rules.ts';

/** Visits, their order and windows, the instruments that they name, and the band sets chosen for those. */
export function checkVisits(
  study: StudyDocument,
  instruments: ReadonlyMap<string, InstrumentDocument>,
): Finding[] {
  const { visits } = study;
  const findings = repeats(visits, ['visits'], 'id');
  const baseline = visits.findIndex((visit) => visit.baseline);
  if (baseline < 0)
    findings.push({
      path: ['visits'],
      message: 'No visit has baseline: true; expected one, before randomisation.',
    });
  for (const [index, visit] of visits.entries()) {
    if (visit.baseline && index !== 0) {
      const message =
        index === baseline
          ? 'The baseline visit must come first.'
          : 'There is a baseline visit already; expected one.';
      findings.push({ path: ['visits', index, 'baseline'], message });
    }
    if (isUnscheduled(visit.id))
      findings.push({
        path: ['visits', index, 'id'],
        message: `Found “${visit.id}”; ids that begin with “unscheduled-” are for unscheduled visits.`,
      });
    for (const [n, id] of visit.instruments.entries()) {
      const path = ['visits', index, 'instruments', n];
      if (!instruments.has(id))
        findings.push({
          path,
          message: `Found “${id}”; expected an instrument: ${oneOf(instruments.keys())}.`,
        });
      else if (visit.instruments.indexOf(id) < n)
        findings.push({ path, message: `Found “${id}” twice in one visit.` });
    }
  }
  return [...findings, ...checkWindows(study), ...checkBandSets(study, instruments)];
}

/** Each window must close before the next opens, whatever the day of randomisation: months differ in length. */
function checkWindows({ visits }: StudyDocument): Finding[] {
  const later = visits.flatMap((visit, index) => (visit.baseline ? [] : [{ visit, index }]));
  return later.slice(1).flatMap(({ visit, index }, n) => {
    const before = later[n]!.visit;
    const clash = anchors.find((day) => visitWindow(before, day).closes >= visitWindow(visit, day).opens);
    if (!clash) return [];
    const closes = visitWindow(before, clash).closes;
    const opens = visitWindow(visit, clash).opens;
    return [
      {
        path: ['visits', index, 'window'],
        message: `Opens before the window of ${before.id} has closed: for someone randomised on ${clash}, ${before.id} closes on ${closes} and ${visit.id} opens on ${opens}. List visits in time order, with windows that don’t overlap.`,
      },
    ];
  });
}

/** Every day of four years, a leap year among them. */
const anchors = Array.from({ length: 1461 }, (_, day) =>
  new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
);

function checkBandSets(
  { bands, visits }: StudyDocument,
  instruments: ReadonlyMap<string, InstrumentDocument>,
): Finding[] {
  const used = new Set(visits.flatMap((visit) => visit.instruments));
  const findings: Finding[] = [];
  for (const [id, set] of Object.entries(bands)) {
    const known = setsOf(instruments.get(id));
    const path = ['bands', id];
    if (!used.has(id)) findings.push({ path, message: `Found “${id}”, which is used at no visit.` });
    else if (!known.includes(set))
      findings.push({ path, message: `Found “${set}”; expected a band set of ${id}: ${oneOf(known)}.` });
  }
  for (const id of used) {
    const known = setsOf(instruments.get(id));
    if (known.length > 1 && !Object.hasOwn(bands, id)) {
      findings.push({
        path: ['bands'],
        message: `“${id}” has ${known.length} published band sets; say which applies, ${oneOf(known)}.`,
      });
    }
  }
  return findings;
}

const setsOf = (instrument: InstrumentDocument | undefined): string[] => [
  ...new Set(instrument?.scores.flatMap((score) => score.bands.map(({ id }) => id)) ?? []),
];
