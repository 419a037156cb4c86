import { useState } from 'react';
import type { VersionView } from '../../server/studies/contract.ts';
import { rich } from '../language/rich.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { listed } from '../parts/naming.ts';
import { useMay } from '../session.ts';
import { fullStamp } from '../time.ts';
import { ActivateDialog } from './ActivateDialog.tsx';
import { ApproveDialog } from './ApproveDialog.tsx';
import { AttachDialog } from './AttachDialog.tsx';
import { Changes } from './Changes.tsx';
import css from './protocol.module.css';
import { SiteTable } from './SiteTable.tsx';
import { SourceFold } from './SourceFold.tsx';
import { StudyWide } from './StudyWide.tsx';
import type { SiteState } from './types.ts';

interface Props {
  version: VersionView;
  /** Every other version on record, the newest first. */
  others: readonly number[];
}

/** One protocol version: what it changed, who approved it, and where it is in force. */
export function VersionCard({ version, others }: Props) {
  const may = useMay();
  const [approving, setApproving] = useState<SiteState | null>(null);
  const [attaching, setAttaching] = useState<SiteState | null>(null);
  const [activating, setActivating] = useState<readonly SiteState[] | null>(null);
  const number = version.version;
  const waiting = version.sites.filter((site) => site.state === 'waiting' && !site.closed);
  const approved = waiting.filter((site) => site.approval !== null);
  const atOnce = version.studyWide.length > 0;
  const open = version.sites.some((site) => site.state !== 'superseded');
  const changes = version.groups.reduce((sum, group) => sum + group.changes.length, 0);
  return (
    <section className="card" aria-labelledby={`version-${number}`}>
      <header>
        <div>
          <h2 id={`version-${number}`} className={css.title}>
            {t('Version {number}', { number })} <StateTag version={version} />
          </h2>
          <p>
            {rich('Recorded {recordedAt} by {recordedBy}, fingerprint <mono>{hash}</mono>', {
              recordedAt: fullStamp(version.recordedAt),
              recordedBy: said(version.recordedBy),
              hash: version.hash.slice(0, 12),
              mono: (inner) => (
                <span className="mono" title={version.hash}>
                  {inner}
                </span>
              ),
            })}
          </p>
        </div>
      </header>
      <div className={`body stack ${css.card}`}>
        {others.some((one) => one < number) && (
          <details open={open} className={css.fold}>
            <summary>
              {t('What it changes')}{' '}
              <span className="mute">
                {t('{changes, plural, one {# change} other {# changes}}', { changes })}
              </span>
            </summary>
            <Changes groups={version.groups} />
          </details>
        )}
        {others.some((one) => one < number) && <SourceFold version={number} others={others} />}
        {waiting.length > 0 && <StudyWide changes={version.studyWide} />}
        <SiteTable
          version={version}
          onApprove={setApproving}
          onAttach={setAttaching}
          onActivate={atOnce ? undefined : (site) => setActivating([site])}
        />
        {atOnce && waiting.length > 0 && may('protocol.amend') && (
          <div className="row wrap">
            <button
              type="button"
              className="btn pri"
              disabled={approved.length < waiting.length}
              onClick={() => setActivating(waiting)}
            >
              {t('Activate version {number} at all open sites', { number })}
            </button>
            {approved.length < waiting.length && (
              <span className="small mute">
                {t('Waits for the approval of {listed}.', {
                  listed: listed(waiting.filter((site) => site.approval === null).map(({ name }) => name)),
                })}
              </span>
            )}
          </div>
        )}
      </div>
      {approving && <ApproveDialog version={number} site={approving} onClose={() => setApproving(null)} />}
      {attaching && <AttachDialog version={number} site={attaching} onClose={() => setAttaching(null)} />}
      {activating && (
        <ActivateDialog version={version} sites={activating} onClose={() => setActivating(null)} />
      )}
    </section>
  );
}

function StateTag({ version: { sites } }: { version: VersionView }) {
  const active = sites.filter(({ state }) => state === 'active');
  const open = sites.filter(({ state, closed }) => state === 'waiting' && !closed);
  if (active.length === 0)
    return open.length > 0 ? (
      <span className="tag wrn">{t('Not active yet')}</span>
    ) : (
      <span className="tag">{t('Superseded')}</span>
    );
  return (
    <span className="tag ok">
      {active.length === sites.length
        ? t('Active at every site')
        : t('Active at {listed}', { listed: listed(active.map(({ name }) => name)) })}
    </span>
  );
}
