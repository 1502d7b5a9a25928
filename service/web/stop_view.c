#include "service/web/stop_view.h"

#include <math.h>
#include <string.h>

#include "evidence/judgement/stop/stop_words.h"
#include "service/http/query.h"
#include "service/views/diary_svg.h"
#include "service/views/html.h"
#include "service/web/lists_view.h"
#include "service/web/signs.h"
#include "service/web/stop_form_view.h"

/* The chart is drawn once for phones and once for all else, so that its words stay legible. */
enum { PHONE_CHART = 328 };

/* ---- before an answer ---- */

static void put_alarm(const struct page *page, const char *sentence, const struct backing *backing)
{
    html_put(page->out, "<div class=\"alarm\" role=\"alert\"><p><strong>First of all:</strong> %s",
             sentence);
    if (backing != NULL && backing->citation_count > 0 && backing->citations[0].url != NULL)
        html_put(page->out, " <a href=\"%s\">Who says so</a>", backing->citations[0].url);
    buffer_text(page->out, "</p></div>\n");
}

/* "What it is for", for "/condition"; the label of the box, where it has one. */
static const char *box_of(const char *pointer)
{
    static const struct {
        const char *pointer, *label;
    } boxes[] = {{"/intervention", "The treatment"},
                 {"/condition", "What it is for"},
                 {"/started", "The day you began"},
                 {"/diary", "How bad, on which day"},
                 {"/sessions", "Days you were treated"}};
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
        if (strncmp(pointer, boxes[i].pointer, strlen(boxes[i].pointer)) == 0)
            return boxes[i].label;
    return "Your diary";
}

static void put_problems(const struct page *page, const struct problems *problems)
{
    buffer_text(page->out,
                "<div class=\"trouble\" role=\"alert\"><p>Something is missing, or could "
                "not be read:</p>\n<ul>\n");
    for (size_t i = 0; i < problems->kept; i++) {
        const struct problem *problem = problems->items[i];
        bool missing = strncmp(problem->detail, "required", strlen("required")) == 0;
        html_put(page->out, "<li>%s: %s</li>\n", box_of(problem->pointer),
                 missing ? "please fill this in" : problem->detail);
    }
    buffer_text(page->out, "</ul></div>\n");
}

void stop_put_start(const struct page *page, const struct form *form,
                    const struct raised_flags *flags, const struct problems *problems,
                    const char *today)
{
    bool danger = flags != NULL && flags->count > 0;
    buffer_text(page->out, "<article class=\"home\">\n");
    if (danger)
        put_alarm(page, flags->sentence, &flags->items[0].flag->backing);
    buffer_text(page->out,
                "<h1 tabindex=\"-1\">Go on, or stop?</h1>\n"
                "<p class=\"lead\">Tell how bad it was before a treatment and how bad it is now. "
                "You learn whether it is worth going on, when to look again, and what would "
                "probably have happened without it.</p>\n");
    if (flags != NULL && !danger)
        html_put(page->out, "<p>%s</p>\n", flags->sentence);
    if (problems != NULL && problems->kept > 0 && !danger)
        put_problems(page, problems);
    stop_form_put(page, form, today);
    buffer_text(page->out, "</article>\n");
}

/* ---- the chart ---- */

/* The picture as an address of its own: its style may stand in it, as the page's policy asks. */
static void put_picture_address(const struct page *page, const struct diary *diary,
                                const struct stopping *stopping, int width)
{
    struct buffer svg = {0};
    diary_svg(diary, stopping, width, page->arena, &svg);
    html_put(page->out, "data:image/svg+xml,%s", percent_encode(buffer_string(&svg), page->arena));
    buffer_release(&svg);
}

static void put_scores(const struct page *page, const struct diary *diary)
{
    buffer_text(page->out, "<details><summary>Your scores as a list</summary>\n<ul>\n");
    for (size_t i = 0; i < diary->score_count; i++) {
        const struct diary_score *score = &diary->scores[i];
        const char *day = diary_day(diary, score->day, page->arena);
        html_put(page->out, "<li>%s: %s</li>\n", date_in_words(day, page->arena),
                 arena_printf(page->arena, "%g", diary_told(score->scale, score->level)));
    }
    buffer_text(page->out, "</ul></details>\n");
}

static void put_chart(const struct page *page, const struct diary *diary,
                      const struct stopping *stopping)
{
    if (diary->scale == NULL)
        return;
    buffer_text(page->out, "<figure class=\"chart\"><picture><source media=\"(min-width: 46rem)\" "
                           "srcset=\"");
    put_picture_address(page, diary, stopping, SVG_WIDTH);
    buffer_text(page->out, "\"><img src=\"");
    put_picture_address(page, diary, stopping, PHONE_CHART);
    html_put(page->out,
             "\" alt=\"Chart of your scores of %s over the days, with what is expected. The same "
             "stands in words below.\"></picture></figure>\n",
             diary->condition->plain);
    put_scores(page, diary);
}

/* ---- rows ---- */

static void put_row(const struct page *page, const char *name, const char *text)
{
    html_put(page->out, "<section class=\"row\"><h2>%s</h2><div><p>%s</p></div></section>\n", name,
             text);
}

static void put_next(const struct page *page, const struct diary *diary,
                     const struct stopping *stopping)
{
    if (isnan(stopping->next_review_day))
        return;
    const char *day = diary_day(diary, stopping->next_review_day, page->arena);
    put_row(page, "Look again",
            arena_printf(page->arena, "On %s, with a score of that day.",
                         date_in_words(day, page->arena)));
}

static void put_goal(const struct page *page, const struct diary *diary,
                     const struct stopping *stopping)
{
    const struct stop_plan *plan = &stopping->plan;
    const char *end = date_in_words(diary_day(diary, plan->trial_days, page->arena), page->arena);
    const char *chance =
        isnan(stopping->probability)
            ? ""
            : arena_printf(page->arena, " The chance of that is about %.0f in 100.",
                           100 * stopping->probability);
    put_row(page, "The goal",
            arena_printf(page->arena, "%s or %s by %s.%s",
                         stop_goal_told(diary, plan->line, page->arena),
                         diary->scale->higher_is_better ? "more" : "less", end, chance));
}

static void put_without(const struct page *page, const struct diary *diary,
                        const struct stopping *stopping)
{
    const struct stop_plan *plan = &stopping->plan;
    if (!plan->knows_course) {
        put_row(page, "Without it", "Nobody has told how this goes on without treatment.");
        return;
    }
    double level = diary_told(diary->scale, stop_plan_without(plan, plan->trial_days));
    const char *end = date_in_words(diary_day(diary, plan->trial_days, page->arena), page->arena);
    put_row(page, "Without it",
            arena_printf(page->arena,
                         "With no treatment about %.1f of %g would be expected by %s. Many pains "
                         "ease by themselves, so getting better is no proof of a treatment.",
                         level, diary->scale->high, end));
}

static void put_alternatives(const struct page *page, const struct diary *diary,
                             const struct stop_signs *signs)
{
    size_t count;
    const struct headline *const *better =
        stop_alternatives(page->catalog, diary, signs, page->arena, &count);
    if (count == 0)
        return;
    html_put(page->out, "<section><h2>Rated better for %s</h2>\n<ul class=\"rated\">\n",
             diary->condition->plain);
    for (size_t i = 0; i < count; i++) {
        buffer_text(page->out, "<li>");
        put_question_link(page, better[i]->intervention, better[i]->condition,
                          better[i]->intervention->name);
        sign_put_verdict(page->out, better[i]->verdict);
        sign_put_certainty(page->out, better[i]->certainty);
        buffer_text(page->out, "</li>\n");
    }
    buffer_text(page->out, "</ul></section>\n");
}

static void put_warnings(const struct page *page, const struct diary *diary,
                         const struct stop_signs *signs, const struct stopping *stopping)
{
    const char *const *warnings = stop_warnings(diary, signs, stopping, page->arena);
    if (warnings[0] == NULL)
        return;
    buffer_text(page->out, "<section class=\"row\"><h2>Good to know</h2><div><ul>\n");
    for (; *warnings != NULL; warnings++)
        html_put(page->out, "<li>%s</li>\n", *warnings);
    buffer_text(page->out, "</ul></div></section>\n");
}

/* ---- the answer ---- */

static void put_calm(const struct page *page, const struct diary *diary,
                     const struct stop_signs *signs, const struct stopping *stopping)
{
    put_chart(page, diary, stopping);
    put_next(page, diary, stopping);
    if (stopping->plan.error != NULL && diary->scale != NULL) { /* something was scored */
        put_goal(page, diary, stopping);
        put_without(page, diary, stopping);
    }
    put_warnings(page, diary, signs, stopping);
    put_alternatives(page, diary, signs);
}

void stop_put(const struct page *page, const struct form *form, const struct diary *diary,
              const struct stop_signs *signs, const struct stopping *stopping, const char *today)
{
    struct buffer *out = page->out;
    bool alarm = stopping->decided == STOP_SEEK_CARE;
    buffer_text(out, "<article class=\"answer\">\n");
    if (alarm)
        put_alarm(page, stopping->sentence,
                  stopping->sign == NULL ? NULL : stopping->sign->backing);
    html_put(out,
             "<h1 tabindex=\"-1\"><span class=\"crumb\">%s <span aria-hidden=\"true\">›</span> %s"
             "</span>\n<span class=\"decided\">%s</span></h1>\n",
             diary->intervention->name, diary->condition->plain, stop_headline(diary, stopping));
    if (!alarm) {
        html_put(out, "<p class=\"lead\">%s</p>\n", stopping->sentence);
        put_calm(page, diary, signs, stopping);
    }
    buffer_text(out, "<section class=\"again\"><h2>Your diary</h2>\n");
    stop_form_put(page, form, today);
    buffer_text(out, "</section></article>\n");
}
