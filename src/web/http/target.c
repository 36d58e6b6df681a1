#include "web/http/target.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { BAD = 400, TOO_LONG = 414 };

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Decodes %XX, and + when it is a query; NULL for what is broken, not UTF-8, or holds a control
 * character other than line ends and tabs in a query. */
static const char *decode(struct arena *arena, struct slice words, bool is_query)
{
    char *bytes = arena_take(arena, words.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < words.length; i++) {
        char c = words.start[i];
        if (c == '%') {
            bool is_whole = i + 2 < words.length;
            int high = is_whole ? digit(words.start[i + 1]) : -1;
            int low = is_whole ? digit(words.start[i + 2]) : -1;
            if (high < 0 || low < 0)
                return NULL;
            c = (char)(high * 16 + low);
            i += 2;
            bool is_blank = c == '\n' || c == '\r' || c == '\t';
            if (((unsigned char)c < ' ' && !(is_query && is_blank)) || c == 0x7F)
                return NULL;
        } else if (c == '+' && is_query) {
            c = ' ';
        }
        bytes[length++] = c;
    }
    return slice_is_utf8((struct slice){ bytes, length }) ? bytes : NULL;
}

static bool is_plain(struct slice target)
{
    for (size_t i = 0; i < target.length; i++)
        if ((unsigned char)target.start[i] <= ' ' || (unsigned char)target.start[i] >= 0x7F ||
            strchr("#\\\"<>", target.start[i]))
            return false;
    return true;
}

static bool segment_is_sound(const char *segment)
{
    return segment && *segment && strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0 &&
           !strpbrk(segment, "/\\");
}

static int read_path(struct arena *arena, struct slice path, struct request *request)
{
    struct slice rest = slice_from(path, 1), part = { NULL, 0 };
    while (slice_split(&rest, '/', &part)) {
        if (part.length == 0 && !rest.start && request->segment_count) {
            request->ends_in_slash = true;
            return 0;
        }
        const char *segment = decode(arena, part, false);
        if (!segment_is_sound(segment) || request->segment_count == REQUEST_SEGMENTS_MOST)
            return BAD;
        request->segments[request->segment_count++] = segment;
    }
    return 0;
}

static int read_query(struct arena *arena, struct slice query, struct request *request)
{
    struct slice pair = { NULL, 0 };
    while (slice_split(&query, '&', &pair)) {
        if (pair.length == 0)
            continue;
        ptrdiff_t equals = slice_find(pair, "=");
        size_t end = equals < 0 ? pair.length : (size_t)equals;
        const char *name = decode(arena, slice_first(pair, end), true);
        const char *value = decode(arena, slice_from(pair, end + 1), true);
        if (!name || !value || request->query_count == REQUEST_QUERY_MOST ||
            request_query(request, name))
            return BAD;
        request->query[request->query_count++] = (struct request_value){ name, value };
    }
    return 0;
}

int target_read(struct arena *arena, struct slice target, struct request *out_request)
{
    if (target.length > REQUEST_TARGET_MOST)
        return TOO_LONG;
    if (!slice_starts(target, "/") || !is_plain(target))
        return BAD;
    struct request request = *out_request;
    request.segment_count = request.query_count = 0;
    request.ends_in_slash = false;
    ptrdiff_t mark = slice_find(target, "?");
    size_t end = mark < 0 ? target.length : (size_t)mark;
    int status = read_path(arena, slice_first(target, end), &request);
    if (status == 0 && mark >= 0)
        status = read_query(arena, slice_from(target, end + 1), &request);
    if (status == 0)
        *out_request = request;
    return status;
}
