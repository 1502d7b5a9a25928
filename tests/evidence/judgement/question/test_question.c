#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "evidence/base/buffer.h"
#include "evidence/judgement/question/question.h"
#include "tests/evidence/judgement/curated_topics.h"

struct fixture {
    struct arena *arena;
    struct base base;
    const struct lexicon *lexicon;
};

static int set_up(void **state)
{
    struct fixture *fixture = memory_alloc(sizeof *fixture);
    *fixture = (struct fixture){.arena = arena_new()};
    struct problems problems = {.arena = fixture->arena};
    struct error err = {0};
    curated_topics(&fixture->base, &problems);
    if (problems.count == 0)
        fixture->lexicon = lexicon_new(&fixture->base, fixture->arena, &problems);
    if (!problems_none(&problems, &err))
        print_error("%s\n", err.message);
    *state = fixture;
    return fixture->lexicon == NULL;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static struct understood ask(const struct fixture *fixture, const char *query, struct arena *arena)
{
    struct understood understood;
    question_understand(fixture->lexicon, query, strlen(query), arena, &understood);
    return understood;
}

/* ---- the table ---- */

enum { COLUMNS = 6, LONGEST_LINE = 4096 };

/* "\xHH" becomes a byte. */
static size_t unescape(char *text)
{
    char *out = text;
    for (const char *in = text; *in != '\0';) {
        unsigned byte;
        if (in[0] == '\\' && in[1] == 'x' && sscanf(in + 2, "%2x", &byte) == 1) {
            *out++ = (char)byte;
            in += 4;
        } else {
            *out++ = *in++;
        }
    }
    *out = '\0';
    return (size_t)(out - text);
}

static void split_line(char *line, const char *columns[COLUMNS])
{
    line[strcspn(line, "\n")] = '\0';
    for (int i = 0; i < COLUMNS; i++) {
        char *tab = strchr(line, '\t');
        columns[i] = line;
        if (tab == NULL) {
            line += strlen(line);
            continue;
        }
        *tab = '\0';
        line = tab + 1;
    }
}

static void separate(struct buffer *out, const char *separator)
{
    if (out->length > 0)
        buffer_text(out, separator);
}

/* What was understood, a column at a time, as the table writes it. */
static void describe(const struct understood *understood, const char *query, int column,
                     struct buffer *out)
{
    buffer_clear(out);
    for (size_t i = 0; column == 1 && i < understood->intervention_count; i++) {
        separate(out, ",");
        buffer_text(out, understood->interventions[i].entry->id);
    }
    for (size_t i = 0; column == 2 && i < understood->condition_count; i++) {
        separate(out, ",");
        buffer_text(out, understood->conditions[i].entry->id);
    }
    if (column == 2 && understood->choices != NULL)
        buffer_text(out, "?");
    for (size_t i = 0; column == 3 && i < understood->outcome_count; i++) {
        separate(out, ",");
        buffer_text(out, understood->outcomes[i].entry->id);
    }
    for (size_t i = 0; column == 4 && i < understood->not_understood_count; i++) {
        const struct span *span = &understood->not_understood[i];
        separate(out, "; ");
        buffer_append(out, query + span->start, span->end - span->start);
    }
    if (column == 5 && understood->unknown.phrase != NULL)
        buffer_text(out, understood->unknown.phrase);
}

/* True if every column is as expected; tells the first that is not. */
static bool is_understood(const struct fixture *fixture, const char *query, size_t length,
                          const char *columns[COLUMNS], bool tell)
{
    struct arena *arena = arena_new();
    struct buffer got = {0};
    struct understood understood;
    question_understand(fixture->lexicon, query, length, arena, &understood);
    int column = 1;
    for (; column < COLUMNS; column++) {
        describe(&understood, query, column, &got);
        if (strcmp(buffer_string(&got), columns[column]) != 0)
            break;
    }
    if (column < COLUMNS && tell)
        print_error("\"%s\", column %d: expected \"%s\", got \"%s\"\n", query, column,
                    columns[column], buffer_string(&got));
    buffer_release(&got);
    arena_free(arena);
    return column == COLUMNS;
}

/* Expected values: tests/evidence/judgement/question/questions.tsv, judged by hand. */
static void questions_are_understood_as_people_mean_them(void **state)
{
    FILE *file = fopen("tests/evidence/judgement/question/questions.tsv", "r");
    assert_non_null(file);
    char line[LONGEST_LINE];
    int right = 0;
    int wrong = 0;
    int known = 0;
    int mended = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#')
            continue;
        bool miss = line[0] == '~';
        const char *columns[COLUMNS];
        split_line(line + miss, columns);
        size_t length = unescape(line + miss);
        bool understood = is_understood(*state, columns[0], length, columns, !miss);
        right += understood;
        wrong += !understood && !miss;
        known += !understood && miss;
        mended += understood && miss;
    }
    fclose(file);
    print_message("%d right, %d known misses\n", right, known);
    assert_int_equal(wrong, 0);
    assert_int_equal(mended, 0); /* take the ~ away */
    assert_true(right > 400);
}

/* ---- spans and surety ---- */

static void assert_span(const char *query, struct span span, const char *expected)
{
    char *piece = strndup(query + span.start, span.end - span.start);
    assert_string_equal(piece, expected);
    free(piece);
}

static void each_finding_tells_where_it_stands(void **state)
{
    struct arena *arena = arena_new();
    const char *query = "Would “dry needling” ease the pain that I have in my neck?";
    struct understood understood = ask(*state, query, arena);
    assert_span(query, understood.interventions[0].span, "dry needling");
    assert_span(query, understood.conditions[0].span, "pain that I have in my neck");
    query = "bad back for over 10 years, reiki?";
    understood = ask(*state, query, arena);
    assert_span(query, understood.duration_span, "for over 10 years");
    assert_span(query, understood.unknown.span, "reiki");
    assert_span(query, understood.not_understood[0], "reiki");
    query = "is cupping good for headaches";
    understood = ask(*state, query, arena);
    assert_span(query, understood.choices_span, "headaches");
    query = "does tape improve range of motion";
    understood = ask(*state, query, arena);
    assert_span(query, understood.outcomes[0].span, "range of motion");
    arena_free(arena);
}

static void forgiven_spelling_is_told(void **state)
{
    struct arena *arena = arena_new();
    struct understood understood = ask(*state, "accupuncture for neck pain", arena);
    assert_int_equal(understood.interventions[0].surety, SURETY_SPELLING);
    assert_int_equal(understood.conditions[0].surety, SURETY_EXACT);
    understood = ask(*state, "acupuncture for pain in my nek", arena);
    assert_int_equal(understood.interventions[0].surety, SURETY_EXACT);
    assert_int_equal(understood.conditions[0].surety, SURETY_SPELLING);
    /* British and American, plural and joined are no misspellings. */
    understood = ask(*state, "ischemic compressions for neckpain", arena);
    assert_int_equal(understood.interventions[0].surety, SURETY_EXACT);
    assert_int_equal(understood.conditions[0].surety, SURETY_EXACT);
    arena_free(arena);
}

static void an_unknown_treatment_comes_with_the_nearest_names(void **state)
{
    struct arena *arena = arena_new();
    struct understood understood = ask(*state, "cortisone shot for tennis elbow", arena);
    assert_string_equal(understood.unknown.phrase, "cortisone shot");
    assert_int_equal(understood.unknown.nearest_count, 1);
    assert_string_equal(understood.unknown.nearest[0].id, "corticosteroid-tpi");
    understood = ask(*state, "does reiki help neck pain", arena);
    assert_int_equal(understood.unknown.nearest_count, 0);
    arena_free(arena);
}

static void a_length_of_time_tells_acute_from_chronic(void **state)
{
    static const struct {
        const char *query;
        enum duration duration;
    } cases[] = {
        {"back pain", DURATION_NOT_SAID},
        {"back pain for three days", DURATION_ACUTE},
        {"back pain for 11 weeks", DURATION_ACUTE},
        {"back pain for 12 weeks", DURATION_CHRONIC}, /* 12 weeks or more: chronic */
        {"back pain for the past two years", DURATION_CHRONIC},
        {"back pain since about 6 months", DURATION_CHRONIC},
        {"my back hurts, started 2 days ago", DURATION_ACUTE},
        {"10 minutes of heat a day for back pain", DURATION_NOT_SAID},
        {"back pain in the mornings", DURATION_NOT_SAID},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct understood understood = ask(*state, cases[i].query, arena);
        static const char *const ids[] = {"low-back-pain", "acute-low-back-pain",
                                          "chronic-low-back-pain"};
        assert_int_equal(understood.duration, cases[i].duration);
        assert_int_equal(understood.condition_count, 1);
        assert_string_equal(understood.conditions[0].entry->id, ids[cases[i].duration]);
    }
    arena_free(arena);
}

/* ---- bounds ---- */

static void only_the_first_thousand_characters_count(void **state)
{
    struct arena *arena = arena_new();
    struct buffer query = {0};
    while (query.length < 2 * (QUESTION_CHARACTERS - 13))
        buffer_text(&query, "é");
    buffer_text(&query, " dry needling and massage");
    struct understood understood;
    question_understand(((struct fixture *)*state)->lexicon, query.bytes, query.length, arena,
                        &understood);
    assert_int_equal(understood.looked_at, 2 * (QUESTION_CHARACTERS - 13) + 13);
    assert_int_equal(understood.intervention_count, 1);
    assert_string_equal(understood.interventions[0].entry->id, "dry-needling");
    buffer_release(&query);
    arena_free(arena);
}

static void assert_within(struct span span, const struct understood *understood)
{
    assert_true(span.start < span.end);
    assert_true(span.end <= understood->looked_at);
}

static void assert_sane(const struct understood *understood)
{
    for (size_t i = 0; i < understood->intervention_count; i++)
        assert_within(understood->interventions[i].span, understood);
    for (size_t i = 0; i < understood->condition_count; i++)
        assert_within(understood->conditions[i].span, understood);
    for (size_t i = 0; i < understood->outcome_count; i++)
        assert_within(understood->outcomes[i].span, understood);
    if (understood->unknown.phrase != NULL)
        assert_within(understood->unknown.span, understood);
    size_t at = 0;
    for (size_t i = 0; i < understood->not_understood_count; i++) {
        assert_within(understood->not_understood[i], understood);
        assert_true(understood->not_understood[i].start >= at);
        at = understood->not_understood[i].end;
    }
}

/* xorshift: the same bytes in every run. */
static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static void any_bytes_give_places_within_them(void **state)
{
    static const char *const words[] = {"dry",  "needling", "neck", "pain", "massage", "gun",
                                        "vs",   "for",      "my",   "back", "nek",     "zorbo",
                                        "does", "help",     ",",    "é",    "\xff",    "3",
                                        "days", "sore",     "gym",  "after"};
    uint32_t seed = 20260101;
    for (int round = 0; round < 3000; round++) {
        struct arena *arena = arena_new();
        char query[1500];
        size_t length = 0;
        size_t wanted = next_random(&seed) % 60;
        for (size_t i = 0; i < wanted && length + 16 < sizeof query; i++) {
            if (round % 2 == 0) {
                query[length++] = (char)(next_random(&seed) >> 8);
                continue;
            }
            const char *word = words[next_random(&seed) % (sizeof words / sizeof *words)];
            length += (size_t)snprintf(query + length, 16, "%s ", word);
        }
        struct understood first;
        struct understood second;
        const struct fixture *fixture = *state;
        question_understand(fixture->lexicon, query, length, arena, &first);
        question_understand(fixture->lexicon, query, length, arena, &second);
        assert_sane(&first);
        assert_int_equal(first.intervention_count, second.intervention_count);
        assert_int_equal(first.condition_count, second.condition_count);
        assert_int_equal(first.not_understood_count, second.not_understood_count);
        arena_free(arena);
    }
}

/* Every name and alias of the base is understood as its own entry when it stands alone. */
static void each_alias_is_understood_as_its_entry(void **state)
{
    const struct fixture *fixture = *state;
    int wrong = 0;
    for (size_t i = 0; i < fixture->base.intervention_count; i++) {
        const struct intervention *entry = &fixture->base.interventions[i];
        for (const char *const *alias = entry->aliases; *alias != NULL; alias++) {
            struct arena *arena = arena_new();
            struct understood understood = ask(fixture, *alias, arena);
            bool right =
                understood.intervention_count >= 1 && understood.interventions[0].entry == entry;
            if (!right)
                print_error("\"%s\" is not understood as %s\n", *alias, entry->id);
            wrong += !right;
            arena_free(arena);
        }
    }
    for (size_t i = 0; i < fixture->base.condition_count; i++) {
        const struct condition *entry = &fixture->base.conditions[i];
        for (const char *const *alias = entry->aliases; *alias != NULL; alias++) {
            struct arena *arena = arena_new();
            struct understood understood = ask(fixture, *alias, arena);
            bool right = understood.condition_count == 1 && understood.conditions[0].entry == entry;
            if (!right)
                print_error("\"%s\" is not understood as %s\n", *alias, entry->id);
            wrong += !right;
            arena_free(arena);
        }
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_are_understood_as_people_mean_them),
        cmocka_unit_test(each_alias_is_understood_as_its_entry),
        cmocka_unit_test(each_finding_tells_where_it_stands),
        cmocka_unit_test(forgiven_spelling_is_told),
        cmocka_unit_test(an_unknown_treatment_comes_with_the_nearest_names),
        cmocka_unit_test(a_length_of_time_tells_acute_from_chronic),
        cmocka_unit_test(only_the_first_thousand_characters_count),
        cmocka_unit_test(any_bytes_give_places_within_them),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
