import type { StudyView } from '../../server/studies/contract.ts';
import type { Target } from './target.ts';

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const words = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

const fixed: { target: Target; names: RegExp }[] = [
  {
    target: 'participant',
    names: /^(id|participant(id)?|subject(id)?|subjid|usubjid|recordid|patient(id)?|code)$/,
  },
  { target: 'site', names: /^(site|siteid|centre|center|clinic)$/ },
  { target: 'arm', names: /^(arm|treatment|trt|group|allocation)$/ },
  { target: 'screened', names: /^(screened(on|date)?|screening(day|date)|dateofscreening)$/ },
  { target: 'randomised', names: /^(randomi[sz]ed(on|date|at)?|randomi[sz]ationdate|randdate)$/ },
];

/** Columns of Equipoise's own wide export that carry nothing to import: status, strata, scores, events. */
const derived =
  /(^study$|^status$|^stratum\.|^event\.|^withdrawn_on$|^withdrawal_reason$|\.form_status$|\.missing$|\.prorated$)/;

/**
 * What each column most likely becomes, by its name alone; empty where nothing fits. No target is given twice: the
 * first column that fits has it.
 */
export function suggestTargets(columns: readonly string[], study: StudyView): Record<string, Target> {
  const taken = new Set<Target>();
  const entries = columns.map((column): [string, Target] => {
    const target = candidates(column, study).find((one) => one === 'ignore' || !taken.has(one)) ?? '';
    if (target !== '' && target !== 'ignore') taken.add(target);
    return [column, target];
  });
  return Object.fromEntries(entries);
}

function candidates(column: string, study: StudyView): Target[] {
  const own = ownColumn(column, study);
  if (own) return [own];
  const name = plain(column);
  const found = fixed.find(({ names }) => names.test(name));
  if (found) return [found.target];
  const field = study.document.screening.fields.find(
    ({ id, label }) => plain(id) === name || plain(label) === name,
  );
  if (field) return [`screening/${field.id}`];
  return answerCandidates(column, study);
}

/** `m3.hamd17.1`, `screening.sex`: the names of Equipoise's own wide export. */
function ownColumn(column: string, { document, instruments }: StudyView): Target | null {
  const [first = '', second = '', third = ''] = column.split('.');
  if (first === 'screening' && document.screening.fields.some(({ id }) => id === second))
    return `screening/${second}`;
  const visit = document.visits.find(({ id }) => id === first);
  if (visit?.instruments.includes(second) && column.split('.').length === 3) {
    if (third === 'assessed_on') return `assessed/${first}/${second}`;
    const instrument = instruments.find(({ id }) => id === second);
    if (instrument?.items.some(({ id }) => id === third)) return `answer/${first}/${second}/${third}`;
    if (instrument?.scores.some(({ id }) => id === third)) return 'ignore';
  }
  return derived.test(column) ? 'ignore' : null;
}

function answerCandidates(column: string, { document, instruments }: StudyView): Target[] {
  const parts = words(column);
  const whole = plain(column);
  const places = document.visits.flatMap((visit) =>
    visit.instruments.map((id) => ({ visit, instrument: instruments.find((one) => one.id === id) })),
  );
  const scored = places.flatMap(({ visit, instrument }) => {
    if (!instrument) return [];
    const atVisit = visitNames(visit).some(
      (name) => parts.includes(name) || whole.endsWith(name) || whole.startsWith(name),
    );
    const names = instrumentNames(instrument);
    const ofInstrument = names.some((name) => whole.includes(name));
    return instrument.items.flatMap((item) => {
      const cdisc = instrument.cdisc?.items[item.id];
      const byCode = cdisc !== undefined && whole.includes(plain(cdisc));
      const named = /^\d+$/.test(item.id)
        ? parts.some((part) => isNumbered(part, item.id, names))
        : whole.includes(plain(item.id)) || whole === plain(item.label);
      const fits =
        byCode ||
        (ofInstrument && (named || instrument.items.length === 1)) ||
        (named && whole === plain(item.label));
      if (!fits || (!atVisit && document.visits.length > 1)) return [];
      const score = (byCode ? 4 : 0) + (ofInstrument ? 2 : 0) + (named ? 1 : 0);
      return [{ target: `answer/${visit.id}/${instrument.id}/${item.id}`, score }];
    });
  });
  return scored.sort((a, b) => b.score - a.score).map(({ target }) => target);
}

/** "3", "item3", "q3" and "hamd3" are item 3; "hamd17" is the instrument and no item. */
function isNumbered(part: string, item: string, names: readonly string[]): boolean {
  if (names.includes(part)) return false;
  return part.replace(/^(item|q|i)/, '') === item || names.some((name) => part === `${name}${item}`);
}

function visitNames(visit: StudyView['document']['visits'][number]): string[] {
  const names = [visit.id, visit.label, visit.short ?? ''].map(plain);
  if (visit.baseline) names.push('baseline', 'base', 'bl', 'pre', 'v0', 't0');
  const { target } = visit;
  const length = 'months' in target ? target.months : target.days;
  if (length > 0 && 'months' in target)
    names.push(`m${length}`, `${length}m`, `${length}mo`, `month${length}`, `${length}months`);
  if (length > 0 && 'days' in target && length % 7 === 0)
    names.push(`w${length / 7}`, `${length / 7}w`, `week${length / 7}`);
  return [...new Set(names.filter(Boolean))];
}

function instrumentNames(instrument: StudyView['instruments'][number]): string[] {
  const names = [instrument.id, instrument.short].flatMap((name) => [
    plain(name),
    plain(name.split(/[-_ ]/)[0] ?? ''),
    plain(name).replace(/\d+$/, ''),
  ]);
  return [...new Set(names.filter((name) => name.length > 1))];
}
