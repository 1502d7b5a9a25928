/* What changed on the way, understood: did what is tried begin or end, or something else? */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/judgement/stop/diary_parts.h"
#include "evidence/judgement/stop/medicines.h"
#include "evidence/model/rulebooks.h"

/* ---- what is said of a name ---- */

enum said { SAID_NOTHING, SAID_BEGINS, SAID_SWITCHES, SAID_ENDS };

/* A name in the text of a change, and what is said of it. */
struct mention {
    const struct intervention *entry;
    struct span span;
    enum said said;
};

/* How many words of `text` from `at` on the phrase takes; 0: it does not stand there. */
static size_t phrase_at(struct text_words text, size_t at, const char *phrase, struct arena *arena)
{
    struct text_words words = text_cut(phrase, strlen(phrase), arena);
    for (size_t i = 0; i < words.count; i++)
        if (at + i >= text.count || strcmp(text.items[at + i].folded, words.items[i].folded) != 0)
            return 0;
    return words.count;
}

static size_t longest_at(struct text_words text, size_t at, const char *const *phrases,
                         struct arena *arena)
{
    size_t longest = 0;
    for (; *phrases != NULL; phrases++) {
        size_t taken = phrase_at(text, at, *phrases, arena);
        longest = taken > longest ? taken : longest;
    }
    return longest;
}

/* What the words at `at` say; the longest phrase counts. */
static enum said said_at(const struct stop_change_words *words, struct text_words text, size_t at,
                         struct arena *arena)
{
    const struct {
        const char *const *phrases;
        enum said said;
    } all[] = {
        {words->begins, SAID_BEGINS}, {words->switches, SAID_SWITCHES}, {words->ends, SAID_ENDS}};
    size_t longest = 0;
    enum said said = SAID_NOTHING;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        size_t taken = longest_at(text, at, all[i].phrases, arena);
        if (taken > longest) {
            longest = taken;
            said = all[i].said;
        }
    }
    return said;
}

/* Where what is said of one name ends and what is said of the next begins: at a comma or "and"
 * between them; without one all of it belongs to the next. */
static size_t parted_at(struct text_words text, struct span left, struct span right)
{
    for (size_t i = 0; i < text.count && text.items[i].start <= right.start; i++)
        if (text.items[i].start >= left.end &&
            (text.items[i].apart || strcmp(text.items[i].folded, "and") == 0))
            return text.items[i].start;
    return left.end;
}

/* The last of that kind among the words that begin in [from, to). */
static enum said last_said(const struct stop_change_words *words, struct text_words text,
                           size_t from, size_t to, struct arena *arena)
{
    enum said last = SAID_NOTHING;
    for (size_t i = 0; i < text.count && text.items[i].start < to; i++) {
        enum said said = said_at(words, text, i, arena);
        if (text.items[i].start >= from && said != SAID_NOTHING)
            last = said;
    }
    return last;
}

/* What stands before the name, else what stands after it ("TENS stopped"). */
static enum said said_of(const struct stop_change_words *words, struct text_words text,
                         const struct mention *mentions, size_t count, size_t index,
                         struct arena *arena)
{
    struct span span = mentions[index].span;
    size_t from = index == 0 ? 0 : parted_at(text, mentions[index - 1].span, span);
    size_t to = index + 1 < count ? parted_at(text, span, mentions[index + 1].span) : SIZE_MAX;
    enum said before = last_said(words, text, from, span.start, arena);
    return before != SAID_NOTHING ? before : last_said(words, text, span.end, to, arena);
}

/* ---- the names ---- */

/* A medicine by its brand is the entry that it belongs to. */
static const struct intervention *entry_of_medicine(const struct diary_reading *reading,
                                                    const char *text)
{
    size_t count;
    const struct told_medicine *found =
        medicines_in(reading->catalog, text, strlen(text), reading->arena, &count);
    for (size_t i = 0; i < count; i++)
        if (found[i].group->interventions[0] != NULL)
            return base_intervention(catalog_base(reading->catalog),
                                     found[i].group->interventions[0]);
    return NULL;
}

static int by_place(const void *left, const void *right)
{
    const struct mention *a = left;
    const struct mention *b = right;
    return a->span.start < b->span.start ? -1 : a->span.start > b->span.start;
}

static struct mention *mentions_in(const struct diary_reading *reading, const char *text,
                                   size_t *count)
{
    struct understood understood;
    question_understand(catalog_lexicon(reading->catalog), text, strlen(text), reading->arena,
                        &understood);
    struct mention *mentions =
        arena_array(reading->arena, understood.intervention_count + 1, sizeof *mentions);
    for (size_t i = 0; i < understood.intervention_count; i++)
        mentions[i] = (struct mention){.entry = understood.interventions[i].entry,
                                       .span = understood.interventions[i].span};
    *count = understood.intervention_count;
    if (*count == 0) {
        const struct intervention *medicine = entry_of_medicine(reading, text);
        if (medicine != NULL)
            mentions[(*count)++] =
                (struct mention){.entry = medicine, .span = {strlen(text), strlen(text)}};
    }
    qsort(mentions, *count, sizeof *mentions, by_place);
    return mentions;
}

/* ---- a change ---- */

/* Whether what is tried began: said so, or something else ended for it ("TENS instead of massage"),
 * or there is nothing but its name. "New pads for the TENS" is no beginning. */
static enum change_kind kind_of(const struct mention *tried, bool other_ended, size_t word_count,
                                size_t name_words)
{
    switch (tried->said) {
    case SAID_ENDS:
        return CHANGE_ENDS;
    case SAID_BEGINS:
    case SAID_SWITCHES:
        return CHANGE_BEGINS;
    case SAID_NOTHING:
        break;
    }
    return other_ended || word_count == name_words ? CHANGE_BEGINS : CHANGE_OTHER;
}

static size_t words_within(struct text_words text, struct span span)
{
    size_t count = 0;
    for (size_t i = 0; i < text.count; i++)
        count += text.items[i].start >= span.start && text.items[i].end <= span.end;
    return count;
}

/* What the mentions say together: "switched to massage" ends what is tried. */
static void settle(const struct mention *mentions, size_t count, struct text_words text,
                   const struct intervention *tried, struct diary_change *out)
{
    bool switched = false;
    bool ended = false;
    const struct mention *own = NULL;
    for (size_t i = 0; i < count; i++) {
        if (mentions[i].entry == tried) {
            own = &mentions[i];
            continue;
        }
        switched = switched || mentions[i].said == SAID_SWITCHES;
        ended = ended || mentions[i].said == SAID_ENDS;
        if (out->other == NULL)
            out->other = mentions[i].entry;
    }
    if (own != NULL)
        out->kind = kind_of(own, ended, text.count, words_within(text, own->span));
    if (out->other == NULL || out->kind == CHANGE_BEGINS)
        return;
    out->kind = switched || out->kind == CHANGE_ENDS ? CHANGE_TO_ANOTHER : CHANGE_ANOTHER;
}

static void understand(const struct diary_reading *reading, struct diary_change *change)
{
    size_t count;
    struct mention *mentions = mentions_in(reading, change->what, &count);
    struct text_words words = text_cut(change->what, strlen(change->what), reading->arena);
    for (size_t i = 0; i < count; i++)
        mentions[i].said =
            said_of(&reading->model->changes, words, mentions, count, i, reading->arena);
    settle(mentions, count, words, reading->out->intervention, change);
}

/* False, and told, where a change is told in too many words, or all of them are. */
static bool is_short(const struct json_reader *at, const char *what, size_t *all)
{
    size_t bytes = strlen(what);
    *all += bytes;
    if (bytes > DIARY_CHANGE_MOST)
        json_problem(at, "what", "at most %d bytes are taken", DIARY_CHANGE_MOST);
    else if (*all > DIARY_TEXT_MOST)
        json_problem(at, "what", "the changes have more than %d bytes in all", DIARY_TEXT_MOST);
    return bytes <= DIARY_CHANGE_MOST && *all <= DIARY_TEXT_MOST;
}

static int by_day(const void *left, const void *right)
{
    const struct diary_change *a = left;
    const struct diary_change *b = right;
    return a->day < b->day ? -1 : a->day > b->day;
}

void diary_changes(const struct json_reader *at, struct diary_reading *reading)
{
    struct json_reader list = json_get_list(at, "changes");
    size_t count = json_get_length(at, "changes", OPTIONAL);
    if (count > DIARY_LIST_MOST) {
        json_problem(at, "changes", "at most %d are taken", DIARY_LIST_MOST);
        count = 0;
    }
    struct diary_change *changes = arena_array(reading->arena, count, sizeof *changes);
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        struct json_reader element = json_get_element(&list, i);
        json_fields(&element, (const char *const[]){"day", "what", NULL});
        changes[i].day = diary_read_day(&element, "day", REQUIRED, &reading->kind);
        changes[i].what = json_get_text(&element, "what", REQUIRED);
        if (changes[i].what != NULL && is_short(&element, changes[i].what, &all) &&
            reading->out->intervention != NULL)
            understand(reading, &changes[i]);
    }
    qsort(changes, count, sizeof *changes, by_day);
    reading->out->changes = changes;
    reading->out->change_count = count;
}
