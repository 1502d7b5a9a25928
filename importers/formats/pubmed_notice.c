#include "importers/formats/pubmed_notice.h"

#include <string.h>
#include <strings.h>

#include "importers/formats/date_text.h"
#include "importers/intake/identifier.h"

/* Whom it is about: this article; another, of which this one is nothing but the notice; or another,
 * of which this one is the new version. */
enum about { ABOUT_THIS, ABOUT_OTHER, ABOUT_FORMER };

/* Source: the table of RefTypes in the element descriptions of the National Library of Medicine.
 * An article that was retracted in part, or corrected and published again, still stands; one that
 * was retracted and published again does not. */
static const struct {
    const char *name;
    enum notice_type notice;
    enum about about;
    bool retracts;
} types[] = {
    {"RetractionIn", NOTICE_RETRACTION, ABOUT_THIS, true},
    {"RetractionOf", NOTICE_RETRACTION, ABOUT_OTHER, true},
    {"RetractedandRepublishedIn", NOTICE_RETRACTION, ABOUT_THIS, true},
    {"RetractedandRepublishedFrom", NOTICE_RETRACTION, ABOUT_FORMER, true},
    {"PartialRetractionIn", NOTICE_CORRECTION, ABOUT_THIS, false},
    {"PartialRetractionOf", NOTICE_CORRECTION, ABOUT_OTHER, false},
    {"ErratumIn", NOTICE_CORRECTION, ABOUT_THIS, false},
    {"ErratumFor", NOTICE_CORRECTION, ABOUT_OTHER, false},
    {"CorrectedandRepublishedIn", NOTICE_CORRECTION, ABOUT_THIS, false},
    {"CorrectedandRepublishedFrom", NOTICE_CORRECTION, ABOUT_FORMER, false},
    {"ExpressionOfConcernIn", NOTICE_CONCERN, ABOUT_THIS, false},
    {"ExpressionOfConcernFor", NOTICE_CONCERN, ABOUT_OTHER, false},
};

bool pubmed_notice_begin(struct pubmed_notice *notice, const char *type, size_t length)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strlen(types[i].name) != length || strncasecmp(types[i].name, type, length) != 0)
            continue;
        *notice = (struct pubmed_notice){
            .notice = {.type = types[i].notice, .source = "pubmed"},
            .is_update = types[i].about != ABOUT_THIS,
            .is_all_there_is = types[i].about == ABOUT_OTHER,
            .retracts = types[i].retracts,
        };
        return true;
    }
    return false;
}

/* The DOI is one word and comes last: "… doi: 10.1056/NEJMe1205654." */
static const char *doi_in(const char *reference, struct arena *arena)
{
    const char *at = strcasestr(reference, "doi:");
    if (at == NULL)
        return NULL;
    at += strlen("doi:");
    at += strspn(at, " ");
    return identifier_doi(arena_strndup(arena, at, strcspn(at, " ")), arena);
}

/* The date stands after the journal's name and its full stop, before the volume's semicolon. A
 * wrong one is worse than none: it has to start with a year. */
static const char *date_in(const char *reference, struct arena *arena)
{
    for (const char *at = reference; (at = strstr(at, ". ")) != NULL;) {
        at += 2;
        if (strspn(at, "0123456789") != 4)
            continue;
        const char *word = arena_strndup(arena, at, strcspn(at, ";:."));
        struct date date = date_read(word, DATE_ORDER_UNKNOWN);
        if (date.year != 0)
            return date_write(date, arena);
    }
    return NULL;
}

void pubmed_notice_end(struct pubmed_notice *notice, struct arena *arena)
{
    if (notice->reference == NULL)
        return;
    notice->notice.doi = doi_in(notice->reference, arena);
    notice->notice.date = date_in(notice->reference, arena);
}
