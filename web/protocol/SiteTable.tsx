import { IconPaperclip, IconUpload } from '@tabler/icons-react';
import { allows } from '../../server/access/table.ts';
import { downloadApproval } from '../../server/studies/approvals/contract.ts';
import type { VersionView } from '../../server/studies/contract.ts';
import { addressOf } from '../api.ts';
import { sizeInWords } from '../forms/files.ts';
import { t } from '../language/t.ts';
import { useMay, useSession, useStudyId } from '../session.ts';
import { fullDay, fullStamp, localDay } from '../time.ts';
import css from './protocol.module.css';
import type { SiteState } from './types.ts';

interface Props {
  version: VersionView;
  onApprove: (site: SiteState) => void;
  onAttach: (site: SiteState) => void;
  /** Absent where the version comes into force at all sites in one step. */
  onActivate?: (site: SiteState) => void;
}

/** Where a version stands at each site: the ethics approval, and since when it is in force. */
export function SiteTable({ version, onApprove, onAttach, onActivate }: Props) {
  const may = useMay();
  const mine = useApprovalSites();
  const acts =
    !version.everywhere &&
    version.sites.some(({ state }) => state === 'waiting') &&
    (may('protocol.approve') || may('protocol.amend'));
  return (
    <section
      className="scroll-x"
      aria-label={t('Version {version} by site', { version: version.version })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the page is scrolled by keys
      tabIndex={0}
    >
      <table className="table stacks">
        <caption className="vh">{t('Version {version} by site', { version: version.version })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Site')}</th>
            <th scope="col">{t('Ethics approval')}</th>
            <th scope="col">{t('In force')}</th>
            {acts && (
              <th scope="col">
                <span className="vh">{t('Acts')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {version.sites.map((site) => (
            <tr key={site.site}>
              <th scope="row" className="nowrap">
                {site.name}
              </th>
              <td data-label={t('Ethics approval')}>
                <Approval
                  site={site}
                  version={version}
                  onAttach={mine(site.site) ? () => onAttach(site) : undefined}
                />
              </td>
              <td className="nowrap" data-label={t('In force')}>
                <InForce site={site} />
              </td>
              {acts && (
                <td className="num">
                  {site.state === 'waiting' && !site.closed && site.approval === null && mine(site.site) && (
                    <button
                      type="button"
                      className="btn sm"
                      aria-label={t('Record approval of {name}', { name: site.name })}
                      onClick={() => onApprove(site)}
                    >
                      {t('Record approval')}
                    </button>
                  )}
                  {site.state === 'waiting' && site.approval && may('protocol.amend') && onActivate && (
                    <button
                      type="button"
                      className="btn sm pri"
                      aria-label={t('Activate at {name}', { name: site.name })}
                      onClick={() => onActivate(site)}
                    >
                      {t('Activate')}
                    </button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Approval({
  site: { site, name, approval },
  version: { version, everywhere },
  onAttach,
}: {
  site: SiteState;
  version: VersionView;
  onAttach?: () => void;
}) {
  const study = useStudyId();
  if (approval === null)
    return (
      <span className="mute">
        {everywhere ? t('From before approvals were kept here') : t('Not recorded')}
      </span>
    );
  return (
    <>
      {approval.reference}
      <div className="small mute">
        {t('{committee}, decided {decidedOn}; recorded by {recordedBy}, {recordedAt}', {
          committee: approval.committee,
          decidedOn: fullDay(approval.decidedOn),
          recordedBy: approval.recordedBy,
          recordedAt: fullDay(localDay(approval.recordedAt)),
        })}
      </div>
      {approval.documents.map((one) => (
        <a
          key={one.id}
          className={css.paper}
          href={addressOf(downloadApproval, {
            params: { study, number: String(version), site, document: one.id },
          })}
          download={one.name}
          title={t('Kept {uploadedAt} by {uploadedBy}; SHA-256 {sha256}', {
            uploadedAt: fullStamp(one.uploadedAt),
            uploadedBy: one.uploadedBy,
            sha256: one.sha256,
          })}
        >
          <IconPaperclip className="ic" aria-hidden />
          <span>{one.name}</span> <span className="mute nowrap">{sizeInWords(one.size)}</span>
        </a>
      ))}
      {onAttach && (
        <button
          type="button"
          className="btn quiet sm"
          aria-label={
            approval.documents.length === 0
              ? t('Attach the letter of {name}', { name })
              : t('Attach another letter of {name}', { name })
          }
          onClick={onAttach}
        >
          <IconUpload className="ic" aria-hidden />
          {approval.documents.length === 0 ? t('Attach the letter') : t('Attach another')}
        </button>
      )}
    </>
  );
}

function InForce({ site }: { site: SiteState }) {
  if (site.state === 'active')
    return (
      <>
        <span className="tag ok">{t('Active')}</span>
        {site.activatedAt && (
          <div className="small mute">
            {t('since {activatedAt}', { activatedAt: fullStamp(site.activatedAt) })}
          </div>
        )}
      </>
    );
  if (site.state === 'superseded')
    return (
      <span className="mute">{site.activatedAt ? t('Until a newer one') : t('Skipped for a newer one')}</span>
    );
  return <span className="mute">{site.closed ? t('Site is closed') : t('Not yet')}</span>;
}

/** The sites for which the person may record an approval: those of the roles that may. */
function useApprovalSites(): (site: string) => boolean {
  const study = useStudyId();
  const may = useMay();
  const { memberships } = useSession();
  if (!may('protocol.approve')) return () => false;
  const mine = memberships.filter((one) => one.study === study && allows('protocol.approve', [one.role]));
  return (site) => mine.some((one) => one.site === null || one.site === site);
}
