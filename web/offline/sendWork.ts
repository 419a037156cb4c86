import type { QueryClient } from '@tanstack/react-query';
import type { FormView } from '../../server/forms/contract.ts';
import { sendEntry } from '../doubleEntry/send.ts';
import type { SaveRequest } from '../forms/saving.ts';
import { sendForm } from '../forms/send.ts';
import type { FormPlace } from './kept.ts';

/** Sends one save in the name of the person who typed it, to where it belongs. */
export const sendWork = (
  client: QueryClient,
  user: string,
  place: FormPlace,
  request: SaveRequest,
): Promise<FormView> => (place.entry === 'second' ? sendEntry : sendForm)(client, user, place, request);
