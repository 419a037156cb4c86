source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
suppressMessages({ library(nlme); library(lme4); library(lmerTest); library(pbkrtest) })
# Four visits, two arms, dropout and gaps.
set.seed(42); n <- 60; T <- 4
S <- outer(1:T, 1:T, function(i, j) sqrt((20 + 4 * i) * (20 + 4 * j)) * .7^abs(i - j))
arm <- rep(c("A", "B"), n / 2); base <- round(rnorm(n, 25, 5), 1)
Y <- 5 + .6 * base + outer((arm == "B") * -1, 1:T) + matrix(rnorm(n * T), n) %*% chol(S)
long <- data.frame(id = rep(sprintf("s%02d", 1:n), each = T), arm = factor(rep(arm, each = T)), base = rep(base, each = T), visit = factor(rep(1:T, n)), y = round(c(t(Y)), 2))
drop <- runif(n); long$y[(as.numeric(long$visit) == 4 & rep(drop < .25, each = T)) | (as.numeric(long$visit) >= 3 & rep(drop < .12, each = T))] <- NA
long$y[sample(which(!is.na(long$y)), 9)] <- NA
d <- long[!is.na(long$y), ]; d <- d[order(d$id, d$visit), ]
X <- model.matrix(~ arm * visit + base, d); y <- d$y; vis <- as.integer(d$visit)
L <- rep(0, ncol(X)); L[colnames(X) == "armB"] <- 1; L[colnames(X) == "armB:visit4"] <- 1
L2 <- rep(0, ncol(X)); L2[colnames(X) == "armB"] <- 1
# Dense: all matrices of the whole data set, derivatives of V by the definition of each structure.
structures <- list(
  un = list(start = function() S[lower.tri(S, TRUE)], V = function(t) { M <- matrix(0, T, T); M[lower.tri(M, TRUE)] <- t; M + t(M) - diag(diag(M)) }),
  toep = list(start = function() c(30, 15, 10, 5), V = function(t) matrix(t[abs(outer(1:T, 1:T, "-")) + 1], T)),
  ar1 = list(start = function() c(30, .5), V = function(t) t[1] * t[2]^abs(outer(1:T, 1:T, "-"))),
  arh1 = list(start = function() c(24, 28, 32, 36, .6), V = function(t) sqrt(outer(t[1:T], t[1:T])) * t[T + 1]^abs(outer(1:T, 1:T, "-"))),
  toeph = list(start = function() c(24, 28, 32, 36, .6, .4, .3), V = function(t) sqrt(outer(t[1:T], t[1:T])) * matrix(c(1, t[T + 1:3])[abs(outer(1:T, 1:T, "-")) + 1], T)),
  cs = list(start = function() c(15, 15), V = function(t) t[1] + diag(t[2], T)),
  csh = list(start = function() c(24, 28, 32, 36, .5), V = function(t) sqrt(outer(t[1:T], t[1:T])) * (t[T + 1] + diag(1 - t[T + 1], T))))
# First and second derivatives of V by central differences of high order, extrapolated.
rich <- function(f, t, k) { h <- 1e-2 * max(1, abs(t[k])) ; g <- function(h) { a <- b <- t; a[k] <- a[k] + h; b[k] <- b[k] - h; (f(a) - f(b)) / (2 * h) }
  # three levels of extrapolation: error h^8
  A <- lapply(0:4, function(i) g(h / 2^i)); for (m in 1:4) A <- lapply(seq_len(length(A) - 1), function(i) (4^m * A[[i + 1]] - A[[i]]) / (4^m - 1)); A[[1]] }
dense <- function(st, reml = TRUE, theta = st$start()) {
  n <- length(y); p <- ncol(X); same <- outer(d$id, d$id, "=="); big <- function(M) M[vis, vis] * same; K <- length(theta)
  parts <- function(theta) { V <- big(st$V(theta)); W <- chol2inv(chol(V)); Phi <- solve(crossprod(X, W %*% X)); P <- W - W %*% X %*% Phi %*% crossprod(X, W)
    D <- lapply(1:K, function(k) big(rich(st$V, theta, k))); list(V = V, W = W, Phi = Phi, P = P, D = D) }
  value <- function(theta) { q <- tryCatch({ V <- big(st$V(theta)); C <- chol(V); W <- chol2inv(C); I <- crossprod(X, W %*% X); b <- solve(I, crossprod(X, W %*% y)); r <- y - X %*% b
    2 * sum(log(diag(C))) + sum(r * (W %*% r)) + (if (reml) as.numeric(determinant(I)$modulus) else 0) + (n - (if (reml) p else 0)) * log(2 * pi) }, error = function(e) Inf); q }
  second <- function(theta, k, l) rich(function(t) rich(st$V, t, k), theta, l)
  for (it in 1:60) {
    q <- parts(theta); Q <- if (reml) q$P else q$W; Py <- q$P %*% y
    PD <- lapply(q$D, function(D) q$P %*% D); QD <- lapply(q$D, function(D) Q %*% D)
    g <- sapply(1:K, function(k) sum(diag(QD[[k]])) - sum(Py * (q$D[[k]] %*% Py)))
    E <- matrix(0, K, K); H <- E
    for (k in 1:K) for (l in 1:k) { e <- sum(t(QD[[k]]) * QD[[l]]); D2 <- big(second(theta, k, l))
      h <- -e + sum(diag(Q %*% D2)) + 2 * sum(Py * (q$D[[k]] %*% q$P %*% q$D[[l]] %*% Py)) - sum(Py * (D2 %*% Py)); E[k, l] <- E[l, k] <- e; H[k, l] <- H[l, k] <- h }
    step <- if (all(eigen(H, TRUE)$values > 0)) solve(H, g) else solve(E, g)
    if (max(abs(step / pmax(1, abs(theta)))) < 1e-11) break
    s <- 1; while (value(theta - s * step) > value(theta) + 1e-9) s <- s / 2; theta <- theta - s * step
  }
  beta <- drop(q$Phi %*% crossprod(X, q$W %*% y)); res <- list(theta = I(theta), value = value(theta), beta = I(beta), se = I(sqrt(diag(q$Phi))))
  if (!reml) return(res)
  PX <- lapply(q$D, function(D) crossprod(X, q$W %*% D %*% q$W %*% X))
  info <- function(Wc, deriv2) { mid <- 0; for (k in 1:K) for (l in 1:K) { Qkl <- crossprod(X, q$W %*% q$D[[k]] %*% q$W %*% q$D[[l]] %*% q$W %*% X)
      R <- if (deriv2) crossprod(X, q$W %*% big(second(theta, k, l)) %*% q$W %*% X) else 0
      mid <- mid + Wc[k, l] * (Qkl - PX[[k]] %*% q$Phi %*% PX[[l]] - R / 4) }
    q$Phi + 2 * q$Phi %*% mid %*% q$Phi }
  df <- function(L, Wc) { gg <- sapply(PX, function(M) drop(t(L) %*% q$Phi %*% M %*% q$Phi %*% L)); 2 * drop(t(L) %*% q$Phi %*% L)^2 / drop(gg %*% Wc %*% gg) }
  Wo <- 2 * solve(H); We <- 2 * solve(E); one <- function(L) c(sum(L * beta), sqrt(drop(t(L) %*% q$Phi %*% L)), df(L, Wo), sqrt(drop(t(L) %*% info(Wo, TRUE) %*% L)), sqrt(drop(t(L) %*% info(Wo, FALSE) %*% L)), sqrt(drop(t(L) %*% info(We, TRUE) %*% L)), df(L, We))
  c(res, list(contrasts = list(I(one(L)), I(one(L2)))))
}
fits <- lapply(structures, dense); ml <- lapply(structures[c("un", "ar1")], dense, reml = FALSE)
gls_un <- gls(y ~ arm * visit + base, d, correlation = corSymm(form = ~ as.integer(visit) | id), weights = varIdent(form = ~ 1 | visit), method = "REML", control = glsControl(tolerance = 1e-10, msTol = 1e-12, opt = "optim", maxIter = 500, msMaxIter = 500))
m <- lmerTest::lmer(y ~ arm * visit + base + (1 | id), d, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-11)))
kr <- summary(m, ddf = "Kenward-Roger")$coefficients; sa <- summary(m)$coefficients
Lm <- rbind(L, L2); krF <- KRmodcomp(m, Lm)$test
d$time <- as.integer(d$visit) - 1
rs <- lmerTest::lmer(y ~ arm * time + base + (1 + time | id), d, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12)))
vc <- as.data.frame(VarCorr(rs)); rsk <- summary(rs)$coefficients
# Partially nested: arm B in groups.
pn <- d[d$visit == "1", ]; pn$cl <- ifelse(pn$arm == "B", (seq_len(nrow(pn)) %/% 2) %% 7 + 1, 0); set.seed(9); u <- rnorm(8, 0, 3); pn$y <- round(pn$y + ifelse(pn$arm == "B", u[pn$cl + 1], 0), 2)
pn$b <- as.numeric(pn$arm == "B"); pn$g <- factor(ifelse(pn$arm == "B", paste0("c", pn$cl), paste0("i", pn$id)))
p1 <- lmerTest::lmer(y ~ arm + base + (0 + b | g), pn, control = lmerControl(check.nobs.vs.nlev = "ignore", check.nobs.vs.nRE = "ignore", optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12)))
p2 <- lme(y ~ arm + base, pn, random = list(g = pdDiag(~ 0 + b)), weights = varIdent(form = ~ 1 | arm), control = lmeControl(msTol = 1e-12, tolerance = 1e-10, msMaxIter = 500, maxIter = 500))
vp <- as.data.frame(VarCorr(p1))
write_reference("mixed", c("nlme", "lme4", "lmerTest", "pbkrtest"),
  data = list(id = I(d$id), arm = I(as.character(d$arm)), base = I(d$base), visit = I(as.character(d$visit)), y = I(d$y)),
  names = I(colnames(X)), fits = fits, ml = ml, gls_un = list(minus2 = -2 * as.numeric(logLik(gls_un)), coef = I(unname(coef(gls_un)))),
  intercept = list(minus2 = -2 * as.numeric(logLik(m)), var = I(as.data.frame(VarCorr(m))$vcov), satterthwaite = sa[, c("Estimate", "Std. Error", "df")], kr = kr[, c("Estimate", "Std. Error", "df")],
    krF = I(as.numeric(krF["Ftest", c("stat", "ndf", "ddf")])), krScale = as.numeric(krF["Ftest", "F.scaling"])),
  slope = list(minus2 = -2 * as.numeric(logLik(rs)), var = I(vc$vcov), coef = rsk[, c("Estimate", "Std. Error", "df")]),
  nested = list(id = I(pn$id), arm = I(as.character(pn$arm)), base = I(pn$base), cluster = I(ifelse(pn$arm == "B", paste0("c", pn$cl), "")), y = I(pn$y),
    minus2 = -2 * as.numeric(logLik(p1)), var = I(vp$vcov), coef = summary(p1)$coefficients[, c("Estimate", "Std. Error", "df")],
    hetero = list(minus2 = -2 * as.numeric(logLik(p2)), coef = I(unname(fixef(p2))))))
