import type { PlanDocument } from '../plan.ts';
import { frameOf } from './frame.ts';
import { imputationModel } from './imputationModel.ts';
import { covarianceOf } from './linear.ts';

type Analysis = PlanDocument['analyses'][number];

/** Who is imputed: everybody in the analysis’s arms with a baseline and all covariates. */
const people = (levels: string, frame: string, terms: string) => `
rows <- ${frame}
kept <- rows$arm %in% ${levels} & complete.cases(rows)
rows <- droplevels(rows[kept, ])
${terms}
covariates <- setdiff(terms, "baseline")
follow_up <- which(!is_baseline & colSums(!is.na(score)) > 0)
# Scores after baseline; what an event under the hypothetical strategy affects is imputed too
Y <- score[kept, follow_up, drop = FALSE]
for (t in seq_along(follow_up)) Y[hypothetical[kept] <= follow_up[t], t] <- NA
n <- nrow(Y); T <- ncol(Y); reference <- levels(rows$arm)[1]
gone <- is.na(Y)
# The first visit after which nothing more was seen; none: T + 1
event <- apply(gone, 1, function(row) if (all(row)) 1 else max(which(!row)) + 1)
# Means of arm by visit, baseline by visit, and covariates
C <- if (length(covariates) > 0) model.matrix(reformulate(covariates), rows)[, -1, drop = FALSE] else matrix(0, n, 0)
C <- scale(C, scale = FALSE)
design <- function(arm, t) {
  visit <- as.numeric(seq_len(T) == t)
  cbind(kronecker(t(visit), outer(arm, levels(rows$arm), "==") * 1), kronecker(t(visit), cbind(rows$baseline - mean(rows$baseline))), C)
}
X <- lapply(seq_len(T), function(t) design(rows$arm, t))
X_reference <- lapply(seq_len(T), function(t) design(factor(rep(reference, n), levels(rows$arm)), t))
means_of <- function(X, beta) sapply(X, function(x) drop(x %*% beta))
`;

/** The analysis of completed scores: estimates, variances and degrees of freedom of every comparison. */
function analysis({ estimand, estimator }: Analysis, better: 'lower' | 'higher'): string {
  const { variable } = estimand;
  const outcome = {
    value: 'v',
    binary: 'v',
    change: 'v - rows$baseline',
    response: `((${better === 'lower' ? 'rows$baseline - v' : 'v - rows$baseline'}) >= ${'fall' in variable ? variable.fall : 0} * rows$baseline - 1e-9 * rows$baseline) * 1`,
    threshold: `(${
      variable.kind === 'threshold'
        ? [
            ...(variable.atMost === undefined ? [] : [`v <= ${variable.atMost}`]),
            ...(variable.atLeast === undefined ? [] : [`v >= ${variable.atLeast}`]),
          ].join(' & ')
        : 'TRUE'
    }) * 1`,
  }[variable.kind];
  const model =
    estimator.method === 'ancova'
      ? `    fit <- lm(reformulate(c("arm", terms), "value"), data = own)
${covarianceOf(estimator.errors)}
    for (pair in treatments) {
      row <- setNames(numeric(length(coef(fit))), names(coef(fit)))
      for (side in 1:2) if (paste0("arm", pair[side]) %in% names(row)) row[paste0("arm", pair[side])] <- c(1, -1)[side]
      found <- rbind(found, c(sum(row * coef(fit)), drop(row %*% V %*% row), fit$df.residual))
    }`
      : `    for (pair in treatments) {
      p <- sapply(pair, function(one) mean(own$value[own$arm == one])); m <- sapply(pair, function(one) sum(own$arm == one))
      found <- rbind(found, c(p[1] - p[2], sum(p * (1 - p) / m), Inf))
    }`;
  return `
analyse <- function(done, keep, delta) {
  found <- NULL
  for (visit in VISITS) {
    t <- match(visit, visits[follow_up])
    v <- done[, t] + delta * (gone[, t] & rows$arm != reference)
    own <- rows
    own$value <- ${outcome}
    own$value[composite[kept] <= follow_up[t]] <- 0
    ${variable.kind === 'response' ? 'own$value[own$baseline <= 0] <- NA' : ''}
    own <- own[keep, ]; own <- own[!is.na(own$value), ]
${model}
  }
  found
}
comparisons <- do.call(rbind, lapply(VISITS, function(visit) do.call(rbind, lapply(treatments, function(pair)
  data.frame(visit = visit, arm = pair[1], versus = pair[2])))))`;
}

const JACKKNIFE = `
# Conditional means with the jackknife (Wolbers et al. Pharm Stat 2022;21:1246-1257): nothing is drawn at random
estimates <- function(keep, Sigma) {
  fit <- reml(keep, Sigma)
  done <- complete(courses(fit$beta), fit$Sigma, fit$groups)
  list(values = sapply(deltas, function(delta) analyse(done, keep, delta)[, 1]), Sigma = fit$Sigma)
}
whole <- estimates(seq_len(n), start)
left <- lapply(seq_len(n), function(i) estimates(setdiff(seq_len(n), i), whole$Sigma)$values)
values <- matrix(whole$values, nrow(comparisons))
se <- sqrt((n - 1) / n * Reduce(\`+\`, lapply(left, function(v) (v - Reduce(\`+\`, left) / n)^2)))
se <- matrix(se, nrow(comparisons))
z <- qnorm(1 - (1 - level) / 2)
out <- do.call(rbind, lapply(seq_along(deltas), function(k) cbind(comparisons, delta = deltas[k],
  estimate = values[, k], se = se[, k], lower = values[, k] - z * se[, k], upper = values[, k] + z * se[, k],
  p = 2 * pnorm(-abs(values[, k] / se[, k])))))`;

const RUBIN = `
# Rubin's rules with Barnard and Rubin's degrees of freedom; mcse is the Monte Carlo error of the estimate
out <- do.call(rbind, lapply(deltas, function(delta) {
  found <- lapply(imputed, analyse, keep = seq_len(n), delta = delta)
  do.call(rbind, lapply(seq_len(nrow(comparisons)), function(k) {
    Q <- vapply(found, function(f) f[k, 1], 1); U <- vapply(found, function(f) f[k, 2], 1); df_complete <- found[[1]][k, 3]
    m <- length(Q); extra <- (1 + 1 / m) * var(Q); total <- mean(U) + extra; lambda <- extra / total
    old <- if (lambda > 0) (m - 1) / lambda^2 else Inf
    seen <- (df_complete + 1) / (df_complete + 3) * df_complete * (1 - lambda)
    df <- if (is.infinite(df_complete)) old else if (is.infinite(old)) seen else old * seen / (old + seen)
    half <- qt(1 - (1 - level) / 2, df) * sqrt(total)
    cbind(comparisons[k, ], delta = delta, estimate = mean(Q), se = sqrt(total), lower = mean(Q) - half,
          upper = mean(Q) + half, p = 2 * pt(-abs(mean(Q) / sqrt(total)), df), mcse = sqrt(var(Q) / m))
  }))
}))`;

/** R for imputed analyses; null: the analysis doesn’t impute. */
export function imputedScript(plan: PlanDocument, own: Analysis): string | null {
  const { missing, estimator, estimand } = own;
  if (missing.method !== 'multiple-imputation' && missing.method !== 'reference-based') return null;
  const parts = frameOf(plan, {
    ...own,
    estimator: {
      ...(estimator.method === 'ancova'
        ? estimator
        : { method: 'ancova', covariates: [], errors: 'model', weights: 'equal' }),
      baseline: true,
    },
  });
  if (parts === null) return null;
  const better = plan.data.measures.find(({ id }) => id === estimand.variable.measure)!.better;
  const deltas = missing.method === 'reference-based' ? missing.deltas : [0];
  return `${parts.head}# Added to imputed values of every arm but the reference, one analysis for each
deltas <- c(${deltas.join(', ')})
${people(parts.levels, parts.frame(`id = seq_len(nrow(d))`), parts.terms)}
${imputationModel(missing)}
${analysis(own, better)}
${missing.method === 'reference-based' && missing.inference === 'jackknife' ? JACKKNIFE : RUBIN}
`;
}
