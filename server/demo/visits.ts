import { resolveAlert } from '../forms/alerts/resolve.ts';
import type { ItemValues } from '../forms/contract.ts';
import { saveForm } from '../forms/save.ts';
import type { RoleName, VisitDefinition } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';
import { answersFor, type Condition } from './answers.ts';
import type { Chance } from './chance.ts';
import { clock, type Person } from './enrolment.ts';
import type { Script } from './script.ts';

export interface Seen {
  person: Person;
  visit: VisitDefinition;
  condition: Condition;
  lateReason?: string;
  /** Only this many forms are entered; all where absent. */
  forms?: number;
}

const clinician: readonly string[] = ['hamd17', 'cgi-s', 'cgi-i', 'sofas'];
const safetyNotes = [
  'Asked the five questions; no plan, no intent. Told the study clinician.',
  'Clinician spoke with the participant the same day. Safety plan reviewed.',
  'No intent. Next contact agreed for the week after.',
];

/** All forms of a visit in one morning, the rated ones by the blinded assessor. */
export function attend(script: Script, study: Study, seen: Seen, chance: Chance): void {
  const { person, visit, condition } = seen;
  const day = condition.seenOn;
  const forms = visit.instruments.slice(0, seen.forms ?? visit.instruments.length);
  forms.forEach((id, index) => {
    const instrument = study.instruments.get(id)!;
    const values = answersFor(instrument, condition, chance);
    if (id === 'sick-leave' && chance.happens(0.05)) values.working = { missing: 'unknown' };
    const role: RoleName = clinician.includes(id) ? 'assessor' : 'coordinator';
    script.at(
      `${day}T10:${String(5 + index * 8).padStart(2, '0')}:${String(chance.integer(0, 59)).padStart(2, '0')}.000Z`,
      async (services, as) => {
        const saved = await saveForm(
          services,
          as(role),
          { participant: person.code, visit: visit.id, instrument: id },
          { version: 0, assessedOn: day, values, complete: true, lateReason: seen.lateReason },
        );
        for (const alert of saved.alerts)
          script.at(clock(day, chance, 11, 12), async (later, who) => {
            await resolveAlert(later, who('assessor'), alert.id, {
              done: alert.steps,
              note: chance.pick(safetyNotes),
            });
          });
      },
    );
  });
}

/** Some answers of the first form are entered and the rest is still open, with its safety alert. */
export function beginForm(
  script: Script,
  seen: Seen & { values: ItemValues; instrument: string; at: string },
): void {
  const { person, visit, condition, values, instrument, at } = seen;
  script.at(at, async (services, as) => {
    await saveForm(
      services,
      as('assessor'),
      { participant: person.code, visit: visit.id, instrument },
      { version: 0, assessedOn: condition.seenOn, values, complete: false, lateReason: seen.lateReason },
    );
  });
}
