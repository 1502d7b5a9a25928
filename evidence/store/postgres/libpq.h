/* The functions of libpq that are used here; the library is loaded with the first link. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_POSTGRES_LIBPQ_H
#define TOUCHSTONE_EVIDENCE_STORE_POSTGRES_LIBPQ_H

#include <libpq-fe.h>

#include "evidence/base/error.h"

#define LIBPQ_FUNCTIONS(X)                                                                         \
    X(clear)                                                                                       \
    X(cmdStatus)                                                                                   \
    X(connectdbParams)                                                                             \
    X(consumeInput)                                                                                \
    X(errorMessage)                                                                                \
    X(exec)                                                                                        \
    X(execPrepared)                                                                                \
    X(finish)                                                                                      \
    X(fname)                                                                                       \
    X(freemem)                                                                                     \
    X(ftype)                                                                                       \
    X(getResult)                                                                                   \
    X(getisnull)                                                                                   \
    X(getlength)                                                                                   \
    X(getvalue)                                                                                    \
    X(isBusy)                                                                                      \
    X(notifies)                                                                                    \
    X(ntuples)                                                                                     \
    X(parameterStatus)                                                                             \
    X(prepare)                                                                                     \
    X(putCopyData)                                                                                 \
    X(putCopyEnd)                                                                                  \
    X(reset)                                                                                       \
    X(resultErrorField)                                                                            \
    X(resultStatus)                                                                                \
    X(sendQuery)                                                                                   \
    X(setNoticeReceiver)                                                                           \
    X(socket)                                                                                      \
    X(status)                                                                                      \
    X(transactionStatus)                                                                           \
    X(unescapeBytea)

/* Each by its name in libpq without the PQ before it. */
struct libpq {
#define LIBPQ_MEMBER(name) __typeof__(PQ##name) *name;
    LIBPQ_FUNCTIONS(LIBPQ_MEMBER)
#undef LIBPQ_MEMBER
};

/* ERROR_INTERNAL where it is not installed. */
MUST_USE bool libpq_load(struct error *err);

/* For whoever has a link, before which it was loaded. */
const struct libpq *libpq(void);

#endif
