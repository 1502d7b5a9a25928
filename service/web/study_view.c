#include "service/web/study_view.h"

#include <ctype.h>
#include <string.h>

#include "evidence/rating/review.h"
#include "evidence/rating/safety.h"
#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/views/study_words.h"
#include "service/web/address.h"
#include "service/web/linked_data.h"
#include "service/web/studies_view.h"
#include "service/web/study_links_view.h"
#include "service/web/study_place_view.h"
#include "service/web/study_result_view.h"
#include "service/web/study_trust_view.h"

/* ---- what befell it ---- */

static void put_notice(const struct page *page, const struct notice *notice)
{
    struct buffer *out = page->out;
    html_put(out, "<p class=\"%s\"><strong>%s</strong>",
             notice->type == NOTICE_CONCERN ? "alarm" : "note", notice_meaning(notice->type));
    if (notice->date != NULL)
        html_put(out, " %s.", date_in_words(notice->date, page->arena));
    if (notice->doi != NULL)
        html_put(out, " <a href=\"https://doi.org/%s\">The notice</a>",
                 address_escape(notice->doi, page->arena));
    if (notice->source != NULL && strncmp(notice->source, "https://", 8) == 0)
        html_put(out, " <a href=\"%s\">Who says so</a>", notice->source);
    else if (notice->source != NULL)
        html_put(out, " (told by %s)", notice->source);
    buffer_text(out, "</p>\n");
}

void study_notices_put(const struct page *page, bool retracted, const struct notice *notices,
                       size_t count)
{
    if (retracted)
        buffer_text(
            page->out,
            "<p class=\"alarm retracted\"><strong>Retracted.</strong> Do not rely on it. It "
            "stays visible here and counts for nothing.</p>\n");
    for (size_t i = 0; i < count; i++)
        put_notice(page, &notices[i]);
}

/* A review whose own figures still hold a trial that was retracted since. */
static void put_pooled_retracted(const struct page *page, const struct study *study)
{
    for (size_t i = 0; i < catalog_retracted_count(page->catalog); i++) {
        const struct study *trial = catalog_retracted(page->catalog, i);
        if (review_pooled(study, trial))
            html_put(page->out,
                     "<p class=\"alarm\"><strong>A trial in it was retracted since:</strong> <a "
                     "href=\"%s\">%s</a>. The figures of this review still hold it.</p>\n",
                     address_of_study(trial->id, page->arena), study_name(trial, page->arena));
    }
}

/* ---- the first screen ---- */

static void put_title(const struct page *page, const struct study *study)
{
    struct buffer *out = page->out;
    html_put(out,
             "<h1><span class=\"crumb\"><a href=\"/studies\">Studies</a> <span "
             "aria-hidden=\"true\">›</span> %s</span>%s</h1>\n",
             study_label(study, page->arena),
             study->title == NULL ? "A study without a title" : study->title);
}

void study_printed_put(const struct page *page, const char *authors, int year, const char *journal)
{
    html_put(page->out, "<p class=\"printed\">%s", authors == NULL ? "Authors not known" : authors);
    if (year != COUNT_UNKNOWN)
        html_put(page->out, ", %d", year);
    if (journal != NULL)
        html_put(page->out, ", <cite>%s</cite>", journal);
    buffer_text(page->out, "</p>\n");
}

static const char *authors_of(const struct page *page, const struct study *study)
{
    return authors_words(study->authors, study->author_count, study->authors_complete, page->arena);
}

static const char *capitalised(const char *text, struct arena *arena)
{
    char *out = arena_strdup(arena, text);
    out[0] = (char)toupper((unsigned char)out[0]);
    return out;
}

static void put_people(const struct page *page, const struct study *study)
{
    const struct condition *condition =
        base_condition(catalog_base(page->catalog), study->condition);
    struct buffer people = {0};
    html_put(page->out, "<p><strong>Who took part?</strong> ");
    if (study->trials != COUNT_UNKNOWN)
        html_put(page->out, "%d trial%s. ", study->trials, study->trials == 1 ? "" : "s");
    if (study->participants != COUNT_UNKNOWN)
        html_put(page->out, "%d %s. ", study->participants,
                 study->participants == 1 ? "person" : "people");
    sentence_put_people_with(condition, &people);
    html_put(page->out, "%s.", capitalised(buffer_string(&people), page->arena));
    buffer_release(&people);
    if (study->population != NULL)
        html_put(page->out, " More exactly: %s.", study->population);
    html_put(page->out, " <a href=\"%s\">All that is rated for %s</a></p>\n",
             address_of_topic(NULL, condition, page->arena), condition->plain);
}

static void put_asked(const struct page *page, const struct study *study)
{
    buffer_text(page->out, "<section class=\"row\"><h2>What was asked, of whom</h2><div>\n");
    html_put(page->out, "<p><strong>What kind of study?</strong> %s. %s</p>\n",
             design_name(study->design), design_meaning(study->design));
    put_people(page, study);
    if (study->result_count > 0)
        buffer_text(page->out, "<p><strong>What was compared?</strong></p>\n");
    study_compared_put(page, study);
    buffer_text(page->out, "</div></section>\n");
}

static void put_conclusion(const struct page *page, const struct study *study)
{
    if (study->conclusion != NULL)
        html_put(
            page->out,
            "<p class=\"lead\">%s</p>\n<p class=\"note\">That is what its authors conclude, in "
            "our words. One study is not the answer: %s</p>\n",
            study->conclusion,
            study->retracted ? "this one was retracted."
                             : "below is how it stands beside the others.");
    else
        html_put(page->out, "<p class=\"lead\">%s.%s</p>\n", design_name(study->design),
                 study->retracted ? " It was retracted." : "");
}

/* ---- harms ---- */

static void put_harm(const struct page *page, const struct harm *harm)
{
    const struct intervention *intervention =
        base_intervention(catalog_base(page->catalog), harm->intervention);
    const char *how_often = safety_how_often(harm, page->arena);
    html_put(page->out, "<li>%s%s: %s%s%s%s</li>\n",
             safety_is_none_found(harm)           ? "Looked for and not found with "
             : harm->severity == SEVERITY_SERIOUS ? "Serious, with "
                                                  : "With ",
             intervention->plain, harm->event, how_often == NULL ? "" : " (",
             how_often == NULL ? "" : how_often, how_often == NULL ? "" : ")");
}

static void put_harms(const struct page *page, const struct study *study)
{
    buffer_text(page->out, "<section class=\"row\"><h2>Harms it tells of</h2><div>\n");
    if (study->harm_count == 0) {
        buffer_text(page->out, "<p>None is entered here. That does not say that there were "
                               "none.</p></div></section>\n");
        return;
    }
    buffer_text(page->out, "<ul class=\"harms\">\n");
    for (size_t i = 0; i < study->harm_count; i++)
        put_harm(page, &study->harms[i]);
    buffer_text(page->out, "</ul></div></section>\n");
}

/* ---- reviews that hold it ---- */

static void put_reviews(const struct page *page, const struct study *study)
{
    if (study->pooled_in[0] == NULL)
        return;
    buffer_text(page->out, "<section class=\"row\"><h2>Reviews that hold it</h2><div><ul>\n");
    for (const char *const *id = study->pooled_in; *id != NULL; id++) {
        const struct study *review = base_study(catalog_base(page->catalog), *id);
        if (review == NULL)
            html_put(page->out, "<li>%s (not in this base)</li>\n", *id);
        else
            html_put(page->out, "<li><a href=\"%s\">%s</a>%s</li>\n",
                     address_of_study(review->id, page->arena), study_name(review, page->arena),
                     review->retracted ? " <strong>retracted</strong>" : "");
    }
    buffer_text(page->out, "</ul></div></section>\n");
}

/* ---- where it can be read ---- */

static void put_sources(const struct page *page, const struct study *study)
{
    buffer_text(page->out, "<section class=\"row\"><h2>Read it yourself</h2><div>\n<ul>\n");
    const struct study_links links = {study->pmid, study->doi, study->pmcid, study->registrations};
    study_links_put(page, &links);
    buffer_text(page->out, "</ul>\n<p>The figures here come from:</p>\n<ul>\n");
    for (size_t i = 0; i < study->source_count; i++) {
        const struct source *source = &study->sources[i];
        html_put(page->out, "<li><a href=\"%s\">%s</a>", source->url, source->url);
        if (source->where != NULL)
            html_put(page->out, " (%s)", source->where);
        buffer_text(page->out, "</li>\n");
    }
    buffer_text(page->out, "</ul></div></section>\n");
}

static void put_citation(const struct page *page, const struct study *study, const char *site)
{
    const char *authors = authors_of(page, study);
    const struct dataset *dataset = catalog_dataset(page->catalog);
    html_put(page->out, "<section class=\"row\"><h2>To cite</h2><div>\n<p>The study: %s%s%s.",
             authors == NULL ? "" : authors, authors == NULL ? "" : ". ",
             study->title == NULL ? study->id : study->title);
    if (study->journal != NULL)
        html_put(page->out, " <cite>%s</cite>", study->journal);
    if (study->year != COUNT_UNKNOWN)
        html_put(page->out, " %d", study->year);
    html_put(page->out,
             ". %s%s</p>\n<p>This page: Touchstone on %s, base %s. %s%s</p>\n"
             "<p><a href=\"/v1/studies/%s\">All of it as data (JSON)</a></p></div></section>\n",
             study->doi == NULL ? "" : "doi:", study->doi == NULL ? "" : study->doi,
             study_label(study, page->arena), dataset->version, site,
             address_of_study(study->id, page->arena),
             address_of_study(study->id, page->arena) + strlen("/study/"));
}

/* ---- the whole ---- */

const char *study_description(const struct page *page, const struct study *study)
{
    const struct condition *condition =
        base_condition(catalog_base(page->catalog), study->condition);
    const char *people = study->participants == COUNT_UNKNOWN
                             ? ""
                             : arena_printf(page->arena, " with %d %s", study->participants,
                                            study->participants == 1 ? "person" : "people");
    return arena_printf(page->arena,
                        "%s%s%s about %s: what it compared, what came out, how far to trust it, "
                        "and which verdicts it feeds.",
                        study->retracted ? "Retracted. " : "", design_name(study->design), people,
                        condition->plain);
}

void study_put(const struct page *page, const struct study *study, const char *site)
{
    buffer_text(page->out, "<article class=\"answer study\">\n");
    put_title(page, study);
    study_notices_put(page, study->retracted, study->notices, study->notice_count);
    put_pooled_retracted(page, study);
    study_printed_put(page, authors_of(page, study), study->year, study->journal);
    if (study->title != NULL && study->title[0] == '[')
        buffer_text(page->out,
                    "<p class=\"note\">In brackets: our own description, since the title "
                    "as printed was not read.</p>\n");
    put_conclusion(page, study);
    put_asked(page, study);
    study_results_put(page, study);
    study_trust_put(page, study);
    study_place_put(page, study);
    put_harms(page, study);
    put_reviews(page, study);
    put_sources(page, study);
    put_citation(page, study, site);
    linked_study_put(page, study, site);
    buffer_text(page->out, "</article>\n");
}
