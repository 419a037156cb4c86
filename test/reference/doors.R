source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))
suppressMessages({ library(lme4); library(lmerTest); library(pbkrtest); library(emmeans); library(jsonlite) })
# Methods as a plan asks for them, on trial3.csv and on the four-visit data of mixed.json.
d <- read.csv(file.path(here, "trial3.csv"))
d$arm <- relevel(factor(d$arm), "TAU"); d$sex <- factor(d$sex); d$site <- factor(d$site)
d <- d[!is.na(d$m12), ]
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = .1, rhoend = 1e-12, maxfun = 1e6))

fit <- lm(m12 ~ arm + baseline + sex + site, d)
pairs <- contrast(emmeans(fit, "arm"), list("CBT TAU" = c(-1, 0, 1), "APP TAU" = c(-1, 1, 0), "CBT APP" = c(0, -1, 1)))
t <- summary(pairs)$t.ratio; e <- summary(pairs)$estimate; s <- summary(pairs)$SE; df <- fit$df.residual
half <- qtukey(.95, 3, df) / sqrt(2) * s
tukey <- list(levels = I(levels(d$arm)), estimate = I(e), p = I(ptukey(abs(t) * sqrt(2), 3, df, lower.tail = FALSE)), lower = I(e - half), upper = I(e + half))

# CBT is given by the therapists of each site; the other arms are not clustered.
d$clustered <- as.numeric(d$arm == "CBT")
nested <- lmer(m12 ~ arm + baseline + (0 + clustered | site), d, control = tight)
k <- coef(summary(nested, ddf = "Kenward-Roger"))

long <- fromJSON(file.path(here, "mixed.json"))$data
l <- data.frame(id = factor(long$id), arm = factor(long$arm), base = long$base, visit = factor(long$visit), y = long$y)
l$day <- as.numeric(as.character(l$visit)) * 30
slope <- lmer(y ~ arm * visit + base + (day | id), l, control = tight)
row <- c(0, 1, rep(0, 3), 0, 0, 0, 1)
names(row) <- names(fixef(slope))
c4 <- contest1D(slope, row, ddf = "Kenward-Roger")
v <- as.data.frame(VarCorr(slope))

# Covariate-adjusted risk difference (months 12 response under non-response) by g-computation, resampled within arms.
suppressMessages(library(boot))
b <- read.csv(file.path(here, "trial3.csv")); b$arm <- relevel(factor(b$arm), "TAU"); b$sex <- factor(b$sex); b$site <- factor(b$site)
b <- b[!is.na(b$resp12), ]
adjusted <- function(data, rows) {
  x <- data[rows, ]; g <- glm(resp12 ~ arm + baseline + sex + site, binomial, x)
  if (!g$converged || any(abs(coef(g)) > 12)) return(NA)
  at <- function(a) { x$arm <- factor(a, levels(data$arm)); mean(predict(g, x, type = "response")) }
  at("CBT") - at("TAU") }
set.seed(3); sampled <- suppressWarnings(boot(b, adjusted, 4000, strata = b$arm))
sampled$t <- sampled$t[!is.na(sampled$t), , drop = FALSE]
left <- sapply(seq_len(nrow(b)), function(i) adjusted(b, -i)); a <- mean(left) - left
acc <- sum(a^3) / (6 * sum(a^2)^1.5); z0 <- qnorm(mean(sampled$t < sampled$t0)); zz <- qnorm(c(.025, .975))
bca <- quantile(sampled$t, pnorm(z0 + (z0 + zz) / (1 - acc * (z0 + zz))), names = FALSE)
risk <- list(n = nrow(b), estimate = unname(sampled$t0), sd = sd(sampled$t), percentile = I(quantile(sampled$t, c(.025, .975), names = FALSE)), bca = I(bca))

# One block of eight, four in each arm: every allocation is equally likely.
scores <- c(1, 2, 3, 5, 4, 6, 7, 8); all <- combn(8, 4); gap <- apply(all, 2, function(i) mean(scores[i]) - mean(scores[-i]))
block <- list(scores = I(scores), observed = gap[1], p = mean(abs(gap) >= abs(gap[1]) - 1e-9))

write_reference("doors", c("lme4", "lmerTest", "pbkrtest", "emmeans", "boot"),
  risk = risk, block = block,
  tukey = tukey,
  nested = list(estimate = k["armCBT", "Estimate"], se = k["armCBT", "Std. Error"], df = k["armCBT", "df"], between = as.data.frame(VarCorr(nested))$vcov[1], minus2 = -2 * as.numeric(logLik(nested))),
  slope = list(names = I(names(row)), estimate = c4$Estimate, se = c4[["Std. Error"]], df = c4$df, vcov = I(v$vcov), minus2 = -2 * as.numeric(logLik(slope))))
