/*
 * NCBI's esearch and efetch over records that a test makes up, as far as an import needs them: with
 * a history server, dates of entry, creation and modification, ranges of PMIDs, the limit of 9,999
 * records a search, and ways to misbehave. Newest entries first, as PubMed lists them.
 */
#ifndef TOUCHSTONE_TESTS_IMPORTERS_SOURCES_FAKE_PUBMED_H
#define TOUCHSTONE_TESTS_IMPORTERS_SOURCES_FAKE_PUBMED_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "importers/sources/remote.h"

enum { FAKE_SEARCH_MOST = 9999, FAKE_SEARCHES_MOST = 4000, FAKE_TERM_SIZE = 4000 };

/* Dates as numbers, 20260131. */
struct fake_record {
    long pmid;
    int entered;
    int created;
    int modified;
    bool gone; /* listed, but efetch has nothing for it */
};

/* What a search found, as the history server keeps it. */
struct fake_search {
    size_t *found; /* places in `records` */
    size_t count;
    bool forgotten;
};

struct fake_pubmed {
    struct fake_record *records; /* in the order of the list */
    size_t count;
    struct fake_search searches[FAKE_SEARCHES_MOST];
    size_t search_count;

    /* how it misbehaves; 0 and NULL: it does not */
    int forget_after; /* forgets all searches after so many pages, once */
    bool forget_always;
    int refusal_status;  /* a forgotten search is told with this status; 0: 200 */
    int drop_page;       /* this page (1 is the first) comes without its last record, … */
    int drops;           /* … so many times */
    int repeat_page;     /* instead of this page the one before comes, … */
    int repeats;         /* … so many times */
    bool shuffles;       /* the list is in another order each time */
    const char *instead; /* this body in place of the next answer, once */
    const char *instead_type;
    int instead_status;

    /* what was asked */
    int pages;
    int asked; /* requests */
    char last_term[FAKE_TERM_SIZE];
    size_t largest_page;
    struct buffer body;
};

/* -- parameters -- */

static inline int fake_hex(char c)
{
    return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

/* The value of a parameter of an address or a form; false where it is not there. */
static inline bool fake_parameter(const char *text, const char *name, char *out, size_t size)
{
    size_t length = strlen(name);
    for (const char *at = text; (at = strstr(at, name)) != NULL; at += length) {
        if ((at != text && at[-1] != '?' && at[-1] != '&') || at[length] != '=')
            continue;
        size_t used = 0;
        for (at += length + 1; *at != '\0' && *at != '&' && used + 1 < size; at++) {
            char c = *at;
            if (c == '%' && at[1] != '\0' && at[2] != '\0') {
                c = (char)(fake_hex(at[1]) * 16 + fake_hex(at[2]));
                at += 2;
            }
            out[used++] = c == '+' ? ' ' : c;
        }
        out[used] = '\0';
        return true;
    }
    return false;
}

static inline long fake_number(const char *text, const char *name, long otherwise)
{
    char value[40];
    return fake_parameter(text, name, value, sizeof value) ? strtol(value, NULL, 10) : otherwise;
}

static inline int fake_date(const char *text, const char *name, int otherwise)
{
    char value[40];
    int year = 0, month = 1, day = 1;
    if (!fake_parameter(text, name, value, sizeof value))
        return otherwise;
    sscanf(value, "%d/%d/%d", &year, &month, &day);
    return year * 10000 + month * 100 + day;
}

/* -- searching -- */

struct fake_terms {
    int entered_from;
    int entered_to;
    int since; /* 0: none */
    long pmid_from;
    long pmid_to;
};

static inline struct fake_terms fake_terms(struct fake_pubmed *fake, const char *parameters)
{
    struct fake_terms terms = {.entered_from = fake_date(parameters, "mindate", 0),
                               .entered_to = fake_date(parameters, "maxdate", 99999999),
                               .pmid_to = 999999999};
    int year = 0, month = 0, day = 0;
    fake_parameter(parameters, "term", fake->last_term, sizeof fake->last_term);
    const char *since = strstr(fake->last_term, "((\"");
    if (since != NULL && sscanf(since, "((\"%d/%d/%d\"[Date - Create]", &year, &month, &day) == 3)
        terms.since = year * 10000 + month * 100 + day;
    const char *range = strstr(fake->last_term, "[UID]");
    const char *start = range == NULL ? NULL : strstr(fake->last_term, " AND ");
    for (const char *next = start; next != NULL && next < range; next = strstr(next + 1, " AND "))
        start = next;
    if (start != NULL)
        sscanf(start, " AND %ld:%ld", &terms.pmid_from, &terms.pmid_to);
    return terms;
}

static inline bool fake_matches(const struct fake_record *record, const struct fake_terms *terms)
{
    return record->entered >= terms->entered_from && record->entered <= terms->entered_to &&
           record->pmid >= terms->pmid_from && record->pmid <= terms->pmid_to &&
           (terms->since == 0 || record->created >= terms->since ||
            record->modified >= terms->since);
}

static inline void fake_rotate(struct fake_search *search, size_t by)
{
    size_t *turned = calloc(search->count, sizeof *turned);
    for (size_t i = 0; i < search->count; i++)
        turned[i] = search->found[(i + by) % search->count];
    free(search->found);
    search->found = turned;
}

static inline void fake_esearch(struct fake_pubmed *fake, const char *parameters)
{
    const struct fake_terms terms = fake_terms(fake, parameters);
    struct fake_search *search = &fake->searches[fake->search_count++];
    size_t start = (size_t)fake_number(parameters, "retstart", 0);
    size_t most = (size_t)fake_number(parameters, "retmax", 20);
    search->found = calloc(fake->count + 1, sizeof *search->found);
    for (size_t i = 0; i < fake->count; i++)
        if (fake_matches(&fake->records[i], &terms))
            search->found[search->count++] = i;
    if (fake->shuffles && search->count > 0)
        fake_rotate(search, 1 + fake->search_count * 37 % search->count);
    buffer_printf(&fake->body,
                  "{\"header\":{\"type\":\"esearch\",\"version\":\"0.3\"},\"esearchresult\":{"
                  "\"count\":\"%zu\",\"retmax\":\"%zu\",\"retstart\":\"%zu\",\"querykey\":\"%d\","
                  "\"webenv\":\"MCID_%zu&=\",\"idlist\":[",
                  search->count, most, start, 1, fake->search_count);
    for (size_t i = start; i < search->count && i - start < most; i++)
        buffer_printf(&fake->body, "%s\"%ld\"", i == start ? "" : ",",
                      fake->records[search->found[i]].pmid);
    buffer_text(&fake->body, "]}}");
}

/* -- fetching -- */

static inline struct fake_search *fake_search_of(struct fake_pubmed *fake, const char *parameters)
{
    char webenv[80] = "";
    size_t number = 0;
    fake_parameter(parameters, "WebEnv", webenv, sizeof webenv);
    if (sscanf(webenv, "MCID_%zu&=", &number) != 1 || number < 1 || number > fake->search_count ||
        fake->searches[number - 1].forgotten)
        return NULL;
    return &fake->searches[number - 1];
}

static inline void fake_fault(struct fake_pubmed *fake, const char *words)
{
    buffer_printf(
        &fake->body,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<eFetchResult>\n\t<ERROR>%s</ERROR>\n"
        "</eFetchResult>\n",
        words);
}

static inline void fake_article(struct fake_pubmed *fake, const struct fake_record *record)
{
    if (!record->gone)
        buffer_printf(&fake->body,
                      "<PubmedArticle><MedlineCitation><PMID Version=\"1\">%ld</PMID><Article>"
                      "<ArticleTitle>Study %ld</ArticleTitle></Article></MedlineCitation>"
                      "</PubmedArticle>\n",
                      record->pmid, record->pmid);
}

static inline void fake_articles(struct fake_pubmed *fake, const struct fake_search *search,
                                 size_t start, size_t end)
{
    buffer_text(&fake->body, "<?xml version=\"1.0\" ?>\n<PubmedArticleSet>\n");
    for (size_t i = start; i < end; i++)
        fake_article(fake, &fake->records[search->found[i]]);
    buffer_text(&fake->body, "</PubmedArticleSet>\n");
}

/* efetch with id=1,2,3; false where it has none. */
static inline bool fake_by_ids(struct fake_pubmed *fake, const char *parameters)
{
    char ids[FAKE_TERM_SIZE];
    if (!fake_parameter(parameters, "id", ids, sizeof ids))
        return false;
    size_t count = 0;
    buffer_text(&fake->body, "<?xml version=\"1.0\" ?>\n<PubmedArticleSet>\n");
    for (char *at = strtok(ids, ","); at != NULL; at = strtok(NULL, ","), count++)
        for (size_t i = 0; i < fake->count; i++)
            if (fake->records[i].pmid == strtol(at, NULL, 10))
                fake_article(fake, &fake->records[i]);
    buffer_text(&fake->body, "</PubmedArticleSet>\n");
    if (count > fake->largest_page)
        fake->largest_page = count;
    return true;
}

static inline void fake_forget(struct fake_pubmed *fake)
{
    for (size_t i = 0; i < fake->search_count; i++)
        fake->searches[i].forgotten = true;
}

static inline int fake_efetch(struct fake_pubmed *fake, const char *parameters)
{
    size_t start = (size_t)fake_number(parameters, "retstart", 0);
    size_t length = (size_t)fake_number(parameters, "retmax", 20);
    fake->pages++;
    if (fake->forget_always || (fake->forget_after > 0 && fake->pages > fake->forget_after)) {
        fake->forget_after = 0;
        fake_forget(fake);
    }
    if (fake_by_ids(fake, parameters))
        return 0;
    const struct fake_search *search = fake_search_of(fake, parameters);
    if (search == NULL) {
        fake_fault(fake, "Unable to obtain query #1");
        return fake->refusal_status;
    }
    if (start >= FAKE_SEARCH_MOST) {
        fake_fault(fake, "Search backend cannot retrieve history data. Reason: Exception: "
                         "'retstart' cannot be larger than 9998.");
        return 400;
    }
    if (length > fake->largest_page)
        fake->largest_page = length;
    size_t end = start + length < search->count ? start + length : search->count;
    end = end < FAKE_SEARCH_MOST ? end : FAKE_SEARCH_MOST; /* cut without a word */
    if (fake->pages >= fake->repeat_page && fake->repeats > 0 && start >= length) {
        fake->repeats--;
        start -= length;
        end -= length;
    }
    if (fake->pages >= fake->drop_page && fake->drops > 0) {
        fake->drops--;
        end--;
    }
    fake_articles(fake, search, start, end);
    return 0;
}

/* -- asking -- */

/* The answer to a request; its bytes live until the next one. */
static inline struct remote_answer fake_ask(struct fake_pubmed *fake,
                                            const struct remote_request *request)
{
    const char *parameters = request->form != NULL ? request->form : request->url;
    bool search = strstr(request->url, "esearch.fcgi") != NULL;
    int status = 0;
    fake->asked++;
    buffer_clear(&fake->body);
    struct remote_answer answer = {.content_type = search ? "application/json; charset=UTF-8"
                                                          : "text/xml; charset=UTF-8"};
    if (fake->instead != NULL) {
        buffer_text(&fake->body, fake->instead);
        status = fake->instead_status;
        answer.content_type = fake->instead_type;
        fake->instead = NULL;
    } else if (search) {
        fake_esearch(fake, parameters);
    } else {
        status = fake_efetch(fake, parameters);
    }
    answer.status = status == 0 ? 200 : status;
    answer.bytes = buffer_string(&fake->body);
    answer.length = fake->body.length;
    return answer;
}

static inline void fake_release(struct fake_pubmed *fake)
{
    for (size_t i = 0; i < fake->search_count; i++)
        free(fake->searches[i].found);
    free(fake->records);
    buffer_release(&fake->body);
}

#endif
