/* Addresses of requests, and what of a query goes into them. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_QUERY_H
#define TOUCHSTONE_IMPORTERS_SOURCES_QUERY_H

#include "evidence/base/buffer.h"
#include "importers/sources/remote.h"

/* The longest address that servers and proxies take without doubt. */
enum { QUERY_URL_MOST = 8000 };

/* Appends `text` as part of an address: all but letters, digits, "-._~" and the bytes in `kept`
 * percent-encoded (RFC 3986). */
void query_escape(struct buffer *url, const char *text, const char *kept);

/* "?name=value", or "&name=value" where a parameter stands there already. A NULL value adds
 * nothing. */
void query_put(struct buffer *url, const char *name, const char *value);
void query_put_count(struct buffer *url, const char *name, size_t value);

/*
 * False with ERROR_INVALID unless there is something to search for and `since` is NULL or a day
 * that exists (YYYY-MM-DD).
 */
MUST_USE bool query_check(const struct remote_query *query, struct error *err);

/* False with ERROR_INVALID for an address longer than QUERY_URL_MOST: a shorter query is needed. */
MUST_USE bool query_fits(const struct buffer *url, struct error *err);

/* What the options say, or the service's own; a page never larger than the service gives, nor than
 * what is asked for. */
const char *query_base(const struct remote_options *options, const struct remote *remote);
size_t query_page_size(const struct remote_query *query, const struct remote_options *options,
                       size_t usual, size_t most);

/* One name=value of a text that is written as parameters of the service. */
struct query_parameter {
    const char *name;
    const char *value;
};

/*
 * Reads "name=value&name=value" whose names all stand in `known` (ended by NULL); an '&' within a
 * value stays where no known name follows it. Returns how many, in `arena`; 0: it is no such text.
 */
size_t query_parameters(const char *text, const char *const *known, struct arena *arena,
                        struct query_parameter **out);

/* Puts them into the address, but for the one of the name `held`: its value, or NULL. */
const char *query_put_own(struct buffer *url, const struct query_parameter *own, size_t count,
                          const char *held);

/* True if every part of the text between commas is "name:value" with a name of `known`, up to the
 * first full stop of it: a filter expression, no phrase with a colon in it. */
bool query_is_filter(const char *text, const char *const *known);

/* The text as one DOI, PMID … and nothing else: read_one gives NULL for what is none. NULL for text
 * with words around it. */
const char *query_identifier(const char *text,
                             const char *(*read_one)(const char *text, struct arena *arena),
                             struct arena *arena);

#endif
