#include "evidence/store/sqlite/tokenizer.h"

/* FTS5 hands its interface for programs out through a bound pointer. */
static fts5_api *find_fts5(sqlite3_stmt *statement)
{
    fts5_api *api = NULL;
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return api;
}

bool tokenizer_init(struct tokenizer *out, sqlite3_stmt *fts5, bool stems)
{
    const char *options[] = {"unicode61", "remove_diacritics", "2"};
    fts5_api *api = find_fts5(fts5);
    void *data = NULL;
    *out = (struct tokenizer){0};
    if (api == NULL || api->xFindTokenizer(api, stems ? "porter" : "unicode61", &data,
                                           &out->functions) != SQLITE_OK)
        return false;
    int skipped = stems ? 0 : 1; /* porter is told which tokenizer it stands over */
    return out->functions.xCreate(data, options + skipped, 3 - skipped, &out->instance) ==
           SQLITE_OK;
}

void tokenizer_release(struct tokenizer *tokenizer)
{
    if (tokenizer->instance != NULL)
        tokenizer->functions.xDelete(tokenizer->instance);
    tokenizer->instance = NULL;
}

int tokenizer_cut(const struct tokenizer *tokenizer, int flags, const char *text, size_t length,
                  tokenizer_word *word, void *context)
{
    return tokenizer->functions.xTokenize(tokenizer->instance, context, flags, text, (int)length,
                                          word);
}
