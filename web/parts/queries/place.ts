import type { QueryView } from '../../../server/queries/contract.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';

/**
 * What a query is about, as the protocol called it when its form was begun: "Baseline, HAM-D17, item 16"; "The
 * participant" where it is about no form.
 */
export function queryPlace({ called, item }: Pick<QueryView, 'called' | 'item'>): string {
  const { visit, instrument } = called;
  const parts = [
    visit === null ? null : said(visit),
    instrument === null ? null : said(instrument),
    called.item === null ? item : t('item {item}', { item: called.item.number }),
  ];
  return parts.filter((part) => part !== null).join(', ') || t('The participant');
}
