import type { EstimatorDefinition } from '../estimator/document.ts';
import type { PlanDocument } from '../plan.ts';
import { CONTRAST, type Frame } from './frame.ts';
import { quote } from './quote.ts';

type Random = Extract<
  EstimatorDefinition,
  { method: 'random-intercept' | 'random-slope' | 'partially-nested' }
>;

const NOTE = `# Estimates and standard errors are those of the model; limits and p take the normal distribution here, where ours
# take the degrees of freedom that the plan names (lmerTest and pbkrtest have Satterthwaite's and Kenward-Roger's)`;

/** R for models with random effects, by nlme. */
export function randomScript(plan: PlanDocument, { frame, terms }: Frame, estimator: Random): string {
  if (estimator.method === 'partially-nested') {
    const column = plan.data.covariates.find(({ id }) => id === estimator.cluster)!.column;
    return `
${NOTE}
out <- NULL
for (visit in VISITS) {
  rows <- ${frame(`value = y[, visit], group = d[[${quote(column)}]]`)}
  # Whoever has no group is a group alone, without a random effect
  rows$clustered <- as.numeric(!is.na(rows$group))
  rows$cluster <- ifelse(is.na(rows$group), paste0("alone ", seq_len(nrow(rows))), paste(rows$arm, rows$group))
  rows$group <- NULL
  rows <- droplevels(na.omit(rows))
  ${terms}
  fit <- nlme::lme(reformulate(c("arm", terms), "value"), data = rows, random = ~ 0 + clustered | cluster,
                   ${estimator.heteroscedastic ? 'weights = nlme::varIdent(form = ~ 1 | clustered), ' : ''}method = "REML",
                   control = nlme::lmeControl(msTol = 1e-12, tolerance = 1e-10, opt = "optim", returnObject = TRUE))
${CONTRAST.replaceAll('coef(fit)', 'nlme::fixef(fit)')}
  for (pair in treatments) {
    row <- contrast(pair)
    estimate <- sum(row * nlme::fixef(fit)); se <- sqrt(drop(row %*% vcov(fit) %*% row))
    out <- rbind(out, data.frame(visit = visit, arm = pair[1], versus = pair[2], estimate = estimate, se = se,
                                 lower = estimate - qnorm(1 - (1 - level) / 2) * se,
                                 upper = estimate + qnorm(1 - (1 - level) / 2) * se, p = 2 * pnorm(-abs(estimate / se))))
  }
}
`;
  }
  const slope = estimator.method === 'random-slope';
  return `
${NOTE}
rows <- do.call(rbind, lapply(visits[!is_baseline & colSums(!is.na(score)) > 0], function(visit) {
  ${frame('id = seq_len(nrow(d)), visit = visit, day = visit_day[visits == visit], value = y[, visit]')}
}))
rows <- droplevels(na.omit(rows))
rows$visit <- factor(rows$visit, levels = visits[visits %in% rows$visit])
${terms}
several <- nlevels(rows$visit) > 1
formula <- reformulate(c("arm", if (several) "visit", terms, if (several) "arm:visit"${estimator.baseline ? ', if (several) "baseline:visit"' : ''}), "value")
# Time in units of its greatest day, which changes no difference
rows$time <- rows$day / max(abs(visit_day))
fit <- nlme::lme(formula, data = rows, random = ~ ${slope ? 'time' : '1'} | id, method = "REML",
                 control = nlme::lmeControl(msTol = 1e-12, tolerance = 1e-10, maxIter = 500, msMaxIter = 500,
                                            opt = "optim", returnObject = TRUE))
design <- function(one, visit) {
  new <- rows[1, ]
  new$arm <- factor(one, levels = levels(rows$arm)); new$visit <- factor(visit, levels = levels(rows$visit))
  drop(model.matrix(delete.response(terms(formula)), new, xlev = lapply(Filter(is.factor, rows), levels)))
}
out <- NULL
for (visit in VISITS) for (pair in treatments) {
  row <- design(pair[1], visit) - design(pair[2], visit)
  estimate <- sum(row * nlme::fixef(fit)); se <- sqrt(drop(row %*% vcov(fit) %*% row))
  out <- rbind(out, data.frame(visit = visit, arm = pair[1], versus = pair[2], estimate = estimate, se = se,
                               lower = estimate - qnorm(1 - (1 - level) / 2) * se,
                               upper = estimate + qnorm(1 - (1 - level) / 2) * se, p = 2 * pnorm(-abs(estimate / se))))
}
`;
}
