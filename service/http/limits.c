#include "service/http/limits.h"

static int or_default(int value, int otherwise)
{
    return value > 0 ? value : otherwise;
}

struct limits limits_filled(struct limits limits)
{
    return (struct limits){
        .body_bytes = limits.body_bytes > 0 ? limits.body_bytes : MAX_BODY_BYTES,
        .connections = limits.connections > 0 ? limits.connections : MAX_CONNECTIONS,
        .request_ms = or_default(limits.request_ms, REQUEST_MS),
        .idle_ms = or_default(limits.idle_ms, IDLE_MS),
        .stall_ms = or_default(limits.stall_ms, STALL_MS),
        .drain_ms = or_default(limits.drain_ms, DRAIN_MS),
    };
}
