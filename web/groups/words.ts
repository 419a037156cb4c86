import { t } from '../language/t.ts';
import { addDays, type Day } from '../time.ts';
import type { Group, GroupsView, Plan } from './types.ts';

/** "5 waiting at Lohja: enough for a group of 4–6." */
export function planLine({ waiting, free, least, most, canBegin }: Plan, site: string): string {
  const size =
    least === most ? t('a group of {least}', { least }) : t('a group of {least}–{most}', { least, most });
  if (waiting === 0) return t('Nobody is waiting at {site} for {size}.', { site, size });
  const who = t('{waiting} waiting at {site}', { waiting, site });
  if (free >= waiting)
    return t(
      '{who}: {freeSeats, plural, one {# free seat} other {# free seats}} in groups that have not begun.',
      { who, freeSeats: free },
    );
  if (canBegin) return t('{who}: enough for {size}.', { who, size });
  return t('{who}: {least} more {what} {size}.', {
    who,
    least: least - waiting,
    what: least - waiting === 1 ? 'makes' : 'make',
    size,
  });
}

/** Who sits in the group: members whose membership has no end. */
export const seated = (group: Group): Group['members'] => group.members.filter(({ until }) => until === null);

/** Groups in the order of interest: those still to begin first, then the latest. */
export const byInterest = (groups: readonly Group[], today: Day): Group[] =>
  groups.toSorted((a, b) => {
    const ahead = Number(b.startsOn >= today) - Number(a.startsOn >= today);
    if (ahead !== 0) return ahead;
    return a.startsOn >= today ? a.startsOn.localeCompare(b.startsOn) : b.startsOn.localeCompare(a.startsOn);
  });

const courseDays = 84;

/** Whether a group is planned or began within twelve weeks, so that its members are worth a look now. */
export const isCurrent = (group: Group, today: Day): boolean => group.startsOn > addDays(today, -courseDays);

/** The next name in a site's row of groups: "PeGT 3" after two. */
export function nextName({ groups }: GroupsView, site: string, short: string): string {
  const names = new Set(groups.filter((group) => group.site === site).map(({ name }) => name));
  let number = groups.filter((group) => group.site === site).length + 1;
  while (names.has(`${short} ${number}`)) number += 1;
  return `${short} ${number}`;
}
