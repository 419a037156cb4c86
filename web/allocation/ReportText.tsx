import { t } from '../language/t.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import css from './allocation.module.css';
import type { DesignView } from './types.ts';
import { reportText } from './words.ts';

/** Items 17a, 17b, 18 and 19 of CONSORT 2025, written out from the design. */
export function ReportText({ consort }: { consort: DesignView['consort'] }) {
  if (consort.length === 0) return null;
  return (
    <section className="card" aria-labelledby="report-text">
      <header>
        <div className="grow">
          <h2 id="report-text">{t('Text for the report')}</h2>
          <p>{t('CONSORT 2025, items 17a to 19, written out from the design in force')}</p>
        </div>
        <CopyButton text={reportText(consort)} what={t('all four items')} words={t('Copy all')} />
      </header>
      <div className={`body ${css.consort}`}>
        {consort.map(({ item, title, text }) => (
          <section key={item} aria-labelledby={`consort-${item}`}>
            <h3 id={`consort-${item}`}>
              <b>{item}</b> {title}
            </h3>
            <CopyButton text={text} what={t('item {item}', { item })} />
            <p>{text}</p>
          </section>
        ))}
      </div>
    </section>
  );
}
