#include "importers/intake/base_change.h"

#include "importers/intake/intake.h"

void base_change_release(struct base_change *change)
{
    revision_release(&change->revision);
}

/* What the notices that wait did to the studies comes to what the build did. */
static bool apply_notices(struct store *store, const struct intake_stamp *stamp,
                          struct base_change *out, struct error *err)
{
    struct store_changes noted = {0};
    if (!store_notices_wait(store))
        return true;
    if (!store_apply_notices(store, stamp, &noted, err))
        return false;
    out->records.changed += noted.changed;
    return true;
}

static bool save(struct store *store, const struct base *base, const struct intake_stamp *stamp,
                 struct base_change *out, struct error *err)
{
    return revision_begin(&out->revision, store, stamp->who, stamp->now, err) &&
           store_save_base(store, base, stamp->now, &out->records, err) &&
           store_gather_end(store, err) && intake_match_base(store, stamp, err) &&
           apply_notices(store, stamp, out, err) &&
           revision_end(&out->revision, &out->verdicts, &out->verdict_count, err) &&
           store_commit(store, err);
}

static bool save_as_one(struct store *store, const struct base *base, bool replace, bool *together,
                        time_t now, struct base_change *out, struct error *err)
{
    const struct intake_stamp stamp = {.who = "build", .now = now};
    *out = (struct base_change){0};
    if (!store_begin(store, err))
        return false;
    *together = *together && store_gather(store);
    if ((!replace || store_forget_curated(store, err)) && save(store, base, &stamp, out, err))
        return true;
    store_roll_back(store);
    return false;
}

/* Where rows go together, one that is refused is not named: then each goes by itself. */
static bool save_named(struct store *store, const struct base *base, bool replace, time_t now,
                       struct base_change *out, struct error *err)
{
    bool together = true;
    struct error refused = {0};
    if (save_as_one(store, base, replace, &together, now, out, &refused))
        return true;
    if (!together || refused.kind != ERROR_INVALID)
        return error_set(err, refused.kind, "%s", refused.message);
    base_change_release(out);
    together = false;
    return save_as_one(store, base, replace, &together, now, out, err);
}

bool base_change_save(struct store *store, const struct base *base, time_t now,
                      struct base_change *out, struct error *err)
{
    return save_named(store, base, false, now, out, err);
}

bool base_change_replace(struct store *store, const struct base *base, time_t now,
                         struct base_change *out, struct error *err)
{
    return save_named(store, base, true, now, out, err);
}

static bool match(struct store *store, const struct intake_stamp *stamp, struct base_change *out,
                  struct error *err)
{
    if (!intake_match_base(store, stamp, err))
        return false;
    if (!store_notices_wait(store))
        return store_commit(store, err);
    return revision_begin(&out->revision, store, stamp->who, stamp->now, err) &&
           apply_notices(store, stamp, out, err) &&
           revision_end(&out->revision, &out->verdicts, &out->verdict_count, err) &&
           store_commit(store, err);
}

bool base_change_match(struct store *store, time_t now, struct error *err)
{
    const struct intake_stamp stamp = {.who = "import", .now = now};
    struct base_change change = {0};
    if (!store_begin(store, err))
        return false;
    bool good = match(store, &stamp, &change, err);
    if (!good)
        store_roll_back(store);
    base_change_release(&change);
    return good;
}
