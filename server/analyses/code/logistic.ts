import type { EstimatorDefinition } from '../estimator/document.ts';

type Logistic = Extract<EstimatorDefinition, { method: 'logistic' }>;

/** Newton's method for the likelihood, or Firth's penalised one, with one coefficient held where asked. */
const MAXIMUM = `
# Newton's method; penalised: Firth's likelihood, L + log|X'WX| / 2 (Biometrika 1993;80:27-38). \`held\` keeps one
# coefficient at \`value\`, for the profile
maximum <- function(X, v, penalised, held = 0, value = NA) {
  beta <- numeric(ncol(X)); free <- setdiff(seq_len(ncol(X)), held)
  if (held > 0) beta[held] <- value
  at <- function(b) {
    eta <- drop(X %*% b); w <- plogis(eta) * plogis(-eta); info <- crossprod(X * sqrt(w))
    value <- sum(v * eta - ifelse(eta > 0, eta + log1p(exp(-eta)), log1p(exp(eta))))
    if (penalised) value <- value + as.numeric(determinant(info)$modulus) / 2
    list(eta = eta, w = w, info = info, value = value)
  }
  now <- at(beta)
  for (step in 1:200) {
    p <- plogis(now$eta); residual <- v - p
    if (penalised) residual <- residual + now$w * rowSums((X %*% solve(now$info)) * X) * (0.5 - p)
    move <- solve(now$info[free, free, drop = FALSE], crossprod(X[, free, drop = FALSE], residual))
    size <- 1
    repeat {
      next_beta <- beta; next_beta[free] <- beta[free] + size * move
      there <- at(next_beta)
      if (there$value >= now$value - 1e-10 * (1 + abs(now$value)) || size < 1e-9) break
      size <- size / 2
    }
    moved <- max(abs(there$eta - now$eta)); beta <- next_beta; now <- there
    if (moved < 1e-10) break
  }
  list(beta = beta, value = now$value, V = solve(now$info), separated = max(abs(now$eta)) > 30)
}`;

/** R for logistic regression, by maximum likelihood or Firth’s, with Wald or profile limits. */
export const logisticScript = (frame: string, terms: string, { firth, interval }: Logistic): string => `
${MAXIMUM}
z <- qnorm(1 - (1 - level) / 2)
out <- NULL
for (visit in VISITS) {
  rows <- droplevels(na.omit(${frame}))
  ${terms}
  for (pair in treatments) {
    # The comparison's second arm first, so that the first arm's coefficient is the log odds ratio
    rows$arm <- relevel(rows$arm, pair[2])
    X <- model.matrix(reformulate(c("arm", terms)), rows)
    at <- match(paste0("arm", pair[1]), colnames(X))
    penalised <- ${firth === 'always' ? 'TRUE' : 'FALSE'}
    fit <- ${firth === 'always' ? 'maximum(X, rows$value, TRUE)' : 'tryCatch(maximum(X, rows$value, FALSE), error = function(e) list(separated = TRUE))'}
${
  firth === 'when-separated'
    ? `    if (fit$separated) {
      # Some group has all or none: Firth's likelihood has a maximum all the same
      penalised <- TRUE
      fit <- maximum(X, rows$value, TRUE)
    }
`
    : ''
}    se <- sqrt(fit$V[at, at])
    log_odds <- fit$beta[at]
    limits <- log_odds + c(-1, 1) * z * se
    if (penalised || ${interval === 'profile' ? 'TRUE' : 'FALSE'}) {
      # Profile likelihood: twice the fall of the likelihood is the chi-square quantile
      excess <- function(b) 2 * (fit$value - maximum(X, rows$value, penalised, at, b)$value) - qchisq(level, 1)
      side <- function(direction) uniroot(excess, sort(log_odds + direction * c(0, 2 * se)), extendInt =
                                            if (direction > 0) "upX" else "downX", tol = 1e-10)$root
      limits <- c(side(-1), side(1))
    }
    out <- rbind(out, data.frame(visit = visit, arm = pair[1], versus = pair[2], estimate = exp(log_odds),
                                 lower = exp(limits[1]), upper = exp(limits[2]),
                                 p = ${interval === 'profile' ? 'NA' : 'if (penalised) NA else 2 * pnorm(-abs(log_odds / se))'}))
  }
}
`;
