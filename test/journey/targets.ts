import type { Page } from 'playwright-core';

/**
 * Targets of the pointer that are too small: less than 24 by 24 CSS pixels, with a circle of 24 about their middle that
 * touches another target, or the circle of another small one. Links in the midst of a sentence are as large as its text.
 *
 * @param within a selector of the part of the page to look at
 *
 * Source: WCAG 2.2, success criterion 2.5.8 (level AA), with its exceptions “spacing” and “inline”.
 */
export function smallTargets(page: Page, within = 'body'): Promise<string[]> {
  return page.evaluate((within) => {
    const LEAST = 24;
    const selector =
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=option], [role=menuitem], [role=checkbox], [role=switch], [role=slider]';
    const inSentence = (element: Element): boolean =>
      element.tagName === 'A' &&
      getComputedStyle(element).display === 'inline' &&
      [...(element.parentElement?.childNodes ?? [])].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim().length > 1,
      );
    const isThere = (element: Element): boolean => {
      if (element.matches(':disabled') || element.closest('[inert], [aria-hidden=true]')) return false;
      if (!element.checkVisibility({ visibilityProperty: true })) return false;
      const { width, height, right, bottom } = element.getBoundingClientRect();
      return width > 1 && height > 1 && right > 0 && bottom > 0;
    };
    /** What can be pressed: a field with its label, where the label stands around it or is what is seen. */
    const boxOf = (element: Element): DOMRect => {
      const own = element.getBoundingClientRect();
      const boxes = [...((element as HTMLInputElement).labels ?? [])].map((one) =>
        one.getBoundingClientRect(),
      );
      const choice = element.matches('[type=checkbox], [type=radio]');
      return (choice && boxes.sort((a, b) => b.width * b.height - a.width * a.height)[0]) || own;
    };
    /** What stays in its place while the page is scrolled beneath it has other neighbours at each moment. */
    const layerOf = (element: Element | null): Element | null =>
      element === null || ['fixed', 'sticky'].includes(getComputedStyle(element).position)
        ? element
        : layerOf(element.parentElement);
    const targets = [...document.querySelectorAll(within)]
      .flatMap((part) => [...part.querySelectorAll(selector)])
      .filter((element) => isThere(element) && !inSentence(element))
      .map((element) => {
        const box = boxOf(element);
        const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
        return {
          element,
          layer: layerOf(element),
          box,
          middle,
          small: Math.min(box.width, box.height) < LEAST - 0.5,
        };
      });
    const apart = (from: { x: number; y: number }, { left, right, top, bottom }: DOMRect): number =>
      Math.hypot(Math.max(left - from.x, 0, from.x - right), Math.max(top - from.y, 0, from.y - bottom));
    return targets.flatMap((one) => {
      if (!one.small) return [];
      const crowded = targets.find(
        (other) =>
          other !== one &&
          other.layer === one.layer &&
          !other.element.contains(one.element) &&
          !one.element.contains(other.element) &&
          (apart(one.middle, other.box) < LEAST / 2 ||
            (other.small &&
              Math.hypot(one.middle.x - other.middle.x, one.middle.y - other.middle.y) < LEAST)),
      );
      if (!crowded) return [];
      const said = (element: Element) =>
        `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`;
      const { width, height } = one.box;
      return [
        `${said(one.element)} is ${width.toFixed(0)} × ${height.toFixed(0)} px, close to ${said(crowded.element)}`,
      ];
    });
  }, within);
}
