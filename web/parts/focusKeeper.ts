import { useEffect } from 'react';

/** So long a page has to put the focus somewhere itself, in milliseconds. */
const PATIENCE = 80;
/** So long a button that was pressed may be out of use before the focus goes elsewhere. */
const WORKING = 2_000;

const places = 'dialog, [role=dialog], [role=tabpanel], form, section, article, aside, main';

/**
 * What has the focus can go away with what was done: a row that is finished, a button that is out of use while the
 * server works. The browser would begin at the top of the document again. Here the focus goes back to the button once
 * it can be pressed, or to the heading of the smallest part of the page that is left about it.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    let last: HTMLElement | null = null;
    let around: HTMLElement[] = [];
    let lostAt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isLost = () => document.activeElement === document.body && document.hasFocus();
    const isGone = (element: HTMLElement) => !element.isConnected || element.matches(':disabled');
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      last = target;
      around = ancestors(target);
      lostAt = 0;
    };
    // Whoever presses beside everything wants no focus.
    const onBlur = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget === null) setTimeout(() => last && !isGone(last) && isLost() && forget());
    };
    const forget = () => {
      last = null;
    };
    const look = () => {
      if (last === null || !isLost()) return;
      if (!isGone(last)) {
        last.focus({ preventScroll: true });
        return;
      }
      lostAt ||= performance.now();
      const left = last.isConnected ? lostAt + WORKING - performance.now() : 0;
      if (left > 0) timer = setTimeout(look, left);
      else focusHeading(around.find((one) => one.isConnected && one.matches(places)));
    };
    const watcher = new MutationObserver(() => {
      if (last === null || !isLost()) return;
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
