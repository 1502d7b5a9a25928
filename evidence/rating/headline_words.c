#include "evidence/rating/asking.h"
#include "evidence/rating/verdict.h"

static void put_sham_directions(const struct asking *ask, struct buffer *out)
{
    struct directions sham = {0};
    account_trials(ask, true, &sham);
    buffer_text(out,
                " It has not been shown to beat a pretend treatment: no trial with one gives a "
                "figure for this that can be used.");
    if (account_total(&sham) == 0)
        return;
    buffer_byte(out, ' ');
    sentence_put_trials_found(&sham, " with one", out);
    buffer_byte(out, '.');
}

/* Q4: what a wider condition's trials with a sham found is told, and holds nothing back. */
static void put_parents_sham(const struct rating *sham, struct buffer *out)
{
    buffer_text(out, " In ");
    sentence_put_people_with(sham->question.condition, out);
    buffer_text(out, ", against a pretend treatment, the studies found ");
    sentence_put_size(sham, out);
    buffer_byte(out, '.');
}

static void put_not_beaten(const struct asking *ask, struct buffer *out,
                           const struct choice *choice)
{
    if (choice->sham == NULL) {
        put_sham_directions(ask, out);
        if (choice->parents_sham != NULL)
            put_parents_sham(choice->parents_sham, out);
        return;
    }
    buffer_text(out, choice_shows_no_benefit(choice->sham)
                         ? " It has not been shown to beat a pretend treatment: against that, "
                         : " Whether it beats a pretend treatment is not sure: against that, ");
    if (choice->sham->question.window != choice->rating->question.window)
        buffer_printf(out, "%s, ", window_words(choice->sham->question.window));
    buffer_text(out, "the studies found ");
    sentence_put_size(choice->sham, out);
    buffer_byte(out, '.');
}

const char *headline_told(const struct asking *ask, const struct choice *choice,
                          const struct headline *headline)
{
    struct buffer out = {0};
    if (headline->borrowed)
        buffer_printf(&out, "No study of %s itself gives a usable figure; this one is about %s. ",
                      ask->condition->plain, headline->home->plain);
    else if (headline->home != ask->condition)
        buffer_printf(&out, "%s are about %s. ",
                      choice->weaker ? "The studies differ by how long the pain has lasted. The "
                                       "less hopeful ones"
                      : headline->besides[0] == NULL ? "The only usable figures here"
                                                     : "The largest studies here",
                      headline->home->plain);
    if (choice->held_back)
        buffer_printf(
            &out, "We don't know whether %s better than a pretend treatment. ",
            arena_printf(ask->arena, "%s %s", ask->intervention->plain,
                         sentence_is_plural(ask->intervention->plain) ? "work" : "works"));
    buffer_text(&out, choice->rating->sentence);
    if (choice->rating->question.comparator_class != COMPARATOR_SHAM)
        put_not_beaten(ask, &out, choice);
    const char *sentence = arena_strndup(ask->arena, buffer_string(&out), out.length);
    buffer_release(&out);
    return sentence;
}

static void put_helps(const struct asking *ask, struct buffer *out)
{
    buffer_printf(out, "We don't know whether %s help%s ", ask->intervention->plain,
                  sentence_is_plural(ask->intervention->plain) ? "" : "s");
    sentence_put_people_with(ask->condition, out);
}

/* ": 3 studies stand here (2 of them reviews), and none gives …" */
static void put_studies(const struct asking *ask, struct buffer *out)
{
    const struct study **studies;
    size_t count = account_studies(ask, &studies);
    size_t reviews = 0;
    for (size_t i = 0; i < count; i++)
        reviews += studies[i]->design == DESIGN_SYSTEMATIC_REVIEW;
    const char *noun = reviews == count ? "review" : "stud";
    const char *one = reviews == count ? "" : "y";
    const char *many = reviews == count ? "s" : "ies";
    buffer_printf(out, ": %zu %s%s here", count, noun, count == 1 ? one : many);
    if (reviews > 0 && reviews < count)
        buffer_printf(out, " (%zu of them %s)", reviews, reviews == 1 ? "a review" : "reviews");
    buffer_printf(out, " give%s no figure that can answer this.", count == 1 ? "s" : "");
}

const char *headline_told_without_body(const struct asking *ask, const struct headline *headline,
                                       const struct directions *sham)
{
    struct buffer out = {0};
    int with_sham = account_total(sham);
    bool none_beat_sham = with_sham > 0 && sham->neither == with_sham;
    if (none_beat_sham) {
        sentence_put_trials_found(sham, " with a pretend treatment", &out);
        buffer_text(&out, ". ");
    }
    put_helps(ask, &out);
    put_studies(ask, &out);
    int counted = account_total(&headline->directions);
    if (counted == 0)
        buffer_printf(&out, " %s a trial against a pretend treatment or against doing without it.",
                      headline->studies == 1 ? "It is not" : "None of them is");
    if (counted > 0 && !(none_beat_sham && counted == with_sham)) {
        buffer_byte(&out, ' ');
        sentence_put_trials_found(&headline->directions,
                                  " against a pretend treatment or doing without", &out);
        buffer_byte(&out, '.');
    }
    if (counted > 0)
        buffer_text(&out, " A count of trials proves nothing.");
    const char *sentence = arena_strndup(ask->arena, buffer_string(&out), out.length);
    buffer_release(&out);
    return sentence;
}

/* A study of a pair that was not retracted. */
static bool is_studied(const struct asking *ask, const char *condition)
{
    size_t count = 0;
    const struct mention *mentions =
        catalog_mentions(ask->catalog, ask->intervention->id, condition, &count);
    for (size_t i = 0; i < count; i++)
        if (!mentions[i].study->retracted)
            return true;
    return false;
}

const char *headline_told_of_parents(const struct asking *ask)
{
    for (const char *const *id = ask->condition->parents; *id != NULL; id++) {
        if (is_studied(ask, *id))
            return arena_printf(ask->arena,
                                " There are studies for %s, but they give no usable figure.",
                                base_condition(catalog_base(ask->catalog), *id)->plain);
    }
    return "";
}
