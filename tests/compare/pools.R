# Pools every trial-level body of the base again with metafor and prints how far the two differ.
#
#   Rscript tests/compare/pools.R build/tests/compare/print_pools [evidence/data]
#
# REML; three trials or more: test = "adhoc"; two: z; one: the trial itself. metafor's default
# stopping rule is too coarse to compare with, so every fit has a tight one. Exit status 1 if any
# figure differs by more than 1e-6 (relative, or absolute where the figure is near 0).

if (!requireNamespace("metafor", quietly = TRUE)) {
    cat("skipped: metafor is not installed (Debian: apt-get install r-cran-metafor)\n")
    quit(status = 0)
}
suppressMessages(library(metafor))

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) < 1)
    stop("usage: Rscript tests/compare/pools.R PRINT_POOLS [DATA]")
lines <- system2(arguments[1], arguments[-1], stdout = TRUE)
if (!is.null(attr(lines, "status")))
    stop("could not run ", arguments[1])
fields <- strsplit(lines, ",", fixed = TRUE)
kind <- vapply(fields, `[`, "", 1)
question <- vapply(fields, `[`, "", 2)
numbers <- function(rows, from) {
    t(vapply(fields[rows], function(row) as.numeric(row[from]), numeric(length(from))))
}
effects <- numbers(kind == "effect", 3:4)
effect_question <- question[kind == "effect"]
ours <- numbers(kind == "pool", 5:11)
colnames(ours) <- c("b", "se", "ci_lb", "ci_ub", "tau2", "i2", "q")
tests <- vapply(fields[kind == "pool"], `[`, "", 4)
questions <- question[kind == "pool"]

tight <- function(yi, vi, step) {
    e <- 1e-13 * (var(yi) + median(vi))
    list(threshold = e, tol = e, maxiter = 1e5, evtol = 1e-25, tau2.min = 0,
         tau2.max = max(100, 1e5 * diff(range(yi))^2), stepadj = step)
}

fit <- function(yi, vi, test) {
    if (length(yi) == 1)
        return(rma(yi, vi, method = "FE"))
    for (step in c(1, 0.5, 0.25)) {
        found <- tryCatch(rma(yi, vi, method = "REML", test = test,
                              control = tight(yi, vi, step)),
                          error = function(e) NULL)
        if (!is.null(found))
            return(found)
    }
    NULL
}

again <- function(i) {
    rows <- effect_question == questions[i]
    found <- suppressWarnings(fit(effects[rows, 1], effects[rows, 2], tests[i]))
    if (is.null(found))
        return(rep(NA, 7))
    c(found$beta[1], found$se, found$ci.lb, found$ci.ub, found$tau2, found$I2, found$QE)
}

theirs <- t(vapply(seq_along(questions), again, numeric(7)))
colnames(theirs) <- colnames(ours)
trials <- vapply(questions, function(q) sum(effect_question == q), 0L)
cat(sprintf("metafor %s: %d bodies from %d effects; %d of one trial, %d of two, %d of more\n",
            packageVersion("metafor"), length(questions), nrow(effects), sum(trials == 1),
            sum(trials == 2), sum(trials > 2)))
if (anyNA(theirs[, "b"]))
    cat("metafor could not fit:", questions[is.na(theirs[, "b"])], "\n")

# A tau2 at its boundary of 0 is told as 1e-14 or so by one and 0 by the other: relative to what
# the figure is made of. I2 counts in percent.
typical <- vapply(questions, function(q) mean(effects[effect_question == q, 2]), 0)
worst <- 0
for (name in colnames(ours)) {
    absolute <- abs(ours[, name] - theirs[, name])
    one_sided <- is.na(ours[, name]) != is.na(theirs[, name]) # one of us has a figure, one has none
    absolute[is.na(absolute)] <- 0
    absolute[one_sided] <- Inf
    scale <- switch(name, tau2 = pmax(abs(theirs[, name]), typical), i2 = 100, q = 1,
                    sqrt(typical))
    relative <- absolute / pmax(abs(theirs[, name]), scale, na.rm = TRUE)
    at <- which.max(relative)
    worst <- max(worst, relative)
    cat(sprintf("%-6s largest difference: %.3g absolute, %.3g relative (%s)\n", name,
                max(absolute), relative[at], questions[at]))
}
cat(sprintf("largest relative difference of all: %.3g\n", worst))
quit(status = if (worst > 1e-6 || anyNA(theirs[, "b"])) 1 else 0)
