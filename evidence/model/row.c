#include "evidence/model/row.h"

#include <math.h>

int row_choice(const struct json_reader *at, const char *key, const char *const *names)
{
    int choice = json_get_choice(at, key, REQUIRED, names);
    return choice < 0 ? 0 : choice;
}

const char *row_id(const struct json_reader *at, const char *key)
{
    const char *id = json_get_text(at, key, REQUIRED);
    if (id != NULL && !is_slug(id))
        json_problem(at, key, "\"%s\" is no slug (a-z, 0-9 and -)", id);
    return id;
}

int row_count(const struct json_reader *at, const char *key)
{
    return json_get_count(at, key, OPTIONAL, 0, ROW_LARGEST_COUNT);
}

const char *const *row_texts(const struct json_reader *at, const char *key)
{
    const char *const *texts = json_get_texts(at, key);
    if (texts[0] == NULL)
        json_problem(at, key, "needs at least one");
    return texts;
}

struct scale row_scale(const struct json_reader *at, enum need need)
{
    struct scale out = {.low = NAN, .high = NAN};
    struct json_reader scale = json_get_object(at, "scale", need);
    if (scale.value == NULL)
        return out;
    json_fields(&scale, (const char *const[]){"name", "low", "high", NULL});
    out.name = json_get_text(&scale, "name", REQUIRED);
    out.low = json_get_number(&scale, "low", OPTIONAL);
    out.high = json_get_number(&scale, "high", OPTIONAL);
    if (isnan(out.low) != isnan(out.high) || out.low >= out.high)
        json_problem(&scale, NULL, "a scale has both ends or none, the low one below the high one");
    return out;
}

/* ---- names ---- */

static void check_intervention(const struct json_reader *at, const char *key,
                               const struct base *base, const char *id)
{
    if (id != NULL && base_intervention(base, id) == NULL)
        json_problem(at, key, "no intervention \"%s\"; add interventions/%s.json or mend it", id,
                     id);
}

static void check_condition(const struct json_reader *at, const char *key, const struct base *base,
                            const char *id)
{
    if (id != NULL && base_condition(base, id) == NULL)
        json_problem(at, key, "no condition \"%s\" in conditions.json", id);
}

const char *row_intervention(const struct json_reader *at, const char *key, const struct base *base)
{
    const char *id = json_get_text(at, key, REQUIRED);
    check_intervention(at, key, base, id);
    return id;
}

const char *row_condition(const struct json_reader *at, const char *key, const struct base *base)
{
    const char *id = json_get_text(at, key, REQUIRED);
    check_condition(at, key, base, id);
    return id;
}

const char *row_outcome(const struct json_reader *at, const char *key, const struct base *base)
{
    const char *id = json_get_text(at, key, REQUIRED);
    if (id != NULL && base_outcome(base, id) == NULL)
        json_problem(at, key, "no outcome \"%s\" in outcomes.json", id);
    return id;
}

const char *const *row_interventions(const struct json_reader *at, const char *key,
                                     const struct base *base)
{
    const char *const *ids = json_get_texts(at, key);
    for (const char *const *id = ids; *id != NULL; id++)
        check_intervention(at, key, base, *id);
    return ids;
}

const char *const *row_conditions(const struct json_reader *at, const char *key,
                                  const struct base *base)
{
    const char *const *ids = json_get_texts(at, key);
    for (const char *const *id = ids; *id != NULL; id++)
        check_condition(at, key, base, *id);
    return ids;
}
