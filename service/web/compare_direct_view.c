#include "service/web/compare_direct_view.h"

#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/web/signs.h"

static const struct intervention *other_of(const struct page *page, const struct rating *rating)
{
    return base_intervention(catalog_base(page->catalog),
                             comparator_intervention(rating->question.comparator));
}

static bool same_pair(const struct page *page, const struct rating *one, const struct rating *two)
{
    const struct intervention *first = one->question.intervention;
    const struct intervention *second = two->question.intervention;
    return (first == second && other_of(page, one) == other_of(page, two)) ||
           (first == other_of(page, two) && second == other_of(page, one));
}

/* Which of the pair it favours, seen from the first: 1, 0 (neither) or -1; NOT_KNOWN. */
enum { NOT_KNOWN = 2 };
static int side_of(const struct rating *rating, const struct intervention *first)
{
    int turned = rating->question.intervention == first ? 1 : -1;
    switch (rating->class) {
    case CLASS_BENEFIT:
    case CLASS_SMALL:
        return turned;
    case CLASS_HARM:
        return -turned;
    case CLASS_NO_DIFFERENCE:
        return 0;
    case CLASS_UNDECIDED:
    case CLASS_NONE:
        break;
    }
    return NOT_KNOWN;
}

/* True if two answers about one outcome name different sides: they rest on different studies. */
static bool disagree(const struct rating *const *ratings, size_t count)
{
    const struct intervention *first = ratings[0]->question.intervention;
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            int one = side_of(ratings[i], first);
            int other = side_of(ratings[j], first);
            if (ratings[i]->question.outcome == ratings[j]->question.outcome && one != NOT_KNOWN &&
                other != NOT_KNOWN && one != other)
                return true;
        }
    return false;
}

static void put_direct_rating(const struct page *page, const struct rating *rating)
{
    const struct question *question = &rating->question;
    const struct intervention *other = other_of(page, rating);
    html_put(page->out, "<li>%s, %s, %s compared with %s: ", question->outcome->name,
             window_words(question->window), question->intervention->plain, other->plain);
    sign_put_verdict(page->out, rating->verdict);
    sign_put_certainty(page->out, rating->certainty.level);
    html_put(page->out,
             "<p>%s <a href=\"/v1/ratings/%s\">Data<span class=\"unseen\"> on %s against "
             "%s</span></a></p></li>\n",
             rating->sentence, question->id, question->intervention->name, other->name);
}

static void put_pair(const struct page *page, const struct rating *const *ratings, size_t count)
{
    html_put(page->out, "<h3>%s and %s</h3>\n", ratings[0]->question.intervention->name,
             other_of(page, ratings[0])->name);
    if (disagree(ratings, count))
        buffer_text(page->out, "<p class=\"note\">These answers do not agree: they rest on "
                               "different studies.</p>\n");
    buffer_text(page->out, "<ul class=\"faced\">\n");
    for (size_t i = 0; i < count; i++)
        put_direct_rating(page, ratings[i]);
    buffer_text(page->out, "</ul>\n");
}

/* All ratings of the pair of the one at `index`; 0 where an earlier one is of that pair. */
static size_t gather_pair(const struct page *page, const struct rating *const *all, size_t count,
                          size_t index, const struct rating **out)
{
    size_t gathered = 0;
    for (size_t i = 0; i < count; i++) {
        if (!same_pair(page, all[i], all[index]))
            continue;
        if (i < index)
            return 0;
        out[gathered++] = all[i];
    }
    return gathered;
}

static void put_pairs(const struct page *page, const struct rating *const *direct, size_t count)
{
    const struct rating **pair = arena_array(page->arena, count, sizeof *pair);
    for (size_t i = 0; i < count; i++) {
        size_t gathered = gather_pair(page, direct, count, i, pair);
        if (gathered > 0)
            put_pair(page, pair, gathered);
    }
}

void compare_direct_put(const struct page *page, const struct comparison *comparison)
{
    const struct rating **direct;
    size_t count = comparison_direct(comparison, page->catalog, page->arena, &direct);
    struct buffer *out = page->out;
    if (comparison->count < 2)
        return;
    buffer_text(out, "<section class=\"direct\"><h2>One against the other</h2>\n");
    if (count == 0) {
        buffer_text(out, "<p>No study here sets these against each other. So nobody knows which is "
                         "better: that each was held against a pretend treatment, or against doing "
                         "without, is no comparison of the two. The people, the doses and the "
                         "pretending differed.</p></section>\n");
        return;
    }
    buffer_text(out, "<p>These were set side by side by studies. Where a pair is missing, no study "
                     "here did so: that each was held against a pretend treatment is no comparison "
                     "of the two.</p>\n");
    put_pairs(page, direct, count);
    buffer_text(out, "</section>\n");
}
