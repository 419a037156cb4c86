import type { EstimatorDefinition } from '../estimator/document.ts';
import type { PlanDocument } from '../plan.ts';
import { CONTRAST } from './frame.ts';

type Errors = Extract<EstimatorDefinition, { method: 'ancova' }>['errors'];

/** The weight of each squared residual in the sandwich, with leverages h, n rows and p coefficients. */
const WEIGHTS: Record<Exclude<Errors, 'model'>, string> = {
  HC0: '1',
  HC1: 'n / (n - p)',
  HC2: '1 / (1 - h)',
  HC3: '1 / (1 - h)^2',
  HC4: '1 / (1 - h)^pmin(4, n * h / p)',
};

/** R that names the covariance of the coefficients of a linear model, `V` of `fit`. */
export const covarianceOf = (errors: Errors): string =>
  errors === 'model'
    ? '  V <- vcov(fit)'
    : `  # ${errors} errors (the package sandwich has the same as vcovHC)
  X <- model.matrix(fit); h <- hatvalues(fit); n <- nrow(X); p <- ncol(X)
  bread <- solve(crossprod(X))
  V <- bread %*% crossprod(X * residuals(fit) * sqrt(${WEIGHTS[errors]})) %*% bread`;

/** R for an analysis of covariance at each visit. */
export const linearScript = (
  frame: string,
  terms: string,
  adjust: PlanDocument['analyses'][number]['adjust'],
  errors: Errors,
): string => `
out <- NULL
for (visit in VISITS) {
  rows <- droplevels(na.omit(${frame}))
  ${terms}
  fit <- lm(reformulate(c("arm", terms), "value"), data = rows)
${CONTRAST}
  K <- do.call(rbind, lapply(treatments, contrast))
  estimate <- drop(K %*% coef(fit))
${covarianceOf(errors)}
  se <- sqrt(diag(K %*% V %*% t(K)))
  t <- qt(1 - (1 - level) / 2, fit$df.residual)
  lower <- estimate - t * se; upper <- estimate + t * se
  p <- 2 * pt(-abs(estimate / se), fit$df.residual)
${
  adjust === 'dunnett'
    ? `  # Dunnett: limits hold for all comparisons together (single step); needs the package multcomp
  if (length(treatments) > 1) {
    set.seed(1)
    limits <- confint(multcomp::glht(fit, linfct = K, vcov. = V), level = level)$confint
    lower <- limits[, "lwr"]; upper <- limits[, "upr"]
  }
`
    : adjust === 'tukey'
      ? `  # Tukey and Kramer: limits hold for all pairs of arms together
  if (length(treatments) > 1) {
    q <- qtukey(level, nlevels(rows$arm), fit$df.residual) / sqrt(2)
    lower <- estimate - q * se; upper <- estimate + q * se
  }
`
      : ''
}  out <- rbind(out, data.frame(visit = visit, arm = sapply(treatments, \`[\`, 1), versus = sapply(treatments, \`[\`, 2),
                               estimate = estimate, lower = lower, upper = upper, p = p))
}
`;
