import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * Whether the page is on its way to paper. Paper is light: the scheme of the whole page is switched for as long as
 * printing takes, and charts are drawn again in their light theme.
 */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const root = document.documentElement;
    const attribute = 'data-mantine-color-scheme';
    let scheme: string | null = null;
    const before = () => {
      scheme = root.getAttribute(attribute);
      root.setAttribute(attribute, 'light');
      flushSync(() => setPrinting(true));
    };
    const after = () => {
      if (scheme !== null) root.setAttribute(attribute, scheme);
      setPrinting(false);
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return printing;
}
