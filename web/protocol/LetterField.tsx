import { FileButton } from '@mantine/core';
import { IconAlertTriangle, IconPaperclip, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { LETTER_MEGABYTES, letterTypes } from '../../server/studies/approvals/letter.rules.ts';
import { fileProblem, limitsInWords, sizeInWords } from '../forms/files.ts';
import { t } from '../language/t.ts';
import css from './protocol.module.css';

const limits = { types: letterTypes, maxMegabytes: LETTER_MEGABYTES };

/** The committee's letter as a file, refused before it is sent where it can't be kept. */
export function LetterField({ file, onFile }: { file: File | null; onFile: (file: File | null) => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const choose = (chosen: File | null) => {
    if (!chosen) return;
    const refusal = fileProblem(limits, chosen);
    setProblem(refusal);
    onFile(refusal ? null : chosen);
  };
  return (
    <div>
      <span className="lab">{t('The letter')}</span>
      <div className={css.letter}>
        {file && (
          <span className="row">
            <IconPaperclip className="ic" aria-hidden />
            <span>{file.name}</span> <span className="mute nowrap">{sizeInWords(file.size)}</span>
          </span>
        )}
        <FileButton accept={letterTypes.join(',')} onChange={choose}>
          {(props) => (
            <button {...props} type="button" className="btn">
              <IconUpload className="ic" aria-hidden />
              {file ? t('Choose another file') : t('Choose the letter’s file')}
            </button>
          )}
        </FileButton>
      </div>
      <p className="hint">{limitsInWords(limits.types, limits.maxMegabytes)}</p>
      {problem && (
        <p className={css.letterProblem} role="alert">
          <IconAlertTriangle className="ic" aria-hidden />
          <span>{problem}</span>
        </p>
      )}
    </div>
  );
}
