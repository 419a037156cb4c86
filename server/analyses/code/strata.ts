import type { EstimatorDefinition } from '../estimator/document.ts';
import type { PlanDocument } from '../plan.ts';
import { quote, vector } from './quote.ts';

/** The tables of one comparison, a row for each stratum in which both arms have somebody. */
const tables = (columns: readonly string[]) => `
strata <- ${columns.length === 1 ? `d[[${quote(columns[0]!)}]]` : `ifelse(rowSums(is.na(d[${vector(columns)}])) > 0, NA, do.call(paste, c(d[${vector(columns)}], sep = "|")))`}
tables_of <- function(pair, visit) {
  used <- arm %in% pair & !is.na(y[, visit]) & !is.na(strata)
  rows <- lapply(split(which(used), strata[used]), function(i) {
    a <- i[arm[i] == pair[1]]; b <- i[arm[i] == pair[2]]
    data.frame(x1 = sum(y[a, visit]), n1 = length(a), x2 = sum(y[b, visit]), n2 = length(b))
  })
  rows <- do.call(rbind, rows)
  rows[rows$n1 > 0 & rows$n2 > 0, ]
}`;

const SATO = `
# Mantel-Haenszel risk difference with Sato's variance (Biometrics 1989;45:1323-1324)
compare <- function(t) with(t, {
  n <- n1 + n2; w <- sum(n1 * n2 / n)
  d <- sum((x1 * n2 - x2 * n1) / n) / w
  P <- sum((n1^2 * x2 - n2^2 * x1 + n1 * n2 * (n2 - n1) / 2) / n^2)
  Q <- sum((x1 * (n2 - x2) + x2 * (n1 - x1)) / (2 * n))
  se <- sqrt((d * P + Q)) / w
  c(d, d - z * se, d + z * se, NA)
})`;

const COMMON_ODDS = `
# Mantel-Haenszel odds ratio with the limits of Robins, Breslow and Greenland (Biometrics 1986;42:311-323)
compare <- function(t) with(t, {
  n <- n1 + n2; b <- n1 - x1; d <- n2 - x2
  R <- x1 * d / n; S <- b * x2 / n; P <- (x1 + d) / n; Q <- (b + x2) / n
  se <- sqrt(sum(P * R) / (2 * sum(R)^2) + sum(P * S + Q * R) / (2 * sum(R) * sum(S)) + sum(Q * S) / (2 * sum(S)^2))
  odds <- sum(R) / sum(S)
  c(odds, odds * exp(-z * se), odds * exp(z * se), NA)
})`;

const cochran = (corrected: boolean) => `
# Cochran-Mantel-Haenszel test${corrected ? ' with continuity correction' : ''} (as mantelhaen.test)
compare <- function(t) with(t, {
  n <- n1 + n2; m <- x1 + x2
  gap <- abs(sum(x1 - n1 * m / n))
  ${corrected ? 'if (gap >= 0.5) gap <- gap - 0.5' : ''}
  variance <- sum(ifelse(n > 1, n1 * n2 * m * (n - m) / (n^2 * (n - 1)), 0))
  c(NA, NA, NA, pchisq(gap^2 / variance, 1, lower.tail = FALSE))
})`;

/** The score interval of one stratum’s difference comes from the script of the unstratified one. */
const STRATIFIED_SCORE = `
# The score statistics of the strata, pooled with Mantel-Haenszel weights n1 n2 / N (Miettinen, Nurminen 1985, eq. 20)
compare <- function(t) {
  w <- with(t, n1 * n2 / (n1 + n2))
  d <- sum(w * (t$x1 / t$n1 - t$x2 / t$n2)) / sum(w)
  statistic <- function(delta) {
    v <- mapply(function(x1, n1, x2, n2) {
      r <- restricted(delta, x1, n1, x2, n2)
      (r[1] * (1 - r[1]) / n1 + r[2] * (1 - r[2]) / n2) * (n1 + n2) / (n1 + n2 - 1)
    }, t$x1, t$n1, t$x2, t$n2)
    (d - delta) * sum(w) / sqrt(max(sum(w^2 * v), 1e-300))
  }
  limit <- function(from, to, target) uniroot(function(delta) statistic(delta) - target, c(from, to), tol = 1e-12)$root
  c(d, if (d <= -1) -1 else limit(1e-9 - 1, d, z), if (d >= 1) 1 else limit(d, 1 - 1e-9, -z), NA)
}`;

/** R for comparisons in strata; null: the estimator isn’t stratified. */
export function stratifiedScript(
  plan: PlanDocument,
  estimator: EstimatorDefinition,
  restricted: string,
): string | null {
  if (!('strata' in estimator) || estimator.strata.length === 0) return null;
  const columns = estimator.strata.map((id) => plan.data.covariates.find((one) => one.id === id)!.column);
  const body =
    estimator.method === 'cochran-mantel-haenszel'
      ? cochran(estimator.corrected)
      : estimator.method === 'odds-ratio'
        ? COMMON_ODDS
        : estimator.interval === 'mantel-haenszel'
          ? SATO
          : `${restricted}\n${STRATIFIED_SCORE}`;
  return `z <- qnorm(1 - (1 - level) / 2)
${tables(columns)}
${body}

out <- NULL
for (visit in VISITS) for (pair in treatments) {
  found <- compare(tables_of(pair, visit))
  out <- rbind(out, data.frame(visit = visit, arm = pair[1], versus = pair[2],
                               estimate = found[1], lower = found[2], upper = found[3], p = found[4]))
}
`;
}
