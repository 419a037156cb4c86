import { IconSignature } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listSignatures } from '../../server/signatures/contract.ts';
import { useEndpoint } from '../api.ts';
import { Empty } from '../parts/Empty.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName } from '../parts/naming.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { SignatureList } from '../signatures/SignatureList.tsx';
import { SignDialog } from '../signatures/SignDialog.tsx';
import { count } from '../time.ts';

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
          <h1>Signatures</h1>
          <p>
            {list.data
              ? `${count(list.data.toSign.length, 'casebook')} to sign, ${list.data.void.length} void, ${list.data.valid} valid`
              : 'Casebooks to sign'}
          </p>
        </div>
      </div>
      <Loaded of={list} label="signatures">
        {(read) => (
          <div className="stack">
            {read.void.length > 0 && (
              <section className="card" aria-label="To sign again">
                <header>
                  <h2>To sign again</h2>
                </header>
                <div className="body">
                  <SignatureList signatures={read.void} />
                </div>
              </section>
            )}
            <section className="card" aria-label="To sign">
              {read.toSign.length === 0 ? (
                <Empty title="Every complete form is signed">
                  A casebook comes back here when a form in it is completed or changed.
                </Empty>
              ) : (
                <table className="table">
                  <caption className="vh">Casebooks with forms to sign</caption>
                  <thead>
                    <tr>
                      <th scope="col">Participant</th>
                      <th scope="col">Site</th>
                      <th scope="col" className="num">
                        Signed
                      </th>
                      <th scope="col">
                        <span className="vh">Action</span>
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
                          {row.signed} of {row.complete}
                        </td>
                        <td className="num">
                          {may('signatures.sign') &&
                            (row.open > 0 ? (
                              <span className="small mute">{count(row.open, 'form')} not complete</span>
                            ) : (
                              <button
                                type="button"
                                className="btn sm"
                                onClick={() => setSigning(row.participant)}
                              >
                                <IconSignature className="ic" aria-hidden />
                                Sign<span className="vh"> {row.participant}</span>
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
