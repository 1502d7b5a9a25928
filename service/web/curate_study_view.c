#include "service/web/curate_study_view.h"

#include "service/views/html.h"

/* ---- fields ---- */

static void open_field(const struct page *page, const char *form, const char *pointer,
                       const char *label)
{
    html_put(page->out, "<p><label for=\"%s%s\">%s</label><br>", form, pointer, label);
}

/* `attributes` are ours and go in as they stand. */
static void put_input(const struct page *page, const char *form, const char *pointer,
                      const char *label, const char *attributes)
{
    open_field(page, form, pointer, label);
    html_put(page->out, "<input id=\"%s%s\" name=\"%s\"", form, pointer, pointer);
    buffer_text(page->out, attributes);
    buffer_text(page->out, "></p>\n");
}

static void put_line(const struct page *page, const char *form, const char *pointer,
                     const char *label)
{
    put_input(page, form, pointer, label, " class=\"whole\"");
}

static void put_number(const struct page *page, const char *form, const char *pointer,
                       const char *label)
{
    put_input(page, form, pointer, label,
              " data-number inputmode=\"decimal\" autocomplete=\"off\" size=\"8\"");
}

static void open_select(const struct page *page, const char *form, const char *pointer,
                        const char *label)
{
    open_field(page, form, pointer, label);
    html_put(page->out, "<select id=\"%s%s\" name=\"%s\">\n", form, pointer, pointer);
}

static void close_select(const struct page *page)
{
    buffer_text(page->out, "</select></p>\n");
}

static void put_choice(const struct page *page, const char *form, const char *pointer,
                       const char *label, const char *const *names)
{
    open_select(page, form, pointer, label);
    desk_put_words(page, names);
    close_select(page);
}

static void put_reason(const struct page *page, const char *form)
{
    put_line(page, form, "/reason", "Why (for the log)");
}

static void open_form(const struct page *page, const char *id, const char *title)
{
    html_put(page->out,
             "<form class=\"told\" id=\"%s\" autocomplete=\"off\"><h3 tabindex=\"-1\">%s"
             "</h3>\n",
             id, title);
}

static void close_form(const struct page *page, const char *submit, bool can_clear)
{
    html_put(page->out, "<p class=\"buttons\"><button type=\"submit\">%s</button>", submit);
    if (can_clear)
        buffer_text(page->out, " <button type=\"reset\" class=\"second\">Clear</button>");
    buffer_text(page->out, "</p></form>\n");
}

static void open_part(const struct page *page, const char *id, const char *title)
{
    html_put(page->out, "<section id=\"%s\"><h2>%s</h2>\n", id, title);
}

static void close_part(const struct page *page)
{
    buffer_text(page->out, "</section>\n");
}

/* ---- who it is ---- */

static void put_who(const struct page *page)
{
    open_part(page, "part-study", "The study");
    buffer_text(page->out, "<dl class=\"facts\" id=\"facts\"></dl>\n");
    open_form(page, "study", "What it is");
    buffer_text(page->out, "<div class=\"pair\">\n");
    put_choice(page, "study", "/design", "Design", design_names);
    open_select(page, "study", "/condition", "Complaint of its people");
    desk_put_conditions(page);
    close_select(page);
    put_number(page, "study", "/participants", "People");
    buffer_text(page->out, "</div>\n");
    put_line(page, "study", "/population", "Who took part, in your own words");
    put_line(page, "study", "/note", "What a reader must know");
    put_reason(page, "study");
    close_form(page, "Save", false);
    close_part(page);
}

/* ---- appraisals ---- */

static void put_appraisals(const struct page *page)
{
    open_part(page, "part-appraisals", "How well it was done");
    buffer_text(page->out, "<ul id=\"appraisals\"></ul>\n");
    open_form(page, "appraisal", "Appraise it");
    buffer_text(page->out, "<p><label for=\"instrument\">Instrument</label><br>"
                           "<select id=\"instrument\"></select></p>\n"
                           "<p class=\"note\" id=\"instrument-for\"></p>\n"
                           "<div id=\"items\"></div>\n"
                           "<p class=\"overall\" id=\"overall\" role=\"status\"></p>\n");
    put_line(page, "appraisal", "/reason", "Why you judge otherwise than the answers, if you do");
    close_form(page, "Save the appraisal", false);
    close_part(page);
}

/* ---- results ---- */

static void put_comparator(const struct page *page)
{
    buffer_text(page->out,
                "<p><label for=\"against\">Compared with</label><br><select id=\"against\">\n"
                "<option value=\"\">– none –</option><option value=\"sham\">a pretend treatment "
                "(sham)</option><option value=\"nothing\">nothing added</option>"
                "<option value=\"active\">another treatment</option>"
                "<option value=\"mixed\">a mixture (reviews only)</option></select>"
                "<input type=\"hidden\" name=\"/comparator\"></p>\n"
                "<p id=\"active\" hidden><label for=\"other\">Which other treatment</label><br>"
                "<select id=\"other\">\n<option value=\"active:other\">one that has no entry "
                "here</option>\n");
    desk_put_interventions(page);
    close_select(page);
}

static void put_arm(const struct page *page, const char *place, const char *title, const char *role)
{
    static const struct {
        const char *key, *label;
    } figures[] = {{"n", "People"},
                   {"mean", "Mean"},
                   {"sd", "SD"},
                   {"baseline_mean", "Mean before"},
                   {"baseline_sd", "SD before"},
                   {"change_mean", "Mean change"},
                   {"change_sd", "SD of change"},
                   {"median", "Median"},
                   {"q1", "Lower quartile"},
                   {"q3", "Upper quartile"},
                   {"events", "With the event"}};
    html_put(page->out,
             "<fieldset><legend>%s</legend><input type=\"hidden\" name=\"/arms/%s/role\" "
             "value=\"%s\">\n<div class=\"figures\">\n",
             title, place, role);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        put_number(page, "result", arena_printf(page->arena, "/arms/%s/%s", place, figures[i].key),
                   figures[i].label);
    buffer_text(page->out, "</div></fieldset>\n");
}

static void put_by_arm(const struct page *page)
{
    buffer_text(page->out, "<div id=\"by-arm\" class=\"pair\">\n");
    put_arm(page, "0", "With the treatment", "intervention");
    put_arm(page, "1", "Compared with it", "comparator");
    buffer_text(page->out, "</div>\n");
}

static void put_as_published(const struct page *page)
{
    buffer_text(page->out, "<fieldset id=\"as-published\" hidden disabled><legend>As published"
                           "</legend>\n<div class=\"figures\">\n");
    put_choice(page, "result", "/measure", "Measure", figure_names);
    put_number(page, "result", "/estimate", "Estimate");
    put_number(page, "result", "/ci/0", "Interval from");
    put_number(page, "result", "/ci/1", "to");
    put_number(page, "result", "/ci_level", "Level (0.95)");
    put_number(page, "result", "/se", "Standard error");
    put_number(page, "result", "/p", "p");
    put_number(page, "result", "/k", "Trials (of a pool)");
    put_number(page, "result", "/n", "People");
    put_number(page, "result", "/i2", "I², percent");
    put_number(page, "result", "/control_risk", "Share with the event without it (0 to 1)");
    buffer_text(page->out, "</div></fieldset>\n");
}

static void put_result_head(const struct page *page)
{
    buffer_text(page->out, "<div class=\"pair\">\n");
    open_select(page, "result", "/intervention", "Treatment");
    desk_put_interventions(page);
    close_select(page);
    put_comparator(page);
    open_select(page, "result", "/outcome", "What was measured");
    desk_put_outcomes(page);
    close_select(page);
    put_choice(page, "result", "/better", "Good for the person is", better_names);
    put_choice(page, "result", "/window", "When, from the first session", window_names);
    put_number(page, "result", "/days", "Days from the first session");
    buffer_text(page->out, "</div>\n<div class=\"figures\">\n");
    put_input(page, "result", "/scale/name", "Scale", " size=\"10\"");
    put_number(page, "result", "/scale/low", "from");
    put_number(page, "result", "/scale/high", "to");
    put_input(page, "result", "/scale/unit", "Unit", " size=\"8\"");
    buffer_text(page->out, "</div>\n");
    put_line(page, "result", "/comparator_detail", "What it was compared with, in words");
}

static void put_result_end(const struct page *page)
{
    buffer_text(page->out, "<div class=\"pair\">\n");
    put_choice(page, "result", "/favours", "What the source found", favours_names);
    put_input(page, "result", "/group", "Who, where it is about some of them", "");
    buffer_text(page->out, "</div>\n");
    put_line(page, "result", "/ignored", "Never counted, because (leave empty to count it)");
    put_line(page, "result", "/note", "What a reader must know of it");
    put_reason(page, "result");
}

static void put_results(const struct page *page)
{
    open_part(page, "part-results", "What it found");
    buffer_text(page->out, "<ul id=\"results\"></ul>\n<div class=\"beside-form\">\n");
    open_form(page, "result", "Enter a result");
    put_result_head(page);
    buffer_text(page->out,
                "<fieldset class=\"mode\"><legend>Figures</legend>"
                "<label class=\"tick\"><input type=\"radio\" name=\"mode\" value=\"arms\" checked> "
                "of each group</label> <label class=\"tick\"><input type=\"radio\" name=\"mode\" "
                "value=\"published\"> the difference, as published</label></fieldset>\n");
    put_by_arm(page);
    put_as_published(page);
    put_result_end(page);
    close_form(page, "Save the result", true);
    buffer_text(page->out,
                "<aside id=\"foreseen\" aria-label=\"What would follow\"><h3>What would follow"
                "</h3>\n<div id=\"consequence\" role=\"status\"><p class=\"note\">Fill in the "
                "result: what it would do to the verdicts stands here before anything is saved."
                "</p></div></aside></div>\n");
    close_part(page);
}

/* ---- harms, notices, duplicates, history ---- */

static void put_harms(const struct page *page)
{
    open_part(page, "part-harms", "Harms");
    buffer_text(page->out, "<ul id=\"harms\"></ul>\n");
    open_form(page, "harm", "Enter a harm");
    buffer_text(page->out, "<div class=\"pair\">\n");
    open_select(page, "harm", "/intervention", "Treatment");
    desk_put_interventions(page);
    close_select(page);
    put_choice(page, "harm", "/severity", "How bad", severity_names);
    buffer_text(page->out, "</div>\n");
    put_line(page, "harm", "/event", "What came of it");
    put_line(page, "harm", "/rate", "How often, in the source's words");
    buffer_text(page->out, "<div class=\"figures\">\n");
    put_number(page, "harm", "/numerator", "How many had it");
    put_number(page, "harm", "/denominator", "of how many people");
    buffer_text(page->out, "</div>\n<p><label class=\"tick\"><input type=\"checkbox\" "
                           "name=\"/reports\"> Known from reports of cases alone</label></p>\n");
    put_reason(page, "harm");
    close_form(page, "Save the harm", true);
    close_part(page);
}

static void put_notices(const struct page *page)
{
    open_part(page, "part-notices", "Retracted, corrected");
    buffer_text(page->out, "<ul id=\"notices\"></ul>\n");
    open_form(page, "notice", "Enter a notice");
    buffer_text(page->out, "<div class=\"pair\">\n");
    put_choice(page, "notice", "/type", "What happened", notice_names);
    put_input(page, "notice", "/doi", "DOI of the notice", "");
    put_input(page, "notice", "/date", "Date", " type=\"date\"");
    put_input(page, "notice", "/source", "Who says so", "");
    buffer_text(page->out, "</div>\n");
    put_reason(page, "notice");
    close_form(page, "Save the notice …", false);
    close_part(page);
}

static void put_duplicates(const struct page *page)
{
    open_part(page, "part-duplicates", "Is it here twice?");
    buffer_text(page->out, "<div id=\"duplicates\"></div>\n");
    open_form(page, "merge", "Another record is the same publication");
    put_line(page, "merge", "/from", "Its id");
    put_line(page, "merge", "/reason", "How you know");
    close_form(page, "Make them one", false);
    close_part(page);
}

static void put_history(const struct page *page)
{
    open_part(page, "part-history", "History");
    buffer_text(page->out, "<ol id=\"history\" class=\"history\"></ol>\n");
    close_part(page);
}

void curate_study_put(const struct page *page, const char *id, bool audits)
{
    html_put(page->out, "<div id=\"work\" hidden data-id=\"%s\">\n", id);
    buffer_text(
        page->out,
        "<nav class=\"tools\" aria-label=\"Parts of this page\"><a href=\"#part-study\">The "
        "study</a> <a href=\"#part-appraisals\">How well it was done</a> "
        "<a href=\"#part-results\">What it found</a> <a href=\"#part-harms\">Harms</a> "
        "<a href=\"#part-notices\">Notices</a> <a href=\"#part-duplicates\">Twice?</a> ");
    buffer_text(page->out, audits ? "<a href=\"#part-history\">History</a></nav>\n" : "</nav>\n");
    put_who(page);
    put_appraisals(page);
    put_results(page);
    put_harms(page);
    put_notices(page);
    put_duplicates(page);
    if (audits)
        put_history(page);
    buffer_text(page->out, "</div>\n");
}

void curate_study_put_search(const struct page *page, const char *text)
{
    html_put(page->out,
             "<form class=\"told\" id=\"find\" method=\"get\" action=\"/curate/study\">\n"
             "<p><label for=\"text\">Words of its title, its authors, or an id</label><br>"
             "<input class=\"whole\" id=\"text\" name=\"text\" value=\"%s\"></p>\n"
             "<p class=\"buttons\"><button type=\"submit\">Find</button></p></form>\n"
             "<section><h2 id=\"found-title\">Included and not yet entered</h2>\n"
             "<ul id=\"found\"></ul></section>\n",
             text);
}
