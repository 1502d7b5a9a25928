#include "service/api/reading.h"

#include <ctype.h>
#include <string.h>

#include "service/api/application.h"
#include "service/api/nearest.h"
#include "service/http/query.h"

enum { DATE_SIZE = 11 };

void reading_json(const struct request *request, struct answer *answer, struct json_writer *json)
{
    answer->last_modified = catalog_stamp(request->catalog)->changed;
    answer_json(answer, json);
}

/* ---- editions ---- */

static bool is_date(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof form; i++)
        if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
            return false;
    return true;
}

static const char *day_of(time_t at, struct arena *arena)
{
    struct tm parts;
    char *day = arena_alloc(arena, DATE_SIZE);
    if (gmtime_r(&at, &parts) == NULL || strftime(day, DATE_SIZE, "%Y-%m-%d", &parts) == 0)
        return "0000-00-00";
    return day;
}

/* Days as text sort as days. */
static bool is_present(const struct request *request, const char *as_of, const char *since)
{
    if (is_date(as_of))
        return strcmp(as_of, since) >= 0;
    return strcmp(as_of, catalog_dataset(request->catalog)->version) == 0;
}

/* A day that is not over yet, or the version that is served, is the present. */
static bool asks_for_past(const struct request *request)
{
    const char *as_of = query_filled(request, "as_of");
    const char *since = day_of(catalog_stamp(request->catalog)->changed, request->arena);
    return as_of != NULL && !is_present(request, as_of, since);
}

static void release_catalog(void *catalog)
{
    catalog_release(catalog);
}

/* What was not kept is not there; an error of the store stays one. */
static bool tell_missing(const struct request *request, struct answer *answer,
                         const struct error *missing, struct error *err)
{
    const char *said = arena_strdup(request->arena, missing->message);
    if (missing->kind == ERROR_INVALID)
        return query_problem(request, "as_of", err, "%s", said);
    if (missing->kind == ERROR_NOT_FOUND)
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND, "%s", said);
    return error_set(err, missing->kind, "%s", said);
}

/* The base of then; it stays as long as the request. NULL after refusing or filling `err`. */
static struct catalog *past(const struct request *request, struct answer *answer, struct error *err)
{
    struct application *application = request->context;
    struct error missing = {0};
    struct lent_store lent;
    if (!application_borrow_for(request, &lent, err))
        return NULL;
    struct catalog *catalog = past_catalog(application_past_catalogs(application), lent.store,
                                           query_filled(request, "as_of"), &missing);
    application_return_store(application, &lent);
    if (catalog != NULL)
        arena_on_free(request->arena, release_catalog, catalog);
    else
        tell_missing(request, answer, &missing, err);
    return catalog;
}

bool reading_under_edition(const struct request *request, struct answer *answer, struct error *err,
                           handler *inner)
{
    const char *ruleset = query_filled(request, "ruleset");
    struct request under = *request;
    if (asks_for_past(request)) {
        if (answer_apart(request, answer))
            return true;
        under.catalog = past(request, answer, err);
    }
    if (under.catalog != NULL && ruleset != NULL) /* handlers only read their catalog */
        under.catalog = (struct catalog *)catalog_under(under.catalog, ruleset);
    else if (under.catalog == NULL)
        return false;
    return under.catalog != NULL
               ? inner(&under, answer, err)
               : query_problem(request, "ruleset", err,
                               "no ruleset \"%s\"; there are default and classic", ruleset);
}

bool reading_only_edition(const struct request *request, struct error *err)
{
    static const char *const known[] = {"ruleset", "as_of", NULL};
    return query_only(request, known, err);
}

/* ---- names ---- */

bool unknown_parameter(const struct request *request, const char *name, enum meaning meaning,
                       const char *id, struct error *err)
{
    static const char *const kinds[] = {[MEANING_INTERVENTION] = "intervention",
                                        [MEANING_CONDITION] = "condition",
                                        [MEANING_OUTCOME] = "outcome"};
    const char *const *near = nearest_entries(request->catalog, meaning, id, request->arena);
    return query_problem(request, name, err, "no %s \"%s\"%s", kinds[meaning], id,
                         nearest_words(near, request->arena));
}

bool refuse_unknown(const struct request *request, struct answer *answer, enum meaning meaning,
                    const char *what, const char *id)
{
    answer_nearest(request, answer, nearest_entries(request->catalog, meaning, id, request->arena));
    return answer_refuse(request, answer, REFUSAL_NOT_FOUND, "there is no %s \"%s\" in this base",
                         what, id);
}

const struct intervention *require_intervention(const struct request *request,
                                                struct answer *answer)
{
    const char *id = request_part(request, "intervention");
    const struct intervention *found = base_intervention(catalog_base(request->catalog), id);
    if (found == NULL)
        refuse_unknown(request, answer, MEANING_INTERVENTION, "intervention", id);
    return found;
}

const struct condition *require_condition(const struct request *request, struct answer *answer)
{
    const char *id = request_part(request, "condition");
    const struct condition *found = base_condition(catalog_base(request->catalog), id);
    if (found == NULL)
        refuse_unknown(request, answer, MEANING_CONDITION, "condition", id);
    return found;
}
