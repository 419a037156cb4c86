source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
suppressMessages({ library(lme4); library(nlme) })
# Three therapy groups of three whose means are nearer to each other than chance would have them, and nine treated alone:
# the variance between groups is at its bound.
d <- data.frame(
  arm = rep(c("group", "alone"), each = 9), cluster = c(rep(c("g1", "g2", "g3"), each = 3), sprintf("p%d", 1:9)),
  base = c(20, 24, 22, 25, 21, 20, 23, 22, 21, 24, 20, 22, 21, 25, 23, 22, 20, 24),
  y = c(12, 19, 14, 20, 11, 13.5, 18, 12.5, 14.5, 19, 15, 20, 16, 22, 17, 15.5, 16, 21))
d$arm <- relevel(factor(d$arm), "alone"); d$clustered <- as.numeric(d$arm == "group")
fit <- lmer(y ~ arm + base + (0 + clustered | cluster), d, control = lmerControl(check.nobs.vs.nlev = "ignore", check.nobs.vs.nRE = "ignore"))
k <- coef(summary(fit))
apart <- gls(y ~ arm + base, d, weights = varIdent(form = ~ 1 | arm), control = glsControl(tolerance = 1e-12, msTol = 1e-14, apVar = FALSE))
write_reference("nested-zero", c("lme4", "nlme"),
  data = list(arm = I(as.character(d$arm)), cluster = I(d$cluster), base = I(d$base), y = I(d$y)),
  variance = as.data.frame(VarCorr(fit))$vcov[1], residual = sigma(fit)^2,
  estimate = k["armgroup", "Estimate"], se = k["armgroup", "Std. Error"], minus2 = -2 * as.numeric(logLik(fit)),
  heteroscedastic = list(estimate = unname(coef(apart)["armgroup"]), se = sqrt(vcov(apart)["armgroup", "armgroup"]), minus2 = -2 * as.numeric(logLik(apart))))
