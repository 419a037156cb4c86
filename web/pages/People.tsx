import { IconPlus, IconShieldCheck } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { listPeople, revokeMembership } from '../../server/accounts/contract.ts';
import type { RoleName } from '../../server/studies/document.ts';
import { useCall, useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName } from '../parts/naming.ts';
import { AccountDialog } from '../people/AccountDialog.tsx';
import { Invitations } from '../people/Invitations.tsx';
import { type PersonAct, PersonMenu } from '../people/PersonMenu.tsx';
import type { Membership, Person } from '../people/person.ts';
import { RequireFactor } from '../people/RequireFactor.tsx';
import { roleLabel, useMay, useSession, useStudyId, useStudyView } from '../session.ts';
import { fullDay, localDay } from '../time.ts';

const InvitePerson = lazy(() => import('../people/InvitePerson.tsx'));
const AddPerson = lazy(() => import('../parts/dialogs/AddPerson.tsx'));

/** Who holds which role at which site; a role that was taken away stays in the list. */
export default function People() {
  const study = useStudyId();
  const may = useMay();
  const people = useEndpoint(listPeople, { params: { study } });
  const [open, setOpen] = useState<'add' | 'invite' | 'require' | null>(null);
  const close = () => setOpen(null);
  const [acting, setActing] = useState<{ person: Person; act: PersonAct } | null>(null);
  const [revoking, setRevoking] = useState<{ person: Person; membership: Membership } | null>(null);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('People')}</h1>
          <p>
            {people.data
              ? t('{people, plural, one {# person} other {# people}}', { people: people.data.people.length })
              : t('People')}{' '}
            {t('with a role in this study')}
          </p>
        </div>
        {may('people.manage') && (
          <div className="acts">
            <button type="button" className="btn" onClick={() => setOpen('require')}>
              <IconShieldCheck className="ic" aria-hidden />
              {t('Second factor')}
            </button>
            <button type="button" className="btn" onClick={() => setOpen('add')}>
              {t('Add with a password')}
            </button>
            <button type="button" className="btn pri" onClick={() => setOpen('invite')}>
              <IconPlus className="ic" aria-hidden />
              {t('Invite a person')}
            </button>
          </div>
        )}
      </div>
      <Loaded of={people} label={t('people')}>
        {(read) => (
          <div className="stack">
            <Invitations />
            <Table
              people={read.people}
              needing={read.rolesWithFactor}
              revoke={(person, membership) => setRevoking({ person, membership })}
              act={(person, act) => setActing({ person, act })}
            />
          </div>
        )}
      </Loaded>
      <Suspense>
        {open === 'invite' && <InvitePerson onClose={close} />}
        {open === 'add' && <AddPerson onClose={close} />}
      </Suspense>
      {open === 'require' && people.data && (
        <RequireFactor roles={people.data.rolesWithFactor} onClose={close} />
      )}
      {acting && <AccountDialog {...acting} onClose={() => setActing(null)} />}
      {revoking && <Revoke {...revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function Table({
  people,
  needing,
  revoke,
  act,
}: {
  people: readonly Person[];
  needing: readonly RoleName[];
  revoke: (person: Person, membership: Membership) => void;
  act: (person: Person, act: PersonAct) => void;
}) {
  const view = useStudyView();
  const may = useMay();
  const me = useSession().user.id;
  return (
    <section className="card" aria-label={t('People')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label={t('People and roles')} tabIndex={0}>
        <table className="table stacks">
          <caption className="vh">{t('People and their roles')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('Name')}</th>
              <th scope="col">{t('E-mail')}</th>
              <th scope="col">{t('Role')}</th>
              <th scope="col">{t('Site')}</th>
              <th scope="col">{t('Second factor')}</th>
              <th scope="col">{t('Since')}</th>
              <th scope="col">
                <span className="vh">{t('Action')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.flatMap((person) =>
              person.memberships.map((membership, index) => (
                <tr key={membership.id} className={membership.revokedAt ? 'mute' : undefined}>
                  <td className="nowrap">
                    {person.name}
                    {person.disabled && (
                      <>
                        {' '}
                        <span className="tag wrn">{t('Disabled')}</span>
                      </>
                    )}
                  </td>
                  <td className="ink2" data-label={t('E-mail')}>
                    {person.email}
                  </td>
                  <td className="nowrap" data-label={t('Role')}>
                    {roleLabel[membership.role]}
                  </td>
                  <td data-label={t('Site')}>
                    {membership.site === null ? t('All sites') : siteName(view, membership.site)}
                  </td>
                  <td className="nowrap ink2" data-label={t('Second factor')}>
                    {person.secondFactor
                      ? t('On')
                      : membership.revokedAt === null && needing.includes(membership.role)
                        ? t('Needed, not on yet')
                        : t('Off')}
                  </td>
                  <td className="ink2" data-label={t('Since')}>
                    {fullDay(localDay(membership.grantedAt))}
                    {membership.revokedAt &&
                      t(', taken away {revokedAt}', { revokedAt: fullDay(localDay(membership.revokedAt)) })}
                  </td>
                  <td>
                    <div className="row row-acts">
                      {membership.revokedAt === null && may('people.manage') && (
                        <button
                          type="button"
                          className="btn sm"
                          disabled={person.id === me}
                          title={person.id === me ? t('Another owner has to take your role away') : undefined}
                          aria-label={t('Take away: {name}, {roleLabel}', {
                            name: person.name,
                            roleLabel: roleLabel[membership.role].toLowerCase(),
                          })}
                          onClick={() => revoke(person, membership)}
                        >
                          {t('Take away')}
                        </button>
                      )}
                      {index === 0 && person.id !== me && may('people.manage') && (
                        <PersonMenu person={person} onAct={(what) => act(person, what)} />
                      )}
                    </div>
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Revoke({
  person,
  membership,
  onClose,
}: {
  person: Person;
  membership: Membership;
  onClose: () => void;
}) {
  const study = useStudyId();
  const revoke = useCall(revokeMembership, { invalidates: [listPeople] });
  return (
    <Dialog
      title={t('Take away {name}’s role?', { name: person.name })}
      act={t('Take the role away')}
      danger
      busy={revoke.isPending}
      cause={revoke.error}
      onAct={() => revoke.mutate({ params: { study, membership: membership.id } }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {t(
          '{name} stops being {roleLabel} at once, also where they are signed in now. What they entered stays under their name.',
          { name: person.name, roleLabel: roleLabel[membership.role].toLowerCase() },
        )}
      </p>
    </Dialog>
  );
}
