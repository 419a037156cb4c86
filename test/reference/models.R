source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
suppressMessages({ library(emmeans); library(sandwich); library(car) })
d <- read.csv(file.path(here, "trial3.csv")); d$arm <- factor(d$arm, c("TAU", "CBT", "APP"))
d$sex <- factor(d$sex); d$site <- factor(d$site)
c12 <- d[!is.na(d$m12), ]
m <- lm(m12 ~ arm + baseline + sex + site, c12)
em <- function(w) { s <- summary(emmeans(m, "arm", weights = w)); lapply(1:3, function(i) I(as.numeric(s[i, c("emmean", "SE", "lower.CL", "upper.CL")]))) }
mi <- lm(m12 ~ arm * sex + baseline, c12, contrasts = list(arm = "contr.sum", sex = "contr.sum"))
a3 <- Anova(mi, type = 3)
em_inter <- summary(emmeans(lm(m12 ~ arm * sex + baseline + site, c12), "arm", weights = "proportional"))
hc <- sapply(c("HC0", "HC1", "HC2", "HC3", "HC4"), function(k) sqrt(diag(vcovHC(m, type = k))))
r <- d[!is.na(d$resp12), ]
g <- glm(resp12 ~ arm + baseline + sex + site, binomial, r, control = list(epsilon = 1e-15, maxit = 100))
g0 <- glm(resp12 ~ baseline + sex + site, binomial, r, control = list(epsilon = 1e-15, maxit = 100))
profile_limit <- function(col, direction) {
  X <- model.matrix(g); b <- coef(g)[[col]]; se <- sqrt(vcov(g)[col, col])
  f <- function(v) { fit <- suppressWarnings(glm.fit(X[, -col], r$resp12, offset = X[, col] * v, family = binomial(), control = list(epsilon = 1e-15, maxit = 200)))
    fit$deviance - deviance(g) - qchisq(.95, 1) }
  uniroot(f, sort(c(b, b + direction * 4 * se)), tol = 1e-14, maxiter = 1000)$root
}
po <- glm(resp12 ~ arm + baseline + site, poisson, r, control = list(epsilon = 1e-15, maxit = 100))
# Firth's penalised likelihood maximised numerically, with its own gradient-free polish.
firth <- function(X, y) {
  pen <- function(b) { p <- plogis(drop(X %*% b)); W <- p * (1 - p)
    -(sum(y * log(p) + (1 - y) * log1p(-p)) + as.numeric(determinant(crossprod(X * sqrt(W)))$modulus) / 2) }
  b <- rep(0, ncol(X))
  for (i in 1:500) { p <- plogis(drop(X %*% b)); W <- p * (1 - p); I <- crossprod(X * sqrt(W)); H <- rowSums((X * sqrt(W)) %*% solve(I) * (X * sqrt(W)))
    b <- b + drop(solve(I, crossprod(X, y - p + H * (.5 - p)))) }
  list(b = b, ll = -pen(b), pen = pen)
}
X <- model.matrix(~ arm + baseline + sex, r); ff <- firth(X, r$resp12)
held <- function(v) { o <- optim(ff$b[-2], function(z) ff$pen(append(z, v, 1)), method = "BFGS", control = list(reltol = 1e-15, maxit = 5000, parscale = c(1, 1, .05, 1))); -o$value }
fl <- function(dir) uniroot(function(v) 2 * (ff$ll - held(v)) - qchisq(.95, 1), sort(c(ff$b[2], ff$b[2] + dir * 3)), tol = 1e-10)$root
write_reference("models", c("emmeans", "sandwich", "car"),
  ancova = list(names = names(coef(m)), coef = I(as.numeric(coef(m))), se = I(as.numeric(sqrt(diag(vcov(m))))), sigma = sigma(m), df = df.residual(m), r2 = summary(m)$r.squared,
    equal = em("equal"), observed = em("proportional"), observed_inter = I(em_inter$emmean), observed_inter_se = I(em_inter$SE), hc = t(hc)),
  type3 = list(terms = rownames(a3)[2:5], f = I(a3[2:5, "F value"]), p = I(a3[2:5, "Pr(>F)"]), ss = I(a3[2:5, "Sum Sq"])),
  logistic = list(coef = I(as.numeric(coef(g))), se = I(as.numeric(sqrt(diag(vcov(g))))), loglik = as.numeric(logLik(g)), lr = deviance(g0) - deviance(g),
    profile = list(I(c(profile_limit(2, -1), profile_limit(2, 1))), I(c(profile_limit(3, -1), profile_limit(3, 1))))),
  poisson = list(coef = I(as.numeric(coef(po))), se = I(as.numeric(sqrt(diag(sandwich(po)))))),
  firth = list(coef = I(ff$b), loglik = ff$ll, profile = I(c(fl(-1), fl(1)))))
