import type { StudyDocument } from '../../server/studies/document.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { t } from '../language/t.ts';
import type { Decisions } from './buildMapping.ts';
import css from './imports.module.css';

interface Props {
  document: StudyDocument;
  decisions: Decisions;
  onChange(fixed: Decisions['fixed']): void;
}

/** One value for everyone, where the file has no column for it. */
export function FixedValues({ document, decisions, onChange }: Props) {
  const { fixed } = decisions;
  const used = new Set(Object.values(decisions.targets));
  const wantsRandomised = used.has('arm') && !used.has('randomised');
  const wantsScreened = !used.has('screened') && !used.has('randomised');
  const wantsSite = !used.has('site') && document.sites.length > 1;
  if (!wantsRandomised && !wantsScreened && !wantsSite) return null;
  return (
    <section className={css.marks} aria-labelledby="fixed-title">
      <h3 id="fixed-title">{t('For every row')}</h3>
      <p className="small mute">{t('The file has no column for these.')}</p>
      <div className={css.fixed}>
        {wantsSite && (
          <div>
            <label className="lab" htmlFor="fixed-site">
              {t('Site')}
            </label>
            <select
              id="fixed-site"
              className="inp"
              value={fixed.site ?? ''}
              onChange={(event) => onChange({ ...fixed, site: event.target.value || undefined })}
            >
              <option value="">{t('By the participant ID')}</option>
              {document.sites.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
        {wantsScreened && (
          <DayInput
            label={t('Day of screening')}
            value={fixed.screenedOn ?? null}
            onChange={(day) => onChange({ ...fixed, screenedOn: day ?? undefined })}
          />
        )}
        {wantsRandomised && (
          <DayInput
            label={t('Day of randomisation')}
            value={fixed.randomisedOn ?? null}
            onChange={(day) => onChange({ ...fixed, randomisedOn: day ?? undefined })}
          />
        )}
      </div>
    </section>
  );
}
