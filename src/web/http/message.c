#include "web/http/message.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

const char *request_query(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->query_count; i++)
        if (strcmp(request->query[i].name, name) == 0)
            return request->query[i].value;
    return NULL;
}

const char *request_cookie(struct arena *arena, const struct request *request, const char *name)
{
    struct slice rest = slice_of(request->cookie), pair = { NULL, 0 };
    const char *found = NULL;
    while (slice_split(&rest, ';', &pair)) {
        pair = slice_trim(pair);
        ptrdiff_t equals = slice_find(pair, "=");
        if (equals < 0 || !slice_is(slice_first(pair, (size_t)equals), name))
            continue;
        if (found)
            return NULL;
        found = slice_copy(arena, slice_from(pair, (size_t)equals + 1));
    }
    return found;
}

void response_add_header(struct response *response, const char *name, const char *value)
{
    assert(response->header_count < RESPONSE_HEADERS_MOST);
    assert(!strpbrk(name, "\r\n") && !strpbrk(value, "\r\n"));
    response->headers[response->header_count++] = (struct response_header){ name, value };
}

void response_is_file(struct arena *arena, struct response *response, const char *name)
{
    response_add_header(response, "Content-Disposition",
                        arena_format(arena, "attachment; filename=\"%s\"", name));
}
