import { useEffect, useRef } from 'react';

const stored = 'equipoise-active';
let last = Date.now();

/** Whether a key or a click came within the last minutes, in any window of this browser. */
export const activeWithin = (minutes: number): boolean => Date.now() - last < minutes * 60_000;

/** When the last key or click came, in milliseconds of the epoch. */
export const lastActivity = (): number => last;

/** Calls back at most once a minute while the person types or clicks, here or in another window of this browser. */
export function useActivity(onActive: () => void): void {
  const latest = useRef(onActive);
  useEffect(() => {
    latest.current = onActive;
  });
  useEffect(() => {
    let told = Date.now();
    const tell = () => {
      last = Date.now();
      if (last - told < 60_000) return false;
      told = last;
      latest.current();
      return true;
    };
    const act = () => {
      if (tell()) localStorage.setItem(stored, String(last));
    };
    const elsewhere = (event: StorageEvent) => {
      if (event.key === stored) tell();
    };
    window.addEventListener('keydown', act, { passive: true });
    window.addEventListener('pointerdown', act, { passive: true });
    window.addEventListener('storage', elsewhere);
    return () => {
      window.removeEventListener('keydown', act);
      window.removeEventListener('pointerdown', act);
      window.removeEventListener('storage', elsewhere);
    };
  }, []);
}

/** Reads again every minute while someone is there; a screen left alone asks nothing, so that its session can end. */
export function useFresh(read: () => unknown): void {
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (activeWithin(5) && document.visibilityState === 'visible') latest.current();
    }, 60_000);
    return () => clearInterval(timer);
  }, []);
}
