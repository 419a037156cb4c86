import type { SignatureView } from '../../server/signatures/contract.ts';
import { instrumentShort, visitLabel } from '../parts/naming.ts';
import { useStudyView } from '../session.ts';
import { fullStamp } from '../time.ts';

/** Printed name, date and time, meaning, and whether it still stands: on screen and on paper. */
export function SignatureList({ signatures }: { signatures: readonly SignatureView[] }) {
  const view = useStudyView();
  const place = (visit: string, instrument: string) =>
    `${instrumentShort(view, instrument)}, ${visitLabel(view, visit)}`;
  return (
    <ul className="stack">
      {signatures.map((one) => (
        <li key={one.id}>
          <strong>{one.name}</strong> signed <span className="code">{one.participant}</span>
          {one.visit && `, ${visitLabel(view, one.visit)}`}
          {one.instrument && `, ${instrumentShort(view, one.instrument)}`} on {fullStamp(one.at)}
          <div className="ink2">“{one.meaning}”</div>
          {one.void ? (
            <div className="small danger">
              Void since {fullStamp(one.void.at)}: {place(one.void.visit, one.void.instrument)} got version{' '}
              {one.void.version} by {one.void.by}
            </div>
          ) : (
            <div className="small mute">
              Valid, {one.forms.length} {one.forms.length === 1 ? 'form' : 'forms'}; hash{' '}
              {one.hash.slice(0, 12)}
            </div>
          )}
          {!one.intact && <div className="small danger">A stored version isn’t what was signed.</div>}
        </li>
      ))}
    </ul>
  );
}
