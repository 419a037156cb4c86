import { t } from '../language/t.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Field } from '../parts/Field.tsx';

/** A link that the server sends nobody: to be copied now and handed over. */
export function OneTimeLink({ path, name }: { path: string; name: string }) {
  const link = `${location.origin}${path}`;
  return (
    <>
      <p>
        {t(
          'This server sends no mail: hand this link to {name} yourself. It works once, for seven days, and isn’t shown again.',
          { name },
        )}
      </p>
      <div className="row link-row">
        <div className="grow">
          <Field
            label={t('Link')}
            readOnly
            className="inp mono"
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
        <CopyButton text={link} what={t('the link')} words={t('Copy')} />
      </div>
    </>
  );
}
