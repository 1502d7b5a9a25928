/*
 * Whoever changes the store here does so through the editor: one at a time, with the rated base as
 * the store holds it at hand, and with the base that follows served from the moment the change is
 * on the disk. Readers wait for nobody.
 *
 *     struct edit edit;
 *     if (!editor_begin(editor, &edit, err)) return false;
 *     bool good = change(edit.store, edit.catalog, &after, err);
 *     return editor_end(&edit, good, after, err);
 *
 * It waits (for the disk, for importers): call it on a thread that may (request->apart).
 */
#ifndef TOUCHSTONE_SERVICE_CURATION_EDITOR_H
#define TOUCHSTONE_SERVICE_CURATION_EDITOR_H

#include "evidence/rating/catalog.h"
#include "evidence/store/store.h"

struct editor;

/* `db` is borrowed. `serve` is handed every new catalog, in the order of the changes, and keeps a
 * reference of its own if it wants one. Never NULL. */
struct editor *editor_new(const char *db, void (*serve)(void *context, struct catalog *catalog),
                          void *context);

/* NULL is allowed. */
void editor_free(struct editor *editor);

/* Says what is served, read from the store just now; the editor takes a reference. */
void editor_start(struct editor *editor, struct catalog *catalog);

/* Reads the store anew and serves what it holds: after a build, an import, a signal. On failure
 * what was served stays. */
MUST_USE bool editor_reload(struct editor *editor, struct error *err);

/* What became of looking whether others have changed the store. */
enum catching_up {
    CAUGHT_NOTHING, /* what is served is what the store holds */
    CAUGHT_UP,      /* it was not, and now is */
    CAUGHT_LATER,   /* a change is being made here just now: ask again when it is done */
    CAUGHT_FAILED   /* the store, or what it holds, cannot be read; what was served stays */
};

/* Serves what `store`, open for reading, holds, unless that is what is served. It reads the base
 * only where the store's stamp is another one, and waits for no change under way. */
MUST_USE enum catching_up editor_catch_up(struct editor *editor, struct store *store,
                                          struct error *err);

/* Why the store took no change the last time that one was asked for ("the disk is full"), in
 * `arena`; NULL where it took it, or nobody has asked. Waits for nobody. `editor` may be NULL. */
const char *editor_trouble(struct editor *editor, struct arena *arena);

/* A change under way, within a transaction. */
struct edit {
    struct editor *editor;
    struct store *store;
    struct catalog *catalog; /* of what the store holds now; the editor's */
};

/* Waits for its turn and begins. On failure there is nothing to end. */
MUST_USE bool editor_begin(struct editor *editor, struct edit *out, struct error *err);

/*
 * Ends it: commits if `good`, else rolls back. `after` is the catalog that follows from the change,
 * which the editor takes over; NULL where the base stays as it is. False if not `good` or the
 * commit fails; then nothing has changed.
 */
MUST_USE bool editor_end(struct edit *edit, bool good, struct catalog *after, struct error *err);

#endif
