import { listParticipants } from '../../server/participants/contract.ts';
import { listQueries } from '../../server/queries/contract.ts';
import { useEndpoint } from '../api.ts';
import { useMay, useStudyId } from '../session.ts';
import type { PageLink } from './navigation.ts';

/** The numbers beside page names: participants, and queries that are not closed. */
export function useCounts(): Partial<Record<PageLink['path'], number>> {
  const params = { study: useStudyId() };
  const may = useMay();
  const one = { page: 1, size: 1 };
  const quietly = { staleTime: 60_000 };
  const participants = useEndpoint(
    listParticipants,
    { params, query: one },
    { ...quietly, enabled: may('participants.read') },
  );
  const queries = useEndpoint(
    listQueries,
    { params, query: one },
    { ...quietly, enabled: may('queries.read') },
  );
  return {
    ...(participants.data && { participants: participants.data.total }),
    ...(queries.data && { queries: queries.data.total }),
  };
}
