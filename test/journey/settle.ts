import type { BrowserContext, Page, Request } from 'playwright-core';

/** Requests of a context that are still under way, but for streams, which never end. */
const underWay = new WeakMap<BrowserContext, Set<Request>>();

/** Begins to count what the context's pages ask for. */
export function count(context: BrowserContext): Set<Request> {
  const open = new Set<Request>();
  underWay.set(context, open);
  context.on('request', (request) => {
    if (request.resourceType() !== 'eventsource' && !request.url().endsWith('/events/stream'))
      open.add(request);
  });
  context.on('requestfinished', (request) => open.delete(request));
  context.on('requestfailed', (request) => open.delete(request));
  return open;
}

/** Resolves when the page has its heading, asks for nothing more, and has drawn what it got. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  const open = underWay.get(page.context()) ?? count(page.context());
  const patience = performance.now() + 15_000;
  for (let quiet = 0; quiet < 3 && performance.now() < patience; ) {
    await page.evaluate(
      () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 15))),
    );
    const waiting = [...open].some((request) => request.frame().page() === page);
    quiet = waiting ? 0 : quiet + 1;
  }
}
