import { type FormPlace, placeName } from './kept.ts';

const here = new Map<string, number>();
const lockOf = (user: string, place: FormPlace) => `equipoise-form ${user} ${placeName(place)}`;
// Absent where the page is not from a secure origin; then only this window is known.
const locks = (): LockManager | undefined => navigator.locks;

/** Says that an opened form has its work in hand, until the returned function is called. */
export function holdForm(user: string, place: FormPlace): () => void {
  const name = lockOf(user, place);
  here.set(name, (here.get(name) ?? 0) + 1);
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  void locks()?.request(name, { mode: 'shared' }, () => released);
  return () => {
    release();
    const left = (here.get(name) ?? 1) - 1;
    if (left > 0) here.set(name, left);
    else here.delete(name);
  };
}

/** Runs `act` unless a window of this browser has the form open; gives back whether it ran. */
export async function unlessOpen(user: string, place: FormPlace, act: () => Promise<void>): Promise<boolean> {
  const name = lockOf(user, place);
  if (here.has(name)) return false;
  return withLock(name, act);
}

/** Runs `act` unless another window of this browser is sending for the same person. */
export async function alone(user: string, act: () => Promise<void>): Promise<void> {
  await withLock(`equipoise-sending ${user}`, act);
}

async function withLock(name: string, act: () => Promise<void>): Promise<boolean> {
  const manager = locks();
  if (!manager) {
    await act();
    return true;
  }
  return manager.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await act();
    return lock !== null;
  });
}
