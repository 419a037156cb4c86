import { IconDownload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type BoardFileName,
  closedFile,
  openFile,
  type readBoard,
  readBoardLog,
} from '../../server/board/contract.ts';
import { keyOf, type Reply } from '../api.ts';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { keepFile } from '../print/keepFile.ts';
import { useStudyId } from '../session.ts';
import css from './board.module.css';

const labels: Record<BoardFileName, string> = {
  'report.pdf': t('PDF'),
  'report.html': t('HTML to print'),
  'snapshot.json': t('Snapshot to verify'),
};

/** What the server prints, and whether the reader may have all counts. */
export type Can = Pick<Reply<typeof readBoard>, 'pdf' | 'whole'>;

/** Downloads of a report; each is on the access log, and its watermark names whoever took it. */
export function TakeFiles({ part, number, can }: { part: 'open' | 'closed'; number: number; can: Can }) {
  const study = useStudyId();
  const client = useQueryClient();
  const [busy, setBusy] = useState<BoardFileName | null>(null);
  const [cause, setCause] = useState<unknown>(null);
  const take = async (file: BoardFileName) => {
    setBusy(file);
    setCause(null);
    try {
      await keepFile(part === 'open' ? openFile : closedFile, { params: { study, number, file } }, file);
      await client.invalidateQueries({ queryKey: keyOf(readBoardLog) });
    } catch (reason) {
      setCause(reason);
    } finally {
      setBusy(null);
    }
  };
  const files = (Object.keys(labels) as BoardFileName[]).filter((file) =>
    file === 'report.pdf' ? can.pdf : file === 'snapshot.json' ? can.whole : true,
  );
  return (
    <div className={css.take}>
      <div className={css.buttons}>
        {files.map((file) => (
          <button
            key={file}
            type="button"
            className="btn sm"
            disabled={busy !== null}
            onClick={() => void take(file)}
          >
            <IconDownload className="ic" aria-hidden />
            {busy === file ? t('Preparing') : labels[file]}
          </button>
        ))}
      </div>
      {!can.pdf && (
        <p className="small mute">
          {t('This server has no Chromium for PDF; the HTML prints from your browser.')}
        </p>
      )}
      <Refusal cause={cause} />
    </div>
  );
}
