import type { StructureName } from '../../../analysis/models/covariance.ts';
import type { PlanDocument } from '../plan.ts';
import { byArm } from './byArm.ts';
import { frameOf } from './frame.ts';
import { linearScript } from './linear.ts';
import { logisticScript } from './logistic.ts';
import { quote } from './quote.ts';
import { randomScript } from './random.ts';
import { poissonScript, standardisedScript } from './standardised.ts';

type Analysis = PlanDocument['analyses'][number];

/** R for linear, logistic, mixed and standardised models; null: none is written. */
export function modelScript(plan: PlanDocument, analysis: Analysis): string | null {
  const { estimator, adjust } = analysis;
  const parts = frameOf(plan, analysis);
  if (parts === null) return null;
  const { frame, head, terms } = parts;
  const values = frame('value = y[, visit]');
  switch (estimator.method) {
    case 'ancova':
      return head + linearScript(values, terms, adjust, estimator.errors);
    case 'logistic':
      return head + logisticScript(values, terms, estimator);
    case 'standardisation':
      return head + standardisedScript(values, terms, estimator, analysis.estimand.summary);
    case 'modified-poisson':
      return head + poissonScript(values, terms);
    case 'random-intercept':
    case 'random-slope':
    case 'partially-nested':
      return head + randomScript(plan, parts, estimator);
    case 'mmrm': {
      const structure = STRUCTURES[estimator.structure];
      const isByArm = estimator.covariances === 'by-arm';
      if (isByArm && estimator.structure !== 'unstructured') return null;
      return (
        head +
        repeated(frame('id = seq_len(nrow(d)), visit = visit, value = y[, visit]'), terms, {
          baseline: estimator.baseline,
          method: estimator.likelihood,
          structure,
          isByArm,
        })
      );
    }
    default:
      return null;
  }
}

/** Correlation and variances of nlme’s gls, and the structure’s name in the package mmrm. */
const STRUCTURES: Record<StructureName, { correlation: string | null; varies: boolean; mmrm: string }> = {
  unstructured: { correlation: 'corSymm(form = ~ at | id)', varies: true, mmrm: 'us' },
  'compound-symmetry': { correlation: 'corCompSymm(form = ~ 1 | id)', varies: false, mmrm: 'cs' },
  'heterogeneous-compound-symmetry': {
    correlation: 'corCompSymm(form = ~ 1 | id)',
    varies: true,
    mmrm: 'csh',
  },
  ar1: { correlation: 'corAR1(form = ~ at | id)', varies: false, mmrm: 'ar1' },
  'heterogeneous-ar1': { correlation: 'corAR1(form = ~ at | id)', varies: true, mmrm: 'ar1h' },
  // Any Toeplitz correlation of so many visits is that of an autoregression of one order less.
  toeplitz: {
    correlation: 'corARMA(form = ~ at | id, p = nlevels(rows$visit) - 1, q = 0)',
    varies: false,
    mmrm: 'toep',
  },
  'heterogeneous-toeplitz': {
    correlation: 'corARMA(form = ~ at | id, p = nlevels(rows$visit) - 1, q = 0)',
    varies: true,
    mmrm: 'toeph',
  },
  independent: { correlation: null, varies: false, mmrm: 'ad' },
};

const repeated = (
  frame: string,
  terms: string,
  {
    baseline,
    method,
    structure,
    isByArm,
  }: {
    baseline: boolean;
    method: 'REML' | 'ML';
    structure: { correlation: string | null; varies: boolean; mmrm: string };
    isByArm: boolean;
  },
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
# The covariance of one participant's visits. Estimates and standard
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
if (requireNamespace("mmrm", quietly = TRUE) && several${structure.correlation === null ? ' && FALSE' : ''}) {
  rows$id <- factor(rows$id)
  fit <- mmrm::mmrm(update(formula, . ~ . + ${structure.mmrm}(visit | ${isByArm ? 'arm / id' : 'id'})), data = rows, method = "Kenward-Roger",
                    reml = ${method === 'REML' ? 'TRUE' : 'FALSE'})
  estimate_of <- function(row) {
    test <- mmrm::df_1d(fit, row)
    c(test$est, test$se, test$df)
  }
} else {
${isByArm ? byArm(method) : shared(method, structure)}
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

/** One covariance for all arms, by nlme. */
const shared = (
  method: string,
  { correlation, varies }: { correlation: string | null; varies: boolean },
) => `  fit <- nlme::gls(formula, data = rows, method = ${quote(method)},
                   correlation = ${correlation === null ? 'NULL' : `if (several) nlme::${correlation}`},
                   weights = ${varies ? 'if (several) nlme::varIdent(form = ~ 1 | visit)' : 'NULL'},
                   control = nlme::glsControl(maxIter = 500, msMaxIter = 500, tolerance = 1e-10, msTol = 1e-12,
                                              opt = "${correlation?.startsWith('corAR') ? 'nlminb' : 'optim'}", returnObject = TRUE))
  estimate_of <- function(row) c(sum(row * coef(fit)), sqrt(drop(row %*% vcov(fit) %*% row)), Inf)`;
