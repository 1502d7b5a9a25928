#include "service/api/import_shape.h"

#include <stdio.h>

enum { TIME_SIZE = 32 };

void shape_time(struct json_writer *json, const char *key, time_t at)
{
    struct tm parts;
    char text[TIME_SIZE];
    bool known = at != 0 && gmtime_r(&at, &parts) != NULL &&
                 strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0;
    json_field_text(json, key, known ? text : NULL);
}

static void put_limit(struct json_writer *json, int64_t most)
{
    json_field_count(json, "limit", most > 0 ? most : -1);
}

void shape_import_fields(struct json_writer *json, const struct import_run *run)
{
    json_field_count(json, "id", run->key);
    json_field_text(json, "source", run->source);
    json_field_text(json, "query", run->query);
    json_field_text(json, "since", run->since);
    put_limit(json, run->most);
    json_field_text(json, "saved_search", run->saved_search);
    json_field_text(json, "status", run_status_names[run->status]);
    json_field_truth(json, "complete", run->complete);
    json_field_text(json, "error", run->error);
    json_field_count(json, "found", run->counts.found);
    json_field_count(json, "fetched", run->position);
    json_field_count(json, "new", run->counts.added);
    json_field_count(json, "merged", run->counts.merged);
    json_field_count(json, "changed", run->counts.updated);
    json_field_count(json, "unchanged", run->counts.unchanged);
    json_field_count(json, "failed", run->counts.refused);
    json_field_count(json, "warnings", run->counts.warnings);
    shape_time(json, "begun", run->begun);
    shape_time(json, "touched", run->touched);
    shape_time(json, "ended", run->ended);
}

void shape_import(struct json_writer *json, const struct import_run *run)
{
    json_begin_object(json);
    shape_import_fields(json, run);
    json_end_object(json);
}

void shape_search(struct json_writer *json, const struct saved_search *search)
{
    json_begin_object(json);
    json_field_text(json, "name", search->name);
    json_field_text(json, "source", search->source);
    json_field_text(json, "query", search->query);
    put_limit(json, search->most);
    json_field_count(json, "every_seconds", search->every_seconds);
    shape_time(json, "due", search->due);
    json_end_object(json);
}

static void put_rating(struct json_writer *json, const char *key, const char *verdict,
                       const char *certainty)
{
    json_put_key(json, key);
    if (verdict == NULL && certainty == NULL) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "verdict", verdict);
    json_field_text(json, "certainty", certainty);
    json_end_object(json);
}

void shape_change(struct json_writer *json, const struct verdict_change *change)
{
    json_begin_object(json);
    json_field_count(json, "id", change->key);
    shape_time(json, "at", change->at);
    json_field_text(json, "question", change->question);
    put_rating(json, "before", change->before_verdict, change->before_certainty);
    put_rating(json, "after", change->after_verdict, change->after_certainty);
    json_field_text(json, "cause", change_cause_names[change->cause]);
    json_field_array(json, "studies");
    for (const char *const *study = change->studies; *study != NULL; study++)
        json_put_text(json, *study);
    json_end_array(json);
    json_field_text(json, "by", change->actor);
    json_field_text(json, "base", change->base_hash);
    json_end_object(json);
}
