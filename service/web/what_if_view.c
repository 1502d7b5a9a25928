#include "service/web/what_if_view.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/verdict.h"
#include "evidence/rating/what_if.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/views/sign.h"
#include "service/web/address.h"
#include "service/web/signs.h"
#include "service/web/size_view.h"
#include "service/web/studies_view.h"

/* ---- what is asked ---- */

static const struct rating *rating_asked(const struct request *request,
                                         const struct headline *headline)
{
    const struct rating *ratings[SIZE_RATINGS];
    const char *of = query_filled(request, "of");
    size_t count = size_ratings(headline, ratings);
    if (of == NULL)
        return headline->rating;
    for (size_t i = 0; i < count; i++)
        if (strcmp(ratings[i]->question.id, of) == 0)
            return ratings[i];
    return NULL;
}

static const struct study *study_of(const struct rating *rating, const char *id)
{
    for (size_t i = 0; i < rating->body.count; i++)
        if (strcmp(rating->body.studies[i].study->id, id) == 0)
            return rating->body.studies[i].study;
    return NULL;
}

static bool is_left_out(const struct supposed *supposed, const struct study *study)
{
    for (size_t i = 0; i < supposed->count; i++)
        if (supposed->left_out[i] == study)
            return true;
    return false;
}

static void read_left_out(const struct request *request, struct supposed *out)
{
    const struct study **studies =
        arena_array(request->arena, request->query_count, sizeof *studies);
    out->left_out = studies;
    for (size_t i = 0; i < request->query_count; i++) {
        const struct field *field = &request->query[i];
        const struct study *study =
            strcmp(field->name, "without") == 0 ? study_of(out->now, field->value) : NULL;
        if (study != NULL && !is_left_out(out, study))
            studies[out->count++] = study;
    }
}

static void rate_without(const struct request *request, struct supposed *out)
{
    struct error err = {0};
    const char **ids = arena_array(request->arena, out->count, sizeof *ids);
    for (size_t i = 0; i < out->count; i++)
        ids[i] = out->left_out[i]->id;
    const struct what_if changes = {.leave_out = ids, .leave_out_count = out->count};
    const struct rating *own = catalog_find_rating(request->catalog, out->now->question.id);
    out->before = own == NULL ? out->now : own;
    out->then = catalog_what_if(request->catalog, out->before, &changes, request->arena, &err);
    if (out->then == NULL)
        out->trouble = arena_strdup(request->arena, err.message);
}

struct supposed supposed_of(const struct request *request, const struct headline *headline)
{
    struct supposed out = {0};
    if (headline == NULL || headline->rating == NULL)
        return out;
    out.now = rating_asked(request, headline);
    if (out.now != NULL)
        read_left_out(request, &out);
    if (out.count == 0)
        return (struct supposed){0};
    rate_without(request, &out);
    return out;
}

/* ---- the form ---- */

static bool has_figure(const struct rated_study *entry)
{
    return entry->used || isfinite(entry->effect.yi);
}

bool what_if_has_choice(const struct rating *rating)
{
    size_t choices = 0;
    for (size_t i = 0; i < rating->body.count; i++)
        choices += has_figure(&rating->body.studies[i]);
    return choices > 1;
}

static const char *address_of(const struct page *page, const struct rating *rating)
{
    return address_of_topic(rating->question.intervention, rating->question.condition, page->arena);
}

void what_if_open(const struct page *page, const struct rating *rating)
{
    if (!what_if_has_choice(rating))
        return;
    html_put(
        page->out,
        "<form class=\"what-if\" method=\"get\" action=\"%s#supposed\">\n"
        "<input type=\"hidden\" name=\"of\" value=\"%s\">\n"
        "<p class=\"note\">Do you doubt a study? Tick “Leave out” and see what the rules would "
        "say without it.</p>\n",
        address_of(page, rating), rating->question.id);
}

void what_if_put_box(const struct page *page, const struct rated_study *entry,
                     const struct supposed *supposed)
{
    if (!has_figure(entry))
        return;
    html_put(page->out,
             "<label class=\"box\"><input type=\"checkbox\" name=\"without\" value=\"%s\"%s "
             "autocomplete=\"off\"><span class=\"unseen\">Leave out %s</span></label>",
             entry->study->id,
             supposed != NULL && is_left_out(supposed, entry->study) ? " checked" : "",
             study_name(entry->study, page->arena));
}

/* ---- the answer ---- */

static void put_left_out(const struct page *page, const struct supposed *supposed)
{
    buffer_text(page->out, "<p><strong>Not our verdict, a what-if.</strong> With ");
    for (size_t i = 0; i < supposed->count; i++)
        html_put(page->out, "%s%s",
                 i == 0                    ? ""
                 : i + 1 < supposed->count ? ", "
                                           : " and ",
                 study_name(supposed->left_out[i], page->arena));
    buffer_text(page->out, " left out it would be:</p>\n");
}

static bool is_same(const struct supposed *supposed)
{
    const char *now = supposed->before->verdict;
    const char *then = supposed->then->verdict;
    bool verdict = now == then || (now != NULL && then != NULL && strcmp(now, then) == 0);
    return verdict && supposed->before->certainty.level == supposed->then->certainty.level;
}

static void put_comparison(const struct page *page, const struct supposed *supposed)
{
    if (is_same(supposed))
        buffer_text(page->out, "<p>That is the same as with all of them: the answer to this "
                               "comparison does not hang on what you left out.</p>\n");
    else
        html_put(page->out, "<p>With all of them this comparison says: %s, %s certainty.</p>\n",
                 verdict_badge(supposed->before->verdict),
                 sign_certainty_words(supposed->before->certainty.level));
}

static void put_addresses(const struct page *page, const struct supposed *supposed)
{
    html_put(page->out, "<p><a class=\"shared\" href=\"%s?of=%s", address_of(page, supposed->now),
             percent_encode(supposed->now->question.id, page->arena));
    for (size_t i = 0; i < supposed->count; i++)
        html_put(page->out, "&amp;without=%s",
                 percent_encode(supposed->left_out[i]->id, page->arena));
    html_put(page->out,
             "#supposed\">Link to this what-if</a> · <a href=\"%s#studies\">Put them "
             "all back</a></p>\n",
             address_of(page, supposed->now));
}

static void put_answer(const struct page *page, const struct supposed *supposed)
{
    if (supposed->then == NULL) {
        html_put(page->out, "<p>That could not be worked out: %s.</p>\n", supposed->trouble);
        return;
    }
    put_left_out(page, supposed);
    buffer_text(page->out, "<p class=\"then\">");
    sign_put_verdict(page->out, supposed->then->verdict);
    sign_put_certainty(page->out, supposed->then->certainty.level);
    html_put(page->out, "</p>\n<p>%s</p>\n", supposed->then->sentence);
    put_comparison(page, supposed);
    put_addresses(page, supposed);
}

void what_if_close(const struct page *page, const struct rating *rating,
                   const struct supposed *supposed)
{
    if (!what_if_has_choice(rating))
        return;
    bool asked = supposed->now == rating;
    buffer_text(page->out, "<p class=\"buttons\"><button type=\"submit\">What would it be "
                           "without the ticked ones?</button></p>\n<div class=\"supposed\"");
    buffer_text(page->out, asked ? " id=\"supposed\"" : "");
    buffer_text(page->out, ">");
    if (asked)
        put_answer(page, supposed);
    buffer_text(page->out, "</div></form>\n");
}
