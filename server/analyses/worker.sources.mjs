// The worker as a thread loads it where the server runs from its sources.
import { register } from 'tsx/esm/api';

register();
const { default: performTask, imputeStudy, runWhole } = await import('./worker.ts');

export { imputeStudy, performTask as default, runWhole };
