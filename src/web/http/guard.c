#include "web/http/guard.h"

#include <string.h>
#include <strings.h>

#include "base/slice.h"
#include "base/banned.h"

enum { HEADERS_MOST = 64, LENGTH_DIGITS_MOST = 10 };

/* RFC 9110, 5.6.2. */
static bool is_token(const char *name)
{
    static const char *const marks = "!#$%&'*+-.^_`|~";
    if (!*name)
        return false;
    for (; *name; name++) {
        bool is_letter = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z');
        if (!is_letter && !(*name >= '0' && *name <= '9') && !strchr(marks, *name))
            return false;
    }
    return true;
}

static bool is_clean(const char *value)
{
    for (; *value; value++)
        if (((unsigned char)*value < ' ' && *value != '\t') || *value == 0x7F)
            return false;
    return true;
}

static bool is_length(const char *value)
{
    size_t length = strlen(value);
    return length > 0 && length <= LENGTH_DIGITS_MOST && strspn(value, "0123456789") == length;
}

/* A name or address, and perhaps a port: nothing that could be read as a path or an account. */
static bool is_host(const char *value)
{
    static const char *const allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:[]";
    return *value && strspn(value, allowed) == strlen(value);
}

void guard_header(struct guard *guard, const char *name, const char *value)
{
    guard->headers++;
    bool is_sound = is_token(name) && is_clean(value);
    if (strcasecmp(name, "Host") == 0) {
        guard->hosts++;
        is_sound = is_sound && is_host(value);
    }
    if (strcasecmp(name, "Content-Length") == 0) {
        guard->lengths++;
        is_sound = is_sound && is_length(value) && slice_integer(slice_of(value), &guard->length);
    }
    if (strcasecmp(name, "Transfer-Encoding") == 0) {
        guard->encodings++;
        is_sound = is_sound && strcasecmp(value, "chunked") == 0;
    }
    guard->is_bad = guard->is_bad || !is_sound;
}

int guard_check(const struct guard *guard, const char *method, const char *version)
{
    bool is_1_1 = strcmp(version, "HTTP/1.1") == 0;
    if (!is_1_1 && strcmp(version, "HTTP/1.0") != 0)
        return 505;
    if (guard->headers > HEADERS_MOST)
        return 431;
    if (guard->is_bad || guard->lengths > 1 || guard->encodings > 1 || guard->hosts > 1)
        return 400;
    if (guard->lengths && guard->encodings)
        return 400;
    if (is_1_1 ? guard->hosts != 1 : guard->encodings > 0)
        return 400;
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 && strcmp(method, "POST") != 0 &&
        strcmp(method, "PUT") != 0)
        return 405;
    return 0;
}
