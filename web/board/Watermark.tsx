import { useId } from 'react';
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
  const id = useId();
  const line = t('{name}, {at}, snapshot {number}', { name, at: fullStamp(at), number });
  return (
    <svg className={css.watermark} width="100%" height="100%" aria-hidden="true">
      <defs>
        <pattern
          id={id}
          width="620"
          height="360"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-20)"
        >
          <text x="310" y="180" className={css.loud}>
            {t('CONFIDENTIAL')}
          </text>
          <text x="310" y="204">
            {line}
          </text>
          <text x="310" y="222" className={css.hash}>
            {sha256}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
}
