import type { Page } from 'playwright-core';
import { expect } from 'vitest';

interface Stop {
  /** As a screen reader would call it, near enough. */
  name: string;
  role: string;
  /** What is wrong with it as a place for the focus. */
  fault: string | null;
}

/** Where the focus is, and whether it can be seen there. */
export function focused(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body)
      return { name: '', role: 'body', fault: 'the focus is nowhere' };
    const labels = [...((element as HTMLInputElement).labels ?? [])].map((one) => one.textContent ?? '');
    const labelled = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ');
    const name =
      element.getAttribute('aria-label') || labelled.trim() || labels.join(' ') || element.innerText || '';
    const box = element.getBoundingClientRect();
    const outside = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
    /** A ring on the element, on the label that is seen in its place, or on what it is drawn inside. */
    const ringed = [
      element,
      ...((element as HTMLInputElement).labels ?? []),
      element.parentElement,
      element.nextElementSibling,
    ].some((one) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1.5) || boxShadow !== 'none';
    });
    const place = element.matches('main, h1, h2, [role=dialog], section');
    return {
      name: name.trim().replaceAll(/\s+/g, ' '),
      role: element.getAttribute('role') ?? element.tagName.toLowerCase(),
      fault: outside
        ? 'it is outside of what is seen'
        : element.tabIndex > 0
          ? 'it jumps the queue'
          : !ringed && !place
            ? 'no ring shows it'
            : null,
    };
  });
}

/**
 * Presses Tab until the focus is at what is called so. Each stop on the way has to show that it has the focus, and to
 * follow the one before it in the document, which is the order of reading.
 *
 * @param key Shift+Tab goes back
 */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 80; presses += 1) {
    await page.evaluate(() => {
      (window as { before?: Element | null }).before = document.activeElement;
    });
    await page.keyboard.press(key);
    const stop = await focused(page);
    expect(stop.fault, `${stop.role} “${stop.name}”`).toBeNull();
    const ordered = await page.evaluate((key) => {
      const { before } = window as { before?: Element | null };
      const now = document.activeElement;
      if (!before || !now || before === document.body || !before.isConnected) return true;
      const wanted = key === 'Tab' ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
      return (before.compareDocumentPosition(now) & wanted) !== 0;
    }, key);
    passed.push(stop.name);
    expect(ordered, `focus goes back: ${passed.slice(-2).join(' → ')}`).toBe(true);
    if (name.test(stop.name)) return;
  }
  throw new Error(`Tab never came to ${name}, but to: ${passed.join(' | ')}`);
}
