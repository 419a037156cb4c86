import type { SimulationOptions } from '../../randomisation/simulation/simulate.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { t } from '../language/t.ts';

/** What is typed into the form, as text. */
export interface Settings {
  n: string;
  sites: string;
  trials: string;
  seed: string;
}
type Name = keyof Settings;

const limits: Record<Name, { from: number; to: number; label: string }> = {
  n: { from: 2, to: 100_000, label: t('Participants') },
  sites: { from: 1, to: 1000, label: t('Sites') },
  trials: { from: 2, to: 20_000, label: t('Trials') },
  seed: { from: 0, to: 1_000_000_000, label: t('Seed') },
};

export const defaultsFor = (document: StudyDocument): Settings => ({
  n: String(document.recruitment.target),
  sites: String(document.sites.length),
  trials: '2000',
  seed: '1',
});

/** What is wrong with the settings, field by field. */
export function problemsOf(settings: Settings): Partial<Record<Name, string>> {
  return Object.fromEntries(
    (Object.keys(limits) as Name[]).flatMap((name) => {
      const { from, to, label } = limits[name];
      const typed = settings[name].trim();
      const fits = /^\d+$/.test(typed) && Number(typed) >= from && Number(typed) <= to;
      const range = t('{from, number} to {to, number}', { from, to });
      return fits ? [] : [[name, t('{label}: a whole number from {range}.', { label, range })]];
    }),
  );
}

/**
 * The settings for the simulation. While the number of sites is the study's own and each has a target, sites recruit in
 * proportion to their targets; otherwise they are of equal size.
 */
export function optionsOf(settings: Settings, document: StudyDocument): SimulationOptions {
  const sites = Number(settings.sites);
  const siteFactor = document.allocation.strata.find(({ by }) => by === 'site')?.id;
  const targets = siteTargets(document, sites);
  return {
    n: Number(settings.n),
    trials: Number(settings.trials),
    seed: Number(settings.seed),
    sites,
    siteFactor,
    ...(siteFactor && targets ? { frequencies: { [siteFactor]: targets } } : {}),
  };
}

/** The sites' targets, where `sites` is the study's own number of them and each has one. */
export function siteTargets(document: StudyDocument, sites: number): number[] | null {
  if (sites !== document.sites.length) return null;
  const targets = document.sites.flatMap(({ target }) => (target === undefined ? [] : [target]));
  return targets.length === sites ? targets : null;
}
