/** Builds whatever in dist/ is older than its sources. */
export function buildIfStale(): Promise<void>;
