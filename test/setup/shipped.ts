import { type LoadedStudy, loadStudy } from '../../server/studies/load.ts';

const loaded = new Map<string, Promise<LoadedStudy>>();

/** A copy of a study that the platform ships, read once for all tests of this process. */
export async function shipped(id: string): Promise<LoadedStudy> {
  const reading = loaded.get(id) ?? loadStudy(`data/studies/${id}.yaml`, ['data/instruments']);
  loaded.set(id, reading);
  return structuredClone(await reading);
}
