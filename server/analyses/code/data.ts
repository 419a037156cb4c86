import type { PlanDocument } from '../plan.ts';
import { pairs, quote, vector } from './quote.ts';

type Analysis = PlanDocument['analyses'][number];

/**
 * R that reads the plan’s CSV and makes `y`, the estimand’s variable of everyone in the population at every visit,
 * after the strategies for intercurrent events and the rule for missing values; `arm` and `before` go with its rows.
 */
export function readData(plan: PlanDocument, { estimand, missing }: Analysis): string {
  const { data, populations } = plan;
  const { variable } = estimand;
  const measure = data.measures.find(({ id }) => id === variable.measure)!;
  const population = populations.find(({ id }) => id === estimand.population);
  const ids = data.visits.map(({ id }) => id);
  const isBinary =
    variable.kind === 'response' || variable.kind === 'threshold' || variable.kind === 'binary';
  const scores = ids.map((id) => {
    const column = measure.columns[id];
    return column === undefined ? 'NA_real_' : `as.numeric(d[[${quote(column)}]])`;
  });
  const kept = [
    ...(population?.filled ?? []).map((column) => `d <- d[!is.na(d[[${quote(column)}]]), ]`),
    ...(population?.empty ?? []).map((column) => `d <- d[is.na(d[[${quote(column)}]]), ]`),
  ];
  const columnOf = (event: string) => data.events.find(({ id }) => id === event)!.column;
  const under = (strategy: string) =>
    vector(
      estimand.intercurrent.filter((one) => one.strategy === strategy).map(({ event }) => columnOf(event)),
    );
  return `args <- commandArgs(trailingOnly = TRUE)
d <- read.csv(if (length(args) > 0) args[1] else "data.csv", check.names = FALSE,
              colClasses = "character", na.strings = ${vector(['', ...data.missing.filter((cell) => cell !== '')])}, encoding = "UTF-8")
everyone <- d
${kept.length > 0 ? `\n# Population: ${population!.label}\n${kept.join('\n')}\n` : ''}
level <- ${plan.level}
treatments <- ${pairs(estimand.treatments)}
visits <- ${vector(ids)}
visit_day <- c(${data.visits.map(({ day }) => day).join(', ')})
is_baseline <- c(${data.visits.map(({ baseline }) => (baseline ? 'TRUE' : 'FALSE')).join(', ')})
arm <- d[[${quote(data.arm)}]]

# ${oneLine(measure.label)} at each visit
score <- cbind(${scores.join(',\n               ')})
score <- matrix(score, nrow = nrow(d), dimnames = list(NULL, visits))
before <- ${data.visits.some(({ baseline }) => baseline) ? 'score[, is_baseline]' : 'rep(NA_real_, nrow(d))'}

# The estimand's variable, whatever happened to the participant
${derived(variable, measure.better)}

# The first visit that an event affects, by its place among the visits
affects <- function(column) {
  days <- as.numeric(as.Date(d[[column]]) - as.Date(d[[${quote(data.randomised ?? '')}]]))
  vapply(days, function(day) {
    at <- which(!is_baseline & visit_day >= day)
    if (is.na(day) || length(at) == 0) Inf else at[1]
  }, numeric(1))
}
first_of <- function(columns) Reduce(pmin, lapply(columns, affects), rep(Inf, nrow(d)))
hypothetical <- first_of(${under('hypothetical')})
composite <- first_of(${under('composite')})
while_treated <- first_of(${under('while-on-treatment')})
observed <- y
for (i in seq_len(nrow(d))) for (at in seq_along(visits)) {
  if (while_treated[i] <= at) {
    earlier <- Filter(function(v) !is_baseline[v] && !is.na(observed[i, v]), seq_len(while_treated[i] - 1))
    y[i, at] <- if (length(earlier) > 0) observed[i, max(earlier)] else NA
  }
  if (hypothetical[i] <= at) y[i, at] <- NA
  if (composite[i] <= at) y[i, at] <- 0
}
${isBinary && missing.method === 'non-response' ? '\n# Whoever has no value counts as not having responded\ny[is.na(y)] <- 0\n' : ''}
# A visit at which nobody has a score yet isn't analysed
y[, colSums(!is.na(score)) == 0] <- NA
`;
}

function derived(variable: Analysis['estimand']['variable'], better: 'lower' | 'higher'): string {
  switch (variable.kind) {
    case 'value':
    case 'binary':
      return 'y <- score';
    case 'change':
      return 'y <- score - before';
    case 'response':
      return `improvement <- ${better === 'lower' ? 'before - score' : 'score - before'}
y <- (improvement >= ${variable.fall} * before - 1e-9 * before) * 1
y[is.na(before) | before <= 0, ] <- NA`;
    case 'threshold': {
      const bounds = [
        ...(variable.atMost === undefined ? [] : [`score <= ${variable.atMost}`]),
        ...(variable.atLeast === undefined ? [] : [`score >= ${variable.atLeast}`]),
      ];
      return `y <- (${bounds.join(' & ')}) * 1`;
    }
  }
}

/** Words in a comment, which ends with its line. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
