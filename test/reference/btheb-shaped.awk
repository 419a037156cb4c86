# Makes btheb-shaped.csv: 100 made-up people in the shape of the BtheB data set of the R package HSAUR, whose
# responders of those seen are as many as in that data set (Proudfoot et al., Br J Psychiatry 2004;185:46-54):
# BtheB 16/52, 18/37, 17/29, 19/27 and TAU 9/45, 12/36, 11/29, 12/25 at 2, 3, 5 and 8 months.
# awk -f test/reference/btheb-shaped.awk > test/reference/btheb-shaped.csv
BEGIN {
  print "\"id\",\"drug\",\"length\",\"treatment\",\"bdi.pre\",\"bdi.2m\",\"bdi.3m\",\"bdi.5m\",\"bdi.8m\""
  split("16 18 17 19", yes1); split("52 37 29 27", seen1)
  split("9 12 11 12", yes2);  split("45 36 29 25", seen2)
  id = 0
  for (i = 0; i < 52; i++) person(i, "BtheB", yes1, seen1)
  for (i = 0; i < 48; i++) person(i, "TAU", yes2, seen2)
}
function person(i, arm, yes, seen,    pre, line, v) {
  pre = 12 + (7 * i) % 37
  line = (++id) ",\"" (i % 2 ? "Yes" : "No") "\",\"" (i % 3 ? "<6m" : ">6m") "\",\"" arm "\"," pre
  for (v = 1; v <= 4; v++)
    line = line "," (i >= seen[v] ? "" : i < yes[v] ? int(pre / 2) - (v + i) % 3 : int(pre / 2) + 1 + (v + 2 * i) % 9)
  print line
}
