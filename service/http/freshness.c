#include "service/http/freshness.h"

void freshness_saw(struct freshness *freshness, time_t now)
{
    atomic_store(&freshness->seen, now);
    atomic_store(&freshness->lost, false);
}

void freshness_ask(struct freshness *freshness, time_t now)
{
    atomic_store(&freshness->asked, now);
}

void freshness_hear(struct freshness *freshness)
{
    atomic_store(&freshness->asked, 0);
}

bool freshness_is_silent(struct freshness *freshness, time_t now)
{
    if (freshness == NULL)
        return false;
    time_t asked = (time_t)atomic_load(&freshness->asked);
    return atomic_load(&freshness->lost) ||
           (asked != 0 && now - asked > freshness->patience_seconds);
}

void freshness_lose(struct freshness *freshness)
{
    atomic_store(&freshness->lost, true);
}
