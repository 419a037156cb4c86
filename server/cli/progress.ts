import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** @param done so far, of `total` where it is known */
  to(done: number, total?: number): void;
  end(): void;
}

/** A progress bar on standard error; silent where that isn't a terminal. */
export function progressBar(what: string, unit: string): Progress {
  if (!process.stderr.isTTY) return { to: () => {}, end: () => {} };
  const bar = new SingleBar(
    {
      format: `${what} {bar} {value}/{total} ${unit}, {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    to(done, total = done) {
      if (!started) bar.start(total, done);
      started = true;
      bar.setTotal(total);
      bar.update(done);
    },
    end() {
      if (started) bar.stop();
    },
  };
}
