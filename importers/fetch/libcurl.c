#include "importers/fetch/libcurl.h"

#include "evidence/base/late.h"
#include "late_names.h"

#define LIBCURL_NAME(name) "curl_" #name,
static const char *const names[] = {LIBCURL_FUNCTIONS(LIBCURL_NAME) NULL};

/* As constant as what the linker fills in: written once, before anybody reads it. */
static struct libcurl functions;
static struct late library = LATE(LATE_LIBCURL, names, &functions);

bool libcurl_load(struct error *err)
{
    return late_load(&library, err);
}

const struct libcurl *libcurl(void)
{
    return &functions;
}
