#include "service/api/reading.h"

#include <ctype.h>
#include <string.h>

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

bool reading_edition(const struct request *request, struct answer *answer, struct error *err)
{
    const char *ruleset = query_filled(request, "ruleset");
    if (ruleset != NULL && catalog_under(request->catalog, ruleset) == NULL)
        return query_problem(request, "ruleset", err,
                             "no ruleset \"%s\"; there are default and classic", ruleset);
    const char *as_of = query_filled(request, "as_of");
    const char *since = day_of(catalog_stamp(request->catalog)->changed, request->arena);
    if (as_of == NULL || is_present(request, as_of, since))
        return true;
    return answer_refuse(request, answer, REFUSAL_NOT_FOUND,
                         "no base as of \"%s\" is kept here; the earliest is version %s, of %s",
                         as_of, catalog_dataset(request->catalog)->version, since);
}

bool reading_under_edition(const struct request *request, struct answer *answer, struct error *err,
                           handler *inner)
{
    if (!reading_edition(request, answer, err))
        return false;
    const char *ruleset = query_filled(request, "ruleset");
    struct request under = *request;
    if (ruleset != NULL) /* handlers only read their catalog */
        under.catalog = (struct catalog *)catalog_under(request->catalog, ruleset);
    return inner(&under, answer, err);
}

bool reading_only_edition(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"ruleset", "as_of", NULL};
    return query_only(request, known, err) && reading_edition(request, answer, err);
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
