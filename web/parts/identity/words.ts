import type { Identity, LookPurpose } from '../../../server/identity/contract.ts';
import { t } from '../../language/t.ts';

export const purposes: Record<LookPurpose, string> = {
  schedule: t('To arrange a visit'),
  reach: t('To reach somebody who missed one'),
  letter: t('To send a letter'),
  safety: t('For their safety'),
  correct: t('To keep or correct the details'),
  other: t('Something else'),
};

export const fieldLabels: Record<keyof Identity, string> = {
  name: t('Name'),
  birthDate: t('Date of birth'),
  nationalIdentifier: t('National identifier'),
  telephone: t('Telephone'),
  email: t('E-mail'),
  address: t('Address'),
  contactTimes: t('Preferred times'),
  nextOfKin: t('Next of kin'),
};

export const keptWords = { yes: t('Kept'), no: t('None yet'), erased: t('Erased') } as const;
