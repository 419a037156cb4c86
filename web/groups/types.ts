import type { readGroups } from '../../server/groups/contract.ts';
import type { Reply } from '../api.ts';

export type GroupsView = Reply<typeof readGroups>;
export type Group = GroupsView['groups'][number];
export type Therapist = GroupsView['therapists'][number];
export type Member = Group['members'][number];
export type Waiting = GroupsView['waiting'][number];
export type Plan = GroupsView['plan'][number];

/** What a dialog of the page was opened for. */
export type Asked =
  | { kind: 'therapist' }
  | { kind: 'group'; site?: string; arm?: string }
  | { kind: 'seat'; participant?: string; arm?: string; site?: string }
  | { kind: 'session'; group: string; arm: string }
  | { kind: 'end'; participant: string; place: string };
