/* A diary of any bytes: read, looked through, decided and told, over the curated base. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/stop/stop.h"
#include "evidence/judgement/stop/stop_words.h"
#include "service/api/stop_shape.h"
#include "service/command/diary_csv.h"
#include "service/views/diary_svg.h"
#include "tests/fuzz/curated_catalog.h"

/* JSON as it is, anything else as a spreadsheet's for one treatment. */
static json_t *value_of(const char *text, size_t length, struct problems *problems)
{
    struct diary_csv csv;
    struct error err = {0};
    if (diary_is_json(text, length))
        return json_parse(text, length, NULL, problems);
    if (!diary_csv_read(text, length, "fuzz", problems->arena, &csv, &err))
        return NULL;
    json_object_set_new(csv.value, "intervention", json_string("duloxetine"));
    json_object_set_new(csv.value, "condition", json_string("low-back-pain"));
    return csv.value;
}

static void tell(const struct catalog *catalog, const struct diary *diary, struct arena *arena)
{
    struct stop_signs signs;
    struct stopping stopping;
    struct buffer out = {0};
    struct json_writer json;
    stop_signs_of(catalog, diary, arena, &signs);
    stop_decide(catalog, diary, &signs, arena, &stopping);
    if (stopping.probability < 0 || stopping.probability > 1)
        abort();
    json_writer_init(&json, &out, 0);
    shape_stop(&json, catalog, diary, &signs, &stopping, arena);
    buffer_clear(&out);
    diary_svg(diary, &stopping, 360, arena, &out);
    buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct catalog *catalog = curated_catalog();
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct diary diary;
    json_t *value = value_of((const char *)bytes, length, &problems);
    struct json_reader at = json_root(value, NULL, &problems);
    if (value != NULL)
        diary_read(&at, catalog, &diary);
    if (value != NULL && problems.count == 0)
        tell(catalog, &diary, arena);
    json_decref(value);
    arena_free(arena);
    return 0;
}
