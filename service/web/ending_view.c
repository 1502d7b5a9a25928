#include "service/web/ending_view.h"

#include <math.h>

#include "evidence/judgement/stop/stop_plan.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/web/source_view.h"

static const struct rulebooks *books_of(const struct page *page)
{
    return base_rulebooks(catalog_base(page->catalog));
}

static bool knows_trials(const struct page *page)
{
    return books_of(page)->stop_model.trial_count > 0;
}

/* ---- the rule in words ---- */

/* "6 weeks", "3 days". */
static const char *days_words(double days, struct arena *arena)
{
    bool weeks = days >= 14 && fmod(days, 7) == 0;
    double number = weeks ? days / 7 : days;
    return arena_printf(arena, "%g %s%s", number, weeks ? "week" : "day", number == 1 ? "" : "s");
}

static const char *length_words(const struct trial_length *length, struct arena *arena)
{
    const char *days = days_words(length->days, arena);
    if (length->sessions <= 0)
        return days;
    return arena_printf(arena, "%d session%s or %s, whichever comes first", length->sessions,
                        length->sessions == 1 ? "" : "s", days);
}

/* What has to have come of it by then. */
static const char *goal_words(const struct page *page, const struct tried *tried)
{
    const struct stop_goal *goal = &books_of(page)->stop_model.goal;
    const struct stop_outcome *judged =
        stop_model_outcome(&books_of(page)->stop_model, tried->outcome->id);
    if (judged == NULL || !judged->is_pain)
        return arena_printf(page->arena, "If it (%s) is not at least %g %% better by then",
                            tried->outcome->plain, 100 * goal->share);
    return arena_printf(page->arena,
                        "If the pain is not at least %g %% less by then, and %g point%s of 10",
                        100 * goal->share, 10 * goal->least_share_of_scale,
                        10 * goal->least_share_of_scale > 1 ? "s" : "");
}

/* Nobody is told to stop a medicine by us. */
static const char *then_words(const struct page *page, const struct intervention *intervention)
{
    const struct stop_rule *slow = stop_rules_slow(&books_of(page)->stop_rules, intervention->id);
    if (slow != NULL)
        return "ask whoever prescribed it how to come off it slowly: it must not be stopped from "
               "one day to the next.";
    if (intervention->kind == KIND_DRUG)
        return "talk to whoever prescribed it, or to a pharmacist, about ending it.";
    return "stop, and try something else.";
}

static const char *diary_address(const struct tried *tried, struct arena *arena)
{
    return arena_printf(arena, "/stop?intervention=%s&condition=%s",
                        percent_encode(tried->intervention->name, arena),
                        percent_encode(tried->condition->plain, arena));
}

void ending_put_first(const struct page *page, const struct tried *tried)
{
    if (!knows_trials(page))
        return;
    const struct trial_length length = trial_length_of(
        catalog_base(page->catalog), tried->intervention, tried->condition, tried->outcome);
    html_put(page->out, "<div><dt>When to stop</dt><dd>Give it %s. %s, %s ",
             length_words(&length, page->arena), goal_words(page, tried),
             then_words(page, tried->intervention));
    html_put(page->out, "<a href=\"%s\">Keep a diary of it</a></dd></div>\n",
             diary_address(tried, page->arena));
}

/* ---- where it comes from, and the other rules ---- */

static bool is_told(const struct page *page, const struct stop_rule *rule,
                    const struct tried *tried)
{
    return rule->superseded_by == NULL && rule->interventions[0] != NULL &&
           stop_rule_is_for(rule, tried->intervention->id) &&
           stop_rule_is_about(rule, catalog_base(page->catalog), tried->condition->id);
}

static const char *basis_words(enum stop_basis basis)
{
    switch (basis) {
    case BASIS_GUIDELINE:
        return "from a guideline";
    case BASIS_LABEL:
        return "from a leaflet";
    case BASIS_TRIAL:
        return "from trials";
    case BASIS_CONSENSUS:
        return "agreed among experts";
    case BASIS_CASE_REPORT:
        return "from reports of single cases";
    case BASIS_SURVEY:
        break;
    }
    return "from a survey";
}

static void put_rules(const struct page *page, const struct tried *tried)
{
    const struct stop_rules *rules = &books_of(page)->stop_rules;
    bool any = false;
    for (size_t i = 0; i < rules->count; i++) {
        const struct stop_rule *rule = &rules->items[i];
        if (!is_told(page, rule, tried))
            continue;
        buffer_text(page->out, any ? "" : "<ul>\n");
        any = true;
        html_put(page->out, "<li>%s <span class=\"quiet\">%s.</span>", rule->rule,
                 arena_printf(page->arena, "This comes %s", basis_words(rule->basis)));
        source_put(page, &rule->backing);
        buffer_text(page->out, "</li>\n");
    }
    if (any)
        buffer_text(page->out, "</ul>\n");
}

void ending_put(const struct page *page, const struct tried *tried)
{
    if (!knows_trials(page))
        return;
    const struct trial_length length = trial_length_of(
        catalog_base(page->catalog), tried->intervention, tried->condition, tried->outcome);
    html_put(page->out,
             "<section class=\"row\" id=\"stop\"><h2>When to stop</h2><div>\n<p>A fair try is %s. "
             "%s, %s</p>\n",
             length_words(&length, page->arena), goal_words(page, tried),
             then_words(page, tried->intervention));
    if (length.rule == NULL || length.rule->trial_days <= 0)
        html_put(page->out, "<p class=\"note\">%s</p>\n", length.rest->note);
    html_put(page->out, "<p class=\"note\">%s</p>\n", books_of(page)->stop_model.goal.note);
    put_rules(page, tried);
    html_put(page->out, "<p><a href=\"%s\">Keep a diary, and be told when to stop</a></p>\n",
             diary_address(tried, page->arena));
    buffer_text(page->out, "</div></section>\n");
}
