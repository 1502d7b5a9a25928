/*
 * Does the decision to stop keep its promises? People are made up: their level before, how far and
 * how fast it falls, and scores with error, in whole numbers, every sixth day. Each is followed
 * until the decision says stop or the trial ends.
 *
 *   too early   of those who would have reached the goal, how many were told to stop before the end
 *   saved       of the trial's days, how many those were spared who would not have reached it
 *
 * People are drawn from what the method expects, from half and double the true fall, from noisier
 * diaries and from such whose errors hang together; beside the method stand two rules of thumb.
 * Prints a table and the time of a decision.
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
#include "evidence/judgement/stop.h"

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
    double fall;  /* times the expected one */
    double noise; /* times the expected one */
    int starts;   /* scores before the first session */
    double carry; /* how much of one score's error is that of the one before (0 to 1) */
};

static const struct world worlds[] = {
    {"as expected", 1, 1, 1, 0},
    {"as expected, three scores before", 1, 1, 3, 0},
    {"falls half as far", 0.5, 1, 1, 0},
    {"falls twice as far", 2, 1, 1, 0},
    {"scores half as noisy", 1, 0.5, 1, 0},
    {"scores noisier by half", 1, 1.5, 1, 0},
    {"scores twice as noisy", 1, 2, 1, 0},
    {"a bad day follows a bad day (r = 0.5)", 1, 1, 1, 0.5},
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

struct scene {
    const struct catalog *catalog;
    struct diary diary;
    struct diary_score *scores;
    struct diary_scale scale;
};

static void add_score(struct scene *scene, double day, double level)
{
    scene->scores[scene->diary.score_count++] = (struct diary_score){
        .day = day, .level = level, .outcome = scene->diary.outcome, .scale = &scene->scale};
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

/* One person followed to the end; what each of the three rules did. */
static void follow(struct scene *scene, const struct world *world, uint64_t *state,
                   struct arena *arena, struct tally tallies[3])
{
    static const char *const nobody[] = {NULL};
    struct stop_signs signs = {0};
    struct stopping stopping;
    double truth = fmin(9.5, fmax(3, normal(state, 5.4, 1.5)));
    scene->diary.score_count = 0;
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
    double stopped[3] = {0};
    for (double day = LOOK_EVERY; day < plan.trial_days; day += LOOK_EVERY) {
        double score = score_of(&person, day, error);
        error = next_error(error, world, noise, state);
        add_score(scene, day, score);
        stop_decide(scene->catalog, &scene->diary, &signs, arena, &stopping);
        double spared = 1 - day / plan.trial_days;
        if (stopped[0] == 0 && says_stop(&stopping))
            stopped[0] = spared;
        if (stopped[1] == 0 && day >= plan.least_days && score > plan.start)
            stopped[1] = spared;
        bool half = day >= plan.trial_days / 2 && day - LOOK_EVERY < plan.trial_days / 2;
        if (half && score > plan.line)
            stopped[2] = spared;
    }
    for (int i = 0; i < 3; i++)
        count(&tallies[i], reaches, stopped[i]);
}

static void print_tally(const char *rule, const struct tally *tally)
{
    printf("    %-44s %6.1f %% too early   %6.1f %% saved\n", rule,
           100.0 * tally->too_early / tally->reach, 100 * tally->saved / tally->fail);
}

static void simulate(const struct catalog *catalog, const struct pair *pair,
                     const struct world *world, uint64_t seed, int people)
{
    struct arena *arena = arena_new();
    const struct base *base = catalog_base(catalog);
    struct scene scene = {.catalog = catalog, .scale = {0, 10, false, NULL}};
    struct tally tallies[3] = {0};
    uint64_t state = seed;
    scene.scores = arena_array(arena, 200, sizeof *scene.scores);
    scene.diary = (struct diary){.intervention = base_intervention(base, pair->intervention),
                                 .condition = base_condition(base, pair->condition),
                                 .outcome = base_outcome(base, "pain-intensity"),
                                 .scale = &scene.scale,
                                 .scores = scene.scores,
                                 .trial_days = NAN,
                                 .trial_sessions = COUNT_UNKNOWN,
                                 .ended = INFINITY};
    for (int i = 0; i < people; i++) {
        struct arena *one = arena_new();
        follow(&scene, world, &state, one, tallies);
        arena_free(one);
    }
    printf("  %s; %.0f %% would reach the goal\n", world->name,
           100.0 * tallies[0].reach / (tallies[0].reach + tallies[0].fail));
    print_tally("this method", &tallies[0]);
    print_tally("stop when a score is above the start", &tallies[1]);
    print_tally("stop at half time unless 30 % down", &tallies[2]);
    arena_free(arena);
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
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        printf("%s, %s\n", pairs[i].intervention, pairs[i].condition);
        for (size_t j = 0; j < sizeof worlds / sizeof *worlds; j++)
            simulate(catalog, &pairs[i], &worlds[j], seed + j, people);
    }
    catalog_release(catalog);
    return 0;
}
