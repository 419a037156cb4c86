import { t } from '../language/t.ts';
import css from './imports.module.css';

/** A mapping that was written before, as YAML or JSON. */
export function PastedMapping({
  text,
  problem,
  onChange,
}: {
  text: string;
  problem: string | null;
  onChange(text: string): void;
}) {
  return (
    <div className="body">
      <label className="lab" htmlFor="pasted-mapping">
        {t('Mapping, YAML or JSON')}
      </label>
      <textarea
        id="pasted-mapping"
        className={`inp ${css.pasted}`}
        spellCheck={false}
        rows={14}
        placeholder={
          'participant: { column: id }\nsite: { value: lohja }\nscreenedOn: { column: screened }\nanswers:\n  - { column: hamd_1, visit: baseline, instrument: hamd17, item: "1" }'
        }
        aria-invalid={problem !== null}
        aria-describedby={problem ? 'pasted-problem' : undefined}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem && (
        <p className="field-error" id="pasted-problem">
          {problem}
        </p>
      )}
    </div>
  );
}
