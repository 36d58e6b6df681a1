#include "web/http/log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

enum { LINE_MOST = 512 };

struct log_line log_begin(void)
{
    struct log_line line = { .method = "none" };
    clock_gettime(CLOCK_MONOTONIC, &line.start);
    return line;
}

const char *log_method(const char *method)
{
    static const char *const known[] = { "GET", "HEAD", "POST", "PUT" };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(method, known[i]) == 0)
            return known[i];
    return "other";
}

void log_end(struct log_line *line)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    line->microseconds = (end.tv_sec - line->start.tv_sec) * 1000000LL +
                         (end.tv_nsec - line->start.tv_nsec) / 1000;
}

void log_write(const struct log_line *line)
{
    time_t now = time(NULL);
    struct tm parts;
    char moment[32], words[LINE_MOST];
    gmtime_r(&now, &parts);
    strftime(moment, sizeof moment, "%Y-%m-%dT%H:%M:%SZ", &parts);
    int length = snprintf(words, sizeof words,
                          "{\"time\":\"%s\",\"method\":\"%s\",\"route\":\"%s\",\"status\":%d,"
                          "\"bytes\":%zu,\"microseconds\":%lld}\n",
                          moment, line->method, line->route ? line->route : "", line->status,
                          line->bytes, line->microseconds);
    /* One write a line, so that lines of several threads do not mix. A log that cannot be written
     * must not stop the pages. */
    if (length > 0 && (size_t)length < sizeof words &&
        write(STDERR_FILENO, words, (size_t)length) < 0)
        return;
}
