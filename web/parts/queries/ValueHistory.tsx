import { formVersions } from '../../../server/forms/contract.ts';
import type { QueryView } from '../../../server/queries/contract.ts';
import { useEndpoint } from '../../api.ts';
import { answerInWords } from '../../forms/answer.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useMay, useStudyId, useStudyUnder } from '../../session.ts';
import { stamp } from '../../time.ts';

/** The answer that a query is about, as it is now and as it was before, with who changed it and why. */
export function ValueHistory({ query }: { query: QueryView }) {
  const { participant, visit, instrument, item } = query;
  const study = useStudyId();
  const view = useStudyUnder(query.studyVersion).data;
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
    value === null
      ? t('No answer')
      : !definition || !view
        ? ''
        : answerInWords(definition, value, view.document.missing);
  return (
    <div className="asked">
      <span className="grow">
        {query.called.item ? `${query.called.item.number} ${said(query.called.item.label)}` : item}
      </span>
      <strong>{query.value ?? t('No answer')}</strong>
      {changes.length > 1 && (
        <details>
          <summary>
            {t('Was changed {changes, plural, one {once} other {# times}}', {
              changes: changes.length - 1,
            })}
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
