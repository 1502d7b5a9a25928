#include "service/web/history_view.h"

#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/api/application.h"
#include "service/views/html.h"
#include "service/views/sign.h"
#include "service/web/studies_view.h"

enum { CHANGES_SHOWN = 6, DAY_SIZE = 12 };

struct changes_of history_of(const struct request *request, const struct headline *headline)
{
    struct changes_of out = {0};
    struct lent_store lent;
    struct error err = {0};
    if (headline == NULL || request->context == NULL ||
        !application_borrow_for(request, &lent, &err))
        return out;
    if (!store_changes_of(lent.store, headline->intervention->id, headline->home->id, CHANGES_SHOWN,
                          request->arena, &out, &err))
        out = (struct changes_of){0};
    application_return_store(request->context, &lent);
    return out;
}

static const char *day_of(time_t at, struct arena *arena)
{
    struct tm parts;
    char text[DAY_SIZE];
    if (gmtime_r(&at, &parts) == NULL || strftime(text, sizeof text, "%Y-%m-%d", &parts) == 0)
        return "an unknown day";
    return date_in_words(arena_strdup(arena, text), arena);
}

static const char *cause_words(enum change_cause cause)
{
    static const char *const words[CHANGE_CAUSE_COUNT] = {
        [CHANGE_STUDY_RETRACTED] = "a study was retracted",
        [CHANGE_STUDY_REINSTATED] = "a retraction was taken back",
        [CHANGE_STUDY_ADDED] = "a study was added",
        [CHANGE_STUDY_CHANGED] = "a study's entry was corrected",
        [CHANGE_STUDY_REMOVED] = "a study was removed",
        [CHANGE_RULES] = "the rules of rating changed",
        [CHANGE_ENTRIES] = "the entry of a treatment, complaint or outcome changed",
    };
    return words[cause];
}

/* The feed tells the level by its name. */
static enum certainty_level level_called(const char *name)
{
    int level = 0;
    while (certainty_names[level] != NULL && strcmp(certainty_names[level], name) != 0)
        level++;
    return (enum certainty_level)level;
}

/* "May work, low certainty". */
static const char *state_words(const char *verdict, const char *certainty, struct arena *arena)
{
    if (certainty == NULL)
        return "not there";
    return arena_printf(arena, "%s, %s certainty", verdict_badge(verdict),
                        sign_certainty_words(level_called(certainty)));
}

static void put_studies(const struct page *page, const struct verdict_change *change)
{
    const struct base *base = catalog_base(page->catalog);
    for (const char *const *id = change->studies; *id != NULL; id++) {
        const struct study *study = base_study(base, *id);
        buffer_text(page->out, id == change->studies ? ": " : ", ");
        if (study == NULL)
            html_put(page->out, "%s", *id);
        else
            study_put_link(page, study);
    }
}

static void put_change(const struct page *page, const struct verdict_change *change)
{
    struct arena *arena = page->arena;
    const struct rating *rating = catalog_find_rating(page->catalog, change->question);
    html_put(page->out, "<li>%s. ", day_of(change->at, arena));
    if (rating != NULL)
        html_put(page->out, "%s, %s: ", rating->question.outcome->name,
                 window_words(rating->question.window));
    html_put(page->out, "from “%s” to “%s”, because %s",
             state_words(change->before_verdict, change->before_certainty, arena),
             state_words(change->after_verdict, change->after_certainty, arena),
             cause_words(change->cause));
    put_studies(page, change);
    buffer_text(page->out, ".</li>\n");
}

void history_put(const struct page *page, const struct headline *headline,
                 const struct changes_of *changes)
{
    if (changes->since == 0)
        return;
    html_put(page->out,
             "<section class=\"row\" id=\"changed\"><h2>What changed</h2><div>\n<p>%s for %s is "
             "followed here since %s.%s</p>\n",
             headline->intervention->name, headline->home->plain,
             day_of(changes->since, page->arena),
             changes->count == 0 ? " No verdict on it has changed since then." : "");
    buffer_text(page->out, changes->count == 0 ? "" : "<ul>\n");
    for (size_t i = 0; i < changes->count; i++)
        put_change(page, &changes->items[i]);
    buffer_text(page->out, changes->count == 0 ? "" : "</ul>\n");
    buffer_text(page->out, "<p><a href=\"/v1/changes.atom\">Follow what changes</a>, in a feed "
                           "reader</p>\n</div></section>\n");
}
