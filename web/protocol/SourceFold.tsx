import { useState } from 'react';
import { readSource } from '../../server/studies/approvals/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { FilterSelect } from '../parts/FilterSelect.tsx';
import { Late } from '../parts/Late.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { useStudyId } from '../session.ts';
import css from './protocol.module.css';
import { RawDifference } from './RawDifference.tsx';

interface Props {
  version: number;
  /** Every other version on record, the newest first. */
  others: readonly number[];
}

/** The version as YAML beside another one, line by line; read only once somebody opens it. */
export function SourceFold({ version, others }: Props) {
  const [open, setOpen] = useState(false);
  const [other, setOther] = useState(() => others.find((one) => one < version) ?? others[0]!);
  return (
    <details className={css.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('The document as YAML, line by line')}</summary>
      {open && (
        <div className="stack">
          {others.length > 1 && (
            <div className="row">
              <FilterSelect
                label={t('Compared with version')}
                value={String(other)}
                options={others.map((one) => ({ id: String(one), label: String(one) }))}
                onChange={(next) => setOther(Number(next))}
              />
            </div>
          )}
          <Compared version={version} other={other} />
        </div>
      )}
    </details>
  );
}

function Compared({ version, other }: { version: number; other: number }) {
  const study = useStudyId();
  const [from, to] = [Math.min(version, other), Math.max(version, other)];
  const before = useEndpoint(readSource, { params: { study, number: String(from) } });
  const after = useEndpoint(readSource, { params: { study, number: String(to) } });
  const failed = before.error ? before : after.error ? after : null;
  if (failed) return <Refusal cause={failed.error} retry={() => void failed.refetch()} />;
  if (!before.data || !after.data) return <Late label={t('Loading both versions')} rows={6} />;
  return (
    <RawDifference
      label={t('Version {from} and version {to}, line by line', { from, to })}
      before={before.data.text}
      after={after.data.text}
    />
  );
}
