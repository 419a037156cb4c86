# The tables behind a dashboard, computed from scores alone: response by arm and visit with Wilson's interval
# (prop.test without correction), differences with Newcombe's (Stat Med 1998;17:873, method 10, from both arms' Wilson
# limits), and mean change with Student's t interval.
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])), "write.R"))

tables <- function(file, arm, base, visits, pairs) {
  data <- read.csv(file, check.names = FALSE)
  wilson <- function(k, n) unname(prop.test(k, n, correct = FALSE)$conf.int[1:2])
  counts <- function(a, v, missing) {
    own <- data[data[[arm]] == a, ]
    hit <- !is.na(own[[v]]) & own[[v]] <= 0.5 * own[[base]]
    c(k = sum(hit), n = if (missing == "observed") sum(!is.na(own[[v]])) else nrow(own))
  }
  response <- list(); difference <- list(); change <- list()
  for (v in visits) for (missing in c("observed", "non-response")) {
    for (a in unique(unlist(pairs))) {
      x <- counts(a, v, missing); ci <- wilson(x["k"], x["n"])
      response[[length(response) + 1]] <- list(visit = v, arm = a, missing = missing, numerator = x[["k"]],
        denominator = x[["n"]], estimate = x[["k"]] / x[["n"]], lower = ci[1], upper = ci[2])
    }
    for (pair in pairs) {
      x <- counts(pair[1], v, missing); y <- counts(pair[2], v, missing)
      p <- x[["k"]] / x[["n"]]; q <- y[["k"]] / y[["n"]]
      a <- wilson(x["k"], x["n"]); b <- wilson(y["k"], y["n"])
      difference[[length(difference) + 1]] <- list(visit = v, arm = pair[1], versus = pair[2], missing = missing,
        estimate = p - q, lower = p - q - sqrt((p - a[1])^2 + (b[2] - q)^2), upper = p - q + sqrt((a[2] - p)^2 + (q - b[1])^2))
    }
  }
  for (v in visits) for (a in unique(unlist(pairs))) {
    own <- data[data[[arm]] == a, ]
    t <- t.test(na.omit(own[[v]] - own[[base]]))
    change[[length(change) + 1]] <- list(visit = v, arm = a, n = sum(!is.na(own[[v]] - own[[base]])),
      estimate = unname(t$estimate), lower = t$conf.int[1], upper = t$conf.int[2])
  }
  list(response = response, difference = difference, change = change)
}

# Models of the further charts over the demonstration: differences at 12 months adjusted for baseline, by subgroup, with
# P for interaction; standardised differences at baseline, and the half-width that chance alone gives them.
demo <- read.csv(file.path(here, "demonstration.csv"), stringsAsFactors = TRUE)
versus <- list(c("ipt", "tau"), c("pegt", "tau"))
subgroups <- list(); balance <- list()
add <- function(pair, factor, level, fit, name, n, p) {
  ci <- confint(fit)[name, ]
  subgroups[[length(subgroups) + 1]] <<- list(arm = pair[1], versus = pair[2], factor = factor, level = level,
    first = n[1], second = n[2], difference = unname(coef(fit)[name]), lower = ci[[1]], upper = ci[[2]], p = p)
}
for (pair in versus) {
  own <- demo[demo$arm %in% pair & !is.na(demo$m12), ]
  own$t <- as.numeric(own$arm == pair[1])
  add(pair, "Overall", "Overall", lm(m12 ~ baseline + t, own), "t", c(sum(own$t), sum(1 - own$t)), NA)
  for (name in c("site", "sex")) {
    own$f <- own[[name]]
    fit <- lm(m12 ~ baseline + f + f:t, own)
    p <- anova(lm(m12 ~ baseline + f + t, own), fit)[2, "Pr(>F)"]
    for (level in levels(own$f)) add(pair, name, level, fit, paste0("f", level, ":t"),
      c(sum(own$t[own$f == level]), sum(1 - own$t[own$f == level])), p)
  }
  covariates <- list(sex = demo$sex == "female", age = demo$age, site = demo$site == "lohja", hamd = demo$baseline,
    cgi = demo$cgi, sofas = demo$sofas)
  for (name in names(covariates)) {
    x <- as.numeric(covariates[[name]][demo$arm == pair[1]]); y <- as.numeric(covariates[[name]][demo$arm == pair[2]])
    # Of a share the variance is p (1 - p).
    v <- function(z) if (name %in% c("sex", "site")) mean(z) * (1 - mean(z)) else var(z)
    balance[[length(balance) + 1]] <- list(arm = pair[1], versus = pair[2], covariate = name, first = length(x),
      second = length(y), difference = (mean(x) - mean(y)) / sqrt((v(x) + v(y)) / 2),
      chance = qnorm(.975) * sqrt(1 / length(x) + 1 / length(y)))
  }
}

write_reference("dashboard",
  demonstration = tables(file.path(here, "demonstration.csv"), "arm", "baseline", c("m3", "m12"),
    list(c("ipt", "tau"), c("pegt", "tau"), c("ipt", "pegt"))),
  further = list(subgroups = subgroups, balance = balance),
  btheb = tables(file.path(here, "btheb-shaped.csv"), "treatment", "bdi.pre", c("bdi.2m", "bdi.3m", "bdi.5m", "bdi.8m"),
    list(c("BtheB", "TAU"))))
