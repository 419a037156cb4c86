source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
library(survival)
d <- read.csv(file.path(here, "trial3.csv")); d$arm <- factor(d$arm, c("TAU", "CBT", "APP"))
s1 <- survfit(Surv(time, event) ~ 1, d[d$arm == "CBT", ], conf.type = "log-log"); t1 <- summary(s1)
rm1 <- summary(s1, rmean = 12)$table
lr <- function(...) { x <- survdiff(...); c(x$chisq, length(x$n) - 1) }
ctl <- coxph.control(eps = 1e-14, toler.chol = 1e-16, iter.max = 100)
cx <- function(ties, f = Surv(time, event) ~ arm + baseline) { m <- coxph(f, d, ties = ties, control = ctl); list(coef = I(unname(coef(m))), se = I(unname(sqrt(diag(vcov(m))))), loglik = I(m$loglik)) }
d$late <- ceiling(d$time)
zph <- function(f) { z <- cox.zph(coxph(f, d, control = ctl))$table; unname(z) }
write_reference("survival", "survival",
  km = list(time = I(t1$time), survival = I(t1$surv), se = I(t1$std.err), lower = I(t1$lower), upper = I(t1$upper), median = I(unname(t1$table[c("median", "0.95LCL", "0.95UCL")])), rmean = I(unname(rm1[grep("rmean", names(rm1))]))),
  logrank = I(lr(Surv(time, event) ~ arm, d)), peto = I(lr(Surv(time, event) ~ arm, d, rho = 1)), stratified = I(lr(Surv(time, event) ~ arm + strata(site), d)),
  efron = cx("efron"), breslow = cx("breslow"), tied_efron = cx("efron", Surv(late, event) ~ arm + baseline), tied_breslow = cx("breslow", Surv(late, event) ~ arm + baseline),
  zph = zph(Surv(time, event) ~ arm + baseline), zph_tied = zph(Surv(late, event) ~ arm + baseline),
  strata = cx("efron", Surv(late, event) ~ arm + baseline + strata(site)))
