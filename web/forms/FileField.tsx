import { FileInput } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { downloadFile, type FileValue, uploadFile } from '../../server/forms/contract.ts';
import { addressOf, call, newKey, Refused } from '../api.ts';
import type { FieldProps } from './field.ts';
import { storedIn } from './field.ts';
import css from './forms.module.css';

/** One file: it goes to the server at once, and becomes the answer with the next save. */
export function FileField({ item, value, away, onAnswer, onClear }: FieldProps<'file'>) {
  const { study, participant, visit, instrument } = useParams({ strict: false });
  const params = { study: study!, participant: participant!, visit: visit!, instrument: instrument! };
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const stored = storedIn(value);
  const kept = typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? stored : null;
  const send = async (file: File | null) => {
    if (!file) return onClear();
    setBusy(true);
    setProblem(null);
    try {
      const body = {
        key: newKey(),
        item: item.id,
        name: file.name,
        type: file.type as FileValue['type'],
        content: await base64Of(file),
      };
      onAnswer({ value: await call(uploadFile, { params, body }) }, false);
    } catch (error) {
      setProblem(
        error instanceof Refused ? error.message : 'The file could not be sent. Nothing was kept; try again.',
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.field}>
      <FileInput
        aria-label={item.label}
        data-entry
        accept={item.types.join(',')}
        placeholder={away ?? kept?.name ?? 'Choose a file'}
        disabled={busy}
        error={problem ?? undefined}
        onChange={(file) => void send(file)}
      />
      <span className={css.unit}>
        {busy && 'Sending…'}
        {!busy && kept && (
          <a href={addressOf(downloadFile, { params: { ...params, file: kept.file } })}>
            {kept.name}, {Math.max(1, Math.round(kept.size / 1000))} kB
          </a>
        )}
        {!busy && !kept && `At most ${item.maxMegabytes} MB`}
      </span>
    </div>
  );
}

const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('The file could not be read.'));
    reader.readAsDataURL(file);
  });
