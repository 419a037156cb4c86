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
  const line = `${name}, ${fullStamp(at)}, snapshot ${number}, ${sha256.slice(0, 16)}`;
  return (
    <div className={css.watermark} aria-hidden="true" data-watermark={line}>
      {Array.from({ length: 24 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same words over and over
        <span key={index}>
          <b>CONFIDENTIAL</b>
          {line}
        </span>
      ))}
    </div>
  );
}
