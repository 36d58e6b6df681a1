/* The first failure wins: it is the cause, what follows are consequences. */
#include "base/work.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/banned.h"

enum status work_fail(struct work *work, enum status status, const char *format, ...)
{
    if (work->status != STATUS_OK)
        return status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(work->error, sizeof work->error, format, arguments);
    va_end(arguments);
    work->status = status;
    return status;
}

void work_forget(struct work *work)
{
    work->status = STATUS_OK;
    work->error[0] = '\0';
}

const char *work_clock(struct arena *arena)
{
    int64_t fixed = 0;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = epoch && slice_integer(slice_of(epoch), &fixed) ? (time_t)fixed : time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    return arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900,
                        parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}
