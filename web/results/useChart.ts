import { keepPreviousData } from '@tanstack/react-query';
import { type ChartId, type ChartQuery, readChart } from '../../server/results/contract.ts';
import { useEndpoint } from '../api.ts';

const AGAIN = 1_000;

/** One chart’s card; while part of it is being computed it is asked for again. */
export function useChart(study: string, chart: ChartId, query: Partial<ChartQuery>, phone: boolean) {
  return useEndpoint(
    readChart,
    { params: { study, chart }, query: phone ? { ...query, layout: 'phone' } : query },
    {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.pending ? AGAIN : false),
    },
  );
}
