#include "service/web/stop_form_view.h"

#include <stdio.h>
#include <string.h>

#include "evidence/model/rulebooks.h"
#include "evidence/rating/catalog.h"
#include "service/views/html.h"
#include "service/web/stop_form.h"

/* Empty rows below those that are filled. */
enum { EMPTY_DAYS = 4, EMPTY_SESSIONS = 2 };

static const char *value_of(const struct form *form, const char *name)
{
    const char *value = form_filled(form, name);
    return value == NULL ? "" : value;
}

/* ---- danger signs ---- */

/* Those that are asked in sight: the emergencies that the foot of every page names. */
static bool is_asked_first(const struct red_flag *flag)
{
    static const char *const first[] = {
        "acute-coronary-syndrome",  "pulmonary-embolism", "stroke-tia",
        "subarachnoid-haemorrhage", "meningitis",         "cauda-equina"};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (strcmp(flag->id, first[i]) == 0)
            return true;
    return false;
}

static bool is_ticked(const struct form *form, const char *id)
{
    for (size_t i = 0; i < form->count; i++) {
        const char *value = form_value(&form->fields[i], "sign");
        if (value != NULL && strcmp(value, id) == 0)
            return true;
    }
    return false;
}

static void put_signs(const struct page *page, const struct form *form, bool first)
{
    const struct red_flags *flags = &base_rulebooks(catalog_base(page->catalog))->red_flags;
    for (size_t i = 0; i < flags->count; i++) {
        const struct red_flag *flag = &flags->items[i];
        if (flag->urgency == URGENCY_SOON || flag->phrases[0] == NULL ||
            is_asked_first(flag) != first)
            continue;
        html_put(page->out,
                 "<li><label><input type=\"checkbox\" name=\"sign\" value=\"%s\"%s> "
                 "<span>%s</span></label></li>\n",
                 flag->id, is_ticked(form, flag->id) ? " checked" : "", flag->phrases[0]);
    }
}

static void put_danger(const struct page *page, const struct form *form)
{
    buffer_text(page->out, "<fieldset><legend>First: is any of this true today?</legend>\n"
                           "<ul class=\"ticks\">\n");
    put_signs(page, form, true);
    buffer_text(page->out, "</ul>\n<details><summary>More danger signs</summary>\n"
                           "<ul class=\"ticks\">\n");
    put_signs(page, form, false);
    buffer_text(page->out, "</ul></details>\n");
    html_put(page->out,
             "<label for=\"symptoms\">Anything else that worries you, in your words</label>\n"
             "<textarea id=\"symptoms\" name=\"symptoms\" rows=\"2\" autocomplete=\"off\">\n%s"
             "</textarea>\n"
             "<p class=\"buttons\"><button type=\"submit\" class=\"second\" formnovalidate>"
             "I have one of these: what now?</button></p></fieldset>\n",
             value_of(form, "symptoms"));
}

/* ---- what, for what, since when ---- */

static void put_field(const struct page *page, const char *name, const char *label,
                      const char *list, const char *value)
{
    html_put(page->out,
             "<p><label for=\"%s\">%s</label><br><input id=\"%s\" name=\"%s\" list=\"%s\" "
             "required maxlength=\"200\" autocomplete=\"off\" value=\"%s\"></p>\n",
             name, label, name, name, list, value);
}

static void put_lists(const struct page *page)
{
    const struct base *base = catalog_base(page->catalog);
    buffer_text(page->out, "<datalist id=\"treatments\">\n");
    for (size_t i = 0; i < base->intervention_count; i++)
        html_put(page->out, "<option value=\"%s\">", base->interventions[i].name);
    buffer_text(page->out, "\n</datalist>\n<datalist id=\"complaints\">\n");
    for (size_t i = 0; i < base->condition_count; i++)
        html_put(page->out, "<option value=\"%s\">", base->conditions[i].plain);
    buffer_text(page->out, "\n</datalist>\n");
}

static void put_what(const struct page *page, const struct form *form)
{
    buffer_text(page->out, "<fieldset><legend>What are you trying?</legend>\n");
    put_field(page, "intervention", "The treatment", "treatments", value_of(form, "intervention"));
    put_field(page, "condition", "What it is for", "complaints", value_of(form, "condition"));
    html_put(page->out,
             "<p><label for=\"started\">The day you began</label><br><input type=\"date\" "
             "id=\"started\" name=\"started\" required autocomplete=\"off\" value=\"%s\"></p>\n"
             "</fieldset>\n",
             value_of(form, "started"));
    put_lists(page);
}

/* ---- how bad ---- */

static void put_scale(const struct page *page, const struct form *form, const char *name,
                      const char *legend, bool required)
{
    const char *chosen = value_of(form, name);
    html_put(page->out,
             "<fieldset class=\"scale\"><legend>%s <small>0 is none, 10 the worst there is</small>"
             "</legend>\n<div>",
             legend);
    for (int i = 0; i <= STOP_FORM_WORST; i++) {
        char value[12];
        snprintf(value, sizeof value, "%d", i);
        html_put(page->out,
                 "<label><input type=\"radio\" name=\"%s\" value=\"%s\"%s%s><span>%s</span>"
                 "</label>",
                 name, value, strcmp(value, chosen) == 0 ? " checked" : "",
                 required ? " required" : "", value);
    }
    buffer_text(page->out, "</div></fieldset>\n");
}

static void put_now(const struct page *page, const struct form *form, const char *today)
{
    const char *day = form_filled(form, "today");
    put_scale(page, form, "before", "How bad was it on the day you began?", true);
    put_scale(page, form, "now", "How bad is it now?", true);
    html_put(page->out,
             "<p><label for=\"today\">“Now” is the day</label><br><input type=\"date\" "
             "id=\"today\" name=\"today\" autocomplete=\"off\" value=\"%s\"></p>\n",
             day == NULL ? today : day);
}

/* ---- further days ---- */

static void put_day(const struct page *page, size_t index, const char *day, const char *score)
{
    html_put(page->out,
             "<li class=\"day\"><label>Day %zu <input type=\"date\" name=\"day\" "
             "autocomplete=\"off\" value=\"%s\"></label> <label>How bad <select name=\"score\">"
             "<option value=\"\">–</option>",
             index, day);
    for (int i = 0; i <= STOP_FORM_WORST; i++) {
        char value[12];
        snprintf(value, sizeof value, "%d", i);
        html_put(page->out, "<option%s>%s</option>", strcmp(value, score) == 0 ? " selected" : "",
                 value);
    }
    buffer_text(page->out, "</select></label></li>\n");
}

static void put_days(const struct page *page, const struct form *form)
{
    const char *day = "";
    size_t shown = 0;
    buffer_text(page->out, "<fieldset><legend>More days <small>before you began or since; each "
                           "makes the answer surer</small></legend>\n<ol class=\"days\">\n");
    for (size_t i = 0; i < form->count; i++) {
        const struct field *field = &form->fields[i];
        if (strcmp(field->name, "day") == 0)
            day = field->value;
        if (strcmp(field->name, "score") != 0)
            continue;
        if (*day != '\0' || *field->value != '\0')
            put_day(page, ++shown, day, field->value);
        day = "";
    }
    for (size_t i = 0; i < EMPTY_DAYS; i++)
        put_day(page, ++shown, "", "");
    buffer_text(page->out, "</ol>\n<p class=\"buttons\"><button type=\"button\" class=\"second\" "
                           "id=\"more\" hidden>Add a day</button></p></fieldset>\n");
}

/* ---- what else there is to tell ---- */

static void put_session(const struct page *page, size_t index, const char *day)
{
    html_put(page->out,
             "<li><label>Session %zu <input type=\"date\" name=\"session\" autocomplete=\"off\" "
             "value=\"%s\"></label></li>\n",
             index, day);
}

static void put_box(const struct page *page, const struct form *form, const char *name,
                    const char *label)
{
    html_put(page->out,
             "<label for=\"%s\">%s</label>\n<textarea id=\"%s\" name=\"%s\" rows=\"2\" "
             "autocomplete=\"off\">\n%s</textarea>\n",
             name, label, name, name, value_of(form, name));
}

static void put_else(const struct page *page, const struct form *form)
{
    size_t shown = 0;
    buffer_text(page->out, "<details class=\"else\"><summary>Side effects, medicines, sessions"
                           "</summary>\n");
    put_box(page, form, "adverse_events", "Side effects, in your words");
    put_box(page, form, "medicines", "Medicines you take");
    buffer_text(page->out, "<p class=\"b\">Days you were treated</p>\n<ol class=\"days\">\n");
    for (size_t i = 0; i < form->count; i++)
        if (form_value(&form->fields[i], "session") != NULL)
            put_session(page, ++shown, form->fields[i].value);
    for (size_t i = 0; i < EMPTY_SESSIONS; i++)
        put_session(page, ++shown, "");
    buffer_text(page->out, "</ol></details>\n");
}

/* What only a script can do; the module shows it. */
static void put_keeping(struct buffer *out)
{
    buffer_text(out,
                "<fieldset class=\"keeping\" hidden><legend>Keep it?</legend>\n"
                "<p><label><input type=\"checkbox\" id=\"keep\"> <span>Keep on this device, in "
                "this browser, so that I can go on later</span></label></p>\n"
                "<p class=\"note\">Leave it off on a device that others use.</p>\n"
                "<p class=\"buttons\"><button type=\"button\" class=\"second\" id=\"download\">"
                "Download (JSON)</button> <button type=\"button\" class=\"second\" id=\"delete\">"
                "Delete all of it</button></p></fieldset>\n"
                "<p class=\"unseen\" role=\"status\" id=\"done\"></p>\n");
}

void stop_form_put(const struct page *page, const struct form *form, const char *today)
{
    buffer_text(page->out, "<form class=\"told diary\" id=\"diary\" action=\"/stop\" "
                           "method=\"post\" accept-charset=\"utf-8\">\n");
    buffer_text(page->out, "<p class=\"note\">Nothing you type is stored by us. It is read, "
                           "answered and forgotten.</p>\n");
    put_danger(page, form);
    layout_open_below(page->out);
    put_what(page, form);
    put_now(page, form, today);
    put_days(page, form);
    put_else(page, form);
    buffer_text(page->out, "<p class=\"trouble\" role=\"alert\" hidden></p>\n"
                           "<p class=\"buttons\"><button type=\"submit\">Go on, or stop?</button>"
                           "</p>\n");
    put_keeping(page->out);
    layout_close_below(page->out);
    buffer_text(page->out, "</form>\n");
}
