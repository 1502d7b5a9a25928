#include "evidence/judgement/language/lexicon_parts.h"

#include <stdlib.h>
#include <string.h>

/* Longest key that is kept whole; a longer name can still be typed up to here. */
enum { KEY_BYTES = 256 };

/* ---- building: words ---- */

/* Most words come again and again: what is not kept lies in `scratch`, and goes with it. */
struct builder {
    struct arena *arena;
    struct arena *scratch;
    struct problems *problems;
    const struct language *language;
    struct phrase *phrases;
    size_t phrase_count;
    size_t phrase_room;
    struct lexicon_word *words;
    size_t word_count;
    size_t word_room;
};

/* Doubles an array that is full. */
static void *with_room(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    *room = *room == 0 ? 1024 : *room * 2;
    void *larger = arena_array(arena, *room, size);
    if (count > 0)
        memcpy(larger, items, count * size);
    return larger;
}

static struct lexicon_word *add_word(struct builder *builder, const char *stem, size_t length)
{
    builder->words = with_room(builder->scratch, builder->words, builder->word_count,
                               &builder->word_room, sizeof *builder->words);
    struct lexicon_word *word = &builder->words[builder->word_count++];
    *word = (struct lexicon_word){.stem = stem,
                                  .length = length,
                                  .as = stem,
                                  .as_length = length,
                                  .letters = letters_of(stem, length)};
    return word;
}

static void add_listed_words(struct builder *builder)
{
    for (unsigned role = 0; role < WORD_ROLE_COUNT; role++)
        for (const char *const *stem = builder->language->words[role]; *stem != NULL; stem++)
            add_word(builder, *stem, strlen(*stem))->roles = 1u << role;
}

/* By stem; a word that stands for itself before two words written as one. */
static int by_stem(const void *left, const void *right)
{
    const struct lexicon_word *a = left;
    const struct lexicon_word *b = right;
    int order = strcmp(a->stem, b->stem);
    if (order != 0)
        return order;
    if ((a->as == a->stem) != (b->as == b->stem))
        return a->as == a->stem ? -1 : 1;
    return strcmp(a->as, b->as);
}

static void merge_words(struct builder *builder)
{
    if (builder->word_count == 0)
        return;
    qsort(builder->words, builder->word_count, sizeof *builder->words, by_stem);
    size_t kept = 0;
    for (size_t i = 1; i < builder->word_count; i++) {
        struct lexicon_word *last = &builder->words[kept];
        const struct lexicon_word *word = &builder->words[i];
        if (strcmp(last->stem, word->stem) != 0) {
            builder->words[++kept] = *word;
            continue;
        }
        last->roles |= word->roles;
        last->named |= word->named;
    }
    builder->word_count = kept + 1;
}

/* The words that are kept, with their bytes, out of the scratch. */
static const struct lexicon_word *kept_words(struct builder *builder)
{
    struct lexicon_word *kept = arena_array(builder->arena, builder->word_count, sizeof *kept);
    for (size_t i = 0; i < builder->word_count; i++) {
        const struct lexicon_word *word = &builder->words[i];
        kept[i] = *word;
        kept[i].stem = arena_strndup(builder->arena, word->stem, word->length);
        kept[i].as = word->as == word->stem
                         ? kept[i].stem
                         : arena_strndup(builder->arena, word->as, word->as_length);
    }
    return kept;
}

/* ---- building: phrases ---- */

static bool is_skipped(const struct language *language, const struct text_word *word)
{
    return lexicon_lists(language->words[WORD_SKIPPED], word);
}

struct spelling {
    struct text_words words;
    char key[KEY_BYTES];
    size_t key_length;
    size_t counted; /* words that are not skipped */
};

static void spell(struct builder *builder, const char *text, struct spelling *out)
{
    *out = (struct spelling){.words = text_cut(text, strlen(text), builder->scratch)};
    for (size_t i = 0; i < out->words.count; i++) {
        const struct text_word *word = &out->words.items[i];
        if (is_skipped(builder->language, word) ||
            out->key_length + word->stem_length >= sizeof out->key)
            continue;
        memcpy(out->key + out->key_length, word->stem, word->stem_length);
        out->key_length += word->stem_length;
        out->counted++;
    }
}

static const char *folded_text(struct arena *arena, const struct text_words *words)
{
    size_t room = 1;
    for (size_t i = 0; i < words->count; i++)
        room += words->items[i].folded_length + 1;
    char *text = arena_alloc(arena, room);
    char *end = text;
    for (size_t i = 0; i < words->count; i++) {
        if (i > 0)
            *end++ = ' ';
        memcpy(end, words->items[i].folded, words->items[i].folded_length);
        end += words->items[i].folded_length;
    }
    return text;
}

/* "foamroller": what two words look like when nobody puts the space. */
static void add_joined_word(struct builder *builder, const struct spelling *spelling,
                            const char *key)
{
    char *joined = arena_alloc(builder->scratch, KEY_BYTES);
    size_t length = 0;
    for (size_t i = 0; i < spelling->words.count; i++) {
        const struct text_word *word = &spelling->words.items[i];
        if (is_skipped(builder->language, word) || length + word->folded_length >= KEY_BYTES)
            continue;
        memcpy(joined + length, word->folded, word->folded_length);
        length += word->folded_length;
    }
    length = text_stem(joined, length);
    joined[length] = '\0';
    if (length > TEXT_LONGEST_WORD)
        return;
    struct lexicon_word *word = add_word(builder, joined, length);
    word->as = key;
    word->as_length = spelling->key_length;
    word->named = true;
}

/* A word and its full form: "needlng" is nearer to "needling" than to the stem of it. */
static void add_named_word(struct builder *builder, const struct text_word *word)
{
    add_word(builder, word->stem, word->stem_length)->named = true;
    if (word->folded_length == word->stem_length)
        return;
    struct lexicon_word *full = add_word(builder, word->folded, word->folded_length);
    full->as = word->stem;
    full->as_length = word->stem_length;
    full->named = true;
}

/* Adds `text` as a phrase; `like` says what it means. */
static void add_phrase(struct builder *builder, const char *text, struct phrase like)
{
    struct spelling spelling;
    spell(builder, text, &spelling);
    if (spelling.key_length == 0) {
        problems_add(builder->problems, NULL, "", "the name \"%s\" has no word in it", text);
        return;
    }
    like.text = text;
    like.key = arena_strndup(builder->arena, spelling.key, spelling.key_length);
    like.key_length = spelling.key_length;
    like.folded = folded_text(builder->arena, &spelling.words);
    like.folded_length = strlen(like.folded);
    builder->phrases = with_room(builder->scratch, builder->phrases, builder->phrase_count,
                                 &builder->phrase_room, sizeof *builder->phrases);
    builder->phrases[builder->phrase_count++] = like;
    for (size_t i = 0; i < spelling.words.count; i++)
        if (!is_skipped(builder->language, &spelling.words.items[i]))
            add_named_word(builder, &spelling.words.items[i]);
    if (spelling.counted == 2)
        add_joined_word(builder, &spelling, like.key);
}

static void add_phrases(struct builder *builder, const char *const *texts, struct phrase like)
{
    for (; *texts != NULL; texts++)
        add_phrase(builder, *texts, like);
}

/* "TENS (transcutaneous …)": what stands before the brackets is a name too, but for outcomes,
 * whose brackets tell them apart: "Responders (pain at least 50 % lower)". */
static void add_name(struct builder *builder, const char *name, struct phrase like)
{
    add_phrase(builder, name, like);
    const char *bracket = strstr(name, " (");
    if (bracket != NULL && bracket != name && like.meaning != MEANING_OUTCOME)
        add_phrase(builder, arena_strndup(builder->arena, name, (size_t)(bracket - name)), like);
}

static void add_entry(struct builder *builder, const char *name, const char *plain,
                      const char *const *aliases, struct phrase like)
{
    add_name(builder, name, like);
    if (plain != NULL)
        add_phrase(builder, plain, like);
    add_phrases(builder, aliases, like);
}

static void add_entries(struct builder *builder, const struct base *base)
{
    for (size_t i = 0; i < base->intervention_count; i++) {
        const struct intervention *entry = &base->interventions[i];
        add_entry(builder, entry->name, entry->plain, entry->aliases,
                  (struct phrase){.meaning = MEANING_INTERVENTION, .of.intervention = entry});
    }
    for (size_t i = 0; i < base->condition_count; i++) {
        const struct condition *entry = &base->conditions[i];
        add_entry(builder, entry->name, entry->plain, entry->aliases,
                  (struct phrase){.meaning = MEANING_CONDITION, .of.condition = entry});
    }
    for (size_t i = 0; i < base->outcome_count; i++) {
        const struct outcome *entry = &base->outcomes[i];
        add_entry(builder, entry->name, entry->plain, entry->aliases,
                  (struct phrase){.meaning = MEANING_OUTCOME, .of.outcome = entry});
    }
}

static void add_also(struct builder *builder, const struct base *base)
{
    const struct language *language = builder->language;
    for (size_t i = 0; i < language->also_interventions.count; i++) {
        const struct also *also = &language->also_interventions.items[i];
        add_phrases(builder, also->phrases,
                    (struct phrase){.meaning = MEANING_INTERVENTION,
                                    .of.intervention = base_intervention(base, also->id)});
    }
    for (size_t i = 0; i < language->also_conditions.count; i++) {
        const struct also *also = &language->also_conditions.items[i];
        add_phrases(builder, also->phrases,
                    (struct phrase){.meaning = MEANING_CONDITION,
                                    .of.condition = base_condition(base, also->id)});
    }
    for (size_t i = 0; i < language->also_outcomes.count; i++) {
        const struct also *also = &language->also_outcomes.items[i];
        add_phrases(builder, also->phrases,
                    (struct phrase){.meaning = MEANING_OUTCOME,
                                    .of.outcome = base_outcome(base, also->id)});
    }
}

static void add_language(struct builder *builder)
{
    const struct language *language = builder->language;
    for (unsigned i = 0; i < COMPLAINT_NONE; i++)
        add_phrases(
            builder, language->complaints[i],
            (struct phrase){.meaning = MEANING_COMPLAINT, .of.complaint = (enum complaint)i});
    for (size_t i = 0; i < language->body_part_count; i++)
        add_phrases(builder, language->body_parts[i].phrases,
                    (struct phrase){.meaning = MEANING_BODY_PART,
                                    .of.body_part = &language->body_parts[i]});
    for (size_t i = 0; i < language->choice_count; i++)
        add_phrases(builder, language->choices[i].phrases,
                    (struct phrase){.meaning = MEANING_CHOICE, .of.choice = &language->choices[i]});
    add_phrases(builder, language->exercise, (struct phrase){.meaning = MEANING_EXERCISE});
    add_phrases(builder, language->acute, (struct phrase){.meaning = MEANING_ACUTE});
    add_phrases(builder, language->chronic, (struct phrase){.meaning = MEANING_CHRONIC});
    add_phrases(builder, language->other_treatments,
                (struct phrase){.meaning = MEANING_OTHER_TREATMENT});
    add_phrases(builder, language->other_conditions,
                (struct phrase){.meaning = MEANING_OTHER_CONDITION});
}

static int by_key(const void *left, const void *right)
{
    const struct phrase *a = left;
    const struct phrase *b = right;
    int order = strcmp(a->key, b->key);
    if (order != 0)
        return order;
    if (a->meaning != b->meaning)
        return a->meaning < b->meaning ? -1 : 1;
    return strcmp(a->text, b->text);
}

static const char *id_of(const struct phrase *phrase)
{
    switch (phrase->meaning) {
    case MEANING_INTERVENTION:
        return phrase->of.intervention->id;
    case MEANING_CONDITION:
        return phrase->of.condition->id;
    case MEANING_OUTCOME:
        return phrase->of.outcome->id;
    case MEANING_BODY_PART:
        return phrase->of.body_part->phrases[0];
    case MEANING_CHOICE:
        return phrase->of.choice->phrases[0];
    case MEANING_COMPLAINT:
    case MEANING_EXERCISE:
    case MEANING_ACUTE:
    case MEANING_CHRONIC:
    case MEANING_OTHER_TREATMENT:
    case MEANING_OTHER_CONDITION:
    case MEANING_COUNT:
        break;
    }
    return "";
}

/* One phrase for each key and meaning; two entries that share a name are a problem. */
static void merge_phrases(struct builder *builder)
{
    if (builder->phrase_count == 0)
        return;
    qsort(builder->phrases, builder->phrase_count, sizeof *builder->phrases, by_key);
    size_t kept = 0;
    for (size_t i = 1; i < builder->phrase_count; i++) {
        const struct phrase *last = &builder->phrases[kept];
        const struct phrase *phrase = &builder->phrases[i];
        if (strcmp(last->key, phrase->key) != 0 || last->meaning != phrase->meaning)
            builder->phrases[++kept] = *phrase;
        else if (strcmp(id_of(last), id_of(phrase)) != 0)
            problems_add(builder->problems, NULL, "",
                         "\"%s\" names %s and \"%s\" names %s, which is one name to a reader; "
                         "take one of them away",
                         last->text, id_of(last), phrase->text, id_of(phrase));
    }
    builder->phrase_count = kept + 1;
}

static const struct phrase *kept_phrases(struct builder *builder)
{
    struct phrase *kept = arena_array(builder->arena, builder->phrase_count, sizeof *kept);
    if (builder->phrase_count > 0)
        memcpy(kept, builder->phrases, builder->phrase_count * sizeof *kept);
    return kept;
}

static void mark_ordinary(struct builder *builder, const char *text, const struct ordinary *rule)
{
    struct spelling spelling;
    spell(builder, text, &spelling);
    for (size_t i = 0; i < builder->phrase_count; i++) {
        struct phrase *phrase = &builder->phrases[i];
        if (phrase->key_length == spelling.key_length &&
            memcmp(phrase->key, spelling.key, spelling.key_length) == 0)
            phrase->ordinary = rule;
    }
}

static void mark_ordinary_phrases(struct builder *builder)
{
    for (size_t i = 0; i < builder->language->ordinary_count; i++) {
        const struct ordinary *rule = &builder->language->ordinary[i];
        for (const char *const *text = rule->phrases; *text != NULL; text++)
            mark_ordinary(builder, *text, rule);
    }
}

/* ---- building: the index by length ---- */

/* A misspelling may lead to names, and to longer words that say nothing. */
static bool may_be_meant(const struct lexicon_word *word)
{
    return word->length <= TEXT_LONGEST_WORD &&
           (word->named || (roles_are_silent(word->roles) && word->length >= 4));
}

static void index_by_length(struct lexicon *lexicon, struct arena *arena)
{
    const struct lexicon_word **index =
        arena_array(arena, lexicon->word_count, sizeof(const struct lexicon_word *));
    size_t count = 0;
    for (size_t length = 0; length <= TEXT_LONGEST_WORD; length++) {
        lexicon->length_starts[length] = count;
        for (size_t i = 0; i < lexicon->word_count; i++)
            if (lexicon->words[i].length == length && may_be_meant(&lexicon->words[i]))
                index[count++] = &lexicon->words[i];
    }
    lexicon->length_starts[TEXT_LONGEST_WORD + 1] = count;
    lexicon->by_length = index;
}

struct lexicon *lexicon_new(const struct base *base, struct arena *arena, struct problems *problems)
{
    size_t before = problems->count;
    struct lexicon *lexicon = arena_alloc(arena, sizeof *lexicon);
    lexicon->base = base;
    language_read(base, &lexicon->language, problems);
    if (problems->count > before)
        return NULL;
    struct builder builder = {.arena = arena,
                              .scratch = arena_new(),
                              .problems = problems,
                              .language = &lexicon->language};
    add_listed_words(&builder);
    add_entries(&builder, base);
    add_also(&builder, base);
    add_language(&builder);
    merge_phrases(&builder);
    merge_words(&builder);
    mark_ordinary_phrases(&builder);
    lexicon->phrases = kept_phrases(&builder);
    lexicon->phrase_count = builder.phrase_count;
    lexicon->words = kept_words(&builder);
    lexicon->word_count = builder.word_count;
    arena_free(builder.scratch);
    index_by_length(lexicon, arena);
    return problems->count > before ? NULL : lexicon;
}
