import type { EstimatorDefinition } from '../estimator/document.ts';
import { loopOver } from './loop.ts';

const SHIFT = `  # Hodges and Lehmann's shift: the median of all differences; its limits are differences of a rank (Bauer 1972)
  differences <- sort(c(outer(first, second, "-")))
  m <- length(first); n <- length(second)
  exact <- !anyDuplicated(c(first, second)) && m * n <= 10000
  test <- suppressWarnings(wilcox.test(first, second, exact = exact, correct = FALSE))
  k <- if (exact) qwilcox((1 - level) / 2, m, n) else
    floor(m * n / 2 - qnorm(1 - (1 - level) / 2) * sqrt(m * n * (m + n + 1) / 12))
  k <- max(1, k)
  estimate <- median(differences)
  lower <- differences[k]; upper <- differences[length(differences) + 1 - k]; p <- test$p.value`;

const HEDGES = `  # Hedges' g = J d with the limits of the non-central t (Steiger, Fouladi 1997)
  m <- length(first); n <- length(second); df <- m + n - 2
  s <- sqrt(((m - 1) * var(first) + (n - 1) * var(second)) / df)
  unit <- sqrt(1 / m + 1 / n)
  d <- (mean(first) - mean(second)) / s
  J <- exp(lgamma(df / 2) - log(df / 2) / 2 - lgamma((df - 1) / 2))
  limit <- function(tail) uniroot(function(ncp) pt(d / unit, df, ncp) - tail, d / unit + c(-8, 8),
                                  extendInt = "yes", tol = 1e-12)$root
  estimate <- J * d
  lower <- J * unit * limit(1 - (1 - level) / 2); upper <- J * unit * limit((1 - level) / 2); p <- NA`;

const KRUSKAL = `
out <- NULL
for (visit in VISITS) {
  used <- arm %in% unlist(treatments) & !is.na(y[, visit])
  test <- kruskal.test(y[used, visit], factor(arm[used]))
  out <- rbind(out, data.frame(visit = visit, arm = NA, versus = NA, estimate = NA, lower = NA, upper = NA,
                               p = test$p.value))
}
`;

/** R for the interval of an estimate from its bootstrap replicates and, for BCa, its jackknife. */
export const BOOTSTRAP_INTERVAL = `
# Quantiles of replicates between normal quantiles (Davison, Hinkley 1997, eq. 5.8), as boot.ci has them
quantile_of <- function(sorted, p) {
  at <- (length(sorted) + 1) * p; k <- floor(at + 1e-9)
  if (k < 1) return(sorted[1])
  if (k >= length(sorted)) return(sorted[length(sorted)])
  if (abs(at - k) < 1e-9) return(sorted[k])
  ends <- qnorm(c(k, k + 1) / (length(sorted) + 1))
  sorted[k] + (qnorm(p) - ends[1]) / diff(ends) * (sorted[k + 1] - sorted[k])
}
bootstrap_interval <- function(kind, estimate, drawn, jackknife) {
  sorted <- sort(drawn); tails <- c((1 - level) / 2, 1 - (1 - level) / 2)
  limits <- function(p) vapply(p, function(one) quantile_of(sorted, one), numeric(1))
  if (kind == "percentile") return(limits(tails))
  if (kind == "basic") return(2 * estimate - rev(limits(tails)))
  tie <- abs(sorted - estimate) <= 1e-12 * max(abs(estimate), abs(sorted))
  z0 <- qnorm((sum(sorted < estimate & !tie) + sum(tie) / 2) / length(sorted))
  gap <- mean(jackknife) - jackknife
  a <- if (sum(gap^2) > 0) sum(gap^3) / (6 * sum(gap^2)^1.5) else 0
  z <- z0 + qnorm(tails)
  limits(pnorm(z0 + z / (1 - a * z)))
}`;

/** R for comparisons of two samples of values; null: the estimator is another. */
export function sampleScript(estimator: EstimatorDefinition): string | null {
  switch (estimator.method) {
    case 'welch':
      return loopOver(`  test <- t.test(first, second, conf.level = level)
  estimate <- mean(first) - mean(second)
  lower <- test$conf.int[1]; upper <- test$conf.int[2]; p <- test$p.value`);
    case 'mann-whitney':
      return loopOver(SHIFT);
    case 'hedges-g':
      return loopOver(HEDGES);
    case 'kruskal-wallis':
      return KRUSKAL;
    case 'bootstrap':
      return `# Samples are drawn from R's own stream: limits agree within Monte Carlo error
set.seed(1)
${BOOTSTRAP_INTERVAL}
${loopOver(`  estimate <- mean(first) - mean(second)
  drawn <- replicate(${estimator.replicates}, mean(sample(first, replace = TRUE)) - mean(sample(second, replace = TRUE)))
  jackknife <- c(vapply(seq_along(first), function(i) mean(first[-i]), 1) - mean(second),
                 mean(first) - vapply(seq_along(second), function(i) mean(second[-i]), 1))
  limits <- bootstrap_interval("${estimator.interval}", estimate, drawn, jackknife)
  lower <- limits[1]; upper <- limits[2]; p <- NA`)}`;
    default:
      return null;
  }
}
