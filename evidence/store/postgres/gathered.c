/* Rows that wait to be sent together, by COPY. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/store/postgres/engine.h"
#include "evidence/store/sql/tables.h"

/* So much may wait; then it is sent before its time. */
enum { WAITING_BYTES_MOST = 4 << 20 };

/* ---- which statements: INSERT INTO table (columns) VALUES (?1, ?2, …) and nothing more ---- */

static const char *past_remarks(const char *sql)
{
    while (strncmp(sql, "--", 2) == 0)
        sql += strcspn(sql, "\n") + 1;
    return sql;
}

/* Past a word, NULL where it does not stand there (or nothing did). */
static const char *past(const char *at, const char *word)
{
    if (at == NULL)
        return NULL;
    at += strspn(at, " \n");
    return strncmp(at, word, strlen(word)) == 0 ? at + strlen(word) : NULL;
}

/* Past ?number, which may stand in casts: COPY makes of a text what the column is. */
static const char *past_parameter(const char *at, int number)
{
    char parameter[16];
    snprintf(parameter, sizeof parameter, "?%d", number);
    for (const char *inner = past(at, "CAST("); inner != NULL; inner = past(at, "CAST("))
        at = inner;
    at = past(at, parameter);
    while (at != NULL && strncmp(at, " AS ", 4) == 0)
        at += strcspn(at, ")") + 1;
    return at;
}

static bool is_plain(const char *values, int count)
{
    const char *at = past(values, "VALUES (");
    for (int i = 1; at != NULL && i <= count; i++)
        at = past(past_parameter(at, i), i < count ? "," : ")");
    return at != NULL && at[strspn(at, " \n")] == '\0';
}

/* What stands in brackets after the table's name. */
struct insert {
    const char *table;
    size_t table_length;
    const char *columns;
    size_t columns_length;
    int count;
};

static bool read_insert(const char *sql, struct insert *out)
{
    const char *table = past(past_remarks(sql), "INSERT INTO ");
    const char *open = table == NULL ? NULL : strchr(table, '(');
    const char *close = open == NULL ? NULL : strchr(open, ')');
    if (close == NULL)
        return false;
    *out = (struct insert){.table = table,
                           .table_length = strcspn(table, " ("),
                           .columns = open + 1,
                           .columns_length = (size_t)(close - open - 1),
                           .count = 1};
    for (const char *at = out->columns; at < close; at++)
        out->count += *at == ',';
    return out->count <= PARAMETERS_MOST && is_plain(close + 1, out->count);
}

/* ---- what a column takes ---- */

/* The table's place among those that are named before they name others; the indexes of words are
 * none of them, and come last. */
static size_t rank_of(const struct insert *insert)
{
    size_t rank = 0;
    while (store_tables[rank].name != NULL &&
           (strlen(store_tables[rank].name) != insert->table_length ||
            strncmp(store_tables[rank].name, insert->table, insert->table_length) != 0))
        rank++;
    return rank;
}

/* Whether the column is one of bytes: "e:name" or "b:name" among the table's. */
static bool holds_bytes(const struct table *table, const char *column, size_t length)
{
    for (const char *at = table->columns; at != NULL && *at != '\0';) {
        const char *name = at + 2;
        size_t size = strcspn(name, " ");
        if (size == length && strncmp(name, column, length) == 0)
            return *at == 'e' || *at == 'b';
        at = name + size + strspn(name + size, " ");
    }
    return false;
}

static void find_bytes(const struct insert *insert, const struct table *table, bool *out)
{
    static const char between[] = "\", \n";
    const char *end = insert->columns + insert->columns_length;
    const char *at = insert->columns + strspn(insert->columns, between);
    for (int i = 0; i < insert->count && at < end; i++) {
        size_t length = strcspn(at, "\", \n)");
        out[i] = holds_bytes(table, at, length);
        at += length;
        at += strspn(at, between);
    }
}

/* ---- one statement's rows ---- */

struct gathered {
    struct gathered *next; /* whose table is named by none of those before */
    size_t rank;
    char *copy;
    int count;
    bool is_bytes[PARAMETERS_MOST];
    struct buffer rows;
};

static char *copy_command(const struct insert *insert)
{
    struct buffer sql = {0};
    buffer_printf(&sql, "COPY %.*s (%.*s) FROM STDIN", (int)insert->table_length, insert->table,
                  (int)insert->columns_length, insert->columns);
    char *text = memory_alloc(sql.length + 1);
    memcpy(text, buffer_string(&sql), sql.length + 1);
    buffer_release(&sql);
    return text;
}

struct gathered *postgres_gathered_for(struct connection *connection, const char *sql)
{
    struct insert insert;
    if (!read_insert(sql, &insert))
        return NULL;
    struct gathered *gathered = memory_alloc(sizeof *gathered);
    *gathered = (struct gathered){.rank = rank_of(&insert), .count = insert.count};
    gathered->copy = copy_command(&insert);
    find_bytes(&insert, &store_tables[gathered->rank], gathered->is_bytes);
    struct gathered **place = &connection->gathered;
    while (*place != NULL && (*place)->rank <= gathered->rank)
        place = &(*place)->next;
    gathered->next = *place;
    *place = gathered;
    return gathered;
}

void postgres_gathered_free(struct connection *connection)
{
    while (connection->gathered != NULL) {
        struct gathered *first = connection->gathered;
        connection->gathered = first->next;
        buffer_release(&first->rows);
        free(first->copy);
        free(first);
    }
    free(connection->unindexed);
}

/* As COPY reads a text: these four are said otherwise. */
static void add_text(struct buffer *out, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t run = at;
        while (run < length && bytes[run] != '\\' && bytes[run] != '\t' && bytes[run] != '\n' &&
               bytes[run] != '\r')
            run++;
        buffer_append(out, bytes + at, run - at);
        if (run < length) {
            buffer_byte(out, '\\');
            buffer_byte(out, bytes[run] == '\t'   ? 't'
                             : bytes[run] == '\n' ? 'n'
                             : bytes[run] == '\r' ? 'r'
                                                  : '\\');
        }
        at = run + 1;
    }
}

static void add_bytes(struct buffer *out, const char *bytes, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    buffer_text(out, "\\\\x");
    char *at = buffer_extend(out, 2 * length);
    for (size_t i = 0; i < length; i++) {
        *at++ = digits[(unsigned char)bytes[i] >> 4];
        *at++ = digits[(unsigned char)bytes[i] & 15];
    }
}

void postgres_gather_row(struct connection *connection, struct gathered *gathered,
                         const char *const *values, const int *lengths)
{
    struct buffer *rows = &gathered->rows;
    size_t before = rows->length;
    for (int i = 0; i < gathered->count; i++) {
        if (i > 0)
            buffer_byte(rows, '\t');
        if (values[i] == NULL)
            buffer_text(rows, "\\N");
        else if (gathered->is_bytes[i])
            add_bytes(rows, values[i], (size_t)lengths[i]);
        else
            add_text(rows, values[i], (size_t)lengths[i]);
    }
    buffer_byte(rows, '\n');
    connection->waiting_bytes += rows->length - before;
}

bool postgres_much_waits(const struct connection *connection)
{
    return connection->waiting_bytes > WAITING_BYTES_MOST;
}

/* ---- all of them ---- */

void postgres_forget_gathered(struct connection *connection)
{
    for (struct gathered *each = connection->gathered; each != NULL; each = each->next)
        buffer_clear(&each->rows);
    connection->waiting_bytes = 0;
    connection->unindexed_count = 0;
    connection->gathers = false;
}

/* What a COPY came to, once all was said. */
static bool end_copy(struct connection *connection)
{
    bool good = true;
    for (PGresult *result = libpq()->getResult(connection->link); result != NULL;
         result = libpq()->getResult(connection->link)) {
        if (good && libpq()->resultStatus(result) != PGRES_COMMAND_OK)
            good = postgres_keep_failure(connection, result);
        libpq()->clear(result);
    }
    if (good && libpq()->status(connection->link) == CONNECTION_BAD)
        good = postgres_keep_failure(connection, NULL);
    return good;
}

/* libpq holds what was put until the socket takes it, and asks for no more than an int tells. */
static bool put_rows(PGconn *link, const struct buffer *rows)
{
    enum { PIECE_BYTES = 1 << 20 };
    for (size_t at = 0; at < rows->length;) {
        size_t left = rows->length - at;
        size_t piece = left < PIECE_BYTES ? left : PIECE_BYTES;
        if (libpq()->putCopyData(link, rows->bytes + at, (int)piece) != 1)
            return false;
        at += piece;
    }
    return libpq()->putCopyEnd(link, NULL) == 1;
}

static bool send_rows(struct connection *connection, struct gathered *gathered)
{
    PGresult *result = libpq()->exec(connection->link, gathered->copy);
    bool begun = libpq()->resultStatus(result) == PGRES_COPY_IN;
    if (!begun)
        postgres_keep_failure(connection, result);
    libpq()->clear(result);
    if (!begun)
        return false;
    bool put = put_rows(connection->link, &gathered->rows);
    if (!put)
        postgres_keep_failure(connection, NULL);
    return put && end_copy(connection);
}

static bool send_all_rows(struct connection *connection)
{
    bool good = true;
    connection->waiting_bytes = 0;
    for (struct gathered *each = connection->gathered; each != NULL; each = each->next) {
        if (each->rows.length == 0)
            continue;
        good = good && send_rows(connection, each);
        buffer_clear(&each->rows);
    }
    return good;
}

/* The words of studies are cut from rows that stand, and are rows themselves. */
bool postgres_send_waiting(struct store *store)
{
    struct connection *connection = store->connection;
    while (connection->waiting_bytes > 0 || connection->unindexed_count > 0)
        if (!send_all_rows(connection) || !postgres_index_waiting(store))
            return false;
    return true;
}

void postgres_gather(struct store *store)
{
    store->connection->gathers = store->connection->begun;
}

bool postgres_send_gathered(struct store *store)
{
    bool sent = postgres_send_waiting(store);
    store->connection->gathers = false;
    return sent;
}
