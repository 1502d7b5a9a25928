/*
 * What the project promises of every rating, whatever the studies: tried on bodies of all kinds
 * made by a seeded generator, and the first also on the curated base. Run from the project's root.
 */
#include <stdint.h>

#include "evidence/rating/safety_kept.h"
#include "evidence/rating/stability.h"
#include "tests/evidence/rating/small_base.h"

enum { ROUNDS = 90, MOST_TRIALS = 9, EVERY = 23 /* a study of the curated base in so many */ };

/* SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195). */
static uint64_t bits(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static int below(uint64_t *state, int limit)
{
    return (int)(bits(state) % (uint64_t)limit);
}

/* ---- bodies ---- */

enum telling { POINTS, STANDARD_DEVIATIONS, RATIOS, KINDS };

/* How one body is written down. */
struct form {
    bool swapped;     /* the arms change places */
    unsigned negated; /* the trials (a bit each) whose numbers are times -1, the other way good */
    double factor;    /* of all numbers, and of the scale's ends */
    double mid;       /* of the outcome, on a scale from 0 to 10 factors */
};

static const struct form plain = {.factor = 1, .mid = 1};

static const char *const risks[] = {"low", "some-concerns", "high"};

struct arm_made {
    int n;
    double mean, sd;
    int events;
};

static struct arm_made make_arm(uint64_t *state, double mean)
{
    struct arm_made arm = {.n = 15 + below(state, 200), .mean = mean};
    arm.sd = 1.5 + 0.1 * below(state, 15);
    arm.events = 1 + below(state, arm.n - 2);
    return arm;
}

static const char *arm_json(struct small *small, const char *role, const struct arm_made *arm,
                            enum telling kind, double factor)
{
    if (kind == RATIOS)
        return arena_printf(small->arena, "{'role':'%s','n':%d,'events':%d}", role, arm->n,
                            arm->events);
    return arena_printf(small->arena, "{'role':'%s','n':%d,'mean':%.17g,'sd':%.17g}", role, arm->n,
                        factor * arm->mean, fabs(factor) * arm->sd);
}

static const char *scale_json(struct small *small, enum telling kind, double factor)
{
    if (kind != POINTS)
        return kind == RATIOS ? "" : "'scale':{'name':'some scale'},";
    return arena_printf(small->arena, "'scale':{'name':'pain','low':%.17g,'high':%.17g},",
                        factor < 0 ? 10 * factor : 0, factor < 0 ? 0 : 10 * factor);
}

static void add_trial(struct small *small, uint64_t *state, int number, enum telling kind,
                      const struct form *form)
{
    static const char *const comparators[] = {"sham", "nothing"};
    static const char *const conditions[] = {"neck-pain", "neck-mtrp"};
    const char *comparator = comparators[below(state, 2)];
    const char *condition = conditions[below(state, 3) == 0];
    double control = 4.0 + 0.1 * below(state, 20);
    struct arm_made arms[2];
    arms[0] = make_arm(state, control + 0.1 * (below(state, 60) - 40));
    arms[1] = make_arm(state, control);
    bool negated = (form->negated >> number & 1) != 0 && kind != RATIOS;
    double factor = negated ? -form->factor : form->factor;
    bool higher = (kind == RATIOS) != negated;
    small_trial(
        small, arena_printf(small->arena, "t%02d", number), 2000 + below(state, 20), condition,
        arena_printf(small->arena,
                     "'appraisals':[{'instrument':'RoB 2','overall':'%s','rated_by':'x'}],"
                     "'harms':[{'intervention':'massage','event':'e%d','severity':'minor',"
                     "'numerator':%d,'denominator':50}],",
                     risks[below(state, 3)], number, below(state, 50)),
        arena_printf(small->arena,
                     "{'intervention':'massage','comparator':'%s','outcome':'%s',%s'better':'%s',"
                     "'window':'short','arms':[%s,%s]}",
                     comparator, kind == RATIOS ? "responders-50" : "pain-intensity",
                     scale_json(small, kind, factor), higher ? "higher" : "lower",
                     arm_json(small, "intervention", &arms[form->swapped], kind, factor),
                     arm_json(small, "comparator", &arms[!form->swapped], kind, factor)));
}

/* The outcomes with the MID of pain on a scale of `factor` times 0 to 10. */
static void set_mid(struct small *small, const struct form *form)
{
    struct outcome *outcomes =
        arena_array(small->arena, small->base.outcome_count, sizeof *outcomes);
    memcpy(outcomes, small->base.outcomes, small->base.outcome_count * sizeof *outcomes);
    outcomes[0].mid.value = form->mid;
    outcomes[0].mid.scale_high = form->mid == 1 ? 10 : 10 * form->factor;
    small->base.outcomes = outcomes;
}

static struct small *body(uint64_t seed, const struct form *form)
{
    struct small *small = small_new();
    uint64_t state = seed;
    enum telling kind = (enum telling)below(&state, KINDS);
    int trials = 1 + below(&state, MOST_TRIALS);
    set_mid(small, form);
    for (int i = 0; i < trials; i++)
        add_trial(small, &state, i, kind, form);
    return small;
}

/* ---- every figure ---- */

static void put(struct buffer *out, const char *name, double value)
{
    buffer_printf(out, " %s %.17g", name, value);
}

static void put_pooled(struct buffer *out, const struct pooled *pooled)
{
    put(out, "b", pooled->b);
    put(out, "se", pooled->se);
    put(out, "low", pooled->ci_lb);
    put(out, "high", pooled->ci_ub);
    put(out, "tau2", pooled->tau2);
    put(out, "q", pooled->q);
    put(out, "pi", pooled->pi_lb);
    put(out, "i2", pooled->i2);
}

static void put_effect(struct buffer *out, const struct rating *rating)
{
    const struct effect_told *effect = &rating->effect;
    const double told[] = {effect->estimate,
                           effect->ci_low,
                           effect->ci_high,
                           effect->benefit,
                           effect->weighed.benefit,
                           effect->weighed.low,
                           effect->weighed.high,
                           effect->weighed.mid,
                           effect->points,
                           effect->p_any_benefit,
                           effect->p_important_benefit,
                           effect->p_important_harm,
                           effect->of_100_control,
                           effect->of_100_treated,
                           rating->responders.with,
                           rating->responders.without,
                           rating->responders.course.baseline};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        put(out, "told", told[i]);
    buffer_printf(out, " %s", effect->magnitude == NULL ? "-" : effect->magnitude);
}

/* All that a rating says but for the list of its studies. */
static void put_rating(struct buffer *out, const struct rating *rating)
{
    const struct synthesis *synthesis = &rating->synthesis;
    buffer_printf(out, "%s: %s %s class %d %s %s;", rating->question.id,
                  rating->verdict == NULL ? "-" : rating->verdict, rating->rule, rating->class,
                  certainty_names[rating->certainty.level], basis_names[synthesis->basis]);
    buffer_printf(out, " k %d n %d events %d year %d", synthesis->k, synthesis->n,
                  rating->body.events, rating->newest_year);
    put_pooled(out, &synthesis->pooled);
    put(out, "reference", synthesis->reference_sd);
    put(out, "risk", synthesis->control_risk);
    put_effect(out, rating);
    for (size_t i = 0; i < DOMAIN_COUNT; i++)
        if (rating->certainty.domains[i].rule != NULL)
            buffer_printf(out, " %s %+d %s", rating->certainty.domains[i].rule,
                          rating->certainty.domains[i].change, rating->certainty.domains[i].reason);
    buffer_printf(
        out, " %d/%d/%d/%d of %d %s: %s\n", rating->directions.better, rating->directions.neither,
        rating->directions.worse, rating->directions.unclear, rating->directions.people,
        rating->comparator_detail == NULL ? "" : rating->comparator_detail, rating->sentence);
}

static void put_stability(struct buffer *out, const struct catalog *catalog,
                          const struct rating *rating, struct arena *arena)
{
    struct stability stability = catalog_stability(catalog, rating, arena);
    buffer_printf(out, "  %d people, since %d, %d null trials %d, %d imputed;",
                  stability.people_needed, stability.since, stability.null_trials,
                  stability.null_trials_do_not, stability.imputed);
    for (size_t i = 0; i < stability.flip_count; i++)
        buffer_printf(out, " without %s %s", stability.flips[i].study->id,
                      stability.flips[i].verdict == NULL ? "-" : stability.flips[i].verdict);
    buffer_byte(out, '\n');
}

static void put_headline(struct buffer *out, const struct headline *headline)
{
    buffer_printf(out, "%s %s %s: %s, %d studies, %d/%d/%d/%d\n", headline->verdict, headline->rule,
                  certainty_names[headline->certainty], headline->sentence, headline->studies,
                  headline->directions.better, headline->directions.neither,
                  headline->directions.worse, headline->directions.unclear);
}

static void put_safety(struct buffer *out, const struct catalog *catalog,
                       const struct intervention *intervention)
{
    const struct safety *safety = safety_kept(catalog, intervention);
    buffer_printf(out, "%s: %s", intervention->id, safety_names[safety->level]);
    for (size_t i = 0; i < safety->count; i++)
        buffer_printf(out, " %s of %s", safety->harms[i].harm->event, safety->harms[i].study->id);
    buffer_byte(out, '\n');
}

/* Everything that is answered from a base. Questions of which nothing counts are passed over: that
 * they are listed is how a retracted study stays in sight. */
static void put_all(struct buffer *out, const struct catalog *catalog, bool stability)
{
    const struct base *base = catalog_base(catalog);
    struct arena *arena = arena_new();
    for (size_t i = 0; i < catalog_rating_count(catalog); i++) {
        const struct rating *rating = catalog_rating(catalog, i);
        if (rating->synthesis.basis == BASIS_NONE)
            continue;
        put_rating(out, rating);
        if (stability)
            put_stability(out, catalog, rating, arena);
    }
    for (size_t i = 0; i < base->intervention_count; i++) {
        put_safety(out, catalog, &base->interventions[i]);
        for (size_t j = 0; j < base->condition_count; j++)
            put_headline(out, catalog_headline(catalog, &base->interventions[i],
                                               &base->conditions[j], NULL, arena));
    }
    arena_free(arena);
}

/* Fails with the first line that differs. */
static void same_text(const char *one, const char *other, const char *what)
{
    while (*one != '\0' || *other != '\0') {
        size_t length = strcspn(one, "\n");
        size_t second = strcspn(other, "\n");
        if (length != second || strncmp(one, other, length) != 0)
            fail_msg("%s:\n%.*s\n%.*s", what, (int)length, one, (int)second, other);
        one += length + (one[length] != '\0');
        other += second + (other[second] != '\0');
    }
}

static void same_answers(const struct catalog *one, const struct catalog *other, bool stability,
                         const char *what)
{
    struct buffer first = {0};
    struct buffer second = {0};
    put_all(&first, one, stability);
    put_all(&second, other, stability);
    same_text(buffer_string(&first), buffer_string(&second), what);
    buffer_release(&first);
    buffer_release(&second);
}

/* ---- a retracted study equals an absent one in every figure ---- */

static void add_withdrawn(struct small *small, const char *name, enum design design)
{
    struct study *study = small_trial(
        small, name, 2022, "neck-pain",
        "'retracted':true,'participants':5000," RATED(
            "low") "'harms':[{'intervention':'massage','event':'death','severity':'serious','"
                   "numerator':9,"
                   "'denominator':10}],",
        arena_printf(
            small->arena, "%s,%s,%s,%s",
            small_pain(small, "sham", small_arms(small, 2000, 1, 9, 2000, 9, 9)),
            small_pain(small, "nothing", small_arms(small, 2000, 1, 9, 2000, 9, 9)),
            small_pain(small, "mixed",
                       "'measure':'MD','estimate':-5,'ci':[-5.1,-4.9],'k':90,'n':9999"),
            "{'intervention':'massage','comparator':'sham','outcome':'responders-50','better':"
            "'higher','window':'short','measure':'RR','estimate':5,'ci':[4,6],'k':9,'n':9000,"
            "'control_risk':0.1,'grade':{'level':'high','by':'x'}}"));
    study->design = design;
}

static void a_retracted_study_equals_an_absent_one_in_every_figure(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct small *without = body(seed, &plain);
        struct small *with = body(seed, &plain);
        add_withdrawn(with, "withdrawn", DESIGN_RCT);
        add_withdrawn(with, "withdrawn-review", DESIGN_SYSTEMATIC_REVIEW);
        struct catalog *a = small_rate(without);
        struct catalog *b = small_rate(with);
        same_answers(a, b, true, arena_printf(with->arena, "seed %d", (int)seed));
        catalog_release(a);
        catalog_release(b);
    }
}

struct curated {
    struct arena *arena;
    struct base base;
};

static int read_curated(void **state)
{
    static struct curated curated;
    curated.arena = arena_new();
    struct problems problems = {.arena = curated.arena};
    base_read_folder("evidence/data", &curated.base, &problems);
    *state = &curated;
    return problems.count == 0 ? 0 : -1;
}

static int free_curated(void **state)
{
    struct curated *curated = *state;
    arena_free(curated->arena);
    return 0;
}

/* The curated base with one study retracted, or left out. */
static struct catalog *rate_without(const struct base *base, size_t at, bool retracted)
{
    struct arena *arena = arena_new();
    struct study *studies = arena_array(arena, base->study_count, sizeof *studies);
    struct base changed = *base;
    struct catalog_stamp stamp = {.hash = "0"};
    struct error err = {0};
    changed.studies = studies;
    changed.study_count = 0;
    for (size_t i = 0; i < base->study_count; i++) {
        if (i == at && !retracted)
            continue;
        studies[changed.study_count] = base->studies[i];
        studies[changed.study_count++].retracted |= i == at;
    }
    struct catalog *catalog = catalog_new(arena, &changed, &stamp, &err);
    if (catalog == NULL)
        fail_msg("%s", err.message);
    return catalog;
}

static void so_it_is_with_the_studies_of_the_curated_base(void **state)
{
    const struct curated *curated = *state;
    for (size_t at = 0; at < curated->base.study_count; at += EVERY) {
        struct catalog *absent = rate_without(&curated->base, at, false);
        struct catalog *retracted = rate_without(&curated->base, at, true);
        same_answers(absent, retracted, false, curated->base.studies[at].id);
        catalog_release(absent);
        catalog_release(retracted);
    }
}

/* ---- the order of studies never changes a byte ---- */

static void shuffle(struct small *small, uint64_t *state)
{
    for (size_t i = small->count; i > 1; i--) {
        size_t other = (size_t)below(state, (int)i);
        struct study kept = small->studies[i - 1];
        small->studies[i - 1] = small->studies[other];
        small->studies[other] = kept;
    }
}

static void the_order_of_studies_never_changes_a_byte(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct small *one = body(seed, &plain);
        struct small *other = body(seed, &plain);
        uint64_t shuffling = seed;
        shuffle(other, &shuffling);
        struct catalog *a = small_rate(one);
        struct catalog *b = small_rate(other);
        same_answers(a, b, true, arena_printf(one->arena, "seed %d", (int)seed));
        catalog_release(a);
        catalog_release(b);
    }
}

/* ---- what is turned, swapped or told in another unit ---- */

static void close_to(double got, double want, const char *what, uint64_t seed)
{
    if (isnan(got) && isnan(want))
        return;
    if (!(fabs(got - want) <= 1e-7 * fmax(1, fabs(want))))
        fail_msg("seed %d, %s: %.12g, want %.12g", (int)seed, what, got, want);
}

/* Points, standard deviations and log ratios change their sign; spread, weights and people do not.
 * (People of 100 are told at the risk of the other arm, and a harm has other classes than a
 * benefit: verdicts are not mirrored.) */
static void swapping_the_arms_flips_signs_and_nothing_else(void **state)
{
    (void)state;
    const struct form swapped = {.swapped = true, .factor = 1, .mid = 1};
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct small *one = body(seed, &plain);
        struct small *other = body(seed, &swapped);
        struct catalog *a = small_rate(one);
        struct catalog *b = small_rate(other);
        assert_int_equal(catalog_rating_count(a), catalog_rating_count(b));
        for (size_t i = 0; i < catalog_rating_count(a); i++) {
            const struct rating *there = catalog_rating(a, i);
            const struct rating *here = catalog_rating(b, i);
            const struct pooled *p = &there->synthesis.pooled;
            const struct pooled *q = &here->synthesis.pooled;
            close_to(q->b, -p->b, "estimate", seed);
            close_to(q->ci_lb, -p->ci_ub, "low end", seed);
            close_to(q->ci_ub, -p->ci_lb, "high end", seed);
            close_to(q->se, p->se, "standard error", seed);
            close_to(q->tau2, p->tau2, "tau2", seed);
            close_to(q->i2, p->i2, "I2", seed);
            close_to(q->pi_lb, -p->pi_ub, "prediction", seed);
            close_to(here->effect.p_any_benefit, 1 - there->effect.p_any_benefit, "probability",
                     seed);
            assert_int_equal(here->synthesis.n, there->synthesis.n);
            assert_int_equal(here->body.events, there->body.events);
            for (size_t j = 0; j < here->body.count; j++) {
                close_to(here->body.studies[j].weight, there->body.studies[j].weight, "weight",
                         seed);
                assert_int_equal(here->body.studies[j].risk, there->body.studies[j].risk);
            }
        }
        catalog_release(a);
        catalog_release(b);
    }
}

static void same_judgement(const struct rating *one, const struct rating *other, uint64_t seed)
{
    close_to(other->effect.weighed.benefit / other->effect.weighed.mid,
             one->effect.weighed.benefit / one->effect.weighed.mid, "benefit in MIDs", seed);
    close_to(other->effect.weighed.low / other->effect.weighed.mid,
             one->effect.weighed.low / one->effect.weighed.mid, "low end in MIDs", seed);
    close_to(other->effect.p_any_benefit, one->effect.p_any_benefit, "any benefit", seed);
    close_to(other->effect.p_important_benefit, one->effect.p_important_benefit, "benefit", seed);
    close_to(other->effect.p_important_harm, one->effect.p_important_harm, "harm", seed);
    close_to(other->synthesis.i2, one->synthesis.i2, "I2", seed);
    assert_string_equal(one->verdict == NULL ? "-" : one->verdict,
                        other->verdict == NULL ? "-" : other->verdict);
    assert_int_equal(one->certainty.level, other->certainty.level);
    assert_int_equal(one->class, other->class);
    for (size_t i = 0; i < DOMAIN_COUNT; i++)
        assert_int_equal(one->certainty.domains[i].change, other->certainty.domains[i].change);
}

static void judged_the_same_in(const struct form *form, uint64_t seed)
{
    struct small *one = body(seed, &plain);
    struct small *other = body(seed, form);
    struct catalog *a = small_rate(one);
    struct catalog *b = small_rate(other);
    assert_int_equal(catalog_rating_count(a), catalog_rating_count(b));
    for (size_t i = 0; i < catalog_rating_count(a); i++)
        same_judgement(catalog_rating(a, i), catalog_rating(b, i), seed);
    catalog_release(a);
    catalog_release(b);
}

/* Some of a body's scales turned round, or all: the other way is good, and the numbers are
 * negative.
 */
static void turning_scales_moves_no_judgement(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        uint64_t which = seed;
        const struct form some = {.negated = (unsigned)bits(&which), .factor = 1, .mid = 1};
        const struct form all = {.negated = ~0u, .factor = 1, .mid = 1};
        judged_the_same_in(&some, seed);
        judged_the_same_in(&all, seed);
    }
}

/* Millimetres for centimetres, with the MID told on either. */
static void a_change_of_unit_with_its_mid_moves_no_verdict(void **state)
{
    (void)state;
    static const struct form units[] = {{.factor = 10, .mid = 1},
                                        {.factor = 10, .mid = 10},
                                        {.factor = 0.3, .mid = 0.3},
                                        {.factor = 0.3, .mid = 1}};
    for (uint64_t seed = 1; seed <= ROUNDS; seed++)
        for (size_t i = 0; i < sizeof units / sizeof *units; i++)
            judged_the_same_in(&units[i], seed);
}

/* ---- certainty and risk of bias ---- */

/* The trial `at` judged `risk` instead. */
static void judge_worse(struct small *small, size_t at, int risk)
{
    struct appraisal *appraisal = arena_alloc(small->arena, sizeof *appraisal);
    *appraisal = small->studies[at].appraisals[0];
    appraisal->overall = risks[risk];
    small->studies[at].appraisals = appraisal;
}

static int risk_of_trial(const struct small *small, size_t at)
{
    int risk = 0;
    while (strcmp(risks[risk], small->studies[at].appraisals[0].overall) != 0)
        risk++;
    return risk;
}

/*
 * The one exception is B0's second way: where the trials at low risk alone say the same as all, no
 * level is lost. A trial at low risk that said otherwise, and turns out not to be, leaves the
 * others at low risk in agreement. That is what the rule means; nothing else may raise the
 * certainty.
 */
static void certainty_never_rises_when_a_risk_of_bias_gets_worse_but_by_b0s_agreement(void **state)
{
    (void)state;
    size_t tried = 0;
    size_t agreements = 0;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct small *one = body(seed, &plain);
        struct catalog *a = small_rate(one);
        for (size_t at = 0; at < one->count; at++)
            for (int risk = risk_of_trial(one, at) + 1; risk < 3; risk++) {
                struct small *other = body(seed, &plain);
                bool was_low = risk_of_trial(one, at) == 0;
                judge_worse(other, at, risk);
                struct catalog *b = small_rate(other);
                for (size_t i = 0; i < catalog_rating_count(a); i++) {
                    const struct rating *before = catalog_rating(a, i);
                    const struct rating *after = catalog_rating(b, i);
                    const struct domain_judgement *bias = &after->certainty.domains[DOMAIN_BIAS];
                    tried++;
                    if (after->certainty.level <= before->certainty.level)
                        continue;
                    agreements++;
                    assert_true(was_low);
                    assert_true(before->certainty.domains[DOMAIN_BIAS].change < 0);
                    assert_string_equal(bias->rule, "B0");
                    says(bias->reason, "alone say the same");
                    assert_true(before->class == after->class);
                }
                catalog_release(b);
            }
        catalog_release(a);
    }
    assert_true(tried > 500);
    assert_true(agreements * 20 < tried); /* an exception, not the rule */
}

/* The exception itself: one trial at low risk finds a benefit and one none, five at high risk find
 * it.
 */
static enum certainty_level with_dissenter_at(const char *risk, const char **rule)
{
    struct small *small = small_new();
    small_simple(small, "agrees", "sham", 100, -2, RATED("low"));
    small_simple(
        small, "dissents", "sham", 100, 0,
        arena_printf(small->arena,
                     "'appraisals':[{'instrument':'RoB 2','overall':'%s','rated_by':'x'}],", risk));
    for (int i = 0; i < 5; i++)
        small_simple(small, arena_printf(small->arena, "t%d", i), "sham", 400, -2, RATED("high"));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    enum certainty_level level = rating->certainty.level;
    *rule = rating->certainty.domains[DOMAIN_BIAS].rule;
    assert_int_equal(rating->class, CLASS_BENEFIT);
    catalog_release(catalog);
    return level;
}

static void a_dissenter_that_turns_out_biased_leaves_the_others_in_agreement(void **state)
{
    (void)state;
    const char *before;
    const char *after;
    enum certainty_level at_low = with_dissenter_at("low", &before);
    enum certainty_level at_high = with_dissenter_at("high", &after);
    assert_string_equal(before, "B1");
    assert_string_equal(after, "B0");
    assert_int_equal(at_high, at_low + 1);
}

/* ---- pools ---- */

static bool is_within(double value, const struct effect *effects, size_t count)
{
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        low = fmin(low, effects[i].yi);
        high = fmax(high, effects[i].yi);
    }
    double slack = 1e-12 * fmax(1, fmax(fabs(low), fabs(high)));
    return value >= low - slack && value <= high + slack;
}

static void every_estimate_lies_within_the_range_of_its_studies(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40 * ROUNDS; seed++) {
        struct effect effects[20];
        uint64_t making = seed;
        size_t count = 1 + (size_t)below(&making, 20);
        for (size_t i = 0; i < count; i++)
            effects[i] = (struct effect){(below(&making, 2001) - 1000) / 100.0,
                                         pow(10, below(&making, 60) / 10.0 - 4)};
        for (int method = 0; method < POOL_METHOD_COUNT; method++) {
            struct pool_options options = pool_default;
            struct pooled pooled;
            options.method = (enum pool_method)method;
            if (!pool_fit(effects, count, &options, &pooled, NULL))
                continue; /* an estimator that does not converge says so */
            if (!is_within(pooled.b, effects, count))
                fail_msg("seed %d, %s: %.12g", (int)seed, pool_method_name(options.method),
                         pooled.b);
        }
    }
}

static void so_it_is_with_every_rating_of_trials(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct catalog *catalog = small_rate(body(seed, &plain));
        for (size_t i = 0; i < catalog_rating_count(catalog); i++) {
            const struct rating *rating = catalog_rating(catalog, i);
            struct effect effects[MOST_TRIALS];
            size_t count = 0;
            for (size_t j = 0; j < rating->body.count; j++)
                if (rating->body.studies[j].used)
                    effects[count++] = rating->body.studies[j].effect;
            if (rating->synthesis.basis == BASIS_TRIALS)
                assert_true(is_within(rating->synthesis.pooled.b, effects, count));
        }
        catalog_release(catalog);
    }
}

/* ---- words that are never said ---- */

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static const char *const helps[] = {"works",
                                    "probably-works",
                                    "may-work",
                                    "small-benefit",
                                    "probably-small-benefit",
                                    "may-help-a-little",
                                    NULL};

static void a_null_against_a_sham_never_helps(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct small *small = body(seed, &plain);
        struct catalog *catalog = small_rate(small);
        for (size_t i = 0; i < catalog_rating_count(catalog); i++) {
            const struct rating *rating = catalog_rating(catalog, i);
            bool null = rating->effect.weighed.low <= 0;
            if (rating->question.comparator_class == COMPARATOR_SHAM && null)
                assert_false(is_one_of(rating->verdict, helps));
            if (rating->question.comparator_class == COMPARATOR_SHAM && null) {
                const struct headline *headline =
                    small_headline(small, catalog, rating->question.condition->id);
                if (headline->home == rating->question.condition)
                    assert_false(is_one_of(headline->verdict, helps));
            }
        }
        catalog_release(catalog);
    }
}

static void what_has_studies_is_never_untested(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct small *small = body(seed, &plain);
        struct catalog *catalog = small_rate(small);
        for (size_t i = 0; i < small->count; i++)
            assert_string_not_equal(
                small_headline(small, catalog, small->studies[i].condition)->verdict, "untested");
        catalog_release(catalog);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_retracted_study_equals_an_absent_one_in_every_figure),
        cmocka_unit_test_setup_teardown(so_it_is_with_the_studies_of_the_curated_base, read_curated,
                                        free_curated),
        cmocka_unit_test(the_order_of_studies_never_changes_a_byte),
        cmocka_unit_test(swapping_the_arms_flips_signs_and_nothing_else),
        cmocka_unit_test(turning_scales_moves_no_judgement),
        cmocka_unit_test(a_change_of_unit_with_its_mid_moves_no_verdict),
        cmocka_unit_test(certainty_never_rises_when_a_risk_of_bias_gets_worse_but_by_b0s_agreement),
        cmocka_unit_test(a_dissenter_that_turns_out_biased_leaves_the_others_in_agreement),
        cmocka_unit_test(every_estimate_lies_within_the_range_of_its_studies),
        cmocka_unit_test(so_it_is_with_every_rating_of_trials),
        cmocka_unit_test(a_null_against_a_sham_never_helps),
        cmocka_unit_test(what_has_studies_is_never_untested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
