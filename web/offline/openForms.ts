import { type FormPlace, placeName } from './kept.ts';

const here = new Map<string, number>();
/** Forms whose closing somebody waits for. */
const awaited = new Set<string>();
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

/**
 * Runs `act` unless a window of this browser has the form open; gives back whether it ran. Where it did not, `onClosed`
 * is called once no window has the form open any more: a page that is just being left may still count as one.
 */
export async function unlessOpen(
  user: string,
  place: FormPlace,
  act: () => Promise<void>,
  onClosed: () => void,
): Promise<boolean> {
  const name = lockOf(user, place);
  const manager = locks();
  if (!manager) {
    if (here.has(name)) return false;
    await act();
    return true;
  }
  const ran = await manager.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await act();
    return lock !== null;
  });
  if (!ran && !awaited.has(name)) {
    awaited.add(name);
    void manager.request(name, async () => void awaited.delete(name)).then(onClosed);
  }
  return ran;
}

/** Runs `act` once no other window of this browser is sending for the same person. */
export async function alone(user: string, act: () => Promise<void>): Promise<void> {
  const manager = locks();
  if (manager) await manager.request(`equipoise-sending ${user}`, act);
  else await act();
}
