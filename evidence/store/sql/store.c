/* Opening and closing, whatever the engine. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/store/sql/engines.h"
#include "evidence/store/sql/history.h"
#include "evidence/store/sql/words.h"

/* The schema from which on the base has editions. */
enum { VERSION_WITH_HISTORY = 4 };

/* What has nothing in it may become a store; any other must be one already. */
static bool check_identity(const struct store *store, const struct identity *identity,
                           struct error *err)
{
    int newest = (int)store->engine->newest_version;
    if (identity->blank) {
        if (store->mode == STORE_WRITE)
            return true;
        return error_set(err, ERROR_STORE,
                         "%s is empty and no Touchstone store yet; build one first", store->path);
    }
    if (!identity->ours)
        return error_set(err, ERROR_STORE,
                         "%s is a database of another program, not a Touchstone store; name "
                         "another file",
                         store->path);
    if (identity->version > newest)
        return error_set(err, ERROR_STORE,
                         "%s is of version %lld, made by a newer Touchstone than this one, which "
                         "knows up to version %d; use the newer program, or build a new store in "
                         "another file",
                         store->path, (long long)identity->version, newest);
    if (identity->version < newest && store->mode != STORE_WRITE)
        return error_set(err, ERROR_STORE,
                         "%s is of version %lld, older than this program's %d; build into it once "
                         "to bring it up to date",
                         store->path, (long long)identity->version, newest);
    return true;
}

/* What SQL alone cannot do of a step. */
static bool finish_step(struct store *store, int64_t from, int64_t to, struct error *err)
{
    bool history_begins = from < VERSION_WITH_HISTORY && to >= VERSION_WITH_HISTORY;
    return !history_begins || history_begin(store, err);
}

/* One step of the schema, in a transaction. Another process may have taken it meanwhile. */
static bool migrate_from(struct store *store, int64_t version, struct error *err)
{
    const struct engine *engine = store->engine;
    const struct migration *migration = &engine->migrations[version];
    struct identity identity;
    if (!engine->begin_migration(store, err))
        return false;
    bool done = engine->identify(store, &identity, err) && check_identity(store, &identity, err) &&
                (identity.version > version || (engine->execute(store, migration->sql, err) &&
                                                finish_step(store, version, migration->to, err))) &&
                engine->commit(store, err);
    if (!done)
        engine->roll_back(store);
    return done;
}

static bool migrate(struct store *store, int64_t version, struct error *err)
{
    const struct engine *engine = store->engine;
    while (version < engine->newest_version) {
        int64_t next = engine->migrations[version].to;
        if (!migrate_from(store, version, err)) {
            error_while(err, "bringing the store from version %lld to %lld", (long long)version,
                        (long long)next);
            return false;
        }
        version = next;
    }
    return true;
}

static bool settle(struct store *store, struct error *err)
{
    const struct engine *engine = store->engine;
    struct identity identity;
    return engine->connect(store, err) && engine->identify(store, &identity, err) &&
           check_identity(store, &identity, err) && engine->settle(store, err) &&
           (store->mode == STORE_READ || migrate(store, identity.version, err)) &&
           engine->get_ready(store, err);
}

struct store *store_open(const char *path, enum store_mode mode, struct error *err)
{
    const struct engine *engine = engine_of(path, err);
    if (engine == NULL)
        return NULL;
    struct store *store = memory_alloc(sizeof *store);
    size_t size = strlen(path) + 1;
    *store = (struct store){.engine = engine,
                            .path = memcpy(memory_alloc(size), path, size),
                            .mode = mode,
                            .words = word_queue_new()};
    if (settle(store, err))
        return store;
    error_while(err, "opening the store");
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    statements_finalise(store);
    if (store->connection != NULL)
        store->engine->close(store);
    word_queue_free(store->words);
    free(store->path);
    free(store);
}

bool store_await(struct store *store, int wake_fd, int most_ms)
{
    struct pollfd wake = {.fd = wake_fd, .events = POLLIN};
    if (store->engine->await != NULL)
        return store->engine->await(store, wake_fd, most_ms);
    return poll(&wake, 1, most_ms) > 0;
}

bool store_publish(struct store *store, const char *path, struct error *err)
{
    return store->engine->publish(store, path, err);
}
