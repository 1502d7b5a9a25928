#include "evidence/model/topics.h"

#include <math.h>

static const char *get_slug(const struct json_reader *at, const char *key)
{
    const char *slug = json_get_text(at, key, REQUIRED);
    if (slug != NULL && !is_slug(slug))
        json_problem(at, key, "\"%s\" is no slug (a-z, 0-9 and -)", slug);
    return slug;
}

void intervention_read(const struct json_reader *at, struct intervention *out)
{
    json_fields(at, (const char *const[]){"id", "name", "plain", "kind", "aliases", "summary",
                                          "sham", "claims", NULL});
    int kind = json_get_choice(at, "kind", REQUIRED, kind_names);
    *out = (struct intervention){
        .id = get_slug(at, "id"),
        .name = json_get_text(at, "name", REQUIRED),
        .plain = json_get_text(at, "plain", REQUIRED),
        .kind = kind < 0 ? KIND_TECHNIQUE : (enum kind)kind,
        .aliases = json_get_texts(at, "aliases"),
        .summary = json_get_text(at, "summary", REQUIRED),
        .sham = json_get_text(at, "sham", OPTIONAL),
        .claims = json_get_texts(at, "claims"),
    };
}

void condition_read(const struct json_reader *at, struct condition *out)
{
    json_fields(at, (const char *const[]){"id", "name", "plain", "aliases", "parents",
                                          "primary_outcomes", "primary_window", NULL});
    int window = json_get_choice(at, "primary_window", REQUIRED, window_names);
    *out = (struct condition){
        .id = get_slug(at, "id"),
        .name = json_get_text(at, "name", REQUIRED),
        .plain = json_get_text(at, "plain", REQUIRED),
        .aliases = json_get_texts(at, "aliases"),
        .parents = json_get_texts(at, "parents"),
        .primary_outcomes = json_get_texts(at, "primary_outcomes"),
        .primary_window = window < 0 ? WINDOW_SHORT : (enum window)window,
    };
    if (out->primary_outcomes[0] == NULL)
        json_problem(at, "primary_outcomes", "a condition names at least one primary outcome");
}

static void read_mid(const struct json_reader *at, struct mid *out)
{
    struct json_reader mid = json_get_object(at, "mid", OPTIONAL);
    *out = (struct mid){.value = NAN, .scale_low = NAN, .scale_high = NAN};
    if (mid.value == NULL)
        return;
    json_fields(&mid, (const char *const[]){"value", "scale", "source", "note", NULL});
    out->value = json_get_number(&mid, "value", REQUIRED);
    out->note = json_get_text(&mid, "note", OPTIONAL);
    struct json_reader scale = json_get_object(&mid, "scale", REQUIRED);
    if (scale.value != NULL) {
        json_fields(&scale, (const char *const[]){"name", "low", "high", NULL});
        out->scale_name = json_get_text(&scale, "name", REQUIRED);
        out->scale_low = json_get_number(&scale, "low", OPTIONAL);
        out->scale_high = json_get_number(&scale, "high", OPTIONAL);
    }
    struct json_reader source = json_get_object(&mid, "source", REQUIRED);
    if (source.value != NULL) {
        json_fields(&source, (const char *const[]){"url", "where", NULL});
        out->source_url = json_get_text(&source, "url", REQUIRED);
        out->source_where = json_get_text(&source, "where", OPTIONAL);
    }
    if (out->value <= 0)
        json_problem(&mid, "value", "an important difference is above 0");
}

void outcome_read(const struct json_reader *at, struct outcome *out)
{
    json_fields(at, (const char *const[]){"id", "name", "plain", "aliases", "kind", "stand_in_for",
                                          "mid", NULL});
    int kind = json_get_choice(at, "kind", REQUIRED, outcome_kind_names);
    *out = (struct outcome){
        .id = get_slug(at, "id"),
        .name = json_get_text(at, "name", REQUIRED),
        .plain = json_get_text(at, "plain", REQUIRED),
        .aliases = json_get_texts(at, "aliases"),
        .kind = kind < 0 ? OUTCOME_BENEFIT : (enum outcome_kind)kind,
        .stand_in_for = json_get_text(at, "stand_in_for", OPTIONAL),
    };
    read_mid(at, &out->mid);
}
