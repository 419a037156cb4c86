import { t } from '../language/t.ts';
import './audit.css';
import '../records/records.css';
import { exportAuditCsv, exportAuditJson, listAudit } from '../../server/audit/contract.ts';
import { roleName } from '../../server/studies/document.ts';
import { addressOf, useEndpoint } from '../api.ts';
import { AuditFilters } from '../parts/audit/AuditFilters.tsx';
import { Change } from '../parts/audit/Change.tsx';
import { deeds, kinds } from '../parts/audit/words.ts';
import { Empty } from '../parts/Empty.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { instrumentShort, visitLabel } from '../parts/naming.ts';
import { Pager } from '../parts/Pager.tsx';
import { roleLabel, useStudyId, useStudyView } from '../session.ts';
import { fullStamp } from '../time.ts';

const size = 100;
const byParticipant = new Set(['participant', 'form', 'visit', 'query']);
const none = {
  kind: undefined,
  find: undefined,
  action: undefined,
  person: undefined,
  role: undefined,
  from: undefined,
  until: undefined,
  text: undefined,
  page: undefined,
};

/** The server looks for the beginning of "kind:name"; a name alone means a participant. */
function subjectOf(kind: string | undefined, find: string | undefined): string | undefined {
  const name = kind === undefined || byParticipant.has(kind) ? find?.toUpperCase() : find;
  return name || kind ? `${kind ?? 'participant'}:${name ?? ''}*` : undefined;
}

/** Who did what to what, when and why; nothing here can be changed. */
export default function Audit() {
  const study = useStudyId();
  const [{ kind, find, action, person, role, from, until, text, page = '1' }, setFilter] = useFilters();
  const filters = {
    subject: subjectOf(kind, find),
    action,
    person,
    role: roleName.safeParse(role).data,
    from,
    until,
    text,
  };
  const trail = useEndpoint(
    listAudit,
    { params: { study }, query: { ...filters, page, size } },
    { placeholderData: (before) => before },
  );
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Audit trail')}</h1>
          <p>
            {trail.data
              ? t('{entries, plural, one {# entry} other {# entries}}', { entries: trail.data.total })
              : t('Entries')}
            {t(', newest first; each carries the hash of the one before')}
          </p>
        </div>
        <div className="acts">
          <a className="btn" href={addressOf(exportAuditCsv, { params: { study }, query: filters })} download>
            CSV
          </a>
          <a
            className="btn"
            href={addressOf(exportAuditJson, { params: { study }, query: filters })}
            download
          >
            {t('JSON')}
          </a>
        </div>
      </div>
      <AuditFilters />
      <Loaded of={trail} label={t('the audit trail')} rows={14}>
        {({ rows, total }) =>
          total === 0 ? (
            <div className="card">
              <Empty
                title={t('No entry fits these filters')}
                acts={
                  <button type="button" className="btn" onClick={() => setFilter(none)}>
                    {t('Show all entries')}
                  </button>
                }
              />
            </div>
          ) : (
            <section className="card" aria-label={t('Audit trail')}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
              <section className="scroll-x" aria-label={t('Entries')} tabIndex={0}>
                <table className="table audit record-table">
                  <caption className="vh">{t('Entries, newest first')}</caption>
                  <thead>
                    <tr>
                      <th scope="col" className="num">
                        {t('No.')}
                      </th>
                      <th scope="col" aria-sort="descending">
                        {t('When')}
                      </th>
                      <th scope="col">{t('Who')}</th>
                      <th scope="col">{t('Action')}</th>
                      <th scope="col">{t('Subject')}</th>
                      <th scope="col">{t('Change', { sense: 'noun' })}</th>
                      <th scope="col">{t('Hash')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((entry) => (
                      <tr key={entry.seq}>
                        <td className="num mute" data-label={t('No.')}>
                          {entry.seq}
                        </td>
                        <td className="nowrap ink2" data-label={t('When')}>
                          {fullStamp(entry.at)}
                        </td>
                        <td className="nowrap" data-label={t('Who')}>
                          {entry.by}
                          {entry.role && (
                            <span className="small mute role">
                              {roleLabel[entry.role as keyof typeof roleLabel] ?? entry.role}
                            </span>
                          )}
                        </td>
                        <td className="nowrap" title={entry.action} data-label={t('Action')}>
                          {deeds[entry.action] ?? entry.action}
                        </td>
                        <td className="subject" data-label={t('Subject')}>
                          <Subject subject={entry.subject} called={entry.subjectName} />
                        </td>
                        <td data-label={t('Change')}>
                          <Change entry={entry} />
                        </td>
                        <td className="mono mute nowrap" title={entry.hash} data-label={t('Hash')}>
                          {entry.hash.slice(0, 8)}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
              <Pager
                page={Number(page)}
                size={size}
                total={total}
                noun={t('entries')}
                onPage={(next) => setFilter({ page: String(next) })}
              />
            </section>
          )
        }
      </Loaded>
    </>
  );
}

/** What it is, then its kind; an account goes by its person's name, another identifier is cut and whole in its title. */
function Subject({ subject, called }: { subject: string; called: string | null }) {
  const view = useStudyView();
  const at = subject.indexOf(':');
  const kind = at === -1 ? '' : subject.slice(0, at);
  const name = subject.slice(at + 1);
  const [participant, visit, instrument] = name.split('/');
  const place =
    visit === undefined
      ? null
      : [
          participant,
          visitLabel(view, visit),
          instrument === undefined ? null : instrumentShort(view, instrument),
        ]
          .filter(Boolean)
          .join(', ');
  const opaque = name.length > 24 && place === null;
  return (
    <>
      <span title={opaque || place ? name : undefined}>
        {called ?? place ?? (opaque ? `${name.slice(0, 8)}…` : name)}
      </span>
      {kind && <span className="small mute role">{kinds[kind] ?? kind}</span>}
    </>
  );
}
