source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
suppressMessages({ library(pwr); library(mvtnorm); library(rpact) })
tn <- function(delta, sd, power) power.t.test(delta = delta, sd = sd, power = power, strict = TRUE, tol = 1e-12)$n
# Boundaries for three looks: pmvnorm with TVPACK is exact to about 1e-14 in three dimensions.
reach <- function(z, t) { k <- length(z); S <- outer(t, t, function(a, b) sqrt(pmin(a, b) / pmax(a, b))); 1 - if (k == 1) pnorm(z) else pmvnorm(upper = z, corr = S, algorithm = TVPACK(1e-15))[1] }
spend <- function(t, f) { z <- c(); for (k in seq_along(t)) z[k] <- uniroot(function(b) reach(c(z, b), t[1:k]) - f(t[k]), c(.5, 9), tol = 1e-14)$root; z }
a <- .025; t3 <- c(1, 2, 3) / 3; u3 <- c(.3, .55, 1)
of <- function(t) 2 * pnorm(qnorm(a / 2, lower = FALSE) / sqrt(t), lower = FALSE); po <- function(t) a * log(1 + (exp(1) - 1) * t); hsd <- function(t) a * (1 - exp(4 * t)) / (1 - exp(4))
shaped <- function(t, D) { c <- uniroot(function(c) reach(c * t^(D - .5), t) - a, c(1, 5), tol = 1e-14)$root; c * t^(D - .5) }
r5 <- getDesignGroupSequential(kMax = 5, alpha = a, sided = 1, typeOfDesign = "asOF", tolerance = 1e-10)
write_reference("design", c("pwr", "mvtnorm", "rpact"),
  t = I(c(tn(3, 6.5, .8), tn(3, 6.5, .9), tn(.5, 1, .8), tn(2, 1, .9))), tpower = power.t.test(n = 37, delta = 3, sd = 6.5, strict = TRUE)$power,
  prop = power.prop.test(p1 = .45, p2 = .25, power = .8, tol = 1e-12)$n, prop90 = power.prop.test(p1 = .45, p2 = .25, power = .9, tol = 1e-12)$n,
  arcsine = pwr.2p.test(h = ES.h(.45, .25), power = .9)$n, anova = pwr.anova.test(k = 3, f = .25, power = .8)$n, anova5 = pwr.anova.test(k = 5, f = .4, power = .9)$n,
  ncf = pf(3.1, 2, 84, ncp = 7.3, lower.tail = FALSE),
  of = I(spend(t3, of)), po = I(spend(t3, po)), hsd = I(spend(u3, hsd)), of_uneven = I(spend(u3, of)),
  classic_of = I(shaped(t3, 0)), classic_po = I(shaped(t3, .5)), rpact5 = I(r5$criticalValues))
