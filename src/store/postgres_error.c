/* SQLSTATEs as statuses and the same plain sentences that SQLite's failures get. Values never stand
 * in them: the details of the server's messages are left out. */
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "store/postgres.h"
#include "base/banned.h"

/* A sentence takes the address once. */
struct failure {
    const char *state; /* an SQLSTATE or its first characters */
    enum status status;
    const char *sentence;
};

#define LOST                                                                                       \
    "The connection to %s was lost; see that the server runs and try again. Nothing was changed "  \
    "that was not yet reported as done."
#define LOCKED                                                                                     \
    "%s is locked by another program; wait until that one is done and try again. Nothing was "     \
    "changed."

static const struct failure failures[] = {
    { "08", STATUS_STORAGE, LOST },
    { "57P0", STATUS_STORAGE, LOST },
    { "55P03", STATUS_BUSY, LOCKED },
    { "40", STATUS_BUSY, LOCKED },
    { "53100", STATUS_STORAGE,
      "%s could not be written, the server's disk is full; make room and try again. Nothing was "
      "changed." },
    { "53", STATUS_STORAGE,
      "%s has no more room for this (connections or memory); ask its keeper to raise the limit and "
      "try again. Nothing was changed." },
    { "25006", STATUS_STORAGE,
      "%s cannot be written, it is open for reading only; connect to the main server." },
    { "42501", STATUS_STORAGE,
      "The account may not do this on %s; let it own the schema and try again." },
    { "54", STATUS_LIMIT, "A text is too long to be stored in %s; shorten it and try again." },
    { "22021", STATUS_INPUT, "A text for %s is not well-formed UTF-8, or has a NUL; mend it." },
};

static const struct failure *failure_of(const char *state)
{
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (slice_starts(slice_of(state), failures[i].state))
            return &failures[i];
    return NULL;
}

static const char *field_of(const PGresult *result, int code)
{
    const char *text = result ? PQresultErrorField(result, code) : NULL;
    return text ? text : "";
}

static enum status fail_constraint(struct work *work, const PGresult *result, const char *state)
{
    if (strcmp(state, "23505") == 0)
        return work_fail(work, STATUS_CONFLICT,
                         "There is a row of %s with the same key already; change the key or "
                         "change that row instead.",
                         field_of(result, PG_DIAG_TABLE_NAME));
    if (strcmp(state, "23503") == 0)
        return work_fail(work, STATUS_CONFLICT,
                         "A row refers to one that does not exist, or is still referred to; add "
                         "what it refers to, or remove the reference, first.");
    return work_fail(work, STATUS_STORAGE,
                     "A row does not have the shape that the database demands (%s); this is a "
                     "fault of the program, please report it.",
                     field_of(result, PG_DIAG_MESSAGE_PRIMARY));
}

enum status postgres_fail(struct work *work, const char *name, PGconn *connection,
                          const PGresult *result)
{
    const char *state = field_of(result, PG_DIAG_SQLSTATE);
    if (PQstatus(connection) != CONNECTION_OK)
        state = "08006";
    if (slice_starts(slice_of(state), "23"))
        return fail_constraint(work, result, state);
    if (strcmp(state, "P0001") == 0)
        return work_fail(work, STATUS_REFUSED, "%s.", field_of(result, PG_DIAG_MESSAGE_PRIMARY));
    const struct failure *failure = failure_of(state);
    if (!failure)
        return work_fail(work, STATUS_STORAGE,
                         "%s did not understand a statement (%s %s); it may belong to another "
                         "version of the program.",
                         name, state, field_of(result, PG_DIAG_MESSAGE_PRIMARY));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the sentences of the table above */
    return work_fail(work, failure->status, failure->sentence, name);
#pragma GCC diagnostic pop
}
