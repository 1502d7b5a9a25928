#include "importers/sources/pubmed_place.h"

#include <limits.h>
#include <string.h>
#include <time.h>

#include "evidence/base/json_reader.h"
#include "evidence/base/json_writer.h"

enum {
    DAY_SECONDS = 86400,
    FIRST_DAY = -98615, /* 1700-01-01: before the oldest article there is */
    LAST_DAY = 376564,  /* 3000-12-31: how users of PubMed write "until now" */
    FIRST_PMID = 1,
    LAST_PMID = 99999999 /* some 42 million are given, and 1.7 million more a year */
};

static const char place_name[] = "the state of the import";

static const char *const part_names[] = {"whole", "days", "pmids", NULL};

/* -- as text -- */

static void read_range(const struct json_reader *root, struct pubmed_place *out)
{
    bool days = out->part == PUBMED_DAYS;
    int least = days ? FIRST_DAY : FIRST_PMID;
    int most = days ? LAST_DAY : LAST_PMID;
    if (out->part == PUBMED_WHOLE)
        return;
    out->first = json_get_count(root, "first", REQUIRED, least, most);
    out->last = json_get_count(root, "last", REQUIRED, least, most);
    if (out->first > out->last)
        json_problem(root, "first", "must not be after last");
    if (!days)
        out->day = json_get_count(root, "day", REQUIRED, FIRST_DAY, LAST_DAY);
}

static void read_search(const struct json_reader *root, struct pubmed_place *out)
{
    out->listing = json_get_truth(root, "listing");
    out->ids = json_get_text(root, "ids", OPTIONAL);
    out->webenv = json_get_text(root, "webenv", OPTIONAL);
    if (out->webenv != NULL)
        out->query_key = json_get_count(root, "key", REQUIRED, 1, INT_MAX);
    if (out->listing ? out->webenv != NULL : out->ids != NULL)
        json_problem(root, "listing", "goes with ids and not with webenv");
    if (out->ids != NULL && out->ids[strspn(out->ids, "0123456789,")] != '\0')
        json_problem(root, "ids", "must be PMIDs with commas");
    if (!pubmed_place_is_search(out) && out->at >= out->count)
        json_problem(root, "at", "must be less than count");
}

static void read_place(const struct json_reader *root, struct pubmed_place *out)
{
    static const char *const known[] = {
        "listing", "ids", "restarts", "part",   "first", "last",    "day",      "total", "before",
        "count",   "at",  "newest",   "webenv", "key",   "repeats", "renewals", NULL};
    if (!json_fields(root, known))
        return;
    int part = json_get_choice(root, "part", REQUIRED, part_names);
    out->part = part < 0 ? PUBMED_WHOLE : (enum pubmed_part)part;
    out->total = json_get_count(root, "total", OPTIONAL, 0, INT_MAX);
    out->before = json_get_count(root, "before", REQUIRED, 0, INT_MAX);
    out->count = json_get_count(root, "count", OPTIONAL, 0, INT_MAX);
    out->at = json_get_count(root, "at", REQUIRED, 0, INT_MAX);
    out->newest = json_get_text(root, "newest", OPTIONAL);
    out->repeats = json_get_count(root, "repeats", REQUIRED, 0, INT_MAX);
    out->renewals = json_get_count(root, "renewals", REQUIRED, 0, INT_MAX);
    out->restarts = json_get_count(root, "restarts", REQUIRED, 0, INT_MAX);
    read_range(root, out);
    read_search(root, out);
}

bool pubmed_place_read(const char *state, struct arena *arena, struct pubmed_place *out,
                       struct error *err)
{
    struct problems problems = {.arena = arena};
    *out = (struct pubmed_place){.total = COUNT_UNKNOWN, .count = COUNT_UNKNOWN};
    if (state == NULL)
        return true;
    json_t *value = json_parse(state, strlen(state), place_name, &problems);
    struct json_reader root = json_root(value, place_name, &problems);
    if (value != NULL)
        read_place(&root, out);
    json_decref(value);
    return problems_none(&problems, err);
}

/* Days before 1970 are negative, and no unknown counts. */
static void put_signed(struct json_writer *writer, const char *key, long value)
{
    json_put_key(writer, key);
    json_put_count(writer, value);
}

static void write_place(const struct pubmed_place *place, struct json_writer *writer)
{
    json_begin_object(writer);
    json_field_text(writer, "part", part_names[place->part]);
    if (place->part != PUBMED_WHOLE) {
        put_signed(writer, "first", place->first);
        put_signed(writer, "last", place->last);
    }
    if (place->part == PUBMED_PMIDS)
        put_signed(writer, "day", place->day);
    json_field_count(writer, "total", place->total);
    json_field_count(writer, "before", place->before);
    json_field_count(writer, "count", place->count);
    json_field_count(writer, "at", place->at);
    json_field_text(writer, "newest", place->newest);
    if (place->webenv != NULL) {
        json_field_text(writer, "webenv", place->webenv);
        json_field_count(writer, "key", place->query_key);
    }
    if (place->listing)
        json_field_truth(writer, "listing", true);
    if (place->ids != NULL)
        json_field_text(writer, "ids", place->ids);
    json_field_count(writer, "repeats", place->repeats);
    json_field_count(writer, "renewals", place->renewals);
    json_field_count(writer, "restarts", place->restarts);
    json_end_object(writer);
}

const char *pubmed_place_write(const struct pubmed_place *place, struct arena *arena)
{
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, 0);
    write_place(place, &writer);
    const char *text = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return text;
}

/* -- from part to part -- */

bool pubmed_place_is_search(const struct pubmed_place *place)
{
    return place->webenv == NULL && place->ids == NULL;
}

void pubmed_place_renew(struct pubmed_place *place)
{
    place->webenv = NULL;
    place->ids = NULL;
    place->repeats = 0;
}

void pubmed_place_restart(struct pubmed_place *place)
{
    pubmed_place_renew(place);
    place->newest = NULL;
    place->at = 0;
    place->restarts++;
}

static void take_range(struct pubmed_place *place, enum pubmed_part part, long first, long last)
{
    place->part = part;
    place->first = first;
    place->last = last;
    pubmed_place_restart(place);
    place->count = COUNT_UNKNOWN;
    place->renewals = 0;
    place->restarts = 0;
}

/* The middle of a range that reaches from below 0 to above. */
static long middle(long first, long last)
{
    return first + (last - first) / 2;
}

bool pubmed_place_narrow(struct pubmed_place *place)
{
    if (place->part == PUBMED_WHOLE) {
        take_range(place, PUBMED_DAYS, FIRST_DAY, LAST_DAY);
        return true;
    }
    if (place->first < place->last) {
        take_range(place, place->part, middle(place->first, place->last) + 1, place->last);
        return true;
    }
    if (place->part == PUBMED_PMIDS)
        return false;
    place->day = place->first;
    take_range(place, PUBMED_PMIDS, FIRST_PMID, LAST_PMID);
    return true;
}

/* The next part is as wide as this one, or wider where this one was not half full. */
static void take_below(struct pubmed_place *place, long least)
{
    long width = place->last - place->first + 1;
    if (place->count <= PUBMED_SEARCH_MOST / 2)
        width *= 2;
    long last = place->first - 1;
    take_range(place, place->part, last - least < width ? least : last - width + 1, last);
}

bool pubmed_place_advance(struct pubmed_place *place)
{
    place->before += place->at;
    place->at = 0;
    if (place->part == PUBMED_PMIDS) {
        if (place->first > FIRST_PMID) {
            take_below(place, FIRST_PMID);
            return true;
        }
        place->part = PUBMED_DAYS; /* the day is through; it was a full one */
        place->first = place->last = place->day;
        place->count = PUBMED_SEARCH_MOST;
    }
    if (place->part == PUBMED_WHOLE || place->first == FIRST_DAY)
        return false;
    take_below(place, FIRST_DAY);
    return true;
}

const char *pubmed_place_day(long day, struct arena *arena)
{
    const time_t at = (time_t)day * DAY_SECONDS;
    struct tm when = {0};
    gmtime_r(&at, &when);
    return arena_printf(arena, "%04d/%02d/%02d", when.tm_year + 1900, when.tm_mon + 1,
                        when.tm_mday);
}
