import { Modal } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import {
  addCalendarLink,
  type CalendarLink,
  listCalendarLinks,
  readCalendar,
  revokeCalendarLink,
} from '../../server/visits/calendar/contract.ts';
import { addressOf, newKey, useCall, useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { FilterSelect } from '../parts/FilterSelect.tsx';
import { siteName, useSites } from '../parts/naming.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { useStudyId, useStudyView } from '../session.ts';
import { fullStamp } from '../time.ts';
import css from './visits.module.css';

/** The visits of a site for a calendar program: as a file now, or under an address that the program reads by itself. */
export default function CalendarDialog({ site, onClose }: { site: string | undefined; onClose: () => void }) {
  const study = useStudyId();
  const view = useStudyView();
  const sites = useSites(view);
  const [chosen, setChosen] = useState(site ?? (sites.length === 1 ? sites[0]?.id : undefined));
  const links = useEndpoint(listCalendarLinks, { params: { study } });
  const add = useCall(addCalendarLink, { invalidates: [listCalendarLinks] });
  const active = (links.data?.links ?? []).filter((link) => link.revokedAt === null);
  const address = add.data && `${window.location.origin}${add.data.path}`;
  return (
    <Modal opened onClose={onClose} title={t('Visits in a calendar')} size="lg">
      <div className="stack">
        <p>
          {t(
            'Appointments, and the target days of visits that are not booked yet. A participant stands there by the ID alone: no name, no reason, no arm.',
          )}
        </p>
        {sites.length > 1 && (
          <div>
            <FilterSelect
              label={t('Site')}
              all={t('Choose')}
              value={chosen}
              options={sites.map(({ id, name }) => ({ id, label: name }))}
              onChange={(next) => {
                setChosen(next);
                add.reset();
              }}
            />
          </div>
        )}
        <div className="row wrap">
          <a
            className="btn"
            aria-disabled={chosen === undefined || undefined}
            href={chosen && addressOf(readCalendar, { params: { study, site: chosen } })}
            download
          >
            <IconDownload className="ic" aria-hidden />
            {t('Download as a file')}
          </a>
          <button
            type="button"
            className="btn pri"
            disabled={chosen === undefined || add.isPending}
            onClick={() => chosen && add.mutate({ params: { study }, body: { key: newKey(), site: chosen } })}
          >
            {t('Make an address to subscribe to')}
          </button>
        </div>
        <Refusal cause={add.error} />
        {address && (
          <section className="note ok" aria-label={t('The new address')}>
            <div className="stack tight">
              <strong>{t('Copy it now; it isn’t shown again.')}</strong>
              <span>
                {t(
                  'Whoever has this address can read the calendar. Take it back when it is no longer needed.',
                )}
              </span>
              <span className={css.address}>
                <code className="mono">{address}</code>
                <CopyButton text={address} what={t('the address')} words={t('Copy')} />
              </span>
            </div>
          </section>
        )}
        {active.length > 0 && (
          <section aria-label={t('Addresses in use')}>
            <h3 className="lab">{t('Addresses in use')}</h3>
            <ul className={css.links}>
              {active.map((link) => (
                <Link key={link.id} link={link} name={siteName(view, link.site)} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </Modal>
  );
}

function Link({ link, name }: { link: CalendarLink; name: string }) {
  const study = useStudyId();
  const revoke = useCall(revokeCalendarLink, { invalidates: [listCalendarLinks] });
  return (
    <li>
      <span className="grow">
        {name}
        <span className="small mute">
          {' '}
          {t('made {createdAt} by {createdBy}', {
            createdAt: fullStamp(link.createdAt),
            createdBy: link.createdBy,
          })}
        </span>
      </span>
      <button
        type="button"
        className="btn sm"
        disabled={revoke.isPending}
        aria-label={t('Take back the address of {name}, made {createdAt}', {
          name,
          createdAt: fullStamp(link.createdAt),
        })}
        onClick={() => revoke.mutate({ params: { study, calendar: link.id } })}
      >
        {t('Take back')}
      </button>
      <Refusal cause={revoke.error} />
    </li>
  );
}
