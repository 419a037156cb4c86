import { t } from '../language/t.ts';
/** How long until the instant, in words: "9 minutes", "40 seconds"; null once it is over. */
export function timeLeft(expiresAt: string, now: number): string | null {
  const seconds = Math.ceil((Date.parse(expiresAt) - now) / 1000);
  if (seconds <= 0) return null;
  if (seconds < 60) return seconds === 1 ? t('1 second') : t('{seconds} seconds', { seconds });
  const minutes = Math.floor(seconds / 60);
  return minutes === 1 ? t('1 minute') : t('{minutes} minutes', { minutes });
}
