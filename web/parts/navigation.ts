import {
  IconArrowsShuffle,
  IconChartBar,
  IconDownload,
  IconHistory,
  IconHome,
  IconMessage2,
  IconUpload,
  IconUserPlus,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react';
import type { Action } from '../../server/access/table.ts';

export interface PageLink {
  path:
    | 'worklist'
    | 'participants'
    | 'enrol'
    | 'queries'
    | 'results'
    | 'exports'
    | 'import'
    | 'allocations'
    | 'audit'
    | 'people';
  title: string;
  /** On the phone's bar, where room is short. */
  short?: string;
  icon: typeof IconHome;
  action: Action;
  group: 'trial' | 'data' | 'oversight';
}

/** Every page with the action that it needs; the sidebar, the phone's bar and the search offer only what is allowed. */
export const pages: readonly PageLink[] = [
  { path: 'worklist', title: 'Worklist', icon: IconHome, action: 'worklist.read', group: 'trial' },
  {
    path: 'participants',
    title: 'Participants',
    icon: IconUsers,
    action: 'participants.read',
    group: 'trial',
  },
  { path: 'enrol', title: 'Enrol', icon: IconUserPlus, action: 'participants.enrol', group: 'trial' },
  { path: 'queries', title: 'Queries', icon: IconMessage2, action: 'queries.read', group: 'trial' },
  { path: 'results', title: 'Results', icon: IconChartBar, action: 'results.read', group: 'trial' },
  { path: 'exports', title: 'Exports', icon: IconDownload, action: 'exports.take', group: 'data' },
  { path: 'import', title: 'Import', icon: IconUpload, action: 'imports.run', group: 'data' },
  {
    path: 'allocations',
    title: 'Allocations',
    icon: IconArrowsShuffle,
    action: 'allocation.log',
    group: 'oversight',
  },
  {
    path: 'audit',
    title: 'Audit trail',
    short: 'Audit',
    icon: IconHistory,
    action: 'audit.read',
    group: 'oversight',
  },
  { path: 'people', title: 'People', icon: IconUserShield, action: 'people.read', group: 'oversight' },
];

const landings = ['worklist.read', 'results.read', 'participants.read', 'people.read'] as const;

/** Where a person starts: on the worklist if it is theirs to work through, otherwise on the results. */
export function landingOf(actions: readonly string[]): PageLink['path'] {
  const action = landings.find((candidate) => actions.includes(candidate));
  return pages.find((page) => page.action === action)?.path ?? 'results';
}
