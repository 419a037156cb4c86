// The worker as a thread loads it where the server runs from its sources.
import { register } from 'tsx/esm/api';

register();
const { default: answer, warm } = await import('./worker.ts');

export { answer as default, warm };
