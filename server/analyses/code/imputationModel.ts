import type { PlanDocument } from '../plan.ts';

type Imputing = Extract<
  PlanDocument['analyses'][number]['missing'],
  { method: 'multiple-imputation' | 'reference-based' }
>;

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

/** R that imputes what is missing in `Y`, or, for the jackknife, that fits and completes. */
export function imputationModel(missing: Imputing): string {
  if (missing.method === 'multiple-imputation' && missing.model === 'chained')
    return CHAINED(missing.imputations);
  const strategy = missing.method === 'reference-based' ? missing.strategy : 'MAR';
  const drawn = missing.method === 'multiple-imputation' || missing.inference === 'rubin';
  return `${MODEL}
${strategies(strategy)}
${COMPLETE}
${drawn ? POSTERIOR(missing.imputations) : ''}`;
}
