import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';

interface Props {
  page: number;
  size: number;
  total: number;
  noun: string;
  onPage: (page: number) => void;
}

/** "1–50 of 167 participants" and the way to the next page. */
export function Pager({ page, size, total, noun, onPage }: Props) {
  const first = total === 0 ? 0 : (page - 1) * size + 1;
  const last = Math.min(page * size, total);
  return (
    <nav className="pager" aria-label="Pages">
      <span className="grow" role="status">
        {first.toLocaleString('en-GB')}–{last.toLocaleString('en-GB')} of {total.toLocaleString('en-GB')}{' '}
        {noun}
      </span>
      <button type="button" className="btn sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <IconChevronLeft className="ic" aria-hidden />
        Previous
      </button>
      <button type="button" className="btn sm" disabled={last >= total} onClick={() => onPage(page + 1)}>
        Next
        <IconChevronRight className="ic" aria-hidden />
      </button>
    </nav>
  );
}
