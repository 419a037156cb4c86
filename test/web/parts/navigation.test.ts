import { expect, test } from 'vitest';
import { type Action, accessTable, allows } from '../../../server/access/table.ts';
import { roleName } from '../../../server/studies/document.ts';
import { landingOf, pages } from '../../../web/parts/navigation.ts';

const actions = Object.keys(accessTable) as Action[];

test('everyone starts on a page that their role has', () => {
  for (const role of roleName.options) {
    const own = actions.filter((action) => allows(action, [role]));
    const page = pages.find(({ path }) => path === landingOf(own));
    expect(page && allows(page.action, [role]), role).toBe(true);
  }
});

test('those who work through visits start on the worklist, the others on the results', () => {
  const start = Object.fromEntries(
    roleName.options.map((role) => [role, landingOf(actions.filter((action) => allows(action, [role])))]),
  );
  expect(start).toEqual({
    owner: 'results',
    coordinator: 'worklist',
    assessor: 'worklist',
    investigator: 'results',
    statistician: 'results',
    'data-manager': 'worklist',
    monitor: 'results',
  });
});
