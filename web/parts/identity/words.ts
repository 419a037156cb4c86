import type { Identity, LookPurpose } from '../../../server/identity/contract.ts';

export const purposes: Record<LookPurpose, string> = {
  schedule: 'To arrange a visit',
  reach: 'To reach somebody who missed one',
  letter: 'To send a letter',
  safety: 'For their safety',
  correct: 'To keep or correct the details',
  other: 'Something else',
};

export const fieldLabels: Record<keyof Identity, string> = {
  name: 'Name',
  birthDate: 'Date of birth',
  nationalIdentifier: 'National identifier',
  telephone: 'Telephone',
  email: 'E-mail',
  address: 'Address',
  contactTimes: 'Preferred times',
  nextOfKin: 'Next of kin',
};

export const keptWords = { yes: 'Kept', no: 'None yet', erased: 'Erased' } as const;
