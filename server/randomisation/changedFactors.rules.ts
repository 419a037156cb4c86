import type { StudyDocument } from '../studies/document.ts';
import { type ScreeningValues, stratumOf } from '../studies/rules.ts';

/**
 * The factors whose level is another one after a correction, with the new level. A factor that couldn't be told before
 * (an amendment asks for more than was asked at screening) has changed as well.
 */
export function changedFactors(
  document: StudyDocument,
  site: string,
  before: ScreeningValues,
  after: ScreeningValues,
): Record<string, string> {
  const changed: Record<string, string> = {};
  for (const factor of document.allocation.strata) {
    const alone = { ...document, allocation: { ...document.allocation, strata: [factor] } };
    const level = (values: ScreeningValues) => stratumOf(alone, site, values).factors[factor.id]!;
    const now = level(after);
    if (levelOrNone(level, before) !== now) changed[factor.id] = now;
  }
  return changed;
}

function levelOrNone(
  level: (values: ScreeningValues) => string,
  values: ScreeningValues,
): string | undefined {
  try {
    return level(values);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
