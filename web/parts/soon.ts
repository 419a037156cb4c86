import { type ComponentType, lazy } from 'react';

/**
 * A component whose code isn't in the first load. It is fetched by itself once the page has come to rest, so that it is
 * there when it is needed, also without a network.
 */
export function soon<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  const fetch = () => void load().catch(() => undefined);
  if ('requestIdleCallback' in window) window.requestIdleCallback(fetch, { timeout: 3000 });
  else setTimeout(fetch, 1000);
  return lazy(load);
}
