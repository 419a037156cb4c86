import type { StudyView } from '../../server/studies/contract.ts';
import { unscheduledDefinition, unscheduledNumber } from '../../server/visits/unscheduled.rules.ts';
import { t } from '../language/t.ts';
import { useSession, useStudyId } from '../session.ts';

/** "Lohja", "Lohja and Vihti", "Lohja, Vihti and Espoo". */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return t('{words} and {words2}', { words: words.slice(0, -1).join(', '), words2: words.at(-1) });
}

export type Site = StudyView['document']['sites'][number];

/** The sites of the study that the person may work at. */
export function useSites(study: StudyView | undefined): Site[] {
  const id = useStudyId();
  const mine = useSession().memberships.filter((membership) => membership.study === id);
  const all = study?.document.sites ?? [];
  if (mine.some(({ site }) => site === null)) return all;
  return all.filter((site) => mine.some((membership) => membership.site === site.id));
}

/** Those sites in words; many are counted. */
export function useMySites(study: StudyView | undefined): string {
  const sites = useSites(study);
  return sites.length > 3
    ? t('{sites} sites', { sites: sites.length })
    : listed(sites.map(({ name }) => name));
}

/** "Site" in the words of a filter: "Both" of two, "All" of more. */
export const everySite = (sites: readonly Site[]): string => (sites.length === 2 ? t('Both') : t('All'));

/** The name of a site; its identifier until the study is read. */
export const siteName = (study: StudyView | undefined, id: string): string =>
  study?.document.sites.find((site) => site.id === id)?.name ?? id;

/** The label of a visit; one that the protocol didn't plan is called by its number. */
export function visitLabel(study: StudyView | undefined, id: string): string {
  const number = unscheduledNumber(id);
  if (number !== null) return unscheduledDefinition(number, []).label;
  return study?.document.visits.find((visit) => visit.id === id)?.label ?? id;
}

/** The short name of an instrument: HAM-D17. */
export const instrumentShort = (study: StudyView | undefined, id: string): string =>
  study?.instruments.find((instrument) => instrument.id === id)?.short ?? id;

/** Where an item stands in its instrument and what it is called: "item 16", "Loss of weight". */
export function itemPlace(study: StudyView | undefined, instrument: string, item: string) {
  const items = study?.instruments.find(({ id }) => id === instrument)?.items ?? [];
  const index = items.findIndex(({ id }) => id === item);
  return { number: index + 1, label: items[index]?.label ?? item };
}

/** A stratum in words: "Lohja, male" for `site=lohja|sex=male`. */
export function stratumWords(study: StudyView | undefined, stratum: string): string {
  const fields = study?.document.screening.fields ?? [];
  return stratum
    .split('|')
    .map((part) => {
      const [factor = '', level = ''] = part.split('=');
      const rule = study?.document.allocation.strata.find(({ id }) => id === factor)?.by;
      if (rule === 'site') return siteName(study, level);
      const field = fields.find(({ id }) => id === (rule === undefined ? factor : rule.field));
      const option =
        field?.kind === 'choice' ? field.options.find(({ value }) => value === level) : undefined;
      return option?.label ?? level;
    })
    .filter((words) => words !== '')
    .join(', ');
}
