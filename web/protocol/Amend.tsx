import { IconCircleCheck } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { checkAmendment, listVersions, recordAmendment } from '../../server/studies/contract.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { useStudyId } from '../session.ts';
import { AmendmentText } from './AmendmentText.tsx';
import { Changes } from './Changes.tsx';
import { Problems } from './Problems.tsx';
import css from './protocol.module.css';
import { RawDifference } from './RawDifference.tsx';
import { StudyWide } from './StudyWide.tsx';

export interface InstrumentFile {
  name: string;
  text: string;
}

/** An amendment, from its document over what it changes to the record. Nothing is written before the last step. */
export function Amend({ highest, onClose }: { highest: number; onClose: () => void }) {
  const study = useStudyId();
  const [text, setText] = useState('');
  const [brought, setBrought] = useState<readonly InstrumentFile[]>([]);
  const area = useRef<HTMLTextAreaElement>(null);
  const check = useCall(checkAmendment);
  const record = useCall(recordAmendment, { invalidates: [listVersions] });
  const body = { text, instruments: brought.map((file) => file.text) };
  const changed = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      check.reset();
      record.reset();
    };
  };
  const found = check.data;
  const amendment = found?.amendment;
  return (
    <section className="card" aria-labelledby="amend-title">
      <header>
        <div>
          <h2 id="amend-title">{t('Record an amendment')}</h2>
          <p>
            {t(
              'The whole study document with a number above {highest}. Recording it changes nothing at any site until it is approved and activated there.',
              { highest },
            )}
          </p>
        </div>
      </header>
      <div className={`body stack ${css.card}`}>
        <AmendmentText
          area={area}
          next={highest + 1}
          text={text}
          onText={changed(setText)}
          brought={brought}
          onBrought={changed(setBrought)}
        />
        <Refusal cause={check.error} />
        {found && found.problems.length > 0 && (
          <Problems problems={found.problems} text={text} brought={brought} area={area} />
        )}
        {found && found.warnings.length > 0 && (
          <Problems problems={found.warnings} mild text={text} brought={brought} area={area} />
        )}
        {amendment && (
          <section className="stack" aria-labelledby="amend-changes">
            <h3 id="amend-changes" className={css.sub}>
              <IconCircleCheck className="ic" aria-hidden />
              {t('Version {version} against version {comparedWith}', {
                version: amendment.version,
                comparedWith: amendment.comparedWith,
              })}
            </h3>
            <Changes groups={amendment.groups} />
            <details className={css.fold}>
              <summary>{t('The document as YAML, line by line')}</summary>
              <RawDifference
                label={t('Version {from} and version {to}, line by line', {
                  from: amendment.comparedWith,
                  to: amendment.version,
                })}
                {...amendment.raw}
              />
            </details>
            <StudyWide changes={amendment.studyWide} />
          </section>
        )}
        <Refusal cause={record.error} />
        <div className="row wrap">
          {amendment ? (
            <button
              type="button"
              className="btn pri"
              disabled={record.isPending}
              onClick={() =>
                record.mutate(
                  { params: { study }, body: { ...body, hash: amendment.hash } },
                  { onSuccess: onClose },
                )
              }
            >
              {t('Record version {version}', { version: amendment.version })}
            </button>
          ) : (
            <button
              type="button"
              className="btn pri"
              disabled={text.trim() === '' || check.isPending}
              onClick={() => check.mutate({ params: { study }, body })}
            >
              {t('Check the document')}
            </button>
          )}
          <button type="button" className="btn" onClick={onClose}>
            {t('Cancel')}
          </button>
        </div>
      </div>
    </section>
  );
}
