import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { day, instant, studyParams, versionParams } from '../http/wire.ts';
import { identifier, instrumentDocument } from '../instruments/document.ts';
import { approvalDocument } from './approvals/contract.ts';
import { studyDocument } from './document.ts';

/**
 * The protocol as a role may see it. Arms are part of the protocol, which everyone in the trial knows;
 * what a blinded role never learns is which participant is in which.
 */
export const studyView = z.strictObject({
  id: identifier,
  synthetic: z.boolean(),
  syntheticNote: z.string().nullable(),
  document: studyDocument,
  instruments: z.array(instrumentDocument),
  hash: z.string().describe('SHA-256 of the document in canonical form.'),
  activatedAt: instant,
  siteVersions: z.record(identifier, z.int()).describe('Site → the version that is active there.'),
});
export type StudyView = z.infer<typeof studyView>;

export const readStudy = endpoint({
  id: 'studies.read',
  method: 'get',
  path: '/api/studies/:study',
  summary: 'The study document with its instruments: the newest in force, or that of a version',
  access: 'study.read',
  params: studyParams,
  query: z.strictObject({
    version: z.coerce.number().int().positive().optional().describe('One that is or was in force.'),
  }),
  reply: studyView,
});

const differenceGroup = z.strictObject({ title: z.string(), changes: z.array(z.string()) });

export const versionView = z.strictObject({
  version: z.int(),
  hash: z.string(),
  recordedAt: instant,
  recordedBy: z.string(),
  everywhere: z.boolean().describe('In force at every site from when it was recorded.'),
  groups: z.array(differenceGroup).describe('What it changed, in words.'),
  studyWide: z.array(z.string()).describe('What it changes that can’t differ between sites.'),
  sites: z.array(
    z.strictObject({
      site: identifier,
      name: z.string(),
      closed: z.boolean(),
      approval: z
        .strictObject({
          committee: z.string(),
          reference: z.string(),
          decidedOn: day,
          recordedBy: z.string(),
          recordedAt: instant,
          documents: z.array(approvalDocument),
        })
        .nullable(),
      activatedAt: instant.nullable(),
      activatedBy: z.string().nullable(),
      state: z.enum(['waiting', 'active', 'superseded']),
    }),
  ),
});
export type VersionView = z.infer<typeof versionView>;

export const listVersions = endpoint({
  id: 'studies.versions',
  method: 'get',
  path: '/api/studies/:study/versions',
  summary: 'Every protocol version on record, what it changed, and where it stands at each site',
  access: 'study.read',
  params: studyParams,
  reply: z.strictObject({ versions: z.array(versionView) }),
});

const amendmentText = z.strictObject({
  text: z.string().min(1).max(200_000).describe('The study document, as YAML.'),
  instruments: z.array(z.string().max(100_000)).max(20).default([]).describe('New instruments, as YAML.'),
});

const place = z.strictObject({
  file: z.string(),
  line: z.int().describe('0 where it is about the document as a whole.'),
  column: z.int(),
  path: z.string(),
  message: z.string(),
});

export const amendmentCheck = z.strictObject({
  problems: z.array(place),
  warnings: z.array(place).describe('Worth a look, and in nobody’s way: texts without a translation.'),
  amendment: z
    .strictObject({
      version: z.int(),
      comparedWith: z.int(),
      hash: z.string(),
      groups: z.array(differenceGroup),
      studyWide: z.array(z.string()),
      raw: z.strictObject({ before: z.string(), after: z.string() }),
    })
    .nullable()
    .describe('Null where there are problems.'),
});
export type AmendmentCheck = z.infer<typeof amendmentCheck>;

export const checkAmendment = endpoint({
  id: 'studies.check',
  method: 'post',
  path: '/api/studies/:study/versions/check',
  summary: 'Check an amended study document and say in words what it changes; nothing is written',
  access: 'protocol.amend',
  params: studyParams,
  body: amendmentText,
  reply: amendmentCheck,
});

export const recordAmendment = endpoint({
  id: 'studies.amend',
  method: 'post',
  path: '/api/studies/:study/versions',
  summary: 'Put an amended study document on record; sites go on as they were until it is activated there',
  access: 'protocol.amend',
  params: studyParams,
  body: amendmentText.extend({ hash: z.string().describe('Of the document that was checked.') }),
  reply: z.strictObject({ version: z.int(), hash: z.string() }),
});

const words = z.string().trim().min(2).max(200);

export const approveVersion = endpoint({
  id: 'studies.approve',
  method: 'post',
  path: '/api/studies/:study/versions/:number/approvals',
  summary: 'Record a site’s ethics approval of a version',
  access: 'protocol.approve',
  params: versionParams,
  body: z.strictObject({
    site: identifier,
    committee: words.describe('Who decided.'),
    reference: words.describe('Number or name of the decision document.'),
    decidedOn: day,
  }),
  reply: z.strictObject({ recordedAt: instant }),
});

export const activateVersion = endpoint({
  id: 'studies.activate',
  method: 'post',
  path: '/api/studies/:study/versions/:number/activations',
  summary: 'Put a version into force at sites that approved it',
  access: 'protocol.amend',
  params: versionParams,
  body: z.strictObject({ sites: z.array(identifier).min(1).max(500) }),
  reply: z.strictObject({
    activatedAt: instant,
    epoch: z
      .strictObject({ number: z.int(), commitment: z.string(), retired: z.int() })
      .nullable()
      .describe('The new epoch, where the allocation changed.'),
  }),
});
