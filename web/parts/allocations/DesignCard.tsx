import { readDesign } from '../../../server/randomisation/contract.ts';
import { useEndpoint } from '../../api.ts';
import { useMay, useStudyId } from '../../session.ts';
import { fullStamp } from '../../time.ts';

/** How allocation works in this study, what was committed to, and the texts that a report needs. */
export function DesignCard() {
  const study = useStudyId();
  const may = useMay();
  const design = useEndpoint(readDesign, { params: { study } }, { enabled: may('allocation.design') }).data;
  if (design === undefined) return null;
  const now = design.epochs.at(-1);
  return (
    <section className="card design" aria-labelledby="design">
      <header>
        <div>
          <h2 id="design">How allocation works here</h2>
          <p>{design.method}</p>
        </div>
      </header>
      <div className="body">
        {now && (
          <dl className="facts">
            <dt>Design</dt>
            <dd className="mono">{now.designHash}</dd>
            <dt>Commitment to the secret</dt>
            <dd className="mono">{now.commitment}</dd>
            <dt>In force since</dt>
            <dd>{fullStamp(now.activatedAt)}</dd>
            <dt>Secret</dt>
            <dd>
              {design.revealedAt
                ? `revealed ${fullStamp(design.revealedAt)}`
                : 'sealed until randomisation is closed'}
            </dd>
          </dl>
        )}
        {design.consort.length > 0 && (
          <details>
            <summary>Text for the report, CONSORT</summary>
            <dl className="consort">
              {design.consort.map(({ item, title, text }) => (
                <div key={item}>
                  <dt>
                    {item} {title}
                  </dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
    </section>
  );
}
