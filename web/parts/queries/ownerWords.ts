import type { QueryView } from '../../../server/queries/contract.ts';
import { roleLabel } from '../../session.ts';

/** Whom a query waits for: "Anna Virtanen", "Coordinator of the site", "The site". */
export function ownerWords({ owner }: Pick<QueryView, 'owner'>): string {
  if (owner.person) return owner.person.name;
  return owner.role ? `${roleLabel[owner.role]} of the site` : 'The site';
}
