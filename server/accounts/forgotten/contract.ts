import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';

export const askPasswordLink = endpoint({
  id: 'password.forgotten',
  method: 'post',
  path: '/api/auth/forgotten-password',
  summary: 'Have a link to set a new password sent; the reply is the same whether there is an account or not',
  access: 'public',
  body: z.strictObject({ email: z.string().trim().min(1).max(254) }),
  reply: z.strictObject({ asked: z.literal(true) }),
});

export const usePasswordLink = endpoint({
  id: 'password.renew',
  method: 'post',
  path: '/api/auth/new-password',
  summary: 'Set a new password by the link; every session of the account ends, and a second factor stays on',
  access: 'public',
  body: z.strictObject({ token: z.string().min(1).max(200), password: z.string().min(12).max(128) }),
  reply: z.strictObject({ renewed: z.literal(true) }),
});
