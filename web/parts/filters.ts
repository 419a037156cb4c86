import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Search } from '../router.tsx';

/**
 * The filters of a page live in its address, so that a link carries them; setting one to undefined takes it out.
 * @param remember whether the browser's back button goes back from one choice to the one before
 */
export function useFilters(remember = false): [Search, (patch: Search) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const set = (patch: Search) => {
    const next = Object.entries({ ...search, ...patch }).filter(
      ([, value]) => value !== undefined && value !== '',
    );
    void navigate({ to: '.', search: Object.fromEntries(next), replace: !remember });
  };
  return [search, set];
}
