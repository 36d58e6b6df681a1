#include "store/sqlite_error.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/slice.h"
#include "base/banned.h"

/* A sentence takes the path once. */
struct failure {
    int code; /* an extended code, or a primary one for all of its kind */
    enum status status;
    const char *sentence;
};

static const struct failure failures[] = {
    { SQLITE_NOTADB, STATUS_STORAGE,
      "%s is not a Due Regard database; give the right file, or bring back a backup with "
      "`dueregard restore`." },
    { SQLITE_CORRUPT, STATUS_STORAGE,
      "%s is damaged; bring back the last backup with `dueregard restore`." },
    { SQLITE_IOERR_WRITE, STATUS_STORAGE,
      "%s could not be written, the disk is full or the file may not grow; make room and try "
      "again. Nothing was changed." },
    { SQLITE_FULL, STATUS_STORAGE,
      "%s could not be written, the disk is full; make room and try again. Nothing was changed." },
    { SQLITE_IOERR, STATUS_STORAGE,
      "%s could not be read or written, the disk reports a fault; check the disk and try again. "
      "Nothing was changed." },
    { SQLITE_READONLY, STATUS_STORAGE,
      "%s cannot be written, the file or its folder is read-only; let the program's user write "
      "there." },
    { SQLITE_PERM, STATUS_STORAGE,
      "%s may not be opened; let the program's user read and write it." },
    { SQLITE_CANTOPEN, STATUS_STORAGE,
      "%s could not be opened; check that its folder exists and that the program's user may read "
      "and write there." },
    { SQLITE_BUSY, STATUS_BUSY,
      "%s is locked by another program; wait until that one is done and try again. Nothing was "
      "changed." },
    { SQLITE_LOCKED, STATUS_BUSY,
      "%s is locked by another statement; wait until that one is done and try again." },
    { SQLITE_PROTOCOL, STATUS_BUSY,
      "%s is locked by another program; wait until that one is done and try again. Nothing was "
      "changed." },
    { SQLITE_TOOBIG, STATUS_LIMIT,
      "A text is too long to be stored in %s; shorten it and try again." },
};

static const struct failure *failure_of(int code)
{
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (failures[i].code == code)
            return &failures[i];
    return NULL;
}

/* The table in "UNIQUE constraint failed: unit.code", as a slice of the message. */
static struct slice constraint_table(const char *message)
{
    struct slice slice = slice_of(message);
    ptrdiff_t place = slice_find(slice, "failed: ");
    if (place < 0)
        return (struct slice){ 0 };
    slice = slice_from(slice, (size_t)place + sizeof "failed: " - 1);
    ptrdiff_t dot = slice_find(slice, ".");
    return dot < 0 ? slice : slice_first(slice, (size_t)dot);
}

static enum status fail_constraint(struct work *work, const char *message, int code)
{
    struct slice table = constraint_table(message);
    int length = table.length > 60 ? 60 : (int)table.length;
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return work_fail(work, STATUS_CONFLICT,
                         "There is a row of %.*s with the same key already; change the key or "
                         "change that row instead.",
                         length, table.start);
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return work_fail(work, STATUS_CONFLICT,
                         "A row refers to one that does not exist, or is still referred to; add "
                         "what it refers to, or remove the reference, first.");
    case SQLITE_CONSTRAINT_TRIGGER:
        return work_fail(work, STATUS_REFUSED, "%s.", message);
    default:
        return work_fail(work, STATUS_STORAGE,
                         "A row does not have the shape that the database demands (%s); this is a "
                         "fault of the program, please report it.",
                         message);
    }
}

enum status sqlite_fail(struct work *work, const char *path, sqlite3 *handle, int code)
{
    if ((code & 0xff) == SQLITE_NOMEM)
        abort();
    const char *message = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    if ((code & 0xff) == SQLITE_CONSTRAINT)
        return fail_constraint(work, message, code);
    const struct failure *failure = failure_of(code);
    if (!failure)
        failure = failure_of(code & 0xff);
    if (!failure)
        return work_fail(work, STATUS_STORAGE,
                         "%s did not understand a statement (%s); it may belong to another version "
                         "of the program.",
                         path, message);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the sentences of the table above */
    return work_fail(work, failure->status, failure->sentence, path);
#pragma GCC diagnostic pop
}
