import type { QueryView } from '../../../server/queries/contract.ts';
import { t } from '../../language/t.ts';
import { roleLabel } from '../../session.ts';

/** Whom a query waits for: "Anna Virtanen", "Coordinator of the site", "The site". */
export function ownerWords({ owner }: Pick<QueryView, 'owner'>): string {
  if (owner.person) return owner.person.name;
  return owner.role ? t('{roleLabel} of the site', { roleLabel: roleLabel[owner.role] }) : t('The site');
}
