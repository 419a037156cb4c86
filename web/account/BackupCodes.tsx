import { IconDownload } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { CopyButton } from '../parts/CopyButton.tsx';

/** Ten codes for when the device is away; they are never shown again. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const text = `${codes.join('\n')}\n`;
  return (
    <>
      <p>
        {t(
          'Keep these ten codes where you find them without your device: on paper, or in a password manager. Each works once.',
        )}{' '}
        <strong>{t('They are not shown again.')}</strong>
      </p>
      <ol className="backup-codes">
        {codes.map((code) => (
          <li key={code} className="mono">
            {code}
          </li>
        ))}
      </ol>
      <div className="row">
        <CopyButton text={text} what={t('the backup codes')} words={t('Copy')} />
        <a
          className="btn sm"
          download="equipoise-backup-codes.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
        >
          <IconDownload className="ic" aria-hidden />
          {t('Save as a file')}
        </a>
      </div>
    </>
  );
}
