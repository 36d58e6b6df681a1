/* One table from status to exit code and HTTP status. */
#include "base/status.h"

#include <assert.h>

#include "base/banned.h"

static const struct {
    int exit_code, http_code;
} answers[STATUS_COUNT] = {
    [STATUS_OK] = { 0, 200 },       [STATUS_END] = { 0, 200 },     [STATUS_USAGE] = { 2, 400 },
    [STATUS_INPUT] = { 3, 400 },    [STATUS_LIMIT] = { 3, 413 },   [STATUS_NOT_FOUND] = { 3, 404 },
    [STATUS_CONFLICT] = { 3, 409 }, [STATUS_REFUSED] = { 1, 403 }, [STATUS_FINDINGS] = { 1, 200 },
    [STATUS_BUSY] = { 4, 503 },     [STATUS_STORAGE] = { 4, 500 },
};

int status_exit_code(enum status status)
{
    assert(status < STATUS_COUNT);
    return answers[status].exit_code;
}

int status_http_code(enum status status)
{
    assert(status < STATUS_COUNT);
    return answers[status].http_code;
}
