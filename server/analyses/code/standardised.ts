import type { EstimatorDefinition } from '../estimator/document.ts';
import { CONTRAST } from './frame.ts';
import { BOOTSTRAP_INTERVAL } from './samples.ts';

type Standardised = Extract<EstimatorDefinition, { method: 'standardisation' }>;

const FIT = `
fit_risks <- function(rows, formula) {
  fit <- suppressWarnings(glm(formula, data = rows, family = binomial, control = glm.control(epsilon = 1e-14, maxit = 100)))
  # Everybody's risk had they been in each arm
  at <- lapply(setNames(nm = levels(rows$arm)), function(one) {
    new <- rows; new$arm <- factor(one, levels = levels(rows$arm))
    model.matrix(delete.response(terms(fit)), new, xlev = fit$xlevels)
  })
  list(fit = fit, at = at, predicted = sapply(at, function(X) plogis(drop(X %*% coef(fit)))))
}`;

const YE = `    # Ye, Bannick, Yi, Shao. Stat Theory Relat Fields 2023;7:159-163
    V <- matrix(0, ncol(g$predicted), ncol(g$predicted), dimnames = list(colnames(g$predicted), colnames(g$predicted)))
    for (a in rownames(V)) for (b in rownames(V)) {
      own <- rows$arm == a; other <- rows$arm == b; q <- g$predicted
      V[a, b] <- if (a == b) {
        together <- cov(rows$value[own], q[own, a])
        (var(rows$value[own]) - 2 * together + var(q[, a])) * nrow(rows) / sum(own) + 2 * together - var(q[, a])
      } else cov(rows$value[own], q[own, b]) + cov(rows$value[other], q[other, a]) - cov(q[, a], q[, b])
    }
    V <- V / nrow(rows)`;

const GE = `    # Ge et al. Drug Inf J 2011;45:481-493: delta method with the sandwich covariance (as sandwich::sandwich)
    X <- model.matrix(g$fit); bread <- summary(g$fit)$cov.unscaled
    sandwich <- bread %*% crossprod(X * (rows$value - fitted(g$fit))) %*% bread
    D <- t(sapply(names(g$at), function(a) colMeans(g$at[[a]] * (g$predicted[, a] * (1 - g$predicted[, a])))))
    V <- D %*% sandwich %*% t(D)`;

const EFFECT = {
  'risk-difference': ['q[1] - q[2]', 'c(1, -1)'],
  'risk-ratio': ['q[1] / q[2]', 'c(1 / q[1], -1 / q[2])'],
  'odds-ratio': ['qlogis(q[1]) - qlogis(q[2])', 'c(1 / (q[1] * (1 - q[1])), -1 / (q[2] * (1 - q[2])))'],
} as const;

/** R for risks standardised over everybody’s covariates (g-computation) and their comparison. */
export function standardisedScript(
  frame: string,
  terms: string,
  { variance, replicates, interval }: Standardised,
  summary: string,
): string {
  const [effect, slope] = EFFECT[summary as keyof typeof EFFECT];
  const comparison = summary === 'odds-ratio' ? `exp(${effect})` : effect;
  const formula = `    limits <- ${
    summary === 'risk-difference' ? 'estimate + c(-1, 1) * z * se' : 'estimate * exp(c(-1, 1) * z * se)'
  }
    p <- 2 * pnorm(-abs(${summary === 'risk-difference' ? 'estimate' : 'log(estimate)'}) / se)`;
  return `
z <- qnorm(1 - (1 - level) / 2)
${FIT}
compare <- function(q) ${comparison}
${
  variance === 'bootstrap'
    ? `# Samples are drawn from R's own stream, within arms: limits agree within Monte Carlo error
set.seed(1)
${BOOTSTRAP_INTERVAL}
`
    : ''
}
out <- NULL
for (visit in VISITS) {
  rows <- droplevels(na.omit(${frame}))
  ${terms}
  formula <- reformulate(c("arm", terms), "value")
  g <- fit_risks(rows, formula)
  risks <- colMeans(g$predicted)
${variance === 'bootstrap' ? '' : variance === 'ye' ? YE : GE}
  for (pair in treatments) {
    q <- unname(risks[pair])
    estimate <- compare(q)
${
  variance === 'bootstrap'
    ? `    once <- function(i) {
      q <- tryCatch(unname(colMeans(fit_risks(rows[i, ], formula)$predicted)[pair]), error = function(e) c(NA, NA))
      compare(q)
    }
    members <- split(seq_len(nrow(rows)), rows$arm)
    drawn <- replicate(${replicates}, once(unlist(lapply(members, function(own) own[sample.int(length(own), replace = TRUE)]))))
    drawn <- drawn[is.finite(drawn)]
    jackknife <- ${interval === 'bca' ? 'vapply(seq_len(nrow(rows)), function(i) once(-i), numeric(1))' : 'NULL'}
    limits <- bootstrap_interval("${interval}", estimate, drawn, jackknife)
    p <- NA`
    : `    slope <- ${slope}
    se <- sqrt(drop(slope %*% V[pair, pair] %*% slope))
${formula}`
}
    out <- rbind(out, data.frame(visit = visit, arm = pair[1], versus = pair[2], estimate = estimate,
                                 lower = limits[1], upper = limits[2], p = p))
  }
}
`;
}

/** R for modified Poisson regression. */
export const poissonScript = (frame: string, terms: string): string => `
z <- qnorm(1 - (1 - level) / 2)
out <- NULL
for (visit in VISITS) {
  rows <- droplevels(na.omit(${frame}))
  ${terms}
  fit <- suppressWarnings(glm(reformulate(c("arm", terms), "value"), data = rows, family = poisson,
                              control = glm.control(epsilon = 1e-14, maxit = 100)))
  # Zou. Am J Epidemiol 2004;159:702-706: the sandwich covariance (as sandwich::sandwich)
  X <- model.matrix(fit); bread <- summary(fit)$cov.unscaled
  V <- bread %*% crossprod(X * (rows$value - fitted(fit))) %*% bread
${CONTRAST}
  for (pair in treatments) {
    row <- contrast(pair)
    log_ratio <- sum(row * coef(fit)); se <- sqrt(drop(row %*% V %*% row))
    out <- rbind(out, data.frame(visit = visit, arm = pair[1], versus = pair[2], estimate = exp(log_ratio),
                                 lower = exp(log_ratio - z * se), upper = exp(log_ratio + z * se),
                                 p = 2 * pnorm(-abs(log_ratio / se))))
  }
}
`;
