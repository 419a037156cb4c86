import { t } from '../../language/t.ts';
import { addDays, type Day, dayAndMonth, dayNumber, monthName, monthStart } from '../../time.ts';
import { listed } from '../naming.ts';
import type { worklistRecruitment } from './types.ts';

const left = 30;
const right = 216;
const top = 14.5;
const bottom = 114;

/** Randomised so far against the straight plan to the target. */
export function RecruitmentCard({ recruitment, today }: { recruitment: worklistRecruitment; today: Day }) {
  const { target, randomised, plannedByToday, countedTo, sites } = recruitment;
  const last = countedTo ?? today;
  const where =
    sites.length === 0
      ? t('All sites')
      : sites.length === 2
        ? t('Both sites')
        : sites.length > 3
          ? t('{sites} sites', { sites: sites.length })
          : listed(sites.map(({ name }) => name));
  return (
    <section className="card" aria-labelledby="recruitment">
      <header>
        <div>
          <h2 id="recruitment">{t('Recruitment')}</h2>
          <p>{t('{where}, to {today}', { where, today: dayAndMonth(last) })}</p>
        </div>
      </header>
      <div className="body">
        <p className="big">
          {t('{randomised} of {target}', { randomised: randomised ?? t('hidden'), target })}
        </p>
        <p className="small mute">
          {t('randomised')}
          {plannedByToday === null
            ? ''
            : countedTo === null
              ? t('; {plannedByToday} planned by today', { plannedByToday })
              : t('; {plannedByToday} planned by then', { plannedByToday })}
        </p>
        {randomised !== null && <Chart recruitment={{ ...recruitment, randomised }} today={last} />}
        <dl className="by-site">
          {sites.map((site) => (
            <div key={site.site}>
              <dt>{site.name}</dt>
              <dd>
                {site.target === null
                  ? site.randomised
                  : t('{randomised} of {target}', { randomised: site.randomised, target: site.target })}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

type Shown = worklistRecruitment & { randomised: number };

function Chart({ recruitment, today }: { recruitment: Shown; today: Day }) {
  const { target, randomised, series } = recruitment;
  const from = recruitment.from ?? series[0]?.on ?? today;
  const to = [recruitment.to ?? today, today].sort().at(-1) ?? today;
  const days = Math.max(dayNumber(to) - dayNumber(from), 1);
  const most = Math.max(target, randomised);
  const x = (day: Day) => left + ((dayNumber(day) - dayNumber(from)) / days) * (right - left);
  const y = (n: number) => bottom - (n / most) * (bottom - top);
  const planned = recruitment.from !== null && recruitment.to !== null;
  const end = x(recruitment.to ?? to);
  // A plan that ends early leaves its room at the right, a late one at the left.
  const early = end < left + (right - left) * 0.7;
  const planAt = (share: number) => ({ x: left + share * (end - left), y: y(target * share) });
  const steps = series.map(({ on, count }) => `H${x(on).toFixed(1)}V${y(count).toFixed(1)}`).join('');
  const tick = most > 400 ? 200 : most > 160 ? 100 : most > 60 ? 50 : most > 25 ? 20 : 5;
  const ticks = Array.from({ length: Math.floor(most / tick) + 1 }, (_, i) => i * tick).filter(
    (value) => value === 0 || y(value) - y(target) > 14,
  );
  return (
    <svg
      className="chart strip"
      role="img"
      aria-label={t('{randomised} of {target} participants randomised{what}.', {
        randomised,
        target,
        what: planned ? t(', against a straight planned line') : '',
      })}
      viewBox="0 0 230 134"
      width="230"
      height="134"
    >
      {ticks.map((value) => (
        <g key={value}>
          <path className={value === 0 ? 'ax' : 'g'} d={`M${left} ${y(value)}H${right}`} />
          <text className="t e" x={left - 7} y={y(value) + 4}>
            {value}
          </text>
        </g>
      ))}
      <path className="target" d={`M${left} ${y(target)}H${right}`} />
      <text className={early ? 't e' : 't'} x={early ? right : left + 4} y={y(target) + 15}>
        {t('Target {target}', { target })}
      </text>
      {planned && (
        <>
          <path className="plan" d={`M${left} ${bottom}L${end} ${y(target)}`} />
          <text className="t" x={planAt(0.6).x + 8} y={planAt(0.6).y + 16}>
            {t('Planned')}
          </text>
        </>
      )}
      <path className="pooled" d={`M${left} ${bottom}${steps}H${x(today).toFixed(1)}`} />
      <circle className="last" cx={x(today)} cy={y(randomised)} r="4.5" />
      {monthTicks(from, to).map((month) => (
        <text key={month} className="t m" x={x(month)} y="131">
          {monthName(month)} {month.slice(2, 4)}
        </text>
      ))}
    </svg>
  );
}

/** Three month starts or fewer, evenly apart, the first where the axis begins. */
function monthTicks(from: Day, to: Day): Day[] {
  const first = from.endsWith('-01') ? from : monthStart(from, 1);
  const months =
    (Number(to.slice(0, 4)) - Number(first.slice(0, 4))) * 12 +
    Number(to.slice(5, 7)) -
    Number(first.slice(5, 7));
  const step = Math.max(1, Math.ceil((months + 1) / 3));
  return [0, 1, 2].map((i) => monthStart(first, i * step)).filter((month) => month <= addDays(to, 0));
}
