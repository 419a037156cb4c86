import { useEffect, useState } from 'react';
import { type FormView, formVersions, type ItemValue } from '../../server/forms/contract.ts';
import { useEndpoint } from '../api.ts';
import { useSession } from '../session.ts';
import type { Step } from './history.ts';
import type { Saver } from './saving.ts';

interface Parts {
  saver: Saver;
  study: string;
  form: FormView;
  enabled: boolean;
  /** Shows the fields that a step touched. */
  onStep(fields: readonly string[]): void;
}

/**
 * Takes the last changes of a form back, as changes of their own: Ctrl+Z outside fields that take text, which have
 * their own. Below what was typed on this page lie the saves that the same person made last.
 */
export function useUndo({ saver, study, form, enabled, onStep }: Parts) {
  const me = useSession().user.name;
  const [opened] = useState(form);
  const { participant, visit, instrument } = opened;
  const versions = useEndpoint(
    formVersions,
    { params: { study, participant, visit, instrument } },
    { enabled: enabled && opened.version > 0, staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false },
  ).data?.versions;
  const [steps] = useState(() => ({ told: false }));
  useEffect(() => {
    if (!versions || steps.told) return;
    steps.told = true;
    saver.remember(savedSteps(versions, me, opened.version));
  }, [versions, steps, saver, me, opened.version]);

  const step = (direction: 'undo' | 'redo') => {
    const fields = saver.step(direction);
    if (fields.length > 0) onStep(fields);
  };
  useEffect(() => {
    if (!enabled) return;
    const press = (event: KeyboardEvent) => {
      const direction = directionOf(event);
      if (direction === null || event.defaultPrevented) return;
      event.preventDefault();
      step(direction);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  return { undo: () => step('undo') };
}

type Versions = {
  version: number;
  by: string;
  changed: { item: string; before: ItemValue | null; after: ItemValue | null }[];
}[];

/** What one person saved last, down to a save by someone else, oldest first. */
export function savedSteps(versions: Versions, by: string, upTo: number): Step[] {
  const known = versions
    .filter(({ version }) => version <= upTo)
    .sort((one, other) => one.version - other.version);
  const others = known.findLastIndex((version) => version.by !== by);
  return known
    .slice(others + 1)
    .map(({ changed }) => changed.map(({ item, before, after }) => ({ field: item, before, after })))
    .filter((step) => step.length > 0);
}

function directionOf(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key !== 'z' && key !== 'y') return null;
  const target = event.target as HTMLElement;
  const typing =
    'input:not([type=radio],[type=checkbox],[type=range]), textarea, select, [contenteditable=true]';
  if (target.closest(typing) || document.querySelector('[role=dialog]')) return null;
  return key === 'y' || event.shiftKey ? 'redo' : 'undo';
}
