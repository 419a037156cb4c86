source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
suppressMessages({ library(geepack); library(psych); library(vcd) })
d <- read.csv(file.path(here, "trial3.csv")); d$arm <- factor(d$arm, c("TAU", "CBT", "APP")); d$site <- factor(d$site); d$sex <- factor(d$sex)
r <- d[!is.na(d$resp12), ]; r <- r[order(r$site), ]; r$cl <- paste0(r$site, r$age %/% 10); r <- r[order(r$cl), ]
g <- geeglm(resp12 ~ arm + baseline, binomial, r, id = as.integer(factor(cl)), corstr = "independence", scale.fix = TRUE, control = geese.control(epsilon = 1e-14, maxit = 200))
sf <- matrix(c(9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7), ncol = 4, byrow = TRUE)
ic <- ICC(sf, lmer = FALSE)$results
k <- matrix(c(20, 5, 1, 3, 15, 7, 2, 4, 13), 3, byrow = TRUE); kp <- Kappa(k); kq <- Kappa(k, weights = "Fleiss-Cohen")
# ANHECOVA by its definition: a regression in every arm, averaged over everybody.
c12 <- d[!is.na(d$m12), ]; n <- nrow(c12); y <- c12$m12
P <- sapply(levels(c12$arm), function(a) predict(lm(m12 ~ baseline + sex + site, c12, subset = arm == a), c12))
V <- matrix(0, 3, 3); L <- levels(c12$arm)
for (a in 1:3) for (b in 1:3) { i <- c12$arm == L[a]; j <- c12$arm == L[b]
  V[a, b] <- if (a == b) (var(y[i]) - 2 * cov(y[i], P[i, a]) + var(P[, a])) / mean(i) + 2 * cov(y[i], P[i, a]) - var(P[, a]) else cov(y[i], P[i, b]) + cov(y[j], P[j, a]) - cov(P[, a], P[, b]) }
# Severity at month 12; polr's BFGS stops at about six figures and is polished by Newton steps with numerical derivatives.
sev <- cut(c12$m12, c(-Inf, 7, 13, 18, Inf)); X <- model.matrix(~ arm + baseline, c12)[, -1]
nll <- function(t) { b <- t[1:3]; z <- c(-Inf, t[4:6], Inf); e <- drop(X %*% b); k <- as.integer(sev); -sum(log(plogis(z[k + 1] - e) - plogis(z[k] - e))) }
po <- MASS::polr(sev ~ arm + baseline, c12); t0 <- c(coef(po), po$zeta)
for (i in 1:4) { gr <- sapply(1:6, function(j) { h <- 1e-4; e <- replace(rep(0, 6), j, h); (8 * (nll(t0 + e) - nll(t0 - e)) - (nll(t0 + 2 * e) - nll(t0 - 2 * e))) / (12 * h) }); t0 <- t0 - solve(optimHess(t0, nll, control = list(ndeps = rep(1e-4, 6))), gr) }
write_reference("further", c("geepack", "psych", "vcd"),
  gee = list(resp = I(r$resp12), arm = I(as.character(r$arm)), baseline = I(r$baseline), cluster = I(r$cl), coef = I(unname(coef(g))), se = I(unname(sqrt(diag(vcov(g)))))),
  ratings = sf, icc = as.matrix(ic[, c("ICC", "F", "df1", "df2", "p", "lower bound", "upper bound")]),
  table = k, kappa = I(c(kp$Unweighted, kp$Weighted, kq$Weighted)),
  polr = list(y = I(as.integer(sev) - 1), coef = I(unname(t0)), se = I(unname(sqrt(diag(solve(optimHess(t0, nll, control = list(ndeps = rep(1e-4, 6)))))))), loglik = -nll(t0)),
  anhecova = list(means = I(unname(colMeans(P))), v = V / n))
