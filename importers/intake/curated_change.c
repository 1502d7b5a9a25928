#include "importers/intake/curated_change.h"

#include <string.h>

#include "importers/intake/intake.h"

void curated_change_release(struct curated_change *change)
{
    catalog_release(change->after);
    change->after = NULL;
    revision_release(&change->revision);
}

/* A change that is asked for: of a study or of a document, to be there or to be gone. */
struct asked {
    const struct study *study;
    const struct document *document;
    const char *gone_study;
    const char *gone_document;
    const char *expected_hash;
};

/* What is being done. */
struct changing {
    struct store *store;
    const struct curation_stamp *stamp;
    struct catalog *known;
    struct curated_change *out;
    struct error *err;
};

static bool change_record(const struct changing *changing, const struct asked *asked)
{
    struct store *store = changing->store;
    const char *expected = asked->expected_hash;
    struct curation *out = &changing->out->record;
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

/* `study` NULL: it was a document, which no publication is. */
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

static bool follow(const struct changing *changing, const char *study, bool is_there,
                   const char *before_hash)
{
    return match(changing, study, before_hash) && apply_notices(changing) &&
           (study == NULL || !is_there || rate_study(changing, study)) && tell_feed(changing);
}

/* ---- the whole ---- */

static bool change(const struct changing *changing, const struct asked *asked)
{
    struct store_stamp before;
    struct curated_change *out = changing->out;
    const char *study = asked->study != NULL ? asked->study->id : asked->gone_study;
    if (!store_stamp(changing->store, &before, changing->err) ||
        !revision_begin_with(&out->revision, changing->store, changing->known,
                             changing->stamp->actor, changing->stamp->now, changing->err) ||
        !change_record(changing, asked))
        return false;
    return out->record.audit_id == 0 || follow(changing, study, asked->study != NULL, before.hash);
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
