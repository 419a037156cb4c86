import { useState } from 'react';
import { attachApproval } from '../../server/studies/approvals/contract.ts';
import type { LetterType } from '../../server/studies/approvals/letter.rules.ts';
import { listVersions } from '../../server/studies/contract.ts';
import { newKey, useCall } from '../api.ts';
import { base64Of } from '../parts/base64.ts';
import { useStudyId } from '../session.ts';

/** Sends the letter of a recorded approval; the same file tried again is kept once. */
export function useAttach(version: number, site: string) {
  const study = useStudyId();
  const call = useCall(attachApproval, { invalidates: [listVersions] });
  const [file, setFile] = useState<File | null>(null);
  const [key, setKey] = useState(newKey);
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setKey(newKey());
    call.reset();
  };
  const send = async (onDone: () => void) => {
    if (!file) return;
    const type = file.type as LetterType;
    const body = { key, name: file.name, type, content: await base64Of(file) };
    call.mutate({ params: { study, number: String(version), site }, body }, { onSuccess: onDone });
  };
  return { file, choose, send, busy: call.isPending, cause: call.error };
}
