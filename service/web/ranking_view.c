#include "service/web/ranking_view.h"

#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/web/address.h"
#include "service/web/lists_view.h"
#include "service/web/signs.h"
#include "service/web/use_view.h"

static const char *const kind_words[] = {[KIND_TECHNIQUE] = "Techniques",
                                         [KIND_DEVICE] = "Devices",
                                         [KIND_DRUG] = "Medicines",
                                         [KIND_EXERCISE] = "Exercise",
                                         [KIND_EDUCATION] = "Education"};
enum { KINDS = sizeof kind_words / sizeof *kind_words };

/* ---- narrowing ---- */

static int kind_called(const char *name)
{
    for (int i = 0; name != NULL && kind_names[i] != NULL; i++)
        if (strcmp(kind_names[i], name) == 0)
            return i;
    return -1;
}

struct narrowed narrowed_of(const struct request *request)
{
    const char *who = query_filled(request, "who");
    return (struct narrowed){.kind = kind_called(query_filled(request, "kind")),
                             .yourself = who != NULL && strcmp(who, "yourself") == 0};
}

static bool is_wanted(const struct page *page, const struct headline *headline,
                      const struct narrowed *narrowed)
{
    const struct safe_use *use = use_of(page, headline->intervention);
    if (narrowed->kind >= 0 && (int)headline->intervention->kind != narrowed->kind)
        return false;
    return !narrowed->yourself || (use != NULL && use->setting != SETTING_CLINICIAN);
}

static size_t count_wanted(const struct page *page, const struct checked *checked,
                           const struct narrowed *narrowed)
{
    size_t count = 0;
    for (size_t i = 0; i < checked->ranked_count; i++)
        count += is_wanted(page, checked->ranked[i], narrowed);
    return count;
}

/* A choice with how many it leaves; none that leaves nothing. */
static void put_choice(const struct page *page, const struct checked *checked,
                       const struct narrowed *now, const struct narrowed *then, const char *query,
                       const char *words)
{
    size_t count = count_wanted(page, checked, then);
    bool here = now->kind == then->kind && now->yourself == then->yourself;
    if (count == 0)
        return;
    html_put(page->out, "<li><a href=\"%s%s\"",
             address_of_topic(NULL, checked->condition, page->arena), query);
    buffer_text(page->out, here ? " aria-current=\"true\"" : "");
    html_put(page->out, ">%s (%zu)</a></li>\n", words, count);
}

static void put_choices(const struct page *page, const struct checked *checked,
                        const struct narrowed *now)
{
    const struct narrowed all = {.kind = -1};
    const struct narrowed yourself = {.kind = -1, .yourself = true};
    buffer_text(page->out, "<nav aria-label=\"Show\"><ul class=\"choices narrow\">\n");
    put_choice(page, checked, now, &all, "", "All");
    put_choice(page, checked, now, &yourself, "?who=yourself", "You can do it yourself");
    for (int kind = 0; kind < KINDS; kind++) {
        const struct narrowed one = {.kind = kind};
        put_choice(page, checked, now, &one,
                   arena_printf(page->arena, "?kind=%s", kind_names[kind]), kind_words[kind]);
    }
    buffer_text(page->out, "</ul></nav>\n");
    if (now->yourself)
        buffer_text(page->out, "<p class=\"note\">Only what is recorded here as something you can "
                               "do yourself; of many treatments nothing is recorded.</p>\n");
}

/* ---- the complaints within it ---- */

static bool is_child(const struct condition *child, const struct condition *parent)
{
    for (const char *const *id = child->parents; *id != NULL; id++)
        if (strcmp(*id, parent->id) == 0)
            return true;
    return false;
}

static void put_narrower(const struct page *page, const struct condition *condition)
{
    const struct base *base = catalog_base(page->catalog);
    bool any = false;
    for (size_t i = 0; i < base->condition_count; i++) {
        if (!is_child(&base->conditions[i], condition))
            continue;
        buffer_text(page->out, any ? ""
                                   : "<p class=\"note\">More closely, as the answers can "
                                     "differ:</p>\n<ul class=\"choices\">\n");
        any = true;
        buffer_text(page->out, "<li>");
        put_question_link(page, NULL, &base->conditions[i], base->conditions[i].plain);
        buffer_text(page->out, "</li>\n");
    }
    if (any)
        buffer_text(page->out, "</ul>\n");
}

/* ---- the lists ---- */

enum group { GROUP_HELPS, GROUP_UNKNOWN, GROUP_NO_HELP, GROUP_COUNT };

static enum group group_of(const struct headline *headline)
{
    int rank = verdict_rank(headline->verdict);
    if (rank < verdict_rank("unproven"))
        return GROUP_HELPS;
    return rank > verdict_rank("untested") ? GROUP_NO_HELP : GROUP_UNKNOWN;
}

static void put_item(const struct page *page, const struct headline *headline)
{
    const struct safe_use *use = use_of(page, headline->intervention);
    buffer_text(page->out, "<li><span>");
    put_question_link(page, headline->intervention, headline->condition,
                      headline->intervention->name);
    if (use != NULL) {
        buffer_text(page->out, " <small>");
        use_put_short(page, use);
        buffer_text(page->out, "</small>");
    }
    buffer_text(page->out, "</span>");
    sign_put_verdict(page->out, headline->verdict);
    if (strcmp(headline->verdict, "untested") != 0)
        sign_put_certainty(page->out, headline->certainty);
    buffer_text(page->out, "</li>\n");
}

static void put_group(const struct page *page, const struct checked *checked,
                      const struct narrowed *narrowed, enum group group)
{
    static const char *const headings[] = {
        [GROUP_HELPS] = "Rated as helping, best first",
        [GROUP_UNKNOWN] = "Studied, but we don't know yet",
        [GROUP_NO_HELP] = "Rated as not helping, or doing harm",
    };
    bool any = false;
    for (size_t i = 0; i < checked->ranked_count; i++) {
        const struct headline *headline = checked->ranked[i];
        if (group_of(headline) != group || !is_wanted(page, headline, narrowed))
            continue;
        if (!any)
            html_put(page->out, "<section><h2>%s</h2>\n<ol class=\"rated\">\n", headings[group]);
        any = true;
        put_item(page, headline);
    }
    if (any)
        buffer_text(page->out, "</ol></section>\n");
    else if (group == GROUP_HELPS)
        buffer_text(page->out, "<p class=\"lead\">Nothing shown here is rated as helping.</p>\n");
}

void ranking_put_best(const struct page *page, const struct checked *checked,
                      const struct narrowed *narrowed)
{
    if (checked->ranked_count == 0)
        return;
    put_narrower(page, checked->condition);
    put_choices(page, checked, narrowed);
    buffer_text(page->out, "<p class=\"note\">The examples are of how it was tried, not only for "
                           "this complaint.</p>\n");
    put_group(page, checked, narrowed, GROUP_HELPS);
}

void ranking_put_others(const struct page *page, const struct checked *checked,
                        const struct narrowed *narrowed)
{
    for (int group = GROUP_HELPS + 1; checked->ranked_count > 0 && group < GROUP_COUNT; group++)
        put_group(page, checked, narrowed, (enum group)group);
}
