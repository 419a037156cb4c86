# Writes a reference file beside the script that made it, numbers with 17 significant digits.
# The file records the versions of R and of the packages that were loaded.
json_value <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    parts <- vapply(x, json_value, "")
    if (is.null(names(x))) return(paste0("[", paste(parts, collapse = ", "), "]"))
    return(paste0("{", paste0("\"", names(x), "\": ", parts, collapse = ",\n "), "}"))
  }
  if (is.matrix(x)) return(json_value(lapply(seq_len(nrow(x)), function(i) I(unname(x[i, ])))))
  if (!is.null(names(x)) && !inherits(x, "AsIs")) return(json_value(as.list(x)))
  one <- function(v) {
    if (is.character(v)) return(paste0("\"", v, "\""))
    if (is.logical(v)) return(if (is.na(v)) "null" else tolower(as.character(v)))
    if (is.na(v)) return("null")
    if (is.infinite(v)) return(if (v > 0) "\"Infinity\"" else "\"-Infinity\"")
    sprintf("%.17g", v)
  }
  parts <- vapply(unclass(x), one, "")
  if (length(parts) == 1 && !inherits(x, "AsIs")) parts else paste0("[", paste(parts, collapse = ", "), "]")
}

write_reference <- function(name, packages = character(), ...) {
  versions <- c(R = paste(R.version$major, R.version$minor, sep = "."),
                vapply(packages, function(p) as.character(packageVersion(p)), ""))
  text <- json_value(list(made_by = paste0("test/reference/", name, ".R"), versions = as.list(versions), ...))
  here <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])
  writeLines(text, file.path(dirname(here), paste0(name, ".json")))
}
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1]))
