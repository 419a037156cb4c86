import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { t } from '../language/t.ts';

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
    <nav className="pager" aria-label={t('Pages')}>
      <span className="grow" role="status">
        {t('{first, number}–{last, number} of {total, number} {noun}', { first, last, total, noun })}
      </span>
      <button type="button" className="btn sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <IconChevronLeft className="ic" aria-hidden />
        {t('Previous')}
      </button>
      <button type="button" className="btn sm" disabled={last >= total} onClick={() => onPage(page + 1)}>
        {t('Next')}
        <IconChevronRight className="ic" aria-hidden />
      </button>
    </nav>
  );
}
