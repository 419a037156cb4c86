import type { Draft, FormPlace } from '../offline/kept.ts';
import type { Outbox } from '../offline/outbox.ts';

/** Where the work on one form is kept until the server has it. */
export interface DraftPlace {
  read(): Draft | null;
  write(draft: Draft): void;
  clear(): void;
}

/** The place of one form in the outbox. It clears only what it wrote or read itself, never another window's work. */
export function draftPlace(outbox: Outbox, place: FormPlace): DraftPlace {
  let stamp: string | null = null;
  const follow = () => {
    stamp = outbox.read(place)?.stamp ?? null;
  };
  return {
    read() {
      follow();
      return outbox.read(place);
    },
    write(draft) {
      outbox.write(place, draft);
      follow();
    },
    clear() {
      if (stamp !== null) outbox.remove(place, stamp);
    },
  };
}
