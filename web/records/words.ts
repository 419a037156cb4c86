import type { FollowUpPart } from '../../server/events/contract.ts';
import type { HarmContent, Seriousness } from '../../server/harms/contract.ts';
import { t } from '../language/t.ts';

/** The criteria of ICH E2A as a form prints them. */
export const seriousWords: Record<Seriousness, string> = {
  death: t('Results in death'),
  'life-threatening': t('Is life-threatening'),
  hospitalisation: t('Requires or prolongs a stay in hospital'),
  disability: t('Persistent or significant disability or incapacity'),
  'congenital-anomaly': t('Congenital anomaly or birth defect'),
  'other-important': t('Other medically important event'),
};
export const severityWords = ['', t('Mild'), t('Moderate'), t('Severe'), t('Life-threatening'), t('Fatal')];
export const relatednessWords: Record<HarmContent['relatedness'], string> = {
  unrelated: t('Unrelated'),
  unlikely: t('Unlikely'),
  possible: t('Possible'),
  probable: t('Probable'),
  definite: t('Definite'),
};
export const expectednessWords: Record<HarmContent['expectedness'], string> = {
  'not-judged': t('Not judged yet'),
  expected: t('Expected'),
  unexpected: t('Unexpected'),
};
export const actionWords: Record<HarmContent['action'], string> = {
  none: t('None'),
  reduced: t('Reduced'),
  interrupted: t('Interrupted'),
  stopped: t('Stopped'),
  'not-applicable': t('Does not apply'),
  unknown: t('Unknown'),
};
export const outcomeWords: Record<HarmContent['outcome'], string> = {
  recovered: t('Recovered'),
  recovering: t('Recovering'),
  'not-recovered': t('Not recovered'),
  sequelae: t('Recovered with sequelae'),
  fatal: t('Fatal'),
  unknown: t('Unknown'),
};
export const partWords: Record<FollowUpPart, string> = {
  treatment: t('Treatment of the study'),
  assessments: t('Visits and assessments'),
  contact: t('Contact'),
  records: t('Use of records and passive follow-up'),
  data: t('Consent for further use of data'),
};

/** Choices of a list in the order of its words. */
export const optionsOf = <Value extends string>(words: Record<Value, string>) =>
  (Object.entries(words) as [Value, string][]).map(([id, label]) => ({ id, label }));
