import { useLayoutEffect, useRef } from 'react';

/**
 * A picture that the server drew, put into the page as it is: parsed as XML, so that nothing in it can run.
 * It carries its own name (role="img" with the numbers in a sentence).
 */
export function Picture({ svg, description }: { svg: string; description: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    if (root.nodeName !== 'svg') return;
    if (!root.hasAttribute('aria-label')) root.setAttribute('aria-label', description);
    root.setAttribute('role', 'img');
    const width = Number(root.getAttribute('viewBox')?.split(/[\s,]+/)[2] ?? 0);
    place.current?.style.setProperty('--picture-width', `${width}px`);
    place.current?.replaceChildren(document.importNode(root, true));
  }, [svg, description]);
  return <div ref={place} />;
}
