/**
 * R that goes through visits and comparisons; `numbers` makes `estimate`, `lower`, `upper` and `p` of the values
 * `first` and `second`.
 */
export const loopOver = (numbers: string): string => `
out <- NULL
for (visit in VISITS) for (pair in treatments) {
  first <- y[arm == pair[1] & !is.na(y[, visit]), visit]
  second <- y[arm == pair[2] & !is.na(y[, visit]), visit]
${numbers}
  out <- rbind(out, data.frame(visit = visit, arm = pair[1], versus = pair[2],
                               estimate = estimate, lower = lower, upper = upper, p = p))
}
`;
