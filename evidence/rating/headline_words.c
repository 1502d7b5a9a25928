#include "evidence/rating/asking.h"
#include "evidence/rating/verdict.h"

/* " The one trial with one found no difference (45 people)." */
static void put_sham_directions(const struct directions *sham, struct buffer *out)
{
    buffer_byte(out, ' ');
    sentence_put_trials_found(sham, " with one", out);
    buffer_byte(out, '.');
}

static void put_no_sham_figure(const struct asking *ask, struct buffer *out)
{
    struct directions sham = {0};
    account_trials(ask, true, &sham);
    buffer_printf(out,
                  " It has not been shown to beat %s: no trial with one gives a figure for this "
                  "that can be used.",
                  sentence_sham(ask->intervention));
    if (account_total(&sham) > 0)
        put_sham_directions(&sham, out);
}

/* Q4: what a wider condition's trials with a sham found is told, and holds nothing back. */
static void put_parents_sham(const struct rating *sham, struct buffer *out)
{
    buffer_text(out, " In ");
    sentence_put_people_with(sham->question.condition, out);
    buffer_text(out, ", against ");
    sentence_put_comparator(sham, out);
    buffer_text(out, ", the studies found ");
    sentence_put_size(sham, out);
    buffer_byte(out, '.');
}

/* Trials with a sham that are not in its figure may say otherwise. */
static void put_other_sham_trials(const struct asking *ask, const struct rating *sham,
                                  struct buffer *out)
{
    struct directions all = {0};
    account_trials(ask, true, &all);
    if (sham->synthesis.basis == BASIS_TRIALS && account_total(&all) > sham->synthesis.k)
        put_sham_directions(&all, out);
}

/* ", in the first three days", where the sham was tried at another time. */
static void put_other_time(const struct choice *choice, struct buffer *out)
{
    if (choice->sham->question.window != choice->rating->question.window)
        buffer_printf(out, ", %s", window_words(choice->sham->question.window));
}

static void put_null_sham(const struct choice *choice, struct buffer *out)
{
    buffer_text(out, " It has not been shown to beat ");
    sentence_put_comparator(choice->sham, out);
    buffer_text(out, ": against that");
    put_other_time(choice, out);
    buffer_text(out, ", the studies found ");
    sentence_put_size(choice->sham, out);
    buffer_byte(out, '.');
}

/* A benefit over a sham that does not head the answer: of another time, or not sure. */
static void put_benefit_over_sham(const struct asking *ask, const struct choice *choice,
                                  struct buffer *out)
{
    const struct rating *sham = choice->sham;
    buffer_text(out, " Compared with ");
    sentence_put_comparator(sham, out);
    put_other_time(choice, out);
    buffer_text(out, ", the studies found ");
    sentence_put_size(sham, out);
    if (sham->certainty.level >= CERTAINTY_LOW) {
        buffer_byte(out, '.');
        return;
    }
    buffer_text(out, ". That is far from sure: it rests on ");
    sentence_put_basis(sham, ask->arena, out);
    buffer_byte(out, '.');
    put_other_sham_trials(ask, sham, out);
}

static void put_beside_sham(const struct asking *ask, struct buffer *out,
                            const struct choice *choice)
{
    if (choice->sham == NULL) {
        put_no_sham_figure(ask, out);
        if (choice->parents_sham != NULL)
            put_parents_sham(choice->parents_sham, out);
    } else if (choice_shows_no_benefit(choice->sham)) {
        put_null_sham(choice, out);
    } else {
        put_benefit_over_sham(ask, choice, out);
    }
}

/* Whose evidence answers, where it is not that of the condition itself. */
static void put_home(const struct asking *ask, const struct choice *choice,
                     const struct headline *headline, struct buffer *out)
{
    const char *home = headline->home->plain;
    if (headline->borrowed)
        buffer_printf(out, "No study of %s itself gives a usable figure; this one is about %s. ",
                      ask->condition->plain, home);
    else if (headline->home == ask->condition)
        return;
    else if (choice->weaker)
        buffer_printf(out,
                      "The studies differ by how long the pain has lasted. The less hopeful ones "
                      "are about %s. ",
                      home);
    else if (headline->besides[0] == NULL)
        buffer_printf(out, "The only usable figures here are about %s. ", home);
    else if (choice->size_untold)
        buffer_printf(out, "This is about %s; how many people took part is not told. ", home);
    else if (choice->others_untold)
        buffer_printf(out,
                      "Of the studies here that tell how many took part, the largest are "
                      "about %s. ",
                      home);
    else
        buffer_printf(out, "The largest studies here are about %s. ", home);
}

const char *headline_told(const struct asking *ask, const struct choice *choice,
                          const struct headline *headline)
{
    struct buffer out = {0};
    put_home(ask, choice, headline, &out);
    if (choice->held_back)
        buffer_printf(&out, "We don't know whether %s %s better than %s. ",
                      ask->intervention->plain,
                      sentence_is_plural(ask->intervention->plain) ? "work" : "works",
                      sentence_sham(ask->intervention));
    buffer_text(&out, choice->rating->sentence);
    if (choice->rating->question.comparator_class != COMPARATOR_SHAM)
        put_beside_sham(ask, &out, choice);
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
    const uint32_t *places;
    size_t count = account_studies(ask, &places);
    size_t reviews = 0;
    struct arena *look = arena_new();
    for (size_t i = 0; i < count; i++) {
        arena_clear(look);
        reviews += base_study_read(catalog_base(ask->catalog), places[i], look)->design ==
                   DESIGN_SYSTEMATIC_REVIEW;
    }
    arena_free(look);
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
        sentence_put_trials_found(
            sham, arena_printf(ask->arena, " with %s", sentence_sham(ask->intervention)), &out);
        buffer_text(&out, ". ");
    }
    put_helps(ask, &out);
    put_studies(ask, &out);
    int counted = account_total(&headline->directions);
    const char *against = arena_printf(ask->arena, " against %s or doing without it",
                                       sentence_sham(ask->intervention));
    if (counted == 0)
        buffer_printf(&out, " No trial%s stands here.", against);
    if (counted > 0 && !(none_beat_sham && counted == with_sham)) {
        buffer_byte(&out, ' ');
        sentence_put_trials_found(&headline->directions, against, &out);
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
        if (!mentions[i].retracted)
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
