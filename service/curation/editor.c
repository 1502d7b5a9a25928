#include "service/curation/editor.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "evidence/judgement/knowledge.h"

/* Each catalog that follows from another holds it (catalog_with_study). After so many the store is
 * read anew, and they go. */
enum { MOST_HEIRS = 32, TURN_SECONDS = 10 };

struct editor {
    const char *db;
    void (*serve)(void *context, struct catalog *catalog);
    void *context;
    pthread_mutex_t turn;    /* held from editor_begin to editor_end; guards the next two */
    struct catalog *catalog; /* a reference; of the store as it was last seen; NULL: not seen */
    unsigned heirs;
    pthread_mutex_t telling; /* guards what follows; held for no longer than to copy it */
    struct error trouble;    /* ERROR_NONE: none */
};

struct editor *editor_new(const char *db, void (*serve)(void *context, struct catalog *catalog),
                          void *context)
{
    struct editor *editor = memory_alloc(sizeof *editor);
    *editor = (struct editor){.db = db, .serve = serve, .context = context};
    pthread_mutex_init(&editor->turn, NULL);
    pthread_mutex_init(&editor->telling, NULL);
    return editor;
}

void editor_free(struct editor *editor)
{
    if (editor == NULL)
        return;
    catalog_release(editor->catalog);
    pthread_mutex_destroy(&editor->turn);
    pthread_mutex_destroy(&editor->telling);
    free(editor);
}

const char *editor_trouble(struct editor *editor, struct arena *arena)
{
    const char *trouble = NULL;
    if (editor == NULL)
        return NULL;
    pthread_mutex_lock(&editor->telling);
    if (editor->trouble.kind != ERROR_NONE)
        trouble = arena_strdup(arena, editor->trouble.message);
    pthread_mutex_unlock(&editor->telling);
    return trouble;
}

/* What a change came to. One that was refused for what it said tells nothing of the store. */
static void note_trouble(struct editor *editor, bool done, const struct error *err)
{
    if (!done && err->kind != ERROR_STORE && err->kind != ERROR_DOUBT)
        return;
    pthread_mutex_lock(&editor->telling);
    editor->trouble = done ? (struct error){0} : *err;
    pthread_mutex_unlock(&editor->telling);
}

/* Takes the catalog over. In turn. */
static void keep(struct editor *editor, struct catalog *catalog, unsigned heirs)
{
    catalog_release(editor->catalog);
    editor->catalog = catalog;
    editor->heirs = heirs;
}

void editor_start(struct editor *editor, struct catalog *catalog)
{
    pthread_mutex_lock(&editor->turn);
    keep(editor, catalog_retain(catalog), 0);
    pthread_mutex_unlock(&editor->turn);
}

/* What nearly every question needs is made before anybody is let at it. */
static void keep_and_serve(struct editor *editor, struct catalog *catalog, unsigned heirs)
{
    knowledge_warm(catalog);
    keep(editor, catalog, heirs);
    editor->serve(editor->context, catalog);
}

static bool read_anew(struct editor *editor, struct error *err)
{
    struct store *store = store_open(editor->db, STORE_READ, err);
    struct catalog *catalog = store == NULL ? NULL : knowledge_load(store, err);
    store_close(store);
    if (catalog == NULL)
        return false;
    keep_and_serve(editor, catalog, 0);
    return true;
}

bool editor_reload(struct editor *editor, struct error *err)
{
    pthread_mutex_lock(&editor->turn);
    bool good = read_anew(editor, err);
    pthread_mutex_unlock(&editor->turn);
    return good;
}

/* In turn. */
static bool is_served(const struct editor *editor, const struct store_stamp *stamp)
{
    return editor->catalog != NULL &&
           strcmp(catalog_stamp(editor->catalog)->hash, stamp->hash) == 0;
}

/* In turn: what was changed here meanwhile is served already. */
static enum catching_up catch_up(struct editor *editor, struct store *store, struct error *err)
{
    struct store_stamp stamp;
    if (!store_stamp(store, &stamp, err))
        return CAUGHT_FAILED;
    if (is_served(editor, &stamp))
        return CAUGHT_NOTHING;
    struct catalog *catalog = knowledge_load(store, err);
    if (catalog == NULL)
        return CAUGHT_FAILED;
    keep_and_serve(editor, catalog, 0);
    return CAUGHT_UP;
}

enum catching_up editor_catch_up(struct editor *editor, struct store *store, struct error *err)
{
    if (pthread_mutex_trylock(&editor->turn) != 0)
        return CAUGHT_LATER;
    enum catching_up caught = catch_up(editor, store, err);
    pthread_mutex_unlock(&editor->turn);
    return caught;
}

/* Another process may have changed the store since; within the transaction it cannot. */
static bool see_store(struct editor *editor, struct store *store, struct error *err)
{
    struct store_stamp stamp;
    if (!store_stamp(store, &stamp, err))
        return false;
    if (is_served(editor, &stamp))
        return true;
    struct catalog *catalog = knowledge_load(store, err);
    if (catalog != NULL)
        keep_and_serve(editor, catalog, 0);
    return catalog != NULL;
}

/* Whoever asks is to hear soon that those before are stuck. */
static bool wait_for_turn(struct editor *editor, struct error *err)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until); /* the clock of pthread_mutex_timedlock */
    until.tv_sec += TURN_SECONDS;
    return pthread_mutex_timedlock(&editor->turn, &until) == 0 ||
           error_set(err, ERROR_STORE,
                     "other changes have waited for the store for %d s; try again later",
                     TURN_SECONDS);
}

bool editor_begin(struct editor *editor, struct edit *out, struct error *err)
{
    if (!wait_for_turn(editor, err))
        return false;
    *out = (struct edit){.editor = editor, .store = store_open(editor->db, STORE_WRITE, err)};
    if (out->store != NULL && store_begin(out->store, err)) {
        if (see_store(editor, out->store, err)) {
            out->catalog = editor->catalog;
            return true;
        }
        store_roll_back(out->store);
    }
    store_close(out->store);
    note_trouble(editor, false, err);
    pthread_mutex_unlock(&editor->turn);
    return false;
}

/* Gives the turn on. */
static void leave(struct edit *edit)
{
    store_close(edit->store);
    pthread_mutex_unlock(&edit->editor->turn);
    edit->store = NULL;
}

static bool commit(struct edit *edit, bool good, struct error *err)
{
    if (good && store_commit(edit->store, err))
        return true;
    store_roll_back(edit->store);
    return false;
}

bool editor_end(struct edit *edit, bool good, struct catalog *after, struct error *err)
{
    struct editor *editor = edit->editor;
    bool done = commit(edit, good, err);
    note_trouble(editor, done, err);
    struct error ignored = {0};
    if (!done)
        catalog_release(after);
    else if (after != NULL && (editor->heirs < MOST_HEIRS || !read_anew(editor, &ignored)))
        keep_and_serve(editor, after, editor->heirs + 1);
    else
        catalog_release(after); /* what was read anew says the same */
    leave(edit);
    return done;
}
