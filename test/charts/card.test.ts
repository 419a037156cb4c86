import { expect, test } from 'vitest';
import { analyse } from '../../analysis/analyse.ts';
import { cardWidths, chartCards } from '../../server/charts/card.ts';
import { chartCard } from '../../server/results/contract.ts';
import { emptyTrial, makeTrial, pool, studyOf, THREE_ARMS } from './trial.ts';

const three = makeTrial(THREE_ARMS);

async function cards(dataset = three, layout?: 'wide' | 'phone') {
  const { screening, dataset: _, ...options } = studyOf(dataset);
  const rows = analyse(dataset, options.plan);
  return chartCards(dataset, screening, rows, { ...options, masked: dataset !== three, layout });
}

test('gives every card as the contract wants it, in both schemes and at the layout’s width', async () => {
  for (const layout of ['wide', 'phone'] as const) {
    const all = await cards(three, layout);
    expect(all.map(({ id }) => id)).toEqual([
      'consort',
      'recruitment',
      'response',
      'risk-difference',
      'mean-change',
    ]);
    for (const card of all) {
      expect(chartCard.parse(card)).toEqual(card);
      for (const svg of [card.light, card.dark]) {
        expect(svg).toContain(`viewBox="0 0 ${cardWidths[layout][card.id]} `);
      }
      expect(card.light).not.toBe(card.dark);
    }
  }
});

test('its pictures say their description and nothing of hidden arms', async () => {
  for (const card of await cards(pool(three))) {
    expect(card.light).toContain('role="img"');
    expect(card.light).toContain(`aria-label="${card.description.replaceAll('&', '&amp;')}"`);
    expect(JSON.stringify(card)).not.toMatch(/IPT|PeGT|TAU/);
  }
});

test('has a card for every chart before anybody is randomised', async () => {
  const all = await cards(emptyTrial());
  expect(all).toHaveLength(5);
  for (const card of all) expect(chartCard.safeParse(card).success).toBe(true);
});
