import { IconAlertOctagon, IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';

interface Props {
  study: string;
  participant: string;
  certain: boolean;
  busy: boolean;
  onAnother(): void;
}

/** Somebody may be registered already: certain by the identifier, possible by initials and date of birth. */
export function Duplicate({ study, participant, certain, busy, onAnother }: Props) {
  const Icon = certain ? IconAlertOctagon : IconAlertTriangle;
  return (
    <div className={`note ${certain ? 'dng' : 'wrn'}`} role="alert">
      <Icon className="ic" aria-hidden />
      <div className="grow">
        <strong>
          {certain
            ? rich('This person is registered already, as <code>{participant}</code>.', { participant })
            : rich('This may be <code>{participant}</code>.', { participant })}
        </strong>
        <p>
          {certain
            ? t('Nothing was saved: nobody is registered twice. Go on with the registration that there is.')
            : t(
                'The initials and the date of birth are the same. Nothing was saved yet; compare before you go on.',
              )}
        </p>
        <div className="acts">
          <Link className="btn" to="/s/$study/participants/$participant" params={{ study, participant }}>
            {t('Open {participant}', { participant })}
          </Link>
          {!certain && (
            <button type="button" className="btn" disabled={busy} onClick={onAnother}>
              {t('It is another person: register')}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
