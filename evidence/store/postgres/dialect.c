/* What the common statements write in SQLite's way. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/store/postgres/engine.h"

static const char cross_join[] = "CROSS JOIN";
static const char join[] = "JOIN";

/* Past what is no SQL: a text in quotation marks, a comment up to the end of its line. */
static const char *past_other(const char *at)
{
    if (at[0] == '\'') {
        const char *end = strchr(at + 1, '\'');
        return end == NULL ? at + strlen(at) : end + 1;
    }
    if (at[0] == '-' && at[1] == '-')
        return at + strcspn(at, "\n");
    return at;
}

char *postgres_dialect(const char *sql, int *parameters)
{
    struct buffer out = {0};
    *parameters = 0;
    while (*sql != '\0') {
        const char *other = past_other(sql);
        buffer_append(&out, sql, (size_t)(other - sql));
        if (other != sql) {
            sql = other;
            continue;
        }
        if (sql[0] == '?' && isdigit((unsigned char)sql[1])) {
            int number = atoi(sql + 1);
            *parameters = number > *parameters ? number : *parameters;
            buffer_byte(&out, '$');
            sql++;
        } else if (strncmp(sql, cross_join, sizeof cross_join - 1) == 0) {
            buffer_text(&out, join);
            sql += sizeof cross_join - 1;
        } else {
            buffer_byte(&out, *sql++);
        }
    }
    char *text = memory_alloc(out.length + 1);
    memcpy(text, buffer_string(&out), out.length + 1);
    buffer_release(&out);
    return text;
}
