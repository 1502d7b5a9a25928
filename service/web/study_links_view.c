#include "service/web/study_links_view.h"

#include <ctype.h>
#include <strings.h>

#include "service/views/html.h"
#include "service/web/address.h"

/* The address of an entry in a register; NULL for a register that we have no form of. */
static const char *registry_address(const char *number, struct arena *arena)
{
    if (strncasecmp(number, "nct", 3) == 0)
        return arena_printf(arena, "https://clinicaltrials.gov/study/%s", number);
    if (strncasecmp(number, "isrctn", 6) == 0)
        return arena_printf(arena, "https://www.isrctn.com/%s", number);
    return NULL;
}

static const char *upper(const char *text, struct arena *arena)
{
    char *out = arena_strdup(arena, text);
    for (char *at = out; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return out;
}

static void put_registrations(const struct page *page, const char *const *numbers)
{
    for (; *numbers != NULL; numbers++) {
        const char *number = upper(*numbers, page->arena);
        const char *address = registry_address(number, page->arena);
        if (address != NULL)
            html_put(page->out, "<li><a href=\"%s\">Its entry in the register: %s</a></li>\n",
                     address, number);
        else
            html_put(page->out, "<li>Registered as %s</li>\n", number);
    }
}

static void put_identifiers(const struct page *page, const struct study_links *links)
{
    if (links->pmid != NULL)
        html_put(page->out,
                 "<li><a href=\"https://pubmed.ncbi.nlm.nih.gov/%s/\">PubMed %s</a></li>\n",
                 links->pmid, links->pmid);
    if (links->doi != NULL)
        html_put(page->out, "<li><a href=\"https://doi.org/%s\">doi:%s</a></li>\n",
                 address_escape(links->doi, page->arena), links->doi);
    if (links->pmcid != NULL)
        html_put(page->out,
                 "<li><a href=\"https://pmc.ncbi.nlm.nih.gov/articles/%s/\">Free full text: "
                 "%s</a></li>\n",
                 links->pmcid, links->pmcid);
}

void study_links_put(const struct page *page, const struct study_links *links)
{
    put_identifiers(page, links);
    put_registrations(page, links->registrations);
}
