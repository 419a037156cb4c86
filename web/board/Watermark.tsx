import { t } from '../language/t.ts';
import { fullStamp } from '../time.ts';
import css from './board.module.css';

interface Props {
  name: string;
  at: string;
  number: number;
  sha256: string;
}

/** Who opened the report and when, across the whole of it, so that a picture of the screen tells where it came from. */
export function Watermark({ name, at, number, sha256 }: Props) {
  const line = t('{name}, {at}, snapshot {number}', { name, at: fullStamp(at), number });
  return (
    <div className={css.watermark} aria-hidden="true">
      {Array.from({ length: 24 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same words over and over
        <span key={index}>
          <b>{t('CONFIDENTIAL')}</b>
          {line}
          <i>{sha256}</i>
        </span>
      ))}
    </div>
  );
}
