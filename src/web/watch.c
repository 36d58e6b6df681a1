#include "web/watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

struct watch {
    struct watched watched;
    struct server *server; /* of its own */
};

static void answer(void *context, int refusal, const struct request *request, void **out_held,
                   struct response *out_response)
{
    const struct watch *watch = context;
    struct arena *arena = arena_new();
    struct text text = text_new(arena, METRICS_MOST);
    struct server_facts facts;
    *out_held = arena;
    *out_response = (struct response){ .status = refusal ? refusal : 404,
                                       .media_type = "text/plain; charset=utf-8",
                                       .body = SLICE("The metrics are at /metrics.\n") };
    if (refusal || request->segment_count != 1 || request->method > REQUEST_HEAD ||
        strcmp(request->segments[0], "metrics") != 0)
        return;
    server_tell(watch->watched.server, &facts);
    metrics_write(watch->watched.metrics, &facts, atomic_load(watch->watched.is_draining), &text);
    *out_response = (struct response){ .status = 200,
                                       .media_type = "text/plain; version=0.0.4; charset=utf-8",
                                       .body = text_slice(&text) };
}

static void finished(void *context, void *held)
{
    (void)context;
    arena_free(held);
}

enum status watch_start(struct work *work, int64_t port, const struct watched *watched,
                        struct watch **out_watch, const char **out_words)
{
    struct watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        abort();
    watch->watched = *watched;
    const struct server_options options = { .address = "127.0.0.1",
                                            .port = port,
                                            .threads = 1,
                                            .answer = answer,
                                            .finished = finished,
                                            .context = watch };
    enum status status = server_start(work, &options, &watch->server, out_words);
    if (status == STATUS_OK)
        *out_watch = watch;
    else
        free(watch);
    return status;
}

void watch_stop(struct watch *watch)
{
    if (!watch)
        return;
    server_stop(watch->server);
    free(watch);
}
