/* The access log: one JSON line a request on standard error, for journald to keep. It names the
 * route and not the address, so neither what was looked for nor who looked stands in it. */
#ifndef WEB_HTTP_LOG_H
#define WEB_HTTP_LOG_H

#include <stddef.h>
#include <time.h>

struct log_line {
    struct timespec start;
    const char *method, *route; /* constants of ours */
    int status;
    size_t bytes;
    long long microseconds; /* from the start to the end; known when it has ended */
};

struct log_line log_begin(void);
/* The constant for a method; "other" for those that we do not serve. */
const char *log_method(const char *method);
void log_end(struct log_line *line);
void log_write(const struct log_line *line);

#endif
