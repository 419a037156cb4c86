import type { QueryView } from '../../../server/queries/contract.ts';
import { t } from '../../language/t.ts';
import { roleLabel } from '../../session.ts';

/** Who is to answer a query: "Anna Virtanen", "Coordinator of the site", "The site". */
export function ownerWords({ owner }: Pick<QueryView, 'owner'>): string {
  if (owner.person) return owner.person.name;
  return owner.role ? t('{roleLabel} of the site', { roleLabel: roleLabel[owner.role] }) : t('The site');
}

/** Whom a query waits for now: an answered one for whoever asked. */
export function waitsFor(query: Pick<QueryView, 'owner' | 'status' | 'automatic' | 'openedBy'>): string {
  if (query.status !== 'answered') return ownerWords(query);
  return query.automatic ? t('Data management') : query.openedBy;
}
