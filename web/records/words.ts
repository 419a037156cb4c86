import type { FollowUpPart } from '../../server/events/contract.ts';
import type { HarmContent, Seriousness } from '../../server/harms/contract.ts';

/** The criteria of ICH E2A as a form prints them. */
export const seriousWords: Record<Seriousness, string> = {
  death: 'Results in death',
  'life-threatening': 'Is life-threatening',
  hospitalisation: 'Requires or prolongs a stay in hospital',
  disability: 'Persistent or significant disability or incapacity',
  'congenital-anomaly': 'Congenital anomaly or birth defect',
  'other-important': 'Other medically important event',
};
export const severityWords = ['', 'Mild', 'Moderate', 'Severe', 'Life-threatening', 'Fatal'];
export const relatednessWords: Record<HarmContent['relatedness'], string> = {
  unrelated: 'Unrelated',
  unlikely: 'Unlikely',
  possible: 'Possible',
  probable: 'Probable',
  definite: 'Definite',
};
export const expectednessWords: Record<HarmContent['expectedness'], string> = {
  'not-judged': 'Not judged yet',
  expected: 'Expected',
  unexpected: 'Unexpected',
};
export const actionWords: Record<HarmContent['action'], string> = {
  none: 'None',
  reduced: 'Reduced',
  interrupted: 'Interrupted',
  stopped: 'Stopped',
  'not-applicable': 'Does not apply',
  unknown: 'Unknown',
};
export const outcomeWords: Record<HarmContent['outcome'], string> = {
  recovered: 'Recovered',
  recovering: 'Recovering',
  'not-recovered': 'Not recovered',
  sequelae: 'Recovered with sequelae',
  fatal: 'Fatal',
  unknown: 'Unknown',
};
export const partWords: Record<FollowUpPart, string> = {
  treatment: 'Treatment of the study',
  assessments: 'Visits and assessments',
  contact: 'Contact',
  records: 'Use of records and passive follow-up',
  data: 'Consent for further use of data',
};

/** Choices of a list in the order of its words. */
export const optionsOf = <Value extends string>(words: Record<Value, string>) =>
  (Object.entries(words) as [Value, string][]).map(([id, label]) => ({ id, label }));
