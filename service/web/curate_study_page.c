/* GET /curate/study?id=…: one study or publication with everything that can be entered of it;
 * without an id, finding one. */
#include "service/api/api.h"
#include "service/http/query.h"
#include "service/web/curate_desk.h"
#include "service/web/curate_study_view.h"

bool get_curate_study_page(const struct request *request, struct answer *answer, struct error *err)
{
    static const struct desk desk = {.here = "/curate/study",
                                     .title = "Studies",
                                     .module = "curate-study.js",
                                     .scope = MAY_CURATE};
    struct page page;
    struct page_head head;
    const char *id = query_filled(request, "id");
    const char *text = query_filled(request, "text");
    (void)err;
    if (!desk_open(request, answer, &desk, &page, &head))
        return true;
    if (id == NULL) {
        desk_put_head(&page, desk.title, "Find the study to work on.", true);
        curate_study_put_search(&page, text == NULL ? "" : text);
    } else {
        desk_put_head(&page, id, "Nothing is kept until you save it.", true);
        curate_study_put(&page, id, (request->credential->scopes & MAY_AUDIT) != 0);
    }
    return desk_close(&page, &head);
}
