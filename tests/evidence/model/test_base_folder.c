/* Reading evidence/data from a folder: what is broken is named by file and place, and damaged
 * files never abort. Run from the project's root, whose data is what is damaged here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "evidence/model/base.h"

static const char *const folders[] = {"interventions", "studies", "rulesets"};
static const char STUDY[] = "studies/ts-a.json";
static const char SOUND[] =
    "{\"id\":\"ts:a\",\"title\":\"t\",\"design\":\"rct\",\"condition\":\"neck-pain\",\"sources\":"
    "[{\"url\":\"u\"}],\"results\":[{\"intervention\":\"massage\",\"comparator\":\"sham\","
    "\"outcome\":\"pain-intensity\",\"better\":\"lower\",\"window\":\"short\",\"measure\":\"MD\","
    "\"estimate\":-1,\"ci\":[-2,-0.5]}]}";

/* A small folder of one's own. */
struct place {
    struct arena *arena;
    char folder[64];
};

static void put(struct place *place, const char *name, const char *text)
{
    const char *path = arena_printf(place->arena, "%s/%s", place->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void copy(struct place *place, const char *name)
{
    struct error err = {0};
    size_t length;
    const char *text = file_read(arena_printf(place->arena, "evidence/data/%s", name), 1 << 22,
                                 place->arena, &length, &err);
    if (text == NULL)
        fail_msg("%s", err.message);
    put(place, name, text);
}

static int make_place(void **state)
{
    struct place *place = memory_alloc(sizeof *place);
    *place = (struct place){.arena = arena_new(), .folder = "/tmp/touchstone-data-XXXXXX"};
    if (mkdtemp(place->folder) == NULL)
        return -1;
    for (size_t i = 0; i < 3; i++)
        mkdir(arena_printf(place->arena, "%s/%s", place->folder, folders[i]), 0700);
    static const char *const files[] = {"conditions.json",
                                        "outcomes.json",
                                        "dataset.json",
                                        "language.json",
                                        "rules.json",
                                        "rulesets/default.json",
                                        "interventions/massage.json"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        copy(place, files[i]);
    put(place, STUDY, SOUND);
    *state = place;
    return 0;
}

static void empty(struct place *place, const char *folder)
{
    struct error err = {0};
    size_t count = 0;
    const char *const *names = folder_list(folder, "", place->arena, &count, &err);
    for (size_t i = 0; names != NULL && i < count; i++)
        unlink(arena_printf(place->arena, "%s/%s", folder, names[i]));
    rmdir(folder);
}

static int remove_place(void **state)
{
    struct place *place = *state;
    for (size_t i = 0; i < 3; i++)
        empty(place, arena_printf(place->arena, "%s/%s", place->folder, folders[i]));
    empty(place, place->folder);
    arena_free(place->arena);
    free(place);
    return 0;
}

static void read_place(struct place *place, struct base *base, struct problems *problems)
{
    *problems = (struct problems){.arena = place->arena};
    base_read_folder(place->folder, base, problems);
}

static void wants(struct place *place, const char *file, const char *pointer, const char *says)
{
    struct base base;
    struct problems problems;
    bool found = false;
    read_place(place, &base, &problems);
    for (size_t i = 0; i < problems.kept; i++)
        found = found || (strstr(problems.items[i]->file, file) != NULL &&
                          strcmp(problems.items[i]->pointer, pointer) == 0 &&
                          strstr(problems.items[i]->detail, says) != NULL);
    if (!found)
        fail_msg("no problem %s %s \"%s\" among %zu; first: %s %s %s", file, pointer, says,
                 problems.count, problems.kept == 0 ? "" : problems.items[0]->file,
                 problems.kept == 0 ? "" : problems.items[0]->pointer,
                 problems.kept == 0 ? "" : problems.items[0]->detail);
}

static void a_sound_folder_is_read(void **state)
{
    struct base base;
    struct problems problems;
    read_place(*state, &base, &problems);
    if (problems.count > 0)
        fail_msg("%s %s %s", problems.items[0]->file, problems.items[0]->pointer,
                 problems.items[0]->detail);
    assert_int_equal(base.study_count, 1);
    assert_non_null(base_study(&base, "ts:a"));
    assert_non_null(base_document(&base, "rulesets/default"));
}

static void text_that_is_no_json_is_told_with_its_line(void **state)
{
    struct place *place = *state;
    put(place, STUDY, "{\"id\":\n\"ts:a\",,}");
    wants(place, "ts-a.json", "", "line 2");
    put(place, STUDY, "{\"id\":\"ts:a\",\"id\":\"ts:a\"}");
    wants(place, "ts-a.json", "", "dup");
}

static void a_file_must_have_the_name_of_its_id(void **state)
{
    struct place *place = *state;
    put(place, "studies/other.json", SOUND);
    wants(place, "other.json", "/id", "must be called ts-a.json");
    struct error err = {0};
    size_t length;
    const char *massage =
        file_read(arena_printf(place->arena, "%s/interventions/massage.json", place->folder),
                  1 << 22, place->arena, &length, &err);
    assert_non_null(massage);
    put(place, "interventions/twin.json", massage);
    wants(place, "twin.json", "/id", "must be called massage.json");
}

static void missing_files_and_folders_are_told(void **state)
{
    struct place *place = *state;
    unlink(arena_printf(place->arena, "%s/outcomes.json", place->folder));
    wants(place, "outcomes.json", "", "");
    unlink(arena_printf(place->arena, "%s/rules.json", place->folder));
    wants(place, "rules.json", "", "");
    empty(place, arena_printf(place->arena, "%s/studies", place->folder));
    wants(place, "/studies", "", "");
}

static void names_without_an_entry_are_told_by_their_place(void **state)
{
    struct place *place = *state;
    char *text = arena_strdup(place->arena, SOUND);
    memcpy(strstr(text, "massage"), "message", 7);
    put(place, STUDY, text);
    wants(place, "ts-a.json", "/results/0/intervention", "no intervention \"message\"");
}

static void a_mid_on_an_upside_down_scale_is_told(void **state)
{
    struct place *place = *state;
    put(place, "outcomes.json",
        "{\"outcomes\":[{\"id\":\"pain-intensity\",\"name\":\"n\",\"plain\":\"p\",\"kind\":"
        "\"benefit\",\"mid\":{\"value\":1,\"scale\":{\"name\":\"s\",\"low\":10,\"high\":0},"
        "\"source\":{\"url\":\"u\"}}}]}");
    wants(place, "outcomes.json", "/outcomes/0/mid/scale", "low one below");
}

/* SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195). */
static uint64_t bits(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* One token of a sound study replaced by another kind of thing, or the text cut short. */
static void damage(char *text, uint64_t *state)
{
    static const char junk[] = "0{}[]\",:-9enul ";
    size_t length = strlen(text);
    if (bits(state) % 5 == 0)
        text[bits(state) % length] = '\0';
    for (uint64_t i = 1 + bits(state) % 3; text[0] != '\0' && i > 0; i--)
        text[bits(state) % strlen(text)] = junk[bits(state) % (sizeof junk - 1)];
}

static void damaged_files_never_abort(void **state)
{
    struct place *place = *state;
    uint64_t random = 1;
    for (int i = 0; i < 400; i++) {
        struct place round = {.arena = arena_new()};
        memcpy(round.folder, place->folder, sizeof round.folder);
        char *text = arena_strdup(round.arena, SOUND);
        damage(text, &random);
        put(&round, STUDY, text);
        struct base base;
        struct problems problems;
        read_place(&round, &base, &problems);
        arena_free(round.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sound_folder_is_read, make_place, remove_place),
        cmocka_unit_test_setup_teardown(text_that_is_no_json_is_told_with_its_line, make_place,
                                        remove_place),
        cmocka_unit_test_setup_teardown(a_file_must_have_the_name_of_its_id, make_place,
                                        remove_place),
        cmocka_unit_test_setup_teardown(missing_files_and_folders_are_told, make_place,
                                        remove_place),
        cmocka_unit_test_setup_teardown(names_without_an_entry_are_told_by_their_place, make_place,
                                        remove_place),
        cmocka_unit_test_setup_teardown(a_mid_on_an_upside_down_scale_is_told, make_place,
                                        remove_place),
        cmocka_unit_test_setup_teardown(damaged_files_never_abort, make_place, remove_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
