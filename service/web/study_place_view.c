#include "service/web/study_place_view.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/views/study_figure.h"
#include "service/web/address.h"
#include "service/web/signs.h"

/* So many that do not count are shown at once. */
enum { NOT_COUNTED_OPEN = 4 };

/* ---- which answers ---- */

static bool same_topic(const struct question *one, const struct question *other)
{
    return one->intervention == other->intervention && one->condition == other->condition;
}

static bool is_told(const struct catalog *catalog, const size_t *fed, size_t index)
{
    const struct question *question = catalog_question(catalog, fed[index]);
    for (size_t i = 0; i < index; i++)
        if (same_topic(catalog_question(catalog, fed[i]), question))
            return true;
    return false;
}

static void put_topic(const struct page *page, const struct question *question)
{
    const struct headline *headline = catalog_headline(page->catalog, question->intervention,
                                                       question->condition, NULL, page->arena);
    html_put(page->out, "<li><a href=\"%s\">%s for %s</a> ",
             address_of_topic(question->intervention, question->condition, page->arena),
             question->intervention->name, question->condition->plain);
    sign_put_verdict(page->out, headline->verdict);
    buffer_text(page->out, "</li>\n");
}

void study_feeds_put(const struct page *page, const struct study *study, size_t most)
{
    const size_t *fed = catalog_ratings_fed_by(page->catalog, study, page->arena);
    size_t topics = 0;
    for (size_t i = 0; fed[i] != SIZE_MAX; i++) {
        if (is_told(page->catalog, fed, i))
            continue;
        if (topics == 0)
            buffer_text(page->out, "<p class=\"behind\">Looked at for:</p>\n<ul class=\"fed\">\n");
        if (topics++ < most)
            put_topic(page, catalog_question(page->catalog, fed[i]));
    }
    if (topics > most)
        html_put(page->out, "<li>and %zu more</li>\n", topics - most);
    if (topics > 0)
        buffer_text(page->out, "</ul>\n");
}

/* ---- its place in each question ---- */

static const struct rated_study *entry_of(const struct rating *rating, const struct study *study)
{
    for (size_t i = 0; i < rating->body.count; i++)
        if (rating->body.studies[i].study == study)
            return &rating->body.studies[i];
    return NULL;
}

/* Its rank by weight among those that count, 1 for the heaviest; `alike` counts all of them. */
static size_t rank_of(const struct rating *rating, const struct rated_study *entry, size_t *alike)
{
    size_t rank = 1;
    *alike = 0;
    for (size_t i = 0; i < rating->body.count; i++) {
        const struct rated_study *other = &rating->body.studies[i];
        *alike += other->used;
        rank += other->used && other->weight > entry->weight;
    }
    return rank;
}

static void open_cell(struct buffer *out, const char *label)
{
    html_put(out, "<td role=\"cell\" data-label=\"%s\">", label);
}

static void put_weight(struct buffer *out, const struct rating *rating,
                       const struct rated_study *entry)
{
    size_t alike;
    if (study_figure_is_adopted(rating, entry)) {
        buffer_text(out, "Yes: its figure is the answer");
        return;
    }
    if (isnan(entry->weight)) {
        buffer_text(out, "Yes, by which was better");
        return;
    }
    size_t rank = rank_of(rating, entry, &alike);
    buffer_printf(out, "Yes: %.0f %% of the weight", entry->weight);
    if (alike == 1)
        buffer_text(out, ", the only one");
    else if (rank == 1)
        html_put(out, ", the heaviest of %zu", alike);
    else
        html_put(out, ", place %zu of %zu by weight", rank, alike);
}

static void put_counted(struct buffer *out, const struct rating *rating,
                        const struct rated_study *entry)
{
    open_cell(out, "Counted");
    if (entry == NULL)
        buffer_text(out, "No: it gives nothing that can be counted here");
    else if (!entry->used)
        html_put(out, "No: %s", entry->why_not == NULL ? "no reason is recorded" : entry->why_not);
    else
        put_weight(out, rating, entry);
    if (entry != NULL && entry->used && entry->approximated != NULL)
        html_put(out, " <small>(%s)</small>", entry->approximated);
    buffer_text(out, "</td>");
}

static void put_alone(struct buffer *out, const struct rating *rating,
                      const struct rated_study *entry)
{
    open_cell(out, "This study");
    if (entry == NULL)
        buffer_text(out, "no figure");
    else
        study_figure_put_words(out, rating, entry);
    buffer_text(out, "</td>");
}

static void put_together(struct buffer *out, const struct rating *rating)
{
    struct buffer size = {0};
    open_cell(out, "All together");
    buffer_text(out, "<div>");
    sign_put_verdict(out, rating->verdict);
    if (rating_has_figure(rating)) {
        sentence_put_size(rating, &size);
        html_put(out, "<p>%s</p>", buffer_string(&size));
        buffer_release(&size);
    }
    sign_put_certainty(out, rating->certainty.level);
    buffer_text(out, "</div></td>");
}

static void put_question(const struct page *page, const struct rating *rating)
{
    struct buffer against = {0};
    sentence_put_comparator(rating, &against);
    html_put(
        page->out,
        "<th role=\"rowheader\" scope=\"row\"><a href=\"%s\">%s for %s</a><small>%s, against "
        "%s, %s</small></th>",
        address_of_topic(rating->question.intervention, rating->question.condition, page->arena),
        rating->question.intervention->name, rating->question.condition->plain,
        rating->question.outcome->name, buffer_string(&against),
        window_words(rating->question.window));
    buffer_release(&against);
}

static void put_row(const struct page *page, const struct rating *rating, const struct study *study)
{
    const struct rated_study *entry = entry_of(rating, study);
    buffer_text(page->out, "<tr role=\"row\">");
    put_question(page, rating);
    put_counted(page->out, rating, entry);
    put_alone(page->out, rating, entry);
    put_together(page->out, rating);
    buffer_text(page->out, "</tr>\n");
}

/* Those to which it counts, or those to which it does not; gives how many. */
static size_t pick(const struct page *page, const struct study *study, const size_t *fed,
                   bool counts, const struct rating **out)
{
    size_t count = 0;
    for (; *fed != SIZE_MAX; fed++) {
        const struct rating *rating = catalog_rating(page->catalog, *fed);
        const struct rated_study *entry = entry_of(rating, study);
        if ((entry != NULL && entry->used) == counts)
            out[count++] = rating;
    }
    return count;
}

static void put_table(const struct page *page, const struct study *study,
                      const struct rating *const *ratings, size_t count, const char *caption)
{
    static const char *const columns[] = {"Question", "Counted?", "This study found",
                                          "All studies together"};
    struct buffer *out = page->out;
    html_put(out,
             "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">"
             "<table role=\"table\">\n<caption>%s</caption>\n"
             "<thead role=\"rowgroup\"><tr role=\"row\">",
             caption, caption);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        html_put(out, "<th role=\"columnheader\" scope=\"col\">%s</th>", columns[i]);
    buffer_text(out, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (size_t i = 0; i < count; i++)
        put_row(page, ratings[i], study);
    buffer_text(out, "</tbody></table></div>\n");
}

/* Where it counts stands open; where it was looked at and left out, a tap away if there are many.
 */
static void put_places(const struct page *page, const struct study *study, const size_t *fed)
{
    struct buffer *out = page->out;
    size_t most = 0;
    while (fed[most] != SIZE_MAX)
        most++;
    const struct rating **ratings = arena_array(page->arena, most + 1, sizeof *ratings);
    size_t counted = pick(page, study, fed, true, ratings);
    if (counted > 0)
        put_table(page, study, ratings, counted,
                  "Questions to which it counts: how much, and how it stands to the whole");
    else
        buffer_text(out, "<p>It counts to none of them. Why not stands with each.</p>\n");
    size_t others = pick(page, study, fed, false, ratings);
    if (others == 0)
        return;
    html_put(out,
             "<details%s><summary>%zu question%s for which it was looked at and not "
             "counted</summary>\n",
             others <= NOT_COUNTED_OPEN && counted == 0 ? " open" : "", others,
             others == 1 ? "" : "s");
    put_table(page, study, ratings, others, "Questions to which it does not count, and why");
    buffer_text(out, "</details>\n");
}

void study_place_put(const struct page *page, const struct study *study)
{
    const size_t *fed = catalog_ratings_fed_by(page->catalog, study, page->arena);
    struct buffer *out = page->out;
    buffer_text(out, "<section class=\"places\"><h2>Which verdicts it feeds</h2>\n");
    if (*fed == SIZE_MAX)
        buffer_text(out, "<p>None: no result of it is entered for a question that is rated "
                         "here.</p>\n");
    else
        put_places(page, study, fed);
    buffer_text(out, "</section>\n");
}
