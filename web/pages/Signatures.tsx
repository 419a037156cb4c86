import { IconSignature } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listSignatures } from '../../server/signatures/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Empty } from '../parts/Empty.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName } from '../parts/naming.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { SignatureList } from '../signatures/SignatureList.tsx';
import { SignDialog } from '../signatures/SignDialog.tsx';

/** Casebooks to sign, and signatures that a later change has made void. */
export default function Signatures() {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const list = useEndpoint(listSignatures, { params: { study } });
  const [signing, setSigning] = useState<string | null>(null);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Signatures')}</h1>
          <p>
            {list.data
              ? t(
                  '{casebooks, plural, one {# casebook} other {# casebooks}} to sign, {void} void, {valid} valid',
                  { casebooks: list.data.toSign.length, void: list.data.void.length, valid: list.data.valid },
                )
              : t('Casebooks to sign')}
          </p>
        </div>
      </div>
      <Loaded of={list} label={t('signatures')}>
        {(read) => (
          <div className="stack">
            {read.void.length > 0 && (
              <section className="card" aria-label={t('To sign again')}>
                <header>
                  <h2>{t('To sign again')}</h2>
                </header>
                <div className="body">
                  <SignatureList signatures={read.void} />
                </div>
              </section>
            )}
            <section className="card" aria-label={t('To sign')}>
              {read.toSign.length === 0 ? (
                <Empty
                  title={
                    read.valid + read.void.length > 0
                      ? t('Every complete form is signed')
                      : t('No form is complete yet')
                  }
                >
                  {t('A casebook comes here when a form in it is completed or changed.')}
                </Empty>
              ) : (
                <table className="table">
                  <caption className="vh">{t('Casebooks with forms to sign')}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{t('Participant')}</th>
                      <th scope="col">{t('Site')}</th>
                      <th scope="col" className="num">
                        {t('Signed')}
                      </th>
                      <th scope="col">
                        <span className="vh">{t('Action')}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {read.toSign.map((row) => (
                      <tr key={row.participant}>
                        <td>
                          {may('participants.read') ? (
                            <Link
                              className="code"
                              to="/s/$study/participants/$participant"
                              params={{ study, participant: row.participant }}
                            >
                              {row.participant}
                            </Link>
                          ) : (
                            <span className="code">{row.participant}</span>
                          )}
                        </td>
                        <td>{siteName(view, row.site)}</td>
                        <td className="num">
                          {t('{signed} of {complete}', { signed: row.signed, complete: row.complete })}
                        </td>
                        <td className="num">
                          {may('signatures.sign') &&
                            (row.open > 0 ? (
                              <span className="small mute">
                                {t('{forms, plural, one {# form} other {# forms}} not complete', {
                                  forms: row.open,
                                })}
                              </span>
                            ) : (
                              <button
                                type="button"
                                className="btn sm"
                                onClick={() => setSigning(row.participant)}
                              >
                                <IconSignature className="ic" aria-hidden />
                                {t('Sign')}
                                <span className="vh"> {row.participant}</span>
                              </button>
                            ))}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </section>
          </div>
        )}
      </Loaded>
      {signing && <SignDialog participant={signing} onClose={() => setSigning(null)} />}
    </>
  );
}
