import { useParams, useSearch } from '@tanstack/react-router';
import css from '../enrol/enrol.module.css';
import { InProgress } from '../enrol/InProgress.tsx';
import { ScreenStep } from '../enrol/ScreenStep.tsx';
import { StepList } from '../enrol/StepList.tsx';
import { Wizard } from '../enrol/Wizard.tsx';
import { t } from '../language/t.ts';
import { Empty } from '../parts/Empty.tsx';
import { Late } from '../parts/Late.tsx';
import { useSites } from '../parts/naming.ts';
import { useMay, useStudyView } from '../session.ts';

/** Enrolment: screen, eligibility, consent, baseline, check, randomise, saved at each step. */
export default function Enrol() {
  const { participant } = useParams({ strict: false });
  const { step } = useSearch({ strict: false });
  const study = useStudyView();
  const sites = useSites(study).filter((site) => !site.closed);
  const may = useMay();
  if (!study) return <Late label={t('Loading the study')} rows={6} />;
  if (participant) return <Wizard id={study.id} code={participant} asked={step} />;
  return (
    <div className={css.layout}>
      <StepList
        person={undefined}
        readiness={undefined}
        current="screen"
        shown="screen"
        onShow={() => undefined}
      />
      {may('participants.screen') && sites.length > 0 ? (
        <ScreenStep study={study.id} versions={study.siteVersions} sites={sites} />
      ) : (
        <section className="card">
          <h1 className="vh">{t('Enrol')}</h1>
          <Empty title={t('Go on with someone who is waiting')}>
            {may('participants.screen')
              ? t(
                  'Your site is closed: nobody is registered there any more. Its participants stay, each on their own page.',
                )
              : t(
                  'A coordinator registers screened people. Eligibility and consent are yours to record too: open a participant from the list.',
                )}
          </Empty>
        </section>
      )}
      <InProgress study={study.id} />
    </div>
  );
}
