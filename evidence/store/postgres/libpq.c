#include "evidence/store/postgres/libpq.h"

#include "evidence/base/late.h"
#include "late_names.h"

#define LIBPQ_NAME(name) "PQ" #name,
static const char *const names[] = {LIBPQ_FUNCTIONS(LIBPQ_NAME) NULL};

/* As constant as what the linker fills in: written once, before anybody reads it. */
static struct libpq functions;
static struct late library = LATE(LATE_LIBPQ, names, &functions);

bool libpq_load(struct error *err)
{
    return late_load(&library, err);
}

const struct libpq *libpq(void)
{
    return &functions;
}
