import { IconCloudX, IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { t } from '../language/t.ts';
import { clock } from '../time.ts';
import { useSilence } from './connection.ts';

const interval = 20;

/** While the server does not answer: since when, what is kept, and the next try. */
export function Silence() {
  const since = useSilence();
  return since === null ? null : <Waiting since={since} />;
}

function Waiting({ since }: { since: Date }) {
  const client = useQueryClient();
  const [left, setLeft] = useState(interval);
  const retry = () => {
    setLeft(interval);
    void client.refetchQueries({ type: 'active' });
  };
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left > 0) return;
    setLeft(interval);
    void client.refetchQueries({ type: 'active' });
  }, [left, client]);
  // Nobody waits for the count where the browser says itself that the network is back.
  useEffect(() => {
    const onLine = () => setLeft(0);
    window.addEventListener('online', onLine);
    return () => window.removeEventListener('online', onLine);
  }, []);
  return (
    <div className="silence note wrn" role="alert">
      <IconCloudX className="ic" aria-hidden />
      <div className="grow">
        <strong>{t('The server has not answered since {since}.', { since: clock(since) })}</strong>
        <p className="ink2">
          {t(
            'What is on the page is from before. Answers that you type are kept on this device and are sent when it answers.',
          )}
        </p>
        <div className="acts">
          <button type="button" className="btn sm" onClick={retry}>
            <IconRefresh className="ic" aria-hidden />
            {t('Try now')}
          </button>
          <span className="small mute" aria-live="off">
            {t('Next try in {left} seconds', { left })}
          </span>
        </div>
      </div>
    </div>
  );
}
