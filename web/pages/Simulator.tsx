import { IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Design } from '../../randomisation/design.ts';
import { readDesign } from '../../server/randomisation/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { useEndpoint } from '../api.ts';
import { inPercent } from '../language/number.ts';
import { t } from '../language/t.ts';
import { Empty } from '../parts/Empty.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { listed } from '../parts/naming.ts';
import { useStudyId, useStudyView } from '../session.ts';
import { Charts } from '../simulator/Charts.tsx';
import { candidatesFor } from '../simulator/candidates.ts';
import { NumbersCard } from '../simulator/NumbersCard.tsx';
import { SettingsCard } from '../simulator/SettingsCard.tsx';
import { optionsOf } from '../simulator/settings.ts';
import css from '../simulator/simulator.module.css';
import { useSimulation } from '../simulator/useSimulation.ts';
import { WarningsCard } from '../simulator/WarningsCard.tsx';

/** What to expect of the study's allocation design, beside others; played through in this browser. */
export default function Simulator() {
  const study = useStudyId();
  const view = useStudyView();
  const design = useEndpoint(readDesign, { params: { study } });
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Simulator')}</h1>
          <p>{t('What to expect of the allocation design. It runs in this browser and keeps nothing.')}</p>
        </div>
      </div>
      <Loaded of={design} label={t('the design')} rows={10}>
        {({ simulation }) => {
          if (simulation === null)
            return (
              <div className="card">
                <Empty
                  title={t('A list holds no chance to simulate')}
                  acts={
                    <Link className="btn" to="/s/$study/randomisation" params={{ study }}>
                      {t('See how the list is used')}
                    </Link>
                  }
                >
                  {t('This study allocates from a list that was made elsewhere.')}
                </Empty>
              </div>
            );
          return view && <Page design={simulation as Design} document={view.document} />;
        }}
      </Loaded>
    </>
  );
}

function Page({ design, document }: { design: Design; document: StudyDocument }) {
  const { run, cancel, progress, outcomes, cancelled, failed } = useSimulation();
  const factors = listed(
    document.allocation.strata.filter(({ by }) => by !== 'site').map(({ label }) => label.toLowerCase()),
  );
  return (
    <div className={css.layout}>
      <SettingsCard
        document={document}
        candidates={candidatesFor(design)}
        running={progress !== null}
        onRun={(settings, candidates) => run({ candidates, options: optionsOf(settings, document) })}
        onCancel={cancel}
      />
      <div className={css.results}>
        {progress && (
          <div className={`card ${css.progress}`}>
            <p>
              {progress.label}
              <span className="mute"> {inPercent(Math.floor(100 * progress.share))}</span>
            </p>
            <progress value={progress.share} max={1} aria-label={t('Simulated so far')} />
          </div>
        )}
        <p className="vh" role="status">
          {progress ? t('Simulating') : outcomes.length > 0 ? t('The simulation is done.') : ''}
        </p>
        {failed && <p className="note dng">{failed}</p>}
        {cancelled && (
          <p className="note">
            <IconInfoCircle className="ic" aria-hidden />
            <span>
              {t('Cancelled.')}{' '}
              {outcomes.length > 0
                ? t('The designs that were done are shown.')
                : t('No design was done yet.')}
            </span>
          </p>
        )}
        {outcomes.length > 0 && (
          <>
            <WarningsCard outcomes={outcomes} />
            <Charts outcomes={outcomes} factors={factors} />
            <NumbersCard outcomes={outcomes} factors={factors} />
          </>
        )}
        {outcomes.length === 0 && !progress && !cancelled && !failed && (
          <div className="card">
            <Empty title={t('How even, and how guessable?')}>
              {t(
                'Each design is played through many times: how far the arms end up apart, in all and at the worst site, and how often staff could guess the next arm.',
              )}
            </Empty>
          </div>
        )}
      </div>
    </div>
  );
}
