import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Dashboard, readChart, readDashboard } from '../../server/results/contract.ts';
import { refresh } from '../api.ts';
import { t } from '../language/t.ts';
import { type Changes, useChanges } from '../parts/useChanges.ts';
import { clockSeconds, fullDay, localDay } from '../time.ts';

const AGAIN_MS = 2_000;

/** Brings the figures of the page up to the study's data by themselves, while the server makes newer ones. */
export function useFreshResults(study: string, dashboard: Dashboard | undefined): Changes {
  const client = useQueryClient();
  const changes = useChanges(study, dashboard?.live === true);
  const asOf = dashboard?.asOf;
  const behind =
    dashboard?.live === true && asOf !== undefined && changes.revision !== null && asOf < changes.revision;
  useEffect(() => {
    if (!behind) return;
    void refresh(client, readDashboard);
    const timer = setInterval(() => void refresh(client, readDashboard), AGAIN_MS);
    return () => clearInterval(timer);
  }, [client, behind]);
  useEffect(() => {
    if (asOf !== undefined) void refresh(client, readChart);
  }, [client, asOf]);
  return changes;
}

/** What was chosen stands in the title of the page, and so in its history and on its print. */
export function useResultsTitle(dashboard: Dashboard | undefined): void {
  const words = dashboard && wordsOf(dashboard);
  useEffect(() => {
    if (words === undefined) return;
    const before = document.title;
    document.title = words;
    return () => {
      document.title = before;
    };
  }, [words]);
}

function wordsOf({ filters, asOf }: Dashboard): string {
  const { chosen, sites, outcomes, populations } = filters;
  const named = (all: readonly { id: string; label: string }[], id: string | undefined) =>
    all.find((one) => one.id === id)?.label;
  return [
    t('Results overview'),
    named(sites, chosen.site),
    named(populations, chosen.population),
    named(outcomes, chosen.outcome),
    `${fullDay(localDay(asOf))} ${clockSeconds(asOf)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
