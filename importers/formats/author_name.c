#include "importers/formats/author_name.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { INITIALS_MOST = 4 };

/* Words that only the names of groups hold. */
static const char *const group_words[] = {"group",
                                          "groups",
                                          "collaboration",
                                          "collaborators",
                                          "collaborative",
                                          "consortium",
                                          "investigators",
                                          "committee",
                                          "network",
                                          "society",
                                          "association",
                                          "organization",
                                          "organisation",
                                          "institute",
                                          "trialists",
                                          "university",
                                          "foundation",
                                          "federation",
                                          "academy",
                                          "college",
                                          "council",
                                          "team",
                                          "taskforce",
                                          "initiative",
                                          "ministry",
                                          "agency",
                                          "department",
                                          "centre",
                                          "center",
                                          "study",
                                          "panel",
                                          "alliance",
                                          "registry",
                                          "program",
                                          "programme",
                                          "hospital",
                                          NULL};

/* Words in lower case that belong to the family name behind them. */
static const char *const particles[] = {
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do",  "du", "la",
    "le",  "ter", "ten", "te",  "zu", "zur", "af",    "av", "al", "el",  "bin", "ibn", "st", NULL};

static const char *const suffixes[] = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", NULL};

static const char *const rest_words[] = {"et al",  "et al.",  "et alii", "others", "and others",
                                         "et. al", "et. al.", "...",     NULL};

static const char *const no_names[] = {"[no authors listed]",
                                       "no authors listed",
                                       "anonymous",
                                       "anon",
                                       "anon.",
                                       "[anonymous]",
                                       "n/a",
                                       "none",
                                       NULL};

/* ---- words ---- */

static bool is_listed(const char *text, size_t length, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strlen(*list) == length && strncasecmp(*list, text, length) == 0)
            return true;
    return false;
}

static const char *skip_blanks(const char *text)
{
    while (*text == ' ')
        text++;
    return text;
}

/* Where a name begins: commas before it part nothing. */
static const char *skip_to_name(const char *text)
{
    return text + strspn(text, " ,;");
}

static size_t trimmed(const char *text, size_t length, const char *trim)
{
    while (length > 0 && strchr(trim, text[length - 1]) != NULL)
        length--;
    return length;
}

/* The last word before `end`; where it begins. */
static size_t last_word(const char *text, size_t end)
{
    while (end > 0 && text[end - 1] != ' ')
        end--;
    return end;
}

/* À to Þ, two bytes. */
static bool is_accented_capital(const char *text, size_t length)
{
    return length >= 2 && (unsigned char)text[0] == 0xC3 && (unsigned char)text[1] <= 0x9E;
}

/* The small letter of "Yu." */
static bool is_second_letter(const char *word, size_t length, size_t i)
{
    return islower((unsigned char)word[i]) && i > 0 && isupper((unsigned char)word[i - 1]) &&
           i + 1 < length && word[i + 1] == '.';
}

/* "JK", "J.K.", "J-K", "Yu.A.": capitals, with full stops or few enough to be no word. */
static bool is_initials(const char *word, size_t length)
{
    size_t capitals = 0;
    for (size_t i = 0; i < length; i++) {
        bool accented = is_accented_capital(word + i, length - i);
        if (accented || isupper((unsigned char)word[i]))
            capitals++;
        else if (word[i] != '.' && word[i] != '-' && !is_second_letter(word, length, i))
            return false;
        i += accented;
    }
    return capitals > 0 && capitals <= INITIALS_MOST;
}

bool author_name_is_rest(const char *text)
{
    text = skip_blanks(text);
    return is_listed(text, trimmed(text, strlen(text), " ,;"), rest_words);
}

/* ---- parts ---- */

static void set(struct author *out, struct arena *arena, const char *family, size_t family_length,
                const char *given, size_t given_length)
{
    family_length = trimmed(family, family_length, " ,");
    given_length = trimmed(given, given_length, " ,");
    *out = (struct author){.family = arena_strndup(arena, family, family_length)};
    if (given_length > 0)
        out->given = arena_strndup(arena, given, given_length);
}

static bool has_group_word(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t end = at;
        while (end < length && text[end] != ' ' && text[end] != ',')
            end++;
        if (is_listed(text + at, trimmed(text + at, end - at, ".)"), group_words))
            return true;
        at = end + 1;
    }
    return false;
}

/* "Center, Sharon A.": people have such names too, and groups have no initials. */
static bool is_person_after_all(const char *text, const char *comma, size_t length)
{
    if (comma == NULL || memchr(text, ' ', (size_t)(comma - text)) != NULL)
        return false;
    bool initials = false;
    for (size_t at = (size_t)(comma - text) + 1; at < length;) {
        size_t size = strcspn(text + at, " ");
        if (size > length - at)
            size = length - at;
        if (is_listed(text + at, trimmed(text + at, size, ".)"), group_words))
            return false;
        initials = initials || (size > 0 && is_initials(text + at, size));
        at += size + 1;
    }
    return initials;
}

/* Where the initials at the end begin ("Adler | D. G. Jr"); `length` if there are none. Behind a
 * given name capitals alone may be the family's: "Wei LI". */
static size_t start_of_initials(const char *text, size_t length, enum name_order order)
{
    size_t start = length;
    for (size_t end = length; end > 0;) {
        size_t word = last_word(text, end);
        size_t size = end - word;
        bool suffix =
            order == NAME_FAMILY_FIRST && start == length && is_listed(text + word, size, suffixes);
        bool doubtful =
            order == NAME_GIVEN_FIRST && size > 1 && memchr(text + word, '.', size) == NULL;
        if (word == 0 || !(suffix || (!doubtful && is_initials(text + word, size))))
            break;
        start = word;
        end = trimmed(text, word, " ");
    }
    return start;
}

/* Where the family name begins in "Ludwig van Beethoven Jr". */
static size_t start_of_family(const char *text, size_t length)
{
    size_t start = last_word(text, length);
    while (start > 0) {
        size_t end = trimmed(text, start, " ");
        size_t word = last_word(text, end);
        bool suffix = is_listed(text + start, length - start, suffixes);
        bool particle =
            islower((unsigned char)text[word]) && is_listed(text + word, end - word, particles);
        if (word == 0 || !(suffix || particle))
            break;
        start = word;
    }
    return start;
}

static void read_without_comma(const char *text, size_t length, enum name_order order,
                               struct arena *arena, struct author *out)
{
    size_t initials = start_of_initials(text, length, order);
    if (initials < length) {
        set(out, arena, text, initials, text + initials, length - initials);
        return;
    }
    size_t family = start_of_family(text, length);
    bool one_word = memchr(text, ' ', length) == NULL;
    if (one_word || (order == NAME_FAMILY_FIRST && family == 0))
        family = 0;
    set(out, arena, text + family, length - family, text, family);
}

bool author_name_read(const char *text, enum name_order order, struct arena *arena,
                      struct author *out)
{
    *out = (struct author){0};
    text = skip_to_name(text);
    size_t length = trimmed(text, strlen(text), " ,;");
    if (length == 0 || is_listed(text, length, rest_words) || is_listed(text, length, no_names))
        return false;
    const char *comma = memchr(text, ',', length);
    if (has_group_word(text, length) && !is_person_after_all(text, comma, length)) {
        /* "Smith, J. for the X Study Group" is still one name to no one. */
        out->group = arena_strndup(arena, text, length);
    } else if (comma != NULL) {
        const char *given = skip_to_name(comma + 1);
        set(out, arena, text, (size_t)(comma - text), given, length - (size_t)(given - text));
    } else {
        read_without_comma(text, length, order, arena, out);
    }
    return true;
}

/* ---- lists ---- */

struct piece {
    const char *start;
    size_t length;
};

struct pieces {
    struct piece *items;
    size_t count;
};

static struct pieces cut_at_commas(const char *text, struct arena *arena)
{
    size_t most = 1;
    for (const char *at = text; (at = strchr(at, ',')) != NULL; at++)
        most++;
    struct pieces pieces = {.items = arena_array(arena, most, sizeof *pieces.items)};
    while (pieces.count < most) {
        text = skip_blanks(text);
        size_t length = strcspn(text, ",");
        pieces.items[pieces.count++] = (struct piece){text, trimmed(text, length, " ")};
        text += length + (text[length] == ',');
    }
    return pieces;
}

/* "Chen L", but not "Smith" nor "W." */
static bool ends_in_initials(struct piece piece)
{
    size_t start = start_of_initials(piece.start, piece.length, NAME_FAMILY_FIRST);
    return start > 0 && start < piece.length;
}

static bool is_all_initials(struct piece piece)
{
    for (size_t at = 0; at < piece.length;) {
        size_t end = at;
        while (end < piece.length && piece.start[end] != ' ')
            end++;
        if (end > at && !is_initials(piece.start + at, end - at))
            return false;
        at = end + 1;
    }
    return piece.length > 0;
}

/* "Li, W., Dou, Z.": every second piece is initials. */
static bool are_pairs(const struct pieces *pieces)
{
    for (size_t i = 1; i < pieces->count; i += 2)
        if (!is_all_initials(pieces->items[i]))
            return false;
    return pieces->count >= 4 && pieces->count % 2 == 0;
}

static bool has_blank(struct piece piece)
{
    return memchr(piece.start, ' ', piece.length) != NULL;
}

/* "Smith, John", "van Dijk, Jan", "Orjalo, A. V., Jr.": one name and no list. */
static bool is_one_name(const struct pieces *pieces)
{
    const struct piece *items = pieces->items;
    size_t count = pieces->count;
    if (count > 1 && is_listed(items[count - 1].start, items[count - 1].length, suffixes))
        count--;
    if (count < 2)
        return true;
    return count == 2 && !ends_in_initials(items[0]) &&
           (!has_blank(items[0]) || !has_blank(items[1]) || is_all_initials(items[1]));
}

static void give(const struct pieces *pieces, size_t first, size_t count,
                 void (*take)(void *, const char *), void *context, struct arena *arena)
{
    const struct piece *last = &pieces->items[first + count - 1];
    const char *start = pieces->items[first].start;
    take(context, arena_strndup(arena, start, (size_t)(last->start + last->length - start)));
}

/* PubMed ends its lists with a full stop: "Chen L, Yu L." */
static void drop_last_stop(const char *text, struct piece *last)
{
    if (last->length > 0 && strchr(text, '.') == last->start + last->length - 1)
        last->length--;
}

static void split_at_commas(const char *text, void (*take)(void *, const char *), void *context,
                            struct arena *arena)
{
    struct pieces pieces = cut_at_commas(text, arena);
    if (is_one_name(&pieces)) {
        take(context, text);
        return;
    }
    drop_last_stop(text, &pieces.items[pieces.count - 1]);
    size_t step = are_pairs(&pieces) ? 2 : 1;
    for (size_t i = 0; i < pieces.count; i += step)
        give(&pieces, i, step, take, context, arena);
}

static const char *find_and(const char *text)
{
    for (; *text != '\0'; text++)
        if (strncasecmp(text, " and ", 5) == 0 || strncmp(text, " & ", 3) == 0)
            return text;
    return NULL;
}

/* Up to the next "and", or to the end; NULL when nothing is left. */
static const char *next_between_and(const char **text, struct arena *arena)
{
    if (*text == NULL)
        return NULL;
    const char *word = find_and(*text);
    const char *between =
        word == NULL ? *text : arena_strndup(arena, *text, (size_t)(word - *text));
    *text = word == NULL ? NULL : skip_blanks(strchr(word + 1, ' '));
    return between;
}

/* "A, B and C, D": where a comma stands in each, it parts family and given name. */
static bool are_all_with_comma(const char *text, struct arena *arena)
{
    size_t count = 0;
    for (const char *name; (name = next_between_and(&text, arena)) != NULL; count++)
        if (strchr(name, ',') == NULL)
            return false;
    return count > 1;
}

static void split_at_words(const char *text, void (*take)(void *, const char *), void *context,
                           struct arena *arena)
{
    bool whole = are_all_with_comma(text, arena);
    for (const char *name; (name = next_between_and(&text, arena)) != NULL;)
        if (whole)
            take(context, name);
        else
            split_at_commas(name, take, context, arena);
}

void author_names_split(const char *text, void (*take)(void *context, const char *name),
                        void *context, struct arena *arena)
{
    if (text == NULL || *text == '\0')
        return;
    if (strchr(text, ';') == NULL) {
        split_at_words(text, take, context, arena);
        return;
    }
    while (*text != '\0') {
        size_t length = strcspn(text, ";");
        if (length > 0)
            take(context, arena_strndup(arena, text, length));
        text += length + (text[length] == ';');
    }
}
