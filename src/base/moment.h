/* Moments in UTC: ISO 8601 text to the second outside (2026-11-22T10:15:00Z), seconds since
 * 1970-01-01 inside. */
#ifndef BASE_MOMENT_H
#define BASE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

/* False for anything that is not written so; NULL is allowed. */
bool moment_read(const char *text, int64_t *out_seconds);
char *moment_print(struct arena *arena, int64_t seconds);
/* The text of a moment that many seconds after another, which must be one. */
char *moment_after(struct arena *arena, const char *text, int64_t seconds);
/* 22 November 2026, 10:15 */
char *moment_print_long(struct arena *arena, const char *text);
/* Sun, 22 Nov 2026 10:15:00 +0000 (RFC 5322, 3.3) */
char *moment_print_mail(struct arena *arena, const char *text);

#endif
