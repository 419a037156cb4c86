import type { StudyDocument } from '../studies/document.ts';

/** What a signature means where the protocol names no meanings of its own. */
const usual = [
  {
    id: 'reviewed',
    label: 'I have reviewed these data and confirm that they are complete and agree with the source.',
  },
  { id: 'responsible', label: 'I take responsibility for these data as an investigator.' },
];

export function meaningsOf({ signatures }: Pick<StudyDocument, 'signatures'>) {
  return signatures?.meanings ?? usual;
}

/** A form as it is now. */
export interface FormState {
  id: string;
  visit: string;
  instrument: string;
  version: number;
}

export interface SignedState {
  visit: string | null;
  instrument: string | null;
  forms: readonly { id: string; version: number }[];
}

/** The first version that whoever signed never saw. */
export interface Unseen {
  form: FormState;
  version: number;
}

/** Whether a form is within what was signed: a form, a visit’s forms, or the whole casebook. */
export function covers(signed: Pick<SignedState, 'visit' | 'instrument'>, form: FormState): boolean {
  return (
    (signed.visit === null || signed.visit === form.visit) &&
    (signed.instrument === null || signed.instrument === form.instrument)
  );
}

/**
 * What makes a signature void: a signed form that has a later version now, or a form within what was signed that was
 * begun afterwards. Nothing where it is valid.
 *
 * @param now every form of the participant, as it is now
 */
export function unseenBy(signed: SignedState, now: readonly FormState[]): Unseen[] {
  return now.flatMap((form) => {
    if (!covers(signed, form)) return [];
    const seen = signed.forms.find(({ id }) => id === form.id)?.version ?? 0;
    return form.version > seen ? [{ form, version: seen + 1 }] : [];
  });
}

/** Forms that stand under a valid signature, by id. */
export function signedForms(signatures: readonly SignedState[], now: readonly FormState[]): Set<string> {
  return new Set(
    signatures
      .filter((signature) => unseenBy(signature, now).length === 0)
      .flatMap((signature) => signature.forms.map(({ id }) => id)),
  );
}
