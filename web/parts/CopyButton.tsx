import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { t } from '../language/t.ts';

/** Copies a text; says so for two seconds. Browsers that give pages no clipboard (plain HTTP) show no button. */
export function CopyButton({ text, what, words }: { text: string; what: string; words?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  if (navigator.clipboard === undefined) return null;
  const Icon = copied ? IconCheck : IconCopy;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  const act = copied ? t('Copied') : (words ?? t('Copy'));
  const label = words ? `${act}: ${what}` : `${act} ${what}`;
  return (
    <button
      type="button"
      className={`btn sm no-print ${words ? '' : 'quiet icon'}`}
      aria-label={label}
      title={words ? undefined : label}
      onClick={() => void copy()}
    >
      <Icon className="ic" aria-hidden />
      {words && act}
    </button>
  );
}
