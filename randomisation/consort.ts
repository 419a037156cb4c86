import type { Design, Scheme } from './design.ts';

/** What the design alone doesn't say. Whatever is left out is not claimed. */
export interface ConsortFacts {
  /** Names of arms and labels of factors, by identifier; the identifier stands where there is none. */
  arms?: Record<string, string>;
  factors?: Record<string, string>;
  /** SHA-256 of the design and the commitment to the secret, as fixed before the first participant. */
  designHash?: string;
  commitment?: string;
  /** Where the commitment was published, such as "ClinicalTrials.gov NCT02314767". */
  published?: string;
  /** The public value named in advance, such as "drand round 4,000,000". */
  beacon?: string;
  /** Who may see arms, and from whom they are kept, as the study's document says: "assessors", "statisticians". */
  masked?: string[];
}

export interface ConsortItem {
  item: '17a' | '17b' | '18' | '19';
  title: string;
  text: string;
}

/**
 * Items 17a, 17b, 18 and 19 of CONSORT 2025 (Hopewell et al., BMJ 2025;389:e081123) in sentences for the report,
 * from the design. They say what this engine does; a list made elsewhere leaves a gap that the authors must fill.
 */
export function consortItems(design: Design, facts: ConsortFacts = {}): ConsortItem[] {
  return [
    { item: '17a', title: 'Sequence generation: who and how', text: generation(design, facts) },
    { item: '17b', title: 'Sequence generation: type and restrictions', text: restrictions(design, facts) },
    { item: '18', title: 'Allocation concealment mechanism', text: concealment(design, facts) },
    { item: '19', title: 'Implementation', text: implementation(design, facts) },
  ];
}

function generation({ scheme }: Design, facts: ConsortFacts): string {
  if (scheme.kind === 'list') {
    return (
      `The allocation sequence was prepared outside the platform and uploaded as a list of ${scheme.entries.length} ` +
      'lines before the first participant. The platform has no record of who prepared it and how; the authors must ' +
      'say so here.'
    );
  }
  const hash = facts.designHash ? ` The design has the SHA-256 hash ${facts.designHash}.` : '';
  const commitment = facts.commitment
    ? ` Before the first participant, the design and the secret were fixed by the commitment ${facts.commitment}` +
      `${facts.published ? `, published at ${facts.published}` : ''}.`
    : '';
  const beacon = facts.beacon
    ? ` The seed also contained a public random value named in advance (${facts.beacon}), so that nobody could choose it.`
    : '';
  return (
    'No person generated the sequence. The trial platform (Equipoise, randomisation engine 1) drew each allocation ' +
    'by computer when it was requested, with a generator of its own for each allocation: HMAC_DRBG with SHA-256 ' +
    '(NIST SP 800-90A), seeded from a 32-byte secret of the operating system’s secure generator and the number of ' +
    `the allocation. Probabilities were exact fractions.${hash}${commitment}${beacon}`
  );
}

function restrictions(design: Design, facts: ConsortFacts): string {
  const { arms, scheme } = design;
  const names = sentence(arms.map(({ id }) => facts.arms?.[id] ?? id));
  const ratio = arms.map((arm) => arm.ratio).join(':');
  return `Participants were allocated to ${names} in the ratio ${ratio} by ${method(design, scheme, facts)}`;
}

function method(design: Design, scheme: Scheme, facts: ConsortFacts): string {
  const labels = design.factors.map(({ id }) => facts.factors?.[id] ?? id);
  const within = labels.length > 0 ? `, stratified by ${sentence(labels)}` : ', without stratification';
  switch (scheme.kind) {
    case 'simple':
      return 'simple randomisation, without restriction.';
    case 'permuted-blocks': {
      const sizes = [...scheme.sizes].sort((a, b) => a - b).map(String);
      return sizes.length === 1
        ? `permuted blocks of ${sizes[0]}${within}.`
        : `permuted blocks whose sizes, ${sentence(sizes)}, were drawn at random with equal probability${within}.`;
    }
    case 'block-urn':
      return `the block urn design (Zhao and Weng, 2011) with λ = ${scheme.lambda}${within}.`;
    case 'minimisation':
      return minimisation(design, scheme, labels);
    case 'efron':
      return (
        `Efron’s biased coin${within}: the arm with fewer participants had the probability ${scheme.probability}, ` +
        'and both had 1/2 when they were level.'
      );
    case 'big-stick':
      return (
        `the big stick design (Soares and Wu, 1983)${within}: both arms had the probability 1/2 until they differed ` +
        `by ${scheme.limit}; the next participant then went to the smaller arm.`
      );
    case 'list':
      return `a list prepared in advance${within}. The authors must describe how the list was restricted.`;
  }
}

function minimisation(
  { arms, factors }: Design,
  scheme: Extract<Scheme, { kind: 'minimisation' }>,
  labels: string[],
): string {
  const distance = {
    range: 'range',
    variance: 'variance',
    'marginal-balance': 'marginal balance',
  }[scheme.distance];
  const weighted = factors.some(({ weight }) => weight !== undefined && Number(weight) !== 1);
  const listed = labels.map((label, i) =>
    weighted ? `${label} (weight ${factors[i]!.weight ?? 1})` : label,
  );
  const balanced = sentence(scheme.overall ? [...listed, 'the overall numbers'] : listed);
  const unequal = arms.some(({ ratio }) => ratio !== arms[0]!.ratio);
  const how = !unequal
    ? `the arm that would leave the least imbalance had the probability ${scheme.probability}, and the others shared the rest`
    : scheme.unequal === 'pseudo-arms'
      ? `each arm was split into as many parts as its ratio has (Kuznetsova and Tymofyeyev), and the part that would leave the least imbalance had the probability ${scheme.probability}`
      : `the arm that would leave the least imbalance was preferred with the biased-coin probabilities of Han et al. (2009), ${scheme.probability} for the arm with the smallest ratio`;
  return (
    `minimisation (Pocock and Simon, 1975) with a random element, over ${balanced}. Imbalance was measured by the ` +
    `${distance} of the numbers in the arms${unequal ? ' in relation to the ratio' : ''}; ${how}. Arms that were tied ` +
    'for the least imbalance shared the best probability.'
  );
}

function concealment({ scheme }: Design, { masked = [] }: ConsortFacts): string {
  const source =
    scheme.kind === 'list'
      ? 'The list was kept in the platform, which gave out one line at a time.'
      : 'There was no list: an allocation did not exist before it was requested, and the secret it depends on was ' +
        'stored encrypted, under a key outside the database.';
  const kept = masked.length > 0 ? ` It was not shown to ${sentence(masked, 'or')}.` : '';
  return (
    `Allocation was central, by computer. ${source} A participant’s arm became known only after eligibility and ` +
    'consent were recorded and the allocation was stored, numbered and chained to the one before; it could not be ' +
    `repeated or withdrawn.${kept}`
  );
}

function implementation({ scheme }: Design, { masked = [] }: ConsortFacts): string {
  const access =
    scheme.kind === 'list'
      ? 'Staff who enrolled participants had no access to the list through the platform; whether its authors took part in enrolment, the authors must say.'
      : 'Neither those who enrolled participants nor those who requested the allocation had access to the sequence, to the secret, or to the probabilities of the next allocation.';
  const roles = masked.length > 0 ? ` ${capital(sentence(masked))} had no access to allocations.` : '';
  return `Site staff enrolled participants and requested the allocation; the platform assigned the arm. ${access}${roles}`;
}

function sentence(items: readonly string[], word = 'and'): string {
  if (items.length <= 2) return items.join(` ${word} `);
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
