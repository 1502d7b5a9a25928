#include "service/api/shapes.h"

#include <math.h>

void shape_name(struct json_writer *json, const char *id, const char *name)
{
    if (id == NULL) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "id", id);
    json_field_text(json, "name", name);
    json_end_object(json);
}

void shape_interval(struct json_writer *json, const char *key, double low, double high)
{
    json_put_key(json, key);
    if (isnan(low) || isnan(high)) {
        json_put_nothing(json);
        return;
    }
    json_begin_array(json);
    json_put_real(json, low);
    json_put_real(json, high);
    json_end_array(json);
}

void shape_as_of(struct json_writer *json, const struct catalog *catalog)
{
    const struct dataset *dataset = catalog_dataset(catalog);
    json_begin_object(json);
    json_field_text(json, "searched", dataset->searched);
    json_field_text(json, "collected", dataset->collected);
    json_field_text(json, "base", dataset->version);
    json_field_text(json, "hash", catalog_stamp(catalog)->hash);
    json_put_key(json, "ruleset");
    json_begin_object(json);
    json_field_text(json, "id", catalog_ruleset(catalog)->id);
    json_field_text(json, "version", catalog_ruleset(catalog)->version);
    json_end_object(json);
    json_end_object(json);
}
