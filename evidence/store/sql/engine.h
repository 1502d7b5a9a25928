/*
 * What runs the statements: an engine below the records. All that knows one database's library, its
 * errors and its words for things is in an engine; what stands above it binds values, steps through
 * rows and never asks which engine it is.
 *
 * A function that fails says so and keeps what went wrong for `fail`, unless it takes an error.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_ENGINE_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_ENGINE_H

#include <stdint.h>

#include "evidence/base/buffer.h"
#include "evidence/store/sql/statements.h"
#include "evidence/store/store.h"

struct word_queue;

/* The engine's own: a connection, and a statement that was prepared on it. */
struct connection;
struct prepared;

struct store {
    const struct engine *engine;
    struct connection *connection; /* NULL until the engine has made it */
    char *path;                    /* what messages call it; no secrets */
    enum store_mode mode;
    bool notices_wait; /* the open transaction may have changed what befell a curated study */
    struct word_queue *words; /* what the indexes are to be told before the commit, see words.h */
    struct prepared *statements[STATEMENT_COUNT];
};

/* What a database says of itself before anything else is read of it. */
struct identity {
    bool blank; /* nothing is in it: it may become a store */
    bool ours;  /* it is one */
    int64_t version;
};

/* One step of the schema. */
struct migration {
    const char *sql;
    int64_t to; /* the version that it leads to */
};

enum step { STEP_ROW, STEP_DONE, STEP_FAILED };

/* What a publication is found by. */
struct publication_text {
    struct buffer title; /* with the other titles */
    struct buffer authors;
    struct buffer journal;
    struct buffer keywords; /* and a register's conditions and treatments */
    struct buffer abstract;
};

/*
 * A query's words, in the engine's own way of asking, as the statements that search take them.
 * Zero-initialise; release after use.
 */
struct search_query {
    struct buffer whole; /* all words, to be compared by their stems */
    struct buffer begun; /* all words as written, the last of which may be a beginning */
    size_t words;        /* 0: nothing can be found */
};

/* What stands beyond these in a query is not looked at; nobody types so much. */
enum { SEARCH_WORDS_MOST = 64, SEARCH_BYTES_MOST = 4096 };

struct engine {
    const char *name;

    /* Its own statements, by their place after the common ones; NULL: it has none by that name, and
     * nothing above it asks for it. */
    const char *const *statements;

    /* migrations[i] leads on from version i. */
    const struct migration *migrations;
    int64_t newest_version;

    /* ---- a connection ---- */

    /* Connects to what store->path names; makes it if the mode is STORE_WRITE. What was made by
     * then is closed by `close`, after a failure too. */
    bool (*connect)(struct store *store, struct error *err);
    bool (*identify)(struct store *store, struct identity *out, struct error *err);
    /* After it was seen to be a store or one to become: refuses one that the mode does not suit,
     * and makes its settings. */
    bool (*settle)(struct store *store, struct error *err);
    /* After the schema is of this version. */
    bool (*get_ready)(struct store *store, struct error *err);
    void (*close)(struct store *store);

    /* ---- transactions ---- */

    /* Waits until no other migrates. */
    bool (*begin_migration)(struct store *store, struct error *err);
    /* Waits until no other writes, as long as the mode allows. */
    bool (*begin_write)(struct store *store, struct error *err);
    /* All statements until the end see one state. */
    bool (*begin_read)(struct store *store, struct error *err);
    bool (*commit)(struct store *store, struct error *err);
    /* Whatever the state; it cannot fail in a way that leaves something behind. */
    void (*roll_back)(struct store *store);
    bool (*is_begun)(const struct store *store);

    /* From here to send_gathered, or to the end of the transaction, rows of plain inserts may wait:
     * they are sent together, before any other statement is run. One that is refused is told of
     * then, by whatever came next. NULL: none ever waits. */
    void (*gather)(struct store *store);
    bool (*send_gathered)(struct store *store);

    /* See store_await. NULL: the engine is told nothing, it is only waited. */
    bool (*await)(struct store *store, int wake_fd, int most_ms);

    /* Runs SQL of any number of statements that give nothing back. */
    bool (*execute)(struct store *store, const char *sql, struct error *err);

    /* ---- statements ---- */

    /* NULL on failure. A long one has no parameters and may give more rows than memory holds: it is
     * stepped through within a transaction, and its rows come as they are asked for. */
    struct prepared *(*prepare)(struct store *store, const char *sql);
    struct prepared *(*prepare_long)(struct store *store, const char *sql);
    void (*finalise)(struct prepared *prepared);

    /* Parameters count from 1. Bytes are borrowed until the statement is reset. NULL bytes of a
     * text are NULL. Where the engine takes UTF-8 alone, other bytes of a text become U+FFFD, as
     * they do in its canonical content (json_writer.h); an exact text is kept byte for byte or
     * refused. */
    bool (*bind_text)(struct prepared *prepared, int parameter, const char *bytes, size_t length);
    bool (*bind_exact)(struct prepared *prepared, int parameter, const char *bytes, size_t length);
    bool (*bind_blob)(struct prepared *prepared, int parameter, const void *bytes, size_t length);
    bool (*bind_integer)(struct prepared *prepared, int parameter, int64_t value);
    bool (*bind_real)(struct prepared *prepared, int parameter, double value);
    bool (*bind_null)(struct prepared *prepared, int parameter);

    enum step (*step)(struct prepared *prepared);
    /* After a step of an insert that said neither row nor failure, or gave the key as its row. */
    int64_t (*inserted_key)(struct prepared *prepared);
    /* For the next use: bindings and rows are forgotten. */
    void (*reset)(struct prepared *prepared);

    /* Records what went wrong last, with the store's path and what to do about it. Bad content (a
     * reference to nothing, a word that is not allowed) is ERROR_INVALID, all else ERROR_STORE.
     * Always false. */
    bool (*fail)(const struct store *store, struct error *err);

    /* ---- columns of a row, from 0; valid until the next step ---- */

    bool (*is_null)(struct prepared *prepared, int column);
    const char *(*text)(struct prepared *prepared, int column); /* NULL for NULL */
    const void *(*blob)(struct prepared *prepared, int column);
    size_t (*length)(struct prepared *prepared, int column); /* of what was just read as these */
    int64_t (*integer)(struct prepared *prepared, int column);
    double (*real)(struct prepared *prepared, int column);
    const char *(*column_name)(struct prepared *prepared, int column);

    /* ---- full-text search ---- */

    /* Cuts what a person typed; see store_search_studies for what a query is. */
    bool (*cut_query)(struct store *store, const char *text, struct search_query *out,
                      struct error *err);
    /* A study whose rows stand already is to be found, or, while they still stand, no longer. */
    bool (*index_study)(struct store *store, int64_t key, struct error *err);
    bool (*forget_study)(struct store *store, int64_t key, struct error *err);
    /* A publication is to be found by this text, or no longer by this, which was added before. */
    bool (*index_publication)(struct store *store, int64_t key, const struct publication_text *text,
                              struct error *err);
    bool (*forget_publication)(struct store *store, int64_t key,
                               const struct publication_text *text, struct error *err);

    /* ---- the whole ---- */

    /* The engine's own checks: that the database is sound, that no row names what is not there;
     * with STORE_WRITE that the indexes hold what they should. */
    bool (*check)(struct store *store, struct error *err);
    /* All of it, one moment, into a store in the file `path`, which is not there. */
    bool (*copy_into)(struct store *store, const char *path, struct error *err);
    /* What everyone may have, into a store in the file `path`; see store_publish. */
    bool (*publish)(struct store *store, const char *path, struct error *err);
};

#endif
