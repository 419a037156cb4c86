/**
 * The dataset that every analysis starts from: randomised participants and their derived scores, nothing else.
 * It carries no names, no clock and no database; whoever builds it decides which arms it shows.
 */
export interface Dataset {
  /** In the protocol's order. A pooled dataset has one arm, `pooled`. */
  arms: DatasetArm[];
  /** In time order; `day` is the target day counted from randomisation, 0 for the baseline. */
  visits: DatasetVisit[];
  participants: DatasetParticipant[];
  scores: DatasetScore[];
  events: DatasetEvent[];
}

export interface DatasetArm {
  id: string;
  label: string;
  /** The arm that the others are compared with. */
  reference: boolean;
}

export interface DatasetVisit {
  id: string;
  label: string;
  day: number;
  baseline: boolean;
  /** Day from randomisation on which the visit's window closes; the target day where absent. */
  closes?: number;
}

export interface DatasetParticipant {
  id: string;
  arm: string;
  site: string;
  /** Calendar day, YYYY-MM-DD. */
  randomisedOn: string;
  /** Stratification factors and other values known at randomisation. */
  factors: Record<string, string | number>;
  startedTreatment: boolean;
  /** Therapy sessions attended; absent where the arm has none, and in a pooled dataset. */
  sessionsAttended?: number;
  /** Visit → the calendar day on which the person's own window closes. */
  closes?: Record<string, string>;
}

/** One derived score; a row that isn't there is missing. */
export interface DatasetScore {
  participant: string;
  visit: string;
  /** `instrument.score`, such as `hamd17.total`. */
  measure: string;
  value: number;
  /** Whether a missing-item rule filled in part of it. */
  prorated: boolean;
}

export interface DatasetEvent {
  participant: string;
  /** Identifier of the protocol's event. */
  event: string;
  kind: 'intercurrent' | 'withdrawal' | 'treatment-start' | 'deviation' | 'death';
  on: string;
  /** The last day, of an event that lasted. */
  until?: string;
  /** Loss reason or other detail in the protocol's words. */
  detail: string;
}
