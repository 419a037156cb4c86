import type { Finding } from '../documents/parse.ts';
import type { RoleName, StudyDocument } from './document.ts';

/**
 * Letters hide nothing where the arms' own shape tells them apart: their sizes, treatment in groups or in sessions
 * that some have and others haven't, or an arm that takes nobody any more.
 */
export function checkMasking({ arms, masking }: StudyDocument): Finding[] {
  if (masking.results !== 'masked') return [];
  const path = ['masking', 'results'];
  const differ = (of: (arm: StudyDocument['arms'][number]) => unknown): boolean =>
    new Set(arms.map((arm) => JSON.stringify(of(arm)))).size > 1;
  const telling = [
    ...(differ(({ ratio }) => ratio)
      ? [`are allocated ${arms.map(({ ratio }) => ratio).join(':')}, so that their sizes tell them apart`]
      : []),
    ...(differ(({ group }) => group !== undefined) ? ['are partly treated in groups'] : []),
    ...(differ(({ sessions }) => sessions !== undefined) ? ['have sessions partly'] : []),
    ...(differ(({ closed }) => closed === true) ? ['are partly closed'] : []),
  ];
  return telling.map((how) => ({
    path,
    message: `Found masked; expected pooled: the arms ${how}, and letters in their place would hide nothing.`,
  }));
}

/** Whoever judges by single events, or holds the data to analyse them, can't do so without small counts. */
const needsAll = ['monitoring-board', 'statistician'] as const satisfies readonly RoleName[];

/** Small counts are hidden from those who look on, not from those whose work is with the counts themselves. */
export function checkDisclosure({ disclosure }: StudyDocument): Finding[] {
  return (disclosure?.roles ?? []).flatMap((role, index) =>
    (needsAll as readonly RoleName[]).includes(role)
      ? [
          {
            path: ['disclosure', 'roles', index],
            message: `Found ${role}; expected a role that neither analyses the data nor judges single events.`,
          },
        ]
      : [],
  );
}
