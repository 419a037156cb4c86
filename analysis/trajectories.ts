import type { Dataset } from './dataset.ts';
import type { Plan } from './plan.ts';
import { indexScores } from './scores.ts';
import { validateDataset } from './validate.ts';

export interface Course {
  participant: string;
  arm: string;
  /** In time order, of the visits that there are. */
  points: { visit: string; day: number; value: number }[];
}

export interface Trajectories {
  courses: Course[];
  /** Of those observed at each visit, by arm. */
  means: { arm: string; visit: string; day: number; mean: number; n: number }[];
}

/**
 * Every participant's scores over time and each arm's mean of those observed. Both the last baseline visit and what
 * follows it are shown.
 *
 * @throws DatasetError for data that repeat or contradict themselves
 */
export function trajectories(
  dataset: Dataset,
  measure: string,
  population: Plan['population'],
): Trajectories {
  validateDataset(dataset);
  const scores = indexScores(dataset);
  const base = dataset.visits.findLast((visit) => visit.baseline);
  const visits = dataset.visits.filter((visit) => visit === base || !visit.baseline);
  const people = dataset.participants.filter(
    (person) => population === 'all-randomised' || person.startedTreatment,
  );
  const courses = people.map(({ id, arm }) => ({
    participant: id,
    arm,
    points: visits.flatMap((visit) => {
      const value = scores.at(id, visit.id, measure);
      return value === undefined ? [] : [{ visit: visit.id, day: visit.day, value }];
    }),
  }));
  const means = dataset.arms.flatMap((arm) =>
    visits.flatMap((visit) => {
      const values = courses.flatMap((course) =>
        course.arm === arm.id ? course.points.filter((point) => point.visit === visit.id) : [],
      );
      if (values.length === 0) return [];
      const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length;
      return [{ arm: arm.id, visit: visit.id, day: visit.day, mean, n: values.length }];
    }),
  );
  return { courses: courses.filter(({ points }) => points.length > 0), means };
}
