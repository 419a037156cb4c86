import type { Caller, Services, User } from '../services.ts';
import type { RoleName } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';
import type { Cast } from './people.ts';

type Deed = (services: Services, as: (role: RoleName) => Caller) => Promise<void>;

/** Deeds of many people over two years, played in the order of their time under a clock that shows it. */
export class Script {
  readonly #deeds: { at: string; order: number; deed: Deed }[] = [];
  #count = 0;
  #sorted = false;

  /** @param at ISO instant, UTC */
  at(at: string, deed: Deed): void {
    this.#deeds.push({ at, order: this.#count, deed });
    this.#count += 1;
    this.#sorted = false;
  }

  /** A deed may add deeds that come later than itself. */
  async play(
    services: Services,
    study: Study,
    cast: Cast,
    onProgress: (done: number, total: number) => void,
  ): Promise<void> {
    let clock = '';
    const playing: Services = { ...services, now: () => new Date(clock) };
    const as = (role: RoleName): Caller => callerOf(study, cast[role], role);
    for (let done = 0; this.#deeds.length > 0; done += 1) {
      this.#sort();
      const { at, deed } = this.#deeds.pop()!;
      clock = at;
      await deed(playing, as);
      if (done % 25 === 0) onProgress(done, done + this.#deeds.length);
    }
  }

  /** Latest first, so that the next deed is taken from the end. */
  #sort(): void {
    if (this.#sorted) return;
    this.#deeds.sort((a, b) => (a.at === b.at ? b.order - a.order : a.at < b.at ? 1 : -1));
    this.#sorted = true;
  }
}

function callerOf(study: Study, user: User, role: RoleName): Caller {
  return { user, study, roles: [role], sites: null, blinded: study.document.masking.blinded.includes(role) };
}
