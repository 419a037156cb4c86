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
          <th scope="col">Participant</th>
          <th scope="col">Visit</th>
          <th scope="col">Window</th>
          <th scope="col">Forms</th>
          <th scope="col">Status</th>
          <th scope="col">Note</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.participant} ${line.visit}`}>
            <th scope="row">{line.participant}</th>
            <td>{line.visit}</td>
            <td>{line.opens && line.closes ? dayRange(line.opens, line.closes) : 'Follows randomisation'}</td>
            <td>{line.forms}</td>
            <td>{line.standing}</td>
            <td className={css.note} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
