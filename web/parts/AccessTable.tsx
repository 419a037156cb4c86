import { IconCheck } from '@tabler/icons-react';
import type { MatrixGroup } from '../../server/access/words.rules.ts';
import type { RoleName } from '../../server/studies/document.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { roleLabel } from '../session.ts';

export const roles = Object.keys(roleLabel) as RoleName[];

/** Some groups of the access matrix: an action a row, a role a column. */
export function AccessTable({
  groups,
  blinded,
}: {
  groups: readonly MatrixGroup[];
  blinded: readonly RoleName[];
}) {
  return (
    <table className="table dense matrix">
      <caption className="vh">{t('What each role may do')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="vh">{t('Action')}</span>
          </th>
          {roles.map((role) => (
            <th key={role} scope="col" className="cell">
              <span className="role">{roleLabel[role]}</span>
              {blinded.includes(role) && <span className="tag line">{t('Blinded')}</span>}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(({ title, rows }) => (
        <tbody key={title}>
          <tr className="grp">
            <th scope="colgroup" colSpan={roles.length + 1}>
              {said(title)}
            </th>
          </tr>
          {rows.map(({ action, words, roles: may }) => (
            <tr key={action}>
              <th scope="row" title={action}>
                {said(words)}
              </th>
              {roles.map((role) => (
                <td key={role} className="cell">
                  {may.includes(role) ? (
                    <>
                      <IconCheck className="ic" aria-hidden />
                      <span className="vh">{t('Yes')}</span>
                    </>
                  ) : (
                    <span className="vh">{t('No')}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
