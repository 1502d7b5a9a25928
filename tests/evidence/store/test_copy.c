/* A whole store into another: from a file into what the tests run on, and back into a file. */
#include <math.h>

#include "evidence/store/audit.h"
#include "evidence/store/copy.h"
#include "evidence/store/credentials.h"
#include "evidence/store/history.h"
#include "evidence/store/intake.h"
#include "evidence/store/sql/tables.h"
#include "tests/evidence/store/place.h"

static void added_record(struct store *store, const char *id, const char *title,
                         struct arena *arena)
{
    const struct intake_stamp now = {.who = "import", .now = 300};
    const struct joining joining = {.reason = "new", .score = NAN};
    struct record record;
    struct incoming incoming;
    struct error err = {0};
    int64_t key = 0;
    int64_t record_key = 0;
    record_init(&record);
    record.source = "pubmed";
    record.source_id = id;
    record.title = title;
    incoming_init(&incoming, &record, arena);
    must(store_add_record(store, &incoming, 0, &joining, &now, &record_key, &key, &err) &&
             store_settle(store, key, &record, &now, &err),
         &err);
}

/* A base that was saved twice, records beside it, and one who may write. */
static const char *filled(struct place *place)
{
    const char *path = arena_printf(place->arena, "%s/from.db", place->folder);
    const struct base first = random_base(3, 12, place->arena);
    const struct base second = random_base(4, 15, place->arena);
    char text[TOKEN_TEXT_SIZE];
    char id[TOKEN_ID_SIZE];
    struct error err = {0};
    struct store *store = opened(path, STORE_WRITE);
    saved(store, &first, 100);
    saved(store, &second, 200);
    added_record(store, "1", "Needling of knots", place->arena);
    added_record(store, "2", "Needles and pins", place->arena);
    const struct token wanted = {.name = "anna", .scopes = MAY_READ};
    must(store_add_token(store, &wanted, "command", 400, text, id, &err), &err);
    store_close(store);
    return path;
}

static struct store_copied copied(const char *from, const char *to)
{
    struct error err = {0};
    struct store_copied out;
    must(store_copy(from, to, &out, &err), &err);
    return out;
}

/* How many rows each table of a store in a file has, a line each. */
static const char *row_counts(const char *path, struct arena *arena)
{
    struct buffer out = {0};
    for (const struct table *table = store_tables; table->name != NULL; table++)
        buffer_printf(
            &out, "%s %lld\n", table->name,
            (long long)ask_sql(path, arena_printf(arena, "SELECT count(*) FROM %s", table->name)));
    const char *text = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return text;
}

static void a_store_is_the_same_after_it_went_there_and_back(void **state)
{
    struct place *place = *state;
    const char *from = filled(place);
    const char *back = arena_printf(place->arena, "%s/back.db", place->folder);
    const struct store_copied there = copied(from, place->path);
    const struct store_copied here = copied(place->path, back);
    assert_int_equal(there.rows, here.rows);
    assert_int_equal(there.editions, 2);
    assert_string_equal(row_counts(from, place->arena), row_counts(back, place->arena));
    struct store *one = opened(from, STORE_READ);
    struct store *other = opened(back, STORE_READ);
    assert_string_equal(stamped(one).hash, stamped(other).hash);
    assert_string_equal(stamped(one).hash, here.base_hash);
    const struct base left = loaded(one, place->arena);
    const struct base right = loaded(other, place->arena);
    assert_same_base(&left, &right, place->arena);
    struct audit_head head;
    struct error err = {0};
    must(store_audit_head(one, &head, &err), &err);
    must(store_check_head(other, &head, &err), &err);
    store_close(one);
    store_close(other);
}

static size_t publications_found(struct store *store, const char *query, struct arena *arena)
{
    struct publication *found;
    struct error err = {0};
    size_t count = 0;
    size_t total = 0;
    must(store_search_publications(store, query, SCREENING_UNSCREENED, 0, 10, arena, &found, &count,
                                   &total, &err),
         &err);
    return total;
}

static void a_copy_is_searched_and_goes_on(void **state)
{
    struct place *place = *state;
    copied(filled(place), place->path);
    struct store *store = opened(place->path, STORE_WRITE);
    assert_int_equal(publications_found(store, "needle", place->arena), 2);
    assert_int_equal(publications_found(store, "knots needling", place->arena), 1);
    added_record(store, "3", "Another needle", place->arena);
    assert_int_equal(publications_found(store, "needle", place->arena), 3);
    const struct base third = random_base(5, 9, place->arena);
    saved(store, &third, 500);
    verified(store);
    store_close(store);
}

static void what_holds_something_is_not_copied_into(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct store_copied out;
    const char *from = filled(place);
    const struct base other = random_base(8, 3, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &other, 1);
    const struct store_stamp before = stamped(store);
    store_close(store);
    assert_false(store_copy(from, place->path, &out, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_non_null(strstr(err.message, "holds something already"));
    store = opened(place->path, STORE_READ);
    assert_string_equal(stamped(store).hash, before.hash);
    store_close(store);
}

static void a_copy_of_nothing_leaves_no_file(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct store_copied out;
    const char *none = arena_printf(place->arena, "%s/none.db", place->folder);
    const char *to = arena_printf(place->arena, "%s/to.db", place->folder);
    assert_false(store_copy(none, to, &out, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    assert_int_not_equal(access(to, F_OK), 0);
    /* One that was changed behind our back is read, and found when the copy is verified. */
    const char *from = filled(place);
    run_sql(from, "UPDATE study SET participants = 123456 WHERE id = 'ts:study-000002'");
    err = (struct error){0};
    assert_false(store_copy(from, to, &out, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    assert_int_not_equal(access(to, F_OK), 0);
}

/* Else a copy would lose what a later schema adds. */
static void every_column_of_the_schema_is_copied(void **state)
{
    struct place *place = *state;
    const char *path = arena_printf(place->arena, "%s/schema.db", place->folder);
    store_close(opened(path, STORE_WRITE));
    size_t columns = 0;
    for (const struct table *table = store_tables; table->name != NULL; table++)
        for (const char *at = table->columns; (at = strchr(at, ':')) != NULL; at++) {
            const char *name = arena_strndup(place->arena, at + 1, strcspn(at + 1, " "));
            assert_int_equal(
                ask_sql(path, arena_printf(place->arena,
                                           "SELECT count(*) FROM pragma_table_info('%s') "
                                           "WHERE name = '%s'",
                                           table->name, name)),
                1);
            columns++;
        }
    /* Tables of the indexes of words are named after them. */
    assert_int_equal(
        columns,
        ask_sql(path,
                "SELECT count(*) FROM sqlite_schema AS made JOIN pragma_table_info(made.name) "
                "WHERE made.type = 'table' AND made.name NOT LIKE 'sqlite_%' "
                "AND made.name NOT LIKE '%\\_search%' ESCAPE '\\' "
                "AND made.name NOT LIKE '%\\_words%' ESCAPE '\\'") +
            ask_sql(path, "SELECT count(*) FROM pragma_table_info('saved_search')"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_store_is_the_same_after_it_went_there_and_back),
        TEST(a_copy_is_searched_and_goes_on),
        TEST(what_holds_something_is_not_copied_into),
        TEST(a_copy_of_nothing_leaves_no_file),
        TEST(every_column_of_the_schema_is_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
