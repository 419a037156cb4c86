source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
suppressMessages({ library(coin); library(psych); library(car); library(multcomp); library(emmeans) })
d <- read.csv(file.path(here, "trial3.csv")); d$arm <- factor(d$arm, c("TAU", "CBT", "APP")); d$sex <- factor(d$sex); d$site <- factor(d$site)
v <- function(a) d$m12[d$arm == a & !is.na(d$m12)]
est <- function(t) I(c(if (length(t$estimate) > 1) t$estimate[[1]] - t$estimate[[2]] else t$estimate[[1]], t$stderr, t$parameter[[1]], t$statistic[[1]], t$p.value, as.numeric(t$conf.int)))
x <- c(12.1, 15.3, 9.8, 20.4, 17.7, 11.2, 13.9, 8.6); y <- c(18.2, 21.5, 16.4, 25.1, 14.8, 19.9, 22.7, 30.3, 12.6)
w <- wilcox.test(x, y, conf.int = TRUE)
tx <- v("CBT"); ty <- v("TAU")
wt <- suppressWarnings(wilcox.test(tx, ty)); wtn <- suppressWarnings(wilcox.test(tx, ty, correct = FALSE))
pre <- c(24, 19, 31, 27.5, 22, 26, 18, 29.5, 21, 25); post <- c(16.2, 14.1, 30, 19.9, 23.3, 15.8, 12.5, 22, 17.4, 26.9)
sr <- wilcox.test(pre, post, paired = TRUE, conf.int = TRUE)
tied <- c(3, -2, 5, 5, -1, 4, 2, 7, -3, 6, 6); srt <- suppressWarnings(wilcox.test(tied, exact = FALSE)); srn <- suppressWarnings(wilcox.test(tied, exact = FALSE, correct = FALSE))
sub <- subset(d, arm %in% c("CBT", "TAU") & !is.na(m12)); sub$arm <- droplevels(sub$arm)
within <- function(w) { r <- ave(sub$m12, sub$site, FUN = rank); g <- 0; u <- 0
  for (k in split(seq_along(r), sub$site)) { N <- length(k); i <- sub$arm[k] == "CBT"; m <- sum(i); g <- g + w(N) * (sum(r[k][i]) - m * mean(r[k])); u <- u + w(N)^2 * m * (N - m) * var(r[k]) / N }
  g / sqrt(u) }
str <- wilcox_test(m12 ~ arm | site, sub)
groups <- split(d$m12, d$arm); groups <- lapply(groups, function(z) z[!is.na(z)])
kw <- kruskal.test(groups); ow <- oneway.test(m12 ~ arm, d); oe <- oneway.test(m12 ~ arm, d, var.equal = TRUE)
bt <- bartlett.test(m12 ~ arm, d); lv <- leveneTest(m12 ~ arm, d)
sw <- lapply(list(x, y, tx, c(1, 2, 4), c(1, 5, 2, 8, 3)), function(z) { s <- shapiro.test(z); list(values = I(z), w = s$statistic[[1]], p = s$p.value) })
q <- function(z, type) I(unname(quantile(z, c(0, .1, .25, .5, .75, .9, 1), type = type)))
cc <- cor.test(d$baseline, d$m12); sp <- suppressWarnings(cor.test(d$baseline, d$m12, method = "spearman", exact = FALSE)); kd <- suppressWarnings(cor.test(d$baseline, d$m12, method = "kendall", exact = FALSE))
set.seed(11); f <- rnorm(40); items <- sapply(1:5, function(j) pmin(4, pmax(0, round(2 + f * .8 + rnorm(40)))))
al <- suppressWarnings(psych::alpha(as.data.frame(items))); k <- 5; n <- 40; a <- al$total$raw_alpha
m <- lm(m12 ~ arm + baseline + sex + site, d)
em <- emmeans(m, "arm"); tk <- as.data.frame(summary(pairs(em, reverse = TRUE), infer = TRUE))
p <- c(0.0014, 0.0301, 0.0222, 0.049, 0.6, 0.011); p2 <- c(.01, .01, .04, .5, .03, .9, .002, .03, 1)
adj <- function(z) lapply(c(bonferroni = "bonferroni", holm = "holm", hochberg = "hochberg", hommel = "hommel", bh = "BH", by = "BY"), function(k) I(p.adjust(z, k)))
# Hedges' g: non-central t by quadrature (pt(ncp =) is good to about 1e-12 only).
chi <- function(s, df) 2 * df * s * dchisq(df * s^2, df)
nct <- function(t, df, ncp) sum(sapply(list(c(0, .8), c(.8, 1), c(1, 1.2), c(1.2, 3)), function(l) integrate(function(s) pnorm(t * s - ncp) * chi(s, df), l[1], l[2], rel.tol = 1e-13, abs.tol = 0)$value))
t0 <- (12.4 - 15.9) / sqrt((39 * 5.6^2 + 36 * 6.1^2) / 75) / sqrt(1 / 40 + 1 / 37)
ncp <- sapply(c(.975, .025), function(pr) uniroot(function(z) nct(t0, 75, z) - pr, t0 + c(-5, 5), tol = 1e-14)$root)
write_reference("continuous", c("coin", "psych", "car", "multcomp", "emmeans"),
  x = I(x), y = I(y), student = est(t.test(tx, ty, var.equal = TRUE)), welch = est(t.test(tx, ty)), paired = est(t.test(pre, post, paired = TRUE)),
  pre = I(pre), post = I(post), tied = I(tied),
  exact = list(w = w$statistic[[1]], p = w$p.value, estimate = w$estimate[[1]], ci = I(as.numeric(w$conf.int))),
  ties = list(w = wt$statistic[[1]], corrected = wt$p.value, plain = wtn$p.value, median = median(outer(tx, ty, "-"))),
  signed = list(v = sr$statistic[[1]], p = sr$p.value, estimate = sr$estimate[[1]], ci = I(as.numeric(sr$conf.int)), tied_v = srt$statistic[[1]], tied_p = srt$p.value, tied_plain = srn$p.value),
  stratified = list(z = as.numeric(statistic(str)), p = as.numeric(pvalue(str)), within = within(function(n) 1), van_elteren = within(function(n) 1 / (n + 1))),
  kruskal = I(c(kw$statistic, kw$parameter, kw$p.value)), welch_anova = I(c(ow$statistic, ow$parameter, ow$p.value)), anova = I(c(oe$statistic, oe$parameter, oe$p.value)),
  bartlett = I(c(bt$statistic, bt$parameter, bt$p.value)), levene = I(c(lv[1, "F value"], lv[1, "Df"], lv[2, "Df"], lv[1, "Pr(>F)"])),
  shapiro = sw, quantile2 = q(tx, 2), quantile7 = q(tx, 7), sd = sd(tx), skew = psych::skew(tx, type = 2), kurtosis = psych::kurtosi(tx, type = 2),
  pearson = I(c(cc$estimate, cc$conf.int, cc$p.value)), spearman = I(c(sp$estimate, sp$p.value)), kendall = I(c(kd$estimate, kd$p.value)),
  items = items, alpha = list(raw = a, std = al$total$std.alpha, drop = I(al$alpha.drop$raw_alpha), rest = I(al$item.stats$r.drop),
    lower = 1 - (1 - a) * qf(.975, n - 1, (n - 1) * (k - 1)), upper = 1 - (1 - a) * qf(.025, n - 1, (n - 1) * (k - 1))),
  tukey = list(p = I(tk$p.value), lower = I(tk$lower.CL), upper = I(tk$upper.CL)),
  adjust = list(list(p = I(p), adjusted = adj(p)), list(p = I(p2), adjusted = adj(p2))), ncp = I(ncp))
