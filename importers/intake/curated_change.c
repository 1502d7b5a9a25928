#include "importers/intake/curated_change.h"

#include <string.h>

#include "importers/intake/intake.h"

void curated_change_release(struct curated_change *change)
{
    catalog_release(change->after);
    change->after = NULL;
    revision_release(&change->revision);
}

/* A change that is asked for: of a study or of a document, to be there or to be gone, or that a row
 * of the audit log be taken back. */
struct asked {
    const struct study *study;
    const struct document *document;
    const char *gone_study;
    const char *gone_document;
    const char *expected_hash;
    int64_t audit_id;
    struct undone *undone;
    struct arena *arena;
};

/* What is being done. */
struct changing {
    struct store *store;
    const struct curation_stamp *stamp;
    struct catalog *known;
    struct curated_change *out;
    struct error *err;
};

static bool undo(const struct changing *changing, const struct asked *asked)
{
    if (!store_undo(changing->store, asked->audit_id, changing->stamp, asked->arena, asked->undone,
                    changing->err))
        return false;
    changing->out->record = asked->undone->change;
    return true;
}

static bool change_record(const struct changing *changing, const struct asked *asked)
{
    struct store *store = changing->store;
    const char *expected = asked->expected_hash;
    struct curation *out = &changing->out->record;
    if (asked->undone != NULL)
        return undo(changing, asked);
    if (asked->study != NULL)
        return store_put_study(store, asked->study, expected, changing->stamp, out, changing->err);
    if (asked->document != NULL)
        return store_put_document(store, asked->document, expected, changing->stamp, out,
                                  changing->err);
    if (asked->gone_study != NULL)
        return store_remove_study(store, asked->gone_study, expected, changing->stamp, out,
                                  changing->err);
    return store_remove_document(store, asked->gone_document, expected, changing->stamp, out,
                                 changing->err);
}

/* ---- what follows ---- */

static struct intake_stamp intake_stamp_of(const struct changing *changing)
{
    return (struct intake_stamp){.who = changing->stamp->actor, .now = changing->stamp->now};
}

/* Publications that a merge which was undone left. */
static bool settle(const struct changing *changing, const struct undone *undone)
{
    const struct intake_stamp stamp = intake_stamp_of(changing);
    for (size_t i = 0; undone != NULL && i < 2; i++)
        if (undone->settle[i] != 0 &&
            !intake_settle(changing->store, undone->settle[i], &stamp, changing->err))
            return false;
    return true;
}

/* `study` NULL: it was another record. */
static bool match(const struct changing *changing, const char *study, const char *before_hash)
{
    const struct intake_stamp stamp = intake_stamp_of(changing);
    if (study != NULL)
        return intake_match_study(changing->store, study, before_hash, &stamp, changing->err);
    return intake_match_base(changing->store, &stamp, changing->err);
}

static bool apply_notices(const struct changing *changing)
{
    const struct intake_stamp stamp = intake_stamp_of(changing);
    struct store_changes noted = {0};
    return !store_notices_wait(changing->store) ||
           store_apply_notices(changing->store, &stamp, &noted, changing->err);
}

/* The catalog that follows, where one study alone is another than before. */
static bool rate_study(const struct changing *changing, const char *study)
{
    struct curated_change *out = changing->out;
    struct store_stamp saved;
    if (!store_stamp(changing->store, &saved, changing->err))
        return false;
    if (out->revision.before == NULL || strcmp(saved.hash, out->record.base_hash) != 0)
        return true;
    struct arena *arena = arena_new();
    struct study *stored = arena_alloc(arena, sizeof *stored);
    if (!store_study(changing->store, study, arena, stored, changing->err)) {
        arena_free(arena);
        return false;
    }
    const struct catalog_stamp stamp = {.hash = saved.hash, .changed = saved.changed};
    out->after = catalog_with_study(out->revision.before, stored, &stamp, arena);
    return true;
}

static bool tell_feed(const struct changing *changing)
{
    struct curated_change *out = changing->out;
    return revision_end_with(&out->revision, out->after, &out->verdicts, &out->verdict_count,
                             changing->err);
}

/* The study that changed, NULL where it was something else. */
static const char *changed_study(const struct asked *asked)
{
    if (asked->undone != NULL)
        return strcmp(asked->undone->kind, "study") == 0 ? asked->undone->record : NULL;
    return asked->study != NULL ? asked->study->id : asked->gone_study;
}

/* `before` is the base until then. Where it is the same still, nothing follows. */
static bool follow(const struct changing *changing, const struct asked *asked,
                   const struct store_stamp *before)
{
    struct store_stamp after;
    const char *study = changed_study(asked);
    bool is_there = changing->out->record.after_hash[0] != '\0';
    if (!settle(changing, asked->undone))
        return false;
    if (changing->out->record.audit_id != 0 && !match(changing, study, before->hash))
        return false;
    if (!apply_notices(changing) || !store_stamp(changing->store, &after, changing->err))
        return false;
    if (strcmp(before->hash, after.hash) == 0)
        return true;
    return (study == NULL || !is_there || rate_study(changing, study)) && tell_feed(changing);
}

/* ---- the whole ---- */

static bool change(const struct changing *changing, const struct asked *asked)
{
    struct store_stamp before;
    struct curated_change *out = changing->out;
    return store_stamp(changing->store, &before, changing->err) &&
           revision_begin_with(&out->revision, changing->store, changing->known,
                               changing->stamp->actor, changing->stamp->now, changing->err) &&
           change_record(changing, asked) && follow(changing, asked, &before);
}

static bool make_change(struct store *store, const struct asked *asked,
                        const struct curation_stamp *stamp, struct catalog *known,
                        struct curated_change *out, struct error *err)
{
    const struct changing changing = {store, stamp, known, out, err};
    bool own = !store_is_begun(store);
    *out = (struct curated_change){0};
    if (own && !store_begin(store, err))
        return false;
    bool good = change(&changing, asked) && (!own || store_commit(store, err));
    if (!good && own)
        store_roll_back(store);
    return good;
}

bool curated_put_study(struct store *store, const struct study *study, const char *expected_hash,
                       const struct curation_stamp *stamp, struct catalog *known,
                       struct curated_change *out, struct error *err)
{
    const struct asked asked = {.study = study, .expected_hash = expected_hash};
    return make_change(store, &asked, stamp, known, out, err);
}

bool curated_remove_study(struct store *store, const char *id, const char *expected_hash,
                          const struct curation_stamp *stamp, struct catalog *known,
                          struct curated_change *out, struct error *err)
{
    const struct asked asked = {.gone_study = id, .expected_hash = expected_hash};
    return make_change(store, &asked, stamp, known, out, err);
}

bool curated_put_document(struct store *store, const struct document *document,
                          const char *expected_hash, const struct curation_stamp *stamp,
                          struct catalog *known, struct curated_change *out, struct error *err)
{
    const struct asked asked = {.document = document, .expected_hash = expected_hash};
    return make_change(store, &asked, stamp, known, out, err);
}

bool curated_remove_document(struct store *store, const char *name, const char *expected_hash,
                             const struct curation_stamp *stamp, struct catalog *known,
                             struct curated_change *out, struct error *err)
{
    const struct asked asked = {.gone_document = name, .expected_hash = expected_hash};
    return make_change(store, &asked, stamp, known, out, err);
}

bool curated_undo(struct store *store, int64_t audit_id, const struct curation_stamp *stamp,
                  struct catalog *known, struct arena *arena, struct undone *undone,
                  struct curated_change *out, struct error *err)
{
    const struct asked asked = {.audit_id = audit_id, .undone = undone, .arena = arena};
    return make_change(store, &asked, stamp, known, out, err);
}
