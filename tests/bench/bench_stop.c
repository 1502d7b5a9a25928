/*
 * Does the decision to stop keep its promises? People are made up: their level before, how far and
 * how fast it falls, and scores with error, in whole numbers, every sixth day. Each is followed
 * until the decision says stop or the trial ends.
 *
 *   too early   of those who would have reached the goal, how many were told to stop before the end
 *   saved       of the trial's days, how many those were spared who would not have reached it
 *
 * People are drawn from what the method expects, from half and double the true fall, from noisier
 * diaries, from such whose errors hang together, from people who begin elsewhere than others;
 * beside the method stand two rules of thumb and the method with other limits for "stop". First
 * comes the model alone, with its prior right. Prints a table and the time of a decision.
 *
 *   bench_stop DATA_FOLDER [SEED [PEOPLE]]
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "evidence/judgement/knowledge.h"
#include "evidence/judgement/stop/stop.h"
#include "evidence/statistics/recovery.h"

enum { PEOPLE = 4000, PEOPLE_MOST = 1000000, LOOK_EVERY = 6 };

static double now_us(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); /* others may be at work here */
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* xorshift64 */
static double uniform(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

/* Box and Muller 1958. */
static double normal(uint64_t *state, double mean, double sd)
{
    double radius = sqrt(-2 * log(uniform(state)));
    return mean + sd * radius * cos(2 * M_PI * uniform(state));
}

/* How the world differs from what the method expects. */
struct world {
    const char *name;
    double fall;       /* times the expected one */
    double noise;      /* times the expected one */
    int starts;        /* scores before the first session */
    double carry;      /* how much of one score's error is that of the one before (0 to 1) */
    double start;      /* how far above others they begin */
    bool sessions;     /* tell of two a week, or of as many as the trial has */
    double look_every; /* days; 0: LOOK_EVERY */
};

static const struct world worlds[] = {
    {"as expected", .fall = 1, .noise = 1, .starts = 1},
    {"as expected, sessions told", .fall = 1, .noise = 1, .starts = 1, .sessions = true},
    {"as expected, a score every day", .fall = 1, .noise = 1, .starts = 1, .look_every = 1},
    {"as expected, three scores before", .fall = 1, .noise = 1, .starts = 3},
    {"as expected, seven scores before", .fall = 1, .noise = 1, .starts = 7},
    {"falls half as far", .fall = 0.5, .noise = 1, .starts = 1},
    {"falls twice as far", .fall = 2, .noise = 1, .starts = 1},
    {"scores half as noisy", .fall = 1, .noise = 0.5, .starts = 1},
    {"scores noisier by half", .fall = 1, .noise = 1.5, .starts = 1},
    {"scores noisier by half, seven before", .fall = 1, .noise = 1.5, .starts = 7},
    {"scores twice as noisy", .fall = 1, .noise = 2, .starts = 1},
    {"scores twice as noisy, three before", .fall = 1, .noise = 2, .starts = 3},
    {"scores twice as noisy, seven before", .fall = 1, .noise = 2, .starts = 7},
    {"a bad day follows a bad day (r = 0.5)", .fall = 1, .noise = 1, .starts = 1, .carry = 0.5},
    {"begin two points above others", .fall = 1, .noise = 1, .starts = 1, .start = 2},
    {"begin two points below others", .fall = 1, .noise = 1, .starts = 1, .start = -2},
};

struct pair {
    const char *intervention;
    const char *condition;
};
static const struct pair pairs[] = {
    {"dry-needling", "neck-mtrp"},
    {"massage", "neck-pain"},
    {"tens", "chronic-low-back-pain"},
    {"exercise", "chronic-low-back-pain"},
};

struct person {
    double start; /* true level before */
    double fall;  /* in the end */
    double tau;
};

static double level_of(const struct person *person, double day)
{
    return person->start + person->fall * expm1(-day / person->tau);
}

/* The error of a score, of the same spread whatever it carries over from the last one. */
static double next_error(double last, const struct world *world, double sd, uint64_t *state)
{
    return world->carry * last + normal(state, 0, sd * sqrt(1 - world->carry * world->carry));
}

static double score_of(const struct person *person, double day, double error)
{
    return fmin(10, fmax(0, round(level_of(person, day) + error)));
}

struct tally {
    int reach;
    int too_early;
    int fail;
    double saved;
};

static void count(struct tally *tally, bool reaches, double stopped_share)
{
    tally->reach += reaches;
    tally->fail += !reaches;
    tally->too_early += reaches && stopped_share > 0;
    tally->saved += reaches ? 0 : stopped_share;
}

/* The rules that are followed side by side; of the method itself with other limits as well. */
enum { METHOD, ABOVE_START, HALF_TIME, RULES };
static const char *const rule_names[RULES] = {"this method", "stop when a score is above the start",
                                              "stop at half time unless 30 % down"};
static const double limits[] = {0.02, 0.05, 0.15, 0.2, 0.25, 0.3, 0.4};
enum { LIMITS = sizeof limits / sizeof *limits };

struct tallies {
    struct tally rules[RULES];
    struct tally limits[LIMITS];
};

/* What share of the trial each spared one person. */
struct spared {
    double rules[RULES];
    double limits[LIMITS];
};

struct scene {
    const struct catalog *catalog;
    struct diary diary;
    struct diary_score *scores;
    double *sessions;
    struct diary_scale scale;
};

static void add_score(struct scene *scene, double day, double level)
{
    scene->scores[scene->diary.score_count++] = (struct diary_score){
        .day = day, .level = level, .outcome = scene->diary.outcome, .scale = &scene->scale};
}

static void add_sessions(struct scene *scene, const struct stop_plan *plan, double until)
{
    double gap = 3.5;
    if (plan->trial_sessions != COUNT_UNKNOWN) /* the last one on the last day */
        gap = plan->trial_days / fmax(1, plan->trial_sessions - 1);
    for (size_t i = scene->diary.session_count; (double)i * gap <= until; i++) {
        scene->sessions[i] = (double)i * gap;
        scene->diary.session_count = i + 1;
    }
    scene->diary.sessions_told = true;
}

static bool says_stop(const struct stopping *stopping)
{
    return stopping->decided == STOP_UNLIKELY || stopping->decided == STOP_FOR_HARM;
}

static struct person drawn(const struct stop_plan *plan, const struct world *world, double start,
                           uint64_t *state)
{
    double u = uniform(state);
    size_t pace = 0;
    for (double sum = plan->prior.weights[0]; u > sum && pace + 1 < plan->prior.pace_count;)
        sum += plan->prior.weights[++pace];
    double tau = plan->prior.taus[pace];
    double fall = normal(state, world->fall * plan->prior.fall, plan->prior.fall_sd);
    return (struct person){start, fall / -expm1(-plan->prior.fall_day / tau), tau};
}

static void spare(double *spared, bool stops, double share)
{
    if (stops && *spared == 0)
        *spared = share;
}

static void look(const struct stopping *stopping, double day, double score, double every,
                 struct spared *spared)
{
    const struct stop_plan *plan = &stopping->plan;
    double share = 1 - day / plan->trial_days;
    bool early = strcmp(stopping->rule, "T4") == 0;
    bool half = day >= plan->trial_days / 2 && day - every < plan->trial_days / 2;
    spare(&spared->rules[METHOD], says_stop(stopping), share);
    spare(&spared->rules[ABOVE_START], day >= plan->least_days && score > plan->start, share);
    spare(&spared->rules[HALF_TIME], half && score > plan->line, share);
    for (int i = 0; i < LIMITS; i++)
        spare(&spared->limits[i],
              stopping->decided == STOP_FOR_HARM || (!early && stopping->probability < limits[i]),
              share);
}

/* One person followed to the end. */
static void follow(struct scene *scene, const struct world *world, uint64_t *state,
                   struct arena *arena, struct tallies *tallies)
{
    static const char *const nobody[] = {NULL};
    struct stop_signs signs = {0};
    struct stopping stopping;
    struct spared spared = {0};
    double every = world->look_every > 0 ? world->look_every : LOOK_EVERY;
    double truth = fmin(9.5, fmax(2, normal(state, 5.4 + world->start, 1.5)));
    scene->diary.score_count = 0;
    scene->diary.session_count = 0;
    scene->diary.sessions_told = false;
    scene->diary.warnings = nobody;
    struct person still = {truth, 0, 1};
    double noise = 1.02 * world->noise;
    double error = normal(state, 0, noise);
    for (int i = world->starts - 1; i >= 0; i--) {
        add_score(scene, -i, score_of(&still, 0, error));
        error = next_error(error, world, noise, state);
    }
    stop_decide(scene->catalog, &scene->diary, &signs, arena, &stopping);
    struct stop_plan plan = stopping.plan;
    struct person person = drawn(&plan, world, truth, state);
    bool reaches = level_of(&person, plan.trial_days) <= plan.line;
    for (double day = every; day < plan.trial_days; day += every) {
        double score = score_of(&person, day, error);
        error = next_error(error, world, noise, state);
        add_score(scene, day, score);
        if (world->sessions)
            add_sessions(scene, &plan, day);
        stop_decide(scene->catalog, &scene->diary, &signs, arena, &stopping);
        look(&stopping, day, score, every, &spared);
    }
    for (int i = 0; i < RULES; i++)
        count(&tallies->rules[i], reaches, spared.rules[i]);
    for (int i = 0; i < LIMITS; i++)
        count(&tallies->limits[i], reaches, spared.limits[i]);
}

static void print_tally(const char *rule, const struct tally *tally)
{
    printf("    %-44s %6.1f %% too early   %6.1f %% saved\n", rule,
           100.0 * tally->too_early / tally->reach, 100 * tally->saved / tally->fail);
}

static void print_tallies(const struct tallies *tallies, bool with_limits)
{
    for (int i = 0; i < RULES; i++)
        print_tally(rule_names[i], &tallies->rules[i]);
    for (int i = 0; with_limits && i < LIMITS; i++) {
        char name[64];
        snprintf(name, sizeof name, "  this method, stopping below %.0f %%", 100 * limits[i]);
        print_tally(name, &tallies->limits[i]);
    }
}

static void simulate(const struct catalog *catalog, const struct pair *pair,
                     const struct world *world, uint64_t seed, int people)
{
    enum { SCORES_MOST = 200 };
    struct arena *arena = arena_new();
    const struct base *base = catalog_base(catalog);
    struct scene scene = {.catalog = catalog, .scale = {0, 10, false, NULL}};
    struct tallies tallies = {0};
    uint64_t state = seed;
    scene.scores = arena_array(arena, SCORES_MOST, sizeof *scene.scores);
    scene.sessions = arena_array(arena, SCORES_MOST, sizeof *scene.sessions);
    scene.diary = (struct diary){.intervention = base_intervention(base, pair->intervention),
                                 .condition = base_condition(base, pair->condition),
                                 .outcome = base_outcome(base, "pain-intensity"),
                                 .scale = &scene.scale,
                                 .scores = scene.scores,
                                 .sessions = scene.sessions,
                                 .trial_days = NAN,
                                 .trial_sessions = COUNT_UNKNOWN,
                                 .ended = INFINITY};
    for (int i = 0; i < people; i++) {
        struct arena *one = arena_new();
        follow(&scene, world, &state, one, &tallies);
        arena_free(one);
    }
    const struct tally *any = &tallies.rules[METHOD];
    printf("  %s; %.0f %% would reach the goal\n", world->name,
           100.0 * any->reach / (any->reach + any->fail));
    print_tallies(&tallies, world == worlds);
    arena_free(arena);
}

/* ---- the model alone ---- */

/* Six weeks, a score every sixth day, in whole numbers with an error of 1; about half of all people
 * reach the goal, and the model knows from what they are drawn. */
static const struct recovery_prior model_prior = {.start = 5.4,
                                                  .start_sd = 1.5,
                                                  .fall = 1.7,
                                                  .fall_sd = 1.8,
                                                  .fall_day = 42,
                                                  .error_sd = 1,
                                                  .taus = {7, 14, 28, 56},
                                                  .weights = {0.25, 0.25, 0.25, 0.25},
                                                  .pace_count = 4};

/* From two weeks on a chance below the limit stops, before them one below the other. */
struct model_rule {
    const char *name;
    double limit;
    double early_limit;
};
static const struct model_rule model_rules[] = {
    {"below 10 %, from two weeks on (before: 2 %)", 0.1, 0.02},
    {"below 8 %, from two weeks on (before: 2 %)", 0.08, 0.02},
    {"below 10 % from the first score on", 0.1, 0.1},
    {"below 7 % from the first score on", 0.07, 0.07},
};
enum { MODEL_RULES = sizeof model_rules / sizeof *model_rules };

static double model_chance(const struct world *world, const double *days, const double *values,
                           size_t later, double start)
{
    struct recovery_prior prior = model_prior;
    struct recovery recovery;
    struct recovery_scores scores = {
        .start = start, .start_count = 1, .days = days, .values = values, .count = later};
    prior.fall /= world->fall; /* it is the model that errs */
    prior.error_sd /= world->noise;
    if (!recovery_fit(&prior, &scores, &recovery))
        return NAN;
    return recovery_reaches(&recovery, prior.fall_day, start - fmax(1, 0.3 * start));
}

static void follow_model(const struct world *world, uint64_t *state,
                         struct tally tallies[MODEL_RULES])
{
    const struct stop_plan plan = {.prior = model_prior};
    struct world right = {.fall = 1};
    double days[8];
    double values[8];
    double spared[MODEL_RULES] = {0};
    double truth = fmin(9.5, fmax(2, normal(state, model_prior.start, model_prior.start_sd)));
    struct person person = drawn(&plan, &right, truth, state);
    double start = score_of(&person, 0, normal(state, 0, model_prior.error_sd));
    size_t later = 0;
    for (double day = LOOK_EVERY; day < model_prior.fall_day; day += LOOK_EVERY) {
        days[later] = day;
        values[later++] = score_of(&person, day, normal(state, 0, model_prior.error_sd));
        double chance = model_chance(world, days, values, later, start);
        for (int i = 0; i < MODEL_RULES; i++)
            spare(&spared[i],
                  chance < (day < 14 ? model_rules[i].early_limit : model_rules[i].limit),
                  1 - day / model_prior.fall_day);
    }
    for (int i = 0; i < MODEL_RULES; i++)
        count(&tallies[i], level_of(&person, model_prior.fall_day) <= start - fmax(1, 0.3 * start),
              spared[i]);
}

static void simulate_model(uint64_t seed, int people)
{
    static const struct world errs[] = {
        {"the prior is right", .fall = 1, .noise = 1},
        {"people fall half as far as it expects", .fall = 0.5, .noise = 1},
        {"people fall twice as far as it expects", .fall = 2, .noise = 1},
        {"scores are twice as noisy as it expects", .fall = 1, .noise = 2},
    };
    puts("the model alone: 42 days, a score every sixth, error 1");
    for (size_t i = 0; i < sizeof errs / sizeof *errs; i++) {
        struct tally tallies[MODEL_RULES] = {0};
        uint64_t state = seed;
        for (int j = 0; j < people; j++)
            follow_model(&errs[i], &state, tallies);
        printf("  %s; %.0f %% would reach the goal\n", errs[i].name,
               100.0 * tallies[0].reach / people);
        for (int j = 0; j < MODEL_RULES; j++)
            print_tally(model_rules[j].name, &tallies[j]);
    }
}

static void time_a_decision(const struct catalog *catalog)
{
    enum { ROUNDS = 2000 };
    static const char *const nobody[] = {NULL};
    const struct base *base = catalog_base(catalog);
    struct diary_scale scale = {0, 10, false, NULL};
    struct diary_score scores[42];
    struct stop_signs signs = {0};
    for (int i = 0; i < 42; i++)
        scores[i] =
            (struct diary_score){i - 2, 7 - 0.03 * i, base_outcome(base, "pain-intensity"), &scale};
    struct diary diary = {.intervention = base_intervention(base, "massage"),
                          .condition = base_condition(base, "low-back-pain"),
                          .outcome = scores[0].outcome,
                          .scale = &scale,
                          .scores = scores,
                          .score_count = 38,
                          .warnings = nobody,
                          .trial_days = NAN,
                          .trial_sessions = COUNT_UNKNOWN,
                          .ended = INFINITY};
    double began = now_us();
    for (int i = 0; i < ROUNDS; i++) {
        struct arena *arena = arena_new();
        struct stopping stopping;
        stop_decide(catalog, &diary, &signs, arena, &stopping);
        arena_free(arena);
    }
    printf("a decision over a diary of 38 daily scores: %.1f us (mean of %d)\n",
           (now_us() - began) / ROUNDS, ROUNDS);
}

int main(int argc, char **argv)
{
    int people = argc > 3 ? atoi(argv[3]) : PEOPLE;
    if (argc < 2 || people < 1 || people > PEOPLE_MOST) {
        fputs("usage: bench_stop DATA_FOLDER [SEED [PEOPLE]]\n", stderr);
        return 2;
    }
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 20261122;
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct base base;
    struct catalog_stamp stamp = {.hash = "bench"};
    struct error err = {0};
    base_read_folder(argv[1], &base, &problems);
    struct catalog *catalog = knowledge_of(arena, &base, &stamp, &err);
    if (catalog == NULL) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    time_a_decision(catalog);
    printf("simulated: %d people a line\n", people);
    simulate_model(seed, people);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        printf("%s, %s\n", pairs[i].intervention, pairs[i].condition);
        for (size_t j = 0; j < sizeof worlds / sizeof *worlds; j++)
            simulate(catalog, &pairs[i], &worlds[j], seed + j, people);
    }
    catalog_release(catalog);
    return 0;
}
