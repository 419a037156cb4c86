import { TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnswerFinding } from '../../server/instruments/rules.ts';
import { t } from '../language/t.ts';
import css from './forms.module.css';

interface Props {
  finding: AnswerFinding;
  reason: string | undefined;
  onReason?: ((key: string, reason: string | null) => void) | undefined;
}

/** What a check found: an error to correct, or something unusual, which stands with a reason. */
export function Check({ finding, reason, onReason }: Props) {
  const hard = finding.kind === 'impossible';
  const [typed, setTyped] = useState(reason ?? '');
  const short = typed.trim().length > 0 && typed.trim().length < 3;
  return (
    <div className={css.check} data-hard={hard || undefined}>
      <IconAlertTriangle className="ic" aria-hidden />
      <div className={css.grow}>
        <span role="status">
          {finding.message.replace(/ Give a reason\.$/, '')}
          {!hard && onReason && ` ${t('If it is right, say why; it becomes a query with your reason.')}`}
        </span>
        {!hard && onReason && (
          <TextInput
            size="sm"
            mt={6}
            maw={480}
            aria-label={t('Reason: {message}', { message: finding.message })}
            placeholder={t('Reason, such as: confirmed with the participant')}
            maxLength={500}
            value={typed}
            error={short ? t('At least three characters.') : undefined}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
              const text = currentTarget.value.trim();
              if (text.length >= 3) onReason(finding.key, text);
              else if (reason !== undefined) onReason(finding.key, null);
            }}
          />
        )}
      </div>
    </div>
  );
}
