import { expect, test } from 'vitest';
import { type Action, accessTable, allows } from '../../../server/access/table.ts';
import { roleName } from '../../../server/studies/document.ts';
import { landingOf, offers, pages } from '../../../web/parts/navigation.ts';

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
    'identity-custodian': 'identities',
    'monitoring-board': 'board',
  });
});

test('pages that tell arms apart are offered to nobody who is blinded', () => {
  const own = actions.filter((action) => allows(action, ['coordinator']));
  const paths = (blinded: boolean) =>
    pages.filter((page) => offers(page, own, blinded)).map(({ path }) => path);
  expect(paths(false)).toContain('groups');
  expect(paths(false).filter((path) => !paths(true).includes(path))).toEqual(['groups']);
});

test('only an owner, an investigator, a data manager or a monitor has the page of unblindings', () => {
  const page = pages.find(({ path }) => path === 'unblinding')!;
  const having = roleName.options.filter((role) =>
    offers(
      page,
      actions.filter((action) => allows(action, [role])),
      false,
    ),
  );
  expect(having.toSorted()).toEqual(['data-manager', 'investigator', 'monitor', 'owner']);
});
