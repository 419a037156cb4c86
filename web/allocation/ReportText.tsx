import { useState } from 'react';
import { phrased } from '../language/phrased.ts';
import { t } from '../language/t.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { ForJournal } from '../parts/ForJournal.tsx';
import { useStudyView } from '../session.ts';
import css from './allocation.module.css';
import type { DesignView } from './types.ts';
import { reportText } from './words.ts';

/** Items 17a, 17b, 18 and 19 of CONSORT 2025, written out from the design: in the page’s language, or in English for a journal. */
export function ReportText({ consort: written }: { consort: DesignView['consort'] }) {
  const [english, setEnglish] = useState(false);
  // Drawn again once the study’s own words are known.
  useStudyView();
  if (written.length === 0) return null;
  const consort = english
    ? written
    : written.map((one) => ({ ...one, title: phrased(one.title), text: phrased(one.text) }));
  return (
    <section className="card" aria-labelledby="report-text">
      <header>
        <div className="grow">
          <h2 id="report-text">{t('Text for the report')}</h2>
          <p>{t('CONSORT 2025, items 17a to 19, written out from the design in force')}</p>
        </div>
        <ForJournal english={english} onEnglish={setEnglish} />
        <CopyButton text={reportText(consort)} what={t('all four items')} words={t('Copy all')} />
      </header>
      <div className={`body ${css.consort}`} lang={english ? 'en-GB' : undefined}>
        {consort.map(({ item, title, text }) => (
          <section key={item} aria-labelledby={`consort-${item}`}>
            <h3 id={`consort-${item}`}>
              <b>{item}</b> {title}
            </h3>
            <CopyButton text={text} what={t('item {item}', { item, sense: 'consort' })} />
            <p>{text}</p>
          </section>
        ))}
      </div>
    </section>
  );
}
