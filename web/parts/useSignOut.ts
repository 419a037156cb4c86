import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { send } from '../api.ts';

/** Ends the session on the server and forgets everything that was read. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await send('/api/auth/sign-out', 'post', {}).catch(() => undefined);
    await navigate({ to: '/sign-in' });
    client.clear();
  };
}
