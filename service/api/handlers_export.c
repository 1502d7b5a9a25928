/* GET /v1/export/…: everything curated, as files. */
#include "evidence/base/hash.h"
#include "evidence/base/version.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/public_file.h"
#include "service/http/query.h"

struct sending {
    struct public_file *file;
    uint64_t at;
};

static enum stream_step send_next(void *state, struct buffer *out)
{
    struct sending *sending = state;
    char bytes[64 * 1024];
    uint64_t length;
    enum public_state there = public_file_state(sending->file, &length);
    long count = public_file_read(sending->file, sending->at, bytes, sizeof bytes);
    if (count < 0 || there == PUBLIC_FAILED)
        return STREAM_BREAK;
    buffer_append(out, bytes, (size_t)count);
    sending->at += (uint64_t)count;
    if (there == PUBLIC_WHOLE && sending->at >= length)
        return STREAM_END;
    return count > 0 ? STREAM_MORE : STREAM_WAIT;
}

static void seek_to(void *state, uint64_t from)
{
    ((struct sending *)state)->at = from;
}

static void end_sending(void *state)
{
    public_file_release(((struct sending *)state)->file);
}

/* The same base gives the same bytes. */
static const char *tag_of(const struct request *request, const struct public_kind *kind)
{
    char hash[HASH_SIZE];
    hash_text(arena_printf(request->arena, "%s %s %s", catalog_stamp(request->catalog)->hash,
                           TOUCHSTONE_VERSION, kind->name),
              hash);
    return arena_strndup(request->arena, hash, 32);
}

static bool refuse_kind(const struct request *request, struct answer *answer, const char *name)
{
    const char **names = arena_array(request->arena, public_kind_count + 1, sizeof *names);
    for (size_t i = 0; i < public_kind_count; i++)
        names[i] = public_kinds[i].name;
    answer_nearest(request, answer, names);
    return answer_refuse(request, answer, REFUSAL_NOT_FOUND, "there is no export \"%s\"", name);
}

static void describe(const struct request *request, struct answer *answer,
                     const struct public_kind *kind)
{
    answer->content_type = kind->content_type;
    answer->etag = tag_of(request, kind);
    answer->last_modified = catalog_stamp(request->catalog)->changed;
    answer_header(answer, "Content-Disposition",
                  arena_printf(request->arena, "attachment; filename=\"%s\"", kind->name));
}

/* A file that is still being made is sent as it grows: whole, and of unknown length. */
bool get_export(const struct request *request, struct answer *answer, struct error *err)
{
    const char *name = request_part(request, "file");
    const struct public_kind *kind = public_kind_named(name);
    struct sending *sending = arena_alloc(request->arena, sizeof *sending);
    uint64_t length;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    if (kind == NULL)
        return refuse_kind(request, answer, name);
    sending->file =
        public_file_open(application_public_files(request->context), request->catalog, kind, err);
    if (sending->file == NULL)
        return false;
    describe(request, answer, kind);
    answer->stream = (struct stream){.next = send_next, .end = end_sending, .state = sending};
    if (public_file_state(sending->file, &length) == PUBLIC_WHOLE) {
        answer->stream.seek = seek_to;
        answer->stream.length = length;
    }
    return true;
}
