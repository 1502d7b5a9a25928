#include "evidence/judgement/claim/wording.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/claim/wording_build.h"
#include "evidence/judgement/language/word_root.h"
#include "evidence/model/rulebooks.h"

enum { MOST_CLASSES = 8192 };

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
    [WORDS_LESS] = "less",
    [WORDS_USERS_TELL] = "users-tell",
    [WORDS_APPARATUS] = "apparatus",
    [WORDS_RIVAL] = "rival",
    [WORDS_SHAM] = "sham",
    [WORDS_NOTHING] = "nothing",
    [WORDS_THING] = "thing",
    [WORDS_DOSE] = "dose",
    [WORDS_AT_ONCE] = "at-once",
    [WORDS_UNKNOWN] = "known",
    [WORDS_PERFECT] = "perfect",
    [WORDS_IN_PART] = "in-part",
    [WORDS_RELATIVE] = "relative",
    [WORDS_FRAME] = "trial-frame",
    [WORDS_TRIAL] = "trial-word",
    [WORDS_VERB_OPENER] = "verb-opener",
    [WORDS_VERB_SUBJECT] = "verb-subject",
    [WORDS_STILL] = "still",
    [WORDS_SHARE] = "share-of",
    [WORDS_OF_STOMACH] = "of-stomach",
    [WORDS_OF_SKIN] = "of-skin",
    [WORDS_OF_LIVER] = "of-liver",
    [WORDS_OF_KIDNEYS] = "of-kidneys",
    [WORDS_OF_HEART] = "of-heart",
    [WORDS_EXPERT] = "expert",
    [WORDS_EXERTION] = "exertion",
    [WORDS_AFTER] = "after",
    [WORDS_BE] = "be-form",
    [WORDS_AFTER_EXERTION] = "after-exertion",
};

void *wording_with_room(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    *room = *room == 0 ? 1024 : *room * 2;
    void *larger = arena_array(arena, *room, size);
    if (items != NULL)
        memcpy(larger, items, count * size);
    return larger;
}

struct text_words wording_cut(struct wording_builder *builder, const char *text)
{
    arena_clear(builder->scratch);
    return text_cut(text, strlen(text), builder->scratch);
}

/* ---- roots ---- */

static uint32_t root_number(const struct wording *wording, uint32_t number)
{
    bool known = number < wording->table_count && wording->irregular[number] != PHRASE_NONE;
    return known ? wording->irregular[number] : number;
}

static uint32_t learn_root(struct wording_builder *builder, const struct text_word *word)
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
unsigned wording_class(struct wording_builder *builder, const char *name)
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
bool wording_has_class(const struct wording_builder *builder, const char *name)
{
    uint32_t key = phrase_tree_word(builder->classes_by_name, name, strlen(name));
    return phrase_tree_next(builder->classes_by_name, phrase_tree_start(), key) != PHRASE_NONE;
}

/* Puts a phrase into a class; skipped words within it are left out. */
void wording_add_phrase(struct wording_builder *builder, const char *text, unsigned class)
{
    uint32_t roots[WORDING_PHRASE_WORDS];
    size_t count = 0;
    struct text_words words = wording_cut(builder, text);
    for (size_t i = 0; i < words.count && count < WORDING_PHRASE_WORDS; i++) {
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
static void add_class_words(struct wording_builder *builder, const char *line, unsigned class)
{
    struct text_words words = wording_cut(builder, line);
    for (size_t i = 0; i < words.count; i++) {
        uint32_t root = learn_root(builder, &words.items[i]);
        phrase_tree_add(builder->wording->roots, &root, 1, class);
    }
}

static void add_to_class(struct wording_builder *builder, const struct class_source *source,
                         unsigned class)
{
    for (const char *const *line = source->words; *line != NULL; line++)
        add_class_words(builder, *line, class);
    for (const char *const *phrase = source->phrases; *phrase != NULL; phrase++)
        wording_add_phrase(builder, *phrase, class);
}

static void add_classes(struct wording_builder *builder)
{
    builder->class_names[builder->wording->class_count++] = known_classes[WORDS_NONE];
    for (unsigned class = WORDS_NONE + 1; class < WORDS_COUNT; class ++)
        wording_class(builder, known_classes[class]);
    for (size_t i = 0; i < builder->source->class_count; i++)
        wording_class(builder, builder->source->classes[i].id);
    for (size_t i = 0; i < builder->source->class_count; i++) {
        const struct class_source *source = &builder->source->classes[i];
        add_to_class(builder, source, wording_class(builder, source->id));
        for (const char *const *in = source->in; *in != NULL; in++) {
            if (!wording_has_class(builder, *in))
                problems_add(builder->problems, "claims/words.json", "", "no class \"%s\"", *in);
            else
                add_to_class(builder, source, wording_class(builder, *in));
        }
    }
}

/* What people are sore from is what questions call it. */
static void add_exertion(struct wording_builder *builder)
{
    const struct language *language = builder->language;
    for (const char *const *phrase = language->exercise; *phrase != NULL; phrase++)
        wording_add_phrase(builder, *phrase, WORDS_EXERTION);
    for (const char *const *word = language->exercise_after; *word != NULL; word++)
        wording_add_phrase(builder, *word, WORDS_AFTER);
}

/* ---- tables by root ---- */

static void learn_lines(struct wording_builder *builder, const char *const *lines)
{
    for (; *lines != NULL; lines++) {
        struct text_words words = wording_cut(builder, *lines);
        for (size_t i = 0; i < words.count; i++)
            learn_root(builder, &words.items[i]);
    }
}

/* These words get the lowest numbers, so that tables by number stay short. */
static void learn_tables(struct wording_builder *builder)
{
    const struct wording_source *source = builder->source;
    learn_lines(builder, source->irregular);
    learn_lines(builder, source->skipped);
    for (size_t i = 0; i < source->number_count; i++)
        learn_lines(builder, source->numbers[i].words);
    for (size_t i = 0; i < source->unit_count; i++)
        learn_lines(builder, source->units[i].words);
}

static void learn_past(struct wording_builder *builder)
{
    for (const char *const *line = builder->source->past; *line != NULL; line++) {
        struct text_words words = wording_cut(builder, *line);
        for (size_t i = 0; i < words.count; i++)
            phrase_tree_learn(builder->wording->past, words.items[i].folded,
                              words.items[i].folded_length);
    }
}

static double *table_of(struct wording_builder *builder, const struct value_source *sources,
                        size_t count)
{
    uint32_t size = builder->wording->table_count;
    double *table = arena_array(builder->arena, size, sizeof *table);
    for (size_t i = 0; i < size; i++)
        table[i] = NAN;
    for (size_t i = 0; i < count; i++)
        for (const char *const *line = sources[i].words; *line != NULL; line++) {
            struct text_words words = wording_cut(builder, *line);
            for (size_t j = 0; j < words.count; j++)
                table[learn_root(builder, &words.items[j])] = sources[i].value;
        }
    return table;
}

static void fill_irregular(struct wording_builder *builder, uint32_t *table)
{
    for (const char *const *line = builder->source->irregular; *line != NULL; line++) {
        struct text_words words = wording_cut(builder, *line);
        uint32_t base = words.count == 0 ? PHRASE_NONE : learn_root(builder, &words.items[0]);
        for (size_t i = 1; i < words.count; i++)
            table[learn_root(builder, &words.items[i])] = base;
    }
}

static void fill_skipped(struct wording_builder *builder, bool *table)
{
    for (const char *const *line = builder->source->skipped; *line != NULL; line++) {
        struct text_words words = wording_cut(builder, *line);
        for (size_t i = 0; i < words.count; i++)
            table[learn_root(builder, &words.items[i])] = true;
    }
}

static void fill_tables(struct wording_builder *builder)
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

static void keep_names(const struct wording_builder *builder)
{
    struct wording *wording = builder->wording;
    struct name *names = arena_array(builder->arena, wording->name_count, sizeof *names);
    if (wording->name_count > 0)
        memcpy(names, builder->names, wording->name_count * sizeof *names);
    wording->names = names;
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
    struct wording_builder builder = {.source = &source,
                                      .language = lexicon_language(lexicon),
                                      .wording = wording,
                                      .arena = arena,
                                      .scratch = arena_new(),
                                      .drafts = arena_new(),
                                      .problems = problems,
                                      .class_names =
                                          arena_array(arena, MOST_CLASSES, sizeof(char *)),
                                      .classes_by_name = phrase_tree_new(arena)};
    check_entries(&source, problems);
    learn_tables(&builder);
    fill_tables(&builder);
    learn_past(&builder);
    add_classes(&builder);
    add_exertion(&builder);
    wording_add_names(&builder);
    wording_add_entries(&builder);
    keep_names(&builder);
    arena_free(builder.scratch);
    arena_free(builder.drafts);
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
