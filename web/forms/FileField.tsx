import { FileButton } from '@mantine/core';
import { IconAlertTriangle, IconPaperclip, IconUpload } from '@tabler/icons-react';
import { useContext, useState } from 'react';
import { downloadFile, type FileValue, uploadFile } from '../../server/forms/contract.ts';
import { addressOf, call, newKey, Refused } from '../api.ts';
import { t } from '../language/t.ts';
import { base64Of } from '../parts/base64.ts';
import { useSilence } from '../parts/connection.ts';
import type { FieldProps } from './field.ts';
import { storedIn } from './field.ts';
import { FilesPlace, fileProblem, limitsInWords, sizeInWords } from './files.ts';
import css from './forms.module.css';

/** One file: it goes to the server at once, and becomes the answer with the next save. */
export function FileField({ item, value, away, onAnswer }: FieldProps<'file'>) {
  const place = useContext(FilesPlace);
  const silent = useSilence() !== null;
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState<string | null>(null);
  const stored = storedIn(value);
  const kept = typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? stored : null;
  if (place === null)
    return (
      <p className={css.file}>{t('Files are kept with the first entry and are not entered again. Go on.')}</p>
    );
  const { study, participant, visit, instrument } = place;
  const params = { study, participant, visit, instrument };
  const send = async (file: File | null) => {
    if (!file) return;
    const refusal = fileProblem(item, file);
    setProblem(refusal);
    if (refusal) return;
    setSending(file.name);
    try {
      const { name, type } = file;
      const body = {
        key: newKey(),
        item: item.id,
        name,
        type: type as FileValue['type'],
        content: await base64Of(file),
      };
      onAnswer({ value: await call(uploadFile, { params, body }) }, false);
    } catch (error) {
      setProblem(
        error instanceof Refused
          ? error.message
          : t(
              '{name} was not sent: the server does not answer. {what}; choose it again when the connection is back.',
              { name: file.name, what: kept ? t('The file from before stays') : t('Nothing was kept') },
            ),
      );
    } finally {
      setSending(null);
    }
  };
  return (
    <div className={css.file}>
      {kept && (
        <a href={addressOf(downloadFile, { params: { ...params, file: kept.file } })} download={kept.name}>
          <IconPaperclip className="ic" aria-hidden />
          <span>{kept.name}</span> <span className="mute nowrap">{sizeInWords(kept.size)}</span>
        </a>
      )}
      <FileButton accept={item.types.join(',')} onChange={(file) => void send(file)}>
        {(props) => (
          <button
            {...props}
            type="button"
            className="btn"
            data-entry
            aria-label={`${kept ? t('Replace the file') : t('Choose a file')}: ${item.label}`}
            disabled={sending !== null || silent}
          >
            <IconUpload className="ic" aria-hidden />
            {kept ? t('Replace') : t('Choose a file')}
          </button>
        )}
      </FileButton>
      <p className={css.fileSaid} role="status">
        {sending
          ? t('Sending {sending}…', { sending })
          : silent
            ? t(
                'The server does not answer, and files don’t wait on this device: choose it when the connection is back.',
              )
            : (away ?? limitsInWords(item.types, item.maxMegabytes))}
      </p>
      {problem && (
        <p className={css.fileProblem} role="alert">
          <IconAlertTriangle className="ic" aria-hidden />
          <span>{problem}</span>
        </p>
      )}
    </div>
  );
}
