#include "service/http/freshness.h"

void freshness_saw(struct freshness *freshness, time_t now)
{
    atomic_store(&freshness->seen, now);
    atomic_store(&freshness->lost, false);
}

void freshness_lose(struct freshness *freshness)
{
    atomic_store(&freshness->lost, true);
}
