import type { EstimatorDefinition } from '../estimator/document.ts';
import { loopOver } from './loop.ts';

/** Both limits of a score interval, by the roots of its excess on the logarithm. */
const INVERT = `
# Roots on the logarithm, from the estimate outwards
invert <- function(estimate, excess) {
  at <- function(u) excess(exp(u))
  side <- function(direction) {
    inner <- if (estimate > 0 && is.finite(estimate)) log(estimate) else -direction * 5
    while (at(inner) > 0 && abs(inner) < 600) inner <- inner - direction * 5
    if (!(at(inner) < 0) && at(inner + direction * 1e-6) < 0) inner <- inner + direction * 1e-6
    outer <- inner + direction
    while (at(outer) < 0 && abs(outer) < 600) outer <- outer + 2 * direction
    exp(uniroot(at, sort(c(inner, outer)), tol = 1e-13)$root)
  }
  c(if (estimate == 0) 0 else side(-1), if (is.finite(estimate)) side(1) else Inf)
}`;

const scoreRatio = (factor: string) => `${INVERT}

# Score interval of the ratio (Koopman. Biometrics 1984;40:513-517; Miettinen, Nurminen. Stat Med 1985;4:213-226):
# the proportions under p1 = ratio * p2 are their restricted maximum-likelihood estimates
ratio_of <- function(x1, n1, x2, n2) (x1 / n1) / (x2 / n2)
ratio_interval <- function(x1, n1, x2, n2) {
  invert(ratio_of(x1, n1, x2, n2), function(ratio) {
    a <- (n1 + n2) * ratio; b <- n1 * ratio + x1 + n2 + x2 * ratio; c <- x1 + x2
    p2 <- min(1, 2 * c / (b + sqrt(max(0, b^2 - 4 * a * c)))); p1 <- min(1, p2 * ratio)
    variance <- (p1 * (1 - p1) / n1 + ratio^2 * p2 * (1 - p2) / n2)${factor}
    ((x1 / n1 - ratio * x2 / n2)^2 - z^2 * variance) / (1 + ratio^2)
  })
}`;

const KATZ = `
# Katz et al. Biometrics 1978;34:469-474
ratio_of <- function(x1, n1, x2, n2) (x1 / n1) / (x2 / n2)
ratio_interval <- function(x1, n1, x2, n2)
  ratio_of(x1, n1, x2, n2) * exp(c(-1, 1) * z * sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2))`;

const SCORE_ODDS = `${INVERT}

# Score interval of the odds ratio (Miettinen, Nurminen. Stat Med 1985;4:213-226)
ratio_of <- function(x1, n1, x2, n2) x1 * (n2 - x2) / ((n1 - x1) * x2)
ratio_interval <- function(x1, n1, x2, n2) {
  limit <- z^2 * (n1 + n2) / (n1 + n2 - 1)
  invert(ratio_of(x1, n1, x2, n2), function(odds) {
    c <- x1 + x2; a <- n2 * (odds - 1); b <- n1 * odds + n2 - c * (odds - 1)
    p2 <- min(1, 2 * c / (b + sqrt(max(0, b^2 + 4 * a * c)))); p1 <- p2 * odds / (1 + p2 * (odds - 1))
    v1 <- n1 * p1 * (1 - p1); v2 <- n2 * p2 * (1 - p2)
    (x1 - n1 * p1)^2 - limit * v1 * v2 / (v1 + v2)
  })
}`;

const WOOLF = `
# Woolf. Ann Hum Genet 1955;19:251-253
ratio_of <- function(x1, n1, x2, n2) x1 * (n2 - x2) / ((n1 - x1) * x2)
ratio_interval <- function(x1, n1, x2, n2)
  ratio_of(x1, n1, x2, n2) * exp(c(-1, 1) * z * sqrt(1 / x1 + 1 / (n1 - x1) + 1 / x2 + 1 / (n2 - x2)))`;

const EXACT = `
# Conditional odds ratio and its exact limits, from the non-central hypergeometric distribution (fisher.test has the
# same with loose roots)
hypergeometric <- function(n1, n2, m, log_odds) {
  x <- max(0, m - n2):min(n1, m)
  log_mass <- dhyper(x, n1, n2, m, log = TRUE) + x * log_odds
  mass <- exp(log_mass - max(log_mass))
  list(x = x, mass = mass / sum(mass))
}
root <- function(f) exp(uniroot(f, c(-60, 60), tol = 1e-13)$root)
ratio_of <- function(x1, n1, x2, n2) {
  range <- range(hypergeometric(n1, n2, x1 + x2, 0)$x)
  if (x1 == range[1]) return(0)
  if (x1 == range[2]) return(Inf)
  root(function(u) { h <- hypergeometric(n1, n2, x1 + x2, u); sum(h$mass * h$x) - x1 })
}
ratio_interval <- function(x1, n1, x2, n2) {
  range <- range(hypergeometric(n1, n2, x1 + x2, 0)$x)
  tail <- (1 - level) / 2
  c(if (x1 == range[1]) 0 else root(function(u) { h <- hypergeometric(n1, n2, x1 + x2, u); sum(h$mass[h$x >= x1]) - tail }),
    if (x1 == range[2]) Inf else root(function(u) { h <- hypergeometric(n1, n2, x1 + x2, u); sum(h$mass[h$x <= x1]) - tail }))
}`;

/** R for ratios of risks and of odds of 2 × 2 tables; null: the estimator is another. */
export function ratioScript(estimator: EstimatorDefinition): string | null {
  const body = bodyOf(estimator);
  if (body === null) return null;
  return `z <- qnorm(1 - (1 - level) / 2)
${body}
${loopOver(`  x1 <- sum(first); n1 <- length(first); x2 <- sum(second); n2 <- length(second)
  estimate <- ratio_of(x1, n1, x2, n2)
  limits <- ratio_interval(x1, n1, x2, n2)
  lower <- limits[1]; upper <- limits[2]; p <- NA`)}`;
}

function bodyOf(estimator: EstimatorDefinition): string | null {
  if (estimator.method === 'risk-ratio')
    return {
      koopman: scoreRatio(''),
      'miettinen-nurminen': scoreRatio(' * (n1 + n2) / (n1 + n2 - 1)'),
      katz: KATZ,
    }[estimator.interval];
  if (estimator.method === 'odds-ratio' && estimator.interval !== 'mantel-haenszel')
    return { 'miettinen-nurminen': SCORE_ODDS, woolf: WOOLF, exact: EXACT }[estimator.interval];
  return null;
}
