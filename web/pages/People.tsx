import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { listPeople, revokeMembership } from '../../server/accounts/contract.ts';
import { type Reply, useCall, useEndpoint } from '../api.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName } from '../parts/naming.ts';
import { roleLabel, useMay, useSession, useStudyId, useStudyView } from '../session.ts';
import { count, fullDay, localDay } from '../time.ts';

const AddPerson = lazy(() => import('../parts/dialogs/AddPerson.tsx'));

type Person = Reply<typeof listPeople>['people'][number];
type Membership = Person['memberships'][number];

/** Who holds which role at which site; a role that was taken away stays in the list. */
export default function People() {
  const study = useStudyId();
  const may = useMay();
  const people = useEndpoint(listPeople, { params: { study } });
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<{ person: Person; membership: Membership } | null>(null);
  return (
    <>
      <div className="head">
        <div>
          <h1>People</h1>
          <p>
            {people.data ? count(people.data.people.length, 'person', 'people') : 'People'} with a role in
            this study
          </p>
        </div>
        {may('people.manage') && (
          <div className="acts">
            <button type="button" className="btn pri" onClick={() => setAdding(true)}>
              <IconPlus className="ic" aria-hidden />
              Add a person
            </button>
          </div>
        )}
      </div>
      <Loaded of={people} label="people">
        {(read) => (
          <Table people={read.people} revoke={(person, membership) => setRevoking({ person, membership })} />
        )}
      </Loaded>
      <Suspense>{adding && <AddPerson onClose={() => setAdding(false)} />}</Suspense>
      {revoking && <Revoke {...revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function Table({
  people,
  revoke,
}: {
  people: readonly Person[];
  revoke: (person: Person, membership: Membership) => void;
}) {
  const view = useStudyView();
  const may = useMay();
  const me = useSession().user.id;
  return (
    <section className="card" aria-label="People">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label="People and roles" tabIndex={0}>
        <table className="table">
          <caption className="vh">People and their roles</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">E-mail</th>
              <th scope="col">Role</th>
              <th scope="col">Site</th>
              <th scope="col">Since</th>
              <th scope="col">
                <span className="vh">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.flatMap((person) =>
              person.memberships.map((membership) => (
                <tr key={membership.id} className={membership.revokedAt ? 'mute' : undefined}>
                  <td className="nowrap">{person.name}</td>
                  <td className="ink2">{person.email}</td>
                  <td className="nowrap">{roleLabel[membership.role]}</td>
                  <td>{membership.site === null ? 'All sites' : siteName(view, membership.site)}</td>
                  <td className="nowrap ink2">
                    {fullDay(localDay(membership.grantedAt))}
                    {membership.revokedAt && `, taken away ${fullDay(localDay(membership.revokedAt))}`}
                  </td>
                  <td className="num">
                    {membership.revokedAt === null && may('people.manage') && (
                      <button
                        type="button"
                        className="btn sm"
                        disabled={person.id === me}
                        title={person.id === me ? 'Another owner has to take your role away' : undefined}
                        aria-label={`Take away: ${person.name}, ${roleLabel[membership.role].toLowerCase()}`}
                        onClick={() => revoke(person, membership)}
                      >
                        Take away
                      </button>
                    )}
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
      title={`Take away ${person.name}’s role?`}
      act="Take the role away"
      danger
      busy={revoke.isPending}
      cause={revoke.error}
      onAct={() => revoke.mutate({ params: { study, membership: membership.id } }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {person.name} stops being {roleLabel[membership.role].toLowerCase()} at once, also where they are
        signed in now. What they entered stays under their name.
      </p>
    </Dialog>
  );
}
