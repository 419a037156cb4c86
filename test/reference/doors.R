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

write_reference("doors", c("lme4", "lmerTest", "pbkrtest", "emmeans"),
  tukey = tukey,
  nested = list(estimate = k["armCBT", "Estimate"], se = k["armCBT", "Std. Error"], df = k["armCBT", "df"], between = as.data.frame(VarCorr(nested))$vcov[1], minus2 = -2 * as.numeric(logLik(nested))),
  slope = list(names = I(names(row)), estimate = c4$Estimate, se = c4[["Std. Error"]], df = c4$df, vcov = I(v$vcov), minus2 = -2 * as.numeric(logLik(slope))))
