import type { Page } from 'playwright-core';
import type { Place } from '../setup/demonstration.ts';

/** What the navigation offers to whoever signed in on the page, and inside it a participant and a form where they may look at them. */
export async function pagesOf(page: Page, place: Place): Promise<[title: string, path: string][]> {
  const navigation = page.getByRole('navigation', { name: 'Main', exact: true });
  await navigation.getByRole('link').first().waitFor();
  const paths = new Map<string, string>();
  for (const link of await navigation.getByRole('link').all()) {
    const href = (await link.getAttribute('href'))!;
    paths.set(href.split('/').at(-1)!.split('?')[0]!, href);
  }
  if (paths.has('participants')) {
    const { code } = await place.services.db.read
      .selectFrom('safety_alert')
      .innerJoin('form', 'form.id', 'safety_alert.form_id')
      .innerJoin('participant', 'participant.id', 'form.participant_id')
      .select('participant.code')
      .where('safety_alert.resolved_at', 'is', null)
      .executeTakeFirstOrThrow();
    const participant = `${paths.get('participants')!.split('?')[0]}/${code}`;
    paths.set('participant', participant);
    for (const tab of ['events', 'harms', 'medication', 'sessions'])
      paths.set(`participant-${tab}`, `${participant}?tab=${tab}`);
    paths.set('form', `${participant}/m12/hamd17`);
    const study = participant.slice(0, participant.indexOf('/participants/'));
    paths.set('print-form', `${study}/print/${code}/m12?form=hamd17`);
    paths.set('print-blank', `${study}/print/${code}/m12?blank=yes`);
    if (paths.has('visits')) paths.set('print-visit-status', `${study}/print/visit-status?state=all`);
    if (paths.has('worklist')) paths.set('print-visits', `${study}/print/visits`);
  }
  const audit = paths.get('audit');
  if (audit) paths.set('audit-found', `${audit}?role=coordinator&from=2020-01-01`);
  const identities = paths.get('identities');
  if (identities) paths.set('identities-chosen', `${identities}?chosen=LOH-0001`);
  const results = paths.get('results');
  if (results)
    paths.set(
      'results-figures',
      `${results.split('?')[0]}?figures=cumulative,trajectories,raincloud,waterfall,items,missing,survival,balance,subgroups,sites,timeliness,query-ageing`,
    );
  const board = paths.get('board')?.split('?')[0];
  if (board) {
    paths.set('board-open', `${board}?tab=open`);
    paths.set('board-closed', `${board}?tab=closed`);
    paths.set('board-log', `${board}?tab=log`);
  }
  const any = [...paths.values()][0]!;
  paths.set('account', `${any.slice(0, any.indexOf('/', 3))}/account`);
  return [...paths];
}
