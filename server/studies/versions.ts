import { join } from 'node:path';
import { stringify } from 'yaml';
import { userNames } from '../accounts/store.ts';
import { appendAudit } from '../audit/append.ts';
import { transactionLock } from '../db/database.ts';
import { DocumentError } from '../documents/error.ts';
import type { Warnings } from '../documents/parse.ts';
import { conflict, notFound, notValid } from '../errors.ts';
import { loadInstruments, parseInstrument } from '../instruments/load.ts';
import { dataFolder } from '../paths.ts';
import type { Caller, Services } from '../services.ts';
import { refusedAmendment, studyWideChanges } from './amendment.rules.ts';
import type { ApprovalDocument } from './approvals/contract.ts';
import { documentsOf } from './approvals/store.ts';
import { canonicalHash } from './canonical.ts';
import type { AmendmentCheck, VersionView } from './contract.ts';
import { differences } from './difference.rules.ts';
import type { StudyDocument } from './document.ts';
import { type LoadedStudy, parseStudy } from './load.ts';
import { activationsOf, approvalsOf, currentStudy, insertVersion, recordedVersions } from './store.ts';
import { withoutSequence } from './view.ts';

export interface AmendmentText {
  text: string;
  /** Instrument documents that the amendment brings with it. */
  instruments: string[];
}

/** Reads an amendment against the newest version on record: its problems by line and column, or what it changes. */
export async function checkAmendment(
  services: Services,
  caller: Caller,
  input: AmendmentText,
): Promise<AmendmentCheck> {
  const read = await parse(caller, input);
  if ('problems' in read) return { problems: read.problems, warnings: [], amendment: null };
  const { document, instruments, warnings } = read;
  const recorded = await recordedVersions(services.db.read, caller.study.id);
  const refused = refusedAmendment(caller.study.document, document, recorded[0]!.version);
  if (refused) {
    const problem = { file: 'The document', line: 0, column: 0, path: '', message: refused };
    return { problems: [problem], warnings, amendment: null };
  }
  const before = recorded[0]!;
  return {
    problems: [],
    warnings,
    amendment: {
      version: document.version,
      comparedWith: before.version,
      hash: canonicalHash(document),
      groups: differences(
        { document: before.document, instruments: [...before.instruments.values()] },
        { document, instruments },
      ),
      studyWide: studyWideChanges(caller.study.document, document),
      raw: {
        before: yamlOf(before.document),
        after: yamlOf(document),
      },
    },
  };
}

/** Puts an amendment on record. It changes nothing at any site until it is activated there. */
export async function recordAmendment(
  services: Services,
  caller: Caller,
  input: AmendmentText & { hash: string },
): Promise<{ version: number; hash: string }> {
  const read = await parse(caller, input);
  if ('problems' in read)
    throw notValid('The document has problems. Nothing was put on record; check it again.', [
      ...read.problems.map(({ path, message }) => ({ path, message })),
    ]);
  const { document, instruments } = read;
  const hash = canonicalHash(document);
  if (hash !== input.hash)
    throw conflict('This isn’t the document that was checked. Nothing was put on record; check it again.');
  const { id } = caller.study;
  return services.db.write(async (tx) => {
    await transactionLock(tx, `allocations ${id}`);
    const recorded = await recordedVersions(tx, id);
    const known = recorded.find((one) => one.version === document.version && one.hash === hash);
    if (known) return { version: document.version, hash };
    const study = (await currentStudy(tx, id))!;
    const refused = refusedAmendment(study.document, document, recorded[0]!.version);
    if (refused) throw conflict(refused);
    const at = services.now().toISOString();
    await insertVersion(tx, { id, document, instruments, hash, at, by: caller.user.id, perSite: true });
    await appendAudit(tx, caller, at, {
      action: 'studies.amend',
      subject: `study:${id}`,
      before: { version: recorded[0]!.version, hash: recorded[0]!.hash },
      after: { version: document.version, hash, inForce: 'site by site' },
    });
    return { version: document.version, hash };
  });
}

type Problem = { file: string; line: number; column: number; path: string; message: string };

async function parse(
  { study }: Caller,
  { text, instruments: own }: AmendmentText,
): Promise<(LoadedStudy & { warnings: Problem[] }) | { problems: Problem[] }> {
  const warnings: Problem[] = [];
  const warn = ({ file, issues }: Warnings): void =>
    void warnings.push(...issues.map((issue) => ({ file, ...issue })));
  try {
    const shipped = await loadInstruments(join(dataFolder, 'instruments'));
    const brought = own.map((one, index) => parseInstrument(one, { file: `Instrument ${index + 1}`, warn }));
    const instruments = new Map([
      ...shipped,
      ...study.instruments,
      ...brought.map((one) => [one.id, one] as const),
    ]);
    return { ...parseStudy(text, { file: 'The document', instruments, warn }), warnings };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { problems: error.issues.map((issue) => ({ file: error.file, ...issue })) };
  }
}

/** A version on record as YAML. @throws Refused (not found) */
export async function sourceOf(services: Services, { study }: Caller, number: number) {
  const version = (await recordedVersions(services.db.read, study.id)).find((one) => one.version === number);
  if (!version) throw notFound(`Version ${number} of the protocol`);
  return { version: number, text: yamlOf(version.document) };
}

/** One line for each text, however long: lines are what readers compare. */
const yamlOf = (document: StudyDocument): string => stringify(withoutSequence(document), { lineWidth: 0 });

/** Every version on record with what it changed and where it stands at each site, the newest first. */
export async function listVersions(services: Services, caller: Caller): Promise<VersionView[]> {
  const db = services.db.read;
  const { id } = caller.study;
  const [recorded, approvals, activations, papers] = await Promise.all([
    recordedVersions(db, id),
    approvalsOf(db, id),
    activationsOf(db, id),
    documentsOf(db, id),
  ]);
  const names = await userNames(
    db,
    [
      ...recorded.map((one) => one.recordedBy ?? ''),
      ...approvals.map((one) => one.recorded_by),
      ...activations.map((one) => one.activated_by),
      ...papers.map((one) => one.uploaded_by),
    ].filter((user) => user !== ''),
  );
  const name = (user: string): string => names.get(user) ?? user;
  return recorded.map((one, index): VersionView => {
    const before = recorded[index + 1];
    return {
      version: one.version,
      hash: one.hash,
      recordedAt: one.recordedAt,
      recordedBy: one.recordedBy === null ? 'Command line' : name(one.recordedBy),
      everywhere: !one.perSite,
      groups: before
        ? differences(
            { document: before.document, instruments: [...before.instruments.values()] },
            { document: one.document, instruments: [...one.instruments.values()] },
          )
        : [],
      studyWide:
        one.version > caller.study.version ? studyWideChanges(caller.study.document, one.document) : [],
      sites: one.document.sites.map((site) => {
        const approval = approvals.find((row) => row.number === one.version && row.site === site.id);
        const activation = activations.find((row) => row.number === one.version && row.site === site.id);
        const inForce = caller.study.siteVersions.get(site.id) ?? 0;
        return {
          site: site.id,
          name: site.name,
          closed: site.closed ?? false,
          approval: approval
            ? {
                committee: approval.committee,
                reference: approval.reference,
                decidedOn: approval.decided_on,
                recordedBy: name(approval.recorded_by),
                recordedAt: approval.recorded_at,
                documents: papers
                  .filter((paper) => paper.number === one.version && paper.site === site.id)
                  .map(({ number: _, site: __, type, uploaded_at, uploaded_by, ...paper }) => ({
                    ...paper,
                    type: type as ApprovalDocument['type'],
                    uploadedBy: name(uploaded_by),
                    uploadedAt: uploaded_at,
                  })),
              }
            : null,
          activatedAt: activation?.activated_at ?? (one.perSite ? null : one.recordedAt),
          activatedBy: activation ? name(activation.activated_by) : null,
          state: inForce === one.version ? 'active' : inForce > one.version ? 'superseded' : 'waiting',
        };
      }),
    };
  });
}
