/*
 * PubMed through NCBI's E-utilities: esearch puts a search on NCBI's history server, efetch reads
 * its records as XML, 200 at a time, a request each 0.35 s (0.133 s with a key; rentrez found that
 * the 3 and 10 a second that NCBI names, spaced exactly, are now and then refused).
 *
 * `since` asks for what was created or modified from that day on. Entry and publication dates would
 * miss what matters to a living review: an article that enters late gets its publication date as
 * its entry date (NLM Technical Bulletin 2008 Nov-Dec), and a retraction or a correction changes no
 * date but the modification date. The modification date alone is not enough either: NLM's notes on
 * DateRevised say that a record may be without one.
 *
 * Sources: NBK25499 (The E-utilities In-Depth), NBK25497; support.nlm.nih.gov KA-05317, KA-05318.
 */
#include <string.h>

#include "evidence/base/buffer.h"
#include "evidence/base/json_reader.h"
#include "importers/formats/pubmed_xml.h"
#include "importers/sources/all.h"
#include "importers/sources/payload.h"
#include "importers/sources/pubmed_fault.h"
#include "importers/sources/pubmed_place.h"
#include "importers/sources/pubmed_request.h"
#include "importers/sources/pubmed_search.h"

enum {
    REPEATS_MOST = 2,  /* of a page with records missing */
    RENEWALS_MOST = 3, /* of a search that is forgotten before a page of it came */
    RESTARTS_MOST = 3, /* of a part whose pages overlap */
    PMID_SIZE = 16
};

static const char title[] = "PubMed";

/* -- from answer to answer -- */

/* All that an answer is read with. */
struct reading {
    const struct remote_query *query;
    const struct remote_options *options;
    const struct remote_answer *answer;
    const struct record_sink *sink;
    const struct format_warnings *warnings; /* or NULL */
    struct arena *arena;
    struct remote_page *out;
    struct pubmed_place place; /* becomes the next one */
};

static void warn(const struct reading *reading, const char *message)
{
    if (reading->warnings != NULL)
        reading->warnings->warn(reading->warnings->context, message);
}

/* Articles come and go while we read; fewer in the parts than in the whole is worth a word. */
static void warn_if_short(const struct reading *reading)
{
    const struct pubmed_place *place = &reading->place;
    if (place->part != PUBMED_WHOLE && place->before < place->total)
        warn(reading, arena_printf(reading->arena,
                                   "PubMed counted %ld records, and %ld by entry date; if this "
                                   "differs again tomorrow, some have no entry date",
                                   place->total, place->before));
}

static bool give(struct reading *reading, bool more)
{
    reading->out->next = more ? pubmed_place_write(&reading->place, reading->arena) : NULL;
    reading->out->total = reading->place.total;
    return true;
}

/* To the next page, the next part, or the end. */
static bool go_on(struct reading *reading)
{
    struct pubmed_place *place = &reading->place;
    if (pubmed_request_is_enough(reading->query, place))
        return give(reading, false);
    if (place->at < place->count)
        return give(reading, true);
    if (pubmed_place_advance(place))
        return give(reading, true);
    warn_if_short(reading);
    return give(reading, false);
}

/* PubMed keeps a search for some hours. Where it forgets them at once, as on its bad days, pages
 * are listed by esearch and fetched by their PMIDs: twice the requests, and nothing to be kept. */
static bool search_anew(struct reading *reading)
{
    struct pubmed_place *place = &reading->place;
    place->listing = ++place->renewals > RENEWALS_MOST;
    pubmed_place_renew(place);
    return give(reading, true);
}

/* -- searches -- */

static bool is_still_there(const struct pubmed_place *place, const struct pubmed_found *found)
{
    return place->newest != NULL && found->pmids[0] != NULL &&
           strcmp(place->newest, found->pmids[0]) == 0;
}

/* The list has moved, so that what we have of it may not be its start any more: the part begins
 * again, but not for ever. */
static bool may_go_on(struct reading *reading)
{
    struct pubmed_place *place = &reading->place;
    if (place->restarts < RESTARTS_MOST) {
        pubmed_place_restart(place);
        return false;
    }
    warn(reading, "PubMed's list keeps changing while it is read, so that records may be missing; "
                  "import again later");
    place->newest = NULL;
    return true;
}

static bool take_list(struct reading *reading, const char *const *pmid, struct error *err)
{
    struct pubmed_place *place = &reading->place;
    struct buffer ids = {0};
    long length = pubmed_request_length(reading->query, reading->options, place);
    for (long i = 0; i < length && *pmid != NULL; i++, pmid++)
        buffer_printf(&ids, "%s%s", i == 0 ? "" : ",", *pmid);
    place->ids = ids.length == 0 ? NULL : arena_strdup(reading->arena, buffer_string(&ids));
    buffer_release(&ids);
    return place->ids != NULL || payload_unexpected(title, NULL, err);
}

/* `looked_at` at the start of the list are behind us. */
static bool take_search(struct reading *reading, const struct pubmed_found *found, size_t looked_at,
                        struct error *err)
{
    struct pubmed_place *place = &reading->place;
    if (place->at >= place->count)
        return true; /* nothing to fetch */
    if (place->listing)
        return take_list(reading, found->pmids + looked_at, err);
    place->webenv = found->webenv;
    place->query_key = found->query_key;
    return found->webenv != NULL || payload_unexpected(title, NULL, err);
}

static bool read_search(struct reading *reading, struct error *err)
{
    struct pubmed_found found = {0};
    struct pubmed_place *place = &reading->place;
    bool first = place->total < 0;
    size_t looked_at = place->newest == NULL ? 0 : 1;
    /* The words are the same in every part; once is enough. */
    if (!pubmed_search_read(reading->answer, first ? reading->warnings : NULL, reading->arena,
                            &found, err))
        return false;
    if (place->part == PUBMED_WHOLE)
        place->total = found.count;
    place->count = found.count;
    if (pubmed_request_end(reading->query, place) > PUBMED_SEARCH_MOST)
        return pubmed_place_narrow(place) ? give(reading, true)
                                          : payload_unexpected(title, NULL, err);
    if (place->at > 0 && !is_still_there(place, &found) && !may_go_on(reading))
        return give(reading, true);
    return take_search(reading, &found, looked_at, err) && go_on(reading);
}

/* -- records -- */

struct passing {
    const struct record_sink *sink;
    const char *before;   /* the last PMID of the page before; or NULL */
    char last[PMID_SIZE]; /* of this page */
    bool again;           /* `before` came again */
    bool stopped;         /* by the sink */
};

static bool pass(void *context, const struct record *record, struct error *err)
{
    struct passing *passing = context;
    const char *pmid = record->pmid == NULL ? "" : record->pmid;
    passing->again =
        passing->again || (passing->before != NULL && strcmp(passing->before, pmid) == 0);
    passing->last[0] = '\0';
    if (strlen(pmid) < sizeof passing->last)
        memcpy(passing->last, pmid, strlen(pmid) + 1);
    passing->stopped = !passing->sink->take(passing->sink->context, record, err);
    return !passing->stopped;
}

static void say_nothing(void *context, const char *message)
{
    (void)context;
    (void)message;
}

static bool is_xml(const struct remote_answer *answer)
{
    const char *type = answer->content_type;
    return answer->length > 0 && (type == NULL || strcasestr(type, "html") == NULL) &&
           memchr(answer->bytes, '<', answer->length < 64 ? answer->length : 64) != NULL;
}

/* The size was limited when it was fetched. */
static bool parse(struct reading *reading, struct passing *passing, struct format_counts *counts,
                  struct error *err)
{
    static const struct format_warnings nobody = {.warn = say_nothing};
    static const struct input_limits unlimited = {0};
    const struct record_sink sink = {.take = pass, .context = passing};
    struct input *input = input_memory(reading->answer->bytes, reading->answer->length,
                                       "PubMed's answer", &unlimited);
    bool whole = format_pubmed_xml.read(
        input, &sink, reading->warnings == NULL ? &nobody : reading->warnings, counts, err);
    input_close(input);
    if (!whole && !passing->stopped && err->kind == ERROR_INVALID)
        err->kind = ERROR_NETWORK; /* a file would be bad; this may come whole the next time */
    return whole;
}

/* The PMID at the end of the page: as listed, or of the last record, if none is missing. */
static const char *end_of_page(const struct reading *reading, const struct passing *passing,
                               bool all_known)
{
    const char *ids = reading->place.ids;
    const char *comma = ids == NULL ? NULL : strrchr(ids, ',');
    if (ids != NULL)
        return comma == NULL ? ids : comma + 1;
    return all_known && passing->last[0] != '\0' ? arena_strdup(reading->arena, passing->last)
                                                 : NULL;
}

/* On to what follows the page. */
static bool take_page(struct reading *reading, const struct passing *passing, long length,
                      bool all_known)
{
    struct pubmed_place *place = &reading->place;
    place->newest = end_of_page(reading, passing, all_known);
    place->at += length;
    place->ids = NULL;
    place->repeats = 0;
    place->renewals = 0;
    return go_on(reading);
}

/* Records that are gone are left out of a page without a word, and so are, now and then, some that
 * are there. */
static bool take_short_page(struct reading *reading, const struct passing *passing, long length,
                            long got, struct error *err)
{
    struct pubmed_place *place = &reading->place;
    if (place->repeats < REPEATS_MOST) {
        place->repeats++;
        return give(reading, true);
    }
    if (got == 0 && length > 1)
        return error_set(err, ERROR_NETWORK, "PubMed sent none of the %ld records asked for",
                         length);
    warn(reading, arena_printf(reading->arena,
                               "PubMed sent %ld of the %ld records from place %ld on, each of %d "
                               "times; the others may have been withdrawn",
                               got, length, place->at + 1, REPEATS_MOST + 1));
    return take_page(reading, passing, length, false);
}

/* What we had comes again: the page before was repeated, or the list moved under us. */
static bool take_moved_page(struct reading *reading, struct error *err)
{
    struct pubmed_place *place = &reading->place;
    if (place->repeats < REPEATS_MOST) {
        place->repeats++;
        return give(reading, true);
    }
    if (place->restarts >= RESTARTS_MOST)
        return payload_unexpected(title, "its pages overlap", err);
    pubmed_place_restart(place);
    return give(reading, true);
}

static bool is_forgotten(const struct reading *reading, const char *fault)
{
    return reading->place.webenv != NULL && pubmed_fault_is_forgotten(fault);
}

/* How many records were asked for. */
static long asked_for(const struct reading *reading)
{
    const struct pubmed_place *place = &reading->place;
    long count = 1;
    if (place->ids == NULL)
        return pubmed_request_length(reading->query, reading->options, place);
    for (const char *at = place->ids; (at = strchr(at, ',')) != NULL; at++)
        count++;
    return count;
}

static bool read_records(struct reading *reading, struct error *err)
{
    const struct pubmed_place *place = &reading->place;
    const char *fault = pubmed_fault(reading->answer, reading->arena);
    if (fault != NULL)
        return is_forgotten(reading, fault) ? search_anew(reading)
                                            : payload_unexpected(title, fault, err);
    if (!is_xml(reading->answer))
        return payload_unexpected(title, payload_words(reading->answer, reading->arena), err);
    struct passing passing = {.sink = reading->sink, .before = place->newest};
    struct format_counts counts = {0};
    if (!parse(reading, &passing, &counts, err))
        return false;
    long length = asked_for(reading);
    long got = (long)(counts.records + counts.refused);
    reading->out->records = counts.records;
    reading->out->refused = counts.refused;
    if (passing.again)
        return take_moved_page(reading, err);
    if (got < length)
        return take_short_page(reading, &passing, length, got, err);
    return take_page(reading, &passing, length, counts.refused == 0 && got == length);
}

static bool pubmed_read(const struct remote_query *query, const struct remote_options *options,
                        const char *state, const struct remote_answer *answer,
                        const struct record_sink *sink, const struct format_warnings *warnings,
                        struct arena *arena, struct remote_page *out, struct error *err)
{
    struct reading reading = {.query = query,
                              .options = options,
                              .answer = answer,
                              .sink = sink,
                              .warnings = warnings,
                              .arena = arena,
                              .out = out};
    *out = (struct remote_page){.total = COUNT_UNKNOWN};
    if (!pubmed_place_read(state, arena, &reading.place, err))
        return false;
    return pubmed_place_is_search(&reading.place) ? read_search(&reading, err)
                                                  : read_records(&reading, err);
}

/* -- refusals -- */

static const char *pubmed_refusal(const struct remote_answer *answer, struct arena *arena)
{
    const char *fault = pubmed_fault(answer, arena);
    return fault == NULL ? payload_words(answer, arena) : fault;
}

static const char *pubmed_recover(const struct remote_query *query,
                                  const struct remote_options *options, const char *state,
                                  const struct remote_answer *answer, struct arena *arena)
{
    struct error err = {0};
    struct remote_page page = {0};
    struct reading reading = {.query = query, .options = options, .arena = arena, .out = &page};
    const char *fault = pubmed_fault(answer, arena);
    if (fault == NULL || !pubmed_place_read(state, arena, &reading.place, &err))
        return NULL;
    if (pubmed_fault_may_pass(fault))
        return state == NULL ? pubmed_place_write(&reading.place, arena) : state;
    return is_forgotten(&reading, fault) && search_anew(&reading) ? page.next : NULL;
}

const struct remote remote_pubmed = {
    .name = "pubmed",
    .title = "PubMed (NCBI E-utilities)",
    .base_url = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    .request = pubmed_request,
    .read = pubmed_read,
    .refusal = pubmed_refusal,
    .recover = pubmed_recover,
};
