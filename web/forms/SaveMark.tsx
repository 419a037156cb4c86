import {
  IconAlertTriangle,
  IconCheck,
  IconCircleDashed,
  IconCloudUp,
  IconDeviceFloppy,
} from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { clock } from '../time.ts';
import css from './forms.module.css';
import type { SaveState } from './saving.ts';

/** Where the last change is, in a word: on the server since 14:02, on its way, or on this device. */
export function SaveMark({ state, durable }: { state: SaveState; durable: boolean }) {
  const { tone, Icon, words } = durable || !onDevice.has(state.kind) ? marks(state) : pageOnly;
  return (
    <span className={css.save} data-tone={tone} role="status">
      <Icon className="ic" aria-hidden />
      {words}
    </span>
  );
}

const onDevice = new Set<SaveState['kind']>(['kept', 'correcting', 'offline']);
/** The browser keeps nothing: full, or a private window. */
const pageOnly = { tone: 'danger', Icon: IconAlertTriangle, words: t('On this page only') };

function marks(state: SaveState) {
  switch (state.kind) {
    case 'untouched':
      return { tone: 'quiet', Icon: IconCircleDashed, words: t('Nothing entered') };
    case 'saved':
      return { tone: 'ok', Icon: IconCheck, words: t('Saved {at}', { at: clock(state.at) }) };
    case 'saving':
      return { tone: 'quiet', Icon: IconCloudUp, words: t('Saving') };
    case 'kept':
    case 'correcting':
      return { tone: 'quiet', Icon: IconDeviceFloppy, words: t('Saved on this device') };
    case 'offline':
      return { tone: 'warn', Icon: IconDeviceFloppy, words: t('Saved on this device') };
    case 'conflict':
      return { tone: 'warn', Icon: IconAlertTriangle, words: t('Two versions') };
    case 'refused':
      return { tone: 'danger', Icon: IconAlertTriangle, words: t('Not saved') };
  }
}
