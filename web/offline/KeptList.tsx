import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { t } from '../language/t.ts';
import { instrumentShort, visitLabel } from '../parts/naming.ts';
import { reportSaved } from '../parts/saved.ts';
import { useStudyId, useStudyView } from '../session.ts';
import { localDay, recent } from '../time.ts';
import { type KeptWork, placeName, waitsFor } from './kept.ts';
import { useKeptWork, useOutbox } from './OutboxProvider.tsx';
import css from './offline.module.css';
import { changedFields, waitingLine } from './words.ts';

/** The forms that are on this device only: whose, since when, what they wait for, and what can be done. */
export function KeptList({ onOpen }: { onOpen?: () => void }) {
  const kept = useKeptWork();
  return (
    <ul className={css.list} aria-label={t('Forms on this device only')}>
      {kept.map((one) => (
        <Row key={placeName(one)} kept={one} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function Row({ kept, onOpen }: { kept: KeptWork; onOpen?: () => void }) {
  const { outbox, sender } = useOutbox();
  const study = useStudyId();
  const view = useStudyView();
  const [asking, setAsking] = useState(false);
  const [sending, setSending] = useState(false);
  const own = kept.study === study ? view : undefined;
  const changed = changedFields(kept);
  const fields = t('{fields, plural, one {# field} other {# fields}}', { fields: changed });
  const waits = waitsFor(kept);
  const send = async () => {
    setSending(true);
    await sender.retry(kept);
    setSending(false);
  };
  return (
    <li className={css.row} data-stuck={waits === 'choice' || waits === 'look' || undefined}>
      <div className="grow">
        <p>
          <strong className="code">{kept.participant}</strong> {visitLabel(own, kept.visit)},{' '}
          {instrumentShort(own, kept.instrument)}
          {kept.entry === 'second' && `, ${t('second entry')}`}
          {kept.study !== study && ` (${kept.study})`}
        </p>
        <p className="small ink2">
          {t('{fields} typed since {since}. {waitingLine}', {
            fields,
            since: recent(kept.since, localDay(new Date().toISOString())),
            waitingLine: waitingLine(kept),
          })}
        </p>
        {kept.trouble?.kind === 'refused' && kept.trouble.issues.length > 0 && (
          <ul className={`small ink2 ${css.issues}`}>
            {kept.trouble.issues.map((issue) => (
              <li key={issue}>{issue}</li>
            ))}
          </ul>
        )}
        {asking && (
          <div className={css.ask} role="alert">
            <p>
              {t(
                '{fields, plural, one {# field of {participant} is} other {# fields of {participant} are}} nowhere else. Discarding can’t be taken back.',
                { fields: changed, participant: kept.participant },
              )}
            </p>
            <button
              type="button"
              className="btn sm dng"
              onClick={() => {
                outbox.remove(kept, outbox.read(kept)?.stamp ?? kept.stamp);
                reportSaved('saved');
              }}
            >
              {t('Discard {fields}', { fields })}
            </button>
            <button type="button" className="btn sm" onClick={() => setAsking(false)}>
              {t('Keep')}
            </button>
          </div>
        )}
      </div>
      {!asking && (
        <div className={css.acts}>
          <Link
            className="btn sm"
            to={
              kept.entry === 'second'
                ? '/s/$study/double-entry/$participant/$visit/$instrument/second'
                : '/s/$study/participants/$participant/$visit/$instrument'
            }
            params={{
              study: kept.study,
              participant: kept.participant,
              visit: kept.visit,
              instrument: kept.instrument,
            }}
            onClick={onOpen}
          >
            {t('Open')}
          </Link>
          {(waits === 'server' || waits === 'look') && (
            <button type="button" className="btn sm" disabled={sending} onClick={() => void send()}>
              {sending ? t('Sending') : t('Send now')}
            </button>
          )}
          <button type="button" className="btn quiet sm" onClick={() => setAsking(true)}>
            {t('Discard')}
          </button>
        </div>
      )}
    </li>
  );
}
