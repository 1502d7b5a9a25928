#include "evidence/judgement/wording.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/word_root.h"
#include "evidence/judgement/wording_parts.h"
#include "evidence/model/rulebooks.h"

enum { PHRASE_WORDS = 12, MOST_CLASSES = 8192 };

/* The classes that the reading of texts looks at, by their names in patterns and in words.json. */
static const char *const known_classes[WORDS_COUNT] = {
    [WORDS_NONE] = "",
    [WORDS_INTERVENTION] = "@intervention",
    [WORDS_CONDITION] = "@condition",
    [WORDS_PART] = "@part",
    [WORDS_COMPLAINT] = "@complaint",
    [WORDS_OUTCOME] = "@outcome",
    [WORDS_OUTSIDE] = "@outside",
    [WORDS_OTHER_TREATMENT] = "@other-treatment",
    [WORDS_OTHER_CONDITION] = "@other-condition",
    [WORDS_SORE] = "@sore",
    [WORDS_GOOD] = "@good",
    [WORDS_NUMBER] = "@number",
    [WORDS_PERCENT] = "@percent",
    [WORDS_TIME] = "@time",
    [WORDS_SIGN] = "@sign",
    [WORDS_VERBISH] = "@verbish",
    [WORDS_BREAK] = "break",
    [WORDS_JOIN] = "join",
    [WORDS_OR] = "or",
    [WORDS_VERB] = "verb",
    [WORDS_SUBJECT] = "subject",
    [WORDS_WITHOUT] = "without",
    [WORDS_NEGATE] = "negate",
    [WORDS_NO_DENIAL] = "no-denial",
    [WORDS_HEDGE] = "hedge",
    [WORDS_MODEST] = "modest",
    [WORDS_STRONG] = "strong",
    [WORDS_WIDE] = "wide",
    [WORDS_ALL] = "all",
    [WORDS_REPORT] = "report",
    [WORDS_SPEAKS] = "speaks",
    [WORDS_REJECT] = "reject",
    [WORDS_REJECTED_AHEAD] = "rejected-ahead",
    [WORDS_ASKS] = "asks",
    [WORDS_SEEK] = "seek",
    [WORDS_DISCLAIM] = "disclaim",
    [WORDS_ME] = "me",
    [WORDS_TALE] = "tale",
    [WORDS_RIVAL] = "rival",
    [WORDS_SHAM] = "sham",
    [WORDS_NOTHING] = "nothing",
    [WORDS_THING] = "thing",
    [WORDS_DOSE] = "dose",
    [WORDS_AT_ONCE] = "at-once",
    [WORDS_UNKNOWN] = "known",
    [WORDS_EXPERT] = "expert",
};

struct builder {
    const struct wording_source *source;
    const struct language *language;
    struct wording *wording;
    struct arena *arena;
    struct problems *problems;
    const char **class_names;
    struct phrase_tree *classes_by_name; /* values: classes */
    struct name *names;
    size_t name_room;
    struct pattern *patterns;
    size_t pattern_room;
};

static void *with_room(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    *room = *room == 0 ? 1024 : *room * 2;
    void *larger = arena_array(arena, *room, size);
    if (items != NULL)
        memcpy(larger, items, count * size);
    return larger;
}

/* ---- roots ---- */

static uint32_t root_number(const struct wording *wording, uint32_t number)
{
    bool known = number < wording->table_count && wording->irregular[number] != PHRASE_NONE;
    return known ? wording->irregular[number] : number;
}

static uint32_t learn_root(struct builder *builder, const struct text_word *word)
{
    char root[TEXT_LONGEST_WORD];
    struct wording *wording = builder->wording;
    return root_number(wording, phrase_tree_learn(wording->roots, root, word_root(word, root)));
}

uint32_t wording_root(const struct wording *wording, const struct text_word *word)
{
    char root[TEXT_LONGEST_WORD];
    return root_number(wording, phrase_tree_word(wording->roots, root, word_root(word, root)));
}

bool wording_skips(const struct wording *wording, uint32_t root)
{
    return root < wording->table_count && wording->skipped[root];
}

double wording_number(const struct wording *wording, uint32_t root)
{
    return root < wording->table_count ? wording->numbers[root] : NAN;
}

double wording_seconds(const struct wording *wording, uint32_t root)
{
    return root < wording->table_count ? wording->seconds[root] : NAN;
}

bool wording_is_past(const struct wording *wording, const struct text_word *word)
{
    enum { SHORTEST_PAST = 5 };
    const char *end = word->folded + word->folded_length;
    /* "speed" and "need" are told of any time. */
    if (word->folded_length >= SHORTEST_PAST && strcmp(end - 2, "ed") == 0 && end[-3] != 'e')
        return true;
    return phrase_tree_word(wording->past, word->folded, word->folded_length) != PHRASE_NONE;
}

/* ---- classes ---- */

/* The class of that name, made where it is new. */
static unsigned class_named(struct builder *builder, const char *name)
{
    uint32_t key = phrase_tree_learn(builder->classes_by_name, name, strlen(name));
    uint32_t node = phrase_tree_next(builder->classes_by_name, phrase_tree_start(), key);
    uint32_t found = phrase_tree_first(builder->classes_by_name, node).value;
    if (found != PHRASE_NONE)
        return found;
    unsigned class = (unsigned)builder->wording->class_count;
    if (class + 1 == MOST_CLASSES) {
        problems_add(builder->problems, "claims", "", "more than %d classes", MOST_CLASSES);
        return WORDS_NONE;
    }
    builder->class_names[builder->wording->class_count++] = name;
    phrase_tree_add(builder->classes_by_name, &key, 1, class);
    return class;
}

/* True if a class of that name has been made. */
static bool is_class(const struct builder *builder, const char *name)
{
    uint32_t key = phrase_tree_word(builder->classes_by_name, name, strlen(name));
    return phrase_tree_next(builder->classes_by_name, phrase_tree_start(), key) != PHRASE_NONE;
}

/* Puts a phrase into a class; skipped words within it are left out. */
static void add_class_phrase(struct builder *builder, const char *text, unsigned class)
{
    uint32_t roots[PHRASE_WORDS];
    size_t count = 0;
    struct text_words words = text_cut(text, strlen(text), builder->arena);
    for (size_t i = 0; i < words.count && count < PHRASE_WORDS; i++) {
        uint32_t root = learn_root(builder, &words.items[i]);
        bool inside = i > 0 && i + 1 < words.count;
        if (!inside || !wording_skips(builder->wording, root))
            roots[count++] = root;
    }
    if (count == 0)
        problems_add(builder->problems, "claims", "", "the phrase \"%s\" has no word in it", text);
    else
        phrase_tree_add(builder->wording->roots, roots, count, class);
}

/* Each word of a line is a phrase of its own. */
static void add_class_words(struct builder *builder, const char *line, unsigned class)
{
    struct text_words words = text_cut(line, strlen(line), builder->arena);
    for (size_t i = 0; i < words.count; i++) {
        uint32_t root = learn_root(builder, &words.items[i]);
        phrase_tree_add(builder->wording->roots, &root, 1, class);
    }
}

static void add_to_class(struct builder *builder, const struct class_source *source, unsigned class)
{
    for (const char *const *line = source->words; *line != NULL; line++)
        add_class_words(builder, *line, class);
    for (const char *const *phrase = source->phrases; *phrase != NULL; phrase++)
        add_class_phrase(builder, *phrase, class);
}

static void add_classes(struct builder *builder)
{
    builder->class_names[builder->wording->class_count++] = known_classes[WORDS_NONE];
    for (unsigned class = WORDS_NONE + 1; class < WORDS_COUNT; class ++)
        class_named(builder, known_classes[class]);
    for (size_t i = 0; i < builder->source->class_count; i++)
        class_named(builder, builder->source->classes[i].id);
    for (size_t i = 0; i < builder->source->class_count; i++) {
        const struct class_source *source = &builder->source->classes[i];
        add_to_class(builder, source, class_named(builder, source->id));
        for (const char *const *in = source->in; *in != NULL; in++) {
            if (!is_class(builder, *in))
                problems_add(builder->problems, "claims/words.json", "", "no class \"%s\"", *in);
            else
                add_to_class(builder, source, class_named(builder, *in));
        }
    }
}

/* ---- names ---- */

/* The stem of two words that nobody parted: "foamroller". */
static uint32_t learn_joined(struct builder *builder, const struct text_words *words)
{
    char joined[2 * TEXT_LONGEST_WORD + 1];
    size_t length = 0;
    for (size_t i = 0; i < words->count; i++) {
        memcpy(joined + length, words->items[i].folded, words->items[i].folded_length);
        length += words->items[i].folded_length;
    }
    return phrase_tree_learn(builder->wording->stems, joined, text_stem(joined, length));
}

static void add_name(struct builder *builder, const char *text, struct name name)
{
    uint32_t stems[PHRASE_WORDS];
    size_t count = 0;
    struct wording *wording = builder->wording;
    struct text_words words = text_cut(text, strlen(text), builder->arena);
    for (size_t i = 0; i < words.count && count < PHRASE_WORDS; i++)
        if (i + 1 == words.count ||
            !lexicon_lists(builder->language->words[WORD_SKIPPED], &words.items[i]))
            stems[count++] =
                phrase_tree_learn(wording->stems, words.items[i].stem, words.items[i].stem_length);
    if (count == 0)
        return;
    /* Place 0 stays empty: it is the tree's word for "no value". */
    if (wording->name_count == 0)
        wording->name_count = 1;
    builder->names = with_room(builder->arena, builder->names, wording->name_count,
                               &builder->name_room, sizeof *builder->names);
    uint32_t value = (uint32_t)wording->name_count++;
    builder->names[value] = name;
    phrase_tree_add(wording->stems, stems, count, value);
    if (words.count == 2) {
        uint32_t joined = learn_joined(builder, &words);
        phrase_tree_add(wording->stems, &joined, 1, value);
    }
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

static void learn_skipped_stems(struct builder *builder)
{
    struct wording *wording = builder->wording;
    for (const char *const *stem = builder->language->words[WORD_SKIPPED]; *stem != NULL; stem++)
        phrase_tree_learn(wording->stems, *stem, strlen(*stem));
    wording->skipped_stems = (uint32_t)phrase_tree_word_count(wording->stems);
}

static void add_lexicon_names(struct builder *builder)
{
    size_t count = 0;
    const struct phrase *phrases = lexicon_phrases(builder->wording->lexicon, &count);
    for (size_t i = 0; i < count; i++) {
        struct name name;
        if (name_of_phrase(&phrases[i], &name))
            add_name(builder, phrases[i].text, name);
    }
}

static void add_names(struct builder *builder, const char *const *texts, struct name name)
{
    for (; *texts != NULL; texts++)
        add_name(builder, *texts, name);
}

static void no_entry(struct builder *builder, const struct name_source *source)
{
    problems_add(builder->problems, "claims", "", "no entry \"%s\" in the base",
                 source->id == NULL ? "" : source->id);
}

static void add_interventions(struct builder *builder, const struct name_list *list)
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

static void add_topics(struct builder *builder)
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

static void add_own_names(struct builder *builder)
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

/* ---- patterns ---- */

/* "..4 <relieve> by itself": one piece of a pattern read, `at` moved behind it. */
struct piece_text {
    unsigned gap;
    const char *class; /* name, NULL for words */
    const char *words;
};

static const char *next_piece(struct builder *builder, const char *at, struct piece_text *out)
{
    *out = (struct piece_text){0};
    at += strspn(at, " ");
    if (strncmp(at, "..", 2) == 0) {
        char *end;
        out->gap = (unsigned)strtoul(at + 2, &end, 10);
        at = end + strspn(end, " ");
    }
    if (*at == '<') {
        size_t length = strcspn(at + 1, ">");
        out->class = arena_strndup(builder->arena, at + 1, length);
        return at + 1 + length + (at[1 + length] == '>');
    }
    const char *end = at;
    while (*end != '\0' && *end != '<' && strncmp(end, " ..", 3) != 0)
        end++;
    size_t length = (size_t)(end - at);
    while (length > 0 && at[length - 1] == ' ')
        length--;
    out->words = arena_strndup(builder->arena, at, length);
    return end;
}

/* Words in a pattern are a class of one phrase, named like it. */
static unsigned class_of_words(struct builder *builder, const char *words)
{
    const char *name = arena_printf(builder->arena, "'%s", words);
    bool known = is_class(builder, name);
    unsigned class = class_named(builder, name);
    if (!known)
        add_class_phrase(builder, words, class);
    return class;
}

static bool read_pattern(struct builder *builder, const char *text, struct pattern *out)
{
    for (const char *at = text; at[strspn(at, " ")] != '\0';) {
        struct piece_text piece;
        at = next_piece(builder, at, &piece);
        bool unknown = piece.class != NULL && !is_class(builder, piece.class);
        bool empty = piece.class == NULL && piece.words[0] == '\0';
        if (unknown || empty || out->count == PATTERN_PIECES)
            return false;
        out->pieces[out->count].gap = piece.gap;
        out->pieces[out->count++].class = piece.class != NULL
                                              ? class_named(builder, piece.class)
                                              : class_of_words(builder, piece.words);
    }
    return out->count > 0;
}

static void add_patterns(struct builder *builder, const struct entry_source *source,
                         const struct wording_entry *entry)
{
    for (const char *const *text = source->patterns; *text != NULL; text++) {
        struct pattern pattern = {.entry = entry};
        if (!read_pattern(builder, *text, &pattern)) {
            problems_add(builder->problems, source->file, "",
                         "entry %s: \"%s\" is no pattern of known classes, words and gaps, or has "
                         "more than %d pieces",
                         entry->id == NULL ? "" : entry->id, *text, PATTERN_PIECES);
            continue;
        }
        builder->patterns =
            with_room(builder->arena, builder->patterns, builder->wording->pattern_count,
                      &builder->pattern_room, sizeof *builder->patterns);
        builder->patterns[builder->wording->pattern_count++] = pattern;
    }
}

static void add_entries(struct builder *builder)
{
    size_t count = builder->source->entry_count;
    struct wording_entry *entries = arena_array(builder->arena, count, sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        entries[i] = builder->source->entries[i].entry;
        add_patterns(builder, &builder->source->entries[i], &entries[i]);
    }
    builder->wording->entries = entries;
    builder->wording->entry_count = count;
}

/* Patterns put in the order of their first class, in each class in the order of the files. */
static void index_patterns(struct builder *builder)
{
    struct wording *wording = builder->wording;
    size_t *starts = arena_array(builder->arena, wording->class_count + 2, sizeof *starts);
    struct pattern *sorted = arena_array(builder->arena, wording->pattern_count, sizeof *sorted);
    for (size_t i = 0; i < wording->pattern_count; i++)
        starts[builder->patterns[i].pieces[0].class + 2]++;
    for (size_t class = 2; class < wording->class_count + 2; class ++)
        starts[class] += starts[class - 1];
    for (size_t i = 0; i < wording->pattern_count; i++)
        sorted[starts[builder->patterns[i].pieces[0].class + 1]++] = builder->patterns[i];
    wording->patterns = sorted;
    wording->pattern_starts = starts;
}

/* ---- tables by root ---- */

static void learn_lines(struct builder *builder, const char *const *lines)
{
    for (; *lines != NULL; lines++) {
        struct text_words words = text_cut(*lines, strlen(*lines), builder->arena);
        for (size_t i = 0; i < words.count; i++)
            learn_root(builder, &words.items[i]);
    }
}

/* These words get the lowest numbers, so that tables by number stay short. */
static void learn_tables(struct builder *builder)
{
    const struct wording_source *source = builder->source;
    learn_lines(builder, source->irregular);
    learn_lines(builder, source->skipped);
    for (size_t i = 0; i < source->number_count; i++)
        learn_lines(builder, source->numbers[i].words);
    for (size_t i = 0; i < source->unit_count; i++)
        learn_lines(builder, source->units[i].words);
}

static void learn_past(struct builder *builder)
{
    for (const char *const *line = builder->source->past; *line != NULL; line++) {
        struct text_words words = text_cut(*line, strlen(*line), builder->arena);
        for (size_t i = 0; i < words.count; i++)
            phrase_tree_learn(builder->wording->past, words.items[i].folded,
                              words.items[i].folded_length);
    }
}

static double *table_of(struct builder *builder, const struct value_source *sources, size_t count)
{
    uint32_t size = builder->wording->table_count;
    double *table = arena_array(builder->arena, size, sizeof *table);
    for (size_t i = 0; i < size; i++)
        table[i] = NAN;
    for (size_t i = 0; i < count; i++)
        for (const char *const *line = sources[i].words; *line != NULL; line++) {
            struct text_words words = text_cut(*line, strlen(*line), builder->arena);
            for (size_t j = 0; j < words.count; j++)
                table[learn_root(builder, &words.items[j])] = sources[i].value;
        }
    return table;
}

static void fill_irregular(struct builder *builder, uint32_t *table)
{
    for (const char *const *line = builder->source->irregular; *line != NULL; line++) {
        struct text_words words = text_cut(*line, strlen(*line), builder->arena);
        uint32_t base = words.count == 0 ? PHRASE_NONE : learn_root(builder, &words.items[0]);
        for (size_t i = 1; i < words.count; i++)
            table[learn_root(builder, &words.items[i])] = base;
    }
}

static void fill_skipped(struct builder *builder, bool *table)
{
    for (const char *const *line = builder->source->skipped; *line != NULL; line++) {
        struct text_words words = text_cut(*line, strlen(*line), builder->arena);
        for (size_t i = 0; i < words.count; i++)
            table[learn_root(builder, &words.items[i])] = true;
    }
}

static void fill_tables(struct builder *builder)
{
    struct wording *wording = builder->wording;
    const struct wording_source *source = builder->source;
    uint32_t size = (uint32_t)phrase_tree_word_count(wording->roots) + 1;
    uint32_t *irregular = arena_array(builder->arena, size, sizeof *irregular);
    bool *skipped = arena_array(builder->arena, size, sizeof *skipped);
    wording->irregular = irregular;
    wording->skipped = skipped;
    wording->table_count = size;
    fill_irregular(builder, irregular);
    fill_skipped(builder, skipped);
    wording->numbers = table_of(builder, source->numbers, source->number_count);
    wording->seconds = table_of(builder, source->units, source->unit_count);
}

/* ---- the whole ---- */

static void check_entries(const struct wording_source *source, struct problems *problems)
{
    for (size_t i = 0; i < source->entry_count; i++)
        for (size_t j = 0; j < i; j++) {
            const char *id = source->entries[i].entry.id;
            if (id != NULL && source->entries[j].entry.id != NULL &&
                strcmp(id, source->entries[j].entry.id) == 0)
                problems_add(problems, source->entries[i].file, "", "two entries have the id %s",
                             id);
        }
}

const struct wording *wording_new(const struct lexicon *lexicon,
                                  const struct regulatory_actions *actions, struct arena *arena,
                                  struct problems *problems)
{
    size_t before = problems->count;
    struct wording_source source;
    struct wording *wording = arena_alloc(arena, sizeof *wording);
    *wording = (struct wording){.lexicon = lexicon,
                                .base = lexicon_base(lexicon),
                                .roots = phrase_tree_new(arena),
                                .stems = phrase_tree_new(arena),
                                .past = phrase_tree_new(arena)};
    if (!wording_read(wording->base, actions, &source, problems) || problems->count > before)
        return NULL;
    struct builder builder = {.source = &source,
                              .language = lexicon_language(lexicon),
                              .wording = wording,
                              .arena = arena,
                              .problems = problems,
                              .class_names = arena_array(arena, MOST_CLASSES, sizeof(char *)),
                              .classes_by_name = phrase_tree_new(arena)};
    check_entries(&source, problems);
    learn_tables(&builder);
    fill_tables(&builder);
    learn_past(&builder);
    add_classes(&builder);
    learn_skipped_stems(&builder);
    add_lexicon_names(&builder);
    add_own_names(&builder);
    add_entries(&builder);
    index_patterns(&builder);
    wording->names = builder.names;
    wording->class_names = builder.class_names;
    wording->findings = source.findings;
    wording->finding_count = source.finding_count;
    return problems->count > before ? NULL : wording;
}

/* ---- of a catalog ---- */

/* What is kept: the words, or what is wrong with them. */
struct kept_wording {
    const struct wording *wording; /* NULL: none, or … */
    struct error err;              /* … this is wrong */
};

static const struct wording *wording_from(const struct catalog *catalog, struct arena *arena,
                                          struct problems *problems)
{
    const struct base *base = catalog_base(catalog);
    return wording_new(catalog_lexicon(catalog), &base_rulebooks(base)->regulatory_actions, arena,
                       problems);
}

static void *keep_wording(const struct catalog *catalog, struct arena *arena)
{
    struct problems problems = {.arena = arena};
    struct kept_wording *kept = arena_alloc(arena, sizeof *kept);
    kept->wording = wording_from(catalog, arena, &problems);
    if (problems_none(&problems, &kept->err) && kept->wording == NULL)
        error_set(&kept->err, ERROR_NOT_FOUND,
                  "this base has no words of claims (evidence/data/claims), so no text can be "
                  "vetted");
    return kept;
}

const struct wording *wording_of(const struct catalog *catalog, struct error *err)
{
    const struct kept_wording *kept = catalog_keep(catalog, KEPT_WORDING, keep_wording);
    if (kept->wording == NULL && err != NULL)
        *err = kept->err;
    return kept->wording;
}

void wording_check(const struct catalog *catalog, struct problems *problems)
{
    (void)wording_from(catalog, problems->arena, problems);
}
