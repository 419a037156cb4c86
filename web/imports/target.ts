import { takesAnswer } from '../../server/instruments/rules.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { t } from '../language/t.ts';

/**
 * What a column becomes, as one string that a select can hold: `participant`, `site`, `screened`, `randomised`, `arm`,
 * `ignore`, `screening/FIELD`, `answer/VISIT/INSTRUMENT/ITEM`, `assessed/VISIT/INSTRUMENT`; empty while nobody decided.
 */
export type Target = string;

export interface TargetGroup {
  label: string;
  targets: { value: Target; label: string }[];
}

/** Everything that a column can become in the study. */
export function targetsOf({ document, instruments }: StudyView): TargetGroup[] {
  const answers = document.visits.flatMap((visit) =>
    visit.instruments.map((id): TargetGroup => {
      const instrument = instruments.find((one) => one.id === id);
      const place = `${visit.id}/${id}`;
      const short = instrument?.short ?? id;
      return {
        label: `${short}, ${visit.label}`,
        targets: [
          {
            value: `assessed/${place}`,
            label: t('{short}, {label}: day of assessment', { short, label: visit.label }),
          },
          ...(instrument?.items ?? []).flatMap((item, index) =>
            takesAnswer(item) && item.kind !== 'file'
              ? {
                  value: `answer/${place}/${item.id}`,
                  label: `${short}, ${visit.label}: ${index + 1} ${item.label}`,
                }
              : [],
          ),
        ],
      };
    }),
  );
  return [
    {
      label: t('Participant'),
      targets: [
        { value: 'participant', label: t('Participant ID') },
        { value: 'site', label: t('Site') },
        { value: 'screened', label: t('Day of screening') },
        { value: 'arm', label: t('Arm, randomised elsewhere') },
        { value: 'randomised', label: t('Day of randomisation') },
      ],
    },
    {
      label: t('Screening'),
      targets: document.screening.fields.map(({ id, label }) => ({
        value: `screening/${id}`,
        label: t('Screening: {label}', { label }),
      })),
    },
    ...answers,
  ].filter(({ targets }) => targets.length > 0);
}

/** The codes that the cells of a column have to become; null where they are taken as they stand. */
export function codesOf(
  { document }: StudyView,
  target: Target,
): { value: string; label: string; also: string[] }[] | null {
  if (target === 'site')
    return document.sites.map(({ id, name, code }) => ({ value: id, label: name, also: [code] }));
  if (target === 'arm')
    return document.arms.map(({ id, short, name }) => ({ value: id, label: short, also: [name] }));
  const [kind, id] = target.split('/');
  const field = kind === 'screening' ? document.screening.fields.find((one) => one.id === id) : undefined;
  return field?.kind === 'choice'
    ? field.options.map(({ value, label }) => ({ value, label, also: [] }))
    : null;
}
