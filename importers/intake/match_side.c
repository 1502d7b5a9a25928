#include "importers/intake/match_side.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"

enum {
    AUTHORS_LOOKED_AT = 30,
    JOURNAL_WORDS_MOST = 24,
    NAME_PARTS_MOST = 6,
    ACRONYM_LEAST = 3,
    PAGE_MOST = 100000000
};

/* ---- folding ---- */

static struct text_words cut(const char *text, struct arena *arena)
{
    return text == NULL ? (struct text_words){0} : text_cut(text, strlen(text), arena);
}

static struct match_name name_of(const struct author *author, struct arena *arena)
{
    struct match_name name = {0};
    struct text_words words = cut(author->family != NULL ? author->family : author->group, arena);
    const char **parts = arena_array(arena, NAME_PARTS_MOST, sizeof *parts);
    struct buffer whole = {0};
    struct buffer joined = {0};
    for (size_t i = 0; i < words.count && name.count < NAME_PARTS_MOST; i++) {
        buffer_text(&whole, words.items[i].folded);
        if (words.count > 1 && match_word_listed(words.items[i].folded, match_particles))
            continue;
        buffer_text(&joined, words.items[i].folded);
        parts[name.count++] = words.items[i].folded;
    }
    name.whole = arena_strdup(arena, buffer_string(&whole));
    name.joined = arena_strdup(arena, buffer_string(&joined));
    buffer_release(&whole);
    buffer_release(&joined);
    struct text_words given = cut(author->given, arena);
    name.parts = parts;
    name.given = given.count == 0 ? NULL : given.items[0].folded;
    return name;
}

static void take_authors(struct match_side *side, struct arena *arena)
{
    const struct record *record = side->record;
    size_t most =
        record->author_count < AUTHORS_LOOKED_AT ? record->author_count : AUTHORS_LOOKED_AT;
    struct match_name *authors = arena_array(arena, most, sizeof *authors);
    for (size_t i = 0; i < most; i++) {
        authors[side->author_count] = name_of(&record->authors[i], arena);
        if (authors[side->author_count].count > 0)
            side->author_count++;
    }
    side->authors = authors;
}

static void take_journal(struct match_side *side, struct arena *arena)
{
    struct text_words words = cut(side->record->journal, arena);
    const char **journal = arena_array(arena, JOURNAL_WORDS_MOST, sizeof *journal);
    for (size_t i = 0; i < words.count && side->journal_words < JOURNAL_WORDS_MOST; i++)
        if (!match_word_listed(words.items[i].folded, match_journal_stop_words))
            journal[side->journal_words++] = words.items[i].folded;
    side->journal = journal;
}

/* "S12-5", "e0123", "1137-1142, viii", "222; author reply 222": where it begins and ends. */
static void take_pages(struct match_side *side)
{
    const char *text = side->record->pages;
    if (text == NULL)
        return;
    text += strcspn(text, "0123456789");
    if (*text == '\0')
        return;
    if (text > side->record->pages && isalpha((unsigned char)text[-1]))
        side->page_letter = (char)tolower((unsigned char)text[-1]);
    char *end = NULL;
    side->first_page = strtol(text, &end, 10);
    size_t digits = (size_t)(end - text);
    side->last_page = side->first_page;
    if (side->first_page > PAGE_MOST)
        side->first_page = side->last_page = 0;
    const char *dash = end + strspn(end, " -\xE2\x80\x93\x94");
    if (dash == end || !isdigit((unsigned char)*dash))
        return;
    char *after = NULL;
    long last = strtol(dash, &after, 10);
    long unit = 1;
    /* "1137-42": the digits that stay the same are left out. */
    for (size_t i = 0; i < (size_t)(after - dash) && i < digits; i++)
        unit *= 10;
    if (last < side->first_page)
        last += side->first_page / unit * unit;
    if (last >= side->first_page && last <= PAGE_MOST)
        side->last_page = last;
}

static void take_volume(struct match_side *side, struct arena *arena)
{
    struct text_words words = cut(side->record->volume, arena);
    for (size_t i = 0; i < words.count; i++)
        if (strpbrk(words.items[i].folded, "0123456789") != NULL) {
            side->volume = words.items[i].folded;
            return;
        }
}

/* ---- sorts ---- */

static enum match_sort sort_of_type(const char *type, struct arena *arena)
{
    struct text_words words = cut(type, arena);
    struct buffer joined = {0};
    enum match_sort sort = SORT_ARTICLE;
    for (size_t i = 0; i < words.count; i++)
        buffer_printf(&joined, "%s%s", i == 0 ? "" : " ", words.items[i].folded);
    for (const struct match_type *known = match_types; known->words != NULL; known++)
        if (strcmp(known->words, buffer_string(&joined)) == 0)
            sort = known->sort;
    buffer_release(&joined);
    return sort;
}

/* '#' in the pattern is any digit. */
static bool begins_like(const char *text, const char *pattern)
{
    for (; *pattern != '\0'; pattern++, text++)
        if (*pattern == '#' ? !isdigit((unsigned char)*text) : *pattern != *text)
            return false;
    return true;
}

static bool is_preprint_doi(const char *doi)
{
    for (const char *const *pattern = match_preprint_dois; doi != NULL && *pattern != NULL;
         pattern++)
        if (begins_like(doi, *pattern))
            return true;
    return false;
}

static bool is_registration(const struct record *record)
{
    return record->registrations != NULL && record->registrations[0] != NULL &&
           record->source_id != NULL && strcmp(record->registrations[0], record->source_id) == 0;
}

static enum match_sort sort_of(const struct match_side *side, struct arena *arena)
{
    const struct record *record = side->record;
    if (is_registration(record))
        return SORT_REGISTRATION;
    if (side->title_count > 0 && side->titles[0].sort > SORT_PROTOCOL)
        return side->titles[0].sort;
    if (is_preprint_doi(record->doi))
        return SORT_PREPRINT;
    for (const char *const *type = record->publication_types; type != NULL && *type != NULL;
         type++) {
        enum match_sort sort = sort_of_type(*type, arena);
        if (sort != SORT_ARTICLE)
            return sort;
    }
    return side->title_count > 0 ? side->titles[0].sort : SORT_ARTICLE;
}

/* ---- a side ---- */

static void add_title(struct match_side *side, const char *text, struct arena *arena)
{
    if (text == NULL || side->title_count == MATCH_TITLES_MOST)
        return;
    struct match_title title = match_title_of(text, arena);
    if (title.count > 0)
        side->titles[side->title_count++] = title;
}

const struct match_side *match_side_new(const struct record *record, struct arena *arena)
{
    struct match_side *side = arena_alloc(arena, sizeof *side);
    side->record = record;
    add_title(side, record->title, arena);
    for (const char *const *other = record->other_titles; other != NULL && *other != NULL; other++)
        add_title(side, *other, arena);
    take_authors(side, arena);
    take_journal(side, arena);
    take_volume(side, arena);
    take_pages(side);
    side->sort = sort_of(side, arena);
    return side;
}

/* ---- authors ---- */

static size_t shared_parts(const struct match_name *one, const struct match_name *other)
{
    size_t shared = 0;
    for (size_t i = 0; i < one->count; i++)
        for (size_t j = 0; j < other->count; j++)
            if (strcmp(one->parts[i], other->parts[j]) == 0) {
                shared++;
                break;
            }
    return shared;
}

/* "van Zyl" and "VANZYL", "Daniels-McQueen" and "DANIELSMCQUEEN". */
static bool same_run_together(const struct match_name *one, const struct match_name *other)
{
    return strcmp(one->whole, other->whole) == 0 || strcmp(one->joined, other->joined) == 0 ||
           strcmp(one->whole, other->joined) == 0 || strcmp(one->joined, other->whole) == 0;
}

static enum author_level compare_names(const struct match_name *one, const struct match_name *other)
{
    size_t shared = shared_parts(one, other);
    if ((shared == one->count && shared == other->count) || same_run_together(one, other))
        return AUTHOR_SAME;
    if (shared > 0 && (shared == one->count || shared == other->count))
        return AUTHOR_NEAR;
    if (one->count == 1 && other->count == 1 && match_words_near(one->parts[0], other->parts[0]))
        return AUTHOR_NEAR;
    /* Family and given name the other way round. */
    bool turned = one->given != NULL && other->given != NULL && one->count == 1 &&
                  other->count == 1 && strcmp(one->given, other->parts[0]) == 0 &&
                  strcmp(other->given, one->parts[0]) == 0;
    return turned ? AUTHOR_NEAR : AUTHOR_DIFFERENT;
}

static bool is_among(const struct match_name *name, const struct match_side *side)
{
    for (size_t i = 0; i < side->author_count; i++)
        if (compare_names(name, &side->authors[i]) == AUTHOR_SAME)
            return true;
    return false;
}

enum author_level match_author_level(const struct match_side *one, const struct match_side *other)
{
    if (one->author_count == 0 || other->author_count == 0)
        return AUTHOR_UNKNOWN;
    enum author_level level = compare_names(&one->authors[0], &other->authors[0]);
    if (level != AUTHOR_DIFFERENT)
        return level;
    if (is_among(&one->authors[0], other) || is_among(&other->authors[0], one))
        return AUTHOR_ELSEWHERE;
    return AUTHOR_DIFFERENT;
}

/* ---- journal ---- */

/* "j vet intern med" and "journal veterinary internal medicine": word by word the beginning; what
 * the longer has after its last is a place or a section. */
static bool abbreviates(const struct match_side *shorter, const struct match_side *longer)
{
    if (shorter->journal_words > longer->journal_words)
        return false;
    for (size_t i = 0; i < shorter->journal_words; i++) {
        const char *one = shorter->journal[i];
        const char *other = longer->journal[i];
        size_t length = strlen(one);
        size_t other_length = strlen(other);
        if (strncmp(one, other, length < other_length ? length : other_length) != 0)
            return false;
    }
    return true;
}

/* "jama" and "journal american medical association". */
static bool is_acronym_of(const struct match_side *shorter, const struct match_side *longer)
{
    if (shorter->journal_words == 0 || strlen(shorter->journal[0]) < ACRONYM_LEAST ||
        strlen(shorter->journal[0]) > longer->journal_words)
        return false;
    const char *letters = shorter->journal[0];
    for (size_t i = 0; letters[i] != '\0'; i++)
        if (longer->journal[i][0] != letters[i])
            return false;
    return true;
}

/* Digits and X alone, four and four. */
static bool next_issn(const char **at, char out[9])
{
    size_t length = 0;
    for (; **at != '\0'; (*at)++) {
        char c = (char)toupper((unsigned char)**at);
        if (c == '-')
            continue;
        if (!isdigit((unsigned char)c) && c != 'X') {
            length = 0;
            continue;
        }
        out[length++] = c;
        if (length == 8) {
            (*at)++;
            out[8] = '\0';
            return true;
        }
    }
    return false;
}

static bool share_issn(const char *one, const char *other)
{
    char issn[9];
    char other_issn[9];
    for (const char *at = one; at != NULL && next_issn(&at, issn);)
        for (const char *with = other; with != NULL && next_issn(&with, other_issn);)
            if (strcmp(issn, other_issn) == 0)
                return true;
    return false;
}

enum place_level match_journal_level(const struct match_side *one, const struct match_side *other)
{
    if (share_issn(one->record->issn, other->record->issn))
        return PLACE_SAME;
    if (one->journal_words == 0 || other->journal_words == 0)
        return PLACE_UNKNOWN;
    bool same = abbreviates(one, other) || abbreviates(other, one) || is_acronym_of(one, other) ||
                is_acronym_of(other, one);
    return same ? PLACE_SAME : PLACE_DIFFERENT;
}

/* ---- volume, page, year ---- */

enum place_level match_volume_level(const struct match_side *one, const struct match_side *other)
{
    if (one->volume == NULL || other->volume == NULL)
        return PLACE_UNKNOWN;
    return strcmp(one->volume, other->volume) == 0 ? PLACE_SAME : PLACE_DIFFERENT;
}

/* Before it is printed an article has the pages 1 to n, and in many electronic journals for ever:
 * page 1 tells nothing. */
static bool tells_no_page(const struct match_side *side)
{
    return side->first_page <= 1;
}

/* No two articles share two pages; one that is said to begin a page later may be the same. */
static bool overlap(const struct match_side *one, const struct match_side *other)
{
    long from = one->first_page > other->first_page ? one->first_page : other->first_page;
    long to = one->last_page < other->last_page ? one->last_page : other->last_page;
    return to > from;
}

enum place_level match_page_level(const struct match_side *one, const struct match_side *other)
{
    if (tells_no_page(one) || tells_no_page(other))
        return PLACE_UNKNOWN;
    if (one->first_page == other->first_page || overlap(one, other))
        return PLACE_SAME;
    /* A number in an electronic journal stands beside the pages of the printed one. */
    return one->page_letter != other->page_letter ? PLACE_UNKNOWN : PLACE_DIFFERENT;
}

enum year_level match_year_level(const struct match_side *one, const struct match_side *other)
{
    if (one->record->year == COUNT_UNKNOWN || other->record->year == COUNT_UNKNOWN)
        return YEAR_UNKNOWN;
    int apart = abs(one->record->year - other->record->year);
    if (apart == 0)
        return YEAR_SAME;
    if (apart == 1)
        return YEAR_NEXT;
    return apart == 2 ? YEAR_TWO : YEAR_FAR;
}
