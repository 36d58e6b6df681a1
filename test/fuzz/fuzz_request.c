/* The first line of the input is the target of a request, the others are its headers. Whatever is
 * accepted must be what the rest of the program counts on. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "web/http/accepted.h"
#include "web/http/client.h"
#include "web/http/guard.h"
#include "web/http/target.h"

#include "base/banned.h"

enum { INPUT_MOST = 1 << 14 };

static void check_words(const char *words)
{
    assert(words && slice_is_utf8(slice_of(words)));
}

static void check_request(const struct request *request)
{
    assert(request->segment_count <= REQUEST_SEGMENTS_MOST);
    assert(request->query_count <= REQUEST_QUERY_MOST);
    for (size_t i = 0; i < request->segment_count; i++) {
        const char *segment = request->segments[i];
        check_words(segment);
        assert(*segment && strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0);
        assert(!strpbrk(segment, "/\\\r\n"));
    }
    for (size_t i = 0; i < request->query_count; i++) {
        check_words(request->query[i].name);
        check_words(request->query[i].value);
        /* No name twice: the first of that name is this one. */
        assert(request_query(request, request->query[i].name) == request->query[i].value);
    }
}

static void check_headers(struct arena *arena, struct slice rest)
{
    struct guard guard = { 0 };
    struct slice line = { NULL, 0 };
    while (slice_split(&rest, '\n', &line)) {
        ptrdiff_t colon = slice_find(line, ":");
        size_t end = colon < 0 ? line.length : (size_t)colon;
        const char *name = slice_copy(arena, slice_first(line, end));
        const char *value = slice_copy(arena, slice_trim(slice_from(line, end + 1)));
        struct request request = { .cookie = value };
        guard_header(&guard, name, value);
        const char *cookie = request_cookie(arena, &request, "sid");
        assert(!cookie || !strchr(cookie, ';'));
        const char *client = client_of(arena, slice_of(value));
        assert(!client || strspn(client, "0123456789abcdef.:/") == strlen(client));
        assert(!accepted(slice_of(value), "br") || strcasestr(value, "br"));
    }
    if (guard_check(&guard, "POST", "HTTP/1.1") != 0)
        return;
    assert(guard.hosts == 1 && guard.lengths + guard.encodings <= 1);
    assert(guard.length >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > INPUT_MOST)
        return 0;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct slice rest = { (const char *)data, size }, target = { NULL, 0 };
    struct request request = { .accept = "" };
    if (size == 0 || !slice_split(&rest, '\n', &target))
        return 0;
    int status = target_read(arena, target, &request);
    assert(status == 0 || status == 400 || status == 414);
    if (status == 0)
        check_request(&request);
    else
        assert(request.segment_count == 0 && request.query_count == 0);
    check_headers(arena, rest);
    return 0;
}
