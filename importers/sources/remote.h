/*
 * A remote service, as pure functions: a query and a state give the next request; its answer gives
 * records and the next state. No socket, no clock, no store: whoever runs an import sends the
 * request, and stores the state with the records in one transaction, so that a run that is killed
 * goes on where it was.
 */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_REMOTE_H
#define TOUCHSTONE_IMPORTERS_SOURCES_REMOTE_H

#include "evidence/base/arena.h"
#include "evidence/model/record.h"
#include "importers/formats/format.h"

struct remote_query {
    const char *text;  /* in the service's own query language; may be a plain phrase */
    const char *since; /* YYYY-MM-DD: only what was added or changed from then on; or NULL */
    size_t limit;      /* most records; 0: all */
};

/* What an operator sets; the strings outlive every call. NULL or 0 takes the service's default. */
struct remote_options {
    const char *base_url; /* stands in for the service's own, without '/' at the end */
    const char *api_key;
    const char *contact; /* mail address, sent where the service asks for one */
    size_t page_size;
};

struct remote_request {
    const char *url;
    const char *form;   /* application/x-www-form-urlencoded body: a POST; NULL: a GET */
    const char *accept; /* media type */
    double per_second;  /* the most requests a second the service allows this one */
};

struct remote_answer {
    int status;
    const char *content_type; /* or NULL */
    const char *bytes;
    size_t length;
};

/* What an answer held, beside its records. */
struct remote_page {
    const char *next; /* the next state; NULL: this was the last answer */
    long total;       /* how many the service says match; -1: not said */
    size_t records;   /* handed to the sink */
    size_t refused;   /* records of the answer that could not be used; each had a warning */
};

struct remote {
    const char *name;  /* "pubmed" */
    const char *title; /* "PubMed (NCBI E-utilities)" */
    const char *base_url;
    /* `state` NULL starts. False with ERROR_INVALID for a query or state that makes no sense. */
    bool (*request)(const struct remote_query *query, const struct remote_options *options,
                    const char *state, struct arena *arena, struct remote_request *out,
                    struct error *err);
    /*
     * Reads a 200 answer to the request of `state`. ERROR_NETWORK where the body is not what the
     * service promises (an error in a 200, another content type, cut short): the same state can be
     * asked again. Records before the fault have been handed on; whoever stores them undoes that.
     * A single record that is no publication is left out with a warning; `warnings` may be NULL.
     */
    bool (*read)(const struct remote_query *query, const struct remote_options *options,
                 const char *state, const struct remote_answer *answer,
                 const struct record_sink *sink, const struct format_warnings *warnings,
                 struct arena *arena, struct remote_page *out, struct error *err);
    /* What the service says in the body of a refusal, in words, in the arena; NULL: nothing. */
    const char *(*refusal)(const struct remote_answer *answer, struct arena *arena);
    /*
     * Where to go on after an answer whose status is not 200: a state in the arena; `state` itself,
     * byte for byte, to ask the same again after a wait (fetch_again); NULL: the refusal is final.
     * A service that forgets its searches says so in a 400. The member may be NULL: all are final.
     */
    const char *(*recover)(const struct remote_query *query, const struct remote_options *options,
                           const char *state, const struct remote_answer *answer,
                           struct arena *arena);
};

/* pubmed, europepmc, crossref, openalex, ctgov; ended by NULL. */
extern const struct remote *const remotes[];
const struct remote *remote_named(const char *name);

#endif
