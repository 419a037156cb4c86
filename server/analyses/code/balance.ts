import type { PlanDocument } from '../plan.ts';
import { quote } from './quote.ts';

type Analysis = PlanDocument['analyses'][number];

/** R for standardised differences at baseline. */
export function balanceScript(
  { data }: PlanDocument,
  { estimand }: Analysis,
  { covariates, baseline }: { covariates: readonly string[]; baseline: boolean },
): string {
  const measure = data.measures.find(({ id }) => id === estimand.variable.measure)!;
  const calls = covariates.map((name) => {
    const { label, column, kind } = data.covariates.find(({ id }) => id === name)!;
    return kind === 'number'
      ? `add_number(${quote(label)}, as.numeric(d[[${quote(column)}]]))`
      : `add_factor(${quote(label)}, d[[${quote(column)}]])`;
  });
  return `
out <- NULL
add <- function(label, values, difference, signed = TRUE) for (pair in treatments) {
  first <- values[arm == pair[1] & !is.na(values)]
  second <- values[arm == pair[2] & !is.na(values)]
  # The spread that chance alone gives
  se <- if (signed) sqrt(1 / length(first) + 1 / length(second)) else NA
  out <<- rbind(out, data.frame(visit = VISITS[1], arm = pair[1], versus = pair[2], covariate = label,
                                estimate = difference(first, second), se = se, lower = NA, upper = NA, p = NA))
}
# Austin. Stat Med 2009;28:3083-3107
add_number <- function(label, values)
  add(label, values, function(x, y) (mean(x) - mean(y)) / sqrt((var(x) + var(y)) / 2))
add_factor <- function(label, values) {
  levels <- sort(unique(values[arm %in% unlist(treatments) & !is.na(values)]), method = "radix")
  # Yang, Dalton. SAS Global Forum 2012, paper 335: the Mahalanobis distance over all levels but the first
  distance <- function(x, y) {
    p <- sapply(levels, function(l) mean(x == l)); q <- sapply(levels, function(l) mean(y == l))
    used <- which(p > 0 | q > 0)[-1]
    if (length(used) == 0) return(0)
    S <- (diag(p[used], length(used)) - p[used] %o% p[used] + diag(q[used], length(used)) - q[used] %o% q[used]) / 2
    sqrt(drop((p - q)[used] %*% solve(S, (p - q)[used])))
  }
  share <- function(level) add(paste0(label, ": ", level), values, function(x, y) {
    p <- mean(x == level); q <- mean(y == level)
    (p - q) / sqrt((p * (1 - p) + q * (1 - q)) / 2)
  })
  if (length(levels) > 2) add(paste0(label, ", all levels"), values, distance, signed = FALSE)
  for (level in if (length(levels) > 2) levels else levels[1]) share(level)
}
${[...(baseline ? [`add_number(${quote(measure.label)}, before)`] : []), ...calls].join('\n')}
`;
}
