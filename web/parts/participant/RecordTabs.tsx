import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { readHistory } from '../../../server/participants/contract.ts';
import type { QueryView } from '../../../server/queries/contract.ts';
import { useEndpoint } from '../../api.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { fullDay, fullStamp } from '../../time.ts';
import { Loaded } from '../Loaded.tsx';
import { queryPlace } from '../queries/place.ts';
import { QueryState } from '../queries/QueryState.tsx';
import { contactWord } from '../status.ts';
import type { ParticipantView } from './types.ts';

interface TableProps {
  caption: string;
  columns: readonly string[];
  empty: string;
  act?: ReactNode;
  children: ReactNode;
  none: boolean;
  /** Whether its rows, whose cells then have labels, stand one under the other on a phone. */
  stacks?: boolean;
}

function Records({ caption, columns, empty, act, children, none, stacks = false }: TableProps) {
  return (
    <>
      {none ? (
        <p className="records-none mute">{empty}</p>
      ) : (
        <table className={stacks ? 'table stacks' : 'table'}>
          <caption className="vh">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      )}
      {act && <div className="records-act">{act}</div>}
    </>
  );
}

export function QueriesTab({
  queries,
  chosen,
  act,
}: {
  queries: readonly QueryView[];
  chosen?: string;
  act?: ReactNode;
}) {
  return (
    <Records
      caption={t('Queries')}
      columns={[t('Query'), t('About'), t('State'), t('Opened')]}
      empty={t('No query has been opened on this participant.')}
      none={queries.length === 0}
      act={act}
    >
      {queries.map((query) => (
        <tr key={query.id} className={query.id === chosen ? 'chosen' : undefined}>
          <td>
            <Link to="." search={{ tab: 'queries', query: query.id }} data-row>
              {query.number}
            </Link>
          </td>
          <td>
            <span className="clamp">{query.text}</span>
            <span className="small mute">{queryPlace(query)}</span>
          </td>
          <td>
            <QueryState status={query.status} />
          </td>
          <td className="nowrap ink2">{fullStamp(query.openedAt)}</td>
        </tr>
      ))}
    </Records>
  );
}

export function ContactsTab({ person, act }: { person: ParticipantView; act?: ReactNode }) {
  return (
    <Records
      caption={t('Contacts')}
      columns={[t('On'), t('Outcome', { sense: 'contact' }), t('Note'), t('By')]}
      empty={t('Nobody has logged a contact yet.')}
      none={person.contacts.length === 0}
      act={act}
    >
      {person.contacts.map((contact) => (
        <tr key={contact.id}>
          <td className="nowrap">{fullDay(contact.on)}</td>
          <td className="nowrap">{contactWord[contact.outcome]}</td>
          <td>{contact.note}</td>
          <td className="nowrap ink2">{contact.by}</td>
        </tr>
      ))}
    </Records>
  );
}

export function HistoryTab({ participant }: { participant: string }) {
  const study = useStudyId();
  const history = useEndpoint(readHistory, { params: { study, participant } });
  return (
    <Loaded of={history} label={t('the history')}>
      {({ entries }) => (
        <Records
          caption={t('History, newest first')}
          stacks
          columns={[t('When'), t('Who'), t('What'), t('Reason')]}
          empty={t('Nothing has been recorded yet.')}
          none={entries.length === 0}
        >
          {entries.map((entry) => (
            <tr key={`${entry.at} ${entry.action} ${entry.subject} ${entry.summary}`}>
              <td className="nowrap ink2">{fullStamp(entry.at)}</td>
              <td className="nowrap" data-label={t('Who')}>
                {entry.by}
              </td>
              <td data-label={t('What')}>{entry.summary.split(', ').map(said).join(', ')}</td>
              <td data-label={t('Reason')}>{entry.reason}</td>
            </tr>
          ))}
        </Records>
      )}
    </Loaded>
  );
}
