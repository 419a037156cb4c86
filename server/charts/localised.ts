import type { Chart } from '../../analysis/charts/index.ts';

type Say = (text: string) => string;

/** Keys whose strings are for Vega: names of fields and channels, colours, paths. */
const forVega = new Set(
  `$schema type mark field as op aggregate name id key groupby scale orient align baseline anchor font fontWeight
  format formatType timeUnit interpolate color fill stroke background domainColor gridColor labelColor tickColor
  titleColor shape path d href cursor strokeCap strokeJoin strokeDash contains resolve role theme`.split(
    /\s+/,
  ),
);
const colour = /^(#[0-9a-f]{3,8}|rgba?\(.*\)|hsla?\(.*\)|transparent|white|black)$/i;
/** An expression; of its parts only the quoted texts are for people, and what they are compared with is said alike. */
const expression = /\bdatum\b|\b(event|item|width|height)\.|^[\w.()]+ [<>=!]=? /;
const quoted = /'([^']*)'/g;

function said(value: unknown, key: string, say: Say): unknown {
  if (typeof value === 'string') {
    if (forVega.has(key) || colour.test(value)) return value;
    if (expression.test(value)) return value.replace(quoted, (_, text: string) => `'${say(text)}'`);
    return say(value);
  }
  if (Array.isArray(value)) return value.map((one) => said(one, key, say));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, said(one, name, say)]));
}

/** How Vega writes numbers and months on axes, in Finnish. */
const locale = {
  number: { decimal: ',', thousands: '\u00a0', grouping: [3], currency: ['', '\u00a0€'], percent: '\u00a0%' },
  time: {
    dateTime: '%-d.%-m.%Y %-H.%M.%S',
    date: '%-d.%-m.%Y',
    time: '%-H.%M.%S',
    periods: ['ap.', 'ip.'],
    days: ['sunnuntai', 'maanantai', 'tiistai', 'keskiviikko', 'torstai', 'perjantai', 'lauantai'],
    shortDays: ['su', 'ma', 'ti', 'ke', 'to', 'pe', 'la'],
    months:
      'tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu'.split(
        ' ',
      ),
    shortMonths: 'tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu'.split(' '),
  },
};

/**
 * A chart with its words said in Finnish: title, subtitle, description, table, and every text of the spec. The data
 * of the spec are said as they are said where they are compared, so that the picture is the same.
 */
export function inFinnish(chart: Chart, say: Say): Chart {
  const { config, ...spec } = said(chart.spec, '', say) as { config?: object };
  return {
    title: say(chart.title),
    subtitle: say(chart.subtitle),
    description: say(chart.description),
    table: {
      columns: chart.table.columns.map((column) => ({ ...column, label: say(column.label) })),
      rows: chart.table.rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([id, cell]) => [id, typeof cell === 'string' ? say(cell) : cell]),
        ),
      ),
    },
    spec: { ...spec, config: { ...config, locale } } as unknown as Chart['spec'],
  };
}
