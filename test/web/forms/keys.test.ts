import { describe, expect, it } from 'vitest';
import type { Item } from '../../../server/instruments/document.ts';
import { type KeyContext, type KeyPress, readKey } from '../../../web/forms/keys.ts';

const choice: Item = {
  id: 'mood',
  label: 'Depressed mood',
  required: true,
  kind: 'choice',
  options: [0, 1, 2].map((value) => ({ value, label: `Anchor ${value}` })),
};
const text: Item = { id: 'note', label: 'Note', required: false, kind: 'text', maxLength: 500 };

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  typing: false,
  ...more,
});
const context = (more: Partial<KeyContext> = {}): KeyContext => ({
  item: choice,
  missingOpen: false,
  missingCodes: 4,
  singleKeys: true,
  first: false,
  ...more,
});

describe('keys of form entry', () => {
  it('answers with a digit that is one of the anchors and with no other', () => {
    expect(readKey(press('2'), context())).toEqual({ do: 'answer', value: 2 });
    expect(readKey(press('3'), context())).toBeNull();
  });

  it('goes on with Enter, back with Shift+Tab and the arrow up', () => {
    expect(readKey(press('Enter'), context())).toEqual({ do: 'next' });
    expect(readKey(press('Tab', { shiftKey: true }), context())).toEqual({ do: 'back' });
    expect(readKey(press('ArrowUp'), context())).toEqual({ do: 'back' });
  });

  it('lets Tab and, on the first item, Shift+Tab leave the items, so that nobody is trapped', () => {
    expect(readKey(press('Tab'), context())).toBeNull();
    expect(readKey(press('Tab', { shiftKey: true }), context({ first: true }))).toBeNull();
  });

  it('opens the choice of missing with M and takes a numbered reason', () => {
    expect(readKey(press('m'), context())).toEqual({ do: 'open-missing' });
    expect(readKey(press('2'), context({ missingOpen: true }))).toEqual({ do: 'choose-missing', index: 1 });
    expect(readKey(press('5'), context({ missingOpen: true }))).toBeNull();
    expect(readKey(press('Escape'), context({ missingOpen: true }))).toEqual({ do: 'close-missing' });
  });

  it('keeps its hands off single keys once they are turned off, and off what is typed into a field', () => {
    for (const key of ['0', 'm', '?', 'Delete']) {
      expect(readKey(press(key), context({ singleKeys: false }))).toBeNull();
      expect(readKey(press(key, { typing: true }), context())).toBeNull();
    }
    expect(readKey(press('Enter'), context({ singleKeys: false }))).toEqual({ do: 'next' });
    expect(readKey(press('ArrowUp', { typing: true }), context({ item: text }))).toBeNull();
  });

  it('leaves shortcuts of the browser alone', () => {
    expect(readKey(press('1', { ctrlKey: true }), context())).toBeNull();
    expect(readKey(press('ArrowUp', { altKey: true }), context())).toBeNull();
  });
});
