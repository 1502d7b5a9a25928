/* The functions of libcurl that are used here; the library is loaded with the first fetcher. */
#ifndef TOUCHSTONE_IMPORTERS_FETCH_LIBCURL_H
#define TOUCHSTONE_IMPORTERS_FETCH_LIBCURL_H

#include <curl/curl.h>

#include "evidence/base/error.h"

#define LIBCURL_FUNCTIONS(X)                                                                       \
    X(easy_cleanup)                                                                                \
    X(easy_getinfo)                                                                                \
    X(easy_header)                                                                                 \
    X(easy_init)                                                                                   \
    X(easy_reset)                                                                                  \
    X(easy_setopt)                                                                                 \
    X(easy_strerror)                                                                               \
    X(free)                                                                                        \
    X(getdate)                                                                                     \
    X(global_cleanup)                                                                              \
    X(global_init)                                                                                 \
    X(multi_add_handle)                                                                            \
    X(multi_assign)                                                                                \
    X(multi_cleanup)                                                                               \
    X(multi_info_read)                                                                             \
    X(multi_init)                                                                                  \
    X(multi_remove_handle)                                                                         \
    X(multi_setopt)                                                                                \
    X(multi_socket_action)                                                                         \
    X(slist_append)                                                                                \
    X(slist_free_all)                                                                              \
    X(url)                                                                                         \
    X(url_cleanup)                                                                                 \
    X(url_get)                                                                                     \
    X(url_set)

/* Each by its name in libcurl without the curl_ before it. */
struct libcurl {
#define LIBCURL_MEMBER(name) __typeof__(curl_##name) *name;
    LIBCURL_FUNCTIONS(LIBCURL_MEMBER)
#undef LIBCURL_MEMBER
};

/* ERROR_INTERNAL where it is not installed. */
MUST_USE bool libcurl_load(struct error *err);

/* For whoever has a fetcher or an address, before which it was loaded. */
const struct libcurl *libcurl(void);

#endif
