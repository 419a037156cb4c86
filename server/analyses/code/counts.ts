import type { EstimatorDefinition } from '../estimator/document.ts';
import { loopOver } from './loop.ts';

const COUNTS = '  x1 <- sum(first); n1 <- length(first); x2 <- sum(second); n2 <- length(second)';

const NEWCOMBE = `
# Wilson's score interval of each proportion, combined as Newcombe's method 10 (Stat Med 1998;17:873-890)
wilson <- function(x, n) {
  p <- x / n
  centre <- (p + z^2 / (2 * n)) / (1 + z^2 / n)
  half <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2)) / (1 + z^2 / n)
  c(centre - half, centre + half)
}
difference_interval <- function(x1, n1, x2, n2) {
  p1 <- x1 / n1; p2 <- x2 / n2
  w1 <- wilson(x1, n1); w2 <- wilson(x2, n2)
  c(p1 - p2 - sqrt((p1 - w1[1])^2 + (w2[2] - p2)^2), p1 - p2 + sqrt((w1[2] - p1)^2 + (p2 - w2[1])^2))
}`;

/** R for the restricted maximum-likelihood proportions of the score interval. */
export const RESTRICTED = `
# Score interval with Miettinen and Nurminen's variance (Stat Med 1985;4:213-226): the differences delta that the
# score test doesn't reject. The proportions under delta are their restricted maximum-likelihood estimates.
restricted <- function(delta, x1, n1, x2, n2) {
  likelihood <- function(p2) dbinom(x1, n1, p2 + delta, log = TRUE) + dbinom(x2, n2, p2, log = TRUE)
  range <- c(max(0, -delta), min(1, 1 - delta))
  p2 <- optimize(likelihood, range, maximum = TRUE, tol = 1e-12)$maximum
  ends <- range[which.max(c(likelihood(range[1]), likelihood(range[2])))]
  if (likelihood(ends) > likelihood(p2)) p2 <- ends
  c(p2 + delta, p2)
}`;

const MIETTINEN = `${RESTRICTED}
score <- function(delta, x1, n1, x2, n2) {
  r <- restricted(delta, x1, n1, x2, n2)
  variance <- (r[1] * (1 - r[1]) / n1 + r[2] * (1 - r[2]) / n2) * (n1 + n2) / (n1 + n2 - 1)
  (x1 / n1 - x2 / n2 - delta) / sqrt(max(variance, 1e-300))
}
difference_interval <- function(x1, n1, x2, n2) {
  d <- x1 / n1 - x2 / n2
  limit <- function(from, to, target) uniroot(function(delta) score(delta, x1, n1, x2, n2) - target,
                                              c(from, to), tol = 1e-12)$root
  c(if (d <= -1 + 1e-9) -1 else limit(-1 + 1e-9, d, z), if (d >= 1 - 1e-9) 1 else limit(d, 1 - 1e-9, -z))
}`;

const WALD = `
difference_interval <- function(x1, n1, x2, n2) {
  p1 <- x1 / n1; p2 <- x2 / n2
  p1 - p2 + c(-1, 1) * z * sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
}`;

const CAFFO = `
# Agresti and Caffo. Am Stat 2000;54:280-288: Wald's limits after one more success and failure in each arm
difference_interval <- function(x1, n1, x2, n2) {
  p1 <- (x1 + 1) / (n1 + 2); p2 <- (x2 + 1) / (n2 + 2)
  p1 - p2 + c(-1, 1) * z * sqrt(p1 * (1 - p1) / (n1 + 2) + p2 * (1 - p2) / (n2 + 2))
}`;

const TABLE = 'rbind(c(x1, n1 - x1), c(x2, n2 - x2))';

const chiSquare = {
  pearson: `suppressWarnings(chisq.test(${TABLE}, correct = FALSE)$p.value)`,
  yates: `suppressWarnings(chisq.test(${TABLE}, correct = TRUE)$p.value)`,
  'n-1': `pchisq(suppressWarnings(chisq.test(${TABLE}, correct = FALSE)$statistic) * (n1 + n2 - 1) / (n1 + n2),
              1, lower.tail = FALSE)`,
  'likelihood-ratio': `{
    o <- ${TABLE}; e <- outer(rowSums(o), colSums(o)) / sum(o)
    pchisq(2 * sum(ifelse(o > 0, o * log(o / e), 0)), 1, lower.tail = FALSE)
  }`,
};

/** R for differences of risks and tests of 2 × 2 tables; null: the estimator is another. */
export function countScript(estimator: EstimatorDefinition): string | null {
  switch (estimator.method) {
    case 'risk-difference': {
      if (estimator.interval === 'mantel-haenszel') return null;
      const body = {
        newcombe: NEWCOMBE,
        'miettinen-nurminen': MIETTINEN,
        'agresti-caffo': CAFFO,
        wald: WALD,
      }[estimator.interval];
      return `z <- qnorm(1 - (1 - level) / 2)
${body}
${loopOver(`${COUNTS}
  estimate <- x1 / n1 - x2 / n2
  limits <- difference_interval(x1, n1, x2, n2)
  lower <- limits[1]; upper <- limits[2]; p <- NA`)}`;
    }
    case 'number-needed':
      return `z <- qnorm(1 - (1 - level) / 2)
${NEWCOMBE}
${loopOver(`${COUNTS}
  # 1 / difference; negative numbers are needed to harm. Where the difference's interval holds 0 there are no limits
  estimate <- 1 / (x1 / n1 - x2 / n2)
  limits <- difference_interval(x1, n1, x2, n2)
  open <- limits[1] <= 0 && limits[2] >= 0
  lower <- if (open) NA else 1 / limits[2]; upper <- if (open) NA else 1 / limits[1]; p <- NA`)}`;
    case 'fisher':
      return loopOver(`${COUNTS}
  p <- fisher.test(${TABLE})$p.value
  estimate <- lower <- upper <- NA`);
    case 'chi-square':
      return loopOver(`${COUNTS}
  p <- ${chiSquare[estimator.variant]}
  estimate <- lower <- upper <- NA`);
    default:
      return null;
  }
}
