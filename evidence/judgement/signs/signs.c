#include "evidence/judgement/signs/signs.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "evidence/base/text.h"
#include "evidence/model/rulebooks.h"

/* Words of one pattern stand within so many of each other; nobody tells one complaint over more. */
enum { NEAR = 45 };
/* Who writes more than so many words says "I" or "my" somewhere. */
enum { TOLD_WORDS_MOST = 25 };

const struct sign_matcher *signs_of(const struct rulebooks *books, const struct lexicon *lexicon,
                                    struct arena *arena)
{
    return sign_matcher_new(&books->sign_words, lexicon, arena);
}

void signs_attach(struct catalog *catalog, const struct sign_matcher *signs)
{
    catalog_put(catalog, KEPT_SIGNS, (void *)signs); /* nobody writes to it */
}

static void *make_matcher(const struct catalog *catalog, struct arena *arena)
{
    return (void *)signs_of(base_rulebooks(catalog_base(catalog)), catalog_lexicon(catalog), arena);
}

static const struct sign_matcher *matcher_of(const struct catalog *catalog)
{
    return catalog_keep(catalog, KEPT_SIGNS, make_matcher);
}

static const struct sign_words *words_of(const struct catalog *catalog)
{
    return &base_rulebooks(catalog_base(catalog))->sign_words;
}

/* ---- patterns ---- */

struct extent {
    size_t start;
    size_t end;
    size_t first_word;
    size_t last_word;
};

static size_t apart(size_t a, size_t b)
{
    return a < b ? b - a : a - b;
}

/* How many places stand before a word. */
static size_t places_before(const struct sign_places *places, size_t word)
{
    size_t low = 0;
    size_t high = places->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (places->items[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The nearer one of two places, either of which may be NULL. */
static const struct sign_place *nearer(const struct sign_place *a, const struct sign_place *b,
                                       size_t word)
{
    if (a == NULL || b == NULL)
        return a == NULL ? b : a;
    return apart(b->word, word) < apart(a->word, word) ? b : a;
}

/* The place of any of a group's concepts that is nearest to a word; NULL: none is said. */
static const struct sign_place *nearest_of(const struct sign_group *group,
                                           const struct sign_places *places, size_t word)
{
    const struct sign_place *nearest = NULL;
    for (const int *concept = group->concepts; *concept != SIGN_NONE; concept ++) {
        const struct sign_places *said = &places[*concept];
        if (said->count == 0)
            continue;
        size_t before = places_before(said, word);
        if (before > 0)
            nearest = nearer(nearest, &said->items[before - 1], word);
        if (before < said->count)
            nearest = nearer(nearest, &said->items[before], word);
    }
    return nearest;
}

static void widen(struct extent *extent, const struct sign_place *place)
{
    if (place->start < extent->start)
        extent->start = place->start;
    if (place->end > extent->end)
        extent->end = place->end;
    if (place->word < extent->first_word)
        extent->first_word = place->word;
    if (place->word > extent->last_word)
        extent->last_word = place->word;
}

/* All other groups around one place of the first; false where one is missing or too far. */
static bool around(const struct sign_pattern *pattern, const struct sign_places *places,
                   const struct sign_place *first, struct extent *out)
{
    size_t most = pattern->near > 0 ? (size_t)pattern->near : NEAR;
    *out = (struct extent){first->start, first->end, first->word, first->word};
    for (size_t i = 1; i < pattern->group_count; i++) {
        const struct sign_place *place = nearest_of(&pattern->groups[i], places, first->word);
        if (place == NULL)
            return false;
        widen(out, place);
    }
    return out->last_word - out->first_word <= most;
}

static size_t spread(const struct extent *extent)
{
    return extent->last_word - extent->first_word;
}

static void take_closer(const struct sign_pattern *pattern, const struct sign_places *places,
                        const struct sign_places *first, struct extent *closest, bool *found)
{
    for (size_t i = 0; i < first->count; i++) {
        struct extent here;
        if (!around(pattern, places, &first->items[i], &here))
            continue;
        if (!*found || spread(&here) < spread(closest))
            *closest = here;
        *found = true;
    }
}

/* The place where the whole pattern stands closest together. */
static bool stands(const struct sign_pattern *pattern, const struct sign_places *places,
                   struct extent *out)
{
    bool found = false;
    const int *concepts = pattern->groups[0].concepts;
    for (size_t i = 0; concepts[i] != SIGN_NONE; i++)
        take_closer(pattern, places, &places[concepts[i]], out, &found);
    return found;
}

/* ---- red flags ---- */

/* Below 0: `a` is the more urgent one, or else the likelier, or else more urgent of itself. */
static int compare_meant(const struct raised_flag *a, const struct raised_flag *b)
{
    if (a->urgency != b->urgency)
        return (int)a->urgency - (int)b->urgency;
    if (a->parts != b->parts)
        return a->parts > b->parts ? -1 : 1;
    if (a->flag->urgency != b->flag->urgency)
        return (int)a->flag->urgency - (int)b->flag->urgency;
    return (a->apart > b->apart) - (a->apart < b->apart);
}

static int by_urgency(const void *left, const void *right)
{
    const struct raised_flag *a = left;
    const struct raised_flag *b = right;
    int meant = compare_meant(a, b);
    if (meant != 0)
        return meant;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return strcmp(a->flag->id, b->flag->id);
}

/* Each flag once, at its most urgent and likeliest. */
static void raise(struct raised_flag *flags, size_t *count, const struct sign_pattern *pattern,
                  const struct extent *extent)
{
    size_t at = 0;
    while (at < *count && flags[at].flag != pattern->flag)
        at++;
    struct raised_flag raised = {.flag = pattern->flag,
                                 .urgency = pattern->urgency,
                                 .start = extent->start,
                                 .end = extent->end,
                                 .parts = pattern->group_count,
                                 .apart = spread(extent)};
    if (at < *count && compare_meant(&flags[at], &raised) <= 0)
        return;
    flags[at] = raised;
    *count += at == *count;
}

/* What makes it more urgent than the flag is of itself, in the words of the book; "" if nothing. */
static const char *what_makes_it_worse(const struct raised_flag *raised, struct arena *arena)
{
    static const char *const worse[] = {"an emergency", "a matter of today", "a matter of days"};
    for (size_t i = 0; i < raised->flag->escalation_count; i++) {
        const struct escalation *escalation = &raised->flag->escalations[i];
        if (raised->urgency < raised->flag->urgency && escalation->urgency == raised->urgency)
            return arena_printf(arena, "What makes it %s: %s. ", worse[raised->urgency],
                                escalation->when);
    }
    return "";
}

static const char *what_it_may_be(const struct raised_flag *raised, struct arena *arena)
{
    return arena_printf(arena, "%s %s%s", raised->flag->means, what_makes_it_worse(raised, arena),
                        raised->flag->action);
}

static const char *const urgency_words[] = {
    "This may be an emergency: call an ambulance on your country's emergency number, or go to an "
    "emergency department, now.",
    "Ask a doctor, an urgent care line or a clinic about this today.",
    "Have a doctor look at this within days.",
};

static const char nothing_found[] =
    "No warning sign was found in these words. That is no all-clear: if it gets worse, "
    "or something about it worries you, have it looked at.";

static const char *sentence_of(const struct raised_flags *flags, struct arena *arena)
{
    if (flags->count == 0)
        return nothing_found;
    const struct raised_flag *first = &flags->items[0];
    return arena_printf(arena, "%s %s", urgency_words[first->urgency],
                        what_it_may_be(first, arena));
}

void red_flags_in(const struct catalog *catalog, const char *text, size_t length,
                  struct arena *arena, struct raised_flags *out)
{
    const struct sign_words *words = words_of(catalog);
    const struct sign_matcher *matcher = matcher_of(catalog);
    *out = (struct raised_flags){.sentence = nothing_found};
    if (length == 0)
        return;
    const struct sign_places *places = sign_places_of(matcher, text, length, arena);
    struct raised_flag *flags = arena_array(
        arena, base_rulebooks(catalog_base(catalog))->red_flags.count + 1, sizeof *flags);
    size_t count = 0;
    for (size_t i = 0; i < words->pattern_count; i++) {
        struct extent extent;
        if (stands(&words->patterns[i], places, &extent))
            raise(flags, &count, &words->patterns[i], &extent);
    }
    qsort(flags, count, sizeof *flags, by_urgency);
    for (size_t i = 0; i < count; i++)
        flags[i].reason = what_it_may_be(&flags[i], arena);
    *out = (struct raised_flags){.items = flags, .count = count};
    out->sentence = sentence_of(out, arena);
}

/* "I", "my", "me": somebody speaks of themselves. */
static bool is_self(const struct text_word *word)
{
    static const char *const words[] = {"i", "my", "me", "im", "ive", "myself", NULL};
    enum { LONGEST = 6 };
    for (const char *const *self = words; word->folded_length <= LONGEST && *self != NULL; self++)
        if (text_is(word->folded, *self))
            return true;
    return false;
}

/* The words of a text, folded, a space before each and after the last. */
static const char *spaced(const struct text_words *said, struct arena *arena)
{
    struct buffer out = {0};
    for (size_t i = 0; i < said->count; i++) {
        buffer_byte(&out, ' ');
        buffer_append(&out, said->items[i].folded, said->items[i].folded_length);
    }
    buffer_byte(&out, ' ');
    const char *kept = arena_strndup(arena, buffer_string(&out), out.length);
    buffer_release(&out);
    return kept;
}

/* Whether the words, which have spaces around them, stand among those that have, too. */
static bool stands_among(const char *words, const char *sought)
{
    size_t length = strlen(sought);
    for (const char *at = words; (at = strstr(at, sought)) != NULL; at++)
        if (at > words && at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

/* A few words that offer nothing, such as "Can't pee since yesterday.": nobody writes so of others.
 */
static bool is_told_of_self(const struct catalog *catalog, const char *text,
                            const struct text_words *said, struct arena *arena)
{
    if (said->count > TOLD_WORDS_MOST)
        return false;
    const char *words = spaced(said, arena);
    for (const char *const *offer = words_of(catalog)->offers; *offer != NULL; offer++)
        if (stands_among(words, *offer) ||
            (!isalpha((unsigned char)**offer) && strstr(text, *offer) != NULL))
            return false;
    return true;
}

/* Blanks all sentences but those in which somebody speaks of themselves, so that places of what
 * stays are those of the text; false where nothing stays. Words never go across the end of one. */
static bool leave_self(char *text, size_t length, const struct text_words *said)
{
    bool any = false;
    size_t word = 0;
    for (size_t at = 0; at < length;) {
        size_t end = at + strcspn(text + at, ".!?\n");
        bool self = false;
        for (; word < said->count && said->items[word].start < end; word++)
            self = self || is_self(&said->items[word]);
        if (!self)
            memset(text + at, ' ', end - at);
        any = any || self;
        at = end + 1;
    }
    return any;
}

void red_flags_told_in(const struct catalog *catalog, const char *text, size_t length,
                       const struct text_words *words, struct arena *arena,
                       struct raised_flags *out)
{
    struct text_words said = words != NULL ? *words : text_cut(text, length, arena);
    char *told = arena_strndup(arena, text, length);
    bool any = is_told_of_self(catalog, told, &said, arena) || leave_self(told, length, &said);
    red_flags_in(catalog, told, any ? length : 0, arena, out);
}

/* ---- side effects ---- */

bool serious_event_in(const struct catalog *catalog, const char *text, size_t length,
                      struct arena *arena, struct serious_event *out)
{
    if (length == 0)
        return false;
    const struct sign_words *words = words_of(catalog);
    const struct sign_places *places = sign_places_of(matcher_of(catalog), text, length, arena);
    bool found = false;
    for (size_t i = 0; i < words->serious_count; i++) {
        const struct sign_pattern *pattern = &words->serious[i];
        struct extent extent;
        if (!stands(pattern, places, &extent) || (found && out->urgency <= pattern->urgency))
            continue;
        *out = (struct serious_event){pattern->sentence, pattern->urgency};
        found = true;
    }
    return found;
}

/* ---- whom it is not for ---- */

struct told {
    const struct catalog *catalog;
    const struct sign_places *places; /* in what the person told */
    struct arena *arena;
    struct not_for *found;
    size_t count;
    size_t room;
};

static bool is_listed(const struct told *told, const char *state)
{
    for (size_t i = 0; i < told->count; i++)
        if (strcmp(told->found[i].state, state) == 0)
            return true;
    return false;
}

/* A part of a statement that tells whom it is not for, or whom to ask. */
struct clause {
    const char *text;
    size_t length;
    const char *statement; /* the whole */
    bool ask_first;
    const struct backing *backing;
};

/* Each state that both the person and the clause name. */
static void hold_against(struct told *told, const struct clause *clause)
{
    const struct sign_words *words = words_of(told->catalog);
    const struct sign_places *said =
        sign_mentions_of(matcher_of(told->catalog), clause->text, clause->length, told->arena);
    for (size_t i = 0; i < words->concept_count && told->count < told->room; i++) {
        const char *state = words->concepts[i].state;
        if (state == NULL || told->places[i].count == 0 || said[i].count == 0 ||
            is_listed(told, state))
            continue;
        told->found[told->count++] =
            (struct not_for){state, clause->statement, clause->ask_first, clause->backing};
    }
}

static bool holds_word(const char *text, size_t length, const char *word)
{
    const char *found = strcasestr(text, word);
    return found != NULL && found < text + length;
}

/* "Do not use it with a pacemaker; ask first in pregnancy": the parts that forbid, or the others.
 */
static void hold_against_rule(struct told *told, const struct stop_rule *rule, bool forbids)
{
    for (const char *at = rule->rule; *at != '\0';) {
        size_t length = strcspn(at, ";");
        bool does = holds_word(at, length, "do not") || holds_word(at, length, "never") ||
                    holds_word(at, length, "hold off");
        if (does == forbids)
            hold_against(told, &(struct clause){at, length, rule->rule, !does, &rule->backing});
        at += length + (at[length] == ';');
    }
}

static void hold_against_rules(struct told *told, const struct intervention *intervention,
                               bool forbids)
{
    const struct stop_rules *rules = &base_rulebooks(catalog_base(told->catalog))->stop_rules;
    for (size_t i = 0; i < rules->count; i++) {
        const struct stop_rule *rule = &rules->items[i];
        if (rule->kind == STOP_CONTRAINDICATION && rule->interventions[0] != NULL &&
            stop_rule_is_for(rule, intervention->id))
            hold_against_rule(told, rule, forbids);
    }
}

static void hold_against_list(struct told *told, const struct statements *list, bool ask_first,
                              const struct backing *backing)
{
    for (size_t i = 0; i < list->count; i++)
        hold_against(told, &(struct clause){list->items[i].text, strlen(list->items[i].text),
                                            list->items[i].text, ask_first, backing});
}

/* Else there is nothing to hold against the book, all of whose sentences would be read for it. */
static bool tells_of_a_state(const struct told *told)
{
    const struct sign_words *words = words_of(told->catalog);
    for (size_t i = 0; i < words->concept_count; i++)
        if (words->concepts[i].state != NULL && told->places[i].count > 0)
            return true;
    return false;
}

const struct not_for *not_for_in(const struct catalog *catalog,
                                 const struct intervention *intervention, const char *text,
                                 size_t length, struct arena *arena, size_t *count)
{
    static const struct not_for nobody[1];
    *count = 0;
    if (length == 0)
        return nobody;
    const struct rulebooks *books = base_rulebooks(catalog_base(catalog));
    const struct safe_use *use = rulebooks_safe_use(books, intervention->id);
    struct told told = {.catalog = catalog,
                        .places = sign_places_of(matcher_of(catalog), text, length, arena),
                        .arena = arena,
                        .room = words_of(catalog)->concept_count};
    if (!tells_of_a_state(&told))
        return nobody;
    told.found = arena_array(arena, told.room + 1, sizeof *told.found);
    hold_against_rules(&told, intervention, true);
    if (use != NULL)
        hold_against_list(&told, &use->advice[ADVICE_NOT_FOR], false, &use->backing);
    hold_against_rules(&told, intervention, false);
    if (use != NULL)
        hold_against_list(&told, &use->advice[ADVICE_ASK_FIRST], true, &use->backing);
    *count = told.count;
    return told.found;
}

const struct told_people *people_told_in(const struct catalog *catalog, const char *text,
                                         size_t length, struct arena *arena, size_t *count)
{
    const struct sign_words *words = words_of(catalog);
    const struct sign_places *places = sign_places_of(matcher_of(catalog), text, length, arena);
    struct told_people *found = arena_array(arena, words->concept_count + 1, sizeof *found);
    *count = 0;
    for (size_t i = 0; i < words->concept_count; i++)
        if (words->concepts[i].people != NULL && places[i].count > 0)
            found[(*count)++] =
                (struct told_people){words->concepts[i].people, words->concepts[i].asks,
                                     words->concepts[i].state, places[i].items, places[i].count};
    return found;
}
