import type { Finding } from '../documents/parse.ts';
import type { StudyDocument } from './document.ts';

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
