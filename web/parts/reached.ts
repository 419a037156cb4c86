import { Unreachable } from '../api.ts';
import { unheard } from './connection.ts';

/**
 * Loads a page's code. Without the network that isn't the page's fault: the shell stays, says so, and the page comes
 * once the server answers. Where the server answers but has no such file, a newer version was put in place; then the
 * router loads everything anew.
 */
export const reached =
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> => {
    try {
      return await load();
    } catch (cause) {
      const answers = await fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
        () => true,
        () => false,
      );
      if (answers) throw cause;
      unheard();
      throw new Unreachable();
    }
  };
