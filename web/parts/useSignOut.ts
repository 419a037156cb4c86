import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { send } from '../api.ts';
import { useOutbox } from '../offline/OutboxProvider.tsx';

/**
 * Ends the session on the server and forgets everything that was read; asks before, where something typed is on this
 * device only.
 */
export function useSignOut(): () => void {
  const { askToLeave } = useOutbox();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await send('/api/auth/sign-out', 'post', {}).catch(() => undefined);
    await navigate({ to: '/sign-in' });
    client.clear();
  };
  return () => askToLeave(() => void leave());
}
