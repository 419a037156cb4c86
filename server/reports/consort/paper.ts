import { baselineTable } from '../../../analysis/baseline-table.ts';
import { consortChart, recruitmentChart } from '../../../analysis/charts/index.ts';
import { recruitment } from '../../../analysis/index.ts';
import { dataStateOf } from '../../analyses/runs/start.ts';
import { nestedDatabase } from '../../db/nested.ts';
import { readDesign } from '../../randomisation/readDesign.ts';
import { covariatesOf } from '../../results/baseline.ts';
import { isSmall } from '../../results/disclosure.ts';
import { type Material, materialOf } from '../../results/material.ts';
import { primaryOf } from '../../results/primary.ts';
import type { Caller, Services } from '../../services.ts';
import { currentStudy } from '../../studies/store.ts';
import { baselineText } from '../baseline.ts';
import { instantText, smallWords } from '../numbers.ts';
import type { Paper } from '../paper.ts';
import { reportReader } from '../reader.ts';
import type { ReportSection } from '../section.ts';
import { refusePartial } from '../whole.ts';
import { harmsSection } from './harms.ts';
import { primarySection } from './primary.ts';

const states = {
  open: 'Open: data can still change',
  'partly-locked': 'Partly locked: some data can still change',
  frozen: 'Frozen',
  locked: 'Locked',
};

/**
 * The CONSORT report as the data are now: what of CONSORT 2025 (Hopewell S et al. BMJ 2025;389:e081123) the trial's data
 * can fill. For a blinded caller no arm is read, and what names arms is left out.
 */
export async function consortPaper(services: Services, caller: Caller): Promise<Paper> {
  refusePartial(caller);
  const { study, blinded, user } = caller;
  const { document } = study;
  const { sections, dataState, reader, changedAt } = await services.db.snapshot(async (db) => {
    const inside = { ...services, db: nestedDatabase(services.db, db) };
    const reader = await reportReader(services, db, caller, blinded ? 'pooled' : 'open');
    const { missing } = primaryOf(study);
    const material = await materialOf(reader, { population: 'all-randomised', missing, layout: 'wide' });
    // What is read is of one instant, which can be newer than the caller.
    const { changedAt } = (await currentStudy(db, study.id))!;
    return {
      reader,
      changedAt,
      dataState: await dataStateOf(db, study.id),
      sections: [
        await randomisationSection(inside, caller),
        flowSection(material),
        recruitmentSection(material),
        baselineSection(caller, material, reader.smallest),
        ...(await primarySection(inside, caller, material, { ...reader, changedAt })),
        await harmsSection(inside, caller, reader),
      ],
    };
  });
  const { smallest } = reader;
  const cutAt = instantText(reader.until ?? changedAt);
  const cutOff = `Data cut-off ${cutAt}`;
  const maskState = blinded ? 'Arms hidden: pooled' : 'By arm';
  return {
    title: `CONSORT report: ${document.short}`,
    facts: [
      ['Trial', document.title],
      ['Protocol', `${document.code}, version ${document.version}`],
      ...(document.registry === undefined ? [] : [['Registration', document.registry] as [string, string]]),
      ['Data cut-off', cutAt],
      ['Data', states[dataState]],
      ['Arms', maskState],
      ...(smallest === null ? [] : [['Small counts', smallWords(smallest)] as [string, string]]),
      ['Made', instantText(services.now().toISOString())],
      ['Made by', user.name],
      ...(study.synthetic
        ? [['Synthetic', study.syntheticNote ?? 'Nobody in these data exists.'] as [string, string]]
        : []),
    ],
    running: { study: `${document.code}  ${document.short}  CONSORT report`, cutOff, maskState },
    watermark: null,
    sections,
    masked: blinded,
  };
}

async function randomisationSection(services: Services, caller: Caller): Promise<ReportSection> {
  const base = { id: 'randomisation', title: 'Randomisation (items 17a to 19)', charts: [], tables: [] };
  if (caller.blinded)
    return { ...base, text: ['Left out, because these items name the arms and your role is blinded.'] };
  const { consort } = await readDesign(services, caller);
  return {
    ...base,
    text: consort.map(({ item, title, text }) => `${item} ${title}. ${text}`),
  };
}

const flowSection = ({ dataset, flow }: Material): ReportSection => ({
  id: 'flow',
  title: 'Participant flow (item 22)',
  text: [],
  charts: [(options) => consortChart({ flow, arms: dataset.arms }, options)],
  tables: [],
});

function recruitmentSection({ dataset, recruitment: plan, recruited }: Material): ReportSection {
  const days =
    recruited === undefined ? dataset.participants.map(({ randomisedOn }) => randomisedOn) : recruited;
  return {
    id: 'recruitment',
    title: 'Recruitment (item 23)',
    text: days === null ? ['Hidden: so few are randomised.'] : [],
    charts: days === null ? [] : [(options) => recruitmentChart(recruitment(days, plan), options)],
    tables: [],
  };
}

function baselineSection({ study }: Caller, { dataset }: Material, smallest: number | null): ReportSection {
  const { arms, participants } = dataset;
  const groups = arms.map(({ id, label }) => ({
    label,
    n: participants.filter(({ arm }) => arm === id).length,
  }));
  if (arms.length > 1) groups.push({ label: 'All', n: participants.length });
  const base = { id: 'baseline', title: 'Baseline (item 25)', charts: [] };
  if (smallest !== null && groups.some(({ n }) => isSmall(n, smallest)))
    return {
      ...base,
      text: [`Hidden: fewer than ${smallest} are randomised to one of the arms.`],
      tables: [],
    };
  return {
    ...base,
    text: [],
    tables: [baselineText(baselineTable(dataset, covariatesOf(study)), groups, smallest)],
  };
}
