/* The classes, names, numbers and times that stand in a text. */
#include <math.h>
#include <string.h>

#include "evidence/judgement/claim/passage_parts.h"

enum {
    TAGS_PER_TOKEN = 48, /* more than these at one word are left out */
    PHRASE_REACH = 16    /* words of a phrase, those passed over among them */
};

/* ---- tags ---- */

/* Room for all that one more token may get. */
static void make_room(struct passage_reader *reader)
{
    enum { USUAL_TAGS = 8 };
    if (reader->tag_count + TAGS_PER_TOKEN <= reader->tag_room)
        return;
    reader->tag_room = reader->tag_room == 0 ? USUAL_TAGS * reader->token_count + TAGS_PER_TOKEN
                                             : 2 * reader->tag_room;
    struct tag *larger = arena_room(reader->arena, reader->tag_room, sizeof *larger);
    if (reader->tag_count > 0)
        memcpy(larger, reader->tags, reader->tag_count * sizeof *larger);
    reader->tags = larger;
}

/* The new tag, whose name or amount is still to be told; NULL where there are too many. There is
 * room: it is made for each token. */
static struct tag *add_tag(struct passage_reader *reader, size_t first, size_t end, unsigned class)
{
    struct word_token *token = &reader->tokens[first];
    if (reader->tag_count - token->tag >= TAGS_PER_TOKEN)
        return NULL;
    class_mask_add(&token->mask, class);
    class_mask_add(&reader->mask, class);
    struct tag *tag = &reader->tags[reader->tag_count++];
    *tag = (struct tag){.first = (uint32_t)first, .end = (uint32_t)end, .class = class};
    return tag;
}

static void add_amount(struct passage_reader *reader, size_t first, size_t end, unsigned class,
                       double amount)
{
    struct tag *tag = add_tag(reader, first, end, class);
    if (tag != NULL)
        tag->amount = amount;
}

static void add_name(struct passage_reader *reader, size_t first, size_t end, unsigned class,
                     const struct name *name)
{
    struct tag *tag = add_tag(reader, first, end, class);
    if (tag != NULL)
        tag->name = name;
}

/* The words of a phrase stand in one statement: no stop, colon or bracket is between them. */
static bool goes_on(const struct passage_reader *reader, size_t at)
{
    return at < reader->token_count && reader->tokens[at].gap < GAP_CLAUSE;
}

static void tag_classes(struct passage_reader *reader, size_t first)
{
    const struct wording *wording = reader->wording;
    uint32_t node = phrase_tree_start();
    for (size_t at = first; at == first || (at < first + PHRASE_REACH && goes_on(reader, at));
         at++) {
        const struct word_token *token = &reader->tokens[at];
        if (at > first && wording_skips(wording, token->root) &&
            phrase_tree_next(wording->roots, node, token->root) == PHRASE_NONE)
            continue;
        node = phrase_tree_next(wording->roots, node, token->root);
        if (node == PHRASE_NONE)
            return;
        for (struct phrase_value class = phrase_tree_first(wording->roots, node);
             class.value != PHRASE_NONE; class = phrase_tree_more(wording->roots, class))
            add_tag(reader, first, at + 1, class.value);
    }
}

/* ---- names ---- */

/* Everyday words that are names as well do not count beside some words. */
static bool counts(const struct passage_reader *reader, const struct name *name, size_t first,
                   size_t end)
{
    const struct ordinary *rule = name->phrase == NULL ? NULL : name->phrase->ordinary;
    if (rule == NULL)
        return true;
    const struct language *language = lexicon_language(reader->wording->lexicon);
    if (first > 0 && reader->tokens[first].gap == GAP_SPACE) {
        const struct text_word *before = reader->tokens[first - 1].word;
        if (lexicon_lists(rule->not_after, before) ||
            (!rule->sure && lexicon_lists(language->ordinary_not_after, before)))
            return false;
    }
    return end == reader->token_count || reader->tokens[end].gap != GAP_SPACE ||
           !lexicon_lists(rule->not_before, reader->tokens[end].word);
}

/* Lower is better of pain, soreness, disability and the like; more is wanted of the others. */
static bool wants_more(const struct outcome *outcome)
{
    static const char *const more[] = {"range-of-motion", "quality-of-life", "function",
                                       "strength",        "performance",     "global-improvement"};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (text_is(outcome->id, more[i]))
            return true;
    return false;
}

static void tag_groups(struct passage_reader *reader, const struct name *name, size_t first,
                       size_t end)
{
    bool recovery = name->class == WORDS_COMPLAINT && name->complaint == COMPLAINT_RECOVERY;
    bool outcome = name->class == WORDS_OUTCOME;
    if (recovery || name->class == WORDS_OUTSIDE || (outcome && wants_more(name->outcome)))
        add_name(reader, first, end, WORDS_GOOD, name);
    if (name->class == WORDS_COMPLAINT || name->class == WORDS_CONDITION ||
        name->class == WORDS_OTHER_CONDITION || name->class == WORDS_OUTSIDE ||
        (outcome && name->outcome->kind == OUTCOME_BENEFIT && !wants_more(name->outcome)))
        add_name(reader, first, end, WORDS_SORE, name);
}

static void tag_name(struct passage_reader *reader, uint32_t value, size_t first, size_t end)
{
    const struct name *name = &reader->wording->names[value];
    add_name(reader, first, end, name->class, name);
    tag_groups(reader, name, first, end);
}

/* Names found from one word on: the longest of each kind. */
struct names_found {
    uint32_t name; /* node, PHRASE_NONE for none */
    size_t name_end;
    uint32_t treatment; /* of the base, within the name of another one: "epsom salt bath" */
    size_t treatment_end;
    uint32_t sign; /* features may hold other names: "morning neck pain" */
    size_t sign_end;
};

static void take_names(const struct passage_reader *reader, uint32_t node, size_t first, size_t end,
                       struct names_found *found)
{
    const struct wording *wording = reader->wording;
    for (struct phrase_value value = phrase_tree_first(wording->stems, node);
         value.value != PHRASE_NONE; value = phrase_tree_more(wording->stems, value)) {
        const struct name *name = &wording->names[value.value];
        if (!counts(reader, name, first, end))
            continue;
        if (name->class == WORDS_SIGN) {
            found->sign = node;
            found->sign_end = end;
            continue;
        }
        found->name = node;
        found->name_end = end;
        if (name->class == WORDS_INTERVENTION) {
            found->treatment = node;
            found->treatment_end = end;
        }
    }
}

static void find_names(const struct passage_reader *reader, size_t first, struct names_found *out)
{
    const struct wording *wording = reader->wording;
    *out = (struct names_found){0};
    uint32_t node = phrase_tree_start();
    for (size_t at = first; at == first || (at < first + PHRASE_REACH && goes_on(reader, at));
         at++) {
        const struct word_token *token = &reader->tokens[at];
        uint32_t next = phrase_tree_next(wording->stems, node, token->stem);
        if (at > first && next == PHRASE_NONE && token->stem != PHRASE_NONE &&
            token->stem <= wording->skipped_stems)
            continue;
        node = next;
        if (node == PHRASE_NONE)
            break;
        take_names(reader, node, first, at + 1, out);
    }
}

/* What is listed as without an entry, and has got one since under the same name. */
static bool has_entry_now(const struct passage_reader *reader, uint32_t node, enum word_class class)
{
    const struct wording *wording = reader->wording;
    enum word_class with_entry = class == WORDS_OTHER_CONDITION   ? WORDS_CONDITION
                                 : class == WORDS_OTHER_TREATMENT ? WORDS_INTERVENTION
                                                                  : WORDS_NONE;
    for (struct phrase_value value = phrase_tree_first(wording->stems, node);
         value.value != PHRASE_NONE && with_entry != WORDS_NONE;
         value = phrase_tree_more(wording->stems, value))
        if (wording->names[value.value].class == with_entry)
            return true;
    return false;
}

/* Tags the names of one node, of signs or of all else; true unless they are of a treatment without
 * an entry. */
static bool tag_names_at(struct passage_reader *reader, uint32_t node, size_t first, size_t end,
                         bool signs)
{
    const struct wording *wording = reader->wording;
    bool known = false;
    for (struct phrase_value value = phrase_tree_first(wording->stems, node);
         value.value != PHRASE_NONE; value = phrase_tree_more(wording->stems, value)) {
        const struct name *name = &wording->names[value.value];
        if ((name->class == WORDS_SIGN) != signs || !counts(reader, name, first, end) ||
            has_entry_now(reader, node, name->class))
            continue;
        tag_name(reader, value.value, first, end);
        known = known || name->class != WORDS_OTHER_TREATMENT;
    }
    return known;
}

/* Tags the longest names that begin here; gives the first token after them, `first` if none does.
 */
static size_t tag_names(struct passage_reader *reader, size_t first)
{
    struct names_found found;
    find_names(reader, first, &found);
    size_t end = first;
    if (found.name != PHRASE_NONE) {
        bool known = tag_names_at(reader, found.name, first, found.name_end, false);
        if (!known && found.treatment != PHRASE_NONE)
            tag_names_at(reader, found.treatment, first, found.treatment_end, false);
        end = found.name_end;
    }
    if (found.sign != PHRASE_NONE)
        tag_names_at(reader, found.sign, first, found.sign_end, true);
    return end;
}

/* Within a name a treatment's that outlasts it: "deep tissue massage gun". Gives the first token
 * after both. */
static size_t tag_outlasting(struct passage_reader *reader, size_t first, size_t named)
{
    struct names_found found;
    find_names(reader, first, &found);
    if (found.treatment == PHRASE_NONE || found.treatment_end <= named)
        return named;
    tag_names_at(reader, found.treatment, first, found.treatment_end, false);
    return found.treatment_end;
}

/* ---- numbers and times ---- */

/* The seconds of the unit after a number, "60 long seconds" included; `end` is put after it. */
static double unit_after(const struct passage_reader *reader, size_t at, size_t *end)
{
    enum { BETWEEN = 2 };
    for (size_t i = at; i < at + BETWEEN && goes_on(reader, i); i++) {
        double seconds = wording_seconds(reader->wording, reader->tokens[i].root);
        if (isnan(seconds))
            continue;
        *end = i + 1;
        return seconds;
    }
    return NAN;
}

/* How many words say "percent" here. */
static size_t words_of_percent(const struct passage_reader *reader, size_t at)
{
    if (!goes_on(reader, at))
        return 0;
    const char *word = reader->tokens[at].word->folded;
    if (text_is(word, "percent"))
        return 1;
    bool two = text_is(word, "per") && goes_on(reader, at + 1) &&
               strcmp(reader->tokens[at + 1].word->folded, "cent") == 0;
    return two ? 2 : 0;
}

/* "about a year": an article before a unit is one of it. */
static void tag_article(struct passage_reader *reader, size_t first)
{
    const char *word = reader->tokens[first].word->folded;
    if ((strcmp(word, "a") != 0 && strcmp(word, "an") != 0) || !goes_on(reader, first + 1))
        return;
    double seconds = wording_seconds(reader->wording, reader->tokens[first + 1].root);
    if (!isnan(seconds))
        add_amount(reader, first, first + 2, WORDS_TIME, seconds);
}

/* "four to six months", "1–2 weeks": the later number of a range has the unit. */
static size_t range_end(const struct passage_reader *reader, size_t first)
{
    size_t next = first + 1;
    if (next >= reader->token_count || reader->tokens[next].gap >= GAP_SENTENCE)
        return first;
    const char *word = reader->tokens[next].word->folded;
    if (strcmp(word, "to") == 0 || strcmp(word, "or") == 0)
        next++;
    else if (reader->tokens[next].gap != GAP_CLAUSE)
        return first;
    bool number = next < reader->token_count && !isnan(reader->tokens[next].number);
    return number ? next : first;
}

static void tag_numbers(struct passage_reader *reader, size_t first)
{
    const struct word_token *token = &reader->tokens[first];
    size_t end = first + 1;
    if (isnan(token->number)) {
        tag_article(reader, first);
        return;
    }
    size_t sign = words_of_percent(reader, first + 1);
    add_amount(reader, first, end + sign, token->percent || sign > 0 ? WORDS_PERCENT : WORDS_NUMBER,
               token->number);
    double seconds = token->seconds;
    size_t last = range_end(reader, first);
    if (last > first && !isnan(reader->tokens[last].seconds)) {
        seconds = reader->tokens[last].seconds;
        end = last + 1;
    }
    if (isnan(seconds))
        seconds = unit_after(reader, last + 1, &end);
    if (!isnan(seconds) && !token->money)
        add_amount(reader, first, end, WORDS_TIME, reader->tokens[last].number * seconds);
}

/* A word that nobody listed, where a statement's verb stands: what it does is not known, that it
 * does something is. */
static void tag_verbish(struct passage_reader *reader, size_t at)
{
    enum { SHORTEST = 5 };
    const struct word_token *token = &reader->tokens[at];
    const struct text_word *word = token->word;
    const char *end = word->folded + word->folded_length;
    bool known = token->root != PHRASE_NONE || token->stem != PHRASE_NONE;
    if (known || word->folded_length < SHORTEST || end[-1] != 's' || strchr("sui", end[-2]) != NULL)
        return;
    bool begins = at == 0 || token->gap >= GAP_COMMA ||
                  strcmp(reader->tokens[at - 1].word->folded, "and") == 0;
    if (begins)
        add_tag(reader, at, at + 1, WORDS_VERBISH);
}

void passage_tag_all(struct passage_reader *reader)
{
    size_t named = 0; /* first token that is not part of a name yet */
    for (size_t i = 0; i < reader->token_count; i++) {
        make_room(reader);
        reader->tokens[i].tag = (uint32_t)reader->tag_count;
        tag_numbers(reader, i);
        named = i >= named ? tag_names(reader, i) : tag_outlasting(reader, i, named);
        tag_classes(reader, i);
        tag_verbish(reader, i);
        reader->tokens[i].tag_count = (uint32_t)reader->tag_count - reader->tokens[i].tag;
    }
}
