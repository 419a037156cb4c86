import { IconChartDots, IconEyeOff, IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { readDesign } from '../../server/randomisation/contract.ts';
import css from '../allocation/allocation.module.css';
import { CloseCard } from '../allocation/CloseCard.tsx';
import { EnvelopeSheet } from '../allocation/EnvelopeSheet.tsx';
import { EnvelopesCard } from '../allocation/EnvelopesCard.tsx';
import { ListUse } from '../allocation/ListUse.tsx';
import { LogCard } from '../allocation/LogCard.tsx';
import { Procedure } from '../allocation/Procedure.tsx';
import { ReportText } from '../allocation/ReportText.tsx';
import type { EnvelopeList } from '../allocation/types.ts';
import { Verify } from '../allocation/Verify.tsx';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { useMay, useSessionStudy, useStudyId } from '../session.ts';

/** How allocation works here, what was committed to, the text for the report, and the log that proves it. */
export default function Randomisation() {
  const study = useStudyId();
  const may = useMay();
  const blinded = useSessionStudy()?.blinded ?? true;
  const design = useEndpoint(readDesign, { params: { study } });
  const [sheet, setSheet] = useState<EnvelopeList | null>(null);
  if (sheet) return <EnvelopeSheet list={sheet} onClose={() => setSheet(null)} />;
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Randomisation')}</h1>
          <p>
            {design.data
              ? t('{participants, plural, one {# participant} other {# participants}} randomised', {
                  participants: design.data.allocations,
                })
              : t('The procedure, its log and its proof')}
          </p>
        </div>
        <div className="acts">
          {blinded && (
            <span className="tag wrn">
              <IconEyeOff className="ic" aria-hidden />
              {t('Arms hidden')}
            </span>
          )}
          {design.data?.revealedAt && (
            <span className="tag line">
              <IconLock className="ic" aria-hidden />
              {t('Randomisation closed')}
            </span>
          )}
          <Link className="btn" to="/s/$study/simulator" params={{ study }}>
            <IconChartDots className="ic" aria-hidden />
            {t('Simulate the design')}
          </Link>
        </div>
      </div>
      <Loaded of={design} label={t('the procedure')} rows={14}>
        {(read) => (
          <div className={css.layout}>
            <div className={css.main}>
              <Procedure design={read} />
              <ReportText consort={read.consort} />
              {may('allocation.log') && <LogCard />}
            </div>
            <div className={css.side}>
              <Verify design={read} />
              {read.listUse && <ListUse use={read.listUse} />}
              {may('allocation.emergency-list') && !blinded && !read.revealedAt && (
                <EnvelopesCard onTaken={setSheet} />
              )}
              {may('allocation.close') && !read.revealedAt && <CloseCard />}
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}
