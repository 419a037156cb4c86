import { Menu } from '@mantine/core';
import { IconFileTypeHtml, IconFileTypePdf, IconReport } from '@tabler/icons-react';
import { useState } from 'react';
import { takeConsort } from '../../server/reports/contract.ts';
import { type Language, language } from '../language/language.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useMay, useStudyId } from '../session.ts';
import { keepFile } from './keepFile.ts';

/** The CONSORT report for paper; where the server can’t make a PDF it says so, and the HTML prints from the browser. */
export function ConsortMenu() {
  const study = useStudyId();
  const may = useMay();
  const [busy, setBusy] = useState(false);
  const [cause, setCause] = useState<unknown>(null);
  if (!may('reports.consort')) return null;
  const take = async (paper: 'consort.html' | 'consort.pdf', inLanguage: Language = language) => {
    setBusy(true);
    setCause(null);
    try {
      await keepFile(takeConsort, { params: { study, paper }, query: { language: inLanguage } }, paper);
    } catch (reason) {
      setCause(reason);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <button type="button" className="btn no-print" disabled={busy}>
            <IconReport className="ic" aria-hidden />
            {busy ? t('Preparing') : t('CONSORT report')}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconFileTypePdf className="ic" aria-hidden />}
            onClick={() => void take('consort.pdf')}
          >
            {t('PDF')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFileTypeHtml className="ic" aria-hidden />}
            onClick={() => void take('consort.html')}
          >
            {t('HTML to print')}
          </Menu.Item>
          {language !== 'en' && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconFileTypePdf className="ic" aria-hidden />}
                onClick={() => void take('consort.pdf', 'en')}
              >
                {t('PDF in English, for a journal')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconFileTypeHtml className="ic" aria-hidden />}
                onClick={() => void take('consort.html', 'en')}
              >
                {t('HTML in English, for a journal')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {cause !== null && (
        <Dialog
          title={t('CONSORT report')}
          act={t('Take the HTML')}
          busy={busy}
          cause={cause}
          onAct={() => void take('consort.html')}
          onClose={() => setCause(null)}
        >
          <p>{t('The report wasn’t made as asked. As HTML it prints from any browser.')}</p>
        </Dialog>
      )}
    </>
  );
}
