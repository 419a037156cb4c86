import { IconAlertTriangle } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { AmendmentCheck } from '../../server/studies/contract.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import type { InstrumentFile } from './Amend.tsx';
import { problemInWords } from './problemWords.ts';
import css from './protocol.module.css';

interface Props {
  problems: AmendmentCheck['problems'];
  /** They are no obstacle: told below a document that can be recorded. */
  mild?: boolean;
  text: string;
  brought: readonly InstrumentFile[];
  area: RefObject<HTMLTextAreaElement | null>;
}

/** What has to be mended before the document can be recorded, each with its line and column; pressing one goes there. */
export function Problems({ problems, mild = false, text, brought, area }: Props) {
  return (
    <div className={mild ? 'note' : 'note dng'} role={mild ? 'status' : 'alert'}>
      <IconAlertTriangle className="ic" aria-hidden />
      <div className={css.problems}>
        <strong>
          {mild
            ? t('{texts, plural, one {# text has} other {# texts have}} no translation.', {
                texts: problems.length,
              })
            : t('{problems, plural, one {# problem} other {# problems}} in the document.', {
                problems: problems.length,
              })}
        </strong>{' '}
        {mild ? t('They stay in the language of the document.') : t('Nothing was recorded.')}
        <ul>
          {problems.map((problem) => {
            const { file, line, column, path, message } = problem;
            const where = line > 0 ? t('Line {line}, column {column}', { line, column }) : null;
            return (
              <li key={`${file} ${line} ${column} ${path} ${message}`}>
                {file === 'The document' && where ? (
                  <button
                    type="button"
                    className="linklike"
                    onClick={() => goTo(area.current, text, line, column)}
                  >
                    {where}
                  </button>
                ) : (
                  <b>{[nameOf(file, brought), where].filter(Boolean).join(', ')}</b>
                )}{' '}
                {!mild && path !== '' && <code>{path}: </code>}
                {problemInWords(message)}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

/** "Instrument 2" is the second file that was brought. */
function nameOf(file: string, brought: readonly InstrumentFile[]): string {
  const match = /^Instrument (\d+)$/.exec(file);
  return (match && brought[Number(match[1]) - 1]?.name) ?? said(file);
}

/** Puts the cursor at a line and column, both counted from 1, and scrolls there. */
function goTo(area: HTMLTextAreaElement | null, text: string, line: number, column: number): void {
  if (!area) return;
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const end = before + (lines[line - 1]?.length ?? 0);
  area.focus();
  area.setSelectionRange(Math.min(before + column - 1, end), end);
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 4);
}
