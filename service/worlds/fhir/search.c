#include "service/worlds/fhir/search.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"
#include "service/http/limits.h"
#include "service/http/query.h"
#include "service/worlds/fhir/moment.h"

enum { COUNT_DIGITS = 9, DAY_SECONDS = 24 * 60 * 60 };

const char *const fhir_parameter_kinds[] = {"token", "uri", "string", "date"};

const struct fhir_parameter fhir_parameters[FHIR_PARAMETERS] = {
    {"_id", FHIR_TOKEN, FHIR_BY_ID, true, "The logical id"},
    {"_lastUpdated", FHIR_DATE, FHIR_BY_UPDATED, true, "When the base was last changed"},
    {"date", FHIR_DATE, FHIR_BY_DATE, true, "The day up to which the base was collected"},
    {"identifier", FHIR_TOKEN, FHIR_BY_IDENTIFIER, true,
     "Our own id; of a study its PMID, DOI, PMCID or NCT number too"},
    {"status", FHIR_TOKEN, FHIR_BY_STATUS, false, "The publication status, active for all"},
    {"title", FHIR_STRING, FHIR_BY_TITLE, false, "The title: how it begins, or :contains, :exact"},
    {"url", FHIR_URI, FHIR_BY_URL, false, "The canonical address"},
};

/* Those that say how the answer should look. The last three are understood and change nothing. */
static const char *const result_parameters[] = {"_count",  "_cursor", "_summary", "_format",
                                                "_pretty", "_total",  NULL};

bool fhir_parameter_is_of(const struct fhir_parameter *parameter, enum fhir_type type)
{
    return parameter->all || type != FHIR_ARTIFACT_ASSESSMENT;
}

/* ---- a value ---- */

enum match { MATCH_BEGINS, MATCH_CONTAINS, MATCH_EXACT };

/* One of the values between commas. */
struct wanted {
    const char *text;   /* of a token the code */
    const char *system; /* of a token; NULL: any */
    const char *folded; /* of a string */
    enum fhir_comparison by;
    struct fhir_moment moment;
};

struct criterion {
    const struct fhir_parameter *parameter;
    enum match match;
    struct wanted *values;
    size_t count;
};

struct fhir_search {
    enum fhir_type type;
    struct criterion *criteria;
    size_t count;
    size_t value_count;       /* of all of them */
    const struct field *kept; /* the parameters that were followed, for the links */
    size_t kept_count;
    size_t page;
    const char *cursor;
};

/* The first `stop` that no backslash stands before, or the end. */
static const char *find_plain(const char *text, char stop)
{
    for (; *text != '\0' && *text != stop; text++)
        if (*text == '\\' && text[1] != '\0')
            text++;
    return text;
}

static const char *unescape(const char *text, size_t length, struct arena *arena)
{
    char *out = arena_alloc(arena, length + 1);
    size_t end = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\\' && i + 1 < length)
            i++;
        out[end++] = text[i];
    }
    return out;
}

/* Words folded, one space between them. */
static const char *fold(const char *text, struct arena *arena)
{
    struct text_words words = text_cut(text, strlen(text), arena);
    struct buffer out = {0};
    for (size_t i = 0; i < words.count; i++)
        buffer_printf(&out, "%s%s", i == 0 ? "" : " ", words.items[i].folded);
    const char *folded = arena_strndup(arena, buffer_string(&out), out.length);
    buffer_release(&out);
    return folded;
}

static void read_token(const char *text, size_t length, struct wanted *out, struct arena *arena)
{
    const char *raw = arena_strndup(arena, text, length);
    const char *bar = find_plain(raw, '|');
    if (*bar == '|') {
        out->system = unescape(raw, (size_t)(bar - raw), arena);
        out->text = unescape(bar + 1, strlen(bar + 1), arena);
    } else {
        out->text = unescape(raw, length, arena);
    }
}

static bool read_value(const struct criterion *criterion, const char *text, size_t length,
                       struct wanted *out, struct arena *arena, struct error *err)
{
    switch (criterion->parameter->kind) {
    case FHIR_TOKEN:
        read_token(text, length, out, arena);
        return true;
    case FHIR_URI:
        out->text = unescape(text, length, arena);
        return true;
    case FHIR_STRING:
        out->text = unescape(text, length, arena);
        out->folded = fold(out->text, arena);
        return true;
    case FHIR_DATE:
        break;
    }
    out->text = arena_strndup(arena, text, length);
    if (fhir_comparison_read(out->text, &out->by, &out->moment))
        return true;
    return error_set(err, ERROR_INVALID,
                     "%s: \"%.60s\" is not a date such as 2026-11-22, ge2026-11 or "
                     "lt2026-11-22T10:00:00Z",
                     criterion->parameter->name, out->text);
}

static bool read_values(struct fhir_search *search, struct criterion *criterion, const char *text,
                        struct arena *arena, struct error *err)
{
    size_t most = 1;
    for (const char *at = text; *at != '\0'; at++)
        most += *at == ',';
    search->value_count += most;
    if (search->value_count > FHIR_VALUES_MOST)
        return error_set(err, ERROR_LIMIT,
                         "%s: a search takes at most %d values between commas, in all its "
                         "parameters together; ask in several searches",
                         criterion->parameter->name, FHIR_VALUES_MOST);
    criterion->values = arena_array(arena, most, sizeof *criterion->values);
    for (const char *at = text;;) {
        const char *end = find_plain(at, ',');
        if (end > at && !read_value(criterion, at, (size_t)(end - at),
                                    &criterion->values[criterion->count++], arena, err))
            return false;
        if (*end == '\0')
            return true;
        at = end + 1;
    }
}

/* ---- a parameter ---- */

static bool read_modifier(struct criterion *out, const char *modifier, struct error *err)
{
    if (*modifier == '\0')
        return true;
    bool text = out->parameter->kind == FHIR_STRING;
    if (text && strcmp(modifier, ":contains") == 0)
        out->match = MATCH_CONTAINS;
    else if (text && strcmp(modifier, ":exact") == 0)
        out->match = MATCH_EXACT;
    else
        return error_set(err, ERROR_INVALID, "%s: there is no modifier %.40s here",
                         out->parameter->name, modifier);
    return true;
}

static const struct fhir_parameter *find_parameter(enum fhir_type type, const char *name,
                                                   size_t length)
{
    for (size_t i = 0; i < FHIR_PARAMETERS; i++)
        if (strlen(fhir_parameters[i].name) == length &&
            memcmp(fhir_parameters[i].name, name, length) == 0 &&
            fhir_parameter_is_of(&fhir_parameters[i], type))
            return &fhir_parameters[i];
    return NULL;
}

static bool is_result_parameter(const char *name)
{
    for (const char *const *known = result_parameters; *known != NULL; known++)
        if (strcmp(name, *known) == 0)
            return true;
    return false;
}

/* A page may hold less than was asked for, so what is too large is cut. */
static bool read_count(const char *text, size_t *out, struct error *err)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || text[digits] != '\0')
        return error_set(err, ERROR_INVALID, "_count: \"%.20s\" is not a whole number from 0 on",
                         text);
    unsigned long asked = digits > COUNT_DIGITS ? MAX_PAGE_SIZE : strtoul(text, NULL, 10);
    *out = asked > MAX_PAGE_SIZE ? MAX_PAGE_SIZE : asked;
    return true;
}

static bool read_result_parameter(struct fhir_search *search, const struct field *field,
                                  struct error *err)
{
    if (strcmp(field->name, "_cursor") == 0)
        search->cursor = field->value;
    else if (strcmp(field->name, "_summary") == 0 && strcmp(field->value, "count") == 0)
        search->page = 0;
    else if (strcmp(field->name, "_count") == 0)
        return read_count(field->value, &search->page, err);
    return true;
}

/* `*followed` tells whether the parameter says anything here. */
static bool read_parameter(struct fhir_search *search, const struct field *field, bool strict,
                           bool *followed, struct arena *arena, struct error *err)
{
    size_t length = strcspn(field->name, ":");
    *followed = field->value[0] != '\0';
    if (!*followed)
        return true;
    if (is_result_parameter(field->name)) {
        *followed = strcmp(field->name, "_summary") != 0 || strcmp(field->value, "count") == 0;
        return read_result_parameter(search, field, err);
    }
    struct criterion criterion = {.parameter = find_parameter(search->type, field->name, length)};
    *followed = criterion.parameter != NULL;
    if (!*followed)
        return !strict || error_set(err, ERROR_INVALID, "%.60s: no such parameter for %s",
                                    field->name, fhir_type_names[search->type]);
    if (!read_modifier(&criterion, field->name + length, err) ||
        !read_values(search, &criterion, field->value, arena, err))
        return false;
    search->criteria[search->count++] = criterion;
    return true;
}

struct fhir_search *fhir_search_read(enum fhir_type type, const struct field *parameters,
                                     size_t count, bool strict, struct arena *arena,
                                     struct error *err)
{
    struct fhir_search *search = arena_alloc(arena, sizeof *search);
    struct field *kept = arena_array(arena, count, sizeof *kept);
    search->type = type;
    search->page = DEFAULT_PAGE_SIZE;
    search->criteria = arena_array(arena, count, sizeof *search->criteria);
    search->kept = kept;
    for (size_t i = 0; i < count; i++) {
        bool followed;
        if (!read_parameter(search, &parameters[i], strict, &followed, arena, err))
            return NULL;
        if (followed)
            kept[search->kept_count++] = parameters[i];
    }
    return search;
}

/* ---- what fits ---- */

/* What all resources of an answer have in common. */
struct looking {
    const struct fhir_search *search;
    const struct catalog *catalog;
    const char *origin;
    struct arena *arena;
    struct fhir_moment updated;
    struct fhir_moment day;
};

/* What is looked at, with what is made of it for the first value and used for all. */
struct candidate {
    const struct fhir_entry *entry;
    const struct fhir_identifier *identifiers; /* NULL: not asked for yet, as are the next two */
    size_t identifier_count;
    const char *folded; /* its title */
    const char *url;
};

static bool fits_identifier(const struct looking *at, struct candidate *candidate,
                            const struct wanted *wanted)
{
    if (candidate->identifiers == NULL)
        candidate->identifier_count =
            fhir_identifiers(candidate->entry, at->origin, at->arena, &candidate->identifiers);
    const struct fhir_identifier *identifiers = candidate->identifiers;
    for (size_t i = 0; i < candidate->identifier_count; i++) {
        bool system = wanted->system == NULL || strcmp(wanted->system, identifiers[i].system) == 0;
        bool value = wanted->text[0] == '\0' || strcmp(wanted->text, identifiers[i].value) == 0;
        if (system && value)
            return true;
    }
    return false;
}

static bool fits_title(const struct looking *at, struct candidate *candidate, enum match match,
                       const struct wanted *wanted)
{
    const char *title = candidate->entry->title;
    if (title == NULL)
        return false;
    if (match == MATCH_EXACT)
        return strcmp(title, wanted->text) == 0;
    if (candidate->folded == NULL)
        candidate->folded = fold(title, at->arena);
    if (match == MATCH_CONTAINS)
        return strstr(candidate->folded, wanted->folded) != NULL;
    return strncmp(candidate->folded, wanted->folded, strlen(wanted->folded)) == 0;
}

static bool fits_url(const struct looking *at, struct candidate *candidate,
                     const struct wanted *wanted)
{
    if (candidate->url == NULL)
        candidate->url =
            fhir_url(at->origin, at->search->type, candidate->entry->id.text, at->arena);
    return strcmp(candidate->url, wanted->text) == 0;
}

static bool fits_value(const struct looking *at, struct candidate *candidate,
                       const struct criterion *criterion, const struct wanted *wanted)
{
    switch (criterion->parameter->of) {
    case FHIR_BY_ID:
        return wanted->system == NULL && strcmp(candidate->entry->id.text, wanted->text) == 0;
    case FHIR_BY_UPDATED:
        return fhir_moment_fits(at->updated, wanted->by, wanted->moment);
    case FHIR_BY_DATE:
        return fhir_moment_fits(at->day, wanted->by, wanted->moment);
    case FHIR_BY_IDENTIFIER:
        return fits_identifier(at, candidate, wanted);
    case FHIR_BY_STATUS:
        return strcmp(wanted->text, "active") == 0;
    case FHIR_BY_TITLE:
        return fits_title(at, candidate, criterion->match, wanted);
    case FHIR_BY_URL:
        return fits_url(at, candidate, wanted);
    }
    return false;
}

static bool fits(const struct looking *at, const struct fhir_entry *entry)
{
    struct candidate candidate = {.entry = entry};
    for (size_t i = 0; i < at->search->count; i++) {
        const struct criterion *criterion = &at->search->criteria[i];
        bool any = criterion->count == 0;
        for (size_t j = 0; j < criterion->count && !any; j++)
            any = fits_value(at, &candidate, criterion, &criterion->values[j]);
        if (!any)
            return false;
    }
    return true;
}

static const struct fhir_entry **find_all(const struct looking *at, size_t *count)
{
    struct fhir_list list = fhir_list_of(at->catalog, at->search->type);
    const struct fhir_entry **found = arena_array(at->arena, list.count, sizeof *found);
    *count = 0;
    for (size_t i = 0; i < list.count; i++)
        if (fits(at, &list.items[i]))
            found[(*count)++] = &list.items[i];
    return found;
}

/* ---- the bundle ---- */

static void put_link(const struct looking *at, struct json_writer *json, const char *relation,
                     const char *cursor)
{
    const struct fhir_search *search = at->search;
    struct buffer url = {0};
    buffer_printf(&url, "%s/fhir/%s", at->origin, fhir_type_names[search->type]);
    char before = '?';
    for (size_t i = 0; i < search->kept_count; i++) {
        if (cursor != NULL && strcmp(search->kept[i].name, "_cursor") == 0)
            continue;
        buffer_printf(&url, "%c%s=%s", before, percent_encode(search->kept[i].name, at->arena),
                      percent_encode(search->kept[i].value, at->arena));
        before = '&';
    }
    if (cursor != NULL)
        buffer_printf(&url, "%c_cursor=%s", before, cursor);
    json_begin_object(json);
    json_field_text(json, "relation", relation);
    json_field_text(json, "url", buffer_string(&url));
    json_end_object(json);
    buffer_release(&url);
}

static void put_entry(const struct looking *at, struct json_writer *json,
                      const struct fhir_entry *entry)
{
    enum fhir_type type = at->search->type;
    struct fhir_resource resource =
        fhir_resource_write(at->catalog, at->origin, type, entry, at->arena);
    json_begin_object(json);
    json_field_text(json, "fullUrl", fhir_url(at->origin, type, entry->id.text, at->arena));
    json_put_key(json, "resource");
    json_put_written(json, resource.json, resource.length);
    json_field_object(json, "search");
    json_field_text(json, "mode", "match");
    json_end_object(json);
    json_end_object(json);
}

/* The position after the cursor, which is the id of the last resource given. */
static bool find_start(const struct looking *at, const struct fhir_entry *const *found,
                       size_t count, size_t *start, struct error *err)
{
    *start = 0;
    if (at->search->cursor == NULL)
        return true;
    while (*start < count && strcmp(found[*start]->id.text, at->search->cursor) != 0)
        (*start)++;
    if (*start == count)
        return error_set(err, ERROR_INVALID,
                         "_cursor: not one of this search; start again without it");
    (*start)++;
    return true;
}

static void write_bundle(const struct looking *at, const struct fhir_entry *const *found,
                         size_t count, size_t start, struct json_writer *json)
{
    size_t end = count - start > at->search->page ? start + at->search->page : count;
    bool more = at->search->page > 0 && end < count;
    json_begin_object(json);
    json_field_text(json, "resourceType", "Bundle");
    json_field_object(json, "meta");
    json_field_text(json, "lastUpdated", fhir_instant(at->updated.from, at->arena));
    json_end_object(json);
    json_field_text(json, "type", "searchset");
    json_field_count(json, "total", (long long)count);
    json_field_array(json, "link");
    put_link(at, json, "self", NULL);
    if (more)
        put_link(at, json, "next", found[end - 1]->id.text);
    json_end_array(json);
    if (end > start) {
        json_field_array(json, "entry");
        for (size_t i = start; i < end; i++)
            put_entry(at, json, found[i]);
        json_end_array(json);
    }
    json_end_object(json);
}

bool fhir_search_write(const struct fhir_search *search, const struct catalog *catalog,
                       const char *origin, struct arena *arena, struct json_writer *json,
                       struct error *err)
{
    time_t changed = catalog_stamp(catalog)->changed;
    const char *collected = catalog_dataset(catalog)->collected;
    struct looking at = {.search = search,
                         .catalog = catalog,
                         .origin = origin,
                         .arena = arena,
                         .updated = {changed, changed + 1},
                         .day = {changed, changed + DAY_SECONDS}};
    size_t count;
    size_t start;
    if (collected != NULL && !fhir_moment_read(collected, &at.day))
        return error_set(err, ERROR_INTERNAL, "the base was collected on \"%s\"", collected);
    const struct fhir_entry **found = find_all(&at, &count);
    if (!find_start(&at, found, count, &start, err))
        return false;
    write_bundle(&at, found, count, start, json);
    return true;
}
