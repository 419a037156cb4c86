import type { StudyDocument } from '../../server/studies/document.ts';
import css from './results.module.css';

const shapes = [
  'M6 1.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9z',
  'M1.8 1.8h8.4v8.4H1.8z',
  'M6 .8l5 5.2-5 5.2L1 6z',
  'M.9 2h10.2L6 11z',
  'M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z',
  'M2 .9v10.2L11 6z',
  'M6 .7l5.2 3.8-2 6.2H2.8L.8 4.5z',
];
const triangle = 'M6 1l5.1 9H.9z';
/** As in charts, where a triangle tells of no reference among letters. */
const letterShapes = [shapes[0]!, shapes[1]!, triangle, ...shapes.slice(2)];

/** How an arm looks everywhere: the reference is a grey triangle, the others take colours and shapes by position. */
export function armLook(arms: StudyDocument['arms'], arm: string | null): { tone: string; path: string } {
  const found = arms.find(({ id }) => id === arm);
  if (!found) {
    // A letter in the place of an arm: other colours, and none that looks like the reference.
    const letter = arm === null ? -1 : arm.charCodeAt(0) - 65;
    if (letter < 0) return { tone: 'pooled', path: shapes[0]! };
    return {
      tone: `letter${letter % letterShapes.length}`,
      path: letterShapes[letter % letterShapes.length]!,
    };
  }
  if (found.reference) return { tone: 'reference', path: triangle };
  const at = arms.filter(({ reference }) => !reference).indexOf(found);
  return { tone: String((at % shapes.length) + 1), path: shapes[at % shapes.length]! };
}

/** The arm's shape in its colour, beside its name. */
export function ArmMark({ arms, arm }: { arms: StudyDocument['arms']; arm: string | null }) {
  return (
    <svg className={css.armMark} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d={armLook(arms, arm).path} />
    </svg>
  );
}
