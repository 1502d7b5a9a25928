/* FTS5's tokenizers, to cut texts as its indexes do. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQLITE_TOKENIZER_H
#define TOUCHSTONE_EVIDENCE_STORE_SQLITE_TOKENIZER_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

struct tokenizer {
    fts5_tokenizer functions;
    Fts5Tokenizer *instance; /* NULL: none */
};

/*
 * The one of words as written (unicode61 remove_diacritics 2), or that of their stems (porter over
 * it). `fts5` is the statement "SELECT fts5(?1)", prepared on a connection that outlives the
 * tokenizer. False where this SQLite has none. The caller releases it.
 */
bool tokenizer_init(struct tokenizer *out, sqlite3_stmt *fts5, bool stems);
void tokenizer_release(struct tokenizer *tokenizer);

/* Called for each word of a text; anything but SQLITE_OK ends the cutting. `flags`, `start` and
 * `end` are FTS5's own. */
typedef int tokenizer_word(void *context, int flags, const char *word, int length, int start,
                           int end);

/* SQLITE_OK, or what `word` or the tokenizer ended with. `flags` as FTS5_TOKENIZE_QUERY. */
int tokenizer_cut(const struct tokenizer *tokenizer, int flags, const char *text, size_t length,
                  tokenizer_word *word, void *context);

#endif
