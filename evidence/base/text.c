#include "evidence/base/text.h"

#include <string.h>

#include "evidence/base/eight.h"

/* ---- UTF-8 ---- */

static bool continues(const char *bytes, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (((unsigned char)bytes[i] & 0xC0) != 0x80)
            return false;
    return true;
}

size_t text_decode_long(const char *bytes, size_t length, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)bytes[0];
    *code = TEXT_NO_CHARACTER;
    size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || size > length || !continues(bytes, size))
        return 1;
    uint32_t value = first & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++)
        value = value << 6 | ((unsigned char)bytes[i] & 0x3Fu);
    if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 1;
    *code = value;
    return size;
}

size_t text_ascii_run(const char *bytes, size_t length)
{
    size_t at = 0;
    for (; at + sizeof(uint64_t) <= length; at += sizeof(uint64_t)) {
        size_t run = eight_before(eight_of(bytes + at), 0);
        if (run < sizeof(uint64_t))
            return at + run;
    }
    while (at < length && (unsigned char)bytes[at] < 0x80)
        at++;
    return at;
}

size_t text_code_points(const char *bytes, size_t length)
{
    size_t count = 0;
    uint32_t code = 0;
    for (size_t at = 0; at < length; count++)
        at += text_decode(bytes + at, length - at, &code);
    return count;
}

size_t text_bytes_of(const char *bytes, size_t length, size_t most)
{
    size_t at = 0;
    uint32_t code = 0;
    for (size_t count = 0; at < length && count < most; count++)
        at += text_decode(bytes + at, length - at, &code);
    return at;
}

/* ---- folding ---- */

/* U+00C0 to U+017F and U+1E00 to U+1EFF by their compatibility decompositions (Unicode 15), a
 * space where there is no single ASCII letter. */
static const char latin[] = "aaaaaa ceeeeiiiidnooooo ouuuuy  aaaaaa ceeeeiiiidnooooo ouuuuy y"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii  jjkkklllllll"
                            "lllnnnnnnnnnoooooo  rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static const char latin_additional[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwy s    aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy      ";

static const struct {
    uint32_t code;
    const char *letters;
} ligatures[] = {
    {0xC6, "ae"},   {0xDE, "th"},   {0xDF, "ss"},   {0xE6, "ae"},    {0xFE, "th"},
    {0x132, "ij"},  {0x133, "ij"},  {0x152, "oe"},  {0x153, "oe"},   {0x1E9E, "ss"},
    {0xFB00, "ff"}, {0xFB01, "fi"}, {0xFB02, "fl"}, {0xFB03, "ffi"}, {0xFB04, "ffl"},
    {0xFB05, "st"}, {0xFB06, "st"},
};

enum part {
    PART_LETTER,
    PART_DROPPED,
    PART_APOSTROPHE,
    PART_AND,
    PART_SPACE,
    PART_BREAK,
    PART_STOP
};

static enum part part_of_ascii(uint32_t code)
{
    if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
        (code >= '0' && code <= '9'))
        return PART_LETTER;
    switch (code) {
    case '\'':
    case '`':
        return PART_APOSTROPHE;
    case '&':
        return PART_AND;
    case '.':
        return PART_STOP;
    case ',':
    case ';':
    case ':':
    case '!':
    case '?':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case '"':
    case '\n':
    case '\r':
    case '|':
        return PART_BREAK;
    default:
        return PART_SPACE;
    }
}

static bool within(uint32_t code, uint32_t first, uint32_t last)
{
    return code >= first && code <= last;
}

/* Combining marks, the trade marks, soft hyphens, joiners and marks of direction. */
static bool is_dropped(uint32_t code)
{
    return within(code, 0x300, 0x36F) || code == 0xA9 || code == 0xAE || code == 0x2120 ||
           code == 0x2122 || code == 0xAD || within(code, 0x200B, 0x200F) ||
           within(code, 0x202A, 0x202E) || within(code, 0x2060, 0x206F) || code == 0xFEFF ||
           within(code, 0xFE00, 0xFE0F);
}

static bool is_break(uint32_t code)
{
    return within(code, 0x201C, 0x201F) || code == 0x2026 || code == 0xAB || code == 0xBB ||
           code == 0x60C || code == 0x61B || code == 0x61F || code == 0x3001 || code == 0x3002 ||
           code == 0xFF0C || code == 0xFF1F || code == 0xFF01 || code == 0x2028 || code == 0x2029;
}

/* Spaces, dashes, symbols, pictures and what no one assigned. */
static bool is_space(uint32_t code)
{
    return code == TEXT_NO_CHARACTER || within(code, 0x80, 0xBF) || code == 0xD7 || code == 0xF7 ||
           within(code, 0x2000, 0x2BFF) || within(code, 0x2E00, 0x2E7F) ||
           within(code, 0x3000, 0x3004) || within(code, 0x3008, 0x3020) || code == 0x1680 ||
           within(code, 0xE000, 0xF8FF) || within(code, 0xFFE0, 0xFFFF) ||
           within(code, 0x1F000, 0x1FAFF) || code >= 0xE0000;
}

static enum part part_of(uint32_t code)
{
    if (code < 0x80)
        return part_of_ascii(code);
    if (code == 0x2018 || code == 0x2019 || code == 0x2BC || code == 0xB4)
        return PART_APOSTROPHE;
    if (is_dropped(code))
        return PART_DROPPED;
    if (is_break(code))
        return PART_BREAK;
    return is_space(code) ? PART_SPACE : PART_LETTER;
}

/* Writes the folded form of a letter, at most four bytes; `bytes` are its own. */
static size_t fold(uint32_t code, const char *bytes, size_t size, char out[4])
{
    if (within(code, 0xFF10, 0xFF5A))
        code -= 0xFEE0;
    out[0] = ' ';
    if (code < 0x80)
        out[0] = (char)(code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code);
    else if (within(code, 0xC0, 0x17F))
        out[0] = latin[code - 0xC0];
    else if (within(code, 0x1E00, 0x1EFF))
        out[0] = latin_additional[code - 0x1E00];
    if (out[0] != ' ')
        return 1;
    for (size_t i = 0; i < sizeof ligatures / sizeof *ligatures; i++)
        if (ligatures[i].code == code) {
            size_t length = strlen(ligatures[i].letters);
            memcpy(out, ligatures[i].letters, length);
            return length;
        }
    memcpy(out, bytes, size);
    return size;
}

/* ---- words ---- */

enum { SEEN_WORDS = 512 };

struct cutting {
    struct arena *arena;
    struct text_word *words;
    size_t count;
    size_t room;
    char folded[TEXT_LONGEST_WORD + 1];
    size_t length;  /* of `folded` */
    size_t letters; /* of the word, those cut off included */
    size_t start;
    size_t end;
    bool apart;                /* of the next word */
    uint32_t seen[SEEN_WORDS]; /* by hash of their letters: words cut before, from 1; 0: none */
};

/* FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint32_t hash_of(const char *letters, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)letters[i]) * 16777619u;
    return hash ^ hash >> 16;
}

static void make_room(struct cutting *cutting)
{
    if (cutting->count < cutting->room)
        return;
    size_t room = cutting->room == 0 ? 4 : cutting->room * 2;
    struct text_word *words = arena_room(cutting->arena, room, sizeof *words);
    if (cutting->count > 0)
        memcpy(words, cutting->words, cutting->count * sizeof *words);
    cutting->words = words;
    cutting->room = room;
}

/* Gives the word just cut its strings: those of an earlier one that is the same, or new ones. Texts
 * say most of their words more than once. */
static void spell(struct cutting *cutting, struct text_word *word)
{
    size_t length = cutting->length;
    uint32_t *seen = &cutting->seen[hash_of(cutting->folded, length) % SEEN_WORDS];
    const struct text_word *earlier = *seen == 0 ? NULL : &cutting->words[*seen - 1];
    *seen = (uint32_t)cutting->count + 1;
    if (earlier != NULL && earlier->folded_length == length &&
        memcmp(earlier->folded, cutting->folded, length) == 0) {
        *word = *earlier;
        return;
    }
    word->folded_length = length;
    word->folded = arena_strndup(cutting->arena, cutting->folded, length);
    word->stem_length = text_stem(cutting->folded, length);
    bool same = word->stem_length == length && memcmp(cutting->folded, word->folded, length) == 0;
    word->stem =
        same ? word->folded : arena_strndup(cutting->arena, cutting->folded, word->stem_length);
}

static void end_word(struct cutting *cutting)
{
    if (cutting->letters == 0)
        return;
    make_room(cutting);
    struct text_word *word = &cutting->words[cutting->count];
    spell(cutting, word);
    word->start = cutting->start;
    word->end = cutting->end;
    word->apart = cutting->apart;
    cutting->count++;
    cutting->apart = false;
    cutting->length = 0;
    cutting->letters = 0;
}

static void add_letters(struct cutting *cutting, const char *letters, size_t count, size_t at,
                        size_t size)
{
    if (cutting->letters == 0)
        cutting->start = at;
    cutting->end = at + size;
    cutting->letters++;
    if (cutting->length + count > TEXT_LONGEST_WORD)
        return;
    memcpy(cutting->folded + cutting->length, letters, count);
    cutting->length += count;
}

static size_t run_of_letters(const char *text, size_t length)
{
    size_t size = 0;
    while (size < length && text[size] >= 'a' && text[size] <= 'z')
        size++;
    return size;
}

/* As many letters of a byte each, which nothing parts. */
static void add_run(struct cutting *cutting, const char *letters, size_t at, size_t count)
{
    size_t room = TEXT_LONGEST_WORD - cutting->length;
    size_t taken = count < room ? count : room;
    if (cutting->letters == 0)
        cutting->start = at;
    cutting->end = at + count;
    cutting->letters += count;
    memcpy(cutting->folded + cutting->length, letters, taken);
    cutting->length += taken;
}

static void add_and(struct cutting *cutting, size_t at)
{
    end_word(cutting);
    add_letters(cutting, "and", 3, at, 1);
    end_word(cutting);
}

static void add_stop(struct cutting *cutting)
{
    bool abbreviated = cutting->letters == 1 || cutting->letters == 2;
    end_word(cutting);
    if (!abbreviated)
        cutting->apart = true;
}

/* How many words there are in plain text, and about how many in any: phrases are kept by the
 * thousand, so room that is not needed counts. */
static size_t count_runs(const char *text, size_t length)
{
    size_t runs = 0;
    bool inside = false;
    for (size_t i = 0; i < length; i++) {
        bool outside = text[i] == ' ' || text[i] == '-' || text[i] == '\n';
        runs += !outside && !inside;
        inside = !outside;
    }
    return runs;
}

/* A longer text is read once and let go: more room than it takes costs nothing. */
static size_t room_for(const char *text, size_t length)
{
    enum { LONGEST_PHRASE = 100, BYTES_A_WORD = 4 };
    return length > LONGEST_PHRASE ? length / BYTES_A_WORD : count_runs(text, length);
}

struct text_words text_cut(const char *text, size_t length, struct arena *arena)
{
    struct cutting cutting = {.arena = arena, .room = room_for(text, length)};
    if (cutting.room > 0)
        cutting.words = arena_room(arena, cutting.room, sizeof *cutting.words);
    size_t size = 0;
    for (size_t at = 0; at < length; at += size) {
        uint32_t code = 0;
        char letters[4];
        size = run_of_letters(text + at, length - at);
        if (size > 0) { /* nearly always, and the same below one by one */
            add_run(&cutting, text + at, at, size);
            continue;
        }
        if (text[at] == ' ') {
            end_word(&cutting);
            size = 1;
            continue;
        }
        size = text_decode(text + at, length - at, &code);
        switch (part_of(code)) {
        case PART_LETTER:
            add_letters(&cutting, letters, fold(code, text + at, size, letters), at, size);
            break;
        case PART_DROPPED:
        case PART_APOSTROPHE:
            break;
        case PART_AND:
            add_and(&cutting, at);
            break;
        case PART_STOP:
            add_stop(&cutting);
            break;
        case PART_SPACE:
        case PART_BREAK:
            end_word(&cutting);
            cutting.apart |= part_of(code) == PART_BREAK;
            break;
        }
    }
    end_word(&cutting);
    return (struct text_words){.items = cutting.words, .count = cutting.count};
}

/* ---- stems ---- */

enum { LEAST_STEM = 5 };

static bool ends_with(const char *word, size_t length, const char *ending)
{
    size_t size = strlen(ending);
    return length >= size && memcmp(word + length - size, ending, size) == 0;
}

/* Words whose s is no plural, and which would become another word without it. */
static bool keeps_its_s(const char *word, size_t length)
{
    enum { KEPT_LETTERS = 4 };
    static const char kept[][KEPT_LETTERS + 1] = {"tens", "doms", "does", "news", "lens"};
    for (size_t i = 0; length == KEPT_LETTERS && i < sizeof kept / sizeof *kept; i++)
        if (memcmp(word, kept[i], KEPT_LETTERS) == 0)
            return true;
    return ends_with(word, length, "ss") || ends_with(word, length, "us") ||
           ends_with(word, length, "is");
}

static size_t without_plural(char *word, size_t length)
{
    if (length < 4 || word[length - 1] != 's' || keeps_its_s(word, length))
        return length;
    if (length > 4 && ends_with(word, length, "ies")) {
        word[length - 3] = 'y';
        return length - 2;
    }
    bool hissing = ends_with(word, length, "ches") || ends_with(word, length, "shes") ||
                   ends_with(word, length, "xes") || ends_with(word, length, "sses");
    return hissing && length > 5 ? length - 2 : length - 1;
}

static size_t remove_byte(char *word, size_t length, size_t at)
{
    memmove(word + at, word + at + 1, length - at - 1);
    return length - 1;
}

/* The American form, but -ise for -ize: each rule shortens or keeps, so that it can work in place.
 */
static size_t with_one_spelling(char *word, size_t length)
{
    if (length < LEAST_STEM)
        return length;
    if (memcmp(word, "oe", 2) == 0)
        length = remove_byte(word, length, 0);
    for (size_t i = 0; i + 2 < length; i++) {
        if (word[i] == 'a' && word[i + 1] == 'e')
            length = remove_byte(word, length, i);
        bool ize = (word[i] == 'i' || word[i] == 'y') && word[i + 1] == 'z';
        if (i > 1 && ize && strchr("eai", word[i + 2]) != NULL)
            word[i + 1] = 's';
    }
    if (length > 5 && memcmp(word, "sulph", 5) == 0) {
        word[3] = 'f';
        length = remove_byte(word, length, 4);
    }
    if (ends_with(word, length, "our"))
        length = remove_byte(word, length, length - 2);
    else if (ends_with(word, length, "mme"))
        length -= 2;
    else if (ends_with(word, length, "tre"))
        memcpy(word + length - 3, "ter", 3);
    return length;
}

size_t text_stem(char *word, size_t length)
{
    length = without_plural(word, length);
    length = with_one_spelling(word, length);
    if (ends_with(word, length, "ing") && length >= LEAST_STEM + 3)
        return length - 3;
    if (ends_with(word, length, "ed") && length >= LEAST_STEM + 2)
        return length - 2;
    if (ends_with(word, length, "e") && length >= LEAST_STEM + 1)
        return length - 1;
    return length;
}

/* ---- distance ---- */

enum { PATTERN_BITS = 64 };

void text_pattern_init(struct text_pattern *pattern, const char *bytes, size_t length)
{
    *pattern = (struct text_pattern){.length = length > PATTERN_BITS ? PATTERN_BITS : length};
    for (size_t i = 0; i < pattern->length; i++)
        pattern->places[(unsigned char)bytes[i]] |= (uint64_t)1 << i;
}

/* One column of the table of distances, as differences between neighbouring rows. */
struct column {
    uint64_t rises;    /* bit i: row i + 1 is one more than row i */
    uint64_t falls;    /* bit i: row i + 1 is one less than row i */
    uint64_t diagonal; /* bit i: same as the cell up and to the left */
    uint64_t places;   /* of the byte before, for swaps */
    size_t last;       /* the value of the last row */
};

static void advance(const struct text_pattern *pattern, struct column *column, char byte)
{
    uint64_t places = pattern->places[(unsigned char)byte];
    uint64_t swapped = ((~column->diagonal & places) << 1) & column->places;
    uint64_t diagonal = (((places & column->rises) + column->rises) ^ column->rises) | places |
                        column->falls | swapped;
    uint64_t right_rises = column->falls | ~(diagonal | column->rises);
    uint64_t right_falls = diagonal & column->rises;
    uint64_t last_row = (uint64_t)1 << (pattern->length - 1);
    if ((right_rises & last_row) != 0)
        column->last++;
    if ((right_falls & last_row) != 0)
        column->last--;
    right_rises = right_rises << 1 | 1;
    right_falls <<= 1;
    column->rises = right_falls | ~(diagonal | right_rises);
    column->falls = right_rises & diagonal;
    column->diagonal = diagonal;
    column->places = places;
}

static size_t capped(size_t distance, size_t most)
{
    return distance > most ? most + 1 : distance;
}

size_t text_distance(const struct text_pattern *pattern, const char *text, size_t length,
                     size_t most)
{
    size_t apart = length > pattern->length ? length - pattern->length : pattern->length - length;
    if (apart > most || pattern->length == 0)
        return capped(apart, most);
    struct column column = {.rises = UINT64_MAX, .last = pattern->length};
    for (size_t i = 0; i < length; i++) {
        advance(pattern, &column, text[i]);
        /* The last row falls by at most one a step. */
        if (column.last > most + (length - i - 1))
            return most + 1;
    }
    return capped(column.last, most);
}

size_t text_prefix_distance(const struct text_pattern *pattern, const char *text, size_t length,
                            size_t most)
{
    size_t least = pattern->length;
    size_t steps = length < pattern->length + most ? length : pattern->length + most;
    if (pattern->length == 0)
        return 0;
    struct column column = {.rises = UINT64_MAX, .last = pattern->length};
    for (size_t i = 0; i < steps && least > 0; i++) {
        advance(pattern, &column, text[i]);
        if (column.last < least)
            least = column.last;
        if (least > most && column.last > most + (steps - i - 1))
            return most + 1; /* as in text_distance */
    }
    return capped(least, most);
}
