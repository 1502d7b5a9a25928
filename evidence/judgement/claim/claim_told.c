/* The answer in words: of the claim, never of who makes it. */
#include <string.h>

#include "evidence/judgement/claim/claim_parts.h"
#include "evidence/rating/safety.h"
#include "evidence/rating/verdict.h"

enum { SENTENCES_MOST = 4, USUAL_BYTES = 1000 };

static const char *kept(struct arena *arena, struct buffer *out)
{
    const char *text = arena_strndup(arena, buffer_string(out), out->length);
    buffer_release(out);
    return text;
}

/* ---- summary ---- */

static const char *verdict_words(enum claim_verdict verdict)
{
    switch (verdict) {
    case CLAIM_MISLEADING:
        return "misleading";
    case CLAIM_CONTRADICTED:
        return "contradicted by what is known";
    case CLAIM_UNSUPPORTED:
        return "without support here";
    case CLAIM_OVERSTATED:
        return "more than the evidence gives";
    case CLAIM_PARTLY_SUPPORTED:
        return "borne out in part";
    case CLAIM_NOT_CHECKABLE:
        return "beyond what can be checked here";
    case CLAIM_SUPPORTED:
        return "borne out";
    case CLAIM_NONE:
        break;
    }
    return "";
}

static void put_counts(const struct claim *claim, struct buffer *out)
{
    bool first = true;
    for (int verdict = CLAIM_MISLEADING; verdict <= CLAIM_SUPPORTED; verdict++) {
        size_t count = 0;
        for (size_t i = 0; i < claim->atom_count; i++)
            count += claim->atoms[i].verdict == (enum claim_verdict)verdict;
        if (count == 0)
            continue;
        buffer_text(out, first ? "" : "; ");
        buffer_integer(out, (long long)count);
        buffer_text(out, count == 1 ? " is " : " are ");
        buffer_text(out, verdict_words((enum claim_verdict)verdict));
        first = false;
    }
}

static const char *summary_of(const struct vetting *vetting, const struct claim *claim)
{
    struct buffer out = {0};
    if (claim->atom_count == 0) {
        buffer_text(&out, "No claim that can be checked was found in this text.");
        return kept(vetting->arena, &out);
    }
    buffer_integer(&out, (long long)claim->atom_count);
    buffer_text(&out, claim->atom_count == 1 ? " claim found" : " claims found");
    if (claim->intervention != NULL) {
        buffer_text(&out, " about ");
        buffer_text(&out, claim->intervention->plain);
    }
    if (claim->atom_count == 1) {
        buffer_text(&out, "; it is ");
        buffer_text(&out, verdict_words(claim->verdict));
    } else {
        buffer_text(&out, ": ");
        put_counts(claim, &out);
    }
    buffer_byte(&out, '.');
    return kept(vetting->arena, &out);
}

/* ---- what could honestly be said ---- */

/* The first sentence of an answer: what it does, how sure, how big. */
static const char *first_sentence(const char *text, struct arena *arena)
{
    const char *end = strstr(text, ". ");
    return end == NULL ? text : arena_strndup(arena, text, (size_t)(end - text) + 1);
}

struct saying {
    const char *sentences[SENTENCES_MOST];
    size_t count;
};

static void say(struct saying *saying, const char *sentence)
{
    for (size_t i = 0; i < saying->count; i++)
        if (strcmp(saying->sentences[i], sentence) == 0)
            return;
    if (saying->count < SENTENCES_MOST)
        saying->sentences[saying->count++] = sentence;
}

/* What is known of the treatment for what the atom is about. */
static void say_of_atom(const struct vetting *vetting, const struct claim_atom *atom,
                        struct saying *saying)
{
    bool of_effect = atom->type != ATOM_SAFETY && atom->type != ATOM_AUTHORITY;
    if (!of_effect || atom->intervention == NULL)
        return;
    if (atom->condition != NULL) {
        const struct headline *headline =
            standing_headline(vetting->standings, atom->intervention, atom->condition);
        if (headline->rating != NULL)
            say(saying, headline->rating->sentence == NULL
                            ? headline->sentence
                            : first_sentence(headline->rating->sentence, vetting->arena));
        else
            say(saying, first_sentence(headline->sentence, vetting->arena));
    } else if (atom->rating_count > 0 && atom->ratings[0]->sentence != NULL) {
        say(saying, first_sentence(atom->ratings[0]->sentence, vetting->arena));
    }
}

/* What is known of the treatment for the complaint it was studied for most, where the text names
 * none: how it is said to work may be without support, and the treatment itself have some. NULL
 * where no question of it has an answer. */
static const struct headline *most_studied(const struct vetting *vetting,
                                           const struct intervention *one)
{
    const struct headline *most = NULL;
    for (size_t i = 0; i < vetting->base->condition_count; i++) {
        const struct condition *condition = &vetting->base->conditions[i];
        size_t from;
        if (strcmp(condition->id, "healthy-adults") == 0 ||
            catalog_ratings_of(vetting->catalog, one->id, condition->id, &from) == 0)
            continue;
        const struct headline *headline = standing_headline(vetting->standings, one, condition);
        if (headline->rating != NULL && headline->rating->sentence != NULL &&
            (most == NULL || headline->studies > most->studies))
            most = headline;
    }
    return most;
}

/* Of a treatment whose effect no part is about: what stands behind any part ("clinically proven"),
 * else what it was studied for most. */
static void say_of_treatment(const struct vetting *vetting, const struct claim *claim,
                             struct saying *saying)
{
    for (size_t i = 0; i < claim->atom_count; i++) {
        const struct claim_atom *atom = &claim->atoms[i];
        if (atom->rating_count > 0 && atom->ratings[0]->sentence != NULL) {
            say(saying, first_sentence(atom->ratings[0]->sentence, vetting->arena));
            return;
        }
    }
    const struct headline *most = most_studied(vetting, claim->intervention);
    if (most != NULL)
        say(saying, first_sentence(most->rating->sentence, vetting->arena));
    else
        say(saying,
            arena_printf(vetting->arena, "%s What it does for any complaint is not shown here.",
                         claim->intervention->summary));
}

static void say_how_safe(const struct vetting *vetting, const struct claim *claim,
                         struct saying *saying)
{
    const struct intervention *one = claim->intervention;
    if (one == NULL)
        return;
    const struct safety *safety = &known_harms_of(vetting->catalog, one)->safety;
    if (safety->level != SAFETY_NOT_RECORDED)
        say(saying, first_sentence(safety_sentence(safety, vetting->arena), vetting->arena));
}

static const char *supported_wording(const struct vetting *vetting, const struct claim *claim)
{
    struct saying saying = {0};
    struct buffer out = {0};
    for (size_t i = 0; i < claim->atom_count && saying.count + 1 < SENTENCES_MOST; i++)
        say_of_atom(vetting, &claim->atoms[i], &saying);
    if (saying.count == 0 && claim->intervention != NULL)
        say_of_treatment(vetting, claim, &saying);
    say_how_safe(vetting, claim, &saying);
    if (saying.count == 0)
        return NULL;
    buffer_reserve(&out, USUAL_BYTES);
    for (size_t i = 0; i < saying.count; i++) {
        buffer_text(&out, i == 0 ? "" : " ");
        buffer_text(&out, saying.sentences[i]);
    }
    return kept(vetting->arena, &out);
}

/* ---- what could not be checked ---- */

static const char *const *not_checked(const struct vetting *vetting, const struct claim *claim,
                                      const char *text)
{
    size_t count = 0;
    const char **list = arena_array(vetting->arena, claim->atom_count + 1, sizeof *list);
    for (size_t i = 0; i < claim->atom_count; i++) {
        const struct claim_atom *atom = &claim->atoms[i];
        if (atom->verdict == CLAIM_NOT_CHECKABLE)
            list[count++] = arena_strndup(vetting->arena, text + atom->start_byte,
                                          atom->end_byte - atom->start_byte);
    }
    return list;
}

void claim_tell(const struct vetting *vetting, const char *text, struct claim *out)
{
    out->summary = summary_of(vetting, out);
    out->supported_wording = out->atom_count == 0 ? NULL : supported_wording(vetting, out);
    out->not_checked = not_checked(vetting, out, text);
}
