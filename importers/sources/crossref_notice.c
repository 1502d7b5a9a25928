#include "importers/sources/crossref_notice.h"

#include <string.h>
#include <strings.h>

#include "evidence/model/notices.h"
#include "importers/intake/identifier.h"
#include "importers/sources/crossref_record.h"
#include "importers/sources/field.h"

/* The types of updates (Crossref, "Crossmark: updates", and Retraction Watch's natures). A partial
 * retraction leaves the work standing; a new version or edition is none of these things. */
static const struct update_kind {
    const char *word;
    bool is_notice;
    enum notice_type type;
    bool plain; /* the notice's type says it all */
} kinds[] = {
    {"retraction", true, NOTICE_RETRACTION, true},
    {"withdrawal", true, NOTICE_RETRACTION, false},
    {"removal", true, NOTICE_RETRACTION, false},
    {"partial_retraction", true, NOTICE_CORRECTION, false},
    {"correction", true, NOTICE_CORRECTION, true},
    {"corrigendum", true, NOTICE_CORRECTION, true},
    {"erratum", true, NOTICE_CORRECTION, true},
    {"addendum", true, NOTICE_CORRECTION, false},
    {"clarification", true, NOTICE_CORRECTION, false},
    {"expression_of_concern", true, NOTICE_CONCERN, true},
    {"reinstatement", true, NOTICE_REINSTATEMENT, true},
    {"new_version", false, NOTICE_CORRECTION, false},
    {"new_edition", false, NOTICE_CORRECTION, false},
};

/* "Expression-of-concern" is "expression_of_concern". */
static bool is_word(const char *text, const char *word)
{
    for (; *text != '\0' && *word != '\0'; text++, word++) {
        char one = *text == '-' || *text == ' ' ? '_' : *text;
        if (strncasecmp(&one, word, 1) != 0)
            return false;
    }
    return *text == '\0' && *word == '\0';
}

static const struct update_kind *kind_of(const char *type)
{
    for (size_t i = 0; type != NULL && i < sizeof kinds / sizeof *kinds; i++)
        if (is_word(type, kinds[i].word))
            return &kinds[i];
    return NULL;
}

/* Notices of one side of the link, each event once. */
struct list {
    struct record_notice *items;
    size_t count;
};

static const char *joined(const char *one, const char *other, struct arena *arena)
{
    if (one == NULL || other == NULL)
        return one == NULL ? other : one;
    return strstr(one, other) != NULL ? one : arena_printf(arena, "%s; %s", one, other);
}

static void add(struct list *list, const struct record_notice *notice, struct arena *arena)
{
    for (size_t i = 0; i < list->count; i++) {
        struct record_notice *known = &list->items[i];
        if (known->type != notice->type || strcmp(known->doi, notice->doi) != 0)
            continue;
        known->source = joined(known->source, notice->source, arena);
        known->reason = joined(known->reason, notice->reason, arena);
        if (known->date == NULL)
            known->date = notice->date;
        return;
    }
    list->items[list->count++] = *notice;
}

static bool holds(const struct list *list, const char *doi)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].doi, doi) == 0)
            return true;
    return false;
}

/* False where an entry is no notice, with a warning where that is not known for sure. */
static bool read_notice(const json_t *item, const struct page *page, const struct record *record,
                        struct arena *arena, struct record_notice *out)
{
    const char *type = field_line(item, "type", arena);
    const struct update_kind *kind = kind_of(type);
    *out = (struct record_notice){.doi = identifier_doi(field_bytes(item, "DOI"), arena),
                                  .date = crossref_date(item, "updated", arena),
                                  .source = field_line(item, "source", arena)};
    if (kind == NULL || (kind->is_notice && out->doi == NULL))
        page_warn(page, "%.80s has an update of type \"%.40s\" that says nothing to us; left out",
                  record->doi == NULL ? "a work" : record->doi, type == NULL ? "" : type);
    if (kind == NULL || !kind->is_notice || out->doi == NULL)
        return false;
    out->type = kind->type;
    if (!kind->plain) {
        out->reason = field_markup(item, "label", arena);
        out->reason = out->reason == NULL ? type : out->reason;
    }
    if (out->source == NULL)
        out->source = "crossref";
    return true;
}

static bool names_itself(const struct record_notice *notice, const struct record *record)
{
    return record->doi != NULL && strcmp(notice->doi, record->doi) == 0;
}

static bool retracts(const struct list *updates)
{
    for (size_t i = 0; i < updates->count; i++)
        if (updates->items[i].type == NOTICE_RETRACTION)
            return true;
    return false;
}

static struct list list_of(const json_t *item, struct arena *arena)
{
    size_t most = field_length(item, "update-to") + field_length(item, "updated-by");
    return (struct list){.items = arena_array(arena, most + 1, sizeof(struct record_notice))};
}

void crossref_notices(const json_t *item, const struct page *page, struct arena *arena,
                      struct record *out)
{
    struct list notices = list_of(item, arena), updates = list_of(item, arena);
    const json_t *update_to = field_at(item, "update-to");
    const json_t *updated_by = field_at(item, "updated-by");
    struct record_notice notice;
    for (size_t i = 0; i < field_length(update_to, ""); i++)
        if (read_notice(json_array_get(update_to, i), page, out, arena, &notice))
            add(names_itself(&notice, out) ? &notices : &updates, &notice, arena);
    for (size_t i = 0; i < field_length(updated_by, ""); i++) {
        if (!read_notice(json_array_get(updated_by, i), page, out, arena, &notice))
            continue;
        if (holds(&updates, notice.doi))
            page_warn(page, "%.80s is said to be updated by %.80s, which it updates; left out",
                      out->doi == NULL ? "a work" : out->doi, notice.doi);
        else
            add(&notices, &notice, arena);
    }
    out->notices = notices.items;
    out->notice_count = notices.count;
    out->updates = updates.items;
    out->update_count = updates.count;
    out->retracted = !retracts(&updates) && notices_retract(notices.items, notices.count);
}
