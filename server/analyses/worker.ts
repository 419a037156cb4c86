import { performTask } from '../../analysis/tasks/task.ts';

/** What a worker thread does: one piece of an analysis at a time. */
export default performTask;
