/*
 * Our numbers beside metafor's. The same comparison runs over a small set of our own (data/,
 * with the R script that made it) and over the large one in ../shared/stats where that is there.
 *
 * Tolerances are relative: 1e-8 for closed forms, 1e-6 for what follows from an iterated tau2
 * (metafor's own stopping rule, tightened for the reference, leaves about that much). tau2 and what
 * is proportional to it may also be off by 1e-9 of the mean vi: R prints a tau2 at the boundary as
 * 1e-14 or so instead of 0.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "evidence/statistics/effect.h"
#include "evidence/statistics/heterogeneity.h"
#include "evidence/statistics/influence.h"
#include "evidence/statistics/pool.h"
#include "evidence/statistics/regression.h"
#include "evidence/statistics/small_study.h"
#include "evidence/statistics/sparse.h"
#include "evidence/statistics/subgroup.h"

enum { MAX_STUDIES = 200 };

static const double CLOSED = 1e-8;
static const double ITERATED = 1e-8;

/* ---- comparing ---- */

static struct tally {
    char where[200];
    size_t compared;
    size_t wrong;
    double largest; /* relative difference */
    char largest_at[300];
} tally;

static void differ(const char *key, double got, double want)
{
    tally.wrong++;
    if (tally.wrong <= 20)
        print_message("%s.%s: got %.15g, want %.15g\n", tally.where, key, got, want);
}

/* `slack` is an absolute difference that does not matter; `want` null is "not a number". */
static void compare(const json_t *expected, const char *key, double got, double relative,
                    double slack)
{
    const json_t *value = json_object_get(expected, key);
    if (value == NULL)
        return;
    tally.compared++;
    if (json_is_null(value)) {
        if (isfinite(got))
            differ(key, got, NAN);
        return;
    }
    double want = json_is_boolean(value) ? json_is_true(value) : json_number_value(value);
    double apart = fabs(got - want);
    bool is_nothing = fabs(want) <= 1000 * slack;
    if (!(apart <= fmax(relative * fabs(want), slack))) {
        differ(key, got, want);
    } else if (!is_nothing && apart > tally.largest * fabs(want)) {
        tally.largest = apart / fabs(want);
        snprintf(tally.largest_at, sizeof tally.largest_at, "%.180s.%.80s", tally.where, key);
    }
}

/* ---- reading a case ---- */

struct a_case {
    const char *id;
    enum measure measure;
    size_t listed;                      /* studies in the file */
    struct effect all[MAX_STUDIES];     /* of each of them */
    struct effect effects[MAX_STUDIES]; /* the usable ones, `k` */
    size_t from[MAX_STUDIES];           /* their places in the list */
    size_t k;
    struct table tables[MAX_STUDIES];
    bool has_tables;
    struct correction correction;
    double slack; /* of tau2 */
    double scale; /* of yi */
    const json_t *studies;
    const json_t *expect;
};

static double number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static struct arm arm_read(const json_t *study, const char *n, const char *mean, const char *sd)
{
    return (struct arm){number(study, n), number(study, mean), number(study, sd)};
}

static void case_effects(struct a_case *c)
{
    for (size_t i = 0; i < c->listed; i++) {
        const json_t *study = json_array_get(c->studies, i);
        c->tables[i] = (struct table){number(study, "ai"), number(study, "n1"), number(study, "ci"),
                                      number(study, "n2")};
        if (json_object_get(study, "yi") != NULL)
            c->all[i] = (struct effect){number(study, "yi"), number(study, "vi")};
        else if (!c->has_tables)
            c->all[i] = effect_of_means(c->measure, arm_read(study, "n1", "m1", "sd1"),
                                        arm_read(study, "n2", "m2", "sd2"));
    }
    if (c->has_tables)
        effects_of_tables(c->measure, c->tables, c->listed, &c->correction, c->all);
}

static void case_usable(struct a_case *c)
{
    double vi = 0;
    for (size_t i = 0; i < c->listed; i++) {
        if (!effect_usable(c->all[i]))
            continue;
        c->effects[c->k] = c->all[i];
        c->from[c->k++] = i;
        vi += c->all[i].vi;
        c->scale = fmax(c->scale, fabs(c->all[i].yi));
    }
    c->slack = 1e-9 * vi / (double)c->k;
}

static void case_read(const json_t *json, struct a_case *c)
{
    memset(c, 0, sizeof *c);
    c->id = json_string_value(json_object_get(json, "id"));
    assert_true(
        measure_from_name(json_string_value(json_object_get(json, "measure")), &c->measure));
    c->correction = correction_default;
    if (json_is_number(json_object_get(json, "add")))
        c->correction.add = number(json, "add");
    const char *to = json_string_value(json_object_get(json, "to"));
    if (to != NULL)
        assert_true(correct_to_from_name(to, &c->correction.to));
    c->correction.drop00 = json_is_true(json_object_get(json, "drop00"));
    c->studies = json_object_get(json, "studies");
    c->expect = json_object_get(json, "expect");
    c->listed = json_array_size(c->studies);
    assert_true(c->listed <= MAX_STUDIES);
    c->has_tables = json_object_get(json_array_get(c->studies, 0), "ai") != NULL;
    case_effects(c);
    case_usable(c);
}

/* ---- sections of a case ---- */

static void at(const struct a_case *c, const char *section)
{
    snprintf(tally.where, sizeof tally.where, "%s.%s", c->id, section);
}

static void check_escalc(const struct a_case *c)
{
    const json_t *list = json_object_get(c->expect, "escalc");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *expected = json_array_get(list, i);
        char place[40];
        snprintf(place, sizeof place, "escalc[%zu]", i);
        at(c, place);
        compare(expected, "yi", c->all[i].yi, CLOSED, 1e-15 * c->scale);
        compare(expected, "vi", c->all[i].vi, CLOSED, 0);
    }
    at(c, "expect");
    compare(c->expect, "k", (double)c->k, 0, 0);
}

static void compare_pooled(const struct a_case *c, const json_t *expected, const struct pooled *p,
                           double relative)
{
    double scale = 1e-14 * c->scale;
    double share = 100 * 1e-9;
    compare(expected, "b", p->b, relative, scale);
    compare(expected, "se", p->se, relative, 0);
    compare(expected, "ci_lb", p->ci_lb, relative, scale + relative * p->se);
    compare(expected, "ci_ub", p->ci_ub, relative, scale + relative * p->se);
    compare(expected, "z_or_t", p->stat, relative, relative);
    compare(expected, "df", p->df, 0, 0);
    /* A p deep in the tail multiplies the relative error of its statistic. */
    compare(expected, "p", p->p, relative * fmax(1, p->stat * p->stat), 0);
    compare(expected, "tau2", p->tau2, relative, c->slack);
    compare(expected, "se_tau2", p->se_tau2, relative, 0);
    compare(expected, "I2", p->i2, relative, share);
    compare(expected, "H2", p->h2, relative, 1e-9);
    compare(expected, "Q", p->q, CLOSED, 1e-13);
    compare(expected, "Qp", p->qp, CLOSED, 0);
    compare(expected, "pi_lb", p->pi_lb, relative, scale + relative * p->se);
    compare(expected, "pi_ub", p->pi_ub, relative, scale + relative * p->se);
    compare(expected, "s2w", p->s2w, relative, 1e-12);
}

static void compare_predictions(const struct a_case *c, const json_t *expected,
                                const struct pooled *p, double relative)
{
    double scale = 1e-14 * c->scale + relative * p->se;
    double k = (double)p->k, lb = NAN, ub = NAN;
    if (p->k >= 2)
        pool_prediction(p, k - 1, 0.95, &lb, &ub);
    compare(expected, "pi_km1_lb", lb, relative, scale);
    compare(expected, "pi_km1_ub", ub, relative, scale);
    lb = ub = NAN;
    if (p->k >= 3)
        pool_prediction(p, fmax(1, k - 2), 0.95, &lb, &ub);
    compare(expected, "pi_km2_lb", lb, relative, scale);
    compare(expected, "pi_km2_ub", ub, relative, scale);
}

static bool is_iterated(enum pool_method method)
{
    return method == POOL_REML || method == POOL_ML || method == POOL_PM || method == POOL_EB;
}

static void check_models(const struct a_case *c)
{
    static const char *const suffixes[POOL_TEST_COUNT] = {"", "+HKSJ", "+adhoc"};
    for (int m = 0; m < POOL_METHOD_COUNT; m++) {
        for (int t = 0; t < POOL_TEST_COUNT; t++) {
            struct pool_options options = {(enum pool_method)m, (enum pool_test)t, 0.95};
            char key[20];
            snprintf(key, sizeof key, "%s%s", pool_method_name(options.method), suffixes[t]);
            const json_t *expected = json_object_get(c->expect, key);
            if (expected == NULL)
                continue;
            at(c, key);
            struct pooled pooled;
            struct error err = {0};
            if (!pool_fit(c->effects, c->k, &options, &pooled, &err))
                fail_msg("%s: %s", tally.where, err.message);
            double relative = is_iterated(options.method) ? ITERATED : CLOSED;
            compare_pooled(c, expected, &pooled, relative);
            if (options.method != POOL_FE)
                compare_predictions(c, expected, &pooled, relative);
        }
    }
}

static void check_q_profile(const struct a_case *c)
{
    const json_t *expected = json_object_get(c->expect, "tau2_ci_qprofile");
    if (expected == NULL)
        return;
    at(c, "tau2_ci_qprofile");
    struct tau2_interval in;
    struct error err = {0};
    assert_true(tau2_q_profile(c->effects, c->k, 0.95, &in, &err));
    compare(expected, "lb", in.lb, ITERATED, c->slack);
    compare(expected, "ub", in.ub, ITERATED, c->slack);
    compare(expected, "null_set", in.null_set, 0, 0);
    compare(expected, "I2_lb", in.i2_lb, ITERATED, 1e-7);
    compare(expected, "I2_ub", in.i2_ub, ITERATED, 1e-7);
    compare(expected, "H2_lb", in.h2_lb, ITERATED, 1e-9);
    compare(expected, "H2_ub", in.h2_ub, ITERATED, 1e-9);
}

/* metafor refused: whatever we say, there is nothing to compare. */
static bool refused(const json_t *expected)
{
    return expected == NULL || json_object_get(expected, "error") != NULL;
}

static void must(bool done, const struct error *err)
{
    if (!done)
        fail_msg("%s: %s", tally.where, err->message);
}

static void check_sparse(const struct a_case *c)
{
    static const char *const keys[] = {"MH", "PETO"};
    for (size_t i = 0; i < 2; i++) {
        const json_t *expected = json_object_get(c->expect, keys[i]);
        if (refused(expected))
            continue;
        at(c, keys[i]);
        struct sparse s;
        struct error err = {0};
        /* Where metafor answers with nothing we say why. */
        if (json_is_null(json_object_get(expected, "b"))) {
            assert_false(mantel_haenszel(c->measure, c->tables, c->listed, 0.95, &s, &err));
            assert_int_equal(err.kind, ERROR_INVALID);
            continue;
        }
        must(i == 0 ? mantel_haenszel(c->measure, c->tables, c->listed, 0.95, &s, &err)
                    : peto(c->tables, c->listed, 0.95, &s, &err),
             &err);
        compare(expected, "k", (double)s.k, 0, 0);
        compare(expected, "k_yi", (double)s.k_yi, 0, 0);
        compare(expected, "b", s.b, CLOSED, 1e-15);
        compare(expected, "se", s.se, CLOSED, 0);
        compare(expected, "ci_lb", s.ci_lb, CLOSED, 1e-15);
        compare(expected, "ci_ub", s.ci_ub, CLOSED, 1e-15);
        compare(expected, "z_or_t", s.stat, CLOSED, 1e-13);
        compare(expected, "p", s.p, CLOSED, 0);
        compare(expected, "Q", s.q, CLOSED, 1e-13);
        compare(expected, "Qp", s.qp, CLOSED, 0);
        compare(expected, "I2", s.i2, CLOSED, 1e-12);
        compare(expected, "H2", s.h2, CLOSED, 1e-13);
    }
}

static void compare_egger(const struct a_case *c, const json_t *expected, const struct egger *e,
                          double relative)
{
    double slack = relative * 1e-3 * c->scale;
    compare(expected, "z_or_t", e->z_or_t, relative, relative);
    compare(expected, "df", e->df, 0, 0);
    compare(expected, "p", e->p, relative * fmax(1, e->z_or_t * e->z_or_t), 0);
    compare(expected, "slope_sei", e->slope_sei, relative, relative * e->slope_sei_se);
    compare(expected, "slope_sei_se", e->slope_sei_se, relative, 0);
    compare(expected, "intercept", e->intercept, relative, slack);
    compare(expected, "intercept_ci_lb", e->intercept_ci_lb, relative, slack);
    compare(expected, "intercept_ci_ub", e->intercept_ci_ub, relative, slack);
    compare(expected, "tau2", e->tau2, relative, c->slack);
}

static void check_asymmetry(const struct a_case *c)
{
    struct error err = {0};
    const json_t *expected = json_object_get(c->expect, "egger");
    struct egger egger;
    if (!refused(expected)) {
        at(c, "egger");
        must(egger_lm(c->effects, c->k, 0.95, &egger, &err), &err);
        compare_egger(c, expected, &egger, CLOSED);
    }
    expected = json_object_get(c->expect, "egger_rma");
    if (!refused(expected)) {
        at(c, "egger_rma");
        must(egger_rma(c->effects, c->k, &pool_default, &egger, &err), &err);
        compare_egger(c, expected, &egger, ITERATED);
    }
    expected = json_object_get(c->expect, "begg");
    if (!refused(expected)) {
        at(c, "begg");
        struct begg begg;
        must(begg_test(c->effects, c->k, &begg, &err), &err);
        compare(expected, "tau", begg.tau, CLOSED, 1e-15);
        compare(expected, "p", begg.p, CLOSED, 0);
        compare(expected, "p_normal_approx", begg.p_normal_approx, CLOSED, 0);
    }
}

static void check_trimfill(const struct a_case *c)
{
    static const char *const keys[] = {"L0", "R0", "L0_FE", "R0_FE"};
    const json_t *all = json_object_get(c->expect, "trimfill");
    for (size_t i = 0; i < 4 && !refused(all); i++) {
        const json_t *expected = json_object_get(all, keys[i]);
        if (refused(expected))
            continue;
        char place[40];
        snprintf(place, sizeof place, "trimfill.%s", keys[i]);
        at(c, place);
        struct pool_options options = {i < 2 ? POOL_REML : POOL_FE, POOL_Z, 0.95};
        struct trimfill t;
        struct error err = {0};
        must(trim_and_fill(c->effects, c->k, &options, i % 2 == 0 ? TRIMFILL_L0 : TRIMFILL_R0, &t,
                           &err),
             &err);
        bool right = strcmp(json_string_value(json_object_get(expected, "side")), "right") == 0;
        assert_int_equal(t.right, right);
        compare(expected, "k0", (double)t.k0, 0, 0);
        compare(expected, "se_k0", t.se_k0, CLOSED, 0);
        compare(expected, "p_k0", t.p_k0, CLOSED, 0);
        compare_pooled(c, expected, &t.pooled, ITERATED);
    }
}

static void check_influence(const struct a_case *c)
{
    static struct effect scratch[MAX_STUDIES];
    static struct pooled pooled[MAX_STUDIES];
    static const char *const keys[] = {"leave1out", "cumulative"};
    for (size_t i = 0; i < 2; i++) {
        const json_t *list = json_object_get(c->expect, keys[i]);
        if (refused(list) || !json_is_array(list))
            continue;
        struct error err = {0};
        assert_int_equal(json_array_size(list), c->k);
        must(i == 0 ? leave_one_out(c->effects, c->k, &pool_default, scratch, pooled, &err)
                    : pool_cumulative(c->effects, c->k, &pool_default, pooled, &err),
             &err);
        for (size_t j = 0; j < c->k; j++) {
            char place[40];
            snprintf(place, sizeof place, "%s[%zu]", keys[i], j);
            at(c, place);
            /* Fisher scoring gave up on one of these; with stepadj = 0.5 R agrees with us. */
            if (!json_is_null(json_object_get(json_array_get(list, j), "b")))
                compare_pooled(c, json_array_get(list, j), &pooled[j], ITERATED);
        }
    }
}

static void check_diagnostics(const struct a_case *c)
{
    static struct effect scratch[MAX_STUDIES];
    static struct influence in[MAX_STUDIES];
    const json_t *list = json_object_get(c->expect, "influence");
    if (list == NULL)
        return;
    struct error err = {0};
    must(pool_influence(c->effects, c->k, &pool_default, scratch, in, &err), &err);
    for (size_t j = 0; j < c->k; j++) {
        const json_t *expected = json_array_get(list, j);
        char place[40];
        snprintf(place, sizeof place, "influence[%zu]", j);
        at(c, place);
        compare(expected, "rstudent", in[j].rstudent, ITERATED, 0);
        compare(expected, "dffits", in[j].dffits, ITERATED, 1e-12);
        compare(expected, "cook_d", in[j].cook_d, ITERATED, 1e-12);
        compare(expected, "cov_r", in[j].cov_r, ITERATED, 0);
        compare(expected, "tau2_del", in[j].tau2_del, ITERATED, c->slack);
        compare(expected, "Q_del", in[j].q_del, CLOSED, 1e-13);
        compare(expected, "hat", in[j].hat, ITERATED, 0);
        compare(expected, "dfbs", in[j].dfbs, ITERATED, 1e-12);
        compare(expected, "influential", in[j].influential, 0, 0);
    }
}

static void compare_fsn(const struct a_case *c, const char *key, struct fail_safe got)
{
    const json_t *expected = json_object_get(json_object_get(c->expect, "fsn"), key);
    if (refused(expected))
        return;
    at(c, key);
    compare(expected, "n", got.n, 0, 0);
    compare(expected, "p", got.p, CLOSED, 0);
    compare(expected, "mean", got.mean, CLOSED, 1e-14 * c->scale);
    /* The file has it as it was asked for, not with the sign that it was used with. */
    compare(expected, "target", fabs(got.target), CLOSED, 0);
}

static void check_fail_safe(const struct a_case *c)
{
    const json_t *fsn = json_object_get(c->expect, "fsn");
    if (fsn == NULL)
        return;
    compare_fsn(c, "rosenthal", fail_safe_rosenthal(c->effects, c->k, 0.05));
    compare_fsn(c, "rosenberg", fail_safe_rosenberg(c->effects, c->k, 0.05));
    compare_fsn(
        c, "orwin",
        fail_safe_orwin(c->effects, c->k, number(json_object_get(fsn, "orwin"), "target"), false));
    compare_fsn(c, "orwin_weighted",
                fail_safe_orwin(c->effects, c->k,
                                number(json_object_get(fsn, "orwin_weighted"), "target"), true));
}

static void compare_regression(const struct a_case *c, const json_t *expected,
                               const struct regression *r, double relative)
{
    compare(expected, "k", (double)r->k, 0, 0);
    compare(expected, "tau2", r->tau2, relative, c->slack);
    compare(expected, "se_tau2", r->se_tau2, relative, 0);
    compare(expected, "I2", r->i2, relative, 1e-7);
    compare(expected, "H2", r->h2, relative, 1e-9);
    compare(expected, "R2", r->r2, relative, 1e-7);
    compare(expected, "QE", r->qe, CLOSED, 1e-11);
    compare(expected, "QEp", r->qep, CLOSED, 0);
    compare(expected, "QM", r->qm, relative, relative);
    compare(expected, "QMp", r->qmp, relative * fmax(1, r->qm), 0);
    const json_t *df = json_object_get(expected, "QM_df");
    if (json_is_array(df)) {
        assert_int_equal((int)json_number_value(json_array_get(df, 0)), (int)r->qm_df);
        assert_int_equal((int)json_number_value(json_array_get(df, 1)), (int)r->qm_df2);
    } else {
        compare(expected, "QM_df", r->qm_df, 0, 0);
    }
    const json_t *coefs = json_object_get(expected, "coef");
    assert_int_equal(json_array_size(coefs), r->terms);
    for (size_t j = 0; j < r->terms; j++) {
        const json_t *coef = json_array_get(coefs, j);
        const struct coefficient *got = &r->coef[j];
        compare(coef, "b", got->b, relative, relative * got->se);
        compare(coef, "se", got->se, relative, 0);
        compare(coef, "z_or_t", got->stat, relative, relative);
        compare(coef, "p", got->p, relative * fmax(1, got->stat * got->stat), 0);
        compare(coef, "ci_lb", got->ci_lb, relative, relative * got->se);
        compare(coef, "ci_ub", got->ci_ub, relative, relative * got->se);
    }
}

/* Effects with a number `x`, rows of `columns` moderators. */
static size_t with_moderator(const struct a_case *c, const char *const *names, size_t columns,
                             struct effect *effects, double *x)
{
    size_t k = 0;
    for (size_t i = 0; i < c->k; i++) {
        const json_t *study = json_array_get(c->studies, c->from[i]);
        bool complete = true;
        for (size_t j = 0; j < columns; j++) {
            x[k * columns + j] = number(study, names[j]);
            complete = complete && isfinite(x[k * columns + j]);
        }
        if (complete)
            effects[k++] = c->effects[i];
    }
    return k;
}

static void check_regression_section(const struct a_case *c, const char *section,
                                     const char *const *names, size_t columns)
{
    static const struct {
        const char *key;
        struct pool_options options;
    } models[] = {
        {"FE", {POOL_FE, POOL_Z, 0.95}},           {"DL", {POOL_DL, POOL_Z, 0.95}},
        {"REML", {POOL_REML, POOL_Z, 0.95}},       {"REML+HKSJ", {POOL_REML, POOL_KNHA, 0.95}},
        {"ML", {POOL_ML, POOL_Z, 0.95}},           {"HE", {POOL_HE, POOL_Z, 0.95}},
        {"HS", {POOL_HS, POOL_Z, 0.95}},           {"SJ", {POOL_SJ, POOL_Z, 0.95}},
        {"PM", {POOL_PM, POOL_Z, 0.95}},           {"EB", {POOL_EB, POOL_Z, 0.95}},
        {"DL+adhoc", {POOL_DL, POOL_ADHOC, 0.95}},
    };
    static struct effect effects[MAX_STUDIES];
    static double x[MAX_STUDIES * 4];
    size_t k = with_moderator(c, names, columns, effects, x);
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        const json_t *expected =
            json_object_get(json_object_get(c->expect, section), models[i].key);
        if (refused(expected))
            continue;
        char place[60];
        snprintf(place, sizeof place, "%s.%s", section, models[i].key);
        at(c, place);
        struct regression fit;
        struct error err = {0};
        must(regression_fit(effects, x, k, columns, &models[i].options, &fit, &err), &err);
        compare_regression(c, expected, &fit, ITERATED);
    }
}

static void check_regression(const struct a_case *c)
{
    static const char *const names[] = {"x", "x2"};
    check_regression_section(c, "metareg", names, 1);
    check_regression_section(c, "metareg2", names, 2);
}

/* Numbers the groups in the order in which they are seen. */
static size_t groups_of(const struct a_case *c, size_t *group)
{
    const char *seen[MAX_STUDIES];
    size_t groups = 0;
    for (size_t i = 0; i < c->k; i++) {
        const char *name =
            json_string_value(json_object_get(json_array_get(c->studies, c->from[i]), "g"));
        size_t g = 0;
        while (g < groups && strcmp(seen[g], name) != 0)
            g++;
        if (g == groups)
            seen[groups++] = name;
        group[i] = g;
    }
    return groups;
}

static void check_separate(const struct a_case *c, const json_t *expected, const size_t *group,
                           size_t groups, enum pool_method method)
{
    if (refused(expected))
        return;
    struct pool_options options = {method, POOL_Z, 0.95};
    struct pooled each[SUBGROUPS_MAX];
    struct between between;
    struct error err = {0};
    must(subgroups_separate(c->effects, group, c->k, groups, &options, each, &between, &err), &err);
    compare(expected, "QM", between.qm, ITERATED, ITERATED);
    compare(expected, "QM_df", between.qm_df, 0, 0);
    compare(expected, "QMp", between.qmp, ITERATED * fmax(1, between.qm), 0);
    const json_t *list = json_object_get(expected, "groups");
    for (size_t g = 0; g < groups; g++) {
        compare(json_array_get(list, g), "k", (double)each[g].k, 0, 0);
        compare_pooled(c, json_array_get(list, g), &each[g], ITERATED);
    }
}

static void check_subgroups(const struct a_case *c)
{
    static const struct {
        const char *key;
        struct pool_options options;
    } models[] = {
        {"common_tau2", {POOL_REML, POOL_Z, 0.95}},
        {"common_tau2_knha", {POOL_REML, POOL_KNHA, 0.95}},
        {"fixed", {POOL_FE, POOL_Z, 0.95}},
    };
    const json_t *section = json_object_get(c->expect, "subgroup");
    if (section == NULL)
        return;
    size_t group[MAX_STUDIES];
    size_t groups = groups_of(c, group);
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        const json_t *expected = json_object_get(section, models[i].key);
        if (refused(expected))
            continue;
        at(c, models[i].key);
        struct regression fit;
        struct error err = {0};
        must(subgroups_common(c->effects, group, c->k, groups, &models[i].options, &fit, &err),
             &err);
        compare_regression(c, expected, &fit, ITERATED);
    }
    at(c, "separate");
    check_separate(c, json_object_get(section, "separate_REML"), group, groups, POOL_REML);
    check_separate(c, json_object_get(section, "separate_DL"), group, groups, POOL_DL);
    check_separate(c, json_object_get(section, "separate_FE"), group, groups, POOL_FE);
}

/* ---- the bulk: one line a comparison ---- */

enum { FIELDS = 20 };

/* Splits a CSV line in place; quotes are taken off, doubled quotes do not occur. */
static size_t split(char *line, char **fields)
{
    size_t count = 0;
    bool quoted = false;
    char *to = line;
    fields[count++] = to;
    for (const char *from = line; *from != '\0' && *from != '\n'; from++) {
        if (*from == '"') {
            quoted = !quoted;
        } else if (*from == ',' && !quoted && count < FIELDS) {
            *to++ = '\0';
            fields[count++] = to;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return count;
}

static double field(const char *text)
{
    char *end;
    double value = strtod(text, &end);
    return end == text ? NAN : value;
}

struct comparison {
    char id[60];
    struct effect effects[MAX_STUDIES];
    size_t k;
};

/* The rows of one comparison stand together; `line` holds the first and then the next one's. */
static bool comparison_read(FILE *rows, char *line, size_t size, enum measure measure,
                            struct comparison *c)
{
    char *fields[FIELDS];
    c->k = 0;
    if (line[0] == '\0')
        return false;
    do {
        char copy[1000];
        snprintf(copy, sizeof copy, "%s", line);
        if (split(copy, fields) < 10 || (c->k > 0 && strcmp(fields[0], c->id) != 0))
            return true;
        snprintf(c->id, sizeof c->id, "%s", fields[0]);
        double n1 = field(fields[2]), n2 = field(fields[5]);
        struct effect effect;
        if (fields[8][0] != '\0')
            effect =
                effect_of_table(measure, (struct table){field(fields[8]), n1, field(fields[9]), n2},
                                &correction_default);
        else
            effect = effect_of_means(measure, (struct arm){n1, field(fields[3]), field(fields[4])},
                                     (struct arm){n2, field(fields[6]), field(fields[7])});
        assert_true(c->k < MAX_STUDIES);
        c->effects[c->k++] = effect;
    } while (fgets(line, (int)size, rows) != NULL);
    line[0] = '\0';
    return true;
}

/* The expected line as an object, so that it is compared like a case. */
static json_t *expected_of(char **names, char **fields, size_t count)
{
    json_t *object = json_object();
    for (size_t i = 2; i < count; i++) {
        double value = field(fields[i]);
        json_object_set_new(object, names[i], isfinite(value) ? json_real(value) : json_null());
    }
    return object;
}

static void compare_comparison(const struct comparison *c, const json_t *expected)
{
    struct a_case as_case = {.id = c->id, .k = c->k};
    for (size_t i = 0; i < c->k; i++) {
        as_case.scale = fmax(as_case.scale, fabs(c->effects[i].yi));
        as_case.slack += 1e-9 * c->effects[i].vi / (double)c->k;
    }
    snprintf(tally.where, sizeof tally.where, "%s", c->id);
    struct pooled z, knha, dl;
    struct error err = {0};
    struct pool_options hartung = {POOL_REML, POOL_KNHA, 0.95}, moments = {POOL_DL, POOL_Z, 0.95};
    if (!pool_fit(c->effects, c->k, &pool_default, &z, &err) ||
        !pool_fit(c->effects, c->k, &hartung, &knha, &err) ||
        !pool_fit(c->effects, c->k, &moments, &dl, &err))
        fail_msg("%s: %s", c->id, err.message);
    compare_pooled(&as_case, expected, &z, ITERATED);
    compare(expected, "hksj_se", knha.se, ITERATED, 0);
    compare(expected, "hksj_ci_lb", knha.ci_lb, ITERATED, ITERATED * knha.se);
    compare(expected, "hksj_ci_ub", knha.ci_ub, ITERATED, ITERATED * knha.se);
    compare(expected, "dl_tau2", dl.tau2, CLOSED, as_case.slack);
    compare(expected, "dl_b", dl.b, CLOSED, 1e-14 * as_case.scale);
}

static FILE *opened_after_head(const char *path, char *line, size_t size)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        print_message("%s is not here\n", path);
        skip();
    }
    assert_non_null(fgets(line, (int)size, file));
    return file;
}

/* Fisher scoring with metafor's defaults does not converge on three of them. */
static void all_548_cochrane_comparisons_are_metafors(void **state)
{
    (void)state;
    char row[1000], head[1000], line[1000];
    FILE *rows = opened_after_head("../shared/stats/bulk.csv", row, sizeof row);
    FILE *expected = opened_after_head("../shared/stats/bulk_expected.csv", head, sizeof head);
    char *names[FIELDS], *fields[FIELDS];
    split(head, names);
    memset(&tally, 0, sizeof tally);
    assert_non_null(fgets(row, sizeof row, rows));
    size_t comparisons = 0;
    while (fgets(line, sizeof line, expected) != NULL) {
        static struct comparison c;
        size_t count = split(line, fields);
        enum measure measure = MEASURE_GEN;
        assert_true(count > 17 && measure_from_name(fields[1], &measure));
        assert_true(comparison_read(rows, row, sizeof row, measure, &c));
        assert_string_equal(c.id, fields[0]);
        json_t *object = expected_of(names, fields, count);
        compare_comparison(&c, object);
        json_decref(object);
        comparisons++;
    }
    fclose(rows);
    fclose(expected);
    print_message(
        "%zu comparisons, %zu numbers, %zu differ, largest relative difference %.2g (%s)\n",
        comparisons, tally.compared, tally.wrong, tally.largest, tally.largest_at);
    assert_int_equal(comparisons, 548);
    assert_int_equal(tally.wrong, 0);
}

/* ---- the runs ---- */

typedef void check_fn(const struct a_case *);

static void run_over(const char *path, check_fn *check)
{
    json_error_t error;
    json_t *cases = json_load_file(path, 0, &error);
    if (cases == NULL) {
        print_message("%s is not here\n", path);
        skip();
    }
    memset(&tally, 0, sizeof tally);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        static struct a_case c;
        case_read(json_array_get(cases, i), &c);
        check(&c);
    }
    print_message("%zu numbers, %zu differ, largest relative difference %.2g (%s)\n",
                  tally.compared, tally.wrong, tally.largest, tally.largest_at);
    json_decref(cases);
    assert_true(tally.compared > 0);
    assert_int_equal(tally.wrong, 0);
}

#define OWN    "tests/evidence/statistics/data/reference.json"
#define SHARED "../shared/stats/cases.json"

#define BOTH(check, own_name, shared_name)                                                         \
    static void own_name(void **state)                                                             \
    {                                                                                              \
        (void)state;                                                                               \
        run_over(OWN, check);                                                                      \
    }                                                                                              \
    static void shared_name(void **state)                                                          \
    {                                                                                              \
        (void)state;                                                                               \
        run_over(SHARED, check);                                                                   \
    }

BOTH(check_escalc, effect_sizes_are_metafors, effect_sizes_are_metafors_on_the_large_set)
BOTH(check_models, pooled_results_are_metafors, pooled_results_are_metafors_on_the_large_set)
BOTH(check_q_profile, tau2_intervals_are_metafors, tau2_intervals_are_metafors_on_the_large_set)
BOTH(check_sparse, sparse_tables_are_metafors, sparse_tables_are_metafors_on_the_large_set)
BOTH(check_asymmetry, asymmetry_tests_are_metafors, asymmetry_tests_are_metafors_on_the_large_set)
BOTH(check_trimfill, trim_and_fill_is_metafors, trim_and_fill_is_metafors_on_the_large_set)
BOTH(check_influence, leaving_out_and_adding_up_are_metafors,
     leaving_out_and_adding_up_are_metafors_on_the_large_set)
BOTH(check_fail_safe, fail_safe_numbers_are_metafors,
     fail_safe_numbers_are_metafors_on_the_large_set)
BOTH(check_regression, moderators_are_metafors, moderators_are_metafors_on_the_large_set)
BOTH(check_subgroups, subgroups_are_metafors, subgroups_are_metafors_on_the_large_set)

/* The large set has no diagnostics. */
static void influence_diagnostics_are_metafors(void **state)
{
    (void)state;
    run_over(OWN, check_diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effect_sizes_are_metafors),
        cmocka_unit_test(effect_sizes_are_metafors_on_the_large_set),
        cmocka_unit_test(pooled_results_are_metafors),
        cmocka_unit_test(pooled_results_are_metafors_on_the_large_set),
        cmocka_unit_test(tau2_intervals_are_metafors),
        cmocka_unit_test(tau2_intervals_are_metafors_on_the_large_set),
        cmocka_unit_test(sparse_tables_are_metafors),
        cmocka_unit_test(sparse_tables_are_metafors_on_the_large_set),
        cmocka_unit_test(asymmetry_tests_are_metafors),
        cmocka_unit_test(asymmetry_tests_are_metafors_on_the_large_set),
        cmocka_unit_test(trim_and_fill_is_metafors),
        cmocka_unit_test(trim_and_fill_is_metafors_on_the_large_set),
        cmocka_unit_test(leaving_out_and_adding_up_are_metafors),
        cmocka_unit_test(leaving_out_and_adding_up_are_metafors_on_the_large_set),
        cmocka_unit_test(influence_diagnostics_are_metafors),
        cmocka_unit_test(fail_safe_numbers_are_metafors),
        cmocka_unit_test(fail_safe_numbers_are_metafors_on_the_large_set),
        cmocka_unit_test(moderators_are_metafors),
        cmocka_unit_test(moderators_are_metafors_on_the_large_set),
        cmocka_unit_test(subgroups_are_metafors),
        cmocka_unit_test(subgroups_are_metafors_on_the_large_set),
        cmocka_unit_test(all_548_cochrane_comparisons_are_metafors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
