import { formVersions } from '../../../server/forms/contract.ts';
import type { QueryView } from '../../../server/queries/contract.ts';
import { useEndpoint } from '../../api.ts';
import { answerInWords } from '../../forms/answer.ts';
import { t } from '../../language/t.ts';
import { useMay, useStudyId, useStudyView } from '../../session.ts';
import { stamp } from '../../time.ts';
import { useItemName } from './place.ts';

/** The answer that a query is about, as it is now and as it was before, with who changed it and why. */
export function ValueHistory({ query }: { query: QueryView }) {
  const { participant, visit, instrument, item } = query;
  const study = useStudyId();
  const view = useStudyView();
  const itemName = useItemName();
  const reads = useMay()('forms.read') && visit !== null && instrument !== null && item !== null;
  const versions = useEndpoint(
    formVersions,
    { params: { study, participant, visit: visit ?? '', instrument: instrument ?? '' } },
    { enabled: reads },
  );
  if (visit === null || instrument === null || item === null) return null;
  const definition = view?.instruments
    .find(({ id }) => id === instrument)
    ?.items.find(({ id }) => id === item);
  const changes = (versions.data?.versions ?? []).flatMap((version) =>
    version.changed.filter((change) => change.item === item).map((change) => ({ ...version, ...change })),
  );
  const words = (value: (typeof changes)[number]['after']) =>
    value === null || !definition || !view
      ? t('No answer')
      : answerInWords(definition, value, view.document.missing);
  return (
    <div className="asked">
      <span className="grow">{itemName(instrument, item)}</span>
      <strong>{query.value ?? t('No answer')}</strong>
      {changes.length > 1 && (
        <details>
          <summary>
            {t('Was changed')}{' '}
            {changes.length - 1 === 1 ? 'once' : t('{changes} times', { changes: changes.length - 1 })}
          </summary>
          <ol>
            {changes.map((change) => (
              <li key={change.version}>
                <span>{words(change.after)}</span>
                <span className="small mute">
                  {change.by}, {stamp(change.at)}
                  {change.reason && `: ${change.reason}`}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}
