import type { SignatureView } from '../../server/signatures/contract.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
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
          {rich('<b>{name}</b> signed <code>{participant}</code>', {
            name: one.name,
            participant: one.participant,
          })}
          {one.visit && `, ${visitLabel(view, one.visit)}`}
          {one.instrument && `, ${instrumentShort(view, one.instrument)}`}{' '}
          {t('on {at}', { at: fullStamp(one.at) })}
          <div className="ink2">“{one.meaning}”</div>
          {one.void ? (
            <div className="small danger">
              {t('Void since {at}: {place} got version {version} by {by}', {
                at: fullStamp(one.void.at),
                place: place(one.void.visit, one.void.instrument),
                version: one.void.version,
                by: one.void.by,
              })}
            </div>
          ) : (
            <div className="small mute">
              {t('Valid, {forms, plural, one {# form} other {# forms}}', { forms: one.forms.length })}
              {t('; hash {hash}', { hash: one.hash.slice(0, 12) })}
            </div>
          )}
          {!one.intact && <div className="small danger">{t('A stored version isn’t what was signed.')}</div>}
        </li>
      ))}
    </ul>
  );
}
