import { IconClock, IconEye, IconEyeOff, IconLock, IconPrinter } from '@tabler/icons-react';
import type { Dashboard } from '../../server/results/contract.ts';
import { t } from '../language/t.ts';
import { FilterSelect } from '../parts/FilterSelect.tsx';
import { ConsortMenu } from '../print/ConsortMenu.tsx';
import { clockSeconds, fullDay, localDay } from '../time.ts';
import css from './results.module.css';

interface Props {
  dashboard: Dashboard;
  /** Whether the address holds the figures at an instant. */
  held: boolean;
  /** Whether the line that tells of changes is lost for now. */
  lost: boolean;
  onFilter(patch: Record<string, string | undefined>): void;
}

/** When the numbers are from, whether arms are shown, and what is chosen. */
export function ResultsHead({ dashboard, held, lost, onFilter }: Props) {
  const { filters, masked, asOf, locked } = dashboard;
  const { chosen } = filters;
  const short = (label: string) => label.split(',')[0]!;
  return (
    <div className={`head ${css.head}`}>
      <div>
        <h1>{t('Results overview')}</h1>
        <div className={css.asOf}>
          <span className="st">
            <IconClock className="ic" aria-hidden />
            {t('As of {asOf}, {asOf2}', { asOf: fullDay(localDay(asOf)), asOf2: clockSeconds(asOf) })}
            {dashboard.live && ` · ${lost ? t('connection lost, trying again') : t('updates by itself')}`}
            {!dashboard.live && !held && ` · ${t('moves on each week')}`}
          </span>
          <button
            type="button"
            className="btn quiet no-print"
            onClick={() => onFilter({ asOf: held ? undefined : asOf })}
          >
            {held ? t('Show the newest') : t('Hold these figures')}
          </button>
          {locked && (
            <span className="tag ok" title={t('Locked by {by}', { by: locked.by })}>
              <IconLock className="ic" aria-hidden />
              {t('Study locked {at}', { at: fullDay(localDay(locked.at)) })}
            </span>
          )}
          {masked ? (
            <span className="tag wrn" title={dashboard.maskReason ?? undefined}>
              <IconEyeOff className="ic" aria-hidden />
              {dashboard.showing === 'masked' ? t('Arms behind letters') : t('Arms hidden')}
            </span>
          ) : (
            <span className="tag ok">
              <IconEye className="ic" aria-hidden />
              {t('Arms shown')}
            </span>
          )}
          {dashboard.smallest !== null && (
            <span className="tag" title={t('The study’s document hides them from your role.')}>
              {t('Counts below {smallest} hidden', { smallest: dashboard.smallest })}
            </span>
          )}
        </div>
      </div>
      <div className={`acts ${css.filters}`}>
        {filters.sites.length > 1 && (
          <FilterSelect
            label={t('Site')}
            all={filters.sites.length === 2 ? t('Both') : t('All')}
            value={chosen.site}
            options={filters.sites}
            onChange={(site) => onFilter({ site })}
          />
        )}
        <Chosen
          label={t('Population')}
          value={chosen.population}
          options={filters.populations}
          onChange={(population) => onFilter({ population })}
        />
        {filters.outcomes.length > 0 && (
          <Chosen
            label={t('Outcome')}
            value={chosen.outcome ?? filters.outcomes[0]!.id}
            options={filters.outcomes.map(({ id, label }) => ({ id, label: short(label) }))}
            onChange={(outcome) => onFilter({ outcome })}
          />
        )}
        {filters.visits.length > 1 && (
          <FilterSelect
            label={t('Visit')}
            all={t('All')}
            value={chosen.visit}
            options={filters.visits}
            onChange={(visit) => onFilter({ visit })}
          />
        )}
        <Chosen
          label={t('Missing')}
          value={chosen.missing}
          options={[
            { id: 'observed', label: t('Observed cases') },
            { id: 'non-response', label: t('As non-response') },
          ]}
          onChange={(missing) => onFilter({ missing })}
        />
        <ConsortMenu />
        <button type="button" className="btn no-print" onClick={() => window.print()}>
          <IconPrinter className="ic" aria-hidden />
          {t('Print')}
        </button>
      </div>
    </div>
  );
}

/** A filter in which one option always holds; the first is what the address leaves out. */
function Chosen({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly { id: string; label: string }[];
  onChange(value: string | undefined): void;
}) {
  const [first, ...rest] = options;
  if (!first) return null;
  return (
    <FilterSelect
      label={label}
      all={first.label}
      value={value === first.id ? undefined : value}
      options={rest}
      onChange={onChange}
    />
  );
}
