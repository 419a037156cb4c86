import type { PlanDocument } from '../plan.ts';
import { frameOf } from './frame.ts';
import { covarianceOf } from './linear.ts';

type Analysis = PlanDocument['analyses'][number];
type Imputing = Extract<Analysis['missing'], { method: 'multiple-imputation' | 'reference-based' }>;

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

const MODEL = `
# Those with the same visits missing share a covariance
groups_of <- function(keep) {
  pattern <- apply(!gone[keep, , drop = FALSE], 1, function(row) paste(which(row), collapse = " "))
  lapply(unname(split(keep, pattern)), function(rows) {
    seen <- which(!gone[rows[1], ])
    list(rows = rows, seen = seen, cross = lapply(seen, function(s) lapply(seen, function(u)
      list(xx = crossprod(X[[s]][rows, , drop = FALSE], X[[u]][rows, , drop = FALSE]),
           xy = crossprod(X[[s]][rows, , drop = FALSE], Y[rows, u])))))
  })
}
# Generalised least squares given the covariance of the visits
gls_at <- function(groups, Sigma) {
  A <- 0; b <- 0
  for (g in groups) if (length(g$seen) > 0) {
    W <- solve(Sigma[g$seen, g$seen, drop = FALSE])
    for (i in seq_along(g$seen)) for (j in seq_along(g$seen)) {
      A <- A + W[i, j] * g$cross[[i]][[j]]$xx; b <- b + W[i, j] * g$cross[[i]][[j]]$xy
    }
  }
  Phi <- solve(A)
  list(beta = drop(Phi %*% b), Phi = Phi)
}
# REML estimates of an unstructured covariance by the EM algorithm
reml <- function(keep, Sigma) {
  groups <- groups_of(keep)
  m <- sum(vapply(groups, function(g) if (length(g$seen) > 0) length(g$rows) else 0, 1))
  for (step in 1:5000) {
    at <- gls_at(groups, Sigma)
    G <- matrix(0, T, T)
    for (g in groups) if (length(g$seen) > 0) {
      V <- Sigma[g$seen, g$seen, drop = FALSE]; W <- solve(V)
      R <- sapply(g$seen, function(s) Y[g$rows, s] - X[[s]][g$rows, , drop = FALSE] %*% at$beta)
      R <- matrix(R, nrow = length(g$rows))
      P <- matrix(0, length(g$seen), length(g$seen))
      for (i in seq_along(g$seen)) for (j in seq_along(g$seen)) P[i, j] <- sum(at$Phi * g$cross[[i]][[j]]$xx)
      G[g$seen, g$seen] <- G[g$seen, g$seen] + W %*% (crossprod(R) + P - length(g$rows) * V) %*% W
    }
    move <- Sigma %*% G %*% Sigma / m
    Sigma <- Sigma + (move + t(move)) / 2
    if (max(abs(move)) < 1e-10 * max(diag(Sigma))) break
  }
  list(beta = gls_at(groups, Sigma)$beta, Sigma = Sigma, groups = groups)
}
start <- diag(apply(Y, 2, var, na.rm = TRUE), T)`;

/** Carpenter, Roger and Kenward’s mean courses. */
const strategies = (strategy: string) => `
# Mean courses under ${strategy} (Carpenter, Roger, Kenward. J Biopharm Stat 2013;23:1352-1371)
courses <- function(beta) {
  own <- means_of(X, beta); other <- means_of(X_reference, beta)
  own <- matrix(own, n); other <- matrix(other, n); course <- own
  for (i in which(rows$arm != reference & event <= T)) {
    e <- event[i]; after <- e:T
    course[i, ] <- switch("${strategy}",
      MAR = own[i, ],
      J2R = replace(own[i, ], after, other[i, after]),
      CR = other[i, ],
      CIR = if (e == 1) other[i, ] else replace(own[i, ], after, own[i, e - 1] + other[i, after] - other[i, e - 1]),
      LMCF = if (e == 1) own[i, ] else replace(own[i, ], after, own[i, e - 1]))
  }
  course
}`;

const COMPLETE = `
# Missing values given the observed ones: their conditional mean, and a draw where a noise is asked for
complete <- function(course, Sigma, groups, noise = FALSE) {
  done <- Y
  for (g in groups) {
    miss <- setdiff(seq_len(T), g$seen)
    if (length(miss) == 0) next
    mean <- course[g$rows, miss, drop = FALSE]; V <- Sigma[miss, miss, drop = FALSE]
    if (length(g$seen) > 0) {
      B <- solve(Sigma[g$seen, g$seen, drop = FALSE], Sigma[g$seen, miss, drop = FALSE])
      mean <- mean + (Y[g$rows, g$seen, drop = FALSE] - course[g$rows, g$seen, drop = FALSE]) %*% B
      V <- V - Sigma[miss, g$seen, drop = FALSE] %*% B
    }
    if (noise) mean <- mean + matrix(rnorm(length(mean)), nrow(mean)) %*% chol(V)
    done[g$rows, miss] <- mean
  }
  done
}`;

const POSTERIOR = (imputations: number) => `
# Draws of the parameters by data augmentation (Schafer 1997, section 5.4) from R's own stream
set.seed(1)
everyone <- seq_len(n)
fit <- reml(everyone, start)
seen_once <- which(!apply(gone, 1, all))
draw_normal <- function(mean, V) mean + drop(crossprod(chol(V), rnorm(length(mean))))
one_draw <- function(state) {
  filled <- complete(matrix(means_of(X, state$beta), n), state$Sigma, fit$groups, noise = TRUE)
  E <- (filled - matrix(means_of(X, state$beta), n))[seen_once, , drop = FALSE]
  Sigma <- solve(rWishart(1, length(seen_once), solve(crossprod(E)))[, , 1])
  at <- gls_at(fit$groups, (Sigma + t(Sigma)) / 2)
  list(beta = draw_normal(at$beta, at$Phi), Sigma = (Sigma + t(Sigma)) / 2)
}
state <- fit
for (cycle in 1:100) state <- one_draw(state)
imputed <- lapply(seq_len(${imputations}), function(i) {
  for (cycle in 1:10) state <<- one_draw(state)
  complete(courses(state$beta), state$Sigma, fit$groups, noise = TRUE)
})`;

const CHAINED = (imputations: number) => `
# Chained equations with Bayesian linear regression, as mice(method = "norm", maxit = 10): each visit on all others
set.seed(1)
fixed <- cbind(outer(rows$arm, levels(rows$arm)[-1], "==") * 1, rows$baseline, C)
imputed <- lapply(seq_len(${imputations}), function(i) {
  done <- Y
  for (t in seq_len(T)) done[gone[, t], t] <- sample(Y[!gone[, t], t], sum(gone[, t]), replace = TRUE)
  for (iteration in 1:10) for (t in which(colSums(gone) > 0)) {
    A <- cbind(1, fixed, done[, -t]); seen <- !gone[, t]
    XX <- crossprod(A[seen, ]); V <- solve(XX + diag(1e-5 * diag(XX)))
    b <- drop(V %*% crossprod(A[seen, ], Y[seen, t]))
    sigma <- sqrt(sum((Y[seen, t] - A[seen, ] %*% b)^2) / rchisq(1, sum(seen) - ncol(A)))
    drawn <- b + sigma * drop(t(chol((V + t(V)) / 2)) %*% rnorm(ncol(A)))
    done[gone[, t], t] <- A[gone[, t], , drop = FALSE] %*% drawn + sigma * rnorm(sum(gone[, t]))
  }
  done
})`;

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
${bodyOf(missing)}
${analysis(own, better)}
${missing.method === 'reference-based' && missing.inference === 'jackknife' ? JACKKNIFE : RUBIN}
`;
}

function bodyOf(missing: Imputing): string {
  if (missing.method === 'multiple-imputation' && missing.model === 'chained')
    return CHAINED(missing.imputations);
  const strategy = missing.method === 'reference-based' ? missing.strategy : 'MAR';
  const drawn = missing.method === 'multiple-imputation' || missing.inference === 'rubin';
  return `${MODEL}
${strategies(strategy)}
${COMPLETE}
${drawn ? POSTERIOR(missing.imputations) : ''}`;
}
