# What metafor takes for the same fits as bench_pool.c: rma(method = "REML", test = "knha") on every
# comparison of 8 to 12 studies of a file with columns analysis_id, yi, vi; without a file, Normand
# 1999. Prints one JSON object. metafor's own defaults, so that comparisons on which its Fisher
# scoring does not converge are left out of its sum (and told).
suppressMessages(library(metafor))
args <- commandArgs(trailingOnly = TRUE)
if (length(args) > 0) {
  d <- read.csv(args[1])
  names(d)[1] <- "id"
  sets <- split(d[, c("yi", "vi")], factor(d$id, levels = unique(d$id)))
  sets <- sets[sapply(sets, nrow) %in% 8:12]
} else {
  sets <- list(data.frame(yi = c(-20, -2, -55, -71, -4, 1, 11, -10, 7),
    vi = c(40.5863, 2.0468, 15.2809, 150.2222, 20.1923, 1.2235, 95.3756, 8.0321, 20.6936)))
}
fit <- function(s) tryCatch(suppressWarnings(rma(yi, vi, data = s, method = "REML", test = "knha"))$beta[1],
                            error = function(e) NA)
b <- sapply(sets, fit)
times <- max(1, ceiling(200 / length(sets)))
runs <- sapply(1:3, function(i) system.time(for (j in seq_len(times)) for (s in sets) fit(s))[["elapsed"]])
cat(sprintf("{\"comparisons\": %d, \"fits\": %d, \"us_per_fit\": %.1f, \"sum_b\": %.6f, \"failed\": %d, \"metafor\": \"%s\"}\n",
  length(sets), 3 * times * length(sets), 1e6 * median(runs) / (times * length(sets)), sum(b, na.rm = TRUE),
  sum(is.na(b)), packageVersion("metafor")))
