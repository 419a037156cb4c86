import type { VersionView } from '../../server/studies/contract.ts';

export type SiteState = VersionView['sites'][number];
export type Groups = VersionView['groups'];
