source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
suppressMessages({ library(mice); library(boot); library(coin) })
d <- read.csv(file.path(here, "trial3.csv")); d$arm <- factor(d$arm, c("TAU", "CBT", "APP")); d$sex <- factor(d$sex); d$site <- factor(d$site)
Q <- c(-2.81, -3.05, -2.44, -2.97, -2.63); U <- c(1.4641, 1.3924, 1.6129, 1.3225, 1.5376)
ps <- pool.scalar(Q, U, n = 134, k = 7); ps0 <- pool.scalar(Q, U, n = Inf, k = 1)
x <- model.matrix(~ arm + sex + site + baseline, d)[, -1]; w <- as.data.frame(cbind(x, m3 = d$m3, m12 = d$m12))
imp <- mice(w, m = 1000, maxit = 10, method = "norm", seed = 1, printFlag = FALSE)
fit <- with(imp, lm(m12 ~ armCBT + armAPP + baseline)); s <- summary(pool(fit))
between <- pool(fit)$pooled$b
set.seed(3); y <- round(rexp(24, 1 / 8), 2)
b <- boot(y, function(z, i) mean(z[i]), R = 999); ci <- boot.ci(b, type = c("perc", "basic", "bca"), L = empinf(data = y, statistic = function(z, i) mean(z[i]), type = "jack", stype = "i"))
p1 <- c(12, 15, 9, 20, 17); p2 <- c(18, 22, 16, 25, 30, 19)
ex <- oneway_test(v ~ g, data.frame(v = c(p1, p2), g = factor(rep(1:2, c(5, 6)))), distribution = "exact")
write_reference("imputation", c("mice", "boot", "coin"),
  rubin = list(estimates = I(Q), variances = I(U), qbar = ps$qbar, t = ps$t, df = ps$df, r = ps$r, fmi = ps$fmi, df_rubin = ps0$df),
  mice = list(estimate = I(s$estimate[2:3]), se = I(s$std.error[2:3]), mcse = I(sqrt(between[2:3] / 1000))),
  boot = list(y = I(y), t0 = b$t0, t = I(as.numeric(b$t)), percentile = I(ci$percent[4:5]), basic = I(ci$basic[4:5]), bca = I(ci$bca[4:5])),
  permutation = as.numeric(pvalue(ex)))
