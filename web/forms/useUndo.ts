import { useEffect, useState } from 'react';
import { type FormView, formVersions, type ItemValue } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { useEndpoint } from '../api.ts';
import { useSession } from '../session.ts';
import { REASON } from './difference.ts';
import { stepInWords } from './fieldName.ts';
import type { Step } from './history.ts';
import type { Saver, SaverView } from './saving.ts';

interface Parts {
  saver: Saver;
  view: SaverView;
  study: StudyView;
  form: FormView;
  instrument: InstrumentDocument;
  enabled: boolean;
  /** Shows the item that a step touched; null for the fields above the items. */
  onStep(item: string | null): void;
}

/**
 * Takes the last changes of a form back, as changes of their own: Ctrl+Z outside fields that take text, which have
 * their own. Below what was typed on this page lie the saves that the same person made last.
 */
export function useUndo({ saver, view, study, form, instrument, enabled, onStep }: Parts) {
  const me = useSession().user.name;
  const [opened] = useState(form);
  const { participant, visit } = opened;
  const versions = useEndpoint(
    formVersions,
    { params: { study: study.id, participant, visit, instrument: instrument.id } },
    { enabled: enabled && opened.version > 0, staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false },
  ).data?.versions;
  const [older] = useState(() => ({ told: false }));
  // How many steps were taken: fields that hold what is being typed are drawn anew with what a step put back.
  const [steps, setSteps] = useState(0);
  useEffect(() => {
    if (!versions || older.told) return;
    older.told = true;
    saver.remember(savedSteps(versions, me, opened.version));
  }, [versions, older, saver, me, opened.version]);

  const step = (direction: 'undo' | 'redo') => {
    const fields = saver.step(direction);
    if (fields.length === 0) return;
    setSteps((before) => before + 1);
    const touched = ({ id }: { id: string }) => fields.includes(id) || fields.includes(`${REASON}${id}`);
    onStep(instrument.items.find(touched)?.id ?? null);
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
  const last = enabled ? view.history.done.at(-1) : undefined;
  return {
    undo: () => step('undo'),
    /** The change that `undo` takes back, in words. */
    lastChange: last && stepInWords(instrument, study.document.missing, last),
    steps,
  };
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
