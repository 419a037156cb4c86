import type { StudyDocument } from './document.ts';

/** The study as far as people can still come into it: without the arms and sites that an amendment closed. */
export function recruiting(document: StudyDocument): StudyDocument {
  return {
    ...document,
    arms: document.arms.filter((arm) => !arm.closed),
    sites: document.sites.filter((site) => !site.closed),
  };
}
