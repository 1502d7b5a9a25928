# Makes reference.json: what R and metafor say about three small sets, for test_reference.c.
#
#   Rscript reference.R > reference.json      R 4.2.2, metafor 3.8-1 (Debian 12)
#
# normand: Normand 1999, Statistics in Medicine 18:321-359, table 3 (mean differences in days of
# stay and their variances). The other two are made up: ward (2x2 tables with empty cells), course
# (means, two moderators, two groups). metafor stops iterating at an absolute change of tau2 of
# 1e-5; here it goes on to 1e-13 of the spread.
suppressMessages(library(metafor))

control <- function(yi, vi) {
  e <- 1e-13 * (var(yi) + median(vi))
  list(threshold = e, tol = e, maxiter = 1e5, stepadj = 0.5, tau2.max = max(100, 1e5 * diff(range(yi))^2))
}
fit <- function(yi, vi, method, test = "z", ...)
  suppressWarnings(rma(yi, vi, method = method, test = test, control = control(yi, vi), ...))

# ---- JSON: the fewest digits that read back ----
num <- function(x) {
  if (length(x) == 0 || is.null(x) || is.na(x) || is.infinite(x)) return("null")
  for (d in 15:17) { s <- formatC(x, digits = d, format = "g", width = 1); if (as.numeric(s) == x) return(s) }
  s
}
js <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x) && !is.null(names(x)))
    return(paste0("{", paste0("\"", names(x), "\":", vapply(x, js, ""), collapse = ","), "}"))
  if (is.list(x)) return(paste0("[", paste(vapply(x, js, ""), collapse = ",\n"), "]"))
  if (is.character(x)) return(paste0("\"", x, "\""))
  if (is.logical(x) && !is.na(x)) return(if (x) "true" else "false")
  num(x)
}

pooled <- function(r) {
  out <- list(b = r$beta[1], se = r$se, ci_lb = r$ci.lb, ci_ub = r$ci.ub, z_or_t = r$zval,
              p = r$pval, tau2 = r$tau2, I2 = r$I2, H2 = r$H2, Q = r$QE, Qp = r$QEp)
  if (r$method != "FE") {
    pr <- predict(r)
    out <- c(out, list(se_tau2 = r$se.tau2, pi_lb = pr$pi.lb, pi_ub = pr$pi.ub))
    p2 <- predict(r, pi.type = "riley")
    if (r$test == "z") out <- c(out, list(pi_km2_lb = p2$pi.lb, pi_km2_ub = p2$pi.ub))
  } else out <- c(out, list(se_tau2 = NA, pi_lb = NA, pi_ub = NA))
  c(out, list(df = if (r$test == "z") NA else r$k - 1))
}
methods <- c("FE", "DL", "PM", "REML", "ML", "SJ", "HE", "EB", "HS")
models <- function(yi, vi) {
  out <- list()
  for (m in methods) out[[m]] <- pooled(fit(yi, vi, m))
  for (m in c("REML", "DL", "PM", "HS")) out[[paste0(m, "+HKSJ")]] <- pooled(fit(yi, vi, m, "knha"))
  for (m in c("REML", "HS")) out[[paste0(m, "+adhoc")]] <- pooled(fit(yi, vi, m, "adhoc"))
  out
}
qprofile <- function(yi, vi) {
  e <- 1e-13 * (var(yi) + median(vi))
  r <- confint(fit(yi, vi, "REML"), control = list(tol = e, maxiter = 1e5, tau2.max = max(100, 1e5 * diff(range(yi))^2)))
  ci <- r$random
  list(lb = ci[1, 2], ub = ci[1, 3], null_set = isTRUE(r$ci.null), I2_lb = ci[3, 2], I2_ub = ci[3, 3],
       H2_lb = ci[4, 2], H2_ub = ci[4, 3])
}
egger_lm <- function(yi, vi) {
  r <- regtest(yi, vi, model = "lm"); s <- summary(r$fit)$coefficients; ci <- confint(r$fit)
  list(z_or_t = r$zval, df = r$dfs, p = r$pval, slope_sei = s[2, 1], slope_sei_se = s[2, 2],
       intercept = s[1, 1], intercept_ci_lb = ci[1, 1], intercept_ci_ub = ci[1, 2])
}
egger_rma <- function(yi, vi) {
  r <- fit(yi, vi, "REML", mods = sqrt(vi))
  list(z_or_t = r$zval[2], p = r$pval[2], slope_sei = r$beta[2], slope_sei_se = r$se[2],
       intercept = r$beta[1], intercept_ci_lb = r$ci.lb[1], intercept_ci_ub = r$ci.ub[1], tau2 = r$tau2)
}
begg <- function(yi, vi) {
  r <- ranktest(yi, vi); n <- ranktest(yi, vi, exact = FALSE)
  list(tau = unname(r$tau), p = r$pval, p_normal_approx = n$pval)
}
trim <- function(yi, vi) {
  one <- function(method, estimator) {
    r <- trimfill(fit(yi, vi, method), estimator = estimator, control = control(yi, vi))
    list(k0 = r$k0, se_k0 = r$se.k0, side = r$side, b = r$beta[1], se = r$se, ci_lb = r$ci.lb,
         ci_ub = r$ci.ub, tau2 = r$tau2, p_k0 = r$p.k0)
  }
  list(L0 = one("REML", "L0"), R0 = one("REML", "R0"), L0_FE = one("FE", "L0"), R0_FE = one("FE", "R0"))
}
short <- function(r) pooled(r)[c("b", "se", "z_or_t", "p", "ci_lb", "ci_ub", "Q", "Qp", "tau2", "I2", "H2")]
leave1out_ <- function(yi, vi) lapply(seq_along(yi), function(i) short(fit(yi[-i], vi[-i], "REML")))
cumulative <- function(yi, vi) lapply(seq_along(yi), function(i)
  if (i == 1) short(rma(yi[1], vi[1])) else short(fit(yi[1:i], vi[1:i], "REML")))
diagnostics <- function(yi, vi) {
  r <- influence(fit(yi, vi, "REML"))
  lapply(seq_along(yi), function(i) list(
    rstudent = r$inf$rstudent[i], dffits = r$inf$dffits[i], cook_d = r$inf$cook.d[i], cov_r = r$inf$cov.r[i],
    tau2_del = r$inf$tau2.del[i], Q_del = r$inf$QE.del[i], hat = r$inf$hat[i], dfbs = r$dfbs$intrcpt[i],
    influential = unname(r$is.infl[i])))
}
failsafe <- function(yi, vi, target) {
  a <- fsn(yi, vi); o <- fsn(yi, vi, type = "Orwin", target = target)
  w <- fsn(yi, vi, type = "Orwin", target = target, weighted = TRUE); g <- fsn(yi, vi, type = "Rosenberg")
  list(rosenthal = list(n = a$fsnum, p = a$pval), rosenberg = list(n = g$fsnum, p = g$pval, mean = g$meanes),
       orwin = list(n = o$fsnum, target = target, mean = o$meanes),
       orwin_weighted = list(n = w$fsnum, target = target, mean = w$meanes))
}
regressed <- function(r) list(
  k = r$k, tau2 = r$tau2, se_tau2 = if (r$method == "FE") NA else r$se.tau2, I2 = r$I2, H2 = r$H2, R2 = r$R2,
  QE = r$QE, QEp = r$QEp, QM = r$QM, QMp = r$QMp,
  QM_df = if (r$test == "z") r$QMdf[1] else list(r$QMdf[1], r$QMdf[2]),
  coef = lapply(seq_along(r$se), function(j) list(b = r$beta[j], se = r$se[j], z_or_t = r$zval[j],
    p = r$pval[j], ci_lb = r$ci.lb[j], ci_ub = r$ci.ub[j])))
metareg <- function(yi, vi, mods) {
  out <- list()
  for (m in methods) out[[m]] <- regressed(fit(yi, vi, m, mods = mods))
  out[["REML+HKSJ"]] <- regressed(fit(yi, vi, "REML", "knha", mods = mods))
  out[["DL+adhoc"]] <- regressed(fit(yi, vi, "DL", "adhoc", mods = mods))
  out
}
subgroups <- function(yi, vi, g) {
  f <- factor(g, levels = unique(g)); dummies <- model.matrix(~f)[, -1, drop = FALSE]
  separate <- function(m) {
    each <- lapply(levels(f), function(l) { s <- f == l
      if (sum(s) == 1) rma(yi[s], vi[s], method = m) else fit(yi[s], vi[s], m) })
    q <- rma(sapply(each, function(r) r$beta[1]), sapply(each, function(r) r$se^2), method = "FE")
    list(QM = q$QE, QM_df = length(each) - 1, QMp = q$QEp, groups = lapply(each, function(r)
      c(list(k = r$k), short(r)[c("b", "se", "ci_lb", "ci_ub", "tau2", "I2", "Q")])))
  }
  list(common_tau2 = regressed(fit(yi, vi, "REML", mods = dummies)),
       common_tau2_knha = regressed(fit(yi, vi, "REML", "knha", mods = dummies)),
       fixed = regressed(fit(yi, vi, "FE", mods = dummies)),
       separate_REML = separate("REML"), separate_DL = separate("DL"), separate_FE = separate("FE"))
}
sparse <- function(r) list(k = r$k, k_yi = r$k.yi, b = unname(r$beta[1]), se = r$se, ci_lb = r$ci.lb,
  ci_ub = r$ci.ub, z_or_t = unname(r$zval), p = unname(r$pval), Q = r$QE, Qp = r$QEp, I2 = r$I2, H2 = r$H2)

everything <- function(yi, vi, target)
  c(list(k = length(yi), escalc = Map(function(y, v) list(yi = y, vi = v), as.list(yi), as.list(vi))),
    models(yi, vi), list(tau2_ci_qprofile = qprofile(yi, vi), egger = egger_lm(yi, vi),
    egger_rma = egger_rma(yi, vi), begg = begg(yi, vi), trimfill = trim(yi, vi),
    leave1out = leave1out_(yi, vi), cumulative = cumulative(yi, vi), influence = diagnostics(yi, vi),
    fsn = failsafe(yi, vi, target)))
rows <- function(d) lapply(seq_len(nrow(d)), function(i) as.list(d[i, ]))

normand <- data.frame(yi = c(-20, -2, -55, -71, -4, 1, 11, -10, 7),
  vi = c(40.5863, 2.0468, 15.2809, 150.2222, 20.1923, 1.2235, 95.3756, 8.0321, 20.6936))
ward <- data.frame(ai = c(4, 0, 7, 0, 12, 3, 9), n1 = c(60, 25, 81, 30, 140, 44, 52),
  ci = c(9, 3, 11, 0, 20, 2, 17), n2 = c(58, 26, 79, 31, 137, 41, 55))
course <- data.frame(
  n1 = c(20, 34, 15, 48, 27, 12, 63, 30, 22, 41), m1 = c(3.1, 2.4, 4.0, 3.3, 2.0, 3.9, 2.8, 3.6, 2.2, 3.0),
  sd1 = c(1.9, 2.1, 2.4, 1.8, 1.7, 2.2, 2.0, 2.3, 1.6, 1.9),
  n2 = c(21, 33, 14, 50, 25, 13, 60, 31, 20, 43), m2 = c(4.2, 4.1, 4.3, 3.9, 4.4, 4.1, 3.7, 3.9, 4.0, 4.6),
  sd2 = c(2.0, 2.2, 2.1, 1.9, 2.0, 2.5, 2.1, 2.2, 1.9, 2.0),
  x = c(1994, 2001, 2003, 2005, 2008, 2010, 2012, 2015, 2018, 2021), x2 = c(3, 6, 2, 4, 8, 2, 6, 3, 10, 8),
  g = c("home", "clinic", "home", "home", "clinic", "home", "clinic", "home", "clinic", "clinic"))

e_ward <- escalc("OR", ai = ai, n1i = n1, ci = ci, n2i = n2, data = ward)
e_rr <- escalc("RR", ai = ai, n1i = n1, ci = ci, n2i = n2, data = ward)
e_rd <- escalc("RD", ai = ai, n1i = n1, ci = ci, n2i = n2, data = ward)
e_course <- escalc("SMD", n1i = n1, m1i = m1, sd1i = sd1, n2i = n2, m2i = m2, sd2i = sd2, data = course)
plain <- function(e) list(c(e$yi), c(e$vi))
table_case <- function(id, measure, e) {
  extra <- list(MH = sparse(suppressWarnings(rma.mh(ai = ward$ai, n1i = ward$n1, ci = ward$ci, n2i = ward$n2, measure = measure))))
  if (measure == "OR") extra$PETO <- sparse(suppressWarnings(rma.peto(ai = ward$ai, n1i = ward$n1, ci = ward$ci, n2i = ward$n2)))
  list(id = id, measure = measure, studies = rows(ward), expect = c(everything(c(e$yi), c(e$vi), 0.1), extra))
}
yi <- c(e_course$yi); vi <- c(e_course$vi)
cases <- list(
  list(id = "normand", measure = "GEN", studies = rows(normand), expect = everything(normand$yi, normand$vi, 0.5)),
  table_case("ward_or", "OR", e_ward), table_case("ward_rr", "RR", e_rr), table_case("ward_rd", "RD", e_rd),
  list(id = "course", measure = "SMD", studies = rows(course),
       expect = c(everything(yi, vi, 0.1), list(metareg = metareg(yi, vi, course$x),
         metareg2 = metareg(yi, vi, cbind(course$x, course$x2)), subgroup = subgroups(yi, vi, course$g)))))
cat(js(cases), "\n", sep = "")
