/**
 * R for a repeated-measures model with an unstructured covariance matrix in each arm, which nlme’s gls hasn’t: the EM
 * algorithm of Laird and Ware. `formula` and `rows` (id, arm, visit, at, value) are there; it makes `beta` and `Phi`.
 */
export const byArm = (
  method: 'REML' | 'ML',
): string => `  # nlme has no covariance for each arm: the EM algorithm of Laird, Ware (Biometrics 1982;38:963-974) in base R. Each
  # step takes what the arm's covariance is expected to be, given the values that were seen.
  X <- model.matrix(formula, rows); y <- rows$value; T <- nlevels(rows$visit)
  people <- split(seq_len(nrow(rows)), rows$id)
  group <- vapply(people, function(i) as.character(rows$arm[i[1]]), "")
  Sigma <- lapply(split(group, group), function(one) diag(var(residuals(lm(formula, rows))), T))
  for (step in 1:20000) {
    information <- 0; score <- 0
    for (k in seq_along(people)) {
      i <- people[[k]]; o <- rows$at[i]
      weighted <- crossprod(X[i, , drop = FALSE], solve(Sigma[[group[k]]][o, o, drop = FALSE]))
      information <- information + weighted %*% X[i, , drop = FALSE]; score <- score + weighted %*% y[i]
    }
    Phi <- solve(information); beta <- drop(Phi %*% score)
    expected <- lapply(Sigma, function(S) 0 * S)
    for (k in seq_along(people)) {
      i <- people[[k]]; o <- rows$at[i]; S <- Sigma[[group[k]]]
      W <- S[, o, drop = FALSE] %*% solve(S[o, o, drop = FALSE])
      error <- W %*% (y[i] - X[i, , drop = FALSE] %*% beta)
      spread <- ${method === 'REML' ? 'W %*% X[i, , drop = FALSE]' : '0 * W %*% X[i, , drop = FALSE]'}
      expected[[group[k]]] <- expected[[group[k]]] + error %*% t(error) + S - W %*% S[o, , drop = FALSE] +
        spread %*% Phi %*% t(spread)
    }
    before <- Sigma
    Sigma <- Map(function(sum, name) sum / sum(group == name), expected, names(expected))
    if (max(abs(unlist(Sigma) - unlist(before))) < 1e-9 * max(abs(unlist(Sigma)))) break
  }
  estimate_of <- function(row) c(sum(row * beta), sqrt(drop(row %*% Phi %*% row)), Inf)`;
