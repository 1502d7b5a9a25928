/* One import at the command line, watched: its progress on a terminal, its report at the end. */
#ifndef TOUCHSTONE_SERVICE_COMMAND_IMPORT_SESSION_H
#define TOUCHSTONE_SERVICE_COMMAND_IMPORT_SESSION_H

#include "importers/intake/run.h"
#include "service/views/import_text.h"

/* What an operator sets, from options and the environment; NULL and 0: the default. */
struct import_settings {
    const char *base_url;
    const char *api_key;
    const char *contact;
    double wait_seconds;
    double timeout_seconds;
};

/*
 * The options for asking a source. Where a setting is not given, TOUCHSTONE_PUBMED_URL and
 * TOUCHSTONE_PUBMED_API_KEY (and so on, by source) stand for it.
 */
void import_settings_apply(const struct import_settings *settings, const char *source,
                           struct run_plan *plan);

struct import_session;

/* `json`: nothing is printed but by import_session_report. The caller frees it. */
struct import_session *import_session_new(bool json);
void import_session_free(struct import_session *session);

/* Runs a search, a run that is gone on with, or a file to its end; SIGINT and SIGTERM end it after
 * the page under way. False where it did not begin, or failed: `err` says why. */
MUST_USE bool import_session_search(struct import_session *session, struct store *store,
                                    const struct run_plan *plan, struct error *err);
MUST_USE bool import_session_resume(struct import_session *session, struct store *store,
                                    int64_t key, const struct run_plan *plan, struct error *err);
MUST_USE bool import_session_file(struct import_session *session, struct store *store,
                                  const char *path, const char *format, size_t limit,
                                  struct error *err);

/* Prints the summary, or writes one object of the report; nothing where it did not begin. */
void import_session_print(const struct import_session *session);
void import_session_write(const struct import_session *session, struct json_writer *json);

/* The signal that stopped it, 0: none. */
int import_session_signal(const struct import_session *session);

#endif
