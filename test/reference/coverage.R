source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
# Coverage of 95% intervals of two proportions with 18 and 24 people, by summing over every table, at 15 x 15 risks.
# Score intervals need no limits: a table's interval holds the truth where the score test of the truth doesn't reject,
# with the restricted maximum found by direct search. Tables without an interval count as covered.
m <- 18; n <- 24; z <- qnorm(.975)
axis <- (1:15 - .5) / 15
tables <- expand.grid(x = 0:m, y = 0:n)
p <- tables$x / m; q <- tables$y / n
wilson <- function(x, n) { s <- x / n; centre <- (s + z^2 / (2 * n)) / (1 + z^2 / n)
  half <- z * sqrt(s * (1 - s) / n + z^2 / (4 * n^2)) / (1 + z^2 / n); cbind(centre - half, centre + half) }
inside <- function(lower, upper, truth) is.na(lower) | (lower <= truth + 1e-12 & truth - 1e-12 <= upper)
w1 <- wilson(tables$x, m); w2 <- wilson(tables$y, n)
newcombe <- cbind(p - q - sqrt((p - w1[, 1])^2 + (w2[, 2] - q)^2), p - q + sqrt((w1[, 2] - p)^2 + (q - w2[, 1])^2))
a <- (tables$x + 1) / (m + 2); b <- (tables$y + 1) / (n + 2); ac <- z * sqrt(a * (1 - a) / (m + 2) + b * (1 - b) / (n + 2))
wald <- z * sqrt(p * (1 - p) / m + q * (1 - q) / n)
katz <- ifelse(tables$x == 0 | tables$y == 0 | (tables$x == m & tables$y == n), NA, z * sqrt(1 / tables$x - 1 / m + 1 / tables$y - 1 / n))
cells <- cbind(tables$x, m - tables$x, tables$y, n - tables$y)
woolf <- ifelse(apply(cells, 1, min) == 0, NA, z * sqrt(rowSums(1 / cells)))
loglik <- function(x, size, risk) ifelse(x > 0, x * log(risk), 0) + ifelse(x < size, (size - x) * log(1 - risk), 0)
# Golden section over the second risk for all tables at once; `first` gives the first risk under the truth.
restricted <- function(first, from, to) {
  g <- (sqrt(5) - 1) / 2; lo <- rep(from, nrow(tables)); hi <- rep(to, nrow(tables))
  of <- function(q) { v <- suppressWarnings(loglik(tables$x, m, first(q)) + loglik(tables$y, n, q)); ifelse(is.na(v), -Inf, v) }
  for (i in 1:200) { c1 <- hi - g * (hi - lo); c2 <- lo + g * (hi - lo); left <- of(c1) > of(c2)
    hi <- ifelse(left, c2, hi); lo <- ifelse(left, lo, c1) }
  (lo + hi) / 2 }
both <- m + n
score <- list(
  difference = function(d, factor) { q0 <- restricted(function(q) q + d, max(0, -d), min(1, 1 - d)); p0 <- q0 + d
    v <- (p0 * (1 - p0) / m + q0 * (1 - q0) / n) * factor; abs(p - q - d) <= z * sqrt(pmax(v, 0)) + 1e-9 },
  ratio = function(t, factor) { q0 <- restricted(function(q) t * q, 0, min(1, 1 / t)); p0 <- t * q0
    v <- (p0 * (1 - p0) / m + t^2 * q0 * (1 - q0) / n) * factor; abs(p - t * q) <= z * sqrt(pmax(v, 0)) + 1e-9 },
  odds = function(t, factor) { first <- function(q) t * q / (1 - q + t * q); q0 <- restricted(first, 0, 1); p0 <- first(q0)
    v <- factor / (1 / (m * p0 * (1 - p0)) + 1 / (n * q0 * (1 - q0))); (m * abs(p - p0))^2 <= z^2 * v + 1e-9 })
at <- expand.grid(q = axis, p = axis)
coverage <- function(holds) { found <- mapply(function(p1, q1) sum(dbinom(tables$x, m, p1) * dbinom(tables$y, n, q1) * holds(p1, q1)), at$p, at$q)
  list(mean = mean(found), least = min(found)) }
corrected <- both / (both - 1); odds <- function(p, q) p / (1 - p) / (q / (1 - q))
# One proportion: means over 1,000 risks, and the ranks of Mann and Whitney's shift for 6 and 7 values.
risks <- (1:1000 - .5) / 1000
single <- function(size) { x <- 0:size; w <- wilson(x, size)
  s <- (x + z^2 / 2) / (size + z^2); half <- z * sqrt(s * (1 - s) / (size + z^2))
  jeffreys <- cbind(ifelse(x == 0, 0, qbeta(.025, x + .5, size - x + .5)), ifelse(x == size, 1, qbeta(.975, x + .5, size - x + .5)))
  mean_of <- function(l) mean(sapply(risks, function(t) sum(dbinom(x, size, t) * (l[, 1] <= t + 1e-12 & t - 1e-12 <= l[, 2]))))
  list(wilson = mean_of(w), agrestiCoull = mean_of(cbind(s - half, s + half)), jeffreys = mean_of(jeffreys)) }
write_reference("coverage", character(),
  single = list(n10 = single(10), n30 = single(30), n80 = single(80)),
  shift = 1 - 2 * pwilcox(qwilcox(.025, 6, 7) - 1, 6, 7),
  newcombe = coverage(function(p1, q1) inside(newcombe[, 1], newcombe[, 2], p1 - q1)),
  agrestiCaffo = coverage(function(p1, q1) inside(a - b - ac, a - b + ac, p1 - q1)),
  wald = coverage(function(p1, q1) inside(p - q - wald, p - q + wald, p1 - q1)),
  katz = coverage(function(p1, q1) inside(p / q * exp(-katz), p / q * exp(katz), p1 / q1)),
  woolf = coverage(function(p1, q1) inside(odds(p, q) * exp(-woolf), odds(p, q) * exp(woolf), odds(p1, q1))),
  scoreDifference = coverage(function(p1, q1) score$difference(p1 - q1, corrected)),
  koopman = coverage(function(p1, q1) score$ratio(p1 / q1, 1)),
  scoreRatio = coverage(function(p1, q1) score$ratio(p1 / q1, corrected)),
  scoreOdds = coverage(function(p1, q1) score$odds(odds(p1, q1), corrected)))
