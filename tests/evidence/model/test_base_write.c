/* The base written back to files: the same bytes, whichever way it went. */
#include <dirent.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "evidence/model/base_write.h"
#include "evidence/store/store.h"
#include "tests/evidence/random_base.h"

/* A folder of each test's own. */
struct place {
    struct arena *arena;
    char folder[64];
    const char *out;
};

static int make_place(void **state)
{
    struct place *place = memory_alloc(sizeof *place);
    *place = (struct place){.arena = arena_new(), .folder = "/tmp/touchstone-write-XXXXXX"};
    if (mkdtemp(place->folder) == NULL)
        return -1;
    place->out = arena_printf(place->arena, "%s/out", place->folder);
    *state = place;
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *at)
{
    (void)status;
    (void)kind;
    (void)at;
    return remove(path);
}

static int remove_place(void **state)
{
    struct place *place = *state;
    nftw(place->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(place->arena);
    free(place);
    return 0;
}

static struct base_written write_base(struct place *place, const struct base *base, const char *out)
{
    struct base_written written = {0};
    struct error err = {0};
    if (!base_write_folder(base, out, false, place->arena, &written, &err))
        fail_msg("%s", err.message);
    return written;
}

static const char *text_of(struct place *place, const char *folder, const char *name,
                           size_t *length)
{
    struct error err = {0};
    const char *text = file_read(arena_printf(place->arena, "%s/%s", folder, name), 4 << 20,
                                 place->arena, length, &err);
    if (text == NULL)
        fail_msg("%s", err.message);
    return text;
}

static void same_file(struct place *place, const char *one, const char *other, const char *name)
{
    size_t first = 0;
    size_t second = 0;
    const char *a = text_of(place, one, name, &first);
    const char *b = text_of(place, other, name, &second);
    if (first != second || memcmp(a, b, first) != 0)
        fail_msg("%s/%s is not as it would be written; touchstone export data --force writes it "
                 "so",
                 other, name);
}

/* Every .json file of `one` stands in `other` with the same bytes, and none beside them. */
static void same_folder(struct place *place, const char *one, const char *other, const char *folder)
{
    struct error err = {0};
    size_t first = 0;
    size_t second = 0;
    const char *a = arena_printf(place->arena, "%s/%s", one, folder);
    const char *b = arena_printf(place->arena, "%s/%s", other, folder);
    const char *const *names = folder_list(a, ".json", place->arena, &first, &err);
    const char *const *others = folder_list(b, ".json", place->arena, &second, &err);
    if (names == NULL || others == NULL)
        fail_msg("%s", err.message);
    assert_int_equal(first, second);
    for (size_t i = 0; i < first; i++) {
        assert_string_equal(names[i], others[i]);
        same_file(place, a, b, names[i]);
    }
}

static void same_folders(struct place *place, const char *one, const char *other)
{
    same_folder(place, one, other, ".");
    same_folder(place, one, other, "interventions");
    same_folder(place, one, other, "studies");
}

static void read_curated(struct place *place, struct base *base)
{
    struct problems problems = {.arena = place->arena};
    base_read_folder("evidence/data", base, &problems);
    if (problems.count > 0)
        fail_msg("%s%s: %s", problems.items[0]->file, problems.items[0]->pointer,
                 problems.items[0]->detail);
}

static struct base through_store(struct place *place, const struct base *base)
{
    struct error err = {0};
    struct store_changes changes;
    struct base out = {0};
    const char *path = arena_printf(place->arena, "%s/test.db", place->folder);
    struct store *store = store_open(path, STORE_WRITE, &err);
    bool good = store != NULL && store_save_base(store, base, 1, &changes, &err) &&
                store_load_base(store, place->arena, &out, &err);
    store_close(store);
    if (!good)
        fail_msg("%s", err.message);
    return out;
}

static void the_curated_files_come_back_byte_for_byte(void **state)
{
    struct place *place = *state;
    struct base base;
    read_curated(place, &base);
    struct base_written written = write_base(place, &base, place->out);
    same_folders(place, place->out, "evidence/data");
    same_folder(place, place->out, "evidence/data", "rulesets");
    assert_int_equal(written.files, base.intervention_count + base.study_count +
                                        base.document_count + 2); /* and the two lists */
    assert_null(written.strangers[0]);
}

static void the_curated_files_come_back_from_the_store_byte_for_byte(void **state)
{
    struct place *place = *state;
    struct base base;
    read_curated(place, &base);
    struct base stored = through_store(place, &base);
    write_base(place, &stored, place->out);
    same_folders(place, place->out, "evidence/data");
}

static void a_random_base_is_written_the_same_before_and_after_the_store(void **state)
{
    struct place *place = *state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct base base = random_base(seed, 40, place->arena);
        struct base stored = through_store(place, &base);
        const char *before = arena_printf(place->arena, "%s/before-%d", place->folder, (int)seed);
        const char *after = arena_printf(place->arena, "%s/after-%d", place->folder, (int)seed);
        write_base(place, &base, before);
        write_base(place, &stored, after);
        same_folders(place, before, after);
    }
}

/* Reads a file of the folder with one of the readers, and writes it again. */
static void reads_back(struct place *place, const char *name, bool study)
{
    struct problems problems = {.arena = place->arena};
    size_t length = 0;
    const char *text = text_of(place, place->out, name, &length);
    json_t *value = json_parse(text, length, name, &problems);
    assert_non_null(value);
    struct json_reader at = json_root(value, name, &problems);
    struct buffer again = {0};
    struct json_writer writer;
    json_writer_init(&writer, &again, 2);
    if (study) {
        struct study read;
        study_read(&at, &read);
        study_write(&read, &writer);
    } else {
        struct intervention read;
        intervention_read(&at, &read);
        intervention_write(&read, &writer);
    }
    buffer_byte(&again, '\n');
    assert_string_equal(buffer_string(&again), text);
    buffer_release(&again);
    json_decref(value);
}

static void what_is_written_reads_back(void **state)
{
    struct place *place = *state;
    struct base base = random_base(7, 60, place->arena);
    write_base(place, &base, place->out);
    for (size_t i = 0; i < base.study_count; i++)
        reads_back(place,
                   arena_printf(place->arena, "studies/%s",
                                study_file_name(base.studies[i].id, place->arena)),
                   true);
    for (size_t i = 0; i < base.intervention_count; i++)
        if (base.interventions[i].plain != NULL && base.interventions[i].summary != NULL)
            reads_back(
                place,
                arena_printf(place->arena, "interventions/%s.json", base.interventions[i].id),
                false);
}

static void a_document_may_stand_in_a_folder(void **state)
{
    struct place *place = *state;
    static const char text[] = "{ \"kept\":  \"whole\" }";
    const struct document documents[] = {{"rulebooks/deep/stop", text, sizeof text - 1}};
    const struct base base = {.documents = documents, .document_count = 1};
    size_t length = 0;
    write_base(place, &base, place->out);
    assert_string_equal(text_of(place, place->out, "rulebooks/deep/stop.json", &length), text);
}

static void refused(struct place *place, const struct base *base, const char *words)
{
    struct base_written written;
    struct error err = {0};
    assert_false(base_write_folder(base, place->out, false, place->arena, &written, &err));
    if (strstr(err.message, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.message, words);
    assert_int_equal(err.kind, ERROR_INVALID);
}

static void a_name_that_leads_out_of_the_folder_is_refused(void **state)
{
    struct place *place = *state;
    static const char *const names[] = {"../x", "/etc/x", "a/../../x", "a//x", "", "a/", ".x"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct document document = {names[i], "x", 1};
        const struct base base = {.documents = &document, .document_count = 1};
        refused(place, &base, "can be no file's name");
        assert_int_not_equal(access(place->out, F_OK), 0);
    }
}

static void two_ids_of_one_file_name_are_refused(void **state)
{
    struct place *place = *state;
    struct random random = {.state = 1, .arena = place->arena};
    struct study studies[2];
    random_study(&random, "doi:10.1/a-b", &studies[0]);
    random_study(&random, "doi:10.1/a/b", &studies[1]);
    const struct base base = {.studies = studies, .study_count = 2};
    refused(place, &base, "doi:10.1/a-b and doi:10.1/a/b would both be written to");
    assert_int_not_equal(access(place->out, F_OK), 0);
}

static void a_folder_with_something_in_it_is_refused_unless_forced(void **state)
{
    struct place *place = *state;
    struct base base = random_base(3, 4, place->arena);
    struct base_written written = {0};
    struct error err = {0};
    write_base(place, &base, place->out);
    refused(place, &base, "the folder is not empty");
    const char *stranger = arena_printf(place->arena, "%s/studies/zz.json", place->out);
    assert_true(file_write(stranger, "{}", 2, &err));
    assert_true(base_write_folder(&base, place->out, true, place->arena, &written, &err));
    assert_string_equal(written.strangers[0], stranger);
    assert_null(written.strangers[1]);
    assert_int_equal(access(stranger, F_OK), 0);
}

static int count_hidden(const char *folder)
{
    DIR *open = opendir(folder);
    int count = 0;
    assert_non_null(open);
    for (struct dirent *entry; (entry = readdir(open)) != NULL;)
        count += entry->d_name[0] == '.' && strspn(entry->d_name, ".") < strlen(entry->d_name);
    closedir(open);
    return count;
}

static void a_failure_names_the_file_and_leaves_no_half_of_one(void **state)
{
    struct place *place = *state;
    struct base base = random_base(3, 4, place->arena);
    struct base_written written;
    struct error err = {0};
    const char *in_the_way = arena_printf(place->arena, "%s/outcomes.json/x", place->out);
    assert_true(folder_make(in_the_way, &err));
    assert_false(base_write_folder(&base, place->out, true, place->arena, &written, &err));
    assert_int_equal(err.kind, ERROR_IO);
    assert_non_null(strstr(err.message, "/out/outcomes.json: "));
    assert_int_equal(count_hidden(place->out), 0);
}

static void a_file_where_a_folder_must_be_is_told(void **state)
{
    struct place *place = *state;
    struct base base = random_base(3, 1, place->arena);
    struct base_written written;
    struct error err = {0};
    assert_true(folder_make(place->out, &err));
    assert_true(file_write(arena_printf(place->arena, "%s/studies", place->out), "", 0, &err));
    assert_false(base_write_folder(&base, place->out, true, place->arena, &written, &err));
    assert_non_null(strstr(err.message, "/out/studies: is there already and no folder"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)
    const struct CMUnitTest tests[] = {
        TEST(the_curated_files_come_back_byte_for_byte),
        TEST(the_curated_files_come_back_from_the_store_byte_for_byte),
        TEST(a_random_base_is_written_the_same_before_and_after_the_store),
        TEST(what_is_written_reads_back),
        TEST(a_document_may_stand_in_a_folder),
        TEST(a_name_that_leads_out_of_the_folder_is_refused),
        TEST(two_ids_of_one_file_name_are_refused),
        TEST(a_folder_with_something_in_it_is_refused_unless_forced),
        TEST(a_failure_names_the_file_and_leaves_no_half_of_one),
        TEST(a_file_where_a_folder_must_be_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
