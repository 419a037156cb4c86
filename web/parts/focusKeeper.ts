import { useEffect } from 'react';

/** So long a page has to put the focus somewhere itself, in milliseconds. */
const PATIENCE = 80;
/** So long a button that was pressed may be out of use before the focus goes elsewhere. */
const WORKING = 2_000;

const places = 'dialog, [role=dialog], [role=tabpanel], form, section, article, aside, main';

/** What lies over the page, and goes with all that is in it. */
const overlays = 'dialog, [role=dialog], [role=menu], [role=listbox]';

/** What last had the focus on the page, or in one overlay. */
interface Held {
  element: HTMLElement;
  around: HTMLElement[];
  overlay: Element | null;
}

/**
 * What has the focus can go away with what was done: a row that is finished, a button that is out of use while the
 * server works, a dialog that is closed. The browser would begin at the top of the document again. Here the focus goes
 * back to the button once it can be pressed, from a dialog to what opened it, or to the heading of the smallest part of
 * the page that is left about it.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    // The page first, then each overlay that was opened from the one before.
    let held: Held[] = [];
    let lostAt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isLost = () => document.activeElement === document.body && document.hasFocus();
    const isGone = (element: HTMLElement) => !element.isConnected || element.matches(':disabled');
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      const overlay = target.closest(overlays);
      const below = held.findIndex((one) => one.overlay === overlay);
      held = [
        ...(below < 0 ? held : held.slice(0, below)),
        { element: target, around: ancestors(target), overlay },
      ];
      lostAt = 0;
    };
    // Whoever presses beside everything wants no focus.
    const onBlur = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null) return;
      setTimeout(() => {
        const last = held.at(-1);
        if (last && !isGone(last.element) && isLost()) held = [];
      });
    };
    const look = () => {
      if (!isLost()) return;
      held = held.filter(({ overlay }) => overlay === null || overlay.isConnected);
      const last = held.at(-1);
      if (last === undefined) return;
      const { element, around } = last;
      if (!isGone(element)) {
        element.focus({ preventScroll: true });
        return;
      }
      lostAt ||= performance.now();
      const left = element.isConnected ? lostAt + WORKING - performance.now() : 0;
      if (left > 0) timer = setTimeout(look, left);
      else focusHeading(around.find((one) => one.isConnected && one.matches(places)));
    };
    const watcher = new MutationObserver(() => {
      if (held.length === 0 || !isLost()) return;
      clearTimeout(timer);
      timer = setTimeout(look, PATIENCE);
    });
    watcher.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['disabled'],
    });
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', onBlur);
    return () => {
      clearTimeout(timer);
      watcher.disconnect();
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', onBlur);
    };
  }, []);
}

function ancestors(element: HTMLElement): HTMLElement[] {
  const { parentElement } = element;
  return parentElement ? [parentElement, ...ancestors(parentElement)] : [];
}

function focusHeading(place: HTMLElement | undefined): void {
  const heading = place?.querySelector<HTMLElement>('h1, h2, h3') ?? place;
  if (!heading) return;
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
