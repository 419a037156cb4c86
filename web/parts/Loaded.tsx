import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Unreachable } from '../api.ts';
import { t } from '../language/t.ts';
import { Late } from './Late.tsx';
import { Refusal } from './Refusal.tsx';

interface Props<T> {
  of: UseQueryResult<T, Error>;
  label: string;
  rows?: number;
  children: (data: T) => ReactNode;
}

/** What was read, or its skeleton, or why it could not be read; older data stay while newer are asked for. */
export function Loaded<T>({ of, label, rows = 8, children }: Props<T>) {
  if (of.data !== undefined) return children(of.data);
  if (of.error instanceof Unreachable) {
    return <p className="mute">{t('This page comes as soon as the server answers.')}</p>;
  }
  if (of.error) return <Refusal cause={of.error} retry={() => void of.refetch()} />;
  return (
    <div className="card">
      <Late label={t('Loading {label}', { label })} rows={rows} />
    </div>
  );
}
