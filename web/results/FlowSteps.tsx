import type { Dashboard } from '../../server/results/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { t } from '../language/t.ts';
import { ArmMark, armLook } from './ArmMark.tsx';
import { FlowCell } from './FlowCell.tsx';
import css from './results.module.css';

/** On a phone: a row for each step, the arms beside one another, so that nothing has to be scrolled to. */
export function FlowSteps({ document, flow }: { document: StudyDocument; flow: Dashboard['flow'] }) {
  return (
    <table className={`${css.flowTable} ${css.steps}`}>
      <thead>
        <tr>
          <th scope="col">
            <span className="vh">{t('Step')}</span>
          </th>
          {flow.arms.map((arm) => (
            <th key={arm.label} scope="col" data-arm={armLook(document.arms, arm.arm).tone}>
              <span className={css.armName}>
                <ArmMark arms={document.arms} arm={arm.arm} />
                {arm.label}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {flow.columns.map((column, index) => (
          <tr key={column.id}>
            <th scope="row">{column.label}</th>
            {flow.arms.map((arm) => (
              <td key={arm.label} data-arm={armLook(document.arms, arm.arm).tone}>
                <FlowCell cell={arm.cells[index]!} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
