import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { listAudit } from '../../server/audit/contract.ts';
import { recordConsent } from '../../server/consent/contract.ts';
import { readForm, saveForm } from '../../server/forms/contract.ts';
import { confirmEligibility, logContact, readParticipant } from '../../server/participants/contract.ts';
import { listQueries, openQuery } from '../../server/queries/contract.ts';
import { attachApproval, downloadApproval, readSource } from '../../server/studies/approvals/contract.ts';
import {
  activateVersion,
  approveVersion,
  checkAmendment,
  listVersions,
  readStudy,
  recordAmendment,
} from '../../server/studies/contract.ts';
import { Enrolment, plainAnswers } from '../setup/enrol.ts';
import { type Agent, done, refused, send, type TestServer, testServer } from '../setup/http.ts';

type Draft = ReturnType<typeof parse>;

describe('an amendment, site by site', () => {
  const study = 'ipt-depression';
  const params = { study };
  let server: TestServer;
  let owner: Agent;
  let coordinator: Agent;
  let original: Draft;
  let sites: [string, string];
  /** The shipped version, and the two after it. */
  let v1: number;
  let v2: number;
  let v3: number;
  beforeAll(async () => {
    server = await testServer([study]);
    owner = await server.as('owner');
    coordinator = await server.as('coordinator');
    original = parse(await readFile(`data/studies/${study}.yaml`, 'utf8'));
    v1 = original.version;
    [v2, v3] = [v1 + 1, v1 + 2];
    sites = [original.sites[0].id, original.sites[1].id];
  });
  afterAll(() => server?.close());

  const enrolment = async () => new Enrolment(server, await server.study(study), coordinator);
  const amended = (version: number, change: (draft: Draft) => void): string => {
    const draft = structuredClone(original);
    draft.version = version;
    change(draft);
    return stringify(draft);
  };
  const put = async (text: string, instruments: string[] = []) => {
    const { problems, amendment } = await done(owner, checkAmendment, {
      params,
      body: { text, instruments },
    });
    expect(problems).toEqual([]);
    const body = { text, instruments, hash: amendment!.hash };
    return { ...(await done(owner, recordAmendment, { params, body })), amendment: amendment! };
  };
  const approve = (number: number, site: string) =>
    done(owner, approveVersion, {
      params: { study, number: String(number) },
      body: { site, committee: 'Regional committee', reference: `HUS/${number}`, decidedOn: '2026-11-20' },
    });
  const activating = (number: number, at: string[]) => ({
    params: { study, number: String(number) },
    body: { sites: at },
  });
  const stampsOf = (code: string) =>
    server.services.db.read
      .selectFrom('participant')
      .innerJoin('eligibility', 'eligibility.participant_id', 'participant.id')
      .innerJoin('consent', 'consent.participant_id', 'participant.id')
      .innerJoin('contact', 'contact.participant_id', 'participant.id')
      .innerJoin('allocation', 'allocation.participant_id', 'participant.id')
      .select(['eligibility.study_version as eligibility', 'consent.study_version as consent'])
      .select(['contact.study_version as contact', 'allocation.study_version as allocation'])
      .where('code', '=', code)
      .executeTakeFirstOrThrow();

  test('problems come with line and column, and nothing is recorded', async () => {
    const text = amended(v2, () => {}).replace('months: 3', 'months: three');
    const { problems, amendment } = await done(owner, checkAmendment, { params, body: { text } });
    expect(amendment).toBeNull();
    expect(problems[0]).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
    expect(text.split('\n')[problems[0]!.line - 1]).toContain('three');
    const same = await done(owner, checkAmendment, { params, body: { text: amended(v1, () => {}) } });
    expect(same.problems[0]!.message).toContain('higher number');
    await refused(owner, recordAmendment, { params, body: { text, hash: 'x' } }, 400);
    expect((await done(owner, listVersions, { params })).versions).toHaveLength(1);
  });

  test('sites keep their own version until it is activated there, and data keep theirs for good', async () => {
    const before = await enrolment();
    const early = await before.upTo('randomised', sites[1]);
    await done(coordinator, logContact, {
      params: before.params(early),
      body: { key: crypto.randomUUID(), on: '2026-11-23', outcome: 'reached' },
    });
    const m3 = original.visits.find(({ id }: { id: string }) => id === 'm3');
    const first = { visit: 'm3', instrument: 'cgi-s' };
    const { amendment } = await put(
      amended(v2, (draft) => {
        const visit = draft.visits.find(({ id }: { id: string }) => id === 'm3');
        visit.window.after += 7;
        visit.instruments = visit.instruments.filter((id: string) => id !== 'cgi-s');
        draft.consent.versions.push({ version: '9.0', approved: '2026-11-01' });
      }),
    );
    expect(amendment.groups.flatMap(({ changes }) => changes)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`: window after ${m3.window.after} → ${m3.window.after + 7} days$`)),
        expect.stringMatching(/^Instrument .* taken out at 3 months$/),
        'Consent form version 9.0 added',
      ]),
    );
    expect(amendment.studyWide).toEqual([]);

    const closes = async (code: string) =>
      (await done(coordinator, readParticipant, { params: before.params(code) })).visits.find(
        ({ visit }) => visit === 'm3',
      )!.closes;
    const unchanged = await closes(early);
    // On record, not approved, not active: nothing changed anywhere.
    await refused(owner, activateVersion, activating(v2, [sites[0]]), 409);
    await approve(v2, sites[0]);
    await refused(owner, activateVersion, activating(v2, [sites[0], sites[1]]), 409);
    expect((await server.study(study)).version).toBe(v1);
    await done(owner, activateVersion, activating(v2, [sites[0]]));
    await refused(owner, activateVersion, activating(v2, [sites[0]]), 409);
    expect(await closes(early)).toBe(unchanged);

    // The old consent form at the site that hasn't approved; the new one where it is active.
    const now = await enrolment();
    const [old, fresh] = [await now.upTo('eligible', sites[1]), await now.upTo('eligible', sites[0])];
    const consent = async (code: string) => ({
      params: now.params(code),
      body: { version: await now.version(code), consentVersion: '9.0', signedOn: '2026-11-23' },
    });
    await refused(coordinator, recordConsent, await consent(old), 400);
    await done(coordinator, recordConsent, await consent(fresh));
    await now.completeVisit(fresh, now.baseline);
    await now.randomise(fresh);
    await done(coordinator, logContact, {
      params: now.params(fresh),
      body: { key: crypto.randomUUID(), on: '2026-11-23', outcome: 'reached' },
    });
    expect(await stampsOf(fresh)).toEqual({ eligibility: v2, consent: v2, contact: v2, allocation: v2 });
    expect(await stampsOf(early)).toEqual({ eligibility: v1, consent: v1, contact: v1, allocation: v1 });
    expect(await closes(fresh)).toBe(
      new Date(Date.parse((await closes(early))!) + 7 * 86_400_000).toISOString().slice(0, 10),
    );

    // A form of the old version goes on under it, also after the site has moved on; a new one isn't offered.
    const at = (code: string) => ({ params: now.params(code, first) });
    await refused(coordinator, readForm, at(fresh), 404);
    const saved = await done(coordinator, saveForm, {
      ...at(early),
      body: { version: 0, values: {}, assessedOn: '2026-11-23' },
    });
    expect(saved.studyVersion).toBe(v1);
    await approve(v2, sites[1]);
    await done(owner, activateVersion, activating(v2, [sites[1]]));
    expect(await closes(early)).toBe(await closes(fresh));
    const instrument = (await server.study(study)).versions.get(v1)!.instruments.get(first.instrument)!;
    const kept = await done(coordinator, saveForm, {
      ...at(early),
      body: { version: 1, values: plainAnswers(instrument), assessedOn: '2026-11-23' },
    });
    expect(kept.studyVersion).toBe(v1);
    const view = await done(coordinator, readParticipant, { params: now.params(early) });
    expect(view.studyVersion).toBe(v2);
    expect(view.forms.some((form) => form.visit === 'm3' && form.instrument === first.instrument)).toBe(true);
    const rows = await server.services.db.read
      .selectFrom('form_version')
      .innerJoin('form', 'form.id', 'form_version.form_id')
      .innerJoin('participant', 'participant.id', 'form.participant_id')
      .select('form_version.study_version')
      .where('code', '=', early)
      .where('visit', '=', 'm3')
      .execute();
    expect(rows.map((row) => row.study_version)).toEqual([v1, v1]);
    expect((await done(owner, readStudy, { params, query: { version: v1 } })).document.version).toBe(v1);
    await refused(owner, readStudy, { params, query: { version: v1 + 7 } }, 404);
  });

  test('the letter of an approval is kept as it is, and given back byte for byte; a version is read as YAML', async () => {
    const letter = Buffer.from('%PDF-1.4\nThe committee approves.\n%%EOF\n', 'latin1');
    const at = { params: { study, number: String(v2), site: sites[0] } };
    const body = {
      key: crypto.randomUUID(),
      name: 'decision (final).pdf',
      type: 'application/pdf',
      content: letter.toString('base64'),
    };
    const kept = await done(coordinator, attachApproval, { ...at, body });
    expect(kept).toMatchObject({ name: body.name, size: letter.length });
    expect(kept.sha256).toBe(createHash('sha256').update(letter).digest('hex'));
    expect(await done(coordinator, attachApproval, { ...at, body })).toEqual(kept);
    const disguised = {
      ...body,
      key: crypto.randomUUID(),
      content: Buffer.from('<html>').toString('base64'),
    };
    await refused(coordinator, attachApproval, { ...at, body: disguised }, 400);
    const large = Buffer.concat([letter, Buffer.alloc(10_000_000)]).toString('base64');
    await refused(
      coordinator,
      attachApproval,
      { ...at, body: { ...body, key: crypto.randomUUID(), content: large } },
      400,
    );
    const unapproved = {
      params: { ...at.params, number: String(v1) },
      body: { ...body, key: crypto.randomUUID() },
    };
    await refused(coordinator, attachApproval, unapproved, 409);

    const { versions } = await done(owner, listVersions, { params });
    const site = versions.find(({ version }) => version === v2)!.sites.find((one) => one.site === sites[0])!;
    expect(site.approval!.documents).toEqual([kept]);
    const assessor = await server.as('assessor');
    const document = { params: { ...at.params, document: kept.id } };
    const given = await send(assessor, downloadApproval, document);
    expect(given.headers['content-disposition']).toContain('decision%20%28final%29.pdf');
    expect(given.headers['content-type']).toContain('application/octet-stream');
    expect(Buffer.compare(given.body as Buffer, letter)).toBe(0);
    await refused(assessor, downloadApproval, { params: { ...document.params, site: sites[1] } }, 404);
    for (const number of ['x', '1.5', '99999999999']) {
      await refused(assessor, downloadApproval, { params: { ...document.params, number } }, 400);
      const elsewhere = { params: { ...at.params, number }, body: { ...body, key: crypto.randomUUID() } };
      await refused(coordinator, attachApproval, elsewhere, 400);
      await refused(assessor, readSource, { params: { study, number } }, 400);
    }
    const [entry] = (await done(owner, listAudit, { params, query: { action: 'studies.attach-approval' } }))
      .rows;
    expect(entry!.after).toMatchObject({ version: v2, site: sites[0], sha256: kept.sha256 });

    const sourceOf = async (number: number) =>
      (await done(assessor, readSource, { params: { study, number: String(number) } })).text;
    expect(parse(await sourceOf(v2)).consent.versions.at(-1)).toEqual({
      version: '9.0',
      approved: '2026-11-01',
    });
    expect(parse(await sourceOf(v1)).consent.versions).toEqual(original.consent.versions);
    await refused(assessor, readSource, { params: { study, number: '77' } }, 404);
  });

  test('what can’t differ between sites comes into force for all at once, with a new epoch', async () => {
    const { amendment } = await put(
      amended(v3, (draft) => {
        draft.allocation.rule.blocks = [9];
      }),
    );
    expect(amendment.studyWide).toEqual(['how arms are allocated']);
    const all = original.sites.filter(({ closed }: { closed?: boolean }) => !closed);
    for (const site of all) await approve(v3, site.id);
    const refusal = await refused(owner, activateVersion, activating(v3, [sites[0]]), 409);
    expect(refusal.message).toContain('can’t differ between sites');
    const epochs = () =>
      server.services.db.read
        .selectFrom('randomisation_design')
        .select('epoch')
        .where('study_id', '=', study)
        .execute();
    const before = (await epochs()).length;
    const everywhere = all.map(({ id }: { id: string }) => id);
    const { epoch } = await done(owner, activateVersion, activating(v3, everywhere));
    expect(epoch).not.toBeNull();
    expect(await epochs()).toHaveLength(before + 1);
    const later = await enrolment();
    const code = await later.upTo('screening', sites[1]);
    await done(coordinator, confirmEligibility, {
      params: later.params(code),
      body: {
        version: 1,
        answers: Object.fromEntries(
          later.document.eligibility.map(({ id, kind }) => [id, kind === 'inclusion']),
        ),
      },
    });
    const { versions } = await done(coordinator, listVersions, { params });
    expect(versions.map(({ version }) => version)).toEqual([v3, v2, v1]);
    expect(versions[0]!.sites.every(({ state }) => state === 'active')).toBe(true);
  });

  test('what was entered before an amendment keeps the names of visits and forms that it was entered under', async () => {
    const now = await enrolment();
    const code = await now.upTo('randomised', sites[0]);
    const begun = now.params(code, { visit: 'm3', instrument: 'hamd17' });
    await done(coordinator, saveForm, {
      params: begun,
      body: { version: 0, values: { 16: { value: 1 } }, assessedOn: '2026-11-23' },
    });
    const manager = await server.as('data-manager');
    const ask = (about: object) =>
      done(manager, openQuery, {
        params,
        body: { key: crypto.randomUUID(), participant: code, text: 'Is this so?', ...about },
      });
    await ask({ visit: 'm3', instrument: 'hamd17', item: '16' });
    await ask({ visit: 'm12', instrument: 'hamd17' });
    // The texts that are changed have no translation yet.
    const { translations: _, ...scale } = parse(await readFile('data/instruments/hamd17.yaml', 'utf8'));
    const renamed = scale.items.map((item: { id: string }) =>
      item.id === '16' ? { ...item, label: 'Weight' } : item,
    );
    const named = {
      ...scale,
      items: renamed,
      short: 'Hamilton',
      title: 'Hamilton’s scale',
      version: '9',
    };
    const v4 = v3 + 1;
    await put(
      amended(v4, (draft) => {
        draft.allocation.rule.blocks = [9];
        delete draft.translations;
        for (const [id, label] of Object.entries({ m3: 'A quarter', m12: 'A year' }))
          draft.visits.find((visit: { id: string }) => visit.id === id).label = label;
      }),
      [stringify(named)],
    );
    for (const site of sites) await approve(v4, site);
    await done(owner, activateVersion, activating(v4, sites));
    const { visits, forms } = await done(coordinator, readParticipant, { params: now.params(code) });
    const label = (visit: string) => visits.find((one) => one.visit === visit)!.label;
    const short = (visit: string) =>
      forms.find((one) => one.visit === visit && one.instrument === 'hamd17')!.short;
    // As data/studies/ipt-depression.yaml and data/instruments/hamd17.yaml name them.
    expect([label('m3'), short('m3')]).toEqual(['3 months', 'HAM-D17']);
    expect([label('m12'), short('m12')]).toEqual(['A year', 'Hamilton']);
    expect(forms.find((one) => one.visit === 'm3' && one.instrument === 'hamd17')!.studyVersion).toBe(v3);
    const queries = await done(manager, listQueries, { params, query: { participant: code } });
    expect(queries.rows.map(({ called, value, studyVersion }) => ({ called, value, studyVersion }))).toEqual([
      {
        called: {
          visit: '3 months',
          instrument: 'HAM-D17',
          item: { number: 16, label: 'Loss of weight' },
        },
        value: expect.stringMatching(/^1/),
        studyVersion: v3,
      },
      { called: { visit: 'A year', instrument: 'Hamilton', item: null }, value: null, studyVersion: v4 },
    ]);
  });
});
