import type { PlanDocument } from '../plan.ts';
import { quote, vector } from './quote.ts';

type Analysis = PlanDocument['analyses'][number];

/** R for linear, logistic and repeated-measures models; null: none is written. */
export function modelScript(plan: PlanDocument, { estimand, estimator, adjust }: Analysis): string | null {
  const reference = plan.arms.find((one) => one.reference)!.id;
  const named = new Set(estimand.treatments.flat());
  const arms = plan.arms.map(({ id }) => id).filter((id) => named.has(id));
  const first = arms.includes(reference) ? reference : estimand.treatments[0]![1];
  const levels = vector([first, ...arms.filter((id) => id !== first)]);
  if (!('covariates' in estimator) || !('baseline' in estimator)) return null;
  const covariates = estimator.covariates.map((id) => plan.data.covariates.find((one) => one.id === id)!);
  const names = [...(estimator.baseline ? ['baseline'] : []), ...covariates.map((_, i) => `x${i + 1}`)];
  const columns = [
    ...(estimator.baseline ? ['baseline = before'] : []),
    ...covariates.map(({ column, kind }, i) => {
      const cell = `d[[${quote(column)}]]`;
      return `x${i + 1} = ${kind === 'number' ? `as.numeric(${cell})` : `factor(${cell})`}`;
    }),
  ];
  const frame = (more: string) =>
    `data.frame(${[more, `arm = factor(arm, levels = ${levels})`, ...columns].join(',\n                  ')})`;
  const words = covariates.map(({ label }, i) => `x${i + 1}: ${label.replaceAll(/\s+/g, ' ')}`).join('; ');
  const head = words === '' ? '' : `# Covariates. ${words}\n`;
  // A factor with one level can't be a term.
  const terms = `terms <- Filter(function(name) is.numeric(rows[[name]]) || nlevels(rows[[name]]) > 1, ${names.length > 0 ? vector(names) : 'character(0)'})`;
  switch (estimator.method) {
    case 'ancova':
      if (estimator.errors !== 'model') return null;
      return head + linear(frame('value = y[, visit]'), terms, adjust);
    case 'logistic':
      if (estimator.interval !== 'wald' || estimator.firth === 'always') return null;
      return head + logistic(frame('value = y[, visit]'), terms);
    case 'mmrm':
      if (estimator.structure !== 'unstructured' || estimator.covariances !== 'shared') return null;
      return (
        head +
        repeated(frame('id = seq_len(nrow(d)), visit = visit, value = y[, visit]'), terms, {
          baseline: estimator.baseline,
          method: estimator.likelihood,
        })
      );
    default:
      return null;
  }
}

const linear = (frame: string, terms: string, adjust: Analysis['adjust']) => `
out <- NULL
for (visit in VISITS) {
  rows <- droplevels(na.omit(${frame}))
  ${terms}
  fit <- lm(reformulate(c("arm", terms), "value"), data = rows)
  # The difference of two arms as a row over the coefficients
  contrast <- function(pair) {
    row <- setNames(numeric(length(coef(fit))), names(coef(fit)))
    for (side in 1:2) {
      name <- paste0("arm", pair[side])
      if (name %in% names(row)) row[name] <- c(1, -1)[side]
    }
    row
  }
  K <- do.call(rbind, lapply(treatments, contrast))
  estimate <- drop(K %*% coef(fit))
  se <- sqrt(diag(K %*% vcov(fit) %*% t(K)))
  t <- qt(1 - (1 - level) / 2, fit$df.residual)
  lower <- estimate - t * se; upper <- estimate + t * se
  p <- 2 * pt(-abs(estimate / se), fit$df.residual)
${
  adjust === 'dunnett'
    ? `  # Dunnett: limits hold for all comparisons together (single step); needs the package multcomp
  if (length(treatments) > 1) {
    set.seed(1)
    limits <- confint(multcomp::glht(fit, linfct = K), level = level)$confint
    lower <- limits[, "lwr"]; upper <- limits[, "upr"]
  }
`
    : ''
}  out <- rbind(out, data.frame(visit = visit, arm = sapply(treatments, \`[\`, 1), versus = sapply(treatments, \`[\`, 2),
                               estimate = estimate, lower = lower, upper = upper, p = p))
}
`;

const logistic = (frame: string, terms: string) => `
out <- NULL
for (visit in VISITS) {
  rows <- droplevels(na.omit(${frame}))
  ${terms}
  fit <- glm(reformulate(c("arm", terms), "value"), data = rows, family = binomial,
             control = glm.control(epsilon = 1e-12, maxit = 100))
  for (pair in treatments) {
    row <- setNames(numeric(length(coef(fit))), names(coef(fit)))
    for (side in 1:2) {
      name <- paste0("arm", pair[side])
      if (name %in% names(row)) row[name] <- c(1, -1)[side]
    }
    log_odds <- sum(row * coef(fit))
    se <- sqrt(drop(row %*% vcov(fit) %*% row))
    z <- qnorm(1 - (1 - level) / 2)
    out <- rbind(out, data.frame(visit = visit, arm = pair[1], versus = pair[2], estimate = exp(log_odds),
                                 lower = exp(log_odds - z * se), upper = exp(log_odds + z * se),
                                 p = 2 * pnorm(-abs(log_odds / se))))
  }
}
`;

const repeated = (
  frame: string,
  terms: string,
  { baseline, method }: { baseline: boolean; method: string },
) => `
rows <- do.call(rbind, lapply(visits[!is_baseline & colSums(!is.na(score)) > 0], function(visit) {
  ${frame}
}))
rows <- droplevels(na.omit(rows))
rows$visit <- factor(rows$visit, levels = visits[visits %in% rows$visit])
rows <- rows[order(rows$id, rows$visit), ]
rows$at <- as.integer(rows$visit)
${terms}
several <- nlevels(rows$visit) > 1
formula <- reformulate(c("arm", if (several) "visit", terms, if (several) "arm:visit"${baseline ? ', if (several) "baseline:visit"' : ''}), "value")
# Unstructured covariance: a correlation for each pair of visits, a variance for each visit. Estimates and standard
# errors are those of the model; the limits here take the normal distribution, where the package mmrm isn't
# installed, and Kenward and Roger's degrees of freedom where it is.
design <- function(pair, visit) {
  rows_of <- function(one) {
    new <- rows[1, ]
    new$arm <- factor(one, levels = levels(rows$arm)); new$visit <- factor(visit, levels = levels(rows$visit))
    model.matrix(delete.response(terms(formula)), new, xlev = lapply(Filter(is.factor, rows), levels))
  }
  drop(rows_of(pair[1]) - rows_of(pair[2]))
}
if (requireNamespace("mmrm", quietly = TRUE) && several) {
  rows$id <- factor(rows$id)
  fit <- mmrm::mmrm(update(formula, . ~ . + us(visit | id)), data = rows, method = "Kenward-Roger",
                    reml = ${method === 'REML' ? 'TRUE' : 'FALSE'})
  estimate_of <- function(row) {
    test <- mmrm::df_1d(fit, row)
    c(test$est, test$se, test$df)
  }
} else {
  fit <- nlme::gls(formula, data = rows, method = ${quote(method)},
                   correlation = if (several) nlme::corSymm(form = ~ at | id),
                   weights = if (several) nlme::varIdent(form = ~ 1 | visit),
                   control = nlme::glsControl(maxIter = 500, msMaxIter = 500, tolerance = 1e-10, msTol = 1e-12,
                                              opt = "optim", returnObject = TRUE))
  estimate_of <- function(row) c(sum(row * coef(fit)), sqrt(drop(row %*% vcov(fit) %*% row)), Inf)
}
out <- NULL
for (visit in VISITS) for (pair in treatments) {
  found <- estimate_of(design(pair, visit))
  t <- qt(1 - (1 - level) / 2, found[3])
  out <- rbind(out, data.frame(visit = visit, arm = pair[1], versus = pair[2], estimate = found[1], se = found[2],
                               lower = found[1] - t * found[2], upper = found[1] + t * found[2],
                               p = 2 * pt(-abs(found[1] / found[2]), found[3])))
}
`;
