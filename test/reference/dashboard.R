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

write_reference("dashboard",
  demonstration = tables(file.path(here, "demonstration.csv"), "arm", "baseline", c("m3", "m12"),
    list(c("ipt", "tau"), c("pegt", "tau"), c("ipt", "pegt"))),
  btheb = tables(file.path(here, "btheb-shaped.csv"), "treatment", "bdi.pre", c("bdi.2m", "bdi.3m", "bdi.5m", "bdi.8m"),
    list(c("BtheB", "TAU"))))
