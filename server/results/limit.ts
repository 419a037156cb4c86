import { countBaseline } from '../../analysis/baseline-count.ts';
import { HIDDEN } from '../../analysis/hidden.ts';
import { analyse, type Dataset, type Flow, flow, type Plan } from '../../analysis/index.ts';
import { notValid } from '../errors.ts';
import { scoresThere } from './complete.ts';
import { datasetFrom } from './dataset.ts';
import { baselineBlock, hiddenBlocks, hideFlow, hideRows, type Slice } from './disclosure.ts';
import type { Material } from './material.ts';
import type { Reader } from './reader.ts';
import { inSteps } from './recruited.ts';

type Counted = Pick<Material, 'dataset' | 'screening' | 'plan' | 'query' | 'day'>;

/** What a reader who isn't shown small counts gets of the material. */
export function limited(reader: Reader, material: Material, smallest: number): Material {
  const { query, plan } = material;
  const { study, sites: reached } = reader;
  const own = sliceOf(study, material);
  const sites = study.document.sites.filter(({ id }) => reached === null || reached.has(id));
  const bySite = query.site === undefined ? [] : sites.map(({ id }) => siteOf(reader, material, id));
  const tooFew = bySite.some(
    ({ dataset }) => dataset.participants.length > 0 && dataset.participants.length < smallest,
  );
  if (tooFew)
    throw notValid(
      `At one of the sites fewer than ${smallest} people are randomised, so that your role sees figures of all sites together only. Choose all sites.`,
    );
  const whole =
    plan.population === 'all-randomised'
      ? null
      : [material, ...bySite].map((one) =>
          sliceOf(study, { ...one, plan: { ...one.plan, population: 'all-randomised' } }),
        );
  const siblings = bySite.map((one) => sliceOf(study, one));
  const hidden = hiddenBlocks(smallest, own, siblings, whole);
  const everybody = datasetFrom(study, reader.people, reader.arms, reached).participants;
  const steps = inSteps(everybody, smallest);
  return {
    ...material,
    rows: hideRows(material.rows, own.people, hidden, smallest),
    flow: hideFlow(material.flow, hidden, smallest),
    hidden,
    recruited: steps && material.dataset.participants.map(({ randomisedOn }) => steps(randomisedOn)),
    atBaseline: (measure) => {
      const counts = own.atBaseline[measure] ?? {};
      if (!hidden.has(baselineBlock(measure)) && !hidden.has('allocated')) return counts;
      return Object.fromEntries(Object.keys(counts).map((arm) => [arm, HIDDEN]));
    },
  };
}

function siteOf(reader: Reader, material: Counted, site: string): Counted {
  return { ...material, dataset: datasetFrom(reader.study, reader.people, reader.arms, new Set([site])) };
}

function flowOf({ dataset, screening, plan, query, day }: Counted, measure?: string, visit?: string): Flow {
  return flow(dataset, screening, {
    population: plan.population,
    missing: query.missing,
    measure,
    visit,
    asOf: day,
  });
}

/** Every flow and row that can be asked for of one view, whatever the outcome or the rule for missing scores. */
function sliceOf(study: Reader['study'], material: Counted): Slice {
  const { dataset, plan, query, day } = material;
  const measures = [...new Set(plan.outcomes.map(({ measure }) => measure))];
  const visits = dataset.visits.filter(({ baseline }) => !baseline).map(({ id }) => id);
  const flows = measures.flatMap((measure) =>
    visits.flatMap((visit) =>
      (['observed', 'non-response'] as const).map((missing) =>
        flowOf({ ...material, query: { ...query, missing } }, measure, visit),
      ),
    ),
  );
  return {
    flows,
    rows: analyse(dataset, plan),
    people: peopleOf(dataset, plan),
    atBaseline: Object.fromEntries(
      measures.map((measure) => [measure, countBaseline(dataset, measure, plan.population)]),
    ),
    complete: scoresThere(study, dataset, day),
  };
}

function peopleOf(dataset: Dataset, { population }: Plan): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(dataset.arms.map(({ id }) => [id, 0]));
  for (const { arm, startedTreatment } of dataset.participants)
    if (population === 'all-randomised' || startedTreatment) counts[arm] = (counts[arm] ?? 0) + 1;
  return counts;
}
