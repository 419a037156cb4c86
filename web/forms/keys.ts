import type { Item } from '../../server/instruments/document.ts';

/** A key press, as far as entry cares about it. */
export interface KeyPress {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  /** The key was pressed in a field that takes text, so letters and digits belong to the field. */
  typing: boolean;
}

export interface KeyContext {
  /** The unfolded item; null past the last one. */
  item: Item | null;
  /** Whether the choice of why there is no answer is open. */
  missingOpen: boolean;
  /** How many missing codes the protocol has. */
  missingCodes: number;
  /** False where the person turned single keys off (WCAG 2.1.4); Enter, arrows and Shift+Tab stay. */
  singleKeys: boolean;
  /** There is no item before this one: Shift+Tab then leaves the items as it does elsewhere. */
  first: boolean;
}

export type KeyCommand =
  | { do: 'answer'; value: number }
  | { do: 'next' }
  | { do: 'back' }
  | { do: 'open-missing' }
  | { do: 'choose-missing'; index: number }
  | { do: 'close-missing' }
  | { do: 'clear' }
  | { do: 'move-option'; by: 1 | -1 }
  | { do: 'help' };

/** What a key press means during entry; null leaves it to the browser. */
export function readKey(press: KeyPress, context: KeyContext): KeyCommand | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (press.key === 'Escape') return context.missingOpen ? { do: 'close-missing' } : null;
  return movement(press, context) ?? singleKey(press, context);
}

function movement(press: KeyPress, { item, first, missingOpen }: KeyContext): KeyCommand | null {
  switch (press.key) {
    case 'Enter':
      return item && !missingOpen && !press.shiftKey ? { do: 'next' } : null;
    case 'Tab':
      return press.shiftKey && !first && !missingOpen ? { do: 'back' } : null;
    case 'ArrowUp':
      if (missingOpen) return { do: 'move-option', by: -1 };
      return first || (press.typing && item?.kind === 'text') ? null : { do: 'back' };
    case 'ArrowDown':
      if (missingOpen) return { do: 'move-option', by: 1 };
      return item && !(press.typing && item.kind === 'text') ? { do: 'next' } : null;
    case 'ArrowLeft':
      return press.typing ? null : { do: 'move-option', by: -1 };
    case 'ArrowRight':
      return press.typing ? null : { do: 'move-option', by: 1 };
    default:
      return null;
  }
}

function singleKey(press: KeyPress, context: KeyContext): KeyCommand | null {
  if (!context.singleKeys || press.typing) return null;
  if (press.key === '?') return { do: 'help' };
  if (!context.item) return null;
  if (press.key === 'm' || press.key === 'M') {
    return { do: context.missingOpen ? 'close-missing' : 'open-missing' };
  }
  if (press.key === 'Delete' || press.key === 'Backspace') return { do: 'clear' };
  if (!/^[0-9]$/.test(press.key)) return null;
  const digit = Number(press.key);
  if (context.missingOpen) {
    return digit >= 1 && digit <= context.missingCodes ? { do: 'choose-missing', index: digit - 1 } : null;
  }
  const answers = context.item.kind === 'choice' && context.item.options.some(({ value }) => value === digit);
  return answers ? { do: 'answer', value: digit } : null;
}
