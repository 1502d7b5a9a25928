#include "service/command/pool_json.h"

#include <math.h>

#include "evidence/statistics/influence.h"
#include "evidence/statistics/small_study.h"
#include "evidence/statistics/sparse.h"

static void put_fit(struct json_writer *w, const struct pooled *p)
{
    json_field_real(w, "b", p->b);
    json_field_real(w, "se", p->se);
    json_field_real(w, "ci_lb", p->ci_lb);
    json_field_real(w, "ci_ub", p->ci_ub);
    json_field_real(w, "stat", p->stat);
    json_field_real(w, "p", p->p);
    json_field_real(w, "tau2", p->tau2);
    json_field_real(w, "I2", p->i2);
    json_field_real(w, "H2", p->h2);
    json_field_real(w, "Q", p->q);
    json_field_real(w, "Qp", p->qp);
}

static void put_head(struct json_writer *w, const struct pool_answer *a)
{
    const struct pool_analysis *in = a->analysis;
    const struct tau2_interval *t = &a->tau2_interval;
    if (in->id != NULL)
        json_field_text(w, "id", in->id);
    json_field_text(w, "measure", measure_name(in->measure));
    json_field_text(w, "method", pool_method_name(in->options.method));
    json_field_text(w, "test", pool_test_name(in->options.test));
    json_field_real(w, "level", in->options.level);
    json_field_count(w, "k", (long long)a->k);
    put_fit(w, &a->pooled);
    json_field_real(w, "df", a->pooled.df);
    json_field_real(w, "s2w", a->pooled.s2w);
    json_field_real(w, "se_tau2", a->pooled.se_tau2);
    json_field_real(w, "pi_lb", a->pooled.pi_lb);
    json_field_real(w, "pi_ub", a->pooled.pi_ub);
    json_field_real(w, "pi_df", a->pooled.pi_df);
    json_field_real(w, "tau2_lb", t->lb);
    json_field_real(w, "tau2_ub", t->ub);
    json_field_real(w, "I2_lb", t->i2_lb);
    json_field_real(w, "I2_ub", t->i2_ub);
    json_field_real(w, "H2_lb", t->h2_lb);
    json_field_real(w, "H2_ub", t->h2_ub);
    json_field_truth(w, "tau2_null_set", t->null_set);
}

static void put_studies(struct json_writer *w, const struct pool_answer *a)
{
    json_field_array(w, "studies");
    for (size_t i = 0; i < a->analysis->count; i++) {
        json_begin_object(w);
        json_field_text(w, "label", a->analysis->studies[i].label);
        json_field_real(w, "yi", a->all[i].yi);
        json_field_real(w, "vi", a->all[i].vi);
        json_field_real(w, "weight", a->weights[i]);
        json_end_object(w);
    }
    json_end_array(w);
}

static void put_nothing(struct json_writer *w, const char *key)
{
    json_put_key(w, key);
    json_put_nothing(w);
}

static void put_egger(struct json_writer *w, const char *key, bool done, const struct egger *e)
{
    if (!done) {
        put_nothing(w, key);
        return;
    }
    json_field_object(w, key);
    json_field_real(w, "stat", e->z_or_t);
    json_field_real(w, "df", e->df);
    json_field_real(w, "p", e->p);
    json_field_real(w, "slope_sei", e->slope_sei);
    json_field_real(w, "slope_sei_se", e->slope_sei_se);
    json_field_real(w, "intercept", e->intercept);
    json_field_real(w, "intercept_ci_lb", e->intercept_ci_lb);
    json_field_real(w, "intercept_ci_ub", e->intercept_ci_ub);
    json_field_real(w, "tau2", e->tau2);
    json_end_object(w);
}

static void put_begg(struct json_writer *w, const struct pool_answer *a)
{
    struct begg begg;
    struct error none = {0};
    if (!begg_test(a->effects, a->k, &begg, &none)) {
        put_nothing(w, "begg");
        return;
    }
    json_field_object(w, "begg");
    json_field_real(w, "tau", begg.tau);
    json_field_real(w, "p", begg.p);
    json_field_real(w, "p_normal_approx", begg.p_normal_approx);
    json_end_object(w);
}

static void put_trimfill(struct json_writer *w, const struct pool_answer *a, const char *key,
                         enum trimfill_estimator estimator)
{
    struct trimfill t;
    struct error none = {0};
    if (!trim_and_fill(a->effects, a->k, &a->analysis->options, estimator, &t, &none)) {
        put_nothing(w, key);
        return;
    }
    json_field_object(w, key);
    json_field_count(w, "k0", (long long)t.k0);
    json_field_real(w, "se_k0", t.se_k0);
    json_field_real(w, "p_k0", t.p_k0);
    json_field_text(w, "side", t.right ? "right" : "left");
    put_fit(w, &t.pooled);
    json_end_object(w);
}

static void put_asymmetry(struct json_writer *w, const struct pool_answer *a)
{
    struct egger egger = {0};
    struct error none = {0};
    const struct pool_options *options = &a->analysis->options;
    bool done = egger_lm(a->effects, a->k, options->level, &egger, &none);
    put_egger(w, "egger", done, &egger);
    none = (struct error){0};
    done = egger_rma(a->effects, a->k, options, &egger, &none);
    put_egger(w, "egger_rma", done, &egger);
    put_begg(w, a);
    json_field_object(w, "trimfill");
    put_trimfill(w, a, "L0", TRIMFILL_L0);
    put_trimfill(w, a, "R0", TRIMFILL_R0);
    json_end_object(w);
}

static void put_refits(struct json_writer *w, const struct pool_answer *a, const char *key,
                       bool done, const struct pooled *refits)
{
    if (!done) {
        put_nothing(w, key);
        return;
    }
    json_field_array(w, key);
    for (size_t i = 0; i < a->k; i++) {
        json_begin_object(w);
        json_field_text(w, "label", a->analysis->studies[a->from[i]].label);
        put_fit(w, &refits[i]);
        json_end_object(w);
    }
    json_end_array(w);
}

static void put_influence(struct json_writer *w, const struct pool_answer *a, bool done,
                          const struct influence *in)
{
    if (!done) {
        put_nothing(w, "influence");
        return;
    }
    json_field_array(w, "influence");
    for (size_t i = 0; i < a->k; i++) {
        json_begin_object(w);
        json_field_text(w, "label", a->analysis->studies[a->from[i]].label);
        json_field_real(w, "rstudent", in[i].rstudent);
        json_field_real(w, "dffits", in[i].dffits);
        json_field_real(w, "cook_d", in[i].cook_d);
        json_field_real(w, "cov_r", in[i].cov_r);
        json_field_real(w, "tau2_del", in[i].tau2_del);
        json_field_real(w, "Q_del", in[i].q_del);
        json_field_real(w, "hat", in[i].hat);
        json_field_real(w, "dfbs", in[i].dfbs);
        json_field_truth(w, "influential", in[i].influential);
        json_end_object(w);
    }
    json_end_array(w);
}

static void put_single_studies(struct json_writer *w, const struct pool_answer *a,
                               struct arena *arena)
{
    const struct pool_options *options = &a->analysis->options;
    bool small = a->k <= POOL_MAX_REFITTED;
    size_t room = small ? a->k : 0;
    struct effect *scratch = arena_array(arena, room, sizeof *scratch);
    struct pooled *refits = arena_array(arena, room, sizeof *refits);
    struct influence *influence = arena_array(arena, room, sizeof *influence);
    struct error none = {0};
    bool done = small && leave_one_out(a->effects, a->k, options, scratch, refits, &none);
    put_refits(w, a, "leave1out", done, refits);
    done = small && pool_cumulative(a->effects, a->k, options, refits, &none);
    put_refits(w, a, "cumulative", done, refits);
    done = small && pool_influence(a->effects, a->k, options, scratch, influence, &none);
    put_influence(w, a, done, influence);
}

static void put_one_fail_safe(struct json_writer *w, const char *key, struct fail_safe f)
{
    json_field_object(w, key);
    json_field_real(w, "n", f.n);
    if (!isnan(f.p))
        json_field_real(w, "p", f.p);
    if (!isnan(f.mean))
        json_field_real(w, "mean", f.mean);
    if (!isnan(f.target))
        json_field_real(w, "target", f.target);
    json_end_object(w);
}

static void put_fail_safe(struct json_writer *w, const struct pool_answer *a)
{
    double target = a->analysis->target;
    json_field_object(w, "fsn");
    put_one_fail_safe(w, "rosenthal", fail_safe_rosenthal(a->effects, a->k, 0.05));
    put_one_fail_safe(w, "orwin", fail_safe_orwin(a->effects, a->k, target, false));
    put_one_fail_safe(w, "orwin_weighted", fail_safe_orwin(a->effects, a->k, target, true));
    put_one_fail_safe(w, "rosenberg", fail_safe_rosenberg(a->effects, a->k, 0.05));
    json_end_object(w);
}

/* ---- tables ---- */

static void put_one_sparse(struct json_writer *w, const char *key, bool done,
                           const struct sparse *s)
{
    if (!done) {
        put_nothing(w, key);
        return;
    }
    json_field_object(w, key);
    json_field_count(w, "k", (long long)s->k);
    json_field_count(w, "k_yi", (long long)s->k_yi);
    json_field_real(w, "b", s->b);
    json_field_real(w, "se", s->se);
    json_field_real(w, "ci_lb", s->ci_lb);
    json_field_real(w, "ci_ub", s->ci_ub);
    json_field_real(w, "stat", s->stat);
    json_field_real(w, "p", s->p);
    json_field_real(w, "Q", s->q);
    json_field_real(w, "Qp", s->qp);
    json_field_real(w, "I2", s->i2);
    json_field_real(w, "H2", s->h2);
    json_end_object(w);
}

/* Mantel-Haenszel and Peto, where every study is a table. */
static void put_sparse(struct json_writer *w, const struct pool_answer *a, struct arena *arena)
{
    const struct pool_analysis *in = a->analysis;
    if (in->measure != MEASURE_OR && in->measure != MEASURE_RR && in->measure != MEASURE_RD)
        return;
    struct table *tables = arena_array(arena, in->count, sizeof *tables);
    for (size_t i = 0; i < in->count; i++) {
        if (!pool_study_has_table(&in->studies[i]))
            return;
        tables[i] = pool_study_table(&in->studies[i]);
    }
    struct sparse s;
    struct error none = {0};
    bool done = mantel_haenszel(in->measure, tables, in->count, in->options.level, &s, &none);
    put_one_sparse(w, "MH", done, &s);
    if (in->measure != MEASURE_OR)
        return;
    none = (struct error){0};
    done = peto(tables, in->count, in->options.level, &s, &none);
    put_one_sparse(w, "PETO", done, &s);
}

/* ---- moderators, told ---- */

static void put_df(struct json_writer *w, const struct regression *r)
{
    if (isnan(r->qm_df2)) {
        json_field_real(w, "QM_df", r->qm_df);
        return;
    }
    json_field_array(w, "QM_df");
    json_put_real(w, r->qm_df);
    json_put_real(w, r->qm_df2);
    json_end_array(w);
}

static void put_coefficient(struct json_writer *w, const char *term, const struct coefficient *c)
{
    json_begin_object(w);
    json_field_text(w, "term", term);
    json_field_real(w, "b", c->b);
    json_field_real(w, "se", c->se);
    json_field_real(w, "stat", c->stat);
    json_field_real(w, "p", c->p);
    json_field_real(w, "ci_lb", c->ci_lb);
    json_field_real(w, "ci_ub", c->ci_ub);
    json_end_object(w);
}

/* `names` of the coefficients after the intercept; NULL: those of a regression on x. */
static void put_regression(struct json_writer *w, const struct regression *r,
                           const char *const *names)
{
    json_field_count(w, "k", (long long)r->k);
    json_field_real(w, "tau2", r->tau2);
    json_field_real(w, "se_tau2", r->se_tau2);
    json_field_real(w, "I2", r->i2);
    json_field_real(w, "H2", r->h2);
    json_field_real(w, "R2", r->r2);
    json_field_real(w, "QE", r->qe);
    json_field_real(w, "QEp", r->qep);
    json_field_real(w, "QM", r->qm);
    put_df(w, r);
    json_field_real(w, "QMp", r->qmp);
    json_field_real(w, "df", r->df);
    json_field_array(w, "coef");
    for (size_t i = 0; i < r->terms; i++)
        put_coefficient(w, i == 0 || names == NULL ? pool_answer_term(i) : names[i - 1],
                        &r->coef[i]);
    json_end_array(w);
}

/* Says why there is no result, since it was asked for. */
static void put_refusal(struct json_writer *w, const char *key, const struct error *err)
{
    json_field_object(w, key);
    json_field_text(w, "error", err->message);
    json_end_object(w);
}

static void put_metareg(struct json_writer *w, const struct pool_answer *a, struct arena *arena)
{
    if (a->analysis->moderators == 0)
        return;
    struct regression fit;
    struct error err = {0};
    if (!pool_answer_metareg(a, arena, &fit, &err)) {
        put_refusal(w, "metareg", &err);
        return;
    }
    json_field_object(w, "metareg");
    put_regression(w, &fit, NULL);
    json_end_object(w);
}

static void put_groups(struct json_writer *w, const struct pool_groups *g)
{
    json_field_array(w, "groups");
    for (size_t i = 0; i < g->count; i++) {
        json_begin_object(w);
        json_field_text(w, "g", g->names[i]);
        json_field_count(w, "k", (long long)g->each[i].k);
        put_fit(w, &g->each[i]);
        json_end_object(w);
    }
    json_end_array(w);
    json_field_object(w, "between");
    json_field_real(w, "QM", g->between.qm);
    json_field_real(w, "QM_df", g->between.qm_df);
    json_field_real(w, "QMp", g->between.qmp);
    json_end_object(w);
}

static void put_subgroups(struct json_writer *w, const struct pool_answer *a, struct arena *arena)
{
    if (!a->analysis->has_groups)
        return;
    struct pool_groups groups;
    struct error err = {0};
    if (!pool_answer_groups(a, arena, &groups, &err)) {
        put_refusal(w, "subgroup", &err);
        return;
    }
    json_field_object(w, "subgroup");
    put_groups(w, &groups);
    if (groups.has_common) {
        json_field_object(w, "common_tau2");
        put_regression(w, &groups.common, groups.names + 1);
        json_end_object(w);
    } else {
        put_nothing(w, "common_tau2");
    }
    json_end_object(w);
}

void pool_json(const struct pool_answer *answer, struct arena *arena, struct json_writer *writer)
{
    json_begin_object(writer);
    put_head(writer, answer);
    put_studies(writer, answer);
    put_asymmetry(writer, answer);
    put_single_studies(writer, answer, arena);
    put_fail_safe(writer, answer);
    put_sparse(writer, answer, arena);
    put_metareg(writer, answer, arena);
    put_subgroups(writer, answer, arena);
    json_end_object(writer);
}
