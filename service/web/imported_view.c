/* What importers brought in and is no study of the base, as a page. */
#include <string.h>

#include "service/views/html.h"
#include "service/views/study_words.h"
#include "service/web/address.h"
#include "service/web/study_links_view.h"
#include "service/web/study_view.h"

static void put_standing(const struct page *page, const struct publication *publication)
{
    static const char *const words[] = {
        [SCREENING_UNSCREENED] =
            "<strong>Nobody here has looked at it.</strong> A program found it and brought its "
            "record in. It is no part of the base and counts in no verdict.",
        [SCREENING_INCLUDED] =
            "<strong>Taken up, and not entered yet.</strong> A person has decided that it belongs "
            "here. Until its figures are entered it counts in no verdict.",
        [SCREENING_EXCLUDED] =
            "<strong>Left out.</strong> A person has looked at it and decided that it does not "
            "belong here. It counts in no verdict.",
    };
    html_put(page->out, "<p class=\"back standing\">");
    buffer_text(page->out, words[publication->screening]);
    buffer_text(page->out, "</p>\n");
}

/* What a program read is told as such, with the words it read it in. */
static void put_machine(const struct page *page, const struct machine_reading *machine)
{
    if (!machine->design_known && machine->participants == COUNT_UNKNOWN)
        return;
    buffer_text(page->out, "<section class=\"row\"><h2>What a program read in it</h2><div>\n"
                           "<p class=\"note\">Nobody has checked this.</p><ul>\n");
    if (machine->design_known)
        html_put(page->out, "<li>Kind of study: %s%s%s%s</li>\n", design_name(machine->design),
                 machine->design_from == NULL ? "" : ", from: “",
                 machine->design_from == NULL ? "" : machine->design_from,
                 machine->design_from == NULL ? "" : "”");
    if (machine->participants != COUNT_UNKNOWN)
        html_put(page->out, "<li>%d people%s%s%s</li>\n", machine->participants,
                 machine->participants_from == NULL ? "" : ", from: “",
                 machine->participants_from == NULL ? "" : machine->participants_from,
                 machine->participants_from == NULL ? "" : "”");
    buffer_text(page->out, "</ul></div></section>\n");
}

static void put_notices(const struct page *page, const struct publication_view *imported)
{
    struct notice *notices = arena_array(page->arena, imported->notice_count, sizeof *notices);
    for (size_t i = 0; i < imported->notice_count; i++)
        notices[i] = (struct notice){.type = imported->notices[i].type,
                                     .doi = imported->notices[i].doi,
                                     .date = imported->notices[i].date,
                                     .source = imported->notices[i].source};
    study_notices_put(page, imported->publication.retracted, notices, imported->notice_count);
}

static void put_linked(const struct page *page, const struct publication_view *imported)
{
    if (imported->linked[0] == NULL)
        return;
    buffer_text(page->out, "<section class=\"row\"><h2>Of the same trial</h2><div><ul>\n");
    for (const char *const *id = imported->linked; *id != NULL; id++)
        html_put(page->out, "<li><a href=\"%s\">%s</a></li>\n", address_of_study(*id, page->arena),
                 *id);
    buffer_text(page->out, "</ul></div></section>\n");
}

void imported_put(const struct page *page, const struct publication_view *imported)
{
    const struct record *record = &imported->publication.merged;
    const struct study_links links = {record->pmid, record->doi, record->pmcid,
                                      record->registrations};
    const char *authors =
        authors_words(record->authors, record->author_count, record->authors_complete, page->arena);
    buffer_text(page->out, "<article class=\"answer study\">\n");
    html_put(page->out,
             "<h1><span class=\"crumb\"><a href=\"/studies\">Studies</a> <span "
             "aria-hidden=\"true\">›</span> found by a program</span>%s</h1>\n",
             record->title == NULL ? imported->publication.id : record->title);
    put_notices(page, imported);
    put_standing(page, &imported->publication);
    study_printed_put(page, authors, record->year, record->journal);
    put_machine(page, &record->machine);
    put_linked(page, imported);
    buffer_text(page->out, "<section class=\"row\"><h2>Read it yourself</h2><div>\n<ul>\n");
    study_links_put(page, &links);
    html_put(page->out,
             "</ul>\n<p><a href=\"/v1/studies/%s\">All of it as data (JSON)</a></p></div>"
             "</section>\n</article>\n",
             address_of_study(imported->publication.id, page->arena) + strlen("/study/"));
}
