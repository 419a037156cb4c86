source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
# Standardised mean differences at baseline of trial3.csv, CBT and APP against TAU: Austin 2009; Yang & Dalton 2012.
d <- read.csv(file.path(here, "trial3.csv"))
number <- function(x, a, b) (mean(x[d$arm == a]) - mean(x[d$arm == b])) / sqrt((var(x[d$arm == a]) + var(x[d$arm == b])) / 2)
shares <- function(x, a) as.numeric(prop.table(table(factor(x)[d$arm == a])))
binary <- function(x, level, a, b) {
  p <- mean(x[d$arm == a] == level); q <- mean(x[d$arm == b] == level)
  (p - q) / sqrt((p * (1 - p) + q * (1 - q)) / 2) }
distance <- function(x, a, b) {
  p <- shares(x, a)[-1]; q <- shares(x, b)[-1]
  S <- (diag(p) - p %o% p + diag(q) - q %o% q) / 2
  sqrt(drop(t(p - q) %*% solve(S) %*% (p - q))) }
of <- function(a) list(
  age = number(d$age, a, "TAU"), baseline = number(d$baseline, a, "TAU"),
  sex = binary(d$sex, sort(unique(d$sex))[1], a, "TAU"),
  site = distance(d$site, a, "TAU"),
  sites = I(sapply(sort(unique(d$site)), function(s) binary(d$site, s, a, "TAU"))),
  spread = sqrt(1 / sum(d$arm == a) + 1 / sum(d$arm == "TAU")))
write_reference("balance", character(), CBT = of("CBT"), APP = of("APP"))
