#include "service/views/map_svg.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/views/plot_parts.h"
#include "service/views/sign.h"

enum {
    LEAST_CELL = 24,
    MOST_CELL = 44,
    ROW = 25,
    LEAST_SIGN = 13,
    MOST_SIGN = 24,
    HEAD_ANGLE = -50,
    LONGEST_HEAD = 170
};

static const double RADIANS_PER_DEGREE = 0.017453292519943295;

struct drawing {
    const struct evidence_map *map;
    struct arena *arena;
    struct svg svg;
    double most_people;
    double label; /* width of the names */
    double cell;  /* width of a column */
};

/* ---- one cell ---- */

/* The square root of the people, in smallest and largest signs that can be told apart. */
static double sign_size(const struct drawing *at, const struct headline *headline)
{
    int people = map_people(headline);
    if (people <= 0 || at->most_people <= 0)
        return LEAST_SIGN;
    return LEAST_SIGN + (MOST_SIGN - LEAST_SIGN) * sqrt(people / at->most_people);
}

/* The faintest can still be made out: its shape is told by more than its strength. */
static double strength_of(enum certainty_level level)
{
    switch (level) {
    case CERTAINTY_HIGH:
        return 1;
    case CERTAINTY_MODERATE:
        return 0.9;
    case CERTAINTY_LOW:
        return 0.8;
    case CERTAINTY_VERY_LOW:
    case CERTAINTY_UNKNOWN:
        break;
    }
    return 0.7;
}

static void open_cell(struct drawing *at, const struct headline *headline)
{
    svg_open(&at->svg, "cell");
    svg_data_text(&at->svg, "intervention", headline->intervention->id);
    svg_data_text(&at->svg, "condition", headline->condition->id);
    svg_data_text(&at->svg, "verdict", headline->verdict);
    svg_data_text(&at->svg, "certainty", certainty_names[headline->certainty]);
    if (map_people(headline) != COUNT_UNKNOWN)
        svg_data(&at->svg, "n", map_people(headline));
    svg_said(&at->svg, arena_printf(at->arena, "%s for %s. %s, %s certainty, %s. %s",
                                    headline->intervention->name, headline->condition->plain,
                                    verdict_badge(headline->verdict),
                                    sign_certainty_words(headline->certainty),
                                    map_people_words(headline, at->arena), headline->sentence));
}

static void put_sign(struct drawing *at, const struct headline *headline, double x, double y)
{
    struct sign sign = sign_of(headline->verdict);
    svg_sign(&at->svg, sign.tone, sign.symbol, x, y, sign_size(at, headline),
             strength_of(headline->certainty));
}

/* ---- the table ---- */

/* A name without what it explains in brackets, and where that is still too wide without its other
 * name behind a slash. The cell's title has it whole. */
static const char *short_name(const struct drawing *at, const char *name, double width)
{
    const char *cut = map_short_name(name, at->arena);
    const char *slash = strstr(cut, " / ");
    if (slash != NULL && svg_text_width(cut, SVG_SMALL_SIZE) > width)
        cut = arena_strndup(at->arena, cut, (size_t)(slash - cut));
    return svg_fit(cut, SVG_SMALL_SIZE, width, at->arena);
}

static const char *head_of(const struct drawing *at, size_t column)
{
    return short_name(at, at->map->conditions[column]->name, LONGEST_HEAD);
}

static double widest_label(const struct drawing *at)
{
    double widest = 60;
    double most = 0.36 * at->svg.width;
    for (size_t i = 0; i < at->map->intervention_count; i++)
        widest = fmax(widest, svg_text_width(short_name(at, at->map->interventions[i]->name, most),
                                             SVG_SMALL_SIZE));
    return fmin(widest, most);
}

static void put_heads(struct drawing *at, size_t from, size_t end)
{
    double highest = 0;
    double x = SVG_MARGIN + at->label + at->cell / 2;
    for (size_t j = from; j < end; j++)
        highest = fmax(highest, svg_text_width(head_of(at, j), SVG_SMALL_SIZE));
    at->svg.height += highest * -sin(HEAD_ANGLE * RADIANS_PER_DEGREE);
    for (size_t j = from; j < end; j++)
        svg_text_turned(&at->svg, "small", x + (double)(j - from) * at->cell + 3, at->svg.height,
                        HEAD_ANGLE, head_of(at, j));
    at->svg.height += 8;
}

static bool has_cell(const struct drawing *at, size_t row, size_t from, size_t end)
{
    for (size_t j = from; j < end; j++)
        if (map_cell(at->map, row, j) != NULL)
            return true;
    return false;
}

static void put_row(struct drawing *at, size_t row, size_t from, size_t end)
{
    double middle = at->svg.height + ROW / 2.0;
    double right = SVG_MARGIN + at->label + (double)(end - from) * at->cell;
    svg_line(&at->svg, "grid", SVG_MARGIN, at->svg.height + ROW, right, at->svg.height + ROW);
    svg_text(&at->svg, "small", SVG_START, SVG_MARGIN, middle + 4,
             short_name(at, at->map->interventions[row]->name, at->label - 4));
    for (size_t j = from; j < end; j++) {
        const struct headline *headline = map_cell(at->map, row, j);
        if (headline == NULL)
            continue;
        open_cell(at, headline);
        put_sign(at, headline, SVG_MARGIN + at->label + ((double)(j - from) + 0.5) * at->cell,
                 middle);
        svg_close(&at->svg);
    }
    at->svg.height += ROW;
}

static void put_block(struct drawing *at, size_t from, size_t end)
{
    const struct intervention *last = NULL;
    put_heads(at, from, end);
    double top = at->svg.height;
    for (size_t i = 0; i < at->map->intervention_count; i++) {
        const struct intervention *next = at->map->interventions[i];
        if (!has_cell(at, i, from, end))
            continue;
        if (last == NULL || last->kind != next->kind) {
            at->svg.height += ROW;
            svg_text(&at->svg, "b", SVG_START, SVG_MARGIN, at->svg.height - 6,
                     map_kind_words(next->kind));
        }
        put_row(at, i, from, end);
        last = next;
    }
    for (size_t j = from; j <= end; j++) {
        double x = SVG_MARGIN + at->label + (double)(j - from) * at->cell;
        svg_line(&at->svg, "grid", x, top, x, at->svg.height);
    }
    at->svg.height += 12;
}

/* The heads lean to the right, so that some room stays free there. */
static void put_table(struct drawing *at)
{
    double lean = 0;
    for (size_t j = 0; j < at->map->condition_count; j++)
        lean = fmax(lean, svg_text_width(head_of(at, j), SVG_SMALL_SIZE) *
                              cos(HEAD_ANGLE * RADIANS_PER_DEGREE));
    at->label = widest_label(at) + 8;
    double room = at->svg.width - 2 * SVG_MARGIN - at->label - fmax(0, lean - LEAST_CELL);
    size_t columns = (size_t)fmax(1, floor(room / LEAST_CELL));
    size_t count = at->map->condition_count;
    size_t blocks = count == 0 ? 0 : (count + columns - 1) / columns;
    columns = blocks == 0 ? 1 : (count + blocks - 1) / blocks;
    at->cell = fmin(MOST_CELL, room / (double)columns);
    for (size_t from = 0; from < count; from += columns)
        put_block(at, from, from + columns < count ? from + columns : count);
}

/* ---- the list ---- */

static void put_item(struct drawing *at, const struct headline *headline)
{
    double y = at->svg.height;
    double x = SVG_MARGIN + MOST_SIGN + 8;
    double room = at->svg.width - SVG_MARGIN - x;
    const char *detail = arena_printf(at->arena, "%s · %s · %s", verdict_badge(headline->verdict),
                                      sign_certainty_words(headline->certainty),
                                      map_people_words(headline, at->arena));
    open_cell(at, headline);
    put_sign(at, headline, SVG_MARGIN + MOST_SIGN / 2.0, y + 4);
    int lines =
        svg_paragraph(&at->svg, "name", SVG_START, x, y, room, headline->intervention->name);
    lines += svg_paragraph(&at->svg, "small quiet", SVG_START, x, y + lines * SVG_LINE - 1, room,
                           detail);
    svg_close(&at->svg);
    at->svg.height += lines * SVG_LINE + 5;
}

static void put_list(struct drawing *at)
{
    const struct evidence_map *map = at->map;
    for (size_t j = 0; j < map->condition_count; j++) {
        at->svg.height += 6;
        plot_put_note(&at->svg, "b", map->conditions[j]->name);
        at->svg.height += 4;
        for (const struct headline **next = map->ranked[j]; *next != NULL; next++)
            put_item(at, *next);
    }
}

/* ---- the whole ---- */

static void put_legend(struct drawing *at)
{
    for (size_t i = 0; i < MAP_GROUPS; i++) {
        struct sign sign = sign_of(map_groups[i].verdict);
        struct plot_point point = plot_put_legend(&at->svg, map_groups[i].words);
        svg_sign(&at->svg, sign.tone, sign.symbol, point.x, point.y, 15, 1);
    }
    plot_put_note(&at->svg, "small",
                  "The larger the sign, the more people were studied; the paler, the less sure. "
                  "Empty: no study of it stands in this base.");
    at->svg.height += 6;
}

void map_svg(const struct evidence_map *map, int width, const char *as_of, struct arena *arena,
             struct buffer *out)
{
    struct drawing at = {.map = map, .arena = arena, .svg = svg_new(width)};
    size_t cells = 0;
    for (size_t i = 0; i < map->intervention_count * map->condition_count; i++)
        if (map->cells[i] != NULL) {
            at.most_people = fmax(at.most_people, map_people(map->cells[i]));
            cells++;
        }
    const char *title = "What is known of which treatment, for what";
    plot_put_title(&at.svg, title);
    svg_put_signs(&at.svg);
    at.svg.height += 6;
    if (cells == 0)
        plot_put_note(&at.svg, "note", "No study of this stands in this base: the map is empty.");
    else
        put_legend(&at);
    if (width < SVG_NARROW)
        put_list(&at);
    else
        put_table(&at);
    at.svg.height += 6;
    plot_put_note(&at.svg, "small quiet", as_of);
    svg_finish(&at.svg, title,
               arena_printf(arena,
                            "A map of %zu interventions and %zu conditions: %zu pairs have been "
                            "studied. Each sign tells verdict, certainty and number of people.",
                            map->intervention_count, map->condition_count, cells),
               out);
}
