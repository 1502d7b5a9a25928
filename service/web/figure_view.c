#include "service/web/figure_view.h"

#include "service/http/query.h"
#include "service/views/html.h"

const char *address_of_place(const struct place *place, struct arena *arena)
{
    return arena_printf(arena, "/where/%s", percent_encode(place->id, arena));
}

/* The front's tile of a place is its link; that of the back would be the same one once more. */
static bool is_again(const struct place *place, const struct place_shape *shape)
{
    for (size_t i = 0; &place->shapes[i] != shape; i++)
        if (place->shapes[i].view != shape->view)
            return true;
    return false;
}

static void put_tile(const struct page *page, const struct place *place,
                     const struct place_shape *shape, const struct place *here)
{
    html_put(page->out, "<a href=\"%s\"", address_of_place(place, page->arena));
    if (is_again(place, shape))
        buffer_text(page->out, " tabindex=\"-1\" aria-hidden=\"true\"");
    else
        html_put(page->out, " aria-label=\"%s\"", place->name);
    if (place == here)
        buffer_text(page->out, " aria-current=\"page\"");
    html_put(page->out, "><title>%s</title><path d=\"%s\"/></a>\n", place->name, shape->path);
}

static void put_view(const struct page *page, const struct places *places, enum body_view view,
                     const struct place *here)
{
    static const char *const words[] = {[BODY_FRONT] = "Front", [BODY_BACK] = "Back"};
    html_put(page->out,
             "<figure><figcaption>%s</figcaption>\n<svg viewBox=\"-2 0 %d %d\" role=\"group\" "
             "aria-label=\"%s of the body\">\n",
             words[view], places->width + 4, places->height, words[view]);
    for (size_t i = 0; i < places->count; i++)
        for (size_t j = 0; j < places->items[i].shape_count; j++)
            if (places->items[i].shapes[j].view == view)
                put_tile(page, &places->items[i], &places->items[i].shapes[j], here);
    buffer_text(page->out, "</svg></figure>\n");
}

void figure_put(const struct page *page, const struct places *places, const struct place *here)
{
    buffer_text(page->out, "<div class=\"figures\">\n");
    for (int view = 0; view < BODY_VIEW_COUNT; view++)
        put_view(page, places, (enum body_view)view, here);
    buffer_text(page->out, "</div>\n");
}

static void put_also(struct buffer *out, const char *const *also)
{
    if (also[0] == NULL)
        return;
    buffer_text(out, " <small>");
    for (size_t i = 0; also[i] != NULL; i++)
        html_put(out, i == 0 ? "%s" : ", %s", also[i]);
    buffer_text(out, "</small>");
}

void figure_put_list(const struct page *page, const struct places *places, const struct place *here)
{
    buffer_text(page->out, "<ul class=\"places\">\n");
    for (size_t i = 0; i < places->count; i++) {
        const struct place *place = &places->items[i];
        html_put(page->out, "<li><a href=\"%s\"", address_of_place(place, page->arena));
        if (place == here)
            buffer_text(page->out, " aria-current=\"page\"");
        html_put(page->out, ">%s</a>", place->name);
        if (here == NULL)
            put_also(page->out, place->also);
        buffer_text(page->out, "</li>\n");
    }
    buffer_text(page->out, "</ul>\n");
}
