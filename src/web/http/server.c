/* libmicrohttpd calls back several times for one request: with the target as it was sent, with the
 * headers, with each piece of the body, and at the end. An exchange holds the request meanwhile. */
#include "web/http/server.h"

#include <microhttpd.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/late.h"
#include "base/text.h"
#include "web/http/guard.h"
#include "web/http/listen.h"
#include "web/http/log.h"
#include "web/http/target.h"

#include "base/banned.h"

struct server {
    struct MHD_Daemon *daemon;
    struct reaper *reaper;
    struct server_options options;
    char *unix_path;    /* to remove at the end; NULL for none */
    atomic_uint active; /* requests under way */
};

/* One request and its answer. */
struct exchange {
    char *target;        /* as it was sent */
    struct arena *arena; /* NULL until the headers are there */
    struct request request;
    struct text body;
    int refusal;
    struct log_line log;
};

/* What every answer carries. */
static const struct response_header always[] = {
    { "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
      "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "same-origin" },
    { "Permissions-Policy", "camera=(), geolocation=(), microphone=()" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "X-Frame-Options", "DENY" },
};

static struct reaped *reaped_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void enter(struct server *server, struct MHD_Connection *connection, enum reaper_phase phase)
{
    struct reaped *reaped = reaped_of(connection);
    if (reaped)
        reaper_enter(server->reaper, reaped, phase);
}

static void note_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                            enum MHD_ConnectionNotificationCode code)
{
    struct server *server = context;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (code == MHD_CONNECTION_NOTIFY_STARTED && info)
        *socket_context = reaper_add(server->reaper, info->connect_fd);
    if (code == MHD_CONNECTION_NOTIFY_CLOSED && *socket_context) {
        reaper_remove(server->reaper, *socket_context);
        *socket_context = NULL;
    }
}

/* The target before the library decodes it, which would cut it at %00. */
static void *take_target(void *context, const char *target, struct MHD_Connection *connection)
{
    struct server *server = context;
    (void)connection;
    atomic_fetch_add(&server->active, 1);
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (!exchange)
        abort();
    exchange->target = strdup(target);
    if (!exchange->target)
        abort();
    exchange->log = log_begin();
    return exchange;
}

struct heads {
    struct arena *arena;
    struct request *request;
    struct guard guard;
};

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    struct heads *heads = context;
    struct request *request = heads->request;
    (void)kind;
    value = value ? value : "";
    guard_header(&heads->guard, name, value);
    const struct {
        const char *name;
        const char **place;
    } wanted[] = {
        { "Accept", &request->accept },
        { "If-None-Match", &request->if_none_match },
        { "If-Match", &request->if_match },
        { "Cookie", &request->cookie },
        { "Authorization", &request->authorization },
        { "Content-Type", &request->content_type },
        { "Host", &request->host },
        { "Origin", &request->origin },
        { "Sec-Fetch-Site", &request->fetch_site },
        { "User-Agent", &request->agent },
    };
    if (strlen(value) > REQUEST_HEADER_MOST)
        return MHD_YES;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (strcasecmp(name, wanted[i].name) == 0)
            *wanted[i].place = arena_copy_text(heads->arena, value);
    if (strcasecmp(name, "Accept-Encoding") == 0)
        request->accepts_gzip = slice_find_folded(slice_of(value), "gzip") >= 0 &&
                                slice_find_folded(slice_of(value), "gzip;q=0") < 0;
    return MHD_YES;
}

static void take_head(struct exchange *exchange, struct MHD_Connection *connection,
                      const char *method, const char *version)
{
    struct request *request = &exchange->request;
    exchange->arena = arena_new();
    *request = (struct request){ .accept = "",
                                 .if_none_match = "",
                                 .if_match = "",
                                 .cookie = "",
                                 .authorization = "",
                                 .content_type = "",
                                 .host = "",
                                 .origin = "",
                                 .fetch_site = "",
                                 .agent = "" };
    request->method = strcmp(method, "POST") == 0   ? REQUEST_POST
                      : strcmp(method, "PUT") == 0  ? REQUEST_PUT
                      : strcmp(method, "HEAD") == 0 ? REQUEST_HEAD
                                                    : REQUEST_GET;
    exchange->log.method = log_method(method);
    exchange->body = text_new(exchange->arena, REQUEST_BODY_MOST);
    struct heads heads = { .arena = exchange->arena, .request = request };
    MHD_get_connection_values(connection, MHD_HEADER_KIND, take_header, &heads);
    exchange->refusal = guard_check(&heads.guard, method, version);
    if (!exchange->refusal)
        exchange->refusal = target_read(exchange->arena, slice_of(exchange->target), request);
    bool has_body = heads.guard.lengths || heads.guard.encodings;
    if (!exchange->refusal && heads.guard.length > REQUEST_BODY_MOST)
        exchange->refusal = 413;
    if (!exchange->refusal && has_body && request->method != REQUEST_POST &&
        request->method != REQUEST_PUT)
        exchange->refusal = 400;
}

static const char *cache_words(const struct response *response)
{
    if (response->is_cached_for_ever)
        return "public, max-age=31536000, immutable";
    return response->etag ? "no-cache" : "no-store";
}

static void add_headers(const struct server *server, struct MHD_Response *made,
                        const struct response *response)
{
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        MHD_add_response_header(made, always[i].name, always[i].value);
    for (size_t i = 0; i < response->header_count; i++)
        MHD_add_response_header(made, response->headers[i].name, response->headers[i].value);
    if (server->options.is_behind_tls)
        MHD_add_response_header(made, "Strict-Transport-Security",
                                "max-age=31536000; includeSubDomains");
    MHD_add_response_header(made, "Cache-Control", cache_words(response));
    if (response->media_type)
        MHD_add_response_header(made, "Content-Type", response->media_type);
    if (response->is_gzip)
        MHD_add_response_header(made, "Content-Encoding", "gzip");
    if (response->etag)
        MHD_add_response_header(made, "ETag", response->etag);
}

static bool is_known_already(const struct request *request, const struct response *response)
{
    return response->etag && response->status == 200 && request->if_none_match &&
           slice_find(slice_of(request->if_none_match), response->etag) >= 0;
}

static enum MHD_Result respond(const struct server *server, struct exchange *exchange,
                               struct MHD_Connection *connection, struct response *response)
{
    if (is_known_already(&exchange->request, response)) {
        response->status = 304;
        response->body = (struct slice){ NULL, 0 };
    }
    /* The library does not change the bytes, whatever its type says. */
    struct MHD_Response *made = MHD_create_response_from_buffer(
        response->body.length, (void *)(uintptr_t)response->body.start,
        response->is_static ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_COPY);
    if (!made)
        return MHD_NO;
    add_headers(server, made, response);
    if (exchange->refusal)
        MHD_add_response_header(made, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)response->status, made);
    MHD_destroy_response(made);
    exchange->log.status = response->status;
    exchange->log.bytes = response->body.length;
    exchange->log.route = response->route;
    return result;
}

static enum MHD_Result answer(struct server *server, struct exchange *exchange,
                              struct MHD_Connection *connection)
{
    const struct server_options *options = &server->options;
    struct response response = { .status = 500 };
    void *held = NULL;
    exchange->request.body = text_slice(&exchange->body);
    options->answer(options->context, exchange->refusal, &exchange->request, &held, &response);
    enter(server, connection, REAPER_ANSWERED);
    enum MHD_Result result = respond(server, exchange, connection, &response);
    options->finished(options->context, held);
    return result;
}

/* The library decides what its handler is given. */
/* NOLINTNEXTLINE(readability-function-size) */
static enum MHD_Result serve(void *context, struct MHD_Connection *connection, const char *path,
                             const char *method, const char *version, const char *data,
                             size_t *data_size, void **request_context)
{
    struct server *server = context;
    struct exchange *exchange = *request_context;
    (void)path;
    if (!exchange->arena) {
        take_head(exchange, connection, method, version);
        enter(server, connection, REAPER_SENDING);
        /* Refused before its body is read: the connection ends with the answer. */
        return exchange->refusal ? answer(server, exchange, connection) : MHD_YES;
    }
    if (*data_size == 0)
        return answer(server, exchange, connection);
    text_add_slice(&exchange->body, (struct slice){ data, *data_size });
    *data_size = 0;
    /* A body in chunks that grows too long: nothing more is read or said. */
    return exchange->body.is_full ? MHD_NO : MHD_YES;
}

static void complete(void *context, struct MHD_Connection *connection, void **request_context,
                     enum MHD_RequestTerminationCode code)
{
    struct server *server = context;
    struct exchange *exchange = *request_context;
    if (!exchange)
        return;
    atomic_fetch_sub(&server->active, 1);
    if (server->options.is_logging)
        log_end(&exchange->log);
    if (code == MHD_REQUEST_TERMINATED_COMPLETED_OK)
        enter(server, connection, REAPER_ASKING);
    arena_free(exchange->arena);
    free(exchange->target);
    free(exchange);
    *request_context = NULL;
}

static struct reaper_limits usual_limits(struct reaper_limits limits)
{
    static const struct reaper_limits usual = {
        { [REAPER_ASKING] = 10000, [REAPER_SENDING] = 30000, [REAPER_ANSWERED] = 60000 }
    };
    return limits.milliseconds[REAPER_ASKING] ? limits : usual;
}

static struct MHD_Daemon *start_daemon(struct server *server, int socket)
{
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD;
    unsigned threads = server->options.threads;
    struct MHD_OptionItem pool[] = {
        { MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL },
        { MHD_OPTION_END, 0, NULL },
    };
    return MHD_start_daemon(
        flags, 0, NULL, NULL, serve, server, MHD_OPTION_LISTEN_SOCKET, socket,
        MHD_OPTION_URI_LOG_CALLBACK, take_target, server, MHD_OPTION_NOTIFY_COMPLETED, complete,
        server, MHD_OPTION_NOTIFY_CONNECTION, note_connection, server, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVER_CONNECTIONS_MOST,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)SERVER_MEMORY_MOST,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SERVER_IDLE_SECONDS, MHD_OPTION_ARRAY,
        threads > 1 ? pool : pool + 1, MHD_OPTION_END);
}

enum status server_start(struct work *work, const struct server_options *options,
                         struct server **out_server, const char **out_words)
{
    int socket = -1;
    const char *words = NULL;
    enum status status = late_load(work, "microhttpd");
    if (status == STATUS_OK)
        status = listen_open(work, options->address, options->port, options->may_move, &socket,
                             &words);
    if (status != STATUS_OK)
        return status;
    struct server *server = calloc(1, sizeof *server);
    if (!server)
        abort();
    server->options = *options;
    if (slice_starts(slice_of(options->address), "unix:"))
        server->unix_path = strdup(options->address + strlen("unix:"));
    server->reaper = reaper_start(usual_limits(options->limits));
    server->daemon = server->reaper ? start_daemon(server, socket) : NULL;
    if (!server->daemon) {
        close(socket);
        server_stop(server);
        return work_fail(work, STATUS_STORAGE,
                         "The server could not start its threads; see the limits of the system.");
    }
    *out_server = server;
    *out_words = words;
    return STATUS_OK;
}

void server_stop(struct server *server)
{
    if (!server)
        return;
    if (server->daemon) {
        int socket = MHD_quiesce_daemon(server->daemon);
        const struct timespec moment = { .tv_nsec = 20 * 1000000L };
        for (int i = 0; i < SERVER_STOP_SECONDS * 50 && atomic_load(&server->active); i++)
            nanosleep(&moment, NULL);
        MHD_stop_daemon(server->daemon);
        if (socket >= 0)
            close(socket);
    }
    if (server->unix_path)
        unlink(server->unix_path);
    reaper_stop(server->reaper);
    free(server->unix_path);
    free(server);
}
