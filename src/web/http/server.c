/* libmicrohttpd calls back several times for one request: with the target as it was sent, with the
 * headers, with each piece of the body, and at the end. An exchange holds the request meanwhile. */
#include "web/http/server.h"

#include <microhttpd.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/late.h"
#include "base/text.h"
#include "web/http/accepted.h"
#include "web/http/client.h"
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
    size_t body_most; /* bytes */
    int refusal;
    struct log_line log;
};

static const char page_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'";
/* What is no page does nothing, whatever a browser takes it for. */
static const char file_policy[] = "default-src 'none'; form-action 'none'; frame-ancestors 'none'; "
                                  "base-uri 'none'; sandbox";

/* What every answer carries. */
static const struct response_header always[] = {
    { "X-Content-Type-Options", "nosniff" },
    /* Not no-referrer, with which browsers would hide from us where a form comes from. */
    { "Referrer-Policy", "same-origin" },
    { "Permissions-Policy", "camera=(), geolocation=(), microphone=()" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Cross-Origin-Embedder-Policy", "require-corp" },
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
    bool trusts_forwarded;
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
    if (strcasecmp(name, "Accept-Encoding") == 0) {
        request->accepts_gzip = accepted(slice_of(value), "gzip");
        request->accepts_brotli = accepted(slice_of(value), "br");
    }
    if (heads->trusts_forwarded && strcasecmp(name, "X-Forwarded-For") == 0)
        request->client = client_of(heads->arena, slice_of(value));
    return MHD_YES;
}

static void take_head(const struct server *server, struct exchange *exchange,
                      struct MHD_Connection *connection, const char *method, const char *version)
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
    struct heads heads = { .arena = exchange->arena,
                           .request = request,
                           .trusts_forwarded = server->options.trusts_forwarded };
    MHD_get_connection_values(connection, MHD_HEADER_KIND, take_header, &heads);
    exchange->refusal = guard_check(&heads.guard, method, version);
    if (!exchange->refusal)
        exchange->refusal = target_read(exchange->arena, slice_of(exchange->target), request);
    bool has_body = heads.guard.lengths || heads.guard.encodings;
    const struct server_options *options = &server->options;
    exchange->body_most = REQUEST_BODY_MOST;
    if (!exchange->refusal && has_body && options->body_most)
        exchange->body_most = options->body_most(options->context, request);
    exchange->body = text_new(exchange->arena, exchange->body_most);
    if (!exchange->refusal && heads.guard.length > (int64_t)exchange->body_most)
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

static bool is_page(const struct response *response)
{
    return response->media_type && slice_starts(slice_of(response->media_type), "text/html");
}

static void add_headers(struct MHD_Response *made, const struct response *response)
{
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        MHD_add_response_header(made, always[i].name, always[i].value);
    MHD_add_response_header(made, "Content-Security-Policy",
                            is_page(response) ? page_policy : file_policy);
    if (response->is_unlisted)
        MHD_add_response_header(made, "X-Robots-Tag", "noindex");
    for (size_t i = 0; i < response->header_count; i++)
        MHD_add_response_header(made, response->headers[i].name, response->headers[i].value);
    if (response->is_behind_tls)
        MHD_add_response_header(made, "Strict-Transport-Security",
                                "max-age=63072000; includeSubDomains");
    MHD_add_response_header(made, "Cache-Control", cache_words(response));
    if (response->media_type)
        MHD_add_response_header(made, "Content-Type", response->media_type);
    if (response->encoding)
        MHD_add_response_header(made, "Content-Encoding", response->encoding);
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
    add_headers(made, response);
    const atomic_bool *is_draining = server->options.is_draining;
    if (exchange->refusal || (is_draining && atomic_load(is_draining)))
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
    enter(server, connection, REAPER_WORKING);
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
        take_head(server, exchange, connection, method, version);
        enter(server, connection, REAPER_SENDING);
        /* Refused before its body is read: the connection ends with the answer. */
        return exchange->refusal ? answer(server, exchange, connection) : MHD_YES;
    }
    if (*data_size == 0)
        return answer(server, exchange, connection);
    size_t before = exchange->body.length;
    text_add_slice(&exchange->body, (struct slice){ data, *data_size });
    /* Who may send more than others gets more time for it, from each MiB to the next. */
    if (exchange->body_most > REQUEST_BODY_MOST && before >> 20 != exchange->body.length >> 20)
        enter(server, connection, REAPER_SENDING);
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
    log_end(&exchange->log);
    if (server->options.is_logging)
        log_write(&exchange->log);
    if (server->options.note)
        server->options.note(server->options.context, &exchange->log);
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

/* As many connections as descriptors allow; the limit of the system is raised as far as it goes. */
static unsigned connections_most(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return SERVER_CONNECTIONS_MOST;
    const rlim_t wanted = SERVER_CONNECTIONS_MOST + SERVER_FILES_SPARED;
    if (limit.rlim_cur < wanted) {
        limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= wanted)
        return SERVER_CONNECTIONS_MOST;
    return limit.rlim_cur > 2 * SERVER_FILES_SPARED ? (unsigned)limit.rlim_cur - SERVER_FILES_SPARED
                                                    : (unsigned)limit.rlim_cur / 2;
}

static struct MHD_Daemon *start_daemon(struct server *server, int socket)
{
    /* Without MHD_USE_ITC the library would not stop listening before it stops altogether. */
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC;
    unsigned threads = server->options.threads;
    struct MHD_OptionItem pool[] = {
        { MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL },
        { MHD_OPTION_END, 0, NULL },
    };
    return MHD_start_daemon(
        flags, 0, NULL, NULL, serve, server, MHD_OPTION_LISTEN_SOCKET, socket,
        MHD_OPTION_URI_LOG_CALLBACK, take_target, server, MHD_OPTION_NOTIFY_COMPLETED, complete,
        server, MHD_OPTION_NOTIFY_CONNECTION, note_connection, server, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_CONNECTION_LIMIT, connections_most(), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)SERVER_MEMORY_MOST, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SERVER_IDLE_SECONDS,
        MHD_OPTION_ARRAY, threads > 1 ? pool : pool + 1, MHD_OPTION_END);
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

void server_tell(struct server *server, struct server_facts *out_facts)
{
    *out_facts = (struct server_facts){ .requests = atomic_load(&server->active) };
    reaper_count(server->reaper, &out_facts->connections, &out_facts->cut_off);
}

void server_stop(struct server *server)
{
    if (!server)
        return;
    if (server->daemon) {
        int socket = MHD_quiesce_daemon(server->daemon);
        /* Not closed yet: its number must not be given to another file while threads know it. */
        if (socket >= 0)
            shutdown(socket, SHUT_RDWR);
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
