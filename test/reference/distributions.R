source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
rows <- function(f, ...) { g <- expand.grid(..., KEEP.OUT.ATTRS = FALSE); m <- as.matrix(cbind(g, value = do.call(f, unname(as.list(g))))); dimnames(m) <- NULL; m }
up <- function(f) function(...) f(..., lower.tail = FALSE)
pos <- function(m) m[is.finite(m[, ncol(m)]) & m[, ncol(m)] > 1e-290, , drop = FALSE]
# pt(ncp=) takes its upper tail as one minus the lower and ptukey stops early: quadratures of the definitions instead.
chi <- function(s, df) 2 * df * s * dchisq(df * s^2, df)
over <- function(g, df) sum(sapply(list(c(0, .5), c(.5, .8), c(.8, 1), c(1, 1.3), c(1.3, 2), c(2, 6)), function(l)
  integrate(function(s) g(s) * chi(s, df), l[1], l[2], rel.tol = 1e-13, abs.tol = 0, subdivisions = 2000)$value))
nct <- function(t, df, ncp) over(function(s) pnorm(t * s - ncp, lower.tail = FALSE), df)
range_upper <- function(w, k) sum(sapply(list(c(-12, -6), c(-6, -3), c(-3, 0), c(0, 9)), function(l)
  integrate(function(z) { q <- pnorm(z, lower.tail = FALSE); b <- pnorm(z + w, lower.tail = FALSE) / q
    k * dnorm(z) * q^(k - 1) * -expm1((k - 1) * log1p(-b)) }, l[1], l[2], rel.tol = 1e-12, abs.tol = 0)$value))
nested <- function(q, k, df) over(function(s) sapply(q * s, range_upper, k = k), df)
library(mvtnorm); set.seed(1)
R3 <- matrix(c(1, .3, -.2, .3, 1, .6, -.2, .6, 1), 3); R4 <- matrix(.4, 4, 4); R4[1, 2] <- R4[2, 1] <- .7; R4[3, 4] <- R4[4, 3] <- -.1; diag(R4) <- 1
general <- list(R3 = R3, R4 = R4,
  normal3 = 1 - pmvnorm(upper = rep(2.2, 3), corr = R3, algorithm = TVPACK(1e-15))[1],
  t3 = 1 - pmvt(upper = rep(2.2, 3), corr = R3, df = 17, algorithm = TVPACK(1e-15))[1],
  two4 = 1 - pmvt(lower = rep(-2.4, 4), upper = rep(2.4, 4), corr = R4, df = 40, algorithm = GenzBretz(maxpts = 5e6, abseps = 1e-8))[1])
write_reference("distributions", "mvtnorm", general = general,
  normalUpper = rows(up(pnorm), c(-37, -8, -1.3, -0.5, 0, 0.2, 0.9, 1.96, 5.6, 5.7, 9, 20, 37)),
  normalQuantile = rows(qnorm, c(1e-280, 1e-50, 1e-12, 1e-4, .025, .2, .45, .6, .93, .999)),
  tUpper = pos(rows(up(pt), c(-3, .01, .7, 1.98, 4, 11, 60, 1e5), c(.5, 1, 2, 4.7, 19, 107.3, 1500, 1e6))),
  tQuantile = rows(qt, c(1e-30, 1e-6, .001, .025, .3, .6, .95, .9995), c(1, 2.5, 7, 38.4, 250)),
  chiSquareUpper = pos(rows(up(pchisq), c(.01, .5, 2, 3.84, 9, 40, 300, 1200), c(1, 2, 3, 7.5, 40, 250))),
  chiSquareQuantile = rows(qchisq, c(1e-10, .01, .5, .95, .99999), c(1, 2, 4.5, 60)),
  fUpper = pos(rows(up(pf), c(.02, .8, 1.5, 4, 12, 90), c(1, 2, 3.4, 12), c(2, 9.6, 45, 1100, 1e7))),
  fQuantile = rows(qf, c(.05, .5, .975, .99999), c(1, 2, 6), c(3, 20.5, 400)),
  betaCdf = pos(rows(pbeta, c(1e-5, .02, .2, .5, .77, .999), c(.5, 1, 3.5, 40, 900), c(.5, 1, 2.2, 65))),
  betaUpper = pos(rows(up(pbeta), c(1e-5, .02, .2, .5, .77, .999), c(.5, 1, 3.5, 40, 900), c(.5, 1, 2.2, 65))),
  betaQuantile = rows(qbeta, c(1e-8, .025, .5, .975, .9999), c(.5, 1, 17, 300), c(.5, 2, 29)),
  gammaUpper = pos(rows(up(pgamma), c(.05, 1, 4, 30, 200), c(.3, 1, 5.5, 150))),
  binomialMass = rows(dbinom, c(0, 1, 7, 33, 40), c(40), c(1e-6, .02, .3, .9)),
  binomialUpper = pos(rows(up(pbinom), c(0, 1, 7, 33), c(40), c(1e-6, .02, .3, .9))),
  noncentralTUpper = rows(Vectorize(nct), c(-1, .5, 2.2, 4), c(3, 17, 80), c(-1, .8, 2.5)),
  studentisedRangeUpper = rows(up(ptukey), c(1, 2.4, 3.6, 5), c(2, 3, 6), c(8, 25, 120)),
  studentisedRangeNested = rows(Vectorize(nested), c(3.6, 9), c(3, 6), c(8, 120)),
  studentisedRangeCritical = rows(function(p, k, df) qtukey(1 - p, k, df), c(.01, .05, .1), c(3, 4), c(10, 60))
)
