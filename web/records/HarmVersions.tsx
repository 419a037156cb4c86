import { type HarmView, harmVersions } from '../../server/harms/contract.ts';
import { useEndpoint } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { useStudyId } from '../session.ts';
import { fullStamp } from '../time.ts';
import { linesOfHarm } from './lines.ts';
import { Versions } from './Versions.tsx';

/** An adverse event in full, its reports to the sponsor, and its versions. */
export default function HarmVersions({ harm, onClose }: { harm: HarmView; onClose: () => void }) {
  const study = useStudyId();
  const of = useEndpoint(harmVersions, { params: { study, record: harm.id } });
  return (
    <Versions
      title={rich('Adverse event of <code>{participant}</code>', { participant: harm.participant })}
      of={of}
      lines={({ content }) => linesOfHarm(content)}
      onClose={onClose}
    >
      {harm.reports.length > 0 && (
        <section aria-label={t('Reports to the sponsor')}>
          <h3 className="lab">{t('Reports to the sponsor')}</h3>
          <ul className="versions">
            {harm.reports.map((report) => (
              <li key={report.number}>
                <p>
                  <strong>
                    {report.number === 1
                      ? t('First report')
                      : t('Follow-up {number}', { number: report.number - 1 })}
                  </strong>{' '}
                  <span className="ink2">
                    {t('{at}, {by}, of version {version}', {
                      at: fullStamp(report.at),
                      by: report.by,
                      version: report.version,
                    })}
                    {report.late && t(', later than 24 hours')}
                  </span>
                </p>
                {report.note && <p>{report.note}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Versions>
  );
}
