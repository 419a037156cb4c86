import { IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormView } from '../../server/forms/contract.ts';
import { participantSignatures } from '../../server/signatures/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { HoldActs } from '../locking/HoldActs.tsx';
import css from '../locking/locking.module.css';
import { useHolds } from '../locking/useHolds.ts';
import { instrumentShort, visitLabel } from '../parts/naming.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { SignatureList } from './SignatureList.tsx';
import { SignDialog } from './SignDialog.tsx';

/** Beside a form: the signatures over it, valid and void; signing it; freezing and locking it. */
export function SignCard({ form }: { form: FormView }) {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const { participant, visit, instrument, version, status } = form;
  const { data } = useEndpoint(participantSignatures, { params: { study, participant } });
  const [signing, setSigning] = useState(false);
  const over = (data?.signatures ?? []).filter((one) =>
    one.forms.some((signed) => signed.visit === visit && signed.instrument === instrument),
  );
  const locked = useHolds({ participant, visit, instrument }).some(({ kind }) => kind === 'locked');
  const signs = data?.maySign === true && status === 'complete' && !locked;
  const holds = may('locks.freeze') || may('locks.lock');
  if (version === 0 || (over.length === 0 && !signs && !holds)) return null;
  const label = `${participant}, ${visitLabel(view, visit)}, ${instrumentShort(view, instrument)}`;
  return (
    <section className="card" aria-label={t('Signatures and locks')}>
      <header>
        <h2>{holds && !signs ? t('Signatures and locks') : t('Signatures')}</h2>
      </header>
      <div className="body stack">
        {over.length === 0 ? (
          <p className="ink2">{t('Nobody has signed this form.')}</p>
        ) : (
          <SignatureList signatures={over} />
        )}
        <div className={css.acts}>
          {signs && (
            <button type="button" className="btn sm" onClick={() => setSigning(true)}>
              <IconSignature className="ic" aria-hidden />
              {t('Sign this form')}
            </button>
          )}
          <HoldActs scope={{ level: 'form', participant, visit, instrument }} label={label} />
        </div>
      </div>
      {signing && (
        <SignDialog
          participant={participant}
          part={{ visit, instrument }}
          label={label}
          onClose={() => setSigning(false)}
        />
      )}
    </section>
  );
}
