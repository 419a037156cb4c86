import type { Design } from '../../../randomisation/index.ts';
import type { EstimatorDefinition } from '../estimator/document.ts';
import type { PlanDocument } from '../plan.ts';
import { frameOf } from './frame.ts';
import { quote, vector } from './quote.ts';

type Analysis = PlanDocument['analyses'][number];
type Rerandomised = Extract<EstimatorDefinition, { method: 'rerandomisation' }>;

/** A fraction of a design, `4/5` or 2, as R computes it. */
const number = (value: string | number) => String(value);

/** R whose `allocate()` gives a new arm to everybody, in their order and with their factors; null: no such scheme. */
function schemeOf({ scheme, arms, factors }: Design): string | null {
  const ratios = `ratios <- c(${arms.map(({ ratio }) => ratio).join(', ')}); arms <- ${vector(arms.map(({ id }) => id))}`;
  const inStrata = (one: string) => `${ratios}
stratum <- ${factors.length === 0 ? 'rep(1, nrow(people))' : 'do.call(paste, c(unname(people[factors]), sep = "|"))'}
one_stratum <- function(size) {
${one}
}
allocate <- function() {
  given <- character(nrow(people))
  for (one in unique(stratum)) given[stratum == one] <- arms[one_stratum(sum(stratum == one))]
  given
}`;
  const oneByOne = (weights: string) =>
    inStrata(`  given <- integer(size); counts <- numeric(length(arms))
  for (i in seq_len(size)) {
    weights <- ${weights}
    given[i] <- sample.int(length(arms), 1, prob = weights); counts[given[i]] <- counts[given[i]] + 1
  }
  given`);
  switch (scheme.kind) {
    case 'simple':
      return `${ratios}
allocate <- function() sample(arms, nrow(people), replace = TRUE, prob = ratios)`;
    case 'permuted-blocks':
      return inStrata(`  given <- integer(0); sizes <- c(${scheme.sizes.join(', ')})
  while (length(given) < size) {
    block <- sizes[sample.int(length(sizes), 1)]
    given <- c(given, sample(rep(seq_along(arms), ratios * block / sum(ratios))))
  }
  given[seq_len(size)]`);
    case 'block-urn':
      return oneByOne(`ratios * (${scheme.lambda} + min(floor(counts / ratios))) - counts`);
    case 'efron':
      return oneByOne(
        `if (counts[1] == counts[2]) c(1, 1) else if (counts[1] < counts[2]) c(${number(scheme.probability)}, 1 - ${number(scheme.probability)}) else c(1 - ${number(scheme.probability)}, ${number(scheme.probability)})`,
      );
    case 'big-stick':
      return oneByOne(
        `if (abs(counts[1] - counts[2]) < ${scheme.limit}) c(1, 1) else if (counts[1] < counts[2]) c(1, 0) else c(0, 1)`,
      );
    case 'minimisation': {
      const pseudo = scheme.unequal === 'pseudo-arms';
      const distance = {
        range: 'apply(m, 1, max) - apply(m, 1, min)',
        variance: 'apply(m, 1, var)',
        'marginal-balance':
          'apply(m, 1, function(x) if (sum(x) == 0) 0 else sum(dist(x)) / ((length(x) - 1) * sum(x)))',
      }[scheme.distance];
      return `${ratios}
${pseudo ? 'owner <- rep(seq_along(arms), ratios); ratios <- rep(1, length(owner))' : 'owner <- seq_along(arms)'}
weights <- c(${[...factors.map(({ weight }) => number(weight ?? 1)), ...(scheme.overall ? ['1'] : [])].join(', ')})
level <- sapply(factors, function(one) match(people[[one]], unique(people[[one]])))
level <- matrix(level, nrow = nrow(people)); ${scheme.overall ? 'level <- cbind(level, 1)' : ''}
K <- length(ratios); p <- ${number(scheme.probability)}
# Pocock, Simon. Biometrics 1975;31:103-115; unequal ratios after Han, Enas, McEntegart. Stat Med 2009;28:3329-46
distance <- function(m) ${distance}
coin <- function(tied) {
  if (all(tied)) return(ratios / sum(ratios))
  rest <- (1 - p) * sum(ratios[tied] * (sum(ratios) - ratios[tied])) / (sum(ratios[tied]) * (sum(ratios) - min(ratios)))
  ifelse(tied, (1 - rest) * ratios / sum(ratios[tied]), rest * ratios / sum(ratios[!tied]))
}
allocate <- function() {
  counts <- array(0, c(ncol(level), max(level), K)); given <- integer(nrow(people))
  for (i in seq_len(nrow(people))) {
    now <- t(sapply(seq_len(ncol(level)), function(f) counts[f, level[i, f], ])); now <- matrix(now, ncol = K)
    G <- sapply(seq_len(K), function(k) {
      m <- now; m[, k] <- m[, k] + 1
      sum(weights * distance(sweep(m, 2, ratios, "/")))
    })
    given[i] <- sample.int(K, 1, prob = coin(G <= min(G) + 1e-9))
    for (f in seq_len(ncol(level))) counts[f, level[i, f], given[i]] <- counts[f, level[i, f], given[i]] + 1
  }
  arms[owner[given]]
}`;
    }
    case 'list':
      return null;
  }
}

/** R that replays the trial’s own allocation; null where the plan doesn’t say how, or it can’t be replayed. */
export function rerandomisedScript(
  plan: PlanDocument,
  own: Analysis,
  estimator: Rerandomised,
): string | null {
  const { allocation } = plan.data;
  const parts = frameOf(plan, own);
  if (!allocation || allocation.later.length > 0 || allocation.fixed !== undefined || parts === null)
    return null;
  const design = allocation.design as unknown as Design;
  const scheme = schemeOf(design);
  if (scheme === null) return null;
  const columns = design.factors.map(({ id }) => allocation.factors[id]!);
  return `${parts.head}
# Everybody in the order of allocation, with the levels of the design's factors
people <- everyone[!is.na(everyone[[${quote(allocation.order)}]]), ]
people <- people[order(as.numeric(people[[${quote(allocation.order)}]])), ]
factors <- ${columns.length > 0 ? vector(columns) : 'character(0)'}
# R draws from a stream of its own: p agrees within its Monte Carlo error, sqrt(p (1 - p) / replays)
set.seed(1)
replays <- ${Math.min(estimator.replicates, 5000)}
${scheme}

replayed <- replicate(replays, allocate())
out <- NULL
for (visit in VISITS) {
  rows <- ${parts.frame(`id = d[[${quote(plan.data.subject)}]], value = y[, visit]`)}
  rows <- droplevels(na.omit(rows))
  ${parts.terms}
  # What covariates leave of the outcome, without the arm (Gail, Tan, Piantadosi. Biometrika 1988;75:57-64)
  left <- if (length(terms) > 0) residuals(lm(reformulate(terms, "value"), data = rows)) else rows$value
  outcome <- left[match(people[[${quote(plan.data.subject)}]], rows$id)]
  difference <- function(given, pair) mean(outcome[given == pair[1]], na.rm = TRUE) - mean(outcome[given == pair[2]], na.rm = TRUE)
  for (pair in treatments) {
    estimate <- difference(people[[${quote(plan.data.arm)}]], pair)
    drawn <- apply(replayed, 2, difference, pair)
    drawn <- drawn[!is.na(drawn)]
    p <- (sum(abs(drawn) >= abs(estimate) - 1e-9 * max(abs(outcome), na.rm = TRUE)) + 1) / (length(drawn) + 1)
    out <- rbind(out, data.frame(visit = visit, arm = pair[1], versus = pair[2], estimate = estimate, lower = NA,
                                 upper = NA, p = p, mcse = sqrt(p * (1 - p) / length(drawn))))
  }
}
`;
}
