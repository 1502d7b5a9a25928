#include "importers/intake/match.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "importers/intake/match_side.h"

/* Of the titles' trigrams, for what stands in the same place under words that differ: a translation
 * or a correction of the title. */
static const double alike_in_place = 0.75;

/* ---- levels ---- */

static const struct match_title *best_titles(const struct match_side *one,
                                             const struct match_side *other,
                                             const struct match_title **beside,
                                             enum title_level *level)
{
    const struct match_title *best = NULL;
    *level = TITLE_UNKNOWN;
    for (size_t i = 0; i < one->title_count; i++)
        for (size_t j = 0; j < other->title_count; j++) {
            enum title_level found = match_title_level(&one->titles[i], &other->titles[j]);
            if (best != NULL && found <= *level)
                continue;
            best = &one->titles[i];
            *beside = &other->titles[j];
            *level = found;
        }
    return best;
}

static double bits_of(const struct match_levels *levels)
{
    return match_title_bits[levels->title] + match_author_bits[levels->author] +
           match_year_bits[levels->year] + match_journal_bits[levels->journal] +
           match_volume_bits[levels->volume] + match_page_bits[levels->page];
}

/* Journal, volume and first page: nothing else begins there, but for short pieces. */
static bool same_place(const struct match_levels *levels)
{
    return levels->journal == PLACE_SAME && levels->volume == PLACE_SAME &&
           levels->page == PLACE_SAME;
}

/* ---- identifiers ---- */

static bool differ(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) != 0;
}

/* Some databases write the signs of old DOIs in other ways: "(1994)031<0364:…>" and
 * "_1994_031_0364_…_". Letters and digits are enough to tell two DOIs apart. */
static bool dois_differ(const char *one, const char *other)
{
    if (one == NULL || other == NULL)
        return false;
    while (*one != '\0' || *other != '\0') {
        while (*one != '\0' && !isalnum((unsigned char)*one))
            one++;
        while (*other != '\0' && !isalnum((unsigned char)*other))
            other++;
        if (*one != *other)
            return true;
        one += *one != '\0';
        other += *other != '\0';
    }
    return false;
}

static bool equal(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

static bool of_single_source(const struct record *one, const struct record *other)
{
    return equal(one->source, other->source) &&
           match_word_listed(one->source, match_single_sources) &&
           differ(one->source_id, other->source_id);
}

/* A shared identifier is believed unless the rest says that one of them has a wrong one, or that it
 * is that of a whole issue: a notice and what it is about, or neither title nor author in common.
 */
static bool is_believable(const struct match_side *one, const struct match_side *other,
                          const struct match_levels *levels)
{
    if (one->sort != other->sort && (one->sort == SORT_NOTICE || other->sort == SORT_NOTICE))
        return false;
    if (levels->title != TITLE_UNLIKE || levels->author >= AUTHOR_ELSEWHERE)
        return true;
    return levels->author == AUTHOR_UNKNOWN && levels->year != YEAR_FAR;
}

/* ---- by title ---- */

static bool sorts_differ(const struct match_side *one, const struct match_side *other)
{
    return one->sort != other->sort;
}

/* Where it stands says as much as who wrote it: the same volume and first page, or the same first
 * page alone, of whatever the journal was called then. */
static bool place_allows(const struct match_levels *levels)
{
    if (levels->page == PLACE_SAME && levels->volume != PLACE_DIFFERENT)
        return true;
    return levels->page != PLACE_DIFFERENT && levels->volume != PLACE_DIFFERENT &&
           levels->journal != PLACE_DIFFERENT;
}

/* What must hold for a yes, whatever the score. A letter and its reply may share a page, and one
 * article may have several corrections of one title. */
static bool may_be_same(const struct match_side *one, const struct match_side *other,
                        const struct match *match)
{
    const struct match_levels *levels = &match->levels;
    if (sorts_differ(one, other) || levels->year == YEAR_FAR)
        return false;
    if (one->sort >= SORT_NOTICE && levels->page != PLACE_SAME)
        return false;
    if (same_place(levels))
        return (levels->title >= TITLE_LONGER || match->similarity >= alike_in_place) &&
               levels->year >= YEAR_NEXT && levels->author >= AUTHOR_ELSEWHERE;
    /* A title that is cut, or short, may be another's: then the journal or the page must agree. */
    bool telling = levels->title >= TITLE_MISSPELT && levels->title != TITLE_SAME_SHORT;
    bool placed = levels->journal == PLACE_SAME || levels->page == PLACE_SAME;
    return levels->title >= TITLE_CUT && (telling || placed) && levels->author >= AUTHOR_NEAR &&
           levels->year != YEAR_TWO && place_allows(levels);
}

/* What rules even a maybe out. */
static bool must_differ(const struct match_side *one, const struct match_side *other,
                        const struct match_levels *levels, bool numbers_differ)
{
    bool only_protocol = one->sort <= SORT_PROTOCOL && other->sort <= SORT_PROTOCOL;
    return (sorts_differ(one, other) && !only_protocol) || levels->title <= TITLE_UNLIKE ||
           levels->year == YEAR_FAR || (numbers_differ && !same_place(levels));
}

static enum match_answer answer_by_title(const struct match_side *one,
                                         const struct match_side *other, const struct match *match,
                                         bool numbers_differ)
{
    if (must_differ(one, other, &match->levels, numbers_differ) ||
        match->score < match_possible_bits)
        return MATCH_DIFFERENT;
    if (!numbers_differ && match->score >= match_same_bits && may_be_same(one, other, match))
        return MATCH_SAME;
    return MATCH_POSSIBLE;
}

static struct match look(const struct match_side *one, const struct match_side *other,
                         bool *numbers_differ)
{
    struct match match = {.reason = "title", .similarity = NAN};
    const struct match_title *beside = NULL;
    const struct match_title *title = best_titles(one, other, &beside, &match.levels.title);
    *numbers_differ = title != NULL && match_numbers_differ(title, beside);
    if (title != NULL)
        match.similarity = match_title_similarity(title, beside);
    match.levels.author = match_author_level(one, other);
    match.levels.year = match_year_level(one, other);
    match.levels.journal = match_journal_level(one, other);
    match.levels.volume = match_volume_level(one, other);
    match.levels.page = match_page_level(one, other);
    match.score = bits_of(&match.levels);
    return match;
}

/* ---- two records ---- */

static const char *shared_identifier(const struct record *one, const struct record *other)
{
    if (equal(one->pmid, other->pmid))
        return "pmid";
    if (one->doi != NULL && other->doi != NULL && !dois_differ(one->doi, other->doi))
        return "doi";
    return equal(one->pmcid, other->pmcid) ? "pmcid" : NULL;
}

/* Different DOIs of what stands in the same place may be two names of one article. */
static enum match_answer answer_contradicted(const struct match *match, bool by_doi_alone)
{
    bool same_words = match->levels.title >= TITLE_MISSPELT;
    return by_doi_alone && same_words && same_place(&match->levels) ? MATCH_POSSIBLE
                                                                    : MATCH_DIFFERENT;
}

static enum match_answer answer_for_registrations(const struct match_side *one,
                                                  const struct match_side *other)
{
    bool both = one->sort == SORT_REGISTRATION && other->sort == SORT_REGISTRATION;
    return both && equal(one->record->registrations[0], other->record->registrations[0])
               ? MATCH_SAME
               : MATCH_DIFFERENT;
}

struct match match_compare(const struct match_side *one, const struct match_side *other)
{
    const struct record *record = one->record;
    const struct record *beside = other->record;
    bool numbers_differ = false;
    struct match match = look(one, other, &numbers_differ);
    if (one->sort == SORT_REGISTRATION || other->sort == SORT_REGISTRATION) {
        match.reason = "registration";
        match.answer = answer_for_registrations(one, other);
        return match;
    }
    const char *shared = shared_identifier(record, beside);
    if (differ(record->pmid, beside->pmid) || of_single_source(record, beside)) {
        match.answer = MATCH_DIFFERENT;
    } else if (shared != NULL) {
        match.reason = shared;
        match.answer = is_believable(one, other, &match.levels) ? MATCH_SAME : MATCH_POSSIBLE;
    } else if (dois_differ(record->doi, beside->doi) || differ(record->pmcid, beside->pmcid)) {
        match.answer = answer_contradicted(&match, !differ(record->pmcid, beside->pmcid));
    } else {
        match.answer = answer_by_title(one, other, &match, numbers_differ);
    }
    return match;
}

/* ---- a publication ---- */

/* One record's contradiction stands unless another has the very same identifier. */
static bool contradicts_one(const struct match_side *record, const struct match_side *member,
                            const struct match_side *const *members, size_t count)
{
    const struct record *one = record->record;
    const struct record *other = member->record;
    bool pmid = differ(one->pmid, other->pmid);
    bool doi = dois_differ(one->doi, other->doi);
    bool pmcid = differ(one->pmcid, other->pmcid);
    for (size_t i = 0; i < count; i++) {
        pmid = pmid && !equal(one->pmid, members[i]->record->pmid);
        doi = doi &&
              (members[i]->record->doi == NULL || dois_differ(one->doi, members[i]->record->doi)) &&
              !equal(one->pmid, members[i]->record->pmid);
        pmcid = pmcid && !equal(one->pmcid, members[i]->record->pmcid);
    }
    return pmid || doi || pmcid || of_single_source(one, other);
}

bool match_contradicts(const struct match_side *record, const struct match_side *const *members,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (contradicts_one(record, members[i], members, count))
            return true;
    return false;
}

struct match match_publication(const struct match_side *record,
                               const struct match_side *const *members, size_t count)
{
    struct match best = {.answer = MATCH_DIFFERENT, .reason = "title", .similarity = NAN};
    for (size_t i = 0; i < count; i++) {
        struct match found = match_compare(record, members[i]);
        if (i == 0 || found.answer > best.answer ||
            (found.answer == best.answer && found.score > best.score))
            best = found;
    }
    if (best.answer == MATCH_SAME && match_contradicts(record, members, count))
        best.answer = MATCH_POSSIBLE;
    return best;
}
