#include "evidence/model/notices.h"

#include <stdlib.h>
#include <string.h>

/* ---- one record ---- */

static bool same_text(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

static bool names(const struct record_notice *notice, const char *pmid, const char *doi)
{
    return same_text(notice->pmid, pmid) || same_text(notice->doi, doi);
}

/* True if `notice` names what the record itself updates: its link points the other way. */
static bool is_backwards(const struct record *record, const struct record_notice *notice)
{
    for (size_t i = 0; i < record->update_count; i++)
        if (names(&record->updates[i], notice->pmid, notice->doi))
            return true;
    return false;
}

static bool retracts_others(const struct record *record)
{
    for (size_t i = 0; i < record->update_count; i++)
        if (record->updates[i].type == NOTICE_RETRACTION &&
            !names(&record->updates[i], record->pmid, record->doi))
            return true;
    return false;
}

static struct record_notice with_source(const struct record_notice *notice,
                                        const struct record *record)
{
    struct record_notice told = *notice;
    if (told.source == NULL)
        told.source = record->source == NULL ? "unknown" : record->source;
    return told;
}

static size_t take_own(const struct record *record, struct told_notice *out)
{
    size_t count = 0;
    bool retraction = false;
    for (size_t i = 0; i < record->notice_count; i++) {
        if (is_backwards(record, &record->notices[i]))
            continue;
        retraction = retraction || record->notices[i].type == NOTICE_RETRACTION;
        out[count++].notice = with_source(&record->notices[i], record);
    }
    if (record->retracted && !retraction && !retracts_others(record))
        out[count++].notice =
            with_source(&(struct record_notice){.type = NOTICE_RETRACTION}, record);
    return count;
}

/* In `updates` the identifiers are those of the other; the notice's are the record's. */
static size_t take_updates(const struct record *record, struct told_notice *out)
{
    size_t count = 0;
    for (size_t i = 0; i < record->update_count; i++) {
        const struct record_notice *update = &record->updates[i];
        if ((update->pmid == NULL && update->doi == NULL) ||
            names(update, record->pmid, record->doi))
            continue;
        struct told_notice *told = &out[count++];
        *told = (struct told_notice){.target_pmid = update->pmid,
                                     .target_doi = update->doi,
                                     .notice = with_source(update, record)};
        told->notice.pmid = record->pmid;
        told->notice.doi = record->doi;
        if (told->notice.date == NULL)
            told->notice.date = record->date;
    }
    return count;
}

struct told_notice *notices_told_by(const struct record *record, struct arena *arena, size_t *count)
{
    struct told_notice *told =
        arena_array(arena, record->notice_count + record->update_count + 1, sizeof *told);
    *count = take_own(record, told);
    *count += take_updates(record, told + *count);
    return told;
}

/* ---- several ---- */

/* Unknown dates last: what is dated tells more. */
static int by_date(const void *left, const void *right)
{
    const struct record_notice *a = left;
    const struct record_notice *b = right;
    if ((a->date == NULL) != (b->date == NULL))
        return a->date == NULL ? 1 : -1;
    int order = a->date == NULL ? 0 : strcmp(a->date, b->date);
    if (order == 0)
        order = (int)a->type - (int)b->type;
    if (order == 0)
        order = strcmp(a->doi == NULL ? "~" : a->doi, b->doi == NULL ? "~" : b->doi);
    return order != 0 ? order : strcmp(a->source, b->source);
}

static bool differ(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) != 0;
}

/* Corrections may be many; of retractions, concerns and reinstatements there is rarely a second. */
bool notices_may_be_one(const struct record_notice *one, const struct record_notice *other)
{
    if (one->type != other->type)
        return false;
    if (same_text(one->doi, other->doi) || same_text(one->pmid, other->pmid))
        return true;
    if (differ(one->doi, other->doi) || differ(one->pmid, other->pmid))
        return false;
    return one->type != NOTICE_CORRECTION || !differ(one->date, other->date);
}

static void fill(struct record_notice *kept, const struct record_notice *other)
{
    if (kept->doi == NULL)
        kept->doi = other->doi;
    if (kept->pmid == NULL)
        kept->pmid = other->pmid;
    if (kept->date == NULL)
        kept->date = other->date;
    if (kept->reason == NULL)
        kept->reason = other->reason;
}

size_t notices_join(struct record_notice *notices, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(notices, count, sizeof *notices, by_date);
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < kept && !notices_may_be_one(&notices[at], &notices[i]))
            at++;
        if (at < kept)
            fill(&notices[at], &notices[i]);
        else
            notices[kept++] = notices[i];
    }
    return kept;
}

static bool is_taken_back(const struct record_notice *retraction,
                          const struct record_notice *notices, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (notices[i].type == NOTICE_REINSTATEMENT && notices[i].date != NULL &&
            retraction->date != NULL && strcmp(notices[i].date, retraction->date) > 0)
            return true;
    return false;
}

bool notices_retract(const struct record_notice *notices, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (notices[i].type == NOTICE_RETRACTION && !is_taken_back(&notices[i], notices, count))
            return true;
    return false;
}
