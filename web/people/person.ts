import type { listPeople } from '../../server/accounts/contract.ts';
import type { Reply } from '../api.ts';

export type Person = Reply<typeof listPeople>['people'][number];
export type Membership = Person['memberships'][number];
