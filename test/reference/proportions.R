source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
suppressMessages(library(vcd))
tight <- function(f, lo, hi) { for (i in 1:200) { m <- (lo + hi) / 2; if (f(lo) * f(m) <= 0) hi <- m else lo <- m }; (lo + hi) / 2 }
one <- lapply(list(c(0, 12), c(1, 30), c(17, 45), c(29, 30), c(8, 8)), function(v) {
  x <- v[1]; n <- v[2]
  list(x = x, n = n, clopper = I(as.numeric(binom.test(x, n)$conf.int)),
    corrected = I(as.numeric(suppressWarnings(prop.test(x, n, correct = TRUE))$conf.int)),
    jeffreys = I(c(if (x == 0) 0 else qbeta(.025, x + .5, n - x + .5), if (x == n) 1 else qbeta(.975, x + .5, n - x + .5))),
    midp = I(c(if (x == 0) 0 else tight(function(p) pbinom(x, n, p, lower = FALSE) + dbinom(x, n, p) / 2 - .025, 0, x / n),
               if (x == n) 1 else tight(function(p) pbinom(x - 1, n, p) + dbinom(x, n, p) / 2 - .025, x / n, 1))))
})
# The restricted likelihood equations are solved by bisection, not by the closed forms.
score_rd <- function(x, n, delta) {
  lo <- max(0, -delta); hi <- min(1, 1 - delta)
  f <- function(p2) { p1 <- p2 + delta; (if (x[1] > 0) x[1] / p1 else 0) - (if (n[1] > x[1]) (n[1] - x[1]) / (1 - p1) else 0) +
      (if (x[2] > 0) x[2] / p2 else 0) - (if (n[2] > x[2]) (n[2] - x[2]) / (1 - p2) else 0) }
  for (i in 1:300) { m <- (lo + hi) / 2; if (f(m) > 0) lo <- m else hi <- m }
  p2 <- (lo + hi) / 2; p1 <- p2 + delta
  p1 * (1 - p1) / n[1] + p2 * (1 - p2) / n[2]
}
rd <- function(strata, factor) {
  w <- sapply(strata, function(s) prod(s$n) / sum(s$n)); w <- w / sum(w)
  d <- sum(w * sapply(strata, function(s) s$x[1] / s$n[1] - s$x[2] / s$n[2]))
  z <- qnorm(.975)
  f <- function(delta) { v <- sum(w^2 * sapply(strata, function(s) score_rd(s$x, s$n, delta) * (if (factor) sum(s$n) / (sum(s$n) - 1) else 1)))
    (d - delta) - sign(d - delta) * z * sqrt(v) }
  I(c(if (d <= -1) -1 else tight(f, -1 + 1e-9, d - 1e-13), if (d >= 1) 1 else tight(f, d + 1e-13, 1 - 1e-9)))
}
S <- function(a, n1, c, n2) list(x = c(a, c), n = c(n1, n2))
pairs <- list(S(56, 70, 48, 80), S(9, 10, 3, 10), S(10, 10, 0, 20), S(0, 15, 6, 15), S(26, 44, 14, 45), S(0, 10, 0, 12), S(5, 5, 4, 9))
differences <- lapply(pairs, function(s) list(cells = I(c(s$x[1], s$n[1], s$x[2], s$n[2])), mn = rd(list(s), TRUE), fm = rd(list(s), FALSE)))
strata3 <- list(S(10, 18, 5, 14), S(7, 16, 4, 16), S(9, 15, 5, 13))
ratio <- function(s, factor) {
  N <- sum(s$n); k <- if (factor) N / (N - 1) else 1; z <- qnorm(.975); p <- s$x / s$n
  ll <- function(logphi) { phi <- exp(logphi); hi <- min(1, 1 / phi)
    f <- function(p2) { p1 <- phi * p2; sum(s$x) / p2 - phi * (s$n[1] - s$x[1]) / (1 - p1) - (s$n[2] - s$x[2]) / (1 - p2) }
    lo <- 0; for (i in 1:300) { m <- (lo + hi) / 2; if (f(m) > 0) lo <- m else hi <- m }
    p2 <- (lo + hi) / 2; p1 <- phi * p2
    (p[1] - phi * p[2])^2 - z^2 * k * (p1 * (1 - p1) / s$n[1] + phi^2 * p2 * (1 - p2) / s$n[2]) }
  e <- log(p[1] / p[2]); I(exp(c(tight(ll, e - 5, e), tight(ll, e, e + 5))))
}
odds <- function(s, factor) {
  N <- sum(s$n); k <- if (factor) N / (N - 1) else 1; z <- qnorm(.975)
  ll <- function(l) { lo <- 0; hi <- 1   # p2 with n1 p1 + n2 p2 = x1 + x2
    p1of <- function(p2) { o <- exp(l) * p2 / (1 - p2); o / (1 + o) }
    for (i in 1:300) { m <- (lo + hi) / 2; if (s$n[1] * p1of(m) + s$n[2] * m < sum(s$x)) lo <- m else hi <- m }
    p2 <- (lo + hi) / 2; p1 <- p1of(p2)
    (s$x[1] - s$n[1] * p1)^2 * (1 / (s$n[1] * p1 * (1 - p1)) + 1 / (s$n[2] * p2 * (1 - p2))) - z^2 * k }
  o <- s$x / (s$n - s$x); e <- log(o[1] / o[2]); I(exp(c(tight(ll, e - 6, e), tight(ll, e, e + 6))))
}
ratios <- lapply(pairs[c(1, 2, 5)], function(s) list(cells = I(c(s$x[1], s$n[1], s$x[2], s$n[2])),
  mn = ratio(s, TRUE), koopman = ratio(s, FALSE), odds_mn = odds(s, TRUE), cornfield = odds(s, FALSE)))
tables <- list(matrix(c(26, 18, 14, 31), 2, byrow = TRUE), matrix(c(14, 31, 26, 18, 19, 26), 3, byrow = TRUE),
  matrix(c(8, 12, 5, 10, 7, 9, 3, 14, 11), 3, byrow = TRUE), matrix(c(3, 0, 1, 5, 2, 8, 6, 6), 2, byrow = TRUE),
  matrix(c(4, 7, 2, 1, 6, 5, 3, 9, 0, 8, 8, 3), 3, byrow = TRUE), matrix(c(0, 10, 9, 1), 2, byrow = TRUE),
  matrix(c(4, 7, 10, 12, 9, 6, 8, 15, 12, 10, 9, 10, 9, 20, 5), 3, byrow = TRUE), matrix(c(5, 2, 1, 3, 6, 2, 1, 4, 7, 2, 2, 6), 4, byrow = TRUE))
tests <- lapply(tables, function(m) { c0 <- suppressWarnings(chisq.test(m, correct = FALSE)); a <- assocstats(m)
  list(table = m, pearson = c0$statistic[[1]], df = c0$parameter[[1]], p = c0$p.value,
    yates = if (all(dim(m) == 2)) suppressWarnings(chisq.test(m))$statistic[[1]] else NULL,
    g2 = a$chisq_tests[1, 1], cramer = a$cramer, fisher = fisher.test(m, workspace = 2e8)$p.value) })
fisher_sides <- lapply(tables[c(1, 6)], function(m) I(c(fisher.test(m)$p.value, fisher.test(m, alternative = "greater")$p.value, fisher.test(m, alternative = "less")$p.value)))
arr <- array(unlist(lapply(strata3, function(s) c(s$x[1], s$x[2], s$n[1] - s$x[1], s$n[2] - s$x[2]))), c(2, 2, 3))
cmh <- mantelhaen.test(arr, correct = FALSE); cmhc <- mantelhaen.test(arr)
wide <- array(c(8, 3, 5, 4, 9, 2, 6, 7, 7, 3, 5, 8, 2, 9, 4, 6, 1, 7, 5, 3, 4, 4, 6, 8, 2, 5, 9), c(3, 3, 3))
g <- mantelhaen.test(wide)
trend <- prop.trend.test(c(14, 26, 19), c(45, 44, 45))
mc <- matrix(c(20, 5, 16, 9), 2)   # both 20, first only 16, second only 5, neither 9
write_reference("proportions", c("vcd"), one = one, differences = differences,
  stratified = rd(strata3, TRUE), ratios = ratios, tests = tests, fisher_sides = fisher_sides,
  cmh = list(statistic = cmh$statistic[[1]], corrected = cmhc$statistic[[1]], odds = cmh$estimate[[1]], ci = I(as.numeric(cmh$conf.int)), exact = mantelhaen.test(arr, exact = TRUE)$p.value,
    near = mantelhaen.test(array(c(5, 5, 5, 6, 4, 4, 5, 5), c(2, 2, 2)))$statistic[[1]]),
  general = list(tables = lapply(1:3, function(k) wide[, , k]), statistic = g$statistic[[1]], df = g$parameter[[1]], p = g$p.value),
  trend = list(chisq = trend$statistic[[1]], p = trend$p.value),
  mcnemar = list(plain = mcnemar.test(mc, correct = FALSE)$statistic[[1]], corrected = mcnemar.test(mc)$statistic[[1]], exact = binom.test(5, 21)$p.value))
