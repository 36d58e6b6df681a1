/* Connecting to PostgreSQL: settings, and one sentence for each way in which it can be wrong. */
#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "store/postgres.h"
#include "store/store_engine.h"
#include "base/banned.h"

enum { VERSION_LEAST = 150000 };

/* Nothing is left to the server's or the account's defaults that would change an answer. */
static const char settings[] = "SET client_min_messages = warning;"
                               "SET statement_timeout = 0;"
                               "SET idle_in_transaction_session_timeout = 0;"
                               "SET lock_timeout = 5000;"
                               "SET bytea_output = 'hex';"
                               "SET extra_float_digits = 1;"
                               "SET standard_conforming_strings = on;";
static const char settings_read[] = "SET default_transaction_read_only = on;";

static void hear_nothing(void *argument, const PGresult *result)
{
    (void)argument;
    (void)result;
}

const char *postgres_name(struct arena *arena, const char *address)
{
    char *message = NULL;
    PQconninfoOption *options = PQconninfoParse(address, &message);
    PQfreemem(message);
    if (!options)
        return NULL;
    const char *user = "", *host = "", *port = "", *database = "";
    for (PQconninfoOption *option = options; option->keyword; option++) {
        const char *value = option->val ? option->val : "";
        if (strcmp(option->keyword, "user") == 0)
            user = value;
        else if (strcmp(option->keyword, "host") == 0)
            host = value;
        else if (strcmp(option->keyword, "port") == 0)
            port = value;
        else if (strcmp(option->keyword, "dbname") == 0)
            database = value;
    }
    const char *name = arena_format(arena, "postgresql://%s%s%s%s%s/%s", user, *user ? "@" : "",
                                    host, *port ? ":" : "", port, database);
    PQconninfoFree(options);
    return name;
}

/* The last line of libpq's message, which tells the cause, without its line end. */
static const char *cause_of(struct arena *arena, PGconn *connection)
{
    struct slice rest = slice_trim(slice_of(PQerrorMessage(connection))), line = { 0 }, last = rest;
    while (slice_split(&rest, '\n', &line))
        last = line;
    return slice_copy(arena, slice_trim(last));
}

static enum status check_server(struct work *work, const char *name, PGconn *connection)
{
    if (PQserverVersion(connection) < VERSION_LEAST)
        return work_fail(work, STATUS_REFUSED,
                         "%s is an older PostgreSQL than 15; bring the server up to date.", name);
    const char *encoding = PQparameterStatus(connection, "server_encoding");
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return work_fail(work, STATUS_REFUSED,
                         "%s does not keep text as UTF-8; make the database with ENCODING 'UTF8'.",
                         name);
    return STATUS_OK;
}

static enum status make_settings(struct work *work, const char *name, PGconn *connection,
                                 const char *script)
{
    PGresult *result = PQexec(connection, script);
    enum status status = PQresultStatus(result) == PGRES_COMMAND_OK
                             ? STATUS_OK
                             : postgres_fail(work, name, connection, result);
    PQclear(result);
    return status;
}

enum status postgres_connect(struct work *work, const char *address, enum store_mode mode,
                             PGconn **out_connection)
{
    const char *name = postgres_name(work->arena, address);
    if (!name)
        return work_fail(work, STATUS_USAGE,
                         "The address of the PostgreSQL database is not understood; write "
                         "postgresql://USER@HOST:PORT/DATABASE.");
    const char *const keywords[] = { "dbname", "fallback_application_name", "client_encoding",
                                     "connect_timeout", NULL };
    const char *const values[] = { address, "dueregard", "UTF8", "10", NULL };
    PGconn *connection = PQconnectdbParams(keywords, values, 1);
    enum status status = STATUS_OK;
    if (PQstatus(connection) != CONNECTION_OK)
        status = work_fail(work, STATUS_STORAGE,
                           "%s cannot be reached (%s); see that the server runs and that the "
                           "address, account and password are right.",
                           name, cause_of(work->arena, connection));
    PQsetNoticeReceiver(connection, hear_nothing, NULL);
    if (status == STATUS_OK)
        status = check_server(work, name, connection);
    if (status == STATUS_OK)
        status = make_settings(work, name, connection, settings);
    if (status == STATUS_OK && mode == STORE_READ)
        status = make_settings(work, name, connection, settings_read);
    if (status != STATUS_OK) {
        PQfinish(connection);
        return status;
    }
    *out_connection = connection;
    return STATUS_OK;
}
