import type { StudyDocument } from './document.ts';

type StratumDefinition = StudyDocument['allocation']['strata'][number];

/** Values of the screening fields: an option's value, or a number. */
export type ScreeningValues = Readonly<Record<string, string | number>>;

export interface Level {
  /** Deterministic, and safe in a key: a site's or an option's id, `under-40`, `40-to-under-60`, `60-and-over`. */
  id: string;
  label: string;
}

/**
 * All levels of a stratification factor, in order: the sites and options as the document lists them; the pieces
 * of a number from low to high. A value at a cut point belongs to the piece above it.
 *
 * @throws {RangeError} where the factor names a field that the document lacks
 */
export function levelsOf(document: StudyDocument, stratum: StratumDefinition): Level[] {
  if (stratum.by === 'site') return document.sites.map(({ id, name }) => ({ id, label: name }));
  const { field: id, cuts = [] } = stratum.by;
  const field = fieldOf(document, id);
  if (field.kind === 'choice') return field.options.map(({ value, label }) => ({ id: value, label }));
  if (cuts.length === 0) return [{ id: 'all', label: 'All' }];
  const unit = field.unit ? ` ${field.unit}` : '';
  const between = cuts.slice(1).map((cut, index) => ({
    id: `${slug(cuts[index]!)}-to-under-${slug(cut)}`,
    label: `${cuts[index]} to under ${cut}${unit}`,
  }));
  return [
    { id: `under-${slug(cuts[0]!)}`, label: `Under ${cuts[0]}${unit}` },
    ...between,
    { id: `${slug(cuts.at(-1)!)}-and-over`, label: `${cuts.at(-1)}${unit} and over` },
  ];
}

export interface Stratum {
  /** Factor → id of its level, in the document's order of factors. */
  factors: Record<string, string>;
  /** For people: "Lohja, Female". Empty where the study isn't stratified. */
  label: string;
}

/**
 * The stratum of a person.
 *
 * @throws {RangeError} where a value that decides it is absent or is none of the field's; nobody is put into a
 *   stratum by default
 */
export function stratumOf(document: StudyDocument, site: string, screening: ScreeningValues): Stratum {
  const factors: Record<string, string> = {};
  const labels: string[] = [];
  for (const stratum of document.allocation.strata) {
    const level = levelOf(document, stratum, site, screening);
    factors[stratum.id] = level.id;
    labels.push(level.label);
  }
  return { factors, label: labels.join(', ') };
}

function levelOf(
  document: StudyDocument,
  stratum: StratumDefinition,
  site: string,
  screening: ScreeningValues,
): Level {
  const levels = levelsOf(document, stratum);
  if (stratum.by === 'site') {
    const level = levels.find(({ id }) => id === site);
    if (!level) throw new RangeError(`“${site}” is none of the study’s sites.`);
    return level;
  }
  const { field: id, cuts = [] } = stratum.by;
  const field = fieldOf(document, id);
  const value = Object.hasOwn(screening, id) ? screening[id] : undefined;
  if (value === undefined) throw new RangeError(`${field.label} isn’t known; the stratum depends on it.`);
  if (field.kind === 'number') {
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new RangeError(`${field.label} “${value}” is no number.`);
    return levels[cuts.filter((cut) => value >= cut).length]!;
  }
  const level = levels.find((candidate) => candidate.id === value);
  if (!level) throw new RangeError(`${field.label} “${value}” is none of its options.`);
  return level;
}

function fieldOf(document: StudyDocument, id: string) {
  const field = document.screening.fields.find((candidate) => candidate.id === id);
  if (!field) throw new RangeError(`The study has no screening field “${id}”.`);
  return field;
}

/** A number as a piece of a level's name: 37.5 is 37.5, −2 is minus-2. */
const slug = (cut: number): string => (cut < 0 ? `minus-${-cut}` : String(cut));
