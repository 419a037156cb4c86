import {
  IconAddressBook,
  IconArrowsDiff,
  IconArrowsShuffle,
  IconCalendar,
  IconChartBar,
  IconChartDots,
  IconDownload,
  IconFileCheck,
  IconFileText,
  IconFingerprint,
  IconFirstAidKit,
  IconHistory,
  IconHome,
  IconListCheck,
  IconLock,
  IconMathFunction,
  IconMessage2,
  IconRouteOff,
  IconShieldCheck,
  IconShieldExclamation,
  IconSignature,
  IconTable,
  IconUpload,
  IconUserPlus,
  IconUserShield,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { Action } from '../../server/access/table.ts';
import { t } from '../language/t.ts';

export interface PageLink {
  path:
    | 'worklist'
    | 'participants'
    | 'visits'
    | 'enrol'
    | 'protocol'
    | 'queries'
    | 'double-entry'
    | 'harms'
    | 'deviations'
    | 'groups'
    | 'results'
    | 'workbench'
    | 'exports'
    | 'import'
    | 'randomisation'
    | 'simulator'
    | 'unblinding'
    | 'locking'
    | 'signatures'
    | 'verification'
    | 'audit'
    | 'people'
    | 'account-log'
    | 'access'
    | 'audit-reviews'
    | 'identities'
    | 'board';
  title: string;
  /** On the phone's bar, where room is short. */
  short?: string;
  icon: typeof IconHome;
  action: Action;
  /** What it shows tells arms apart, so that blinded people have no such page. */
  tellsArms?: true;
  /** What people wrote of treatment, which tells arms where some who write know them. */
  tellsTreatment?: true;
  /** Offered only where the study document declares this. */
  declared?: 'doubleEntry';
  group: 'trial' | 'data' | 'allocation' | 'oversight';
}

/** Every page with the action that it needs; the sidebar, the phone's bar and the search offer only what is allowed. */
export const pages: readonly PageLink[] = [
  { path: 'worklist', title: t('Worklist'), icon: IconHome, action: 'worklist.read', group: 'trial' },
  {
    path: 'participants',
    title: t('Participants'),
    icon: IconUsers,
    action: 'participants.read',
    group: 'trial',
  },
  { path: 'enrol', title: t('Enrol'), icon: IconUserPlus, action: 'participants.enrol', group: 'trial' },
  {
    path: 'visits',
    title: t('Visits'),
    icon: IconCalendar,
    action: 'participants.read',
    group: 'trial',
  },
  { path: 'queries', title: t('Queries'), icon: IconMessage2, action: 'queries.read', group: 'trial' },
  {
    path: 'double-entry',
    title: t('Double entry'),
    icon: IconArrowsDiff,
    action: 'double-entry.read',
    declared: 'doubleEntry',
    group: 'data',
  },
  {
    path: 'harms',
    title: t('Adverse events'),
    short: t('Harms'),
    icon: IconFirstAidKit,
    action: 'harms.read',
    tellsTreatment: true,
    group: 'trial',
  },
  {
    path: 'deviations',
    title: t('Deviations'),
    icon: IconRouteOff,
    action: 'deviations.read',
    group: 'trial',
  },
  {
    path: 'groups',
    title: t('Groups'),
    icon: IconUsersGroup,
    action: 'groups.read',
    tellsArms: true,
    group: 'trial',
  },
  { path: 'results', title: t('Results'), icon: IconChartBar, action: 'results.read', group: 'trial' },
  {
    path: 'workbench',
    title: t('Workbench'),
    icon: IconMathFunction,
    action: 'analyses.read',
    tellsArms: true,
    group: 'data',
  },
  { path: 'exports', title: t('Exports'), icon: IconDownload, action: 'exports.take', group: 'data' },
  { path: 'import', title: t('Import'), icon: IconUpload, action: 'imports.run', group: 'data' },
  {
    path: 'randomisation',
    title: t('Randomisation'),
    icon: IconArrowsShuffle,
    action: 'allocation.design',
    group: 'allocation',
  },
  {
    path: 'simulator',
    title: t('Simulator'),
    icon: IconChartDots,
    action: 'allocation.design',
    group: 'allocation',
  },
  {
    path: 'unblinding',
    title: t('Unblinding'),
    icon: IconShieldExclamation,
    action: 'unblinding.read',
    group: 'allocation',
  },
  {
    path: 'signatures',
    title: t('Signatures'),
    icon: IconSignature,
    action: 'signatures.read',
    group: 'oversight',
  },
  {
    path: 'verification',
    title: t('Source verification'),
    short: t('Source'),
    icon: IconFileCheck,
    action: 'verification.read',
    group: 'oversight',
  },
  { path: 'locking', title: t('Locking'), icon: IconLock, action: 'locks.read', group: 'oversight' },
  {
    path: 'board',
    title: t('Monitoring board'),
    short: t('Board'),
    icon: IconShieldCheck,
    action: 'board.open.read',
    group: 'oversight',
  },
  { path: 'protocol', title: t('Protocol'), icon: IconFileText, action: 'study.read', group: 'oversight' },
  {
    path: 'audit',
    title: t('Audit trail'),
    short: t('Audit'),
    icon: IconHistory,
    action: 'audit.read',
    group: 'oversight',
  },
  {
    path: 'audit-reviews',
    title: t('Audit reviews'),
    short: t('Reviews'),
    icon: IconListCheck,
    action: 'audit.read',
    group: 'oversight',
  },
  {
    path: 'identities',
    title: t('Identities'),
    icon: IconAddressBook,
    action: 'identity.list',
    group: 'trial',
  },
  { path: 'people', title: t('People'), icon: IconUserShield, action: 'people.read', group: 'oversight' },
  {
    path: 'account-log',
    title: t('Account log'),
    icon: IconFingerprint,
    action: 'accounts.log',
    group: 'oversight',
  },
  {
    path: 'access',
    title: t('Access matrix'),
    icon: IconTable,
    action: 'audit.read',
    group: 'oversight',
  },
];

/** Whether the page is for someone with these actions, blinded or not. */
export function offers(page: PageLink, actions: readonly string[], blinded: boolean): boolean {
  return actions.includes(page.action) && !(blinded && page.tellsArms);
}

const landings = [
  'worklist.read',
  'results.read',
  'participants.read',
  'people.read',
  'identity.list',
  'board.open.read',
] as const;

/** Where a person starts: on the worklist if it is theirs to work through, otherwise on the results. */
export function landingOf(actions: readonly string[]): PageLink['path'] {
  const action = landings.find((candidate) => actions.includes(candidate));
  return pages.find((page) => page.action === action)?.path ?? 'results';
}
