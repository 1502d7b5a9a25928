/* Imports, saved searches and the feed of changes as JSON; for the API and the command line. */
#ifndef TOUCHSTONE_SERVICE_API_IMPORT_SHAPE_H
#define TOUCHSTONE_SERVICE_API_IMPORT_SHAPE_H

#include "evidence/base/json_writer.h"
#include "evidence/store/changes.h"
#include "evidence/store/runs.h"

/* {"id","source","query","since","limit","saved_search","status","complete","error","found",
 * "fetched","new","merged","changed","unchanged","failed","warnings","begun","touched","ended"};
 * more fields may follow before the object is ended by the caller. */
void shape_import_fields(struct json_writer *json, const struct import_run *run);

void shape_import(struct json_writer *json, const struct import_run *run);

/* {"name","source","query","limit","every_seconds","due"}. */
void shape_search(struct json_writer *json, const struct saved_search *search);

/* {"id","at","question","before": {"verdict","certainty"}|null,"after": …,"cause","studies","by",
 * "base"}. */
void shape_change(struct json_writer *json, const struct verdict_change *change);

/* A time as RFC 3339 writes it, in UTC; null for 0. */
void shape_time(struct json_writer *json, const char *key, time_t at);

#endif
