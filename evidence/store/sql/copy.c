#include "evidence/store/copy.h"

#include <string.h>
#include <unistd.h>

#include "evidence/store/audit.h"
#include "evidence/store/history.h"
#include "evidence/store/sql/copy_rows.h"

/* What the base, the log and the editions of a store are known by. */
static bool sum_up(struct store *store, struct store_copied *out, struct error *err)
{
    struct store_stamp stamp;
    struct audit_head head;
    struct edition *editions = NULL;
    struct error empty = {0};
    struct arena *arena = arena_new();
    bool done = store_audit_head(store, &head, err) &&
                store_editions(store, 0, 0, arena, &editions, &out->editions, err);
    if (done) {
        out->audit_rows = head.id;
        memcpy(out->audit_head, head.hash, sizeof head.hash);
    }
    if (done && store_stamp(store, &stamp, &empty))
        memcpy(out->base_hash, stamp.hash, sizeof stamp.hash);
    else if (done && empty.kind != ERROR_NOT_FOUND)
        done = error_set(err, empty.kind, "%s", empty.message);
    arena_free(arena);
    return done;
}

static bool same(const struct store_copied *one, const struct store_copied *other)
{
    return one->editions == other->editions && one->audit_rows == other->audit_rows &&
           strcmp(one->base_hash, other->base_hash) == 0 &&
           strcmp(one->audit_head, other->audit_head) == 0;
}

static bool copy_and_compare(struct store *from, struct store *to, struct store_copied *out,
                             struct error *err)
{
    struct store_copied read = {0};
    struct store_copied written = {0};
    if (!sum_up(from, &read, err) || !copy_rows(from, to, false, &written.rows, err) ||
        !store_verify(to, err) || !sum_up(to, &written, err))
        return false;
    *out = written;
    return same(&read, &written) ||
           error_set(err, ERROR_STORE,
                     "%s is not what %s was: somebody wrote to one of them meanwhile, or it is "
                     "damaged; verify both and copy again",
                     to->path, from->path);
}

bool store_copy(const char *from, const char *to, struct store_copied *out, struct error *err)
{
    struct store *read = store_open(from, STORE_READ, err);
    bool was_there = access(to, F_OK) == 0;
    struct store *written = read == NULL ? NULL : store_open(to, STORE_WRITE, err);
    bool done = written != NULL && copy_and_compare(read, written, out, err);
    store_close(written);
    store_close(read);
    if (done)
        return true;
    if (!was_there)
        unlink(to); /* a URL names no file */
    error_while(err, "copying a store");
    return false;
}
