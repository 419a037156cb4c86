import { Menu } from '@mantine/core';
import { IconDownload, IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import {
  type ChartId,
  type ChartQuery,
  chartCsv,
  chartPng,
  chartSpec,
  chartSvg,
} from '../../server/results/contract.ts';
import { addressOf } from '../api.ts';
import { language } from '../language/language.ts';
import { t } from '../language/t.ts';

export interface ChartFile {
  label: string;
  file: string;
  href: string;
}

interface Props {
  title: string;
  files: readonly ChartFile[];
  asTable: boolean;
  onTable(): void;
  children?: ReactNode;
}

/** The files of a chart of the results page. */
export function chartFiles(study: string, chart: ChartId, query: Partial<ChartQuery>): ChartFile[] {
  const params = { study, chart };
  const theme = 'light' as const;
  return [
    {
      label: t('Picture, SVG'),
      file: `${chart}.svg`,
      href: addressOf(chartSvg, { params, query: { ...query, theme, language } }),
    },
    {
      label: t('Picture, PNG'),
      file: `${chart}.png`,
      href: addressOf(chartPng, { params, query: { ...query, theme, language } }),
    },
    { label: t('Numbers, CSV'), file: `${chart}.csv`, href: addressOf(chartCsv, { params, query }) },
    {
      label: t('Vega-Lite spec'),
      file: `${chart}.vl.json`,
      href: addressOf(chartSpec, { params, query: { ...query, theme } }),
    },
  ];
}

/** On every chart card: the numbers as a table, and the picture, numbers and spec to take away. */
export function ChartTools({ title, files, asTable, onTable, children }: Props) {
  return (
    <div className="tools no-print">
      {children}
      <button
        type="button"
        className="btn quiet icon"
        aria-pressed={asTable}
        aria-label={t('{title}: show data as a table', { title })}
        title={t('Show data as a table')}
        onClick={onTable}
      >
        <IconTable className="ic" aria-hidden />
      </button>
      <Menu position="bottom-end" width={180} withinPortal={false}>
        <Menu.Target>
          <button
            type="button"
            className="btn quiet icon"
            aria-label={t('{title}: download picture or data', { title })}
            title={t('Download picture or data')}
          >
            <IconDownload className="ic" aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {files.map(({ label, file, href }) => (
            <Menu.Item key={file} component="a" href={href} download={file}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
