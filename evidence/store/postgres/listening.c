/* Changes by others, as the server tells of them. */
#include <poll.h>
#include <string.h>

#include "evidence/store/postgres/engine.h"

static bool was_told(struct connection *connection)
{
    bool told = false;
    PGnotify *notify = libpq()->notifies(connection->link);
    for (; notify != NULL; notify = libpq()->notifies(connection->link)) {
        told = true;
        libpq()->freemem(notify);
    }
    return told;
}

/* What came before this link listened was not told. On a standby one cannot listen, which is made
 * up for when it is promoted (it tells then, from version 14 on); nor can one on every server that
 * speaks this protocol: there the wait is as long as it was to be. */
static bool listen_anew(struct connection *connection)
{
    const char *standby = libpq()->parameterStatus(connection->link, "in_hot_standby");
    if (connection->listens == connection->generation + 1 ||
        (standby != NULL && strcmp(standby, "on") == 0))
        return false;
    connection->listens = connection->generation + 1;
    return postgres_do(connection, "LISTEN touchstone");
}

bool postgres_await(struct store *store, int wake_fd, int most_ms)
{
    struct connection *connection = store->connection;
    if (listen_anew(connection) || was_told(connection))
        return true;
    struct pollfd waited[] = {{.fd = libpq()->socket(connection->link), .events = POLLIN},
                              {.fd = wake_fd, .events = POLLIN}};
    bool woken = poll(waited, 2, most_ms) > 0;
    if (woken && waited[0].revents != 0 && libpq()->consumeInput(connection->link) == 1)
        was_told(connection);
    return woken;
}
