import { t } from '../language/t.ts';
import { dayRange } from '../time.ts';
import css from './paper.module.css';

export interface VisitLine {
  participant: string;
  visit: string;
  opens: string | null;
  closes: string | null;
  /** Where it stands, in words. */
  standing: string;
  forms: string;
}

/** Visits on paper, with room for what a pen notes beside them. */
export function PaperVisits({ lines }: { lines: readonly VisitLine[] }) {
  return (
    <table className={css.visits}>
      <thead>
        <tr>
          <th scope="col">{t('Participant')}</th>
          <th scope="col">{t('Visit')}</th>
          <th scope="col">{t('Window')}</th>
          <th scope="col">{t('Forms')}</th>
          <th scope="col">{t('Status')}</th>
          <th scope="col">{t('Note')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.participant} ${line.visit}`}>
            <th scope="row">{line.participant}</th>
            <td>{line.visit}</td>
            <td>
              {line.opens && line.closes ? dayRange(line.opens, line.closes) : t('Follows randomisation')}
            </td>
            <td>{line.forms}</td>
            <td>{line.standing}</td>
            <td className={css.note} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
