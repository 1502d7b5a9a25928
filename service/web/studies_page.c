/* GET /studies: the studies searched and narrowed down. Every view of it has an address. */
#include <stdlib.h>
#include <string.h>

#include "service/api/api.h"
#include "service/api/application.h"
#include "service/http/query.h"
#include "service/web/front.h"
#include "service/web/study_list_view.h"

enum { LARGEST_PAGE = 100000, UNKNOWN_MOST = 5 };

/* ---- what is asked for: whatever cannot be understood is left out and said ---- */

struct asking {
    struct study_filter filter;
    const char *unknown[UNKNOWN_MOST + 1];
    size_t unknown_count;
    int screening; /* -1: the studies of the base */
    size_t number;
};

static void leave_out(struct asking *asking, const char *value)
{
    if (asking->unknown_count < UNKNOWN_MOST)
        asking->unknown[asking->unknown_count++] = value;
}

static int choice_of(const char *const *names, const char *name)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static void read_topics(const struct request *request, struct asking *out)
{
    const struct base *base = catalog_base(request->catalog);
    const char *intervention = query_filled(request, "intervention");
    const char *condition = query_filled(request, "condition");
    if (intervention != NULL &&
        (out->filter.intervention = base_intervention(base, intervention)) == NULL)
        leave_out(out, intervention);
    if (condition != NULL && (out->filter.condition = base_condition(base, condition)) == NULL)
        leave_out(out, condition);
}

static void read_kind(const struct request *request, struct asking *out)
{
    const char *design = query_filled(request, "design");
    const char *year = query_filled(request, "year");
    const char *retracted = query_filled(request, "retracted");
    if (design != NULL && (out->filter.design = choice_of(design_names, design)) < 0)
        leave_out(out, design);
    if (year != NULL) {
        char *end;
        long number = strtol(year, &end, 10);
        if (*end == '\0' && number > 0 && number < LARGEST_PAGE)
            out->filter.year = (int)number;
        else
            leave_out(out, year);
    }
    if (retracted != NULL && (strcmp(retracted, "yes") == 0 || strcmp(retracted, "no") == 0))
        out->filter.retracted = strcmp(retracted, "yes") == 0;
    else if (retracted != NULL)
        leave_out(out, retracted);
}

static void read_asking(const struct request *request, struct asking *out)
{
    const char *text = query_filled(request, "q");
    const char *status = query_filled(request, "status");
    const char *page = query_filled(request, "page");
    long number = page == NULL ? 1 : strtol(page, NULL, 10);
    *out = (struct asking){.filter = study_filter_none, .screening = -1};
    if (text != NULL)
        out->filter.text = text;
    if (status != NULL && strcmp(status, "curated") != 0 &&
        (out->screening = choice_of(screening_names, status)) < 0)
        leave_out(out, status);
    out->number = number < 1 || number > LARGEST_PAGE ? 0 : (size_t)number - 1;
    read_topics(request, out);
    read_kind(request, out);
}

/* ---- the studies of the base ---- */

static int newer_first(const void *left, const void *right)
{
    const struct study *one = *(const struct study *const *)left;
    const struct study *other = *(const struct study *const *)right;
    if (one->year != other->year)
        return one->year < other->year ? 1 : -1;
    return strcmp(one->id, other->id);
}

/* What words find is looked at for this page alone; all of them are kept for the next. */
static const struct study **read_studies(const struct request *request, const size_t *places,
                                         size_t count, bool all)
{
    const struct base *base = catalog_base(request->catalog);
    const struct study **studies = arena_array(request->arena, count + 1, sizeof *studies);
    for (size_t i = 0; i < count; i++)
        studies[i] =
            all ? base_study_at(base, places[i]) : base_study_read(base, places[i], request->arena);
    return studies;
}

static bool find(const struct request *request, const struct asking *asking, struct study_list *out,
                 struct error *err)
{
    const struct base *base = catalog_base(request->catalog);
    size_t *places;
    size_t count;
    bool all = asking->filter.text[0] == '\0';
    if (!study_search(request, asking->filter.text, &places, &count, err))
        return false;
    const struct study **matched = read_studies(request, places, count, all);
    if (all)
        qsort(matched, count, sizeof *matched, newer_first);
    const struct study **found = arena_array(request->arena, count + 1, sizeof *found);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (study_filter_takes(&asking->filter, base, matched[i]))
            found[kept++] = matched[i];
    size_t pages = (kept + STUDIES_A_PAGE - 1) / STUDIES_A_PAGE;
    *out = (struct study_list){.filter = asking->filter,
                               .unknown = asking->unknown,
                               .matched = matched,
                               .matched_count = count,
                               .found = found,
                               .found_count = kept,
                               .number = asking->number < pages ? asking->number : 0};
    return true;
}

static struct page page_of(const struct request *request, struct answer *answer)
{
    return (struct page){
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
}

/* Which complaints and treatments somebody looks for is found again by these addresses alone; words
 * that were typed are nobody's business but the reader's. */
static struct page_head head_of(const struct request *request, const struct study_list *list)
{
    const struct study_filter *filter = &list->filter;
    const char *address = study_list_address(filter, list->number, request->arena);
    struct study_filter all = *filter;
    const char *query = strchr(study_list_address(&all, 0, request->arena), '?');
    return (struct page_head){
        .title = "The studies – Touchstone",
        .description = "Every study behind the verdicts on treatments for painful muscles: what it "
                       "found, how far to trust it, and what it counts for.",
        .canonical = filter->text[0] == '\0' ? address : NULL,
        .json = arena_printf(request->arena, "/v1/studies%s", query == NULL ? "" : query),
        .question = "",
        .sheet = "study.css"};
}

static bool answer_curated(const struct request *request, const struct asking *asking,
                           struct answer *answer, struct error *err)
{
    const struct page page = page_of(request, answer);
    struct study_list list;
    if (!find(request, asking, &list, err))
        return false;
    const struct page_head head = head_of(request, &list);
    layout_headers(answer, asking->filter.text[0] != '\0');
    layout_open(&page, &head);
    study_list_put(&page, &list);
    layout_close(&page, &head);
    return true;
}

/* ---- what importers brought in ---- */

static bool find_imported(const struct request *request, const struct asking *asking,
                          struct imported_list *out, struct error *err)
{
    struct publication *found = NULL;
    struct lent_store lent;
    *out = (struct imported_list){.text = asking->filter.text,
                                  .screening = (enum screening)asking->screening,
                                  .number = asking->number};
    if (!application_borrow_for(request, &lent, err))
        return false;
    bool good = store_search_publications(lent.store, out->text, out->screening,
                                          out->number * STUDIES_A_PAGE, STUDIES_A_PAGE,
                                          request->arena, &found, &out->count, &out->total, err);
    application_return_store(request->context, &lent);
    out->found = found;
    return good;
}

static bool answer_imported(const struct request *request, const struct asking *asking,
                            struct answer *answer, struct error *err)
{
    const struct page page = page_of(request, answer);
    struct imported_list list;
    const struct page_head head = {
        .title = "What programs found – Touchstone",
        .description = "Records that programs brought in. They count in no verdict.",
        .json = arena_printf(request->arena, "/v1/studies?status=%s&q=%s",
                             screening_names[asking->screening],
                             percent_encode(asking->filter.text, request->arena)),
        .question = "",
        .sheet = "study.css"};
    if (!find_imported(request, asking, &list, err))
        return false;
    layout_headers(answer, asking->filter.text[0] != '\0');
    layout_open(&page, &head);
    imported_list_put(&page, &list);
    layout_close(&page, &head);
    return true;
}

bool get_studies_page(const struct request *request, struct answer *answer, struct error *err)
{
    struct asking asking;
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    read_asking(request, &asking);
    if (asking.screening >= 0)
        return answer_imported(request, &asking, answer, err);
    return answer_curated(request, &asking, answer, err);
}
