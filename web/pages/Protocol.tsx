import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { listVersions, type VersionView } from '../../server/studies/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { useFilters } from '../parts/filters.ts';
import { Late } from '../parts/Late.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { listed } from '../parts/naming.ts';
import { VersionCard } from '../protocol/VersionCard.tsx';
import { useMay, useStudyId } from '../session.ts';

const Amend = lazy(() => import('../protocol/Amend.tsx').then(({ Amend: page }) => ({ default: page })));

/** The protocol's versions: what each changed, which site approved it, and where it is in force. */
export default function Protocol() {
  const study = useStudyId();
  const may = useMay();
  const [{ amend }, setFilter] = useFilters();
  const list = useEndpoint(listVersions, { params: { study } });
  const amending = amend === 'yes' && may('protocol.amend');
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Protocol')}</h1>
          <p>{list.data ? inForce(list.data.versions) : t('Versions, and where each is in force')}</p>
        </div>
        {may('protocol.amend') && !amending && (
          <div className="acts">
            <button type="button" className="btn pri" onClick={() => setFilter({ amend: 'yes' })}>
              <IconPlus className="ic" aria-hidden />
              {t('Record an amendment')}
            </button>
          </div>
        )}
      </div>
      <Loaded of={list} label={t('protocol versions')} rows={6}>
        {({ versions }) => (
          <div className="stack">
            {amending && (
              <Suspense fallback={<Late label={t('Loading the form')} rows={4} />}>
                <Amend highest={versions[0]!.version} onClose={() => setFilter({ amend: undefined })} />
              </Suspense>
            )}
            {versions.map((version) => (
              <VersionCard
                key={version.version}
                version={version}
                others={versions.map((one) => one.version).filter((one) => one !== version.version)}
              />
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

/** "Version 2 at Lohja, version 1 at Vihti". */
function inForce(versions: readonly VersionView[]): string {
  const active = versions.flatMap(({ version, sites }) => {
    const here = sites.filter(({ state }) => state === 'active');
    if (here.length === 0) return [];
    return here.length === sites.length
      ? t('Version {version} is in force at every site', { version })
      : t('Version {version} at {listed}', { version, listed: listed(here.map(({ name }) => name)) });
  });
  return active.join('; ') || t('No version is in force yet');
}
