import { Link } from '@tanstack/react-router';
import type { WorklistRow } from '../../../server/visits/contract.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useMay, useStudyId } from '../../session.ts';
import { nextStepOf } from './standing.ts';

export interface Asked {
  kind: 'contact' | 'book';
  row: WorklistRow;
}

const words = {
  continue: t('Continue'),
  contact: t('Log contact'),
  enter: t('Enter'),
  book: t('Book'),
  open: t('Open'),
};

/** The next step of a row: a link into the form, or a dialog. */
export function Act({ row, ask }: { row: WorklistRow; ask: (asked: Asked) => void }) {
  const study = useStudyId();
  const step = nextStepOf(row, useMay());
  const label = `${words[step]} ${row.participant} ${said(row.visit.label)}`;
  if (step === 'contact' || step === 'book') {
    return (
      <button type="button" className="btn sm" aria-label={label} onClick={() => ask({ kind: step, row })}>
        {words[step]}
      </button>
    );
  }
  const instrument = row.started ?? row.next;
  const params = { study, participant: row.participant };
  if (step === 'open' || instrument === null) {
    return (
      <Link className="btn sm" aria-label={label} to="/s/$study/participants/$participant" params={params}>
        {words.open}
      </Link>
    );
  }
  return (
    <Link
      className="btn sm"
      aria-label={label}
      to="/s/$study/participants/$participant/$visit/$instrument"
      params={{ ...params, visit: row.visit.visit, instrument }}
    >
      {words[step]}
    </Link>
  );
}
