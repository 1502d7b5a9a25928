/* The plots of every question of the curated base: well-formed, the same bytes every time, and the
 * numbers of the API. And of small bases with hostile or missing parts. */
#include "evidence/model/rulebooks.h"
#include "service/api/shapes.h"
#include "service/views/forest_svg.h"
#include "service/views/forest_text.h"
#include "service/views/funnel_svg.h"
#include "service/views/funnel_text.h"
#include "service/views/html.h"
#include "service/views/map_svg.h"
#include "service/views/print.h"
#include "tests/evidence/rating/small_base.h"
#include "tests/service/views/xml_check.h"

#include "evidence/judgement/knowledge.h"
#include "evidence/rating/synthesis.h"

static int set_up(void **state)
{
    static const struct catalog_stamp stamp = {.hash = "0", .changed = 1};
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct base base;
    struct error err = {0};
    base_read_folder("evidence/data", &base, &problems);
    *state = problems_none(&problems, &err) ? knowledge_of(arena, &base, &stamp, &err) : NULL;
    if (*state != NULL)
        return 0;
    print_error("evidence/data cannot be read (run the tests from the root): %s\n", err.message);
    arena_free(arena);
    return -1;
}

static int tear_down(void **state)
{
    catalog_release(*state);
    return 0;
}

/* ---- drawing ---- */

enum picture { FOREST, FUNNEL, YEARS, PICTURES };

static void draw(enum picture picture, const struct catalog *catalog, const struct rating *rating,
                 int width, struct arena *arena, struct buffer *out)
{
    struct forest forest = picture == YEARS
                               ? forest_by_year(rating, catalog_ruleset(catalog), arena)
                               : forest_of(rating, arena);
    buffer_clear(out);
    if (picture == FUNNEL)
        funnel_svg(rating, width, "foot", arena, out);
    else
        forest_svg(&forest, width, "foot", arena, out);
}

static void assert_sound(const struct buffer *out, const char *name)
{
    const char *where = out->bytes;
    const char *wrong = xml_wrong(buffer_string(out), &where);
    if (wrong != NULL)
        fail_msg("%s: %s at: %.80s", name, wrong, where);
    static const char *const never[] = {"\"nan", "\"-nan",  "\"inf\"", "\"-inf",
                                        " nan",  " -nan",   "(nan",    "−nan",
                                        "null",  "<script", "<image",  "(null)"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(out->bytes, never[i]) != NULL)
            fail_msg("%s: %s in %.80s", name, never[i], strstr(out->bytes, never[i]));
}

static void every_picture_of_the_base_is_sound_and_the_same_twice(void **state)
{
    static const int widths[] = {SVG_LEAST_WIDTH, 320, 479, SVG_WIDTH, SVG_MOST_WIDTH};
    const struct catalog *catalog = *state;
    struct buffer one = {0}, two = {0};
    for (size_t i = 0; i < catalog_rating_count(catalog); i++) {
        const struct rating *rating = catalog_rating(catalog, i);
        struct arena *arena = arena_new();
        for (enum picture picture = FOREST; picture < PICTURES; picture++) {
            int width = widths[(i + picture) % (sizeof widths / sizeof *widths)];
            draw(picture, catalog, rating, width, arena, &one);
            draw(picture, catalog, rating, width, arena, &two);
            assert_sound(&one, rating->question.id);
            assert_int_equal(one.length, two.length);
            assert_memory_equal(one.bytes, two.bytes, one.length);
        }
        arena_free(arena);
    }
    buffer_release(&one);
    buffer_release(&two);
}

/* ---- the numbers ---- */

/* The value of `data-name` in the tag at `tag`; NAN where it has none. */
static double data_of(const char *tag, const char *name)
{
    char wanted[40];
    snprintf(wanted, sizeof wanted, " data-%s=\"", name);
    const char *end = strchr(tag, '>');
    const char *at = strstr(tag, wanted);
    return at == NULL || at > end ? (double)NAN : strtod(at + strlen(wanted), NULL);
}

static double json_number(const json_t *value)
{
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

static void assert_same(const char *what, double drawn, double told)
{
    if (!(drawn == told || (isnan(drawn) && isnan(told))))
        fail_msg("%s: drawn %.17g, told %.17g", what, drawn, told);
}

static json_t *told_of(const struct catalog *catalog, const struct rating *rating,
                       struct arena *arena)
{
    struct buffer text = {0};
    struct json_writer json;
    json_writer_init(&json, &text, 0);
    shape_rating(&json, catalog, rating, arena);
    json_t *told = json_loads(buffer_string(&text), 0, NULL);
    buffer_release(&text);
    assert_non_null(told);
    return told;
}

static const char *tag_of_study(const char *svg, const char *id, struct arena *arena)
{
    struct buffer wanted = {0};
    html_put(&wanted, " data-study=\"%s\"", id);
    const char *at = strstr(svg, arena_strdup(arena, buffer_string(&wanted)));
    buffer_release(&wanted);
    return at;
}

static size_t compare_studies(const char *svg, const json_t *told, bool pooled, struct arena *arena)
{
    size_t index, seen = 0;
    const json_t *study;
    json_array_foreach(json_object_get(told, "studies"), index, study)
    {
        const char *id = json_string_value(json_object_get(study, "id"));
        const char *tag = tag_of_study(svg, id, arena);
        if (!json_is_true(json_object_get(study, "used")) ||
            !json_is_number(json_object_get(study, "estimate")))
            continue;
        if (tag == NULL)
            fail_msg("%s is told and not drawn", id);
        const json_t *ci = json_object_get(study, "ci");
        assert_same(id, data_of(tag, "estimate"), json_number(json_object_get(study, "estimate")));
        assert_same(id, data_of(tag, "low"), json_number(json_array_get(ci, 0)));
        assert_same(id, data_of(tag, "high"), json_number(json_array_get(ci, 1)));
        assert_same(id, data_of(tag, "weight"), json_number(json_object_get(study, "weight")));
        if (pooled)
            assert_same(id, data_of(tag, "n"), json_number(json_object_get(study, "n")));
        seen++;
    }
    return seen;
}

static void the_numbers_drawn_are_those_of_the_api(void **state)
{
    const struct catalog *catalog = *state;
    struct buffer svg = {0};
    size_t seen = 0;
    for (size_t i = 0; i < catalog_rating_count(catalog); i++) {
        const struct rating *rating = catalog_rating(catalog, i);
        if (rating->synthesis.basis < BASIS_TRIALS)
            continue;
        struct arena *arena = arena_new();
        json_t *told = told_of(catalog, rating, arena);
        draw(FOREST, catalog, rating, 720, arena, &svg);
        seen += compare_studies(svg.bytes, told, rating->synthesis.basis == BASIS_TRIALS, arena);
        const char *pool = strstr(svg.bytes, "class=\"row whole\"");
        const json_t *effect = json_object_get(told, "effect");
        const json_t *ci = json_object_get(effect, "ci");
        assert_non_null(pool);
        assert_same("pool", data_of(pool, "estimate"),
                    json_number(json_object_get(effect, "estimate")));
        assert_same("pool", data_of(pool, "low"), json_number(json_array_get(ci, 0)));
        assert_same("pool", data_of(pool, "high"), json_number(json_array_get(ci, 1)));
        json_decref(told);
        arena_free(arena);
    }
    assert_true(seen > 500);
    buffer_release(&svg);
}

static void last_year_is_the_pool(const struct catalog *catalog)
{
    for (size_t i = 0; i < catalog_rating_count(catalog); i++) {
        const struct rating *rating = catalog_rating(catalog, i);
        struct arena *arena = arena_new();
        struct forest years = forest_by_year(rating, catalog_ruleset(catalog), arena);
        assert_true((years.nothing == NULL) == (rating->synthesis.basis == BASIS_TRIALS));
        if (years.nothing == NULL) {
            const struct forest_row *last = &years.rows[years.counted - 1];
            near(last->at, rating->synthesis.pooled.b, 1e-12);
            near(last->low, rating->synthesis.pooled.ci_lb, 1e-12);
            near(last->high, rating->synthesis.pooled.ci_ub, 1e-12);
            assert_int_equal(last->trials, rating->synthesis.k);
            assert_int_equal(last->people, rating->synthesis.n);
            for (size_t j = 1; j < years.counted; j++)
                assert_true(years.rows[j].year > years.rows[j - 1].year);
        }
        arena_free(arena);
    }
}

static void the_last_year_is_the_pool_under_every_ruleset(void **state)
{
    last_year_is_the_pool(*state);
    last_year_is_the_pool(catalog_under(*state, "classic"));
}

/* The engine weighs the ends of the band as the MID that it decided by. */
static void the_band_is_the_one_that_the_verdict_weighs(void **state)
{
    const struct catalog *catalog = *state;
    size_t seen = 0;
    for (size_t i = 0; i < catalog_rating_count(catalog); i++) {
        const struct rating *rating = catalog_rating(catalog, i);
        struct axis band = plot_too_small(rating);
        double mid = rating->effect.weighed.mid;
        if (isnan(band.low))
            continue;
        double sign = rating->synthesis.better == BETTER_LOWER ? 1 : -1;
        if (isfinite(band.low))
            near(sign * weigh_one(&rating->synthesis, band.low), mid, 1e-9);
        if (isfinite(band.high))
            near(sign * weigh_one(&rating->synthesis, band.high), -mid, 1e-9);
        seen++;
    }
    assert_true(seen > 100);
}

/* ---- the terminal ---- */

static void no_line_of_the_terminal_plot_is_too_wide(void **state)
{
    const struct catalog *catalog = *state;
    for (size_t i = 0; i < catalog_rating_count(catalog); i++) {
        struct arena *arena = arena_new();
        struct forest forest = forest_of(catalog_rating(catalog, i), arena);
        struct forest years =
            forest_by_year(catalog_rating(catalog, i), catalog_ruleset(catalog), arena);
        struct forest_paper paper = {.width = 40 + (int)(i % 61), .indent = 2, .most = i % 3 * 6};
        struct buffer text = {0};
        struct funnel funnel = funnel_of(catalog_rating(catalog, i), arena);
        forest_text(&forest, &paper, &text);
        forest_text(&years, &paper, &text);
        funnel_text(&funnel, paper.width, paper.indent, arena, &text);
        assert_null(strchr(text.bytes, '\033'));
        for (char *line = strtok(text.bytes, "\n"); line != NULL; line = strtok(NULL, "\n"))
            if (print_width(line) > paper.width)
                fail_msg("%d of %d columns: %s", print_width(line), paper.width, line);
        buffer_release(&text);
        arena_free(arena);
    }
}

static size_t count_of(const char *text, const char *piece)
{
    size_t count = 0;
    for (; (text = strstr(text, piece)) != NULL; text++)
        count++;
    return count;
}

static void the_terminal_shows_the_heaviest_and_counts_the_others(void **state)
{
    const struct rating *rating =
        small_rating(*state, "exercise.knee-osteoarthritis.nothing.pain-intensity.short");
    struct arena *arena = arena_new();
    struct forest forest = forest_of(rating, arena);
    struct buffer text = {0};
    forest_text(&forest, &(struct forest_paper){.width = 80, .most = 12}, &text);
    size_t shown = count_of(text.bytes, "■") + count_of(text.bytes, "▪");
    assert_true(shown > 0 && shown <= 12);
    says(text.bytes, arena_printf(arena, "(and %zu of less weight)", forest.counted - shown));
    says(text.bytes, "◆");
    says(text.bytes, "A new study");
    says(text.bytes, "← better with exercise");
    buffer_release(&text);
    arena_free(arena);
}

/* A funnel in a terminal, in the arena. */
static const char *funnel_told(const struct catalog *catalog, const char *id, int width,
                               struct arena *arena)
{
    struct funnel funnel = funnel_of(small_rating(catalog, id), arena);
    struct buffer text = {0};
    funnel_text(&funnel, width, 2, arena, &text);
    const char *kept = arena_strdup(arena, buffer_string(&text));
    buffer_release(&text);
    return kept;
}

/* Of the rows of a funnel before its axis: the trials in dots and numbers. */
static size_t trials_drawn(const char *text)
{
    enum { ERROR_COLUMN = 9 };
    size_t seen = 0;
    const char *line = strchr(text, '\n') + 1;
    for (int row = 0; row < 12; row++, line = strchr(line, '\n') + 1) {
        const char *end = strchr(line, '\n');
        for (const char *at = line + ERROR_COLUMN; at < end; at++)
            seen += *at >= '1' && *at <= '9' ? (size_t)(*at - '0') : strncmp(at, "●", 3) == 0;
    }
    return seen;
}

static void the_funnel_of_the_terminal_shows_every_trial(void **state)
{
    static const char *const id = "exercise.knee-osteoarthritis.nothing.pain-intensity.short";
    struct arena *arena = arena_new();
    const struct rating *rating = small_rating(*state, id);
    const char *text = funnel_told(*state, id, 80, arena);
    assert_int_equal(trials_drawn(text), rating->synthesis.pooled.k);
    says(text, "← better with exercise");
    says(text, "Dots spread evenly around the line of the pool");
    arena_free(arena);
}

/* The cones of Peters 2008: a trial leaves a region where its z passes 1.645, 1.960, 2.576, on
 * either side. */
static void the_regions_of_the_funnel_are_those_of_chance(void **state)
{
    (void)state;
    for (double se = 0.1; se < 2; se *= 2)
        for (int side = -1; side <= 1; side += 2) {
            assert_int_equal(funnel_region_of(side * 1.64 * se, se), FUNNEL_P10);
            assert_int_equal(funnel_region_of(side * 1.65 * se, se), FUNNEL_P05);
            assert_int_equal(funnel_region_of(side * 1.97 * se, se), FUNNEL_P01);
            assert_int_equal(funnel_region_of(side * 2.58 * se, se), FUNNEL_RARE);
        }
}

/* ---- small bases ---- */

static void hostile_studies_stay_text(void **state)
{
    (void)state;
    static const char *const names[] = {"<script>alert(1)</script>", "a&b<c>d", "]]>&lt;",
                                        "\\u202e\\u0007\\u001b[2J", "%s%n"};
    struct small *small = small_new();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        small_add(small,
                  arena_printf(small->arena,
                               "{'id':'ts:h%zu','title':'<b>','authors':[{'family':'%s'}],"
                               "'year':%d,'design':'rct','condition':'neck-pain',"
                               "'sources':[{'url':'https://example.org'}],'results':[%s]}",
                               i, names[i], 2001 + (int)i,
                               small_pain(small, "nothing",
                                          small_arms(small, 20 + 20 * (int)i, 3, 2, 20, 5, 2))));
    struct catalog *catalog = small_rate(small);
    struct buffer out = {0};
    for (enum picture picture = FOREST; picture < PICTURES; picture++) {
        draw(picture, catalog, small_rating(catalog, PAIN_NOTHING), 320, small->arena, &out);
        assert_sound(&out, "hostile");
    }
    draw(FOREST, catalog, small_rating(catalog, PAIN_NOTHING), 720, small->arena, &out);
    says(out.bytes, "&lt;script&gt;");
    buffer_release(&out);
    catalog_release(catalog);
}

static void a_question_without_a_figure_says_why(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "direction", 2005, "neck-pain", "",
                small_pain(small, "nothing", "'favours':'neither'"));
    struct catalog *catalog = small_rate(small);
    struct buffer out = {0};
    for (enum picture picture = FOREST; picture < PICTURES; picture++) {
        draw(picture, catalog, small_rating(catalog, PAIN_NOTHING), 320, small->arena, &out);
        assert_sound(&out, "no figure");
        says(out.bytes, "No study here gives a figure that can be");
        says_not(out.bytes, "class=\"axis\"");
    }
    draw(FOREST, catalog, small_rating(catalog, PAIN_NOTHING), 720, small->arena, &out);
    says(out.bytes, "direction 2005: No figure; it found no difference");
    buffer_release(&out);
    catalog_release(catalog);
}

static void one_trial_and_two_are_drawn_without_a_prediction(void **state)
{
    (void)state;
    for (int count = 1; count <= 2; count++) {
        struct small *small = small_new();
        small_simple(small, "one", "nothing", 40, -2, "");
        if (count == 2)
            small_simple(small, "two", "nothing", 50, -1, "");
        struct catalog *catalog = small_rate(small);
        struct buffer out = {0};
        draw(FOREST, catalog, small_rating(catalog, PAIN_NOTHING), 720, small->arena, &out);
        assert_sound(&out, "few");
        says_not(out.bytes, "A new study");
        says(out.bytes, count == 1 ? "One trial" : "2 trials pooled");
        draw(FUNNEL, catalog, small_rating(catalog, PAIN_NOTHING), 720, small->arena, &out);
        says(out.bytes, "With fewer than 10 trials a lopsided picture shows little.");
        buffer_release(&out);
        catalog_release(catalog);
    }
}

static void a_retracted_study_is_listed_with_the_reason_and_not_drawn(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "sound", "nothing", 40, -2, "");
    small_simple(small, "withdrawn", "nothing", 40, -4, "'retracted':true,");
    struct catalog *catalog = small_rate(small);
    struct buffer out = {0};
    draw(FOREST, catalog, small_rating(catalog, PAIN_NOTHING), 720, small->arena, &out);
    says(out.bytes, "Not counted");
    says(out.bytes, "withdrawn 2015: ");
    says_not(out.bytes, "data-study=\"ts:withdrawn\"");
    buffer_release(&out);
    catalog_release(catalog);
}

/* A review of 400 people adopted over one trial of 80: its row alone counts, the trial is grey. */
static void an_adopted_review_is_one_row_with_the_trials_here_in_grey(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "trial", "nothing", 40, -2, "");
    small_add(small, "{'id':'ts:review','title':'t','authors':[{'family':'review'}],'year':2016,"
                     "'design':'systematic-review','condition':'neck-pain',"
                     "'sources':[{'url':'https://example.org'}],"
                     "'results':[{'intervention':'massage','comparator':'nothing',"
                     "'outcome':'pain-intensity','scale':{'name':'VAS','low':0,'high':10},"
                     "'better':'lower','window':'short','measure':'MD','estimate':-1.5,"
                     "'ci':[-2,-1],'k':6,'n':400}]}");
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_NOTHING);
    struct buffer out = {0};
    assert_int_equal(rating->synthesis.basis, BASIS_ADOPTED);
    draw(FOREST, catalog, rating, 720, small->arena, &out);
    assert_sound(&out, "adopted");
    says(out.bytes, "class=\"row whole\" data-study=\"ts:review\" data-estimate=\"-1.5\" "
                    "data-low=\"-2\" data-high=\"-1\" data-weight=\"100\" data-n=\"400\"");
    says(out.bytes, "class=\"row aside\" data-study=\"ts:trial\" data-estimate=\"-2\"");
    says(out.bytes, "Trials in this base, shown but not counted again:");
    assert_int_equal(count_of(out.bytes, "class=\"row\""), 0);
    draw(FUNNEL, catalog, rating, 720, small->arena, &out);
    says(out.bytes, "A published review answers this question");
    const char *funnel = funnel_told(catalog, PAIN_NOTHING, 80, small->arena);
    says(funnel, "A published review answers this question");
    assert_null(strstr(funnel, "●"));
    buffer_release(&out);
    catalog_release(catalog);
}

/* ---- the map ---- */

static void the_map_is_sound_at_every_width_and_empty_cells_stay_empty(void **state)
{
    const struct catalog *catalog = *state;
    struct arena *arena = arena_new();
    struct evidence_map map = evidence_map_of(catalog, &(struct map_filter){.kind = -1}, arena);
    size_t cells = 0;
    for (size_t i = 0; i < map.intervention_count; i++)
        for (size_t j = 0; j < map.condition_count; j++)
            if (map_cell(&map, i, j) != NULL) {
                assert_ptr_equal(map_cell(&map, i, j)->intervention, map.interventions[i]);
                assert_ptr_equal(map_cell(&map, i, j)->condition, map.conditions[j]);
                assert_true(map_cell(&map, i, j)->studies > 0);
                cells++;
            }
    assert_true(cells > 100 && cells < map.intervention_count * map.condition_count);
    for (int width = SVG_LEAST_WIDTH; width <= SVG_MOST_WIDTH; width += 120) {
        struct buffer out = {0};
        map_svg(&map, width, "foot", arena, &out);
        assert_sound(&out, "map");
        assert_int_equal(count_of(out.bytes, "class=\"cell\""), cells);
        buffer_release(&out);
    }
    arena_free(arena);
}

static int surer_than_very_low(const struct evidence_map *map, size_t row)
{
    int count = 0;
    for (size_t j = 0; j < map->condition_count; j++) {
        const struct headline *headline = map_cell(map, row, j);
        count += headline != NULL && headline->certainty != CERTAINTY_VERY_LOW &&
                 headline->certainty != CERTAINTY_UNKNOWN;
    }
    return count;
}

static void rows_stand_by_kind_and_those_most_is_known_of_come_first(void **state)
{
    const struct catalog *catalog = *state;
    struct arena *arena = arena_new();
    struct evidence_map map = evidence_map_of(catalog, &(struct map_filter){.kind = -1}, arena);
    for (size_t i = 1; i < map.intervention_count; i++) {
        assert_true(map.interventions[i - 1]->kind <= map.interventions[i]->kind);
        if (map.interventions[i - 1]->kind == map.interventions[i]->kind)
            assert_true(surer_than_very_low(&map, i - 1) >= surer_than_very_low(&map, i));
    }
    arena_free(arena);
}

/* Every region in one piece, in the order of regions.json, and no condition without one. */
static void columns_stand_by_region_from_head_to_foot(void **state)
{
    const struct catalog *catalog = *state;
    const struct regions *regions = &base_rulebooks(catalog_base(catalog))->regions;
    struct arena *arena = arena_new();
    struct evidence_map map = evidence_map_of(catalog, &(struct map_filter){.kind = -1}, arena);
    const struct region *last = regions->items;
    assert_true(regions->count > 1);
    for (size_t j = 0; j < map.condition_count; j++) {
        const struct region *region = map_region(catalog, &map, j);
        assert_non_null(region);
        assert_true(region >= last);
        last = region;
    }
    arena_free(arena);
}

static void a_chosen_verdict_leaves_those_with_its_sign(void **state)
{
    const struct catalog *catalog = *state;
    struct arena *arena = arena_new();
    size_t whole = 0;
    size_t parts = 0;
    struct evidence_map map = evidence_map_of(catalog, &(struct map_filter){.kind = -1}, arena);
    for (size_t i = 0; i < map.intervention_count * map.condition_count; i++)
        whole += map.cells[i] != NULL;
    for (size_t group = 0; group < MAP_GROUPS; group++) {
        const struct map_filter filter = {.kind = -1, .verdict = map_groups[group].verdict};
        map = evidence_map_of(catalog, &filter, arena);
        for (size_t i = 0; i < map.intervention_count * map.condition_count; i++)
            if (map.cells[i] != NULL) {
                assert_true(map_in_group(&map_groups[group], map.cells[i]->verdict));
                parts++;
            }
    }
    assert_int_equal(parts, whole); /* nothing is in two groups, or in none */
    arena_free(arena);
}

static void an_empty_map_says_so(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog = small_rate(small);
    struct evidence_map map =
        evidence_map_of(catalog, &(struct map_filter){.kind = -1}, small->arena);
    struct buffer out = {0};
    assert_int_equal(map.intervention_count + map.condition_count, 0);
    map_svg(&map, 720, "foot", small->arena, &out);
    assert_sound(&out, "empty map");
    says(out.bytes, "the map is empty");
    buffer_release(&out);
    catalog_release(catalog);
}

/* ---- another's opinion of the XML ---- */

static void xmllint_agrees(void **state)
{
    static const char *const questions[] = {
        "exercise.knee-osteoarthritis.nothing.pain-intensity.short",
        "duloxetine.chronic-low-back-pain.sham.pain-intensity.short",
        "tens.musculoskeletal-pain.sham.pain-intensity.immediate",
        "exercise.knee-osteoarthritis.nothing.adverse-events.unstated",
    };
    if (system("command -v xmllint >/dev/null 2>&1") != 0)
        skip();
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        const struct rating *rating = catalog_find_rating(*state, questions[i]);
        for (enum picture picture = FOREST; picture < PICTURES && rating != NULL; picture++) {
            struct buffer out = {0};
            draw(picture, *state, rating, 320, arena, &out);
            FILE *pipe = popen("xmllint --noout --nonet -", "w");
            assert_non_null(pipe);
            fwrite(out.bytes, 1, out.length, pipe);
            assert_int_equal(pclose(pipe), 0);
            buffer_release(&out);
        }
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_picture_of_the_base_is_sound_and_the_same_twice),
        cmocka_unit_test(the_numbers_drawn_are_those_of_the_api),
        cmocka_unit_test(the_last_year_is_the_pool_under_every_ruleset),
        cmocka_unit_test(the_band_is_the_one_that_the_verdict_weighs),
        cmocka_unit_test(no_line_of_the_terminal_plot_is_too_wide),
        cmocka_unit_test(the_terminal_shows_the_heaviest_and_counts_the_others),
        cmocka_unit_test(the_funnel_of_the_terminal_shows_every_trial),
        cmocka_unit_test(the_regions_of_the_funnel_are_those_of_chance),
        cmocka_unit_test(hostile_studies_stay_text),
        cmocka_unit_test(a_question_without_a_figure_says_why),
        cmocka_unit_test(one_trial_and_two_are_drawn_without_a_prediction),
        cmocka_unit_test(a_retracted_study_is_listed_with_the_reason_and_not_drawn),
        cmocka_unit_test(an_adopted_review_is_one_row_with_the_trials_here_in_grey),
        cmocka_unit_test(the_map_is_sound_at_every_width_and_empty_cells_stay_empty),
        cmocka_unit_test(rows_stand_by_kind_and_those_most_is_known_of_come_first),
        cmocka_unit_test(columns_stand_by_region_from_head_to_foot),
        cmocka_unit_test(a_chosen_verdict_leaves_those_with_its_sign),
        cmocka_unit_test(an_empty_map_says_so),
        cmocka_unit_test(xmllint_agrees),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
