/* GET /v1/changes.atom: the feed of changed verdicts for feed readers (RFC 4287), newest first. */
#include <stdio.h>

#include "evidence/rating/verdict.h"
#include "evidence/store/changes.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/reading.h"
#include "service/http/query.h"
#include "service/views/html.h"

enum { TIME_SIZE = 24, ENTRIES_MOST = 100 };

static const char *time_text(time_t at, struct arena *arena)
{
    struct tm parts;
    char *text = arena_alloc(arena, TIME_SIZE);
    if (gmtime_r(&at, &parts) == NULL ||
        strftime(text, TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        return "1970-01-01T00:00:00Z";
    return text;
}

/* "May work (low)", "no verdict", "not asked". */
static const char *state_words(const char *verdict, const char *certainty, struct arena *arena)
{
    if (certainty == NULL)
        return "not there";
    if (verdict == NULL)
        return arena_printf(arena, "no verdict (%s certainty)", certainty);
    return arena_printf(arena, "%s (%s certainty)", verdict_badge(verdict), certainty);
}

/* What the question is about, by its names where it still stands. */
static const char *question_words(const struct request *request, const char *id)
{
    const struct rating *rating = catalog_find_rating(request->catalog, id);
    if (rating == NULL)
        return id;
    const struct question *question = &rating->question;
    return arena_printf(request->arena, "%s for %s: %s", question->intervention->name,
                        question->condition->plain, question->outcome->plain);
}

static void put_entry(const struct request *request, const struct verdict_change *change,
                      struct buffer *out)
{
    struct arena *arena = request->arena;
    const char *about = question_words(request, change->question);
    html_put(out,
             "<entry>\n<id>%s/v1/changes#%s</id>\n<title>%s: %s</title>\n<updated>%s</updated>\n",
             request->origin, arena_printf(arena, "%lld", (long long)change->key), about,
             state_words(change->after_verdict, change->after_certainty, arena),
             time_text(change->at, arena));
    html_put(out, "<link rel=\"alternate\" href=\"%s/v1/ratings/%s\"/>\n", request->origin,
             change->question);
    html_put(out, "<category term=\"%s\"/>\n<content type=\"text\">%s. Before: %s. Now: %s.",
             change_cause_names[change->cause], about,
             state_words(change->before_verdict, change->before_certainty, arena),
             state_words(change->after_verdict, change->after_certainty, arena));
    for (const char *const *study = change->studies; *study != NULL; study++)
        html_put(out, "%s%s", study == change->studies ? " Studies: " : ", ", *study);
    buffer_text(out, "</content>\n</entry>\n");
}

static void put_feed(const struct request *request, const struct verdict_change *changes,
                     size_t count, struct buffer *out)
{
    time_t updated = count > 0 ? changes[0].at : catalog_stamp(request->catalog)->changed;
    html_put(out,
             "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
             "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>%s/v1/changes</id>\n"
             "<title>Touchstone: verdicts that changed</title>\n<updated>%s</updated>\n"
             "<author><name>Touchstone</name></author>\n",
             request->origin, time_text(updated, request->arena));
    html_put(out,
             "<link rel=\"self\" type=\"application/atom+xml\" href=\"%s/v1/changes.atom\"/>\n"
             "<link rel=\"alternate\" href=\"%s/\"/>\n",
             request->origin, request->origin);
    for (size_t i = 0; i < count; i++)
        put_entry(request, &changes[i], out);
    buffer_text(out, "</feed>\n");
}

bool get_changes_feed(const struct request *request, struct answer *answer, struct error *err)
{
    struct verdict_change *changes = NULL;
    struct lent_store lent;
    size_t count = 0;
    if (!query_only(request, (const char *const[]){NULL}, err) ||
        !application_borrow_for(request, &lent, err))
        return false;
    bool good =
        store_newest_changes(lent.store, ENTRIES_MOST, request->arena, &changes, &count, err);
    application_return_store(request->context, &lent);
    if (!good)
        return false;
    answer->content_type = "application/atom+xml; charset=utf-8";
    put_feed(request, changes, count, &answer->body);
    return true;
}
