/* Curators who write at once, and a program that dies while it writes. */
#include "tests/evidence/store/place.h"

#include <signal.h>
#include <sys/wait.h>

#include "evidence/store/curation.h"
#include "evidence/store/history.h"

enum { WRITERS = 8, CHANGES_EACH = 6, KILLS = 50, ROUNDS = 30 };

static void make_base(const struct place *place)
{
    const struct base base = random_base(1, 12, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
}

/* Adds one to the participants of a study, as often as it takes to be the one who read it last. */
static bool add_one(struct store *store, const char *id, const char *actor, struct error *err)
{
    struct curation_stamp stamp = {.actor = actor, .source = "api", .now = 2};
    for (;;) {
        struct arena *arena = arena_new();
        struct study study;
        struct curation done;
        char hash[HASH_SIZE];
        bool good = store_study(store, id, arena, &study, err);
        if (good) {
            study_content_hash(&study, hash);
            study.participants = study.participants < 0 ? 1 : study.participants + 1;
            good = store_put_study(store, &study, hash, &stamp, &done, err);
        }
        arena_free(arena);
        if (good || err->kind != ERROR_CONFLICT)
            return good;
        *err = (struct error){0};
    }
}

/* A process that writes the one study that all write, and one of its own, in turn. */
static void write_and_leave(const char *path, int writer)
{
    struct error err = {0};
    struct arena *arena = arena_new();
    const char *own = arena_printf(arena, "ts:study-%06d", writer + 1);
    const char *actor = arena_printf(arena, "writer-%d", writer);
    struct store *store = store_open(path, STORE_WRITE, &err);
    bool good = store != NULL;
    for (int i = 0; good && i < CHANGES_EACH; i++)
        good = add_one(store, i % 2 == 0 ? "ts:study-000000" : own, actor, &err);
    if (!good)
        fprintf(stderr, "%s\n", err.message);
    store_close(store);
    _exit(good ? 0 : 1);
}

static int participants_of(struct store *store, const char *id, struct arena *arena)
{
    struct error err = {0};
    struct study study;
    must(store_study(store, id, arena, &study, &err), &err);
    return study.participants < 0 ? 0 : study.participants;
}

static void who_writes_at_once_loses_nothing(void **state)
{
    struct place *place = *state;
    pid_t children[WRITERS];
    make_base(place);
    struct store *store = opened(place->path, STORE_READ);
    int shared = participants_of(store, "ts:study-000000", place->arena);
    int before = participants_of(store, "ts:study-000004", place->arena);
    store_close(store); /* SQLite's locks do not outlive a fork */
    for (int i = 0; i < WRITERS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0)
            write_and_leave(place->path, i);
    }
    store = opened(place->path, STORE_READ);
    for (int i = 0; i < WRITERS; i++) { /* and somebody reads meanwhile, every time a whole base */
        int status = 0;
        while (waitpid(children[i], &status, WNOHANG) == 0) {
            struct arena *arena = arena_new();
            assert_int_equal(loaded(store, arena).study_count, 12);
            arena_free(arena);
            usleep(2000);
        }
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_int_equal(participants_of(store, "ts:study-000000", place->arena),
                     shared + WRITERS * CHANGES_EACH / 2);
    assert_int_equal(participants_of(store, "ts:study-000004", place->arena),
                     before + CHANGES_EACH / 2);
    verified(store);
    store_close(store);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM edition"),
                     1 + WRITERS * CHANGES_EACH);
}

/* Opens the store to write once nobody holds the other end of the pipe any more. */
static void open_when_told(const char *path, const int ends[2])
{
    struct error err = {0};
    char byte;
    close(ends[1]);
    while (read(ends[0], &byte, 1) > 0)
        continue;
    struct store *store = store_open(path, STORE_WRITE, &err);
    if (store == NULL)
        fprintf(stderr, "%s\n", err.message);
    store_close(store);
    _exit(store != NULL ? 0 : 1);
}

/* The first writer to come changes how the file is written, and must be alone for that: the others
 * who come with it wait, and none is turned away. */
static void who_opens_at_once_is_let_in(void **state)
{
    struct place *place = *state;
    make_base(place);
    for (int round = 0; round < ROUNDS; round++) {
        pid_t children[WRITERS];
        int ends[2];
        int refused = 0;
        assert_int_equal(pipe(ends), 0);
        for (int i = 0; i < WRITERS; i++) {
            children[i] = fork();
            assert_true(children[i] >= 0);
            if (children[i] == 0)
                open_when_told(place->path, ends);
        }
        close(ends[0]);
        close(ends[1]);
        for (int i = 0; i < WRITERS; i++) {
            int status = 0;
            assert_int_equal(waitpid(children[i], &status, 0), children[i]);
            refused += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
        }
        assert_int_equal(refused, 0);
    }
}

/* Writes until it is killed, and tells through a pipe of every change that was acknowledged. */
static void write_until_killed(const char *path, int told)
{
    struct error err = {0};
    struct store *store = store_open(path, STORE_WRITE, &err);
    while (store != NULL && add_one(store, "ts:study-000003", "ann", &err))
        if (write(told, "x", 1) != 1)
            break;
    _exit(1);
}

/* How many changes a writer was told are on the disk before it was killed, so long after the first.
 */
static int acknowledged_before_kill(const char *path, useconds_t after)
{
    int ends[2];
    char byte;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        write_until_killed(path, ends[1]);
    close(ends[1]);
    int count = (int)read(ends[0], &byte, 1);
    usleep(after);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    while (read(ends[0], &byte, 1) == 1)
        count++;
    close(ends[0]);
    return count;
}

/* At most the one change that was on its way may be there without having been acknowledged. */
static void what_was_acknowledged_outlives_the_program(void **state)
{
    struct place *place = *state;
    struct random random = {.state = 1};
    make_base(place);
    struct store *store = opened(place->path, STORE_WRITE);
    int known = participants_of(store, "ts:study-000003", place->arena);
    store_close(store);
    for (int i = 0; i < KILLS; i++) {
        useconds_t after = (useconds_t)random_below(&random, 12000);
        int acknowledged = acknowledged_before_kill(place->path, after);
        store = opened(place->path, STORE_WRITE);
        int found = participants_of(store, "ts:study-000003", place->arena);
        assert_in_range(found, known + acknowledged, known + acknowledged + 1);
        verified(store);
        store_close(store);
        assert_true(acknowledged > 0);
        known = found;
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_writes_at_once_loses_nothing),
        TEST(who_opens_at_once_is_let_in),
        TEST(what_was_acknowledged_outlives_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
