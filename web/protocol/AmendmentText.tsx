import { IconFileTypeTxt } from '@tabler/icons-react';
import { type RefObject, useId, useState } from 'react';
import { t } from '../language/t.ts';
import { useStudySource } from '../session.ts';
import type { InstrumentFile } from './Amend.tsx';
import css from './protocol.module.css';

interface Props {
  area: RefObject<HTMLTextAreaElement | null>;
  /** The number that the amendment gets where the document in force is taken as its beginning. */
  next: number;
  text: string;
  onText: (text: string) => void;
  brought: readonly InstrumentFile[];
  onBrought: (files: readonly InstrumentFile[]) => void;
}

const TYPES = '.yaml,.yml,.json,text/yaml,application/yaml';

/** The amended document: chosen as a file, pasted, or begun from the one in force; with new instruments beside it. */
export function AmendmentText({ area, next, text, onText, brought, onBrought }: Props) {
  const id = useId();
  const view = useStudySource();
  const [name, setName] = useState<string | null>(null);
  // An uploaded allocation list is never shown, so that the shown document isn't the whole of it.
  const whole = view !== undefined && view.document.allocation.rule.method !== 'list';
  const take = async (file: File | undefined) => {
    if (!file) return;
    setName(file.name);
    onText(await file.text());
  };
  const begin = async () => {
    const { stringify } = await import('yaml');
    setName(null);
    onText(stringify({ ...view!.document, version: next }, { lineWidth: 0 }));
  };
  return (
    <>
      <div className={css.sources}>
        <label className={css.file}>
          <IconFileTypeTxt className="ic" aria-hidden />
          <span>{name ?? t('Choose a study document (YAML)')}</span>
          <input type="file" accept={TYPES} onChange={(event) => void take(event.target.files?.[0])} />
        </label>
        {whole && text === '' && (
          <button type="button" className="btn" onClick={() => void begin()}>
            {t('Begin from version {version}', { version: view.document.version })}
          </button>
        )}
      </div>
      <div>
        <label className="lab" htmlFor={`${id}-text`}>
          {t('Study document')}
        </label>
        <textarea
          ref={area}
          id={`${id}-text`}
          className={`inp ${css.text}`}
          value={text}
          rows={text === '' ? 6 : 18}
          maxLength={200_000}
          spellCheck={false}
          autoCapitalize="none"
          wrap="off"
          placeholder={`id: …\nversion: ${next}\n…`}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      </div>
      <div className="row wrap">
        <label className={css.file}>
          <IconFileTypeTxt className="ic" aria-hidden />
          <span>
            {brought.length === 0
              ? t('Add instruments that are new (YAML)')
              : t('{instruments, plural, one {# instrument} other {# instruments}}: {map}', {
                  instruments: brought.length,
                  map: brought.map((file) => file.name).join(', '),
                })}
          </span>
          <input
            type="file"
            multiple
            accept={TYPES}
            onChange={async (event) => {
              const files = [...(event.target.files ?? [])].slice(0, 20);
              onBrought(
                await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() }))),
              );
            }}
          />
        </label>
        {brought.length > 0 && (
          <button type="button" className="linklike small" onClick={() => onBrought([])}>
            {t('Take them out')}
          </button>
        )}
      </div>
    </>
  );
}
