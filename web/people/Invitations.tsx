import { t } from '../language/t.ts';
import './people.css';
import { useState } from 'react';
import {
  inviteAgain,
  listInvitations,
  revokeInvitation,
} from '../../server/accounts/invitations/contract.ts';
import { type Reply, useCall, useEndpoint } from '../api.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { siteName } from '../parts/naming.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { roleLabel, useMay, useStudyId, useStudyView } from '../session.ts';
import { fullDay, localDay } from '../time.ts';
import { OneTimeLink } from './OneTimeLink.tsx';

type Invitation = Reply<typeof listInvitations>['rows'][number];

/** Invitations that nobody has accepted yet; nothing where there are none. */
export function Invitations() {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const list = useEndpoint(listInvitations, { params: { study } });
  const again = useCall(inviteAgain, { invalidates: [listInvitations] });
  const revoke = useCall(revokeInvitation, { invalidates: [listInvitations] });
  const [sent, setSent] = useState<Invitation | null>(null);
  const waiting = list.data?.rows.filter(({ state }) => state === 'open' || state === 'expired') ?? [];
  if (list.error) return <Refusal cause={list.error} retry={() => void list.refetch()} />;
  if (waiting.length === 0) return null;
  return (
    <section className="card" aria-label={t('Invitations')}>
      <header>
        <h2>{t('Invitations that wait')}</h2>
      </header>
      <Refusal cause={again.error ?? revoke.error} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label={t('Invited people')} tabIndex={0}>
        <table className="table stacks">
          <caption className="vh">{t('People who are invited')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('Name')}</th>
              <th scope="col">{t('E-mail')}</th>
              <th scope="col">{t('Role')}</th>
              <th scope="col">{t('Site')}</th>
              <th scope="col">{t('Until')}</th>
              <th scope="col">
                <span className="vh">{t('Action')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {waiting.map((one) => (
              <tr key={one.id}>
                <td className="nowrap">{one.name}</td>
                <td className="ink2" data-label={t('E-mail')}>
                  {one.email}
                </td>
                <td className="nowrap" data-label={t('Role')}>
                  {roleLabel[one.role]}
                </td>
                <td data-label={t('Site')}>
                  {one.site === null ? t('All sites') : siteName(view, one.site)}
                </td>
                <td className="nowrap" data-label={t('Until')}>
                  {one.state === 'expired' ? (
                    <span className="tag wrn">
                      {t('Lapsed on {day}', { day: fullDay(localDay(one.expiresAt)) })}
                    </span>
                  ) : (
                    <span className="ink2">{fullDay(localDay(one.expiresAt))}</span>
                  )}
                </td>
                <td>
                  <div className="row row-acts">
                    {may('people.manage') && (
                      <>
                        <button
                          type="button"
                          className="btn sm"
                          disabled={again.isPending}
                          aria-label={t('New link: {name}', { name: one.name })}
                          onClick={() =>
                            again.mutate(
                              { params: { study, invitation: one.id } },
                              { onSuccess: () => setSent(one) },
                            )
                          }
                        >
                          {t('New link')}
                        </button>
                        <button
                          type="button"
                          className="btn sm"
                          disabled={revoke.isPending}
                          aria-label={t('Take back: invitation of {name}', { name: one.name })}
                          onClick={() => revoke.mutate({ params: { study, invitation: one.id } })}
                        >
                          {t('Take back')}
                        </button>
                      </>
                    )}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {sent && again.data && (
        <Dialog
          title={t('A new link')}
          act={t('Done')}
          single
          busy={false}
          cause={null}
          onAct={() => setSent(null)}
          onClose={() => setSent(null)}
        >
          {again.data.link === null ? (
            <p>
              {t('A new link is on its way to {email}. The one before works no more.', { email: sent.email })}
            </p>
          ) : (
            <OneTimeLink path={again.data.link} name={sent.name} />
          )}
        </Dialog>
      )}
    </section>
  );
}
