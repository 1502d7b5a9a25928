#include "evidence/store/sql/search_query.h"

#include <string.h>

bool search_query_is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

void search_query_bind(struct binder *binder, const struct search_query *query)
{
    bind_bytes(binder, query->whole.bytes, query->whole.length);
    bind_bytes(binder, query->begun.bytes, query->begun.length);
}

struct search_query search_query_whole(const struct search_query *query)
{
    return (struct search_query){
        .whole = query->whole, .begun = query->whole, .words = query->words};
}

void search_query_release(struct search_query *query)
{
    buffer_release(&query->whole);
    buffer_release(&query->begun);
}
