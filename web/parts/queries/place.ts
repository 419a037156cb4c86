import type { QueryView } from '../../../server/queries/contract.ts';
import { t } from '../../language/t.ts';
import { useStudyView } from '../../session.ts';
import { instrumentShort, itemPlace, visitLabel } from '../naming.ts';

type Place = Pick<QueryView, 'visit' | 'instrument' | 'item'>;

/** What a query is about: "Baseline, HAM-D17, item 16"; "The participant" where it is about no form. */
export function useQueryPlace(): (query: Place) => string {
  const view = useStudyView();
  return ({ visit, instrument, item }) => {
    const parts = [
      visit === null ? null : visitLabel(view, visit),
      instrument === null ? null : instrumentShort(view, instrument),
    ];
    if (instrument !== null && item !== null) {
      const { number, label } = itemPlace(view, instrument, item);
      parts.push(number > 0 ? t('item {item}', { item: number }) : label);
    }
    return parts.filter((part) => part !== null).join(', ') || t('The participant');
  };
}

/** "16 Loss of weight" */
export function useItemName(): (instrument: string, item: string) => string {
  const view = useStudyView();
  return (instrument, item) => {
    const { number, label } = itemPlace(view, instrument, item);
    return number > 0 ? `${number} ${label}` : label;
  };
}
