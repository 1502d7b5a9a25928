/* The names of the wording: the lexicon's, and those of the files of claims. */
#include <string.h>

#include "evidence/judgement/claim/wording_build.h"

/* The stem of two words that nobody parted: "foamroller". */
static uint32_t learn_joined(struct wording_builder *builder, const struct text_words *words)
{
    char joined[2 * TEXT_LONGEST_WORD + 1];
    size_t length = 0;
    for (size_t i = 0; i < words->count; i++) {
        memcpy(joined + length, words->items[i].folded, words->items[i].folded_length);
        length += words->items[i].folded_length;
    }
    return phrase_tree_learn(builder->wording->stems, joined, text_stem(joined, length));
}

/* True if the files of claims call the same by these words already. */
static bool is_told(const struct wording_builder *builder, const uint32_t *stems, size_t count,
                    const struct name *name)
{
    const struct phrase_tree *tree = builder->wording->stems;
    uint32_t node = phrase_tree_start();
    for (size_t i = 0; i < count && node != PHRASE_NONE; i++)
        node = phrase_tree_next(tree, node, stems[i]);
    if (node == PHRASE_NONE || name->class != WORDS_INTERVENTION)
        return false;
    for (struct phrase_value value = phrase_tree_first(tree, node); value.value != PHRASE_NONE;
         value = phrase_tree_more(tree, value)) {
        const struct name *other = &builder->names[value.value];
        if (other->phrase == NULL && other->class == name->class &&
            other->intervention == name->intervention)
            return true;
    }
    return false;
}

/* A name whose words are all its own. */
static void add_plain_name(struct wording_builder *builder, const char *text, struct name name)
{
    uint32_t stems[WORDING_PHRASE_WORDS];
    size_t count = 0;
    struct wording *wording = builder->wording;
    struct text_words words = wording_cut(builder, text);
    for (size_t i = 0; i < words.count && count < WORDING_PHRASE_WORDS; i++)
        if (i + 1 == words.count ||
            !lexicon_lists(builder->language->words[WORD_SKIPPED], &words.items[i]))
            stems[count++] =
                phrase_tree_learn(wording->stems, words.items[i].stem, words.items[i].stem_length);
    if (count == 0 || is_told(builder, stems, count, &name))
        return;
    /* Place 0 stays empty: it is the tree's word for "no value". */
    if (wording->name_count == 0)
        wording->name_count = 1;
    builder->names = wording_with_room(builder->drafts, builder->names, wording->name_count,
                                       &builder->name_room, sizeof *builder->names);
    uint32_t value = (uint32_t)wording->name_count++;
    builder->names[value] = name;
    phrase_tree_add(wording->stems, stems, count, value);
    if (words.count == 2) {
        uint32_t joined = learn_joined(builder, &words);
        phrase_tree_add(wording->stems, &joined, 1, value);
    }
}

static const struct form_source *find_form(const struct wording_source *source, const char *id,
                                           size_t length)
{
    for (size_t i = 0; i < source->form_count; i++) {
        const char *own = source->forms[i].id;
        if (own != NULL && strlen(own) == length && strncmp(own, id, length) == 0)
            return &source->forms[i];
    }
    return NULL;
}

static void add_name(struct wording_builder *builder, const char *text, struct name name);

/* A name with a form in it, once for each word and phrase of the form: `text` up to `open`, the
 * word, and what stands behind `close`. */
static void add_formed_name(struct wording_builder *builder, const char *text, const char *open,
                            const char *close, struct name name)
{
    int before = (int)(open - text);
    const struct form_source *form =
        find_form(builder->source, open + 1, (size_t)(close - open - 1));
    if (form == NULL) {
        problems_add(builder->problems, "claims/products.json", "", "no form in the name \"%s\"",
                     text);
        return;
    }
    for (const char *const *line = form->words; *line != NULL; line++)
        for (const char *word = *line + strspn(*line, " "); *word != '\0';
             word += strcspn(word, " "), word += strspn(word, " "))
            add_name(builder,
                     arena_printf(builder->drafts, "%.*s%.*s%s", before, text,
                                  (int)strcspn(word, " "), word, close + 1),
                     name);
    for (const char *const *phrase = form->phrases; *phrase != NULL; phrase++)
        add_name(builder,
                 arena_printf(builder->drafts, "%.*s%s%s", before, text, *phrase, close + 1), name);
}

static void add_name(struct wording_builder *builder, const char *text, struct name name)
{
    const char *open = strchr(text, '<');
    const char *close = open == NULL ? NULL : strchr(open, '>');
    if (close == NULL)
        add_plain_name(builder, text, name);
    else
        add_formed_name(builder, text, open, close, name);
}

/* What a phrase of the lexicon is in a claim. Complaints are the claims' own: a question's "bad"
 * and "burning" are other things in an advert. */
static bool name_of_phrase(const struct phrase *phrase, struct name *out)
{
    *out = (struct name){.phrase = phrase};
    switch (phrase->meaning) {
    case MEANING_INTERVENTION:
        out->class = WORDS_INTERVENTION;
        out->intervention = phrase->of.intervention;
        return true;
    case MEANING_CONDITION:
        out->class = WORDS_CONDITION;
        out->condition = phrase->of.condition;
        return true;
    case MEANING_OUTCOME:
        out->class = WORDS_OUTCOME;
        out->outcome = phrase->of.outcome;
        return true;
    case MEANING_BODY_PART:
        out->class = WORDS_PART;
        out->part = phrase->of.body_part;
        return true;
    case MEANING_CHOICE:
        out->class = WORDS_CONDITION;
        out->choice = phrase->of.choice;
        return true;
    case MEANING_OTHER_TREATMENT:
        out->class = WORDS_OTHER_TREATMENT;
        return true;
    case MEANING_OTHER_CONDITION:
        out->class = WORDS_OTHER_CONDITION;
        return true;
    case MEANING_COMPLAINT:
    case MEANING_EXERCISE:
    case MEANING_ACUTE:
    case MEANING_CHRONIC:
    case MEANING_COUNT:
        break;
    }
    return false;
}

static void learn_skipped_stems(struct wording_builder *builder)
{
    struct wording *wording = builder->wording;
    for (const char *const *stem = builder->language->words[WORD_SKIPPED]; *stem != NULL; stem++)
        phrase_tree_learn(wording->stems, *stem, strlen(*stem));
    wording->skipped_stems = (uint32_t)phrase_tree_word_count(wording->stems);
}

static void add_lexicon_names(struct wording_builder *builder)
{
    size_t count = 0;
    const struct phrase *phrases = lexicon_phrases(builder->wording->lexicon, &count);
    for (size_t i = 0; i < count; i++) {
        struct name name;
        if (name_of_phrase(&phrases[i], &name))
            add_name(builder, phrases[i].text, name);
    }
}

static void add_names(struct wording_builder *builder, const char *const *texts, struct name name)
{
    for (; *texts != NULL; texts++)
        add_name(builder, *texts, name);
}

static void no_entry(struct wording_builder *builder, const struct name_source *source)
{
    problems_add(builder->problems, "claims", "", "no entry \"%s\" in the base",
                 source->id == NULL ? "" : source->id);
}

static void add_interventions(struct wording_builder *builder, const struct name_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct name_source *source = &list->items[i];
        struct name name = {.class = WORDS_INTERVENTION};
        if (source->id != NULL)
            name.intervention = base_intervention(builder->wording->base, source->id);
        if (name.intervention == NULL) {
            no_entry(builder, source);
            continue;
        }
        add_names(builder, source->names, name);
        name.class = WORDS_SIGN;
        add_names(builder, source->signs, name);
        name.hint = true;
        add_names(builder, source->hints, name);
    }
}

static void add_topics(struct wording_builder *builder)
{
    const struct wording_source *source = builder->source;
    const struct base *base = builder->wording->base;
    for (size_t i = 0; i < source->conditions.count; i++) {
        const struct name_source *one = &source->conditions.items[i];
        struct name name = {.class = WORDS_CONDITION,
                            .condition = one->id == NULL ? NULL : base_condition(base, one->id)};
        if (name.condition == NULL)
            no_entry(builder, one);
        else
            add_names(builder, one->names, name);
    }
    for (size_t i = 0; i < source->outcomes.count; i++) {
        const struct name_source *one = &source->outcomes.items[i];
        struct name name = {.class = WORDS_OUTCOME,
                            .outcome = one->id == NULL ? NULL : base_outcome(base, one->id)};
        if (name.outcome == NULL)
            no_entry(builder, one);
        else
            add_names(builder, one->names, name);
    }
}

static void add_own_names(struct wording_builder *builder)
{
    const struct wording_source *source = builder->source;
    add_interventions(builder, &source->interventions);
    add_interventions(builder, &source->products);
    add_topics(builder);
    add_names(builder, source->other_conditions, (struct name){.class = WORDS_OTHER_CONDITION});
    add_names(builder, source->other_treatments, (struct name){.class = WORDS_OTHER_TREATMENT});
    for (size_t i = 0; i < COMPLAINT_NONE; i++)
        add_names(builder, source->complaints[i],
                  (struct name){.class = WORDS_COMPLAINT, .complaint = (enum complaint)i});
    for (size_t i = 0; i < source->outside_count; i++)
        add_names(builder, source->outside[i].phrases,
                  (struct name){.class = WORDS_OUTSIDE, .outside = &source->outside[i].outside});
}

void wording_add_names(struct wording_builder *builder)
{
    learn_skipped_stems(builder);
    add_lexicon_names(builder);
    add_own_names(builder);
}
