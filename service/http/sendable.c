#include "service/http/sendable.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

struct sendable {
    int file;
    char *bytes; /* the same, in memory */
    size_t most;
    atomic_size_t used;
};

static void release(void *thing)
{
    struct sendable *sendable = thing;
    munmap(sendable->bytes, sendable->most);
    close(sendable->file);
}

struct sendable *sendable_new(size_t most, struct arena *arena)
{
    int file = memfd_create("answers", MFD_CLOEXEC);
    if (file < 0)
        return NULL;
    void *bytes = ftruncate(file, (off_t)most) == 0
                      ? mmap(NULL, most, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
                      : MAP_FAILED;
    if (bytes == MAP_FAILED) {
        close(file);
        return NULL;
    }
    struct sendable *sendable = arena_alloc(arena, sizeof *sendable);
    *sendable = (struct sendable){.file = file, .bytes = bytes, .most = most};
    arena_on_free(arena, release, sendable);
    return sendable;
}

const char *sendable_add(struct sendable *sendable, const char *bytes, size_t length)
{
    if (sendable == NULL || length < SENDABLE_FROM_BYTES || length > sendable->most)
        return NULL;
    size_t at = atomic_fetch_add(&sendable->used, length);
    if (at > sendable->most - length)
        return NULL; /* it stays full: what would fit behind is not looked for */
    return memcpy(sendable->bytes + at, bytes, length);
}

ssize_t sendable_send(const struct sendable *sendable, int socket, const struct iovec *head,
                      const struct iovec *body)
{
    off_t at = (const char *)body->iov_base - sendable->bytes;
    ssize_t sent = send(socket, head->iov_base, head->iov_len, MSG_MORE | MSG_NOSIGNAL);
    if (sent < (ssize_t)head->iov_len)
        return sent;
    ssize_t more = sendfile(socket, sendable->file, &at, body->iov_len);
    return more < 0 ? sent : sent + more; /* what went wrong, the next writing tells again */
}
