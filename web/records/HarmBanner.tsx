import { IconAlertOctagon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { readWorklist } from '../../server/visits/contract.ts';
import type { Reply } from '../api.ts';
import { t } from '../language/t.ts';
import { useStudyId } from '../session.ts';
import { Clock } from './Clock.tsx';

/** Serious adverse events that wait for their report, on the worklist; each stays until it was reported. */
export function HarmBanner({ harms }: { harms: Reply<typeof readWorklist>['harms'] }) {
  const study = useStudyId();
  const now = new Date().toISOString();
  return harms.map(({ id, participant, term, clock }) => (
    <div key={id} className="safety" role="status">
      <IconAlertOctagon className="ic" aria-hidden />
      <span className="grow">
        <strong>{t('Serious adverse event.')}</strong>{' '}
        <Link
          className="code"
          to="/s/$study/participants/$participant"
          params={{ study, participant }}
          search={{ tab: 'harms' }}
        >
          {participant}
        </Link>
        , {term} <Clock clock={clock} now={now} />
      </span>
      <Link className="btn sm" to="/s/$study/harms" params={{ study }} search={{ show: 'waiting' }}>
        {t('Report it')}
      </Link>
    </div>
  ));
}
