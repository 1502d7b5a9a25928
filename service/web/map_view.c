#include "service/web/map_view.h"

#include <math.h>
#include <string.h>

#include "evidence/model/rulebooks.h"
#include "evidence/rating/verdict.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/views/sign.h"
#include "service/web/address.h"
#include "service/web/lists_view.h"
#include "service/web/signs.h"

/* Sizes that a sign can have, and the people from which it has the largest. */
enum { SIZES = 8, MANY_PEOPLE = 2000 };

struct drawing {
    const struct page *page;
    const struct map_filter *filter;
    struct evidence_map map;
    size_t counts[MAP_GROUPS]; /* of the cells shown whatever the verdict */
    size_t cells;
};

/* ---- one pair ---- */

/* The square root of the people, from the smallest sign to the largest. */
static int size_of(const struct headline *headline)
{
    int people = map_people(headline);
    if (people == COUNT_UNKNOWN)
        return 0;
    return (int)fmin(SIZES - 1, floor(SIZES * sqrt(people / (double)MANY_PEOPLE)));
}

static int strength_of(enum certainty_level level)
{
    return level == CERTAINTY_UNKNOWN ? CERTAINTY_VERY_LOW : (int)level;
}

/* Within a sentence: "may help a little". */
static const char *lower_first(const char *words, struct arena *arena)
{
    char *copy = arena_strdup(arena, words);
    if (copy[0] >= 'A' && copy[0] <= 'Z')
        copy[0] = (char)(copy[0] - 'A' + 'a');
    return copy;
}

static void put_sign(struct buffer *out, const struct headline *headline)
{
    html_put(out, "<svg aria-hidden=\"true\"><use href=\"#sign-%s\"/></svg>",
             sign_of(headline->verdict).symbol);
}

/* "good c1 n4": its colour, how sure it is, how many people. */
static void put_classes(struct buffer *out, const struct headline *headline)
{
    html_put(out, "%s c%d n%d", sign_of(headline->verdict).tone, strength_of(headline->certainty),
             size_of(headline));
}

/* ---- what is shown, and how it is chosen ---- */

const char *map_address(const struct map_filter *filter, struct arena *arena)
{
    struct buffer out = {0};
    if (filter->kind >= 0)
        buffer_printf(&out, "&kind=%s", kind_names[filter->kind]);
    if (filter->condition != NULL)
        buffer_printf(&out, "&condition=%s", percent_encode(filter->condition->id, arena));
    if (filter->verdict != NULL)
        buffer_printf(&out, "&verdict=%s", filter->verdict);
    const char *address =
        out.length == 0 ? "/#map" : arena_printf(arena, "/?%s#map", buffer_string(&out) + 1);
    buffer_release(&out);
    return address;
}

static void put_choice_start(const struct drawing *at, const struct map_filter *filter, bool chosen)
{
    html_put(at->page->out, "<li><a href=\"%s\"", map_address(filter, at->page->arena));
    buffer_text(at->page->out, chosen ? " aria-current=\"true\">" : ">");
}

/* The legend, which chooses a verdict as well: chosen again, it shows all. */
static void put_groups(const struct drawing *at)
{
    struct buffer *out = at->page->out;
    buffer_text(out, "<ul class=\"groups\">\n");
    for (size_t i = 0; i < MAP_GROUPS; i++) {
        const char *verdict = map_groups[i].verdict;
        bool chosen =
            at->filter->verdict != NULL && map_in_group(&map_groups[i], at->filter->verdict);
        struct map_filter other = *at->filter;
        other.verdict = chosen ? NULL : verdict;
        put_choice_start(at, &other, chosen);
        html_put(out,
                 "<svg class=\"%s\" aria-hidden=\"true\"><use href=\"#sign-%s\"/></svg> "
                 "<b>%zu</b> %s</a></li>\n",
                 sign_of(verdict).tone, sign_of(verdict).symbol, at->counts[i],
                 map_groups[i].counted);
    }
    buffer_text(out, "</ul>\n");
}

static size_t count_of_kind(const struct evidence_map *map, enum kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < map->intervention_count; i++)
        count += map->interventions[i]->kind == kind;
    return count;
}

static void put_kinds(const struct drawing *at)
{
    struct map_filter other = *at->filter;
    other.kind = -1;
    const struct evidence_map all = evidence_map_of(at->page->catalog, &other, at->page->arena);
    buffer_text(at->page->out, "<ul class=\"kinds\">\n");
    put_choice_start(at, &other, at->filter->kind < 0);
    buffer_text(at->page->out, "All kinds</a></li>\n");
    for (int kind = 0; kind_names[kind] != NULL; kind++) {
        other.kind = kind;
        put_choice_start(at, &other, at->filter->kind == kind);
        html_put(at->page->out, "%s <b>%zu</b></a></li>\n", map_kind_words((enum kind)kind),
                 count_of_kind(&all, (enum kind)kind));
    }
    buffer_text(at->page->out, "</ul>\n");
}

static void put_option(const struct drawing *at, const struct condition *condition)
{
    html_put(at->page->out, "<option value=\"%s\"", condition->id);
    html_put(at->page->out, condition == at->filter->condition ? " selected>%s" : ">%s",
             condition->plain);
}

/* Every complaint, by region, whatever is shown now. */
static void put_options(const struct drawing *at)
{
    struct buffer *out = at->page->out;
    const struct evidence_map all =
        evidence_map_of(at->page->catalog, &(struct map_filter){.kind = -1}, at->page->arena);
    const struct region *last = NULL;
    for (size_t j = 0; j < all.condition_count; j++) {
        const struct region *region = map_region(at->page->catalog, &all, j);
        if (region != last && last != NULL)
            buffer_text(out, "</optgroup>");
        if (region != last && region != NULL)
            html_put(out, "\n<optgroup label=\"%s\">", region->name);
        put_option(at, all.conditions[j]);
        last = region;
    }
    if (last != NULL)
        buffer_text(out, "</optgroup>");
}

static void put_complaint(const struct drawing *at)
{
    struct buffer *out = at->page->out;
    buffer_text(out, "<form action=\"/#map\" method=\"get\"><label for=\"for\">Only for</label>\n"
                     "<select id=\"for\" name=\"condition\"><option value=\"\">all complaints");
    put_options(at);
    buffer_text(out, "</select>\n");
    if (at->filter->kind >= 0)
        html_put(out, "<input type=\"hidden\" name=\"kind\" value=\"%s\">",
                 kind_names[at->filter->kind]);
    if (at->filter->verdict != NULL)
        html_put(out, "<input type=\"hidden\" name=\"verdict\" value=\"%s\">", at->filter->verdict);
    buffer_text(out, "<button type=\"submit\">Show</button></form>\n");
}

/* What a tile and a size mean, beside what they look like. */
static void put_key(const struct drawing *at)
{
    static const int people[] = {50, 500, MANY_PEOPLE};
    struct buffer *out = at->page->out;
    buffer_text(out, "<ul class=\"key\">\n<li>The fuller the square, the surer:");
    for (int level = CERTAINTY_VERY_LOW; level <= CERTAINTY_HIGH; level++)
        html_put(out,
                 " <span><i class=\"good c%d n4\"><svg aria-hidden=\"true\">"
                 "<use href=\"#sign-helps\"/></svg></i> %s</span>",
                 level, sign_certainty_words((enum certainty_level)level));
    buffer_text(out, "</li>\n<li>The "
                     "larger the sign, the more people:");
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        html_put(out,
                 " <span><i class=\"good c0 n%d\"><svg aria-hidden=\"true\">"
                 "<use href=\"#sign-helps\"/></svg></i> %d%s</span>",
                 (int)fmin(SIZES - 1, floor(SIZES * sqrt(people[i] / (double)MANY_PEOPLE))),
                 people[i], people[i] == MANY_PEOPLE ? " or more" : "");
    buffer_text(out, " (smallest: number not told)</li>\n"
                     "<li>Empty: no study of the two stands in this base</li>\n</ul>\n");
}

/* How much of all that was tested has which sign. */
static void put_bar(const struct drawing *at)
{
    size_t from = 0;
    html_put(at->page->out,
             "<svg class=\"bar\" viewBox=\"0 0 %zu 1\" preserveAspectRatio=\"none\" "
             "aria-hidden=\"true\">",
             at->cells);
    for (size_t i = 0; i < MAP_GROUPS; i++) {
        html_put(at->page->out, "<rect class=\"%s\" x=\"%zu\" width=\"%zu\" height=\"1\"/>",
                 sign_of(map_groups[i].verdict).tone, from, at->counts[i]);
        from += at->counts[i];
    }
    buffer_text(at->page->out, "</svg>\n");
}

static void put_choices(const struct drawing *at)
{
    const struct map_filter *filter = at->filter;
    put_bar(at);
    buffer_text(at->page->out, "<nav aria-label=\"What the map shows\">\n");
    put_groups(at);
    put_kinds(at);
    put_complaint(at);
    if (filter->kind >= 0 || filter->verdict != NULL || filter->condition != NULL)
        html_put(at->page->out, "<p><a href=\"/#map\">Show the whole map</a></p>\n");
    buffer_text(at->page->out, "</nav>\n");
}

static const char *region_words(const struct drawing *at, const struct region *region)
{
    if (region != NULL)
        return region->name;
    const struct base *base = catalog_base(at->page->catalog);
    return base_rulebooks(base)->regions.count > 0 ? "Others" : "All complaints";
}

/* ---- the table ---- */

/* Columns from `from` on that have one region. */
static size_t columns_of_region(const struct drawing *at, size_t from)
{
    const struct region *region = map_region(at->page->catalog, &at->map, from);
    size_t end = from + 1;
    while (end < at->map.condition_count && map_region(at->page->catalog, &at->map, end) == region)
        end++;
    return end - from;
}

static void put_columns(const struct drawing *at)
{
    buffer_text(at->page->out, "<colgroup><col></colgroup>");
    for (size_t j = 0; j < at->map.condition_count; j += columns_of_region(at, j))
        html_put(at->page->out, "<colgroup span=\"%zu\"></colgroup>", columns_of_region(at, j));
}

static void put_heads(const struct drawing *at)
{
    struct buffer *out = at->page->out;
    buffer_text(out, "\n<thead><tr><td>");
    for (size_t j = 0; j < at->map.condition_count; j += columns_of_region(at, j)) {
        const struct region *region = map_region(at->page->catalog, &at->map, j);
        html_put(out, "<th scope=\"colgroup\" colspan=\"%zu\">%s", columns_of_region(at, j),
                 region_words(at, region));
    }
    buffer_text(out, "\n<tr><td>");
    for (size_t j = 0; j < at->map.condition_count; j++) {
        const struct condition *condition = at->map.conditions[j];
        html_put(out, "<th scope=\"col\"><a href=\"%s\">%s</a>",
                 address_of_topic(NULL, condition, at->page->arena), condition->plain);
    }
    buffer_text(out, "\n</thead>");
}

static const char *studied_words(const struct headline *headline, struct arena *arena)
{
    if (map_people(headline) != COUNT_UNKNOWN)
        return map_people_words(headline, arena);
    return arena_printf(arena, "%d %s, people not told", headline->studies,
                        headline->studies == 1 ? "study" : "studies");
}

static void put_cell(const struct drawing *at, const struct headline *headline)
{
    struct buffer *out = at->page->out;
    struct arena *arena = at->page->arena;
    html_put(out, "<td><a href=\"%s\" aria-label=\"%s for %s: %s, %s certainty, %s\" class=\"",
             address_of_topic(headline->intervention, headline->condition, arena),
             map_short_name(headline->intervention->name, arena), headline->condition->plain,
             lower_first(verdict_badge(headline->verdict), arena),
             sign_certainty_words(headline->certainty), studied_words(headline, arena));
    put_classes(out, headline);
    buffer_text(out, "\">");
    put_sign(out, headline);
    buffer_text(out, "</a>");
}

static void put_row(const struct drawing *at, size_t row)
{
    const struct intervention *intervention = at->map.interventions[row];
    html_put(at->page->out, "\n<tr><th scope=\"row\"><a href=\"%s\">%s</a>",
             address_of_topic(intervention, NULL, at->page->arena),
             map_short_name(intervention->name, at->page->arena));
    for (size_t j = 0; j < at->map.condition_count; j++) {
        const struct headline *headline = map_cell(&at->map, row, j);
        if (headline == NULL)
            buffer_text(at->page->out, "<td>");
        else
            put_cell(at, headline);
    }
}

static void put_rows(const struct drawing *at)
{
    const struct intervention *last = NULL;
    for (size_t i = 0; i < at->map.intervention_count; i++) {
        const struct intervention *next = at->map.interventions[i];
        if (last == NULL || last->kind != next->kind)
            html_put(at->page->out, "\n<tbody><tr><th scope=\"rowgroup\" colspan=\"%zu\">%s",
                     at->map.condition_count + 1, map_kind_words(next->kind));
        put_row(at, i);
        last = next;
    }
}

static void put_table(const struct drawing *at)
{
    buffer_text(at->page->out,
                "<a class=\"skip\" href=\"#after-map\">Skip the table</a>\n<table>\n<caption "
                "class=\"unseen\">What the studies say of each treatment (the "
                "rows) for each complaint (the columns). An empty cell means that no study of the "
                "two stands in this base.</caption>\n");
    put_columns(at);
    put_heads(at);
    put_rows(at);
    buffer_text(at->page->out, "\n</table>\n");
}

/* ---- the list ---- */

static bool is_open(const struct headline *headline)
{
    return strcmp(headline->verdict, "unproven") == 0;
}

static void put_item(const struct drawing *at, const struct headline *headline)
{
    struct buffer *out = at->page->out;
    struct arena *arena = at->page->arena;
    buffer_text(out, "<li class=\"");
    put_classes(out, headline);
    buffer_text(out, "\"><i>");
    put_sign(out, headline);
    html_put(out, "</i><a href=\"%s\">%s</a> <small>%s · %s certainty · %s</small></li>\n",
             address_of_topic(headline->intervention, headline->condition, arena),
             headline->intervention->name, verdict_badge(headline->verdict),
             sign_certainty_words(headline->certainty), studied_words(headline, arena));
}

/* One of many with the same verdict, which stands above them. */
static void put_folded(const struct drawing *at, const struct headline *headline)
{
    struct arena *arena = at->page->arena;
    html_put(at->page->out, "<li><a href=\"%s\">%s</a> <small>%s certainty · %s</small></li>\n",
             address_of_topic(headline->intervention, headline->condition, arena),
             headline->intervention->name, sign_certainty_words(headline->certainty),
             studied_words(headline, arena));
}

/* Those of which nobody can tell are many, and stand folded in their place. Gives the next. */
static const struct headline **put_open(const struct drawing *at, const struct headline **next)
{
    size_t count = 0;
    while (next[count] != NULL && is_open(next[count]))
        count++;
    buffer_text(at->page->out, "<li class=\"c0 n7 stone\"><i>");
    put_sign(at->page->out, next[0]);
    html_put(at->page->out,
             "</i><details><summary>%zu tested, but we don't know yet</summary>\n<ul>\n", count);
    for (size_t i = 0; i < count; i++)
        put_folded(at, next[i]);
    buffer_text(at->page->out, "</ul></details></li>\n");
    return next + count;
}

/* "● 2 ◐ 3 ? 28": what waits behind the fold. */
static void put_tally(const struct drawing *at, size_t column)
{
    struct buffer *out = at->page->out;
    buffer_text(out, "<span class=\"counted\">");
    for (size_t i = 0; i < MAP_GROUPS; i++) {
        int count = 0;
        for (const struct headline **next = at->map.ranked[column]; *next != NULL; next++)
            count += map_in_group(&map_groups[i], (*next)->verdict);
        if (count > 0)
            html_put(out,
                     "<span class=\"%s\"><svg aria-hidden=\"true\"><use href=\"#sign-%s\"/></svg>"
                     " %d<span class=\"unseen\"> %s;</span></span>",
                     sign_of(map_groups[i].verdict).tone, sign_of(map_groups[i].verdict).symbol,
                     count, map_groups[i].counted);
    }
    buffer_text(out, "</span>");
}

static void put_condition(const struct drawing *at, size_t column)
{
    const struct condition *condition = at->map.conditions[column];
    const struct headline **next = at->map.ranked[column];
    bool mixed = false;
    for (const struct headline **one = next; *one != NULL; one++)
        mixed = mixed || !is_open(*one);
    html_put(at->page->out, "<details%s><summary><span>%s</span> ",
             at->map.condition_count == 1 ? " open" : "", condition->plain);
    put_tally(at, column);
    buffer_text(at->page->out, "</summary>\n<ol>\n");
    while (*next != NULL)
        if (mixed && is_open(*next))
            next = put_open(at, next);
        else
            put_item(at, *next++);
    html_put(at->page->out, "</ol>\n<p><a href=\"%s\">More about %s</a></p></details>\n",
             address_of_topic(NULL, condition, at->page->arena), condition->plain);
}

static void put_list(const struct drawing *at)
{
    const struct region *last = NULL;
    buffer_text(at->page->out, "<div class=\"by-complaint\">\n");
    for (size_t j = 0; j < at->map.condition_count; j++) {
        const struct region *region = map_region(at->page->catalog, &at->map, j);
        if (j == 0 || region != last)
            html_put(at->page->out, "<h3>%s</h3>\n", region_words(at, region));
        put_condition(at, j);
        last = region;
    }
    buffer_text(at->page->out, "</div>\n");
}

/* ---- what nobody has looked at ---- */

static bool stands_in(const struct evidence_map *map, const struct intervention *intervention)
{
    for (size_t i = 0; i < map->intervention_count; i++)
        if (map->interventions[i] == intervention)
            return true;
    return false;
}

static void put_unstudied(const struct drawing *at)
{
    const struct base *base = catalog_base(at->page->catalog);
    const char *before = "<p class=\"note\">No study stands in this base, for any complaint, of ";
    if (at->filter->condition != NULL || at->filter->verdict != NULL)
        return;
    for (size_t i = 0; i < base->intervention_count; i++) {
        const struct intervention *one = &base->interventions[i];
        if (stands_in(&at->map, one) ||
            (at->filter->kind >= 0 && at->filter->kind != (int)one->kind))
            continue;
        buffer_text(at->page->out, before);
        put_question_link(at->page, one, NULL, one->plain);
        before = ", ";
    }
    if (before[0] == ',')
        buffer_text(at->page->out, ".</p>\n");
}

/* ---- the whole ---- */

/* Cells by verdict, whichever was chosen. */
static void count_groups(struct drawing *at)
{
    struct map_filter any = *at->filter;
    any.verdict = NULL;
    const struct evidence_map map = evidence_map_of(at->page->catalog, &any, at->page->arena);
    for (size_t j = 0; j < map.condition_count; j++)
        for (const struct headline **next = map.ranked[j]; *next != NULL; next++) {
            at->cells++;
            for (size_t i = 0; i < MAP_GROUPS; i++)
                at->counts[i] += map_in_group(&map_groups[i], (*next)->verdict);
        }
}

/* "113 pairs of a treatment and a complaint were tested (devices only). …" */
static void put_intro(const struct drawing *at)
{
    struct buffer *out = at->page->out;
    struct arena *arena = at->page->arena;
    const struct map_filter *filter = at->filter;
    html_put(out, "<p>%zu pairs of a treatment and a complaint were tested", at->cells);
    if (filter->kind >= 0)
        html_put(out, ", %s only", lower_first(map_kind_words((enum kind)filter->kind), arena));
    if (filter->condition != NULL)
        html_put(out, ", %s only", filter->condition->plain);
    for (size_t i = 0; i < MAP_GROUPS; i++)
        if (map_in_group(&map_groups[i], "unproven"))
            html_put(out, ". Of %zu we don't know yet whether they help.", at->counts[i]);
    buffer_text(out, " Choose one to see the studies behind it.</p>\n");
}

void map_put(const struct page *page, const struct map_filter *filter)
{
    struct drawing at = {
        .page = page, .filter = filter, .map = evidence_map_of(page->catalog, filter, page->arena)};
    bool one = at.map.condition_count == 1;
    count_groups(&at);
    html_put(page->out,
             "<section class=\"map%s\" id=\"map\" aria-labelledby=\"map-head\">\n"
             "<h2 id=\"map-head\">Everything at a glance</h2>\n",
             one ? " one" : "");
    put_intro(&at);
    put_choices(&at);
    if (at.map.condition_count == 0)
        buffer_text(page->out, "<p class=\"note\">Nothing in this base is like that.</p>\n");
    else {
        put_key(&at);
        layout_open_below(page->out);
        if (!one)
            put_table(&at);
        put_list(&at);
        layout_close_below(page->out);
    }
    buffer_text(page->out, "<div id=\"after-map\" tabindex=\"-1\">\n");
    put_unstudied(&at);
    buffer_text(page->out, "</div></section>\n");
}
