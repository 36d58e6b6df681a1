/* Ties the parts together: the site, a worker for each thread, the server. */
#include "web/web.h"

#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/confine.h"
#include "base/text.h"
#include "base/workspace.h"
#include "model/authority.h"
#include "service/held_file.h"
#include "store/entity_store.h"
#include "web/dispatch.h"
#include "web/http/server.h"
#include "web/metrics.h"
#include "web/pool.h"
#include "web/site.h"
#include "web/supervisor.h"
#include "web/watch.h"

#include "base/banned.h"

enum { KEPT_BYTES = 4 * 1024 * 1024 /* free memory that each thread keeps at hand */ };

/* The site as it was loaded once; a reload puts another in its place. */
struct edition {
    struct arena *arena; /* its own, with all that it was made from */
    struct site *site;
    size_t requests; /* under way that began with it */
};

/* What one request at a time works with. */
struct worker {
    struct work work;
    struct edition *edition;
    struct worker *next; /* of those that are free */
};

struct web {
    struct arena *arena; /* of the workspace's description and the workers */
    struct edition *edition;
    struct server *server;
    struct watch *watch;
    struct metrics *metrics;
    struct pool *writers; /* NULL: there is no workspace */
    struct workspace workspace;
    bool has_workspace;
    atomic_bool is_draining;
    struct worker *workers, *free;
    size_t worker_count;
    pthread_mutex_t lock;       /* of `free`, `edition` and its requests */
    struct web_options started; /* with these; of its texts, `listen` alone may be read */
};

static struct worker *take_worker(struct web *web)
{
    pthread_mutex_lock(&web->lock);
    struct worker *worker = web->free;
    /* There is one for each thread, and a thread answers one request at a time. */
    if (!worker)
        abort();
    web->free = worker->next;
    worker->edition = web->edition;
    worker->edition->requests++;
    pthread_mutex_unlock(&web->lock);
    return worker;
}

static void edition_free(struct edition *edition)
{
    if (!edition)
        return;
    site_free(edition->site);
    arena_free(edition->arena);
    free(edition);
}

static void give_worker(struct web *web, struct worker *worker)
{
    pthread_mutex_lock(&web->lock);
    struct edition *edition = worker->edition;
    bool is_over = --edition->requests == 0 && edition != web->edition;
    worker->next = web->free;
    web->free = worker;
    pthread_mutex_unlock(&web->lock);
    if (is_over)
        edition_free(edition);
}

/* Opens the worker's store where it is not open; a failure is the page's to tell. */
static void ready_worker(const struct web *web, struct worker *worker)
{
    struct work *work = &worker->work;
    arena_empty(work->arena);
    work_forget(work);
    work->now = work_clock(work->arena);
    work->user = "nobody";
    work->actor = NULL;
    if (!web->has_workspace || work->store)
        return;
    if (store_open(work, web->workspace.address, STORE_READ) != STATUS_OK)
        fprintf(stderr, "dueregard: %s\n", work->error);
    work_forget(work);
}

static void answer(void *context, int refusal, const struct request *request, void **out_held,
                   struct response *out_response)
{
    struct web *web = context;
    struct worker *worker = take_worker(web);
    ready_worker(web, worker);
    dispatch(&worker->work, worker->edition->site, refusal, request, out_response);
    *out_held = worker;
}

static void finished(void *context, void *held)
{
    struct web *web = context;
    struct worker *worker = held;
    /* A connection that failed is opened anew for the next request. */
    if (worker->work.status == STATUS_STORAGE)
        store_close(&worker->work);
    give_worker(web, worker);
}

static size_t body_most(void *context, const struct request *request)
{
    struct web *web = context;
    struct worker *worker = take_worker(web);
    ready_worker(web, worker);
    size_t most = dispatch_body_most(&worker->work, worker->edition->site, request);
    finished(web, worker);
    return most;
}

static void note(void *context, const struct log_line *line)
{
    const struct web *web = context;
    metrics_note(web->metrics, line);
}

static void make_workers(struct web *web, size_t count)
{
    web->workers = arena_array_of(web->arena, count, struct worker);
    web->worker_count = count;
    for (size_t i = 0; i < count; i++) {
        struct worker *worker = &web->workers[i];
        worker->work = (struct work){ .arena = arena_new() };
        worker->work.workspace = web->has_workspace ? &web->workspace : NULL;
        worker->next = web->free;
        web->free = worker;
    }
}

/* The name of the authority whose workspace this is. */
static enum status read_authority(struct work *work, const char **out_name)
{
    struct cursor *cursor CLEANUP_CURSOR = NULL;
    struct authority authority;
    *out_name = "Due Regard";
    if (!work->store)
        return STATUS_OK;
    enum status status = entity_store_all(work, &authority_entity, 0, &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_END)
        return STATUS_OK;
    if (status != STATUS_OK)
        return status;
    entity_store_read(work->arena, &authority_entity, cursor, 0, &authority);
    *out_name = authority.name;
    return STATUS_OK;
}

static void copy_workspace(struct web *web, const struct workspace *workspace)
{
    web->has_workspace = workspace != NULL;
    if (!workspace)
        return;
    web->workspace = *workspace;
    web->workspace.folder = arena_copy_text(web->arena, workspace->folder);
    web->workspace.address = arena_copy_text(web->arena, workspace->address);
    web->workspace.heads = arena_copy_text(web->arena, workspace->heads);
}

static struct provider_options copy_provider(struct arena *arena,
                                             const struct provider_options *options)
{
    return (struct provider_options){
        .issuer = arena_copy_text(arena, options->issuer),
        .client = arena_copy_text(arena, options->client),
        .secret = arena_copy_text(arena, options->secret),
        .hosts = arena_copy_text(arena, options->hosts),
        .groups = arena_copy_text(arena, options->groups),
    };
}

/* Who may see what, and for how long, by the options. */
static void set_site(struct web *web, const struct web_options *options, struct edition *edition)
{
    struct site *site = edition->site;
    const char *address = options->public_address ? options->public_address : "";
    bool is_unix = slice_starts(slice_of(web->started.listen), "unix:");
    site->is_strict = options->is_strict;
    site->public_address = arena_copy_text(edition->arena, address);
    site->is_secure = slice_starts(slice_of(address), "https://");
    site->pages_need_sign_in = options->pages_need_sign_in;
    site->takes_demonstration = !*address && !is_unix;
    site->session_idle = options->session_idle ? options->session_idle : 30;
    site->session_longest = options->session_longest ? options->session_longest : 480;
    site->upload_files = options->upload_files;
    site->upload_most = options->upload_most;
    site->prove_again = options->prove_again ? options->prove_again : 5;
    site->extract_most = (size_t)(options->extract_most ? options->extract_most : 64) << 20;
    site->writers = web->writers;
    site->metrics = web->metrics;
    site->is_draining = &web->is_draining;
    site->limits = limits_new(&options->limits);
    if (options->provider.issuer && *options->provider.issuer) {
        const struct provider_options provider = copy_provider(edition->arena, &options->provider);
        site->provider = provider_new(&provider);
    }
}

/* Loads the site anew, in an arena of its own. */
static enum status edition_new(struct work *work, const struct web_options *options,
                               struct web *web, struct edition **out_edition)
{
    const char *name = NULL, *folder = web->has_workspace ? web->workspace.folder : NULL;
    enum status status = read_authority(work, &name);
    if (status != STATUS_OK)
        return status;
    struct edition *edition = calloc(1, sizeof *edition);
    if (!edition)
        abort();
    edition->arena = arena_new();
    struct work lasting = { .arena = edition->arena, .now = work->now, .user = work->user };
    status = site_load(&lasting, name, folder, &options->brand, &edition->site);
    if (status != STATUS_OK) {
        edition_free(edition);
        return work_fail(work, status, "%s", lasting.error);
    }
    set_site(web, options, edition);
    const char *wanted = options->second_factor ? options->second_factor : "optional";
    status = second_factor_policy_read(work, wanted, &edition->site->second_factor);
    if (status == STATUS_OK)
        *out_edition = edition;
    else
        edition_free(edition);
    return status;
}

static enum status start_server(struct work *work, struct web *web, const char **out_address)
{
    const struct web_options *options = &web->started;
    const struct server_options server = {
        .address = options->listen,
        .port = options->port,
        .may_move = options->may_move,
        .threads = (unsigned)web->worker_count,
        .trusts_forwarded = options->trusts_forwarded,
        .is_draining = &web->is_draining,
        .is_logging = !options->is_quiet,
        .limits = options->deadlines,
        .answer = answer,
        .body_most = body_most,
        .finished = finished,
        .note = note,
        .context = web,
    };
    return server_start(work, &server, &web->server, out_address);
}

enum status web_start(struct work *work, const struct web_options *options, struct web **out_web,
                      const char **out_address)
{
    struct arena *arena = arena_new();
    struct web *web = arena_new_of(arena, struct web);
    web->arena = arena;
    web->started = *options;
    web->started.listen = arena_copy_text(arena, options->listen);
    pthread_mutex_init(&web->lock, NULL);
    copy_workspace(web, work->workspace);
    web->metrics = metrics_new();
    if (web->has_workspace)
        web->writers = pool_new(web->workspace.address);
    make_workers(web, options->threads > 0 ? (size_t)options->threads : 1);
    enum status status = edition_new(work, options, web, &web->edition);
    if (status == STATUS_OK)
        status = start_server(work, web, out_address);
    if (status == STATUS_OK)
        *out_web = web;
    else
        web_stop(web);
    return status;
}

static void name_kept(struct text *text, bool differs, const char *name)
{
    if (differs)
        text_add_format(text, "%s%s", text->length ? ", " : "", name);
}

/* What a reload leaves as it is. */
static const char *kept(struct work *work, const struct web *web, const struct web_options *options)
{
    const struct web_options *started = &web->started;
    struct text text = text_new(work->arena, 200);
    name_kept(&text, strcmp(started->listen, options->listen) != 0, "listen");
    name_kept(&text, started->port != options->port, "port");
    name_kept(&text, started->threads != options->threads, "threads");
    name_kept(&text, started->metrics_port != options->metrics_port, "metrics-port");
    name_kept(&text, started->trusts_forwarded != options->trusts_forwarded, "forwarded-address");
    name_kept(&text,
              web->has_workspace && work->workspace &&
                  strcmp(web->workspace.address, work->workspace->address) != 0,
              "database");
    return text.length ? text.bytes : NULL;
}

/* Goes over to what the options and the work's workspace say now: brand, translations, templates,
 * single sign-on, limits, who may read. Requests under way end as they began, and no connection is
 * lost. On a failure all stays as it was. What was given at the start alone (address, port,
 * threads, metrics, database) stays: `*out_kept` names what of it differs, in the work's arena,
 * NULL for nothing. */
static enum status web_reload(struct work *work, const struct web_options *options, struct web *web,
                              const char **out_kept)
{
    struct edition *fresh = NULL;
    enum status status = edition_new(work, options, web, &fresh);
    metrics_add(web->metrics, status == STATUS_OK ? METRICS_RELOADS : METRICS_RELOADS_FAILED);
    if (status != STATUS_OK)
        return status;
    pthread_mutex_lock(&web->lock);
    struct edition *old = web->edition;
    web->edition = fresh;
    bool is_over = old->requests == 0;
    pthread_mutex_unlock(&web->lock);
    if (is_over)
        edition_free(old);
    *out_kept = kept(work, web, options);
    return STATUS_OK;
}

void web_stop(struct web *web)
{
    if (!web)
        return;
    atomic_store(&web->is_draining, true);
    watch_stop(web->watch);
    server_stop(web->server);
    for (size_t i = 0; i < web->worker_count; i++) {
        store_close(&web->workers[i].work);
        arena_free(web->workers[i].work.arena);
    }
    edition_free(web->edition);
    pool_free(web->writers);
    metrics_free(web->metrics);
    pthread_mutex_destroy(&web->lock);
    arena_free(web->arena);
}

/* Blocks the signals that the server waits for, before its threads are made, so that none of them
 * takes one. */
static sigset_t block_signals(sigset_t *out_before)
{
    sigset_t awaited;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGINT);
    sigaddset(&awaited, SIGTERM);
    sigaddset(&awaited, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &awaited, out_before);
    return awaited;
}

static enum status start_watch(struct work *work, struct web *web, const char **out_address)
{
    const struct watched watched = { web->metrics, web->server, &web->is_draining };
    if (web->started.metrics_port == 0)
        return STATUS_OK;
    return watch_start(work, web->started.metrics_port, &watched, &web->watch, out_address);
}

static void print_addresses(const struct web_options *options, const char *address,
                            const char *metrics)
{
    printf("The pages are at %s (stop with Ctrl+C)\n", address);
    for (size_t i = 0; i < options->link_count; i++)
        printf("%s%s\n  %ssign-in/demonstration/%s\n",
               i ? "" : "Sign in, once with each link, as:\n", options->links[i].name, address,
               options->links[i].token);
    if (metrics)
        printf("The metrics are at %smetrics\n", metrics);
    fflush(stdout);
}

/* Reads all anew; what came of it goes to the log. */
static void reload(const struct web_source *source, struct web *web)
{
    struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = work_clock(arena), .user = "nobody" };
    struct web_options options = { .listen = NULL };
    const char *kept_words = NULL;
    supervisor_tell("RELOADING=1");
    enum status status = source->read(source->context, &work, &options);
    if (status == STATUS_OK)
        status = web_reload(&work, &options, web, &kept_words);
    else
        metrics_add(web->metrics, METRICS_RELOADS_FAILED);
    store_close(&work);
    if (status != STATUS_OK)
        fprintf(stderr, "dueregard: The settings stay as they were: %s\n", work.error);
    else if (kept_words)
        fprintf(stderr,
                "dueregard: The settings were read anew. What changes with a restart alone: %s.\n",
                kept_words);
    else
        fprintf(stderr, "dueregard: The settings were read anew.\n");
    supervisor_tell("READY=1");
    arena_free(arena);
}

/* What people sent and left does not stay. */
static void expire(const struct web *web)
{
    struct work work = { .arena = arena_new(),
                         .user = "nobody",
                         .workspace = web->has_workspace ? &web->workspace : NULL };
    held_files_expire(&work);
    arena_free(work.arena);
}

/* Until somebody wants the server to end. */
static void wait_for_end(const struct web_source *source, struct web *web, const sigset_t *awaited)
{
    /* A terminal that is closed takes the server with it. */
    bool hang_up_ends = isatty(STDIN_FILENO) == 1;
    const struct timespec hour = { .tv_sec = 3600 };
    for (;;) {
        expire(web);
        int signal_number = sigtimedwait(awaited, NULL, &hour);
        if (signal_number < 0)
            continue;
        if (signal_number != SIGHUP || hang_up_ends)
            return;
        reload(source, web);
    }
}

/* /ready says no, so that the proxy sends nobody any more; who comes all the same is answered. */
static void drain(struct web *web, const sigset_t *awaited)
{
    const struct timespec time = { .tv_sec = (time_t)web->started.drain_seconds };
    atomic_store(&web->is_draining, true);
    supervisor_tell("STOPPING=1");
    if (time.tv_sec > 0)
        (void)sigtimedwait(awaited, NULL, &time); /* a second signal ends it at once */
}

/* A crash must not leave passwords and people in a file, nor may another program of the same user
 * look into this one. */
static void close_memory(void)
{
    const struct rlimit none = { 0, 0 };
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0);
}

/* The folder of a file that is written beside the workspace. */
static const char *folder_of(struct work *work, const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    return slash && slash > path
               ? slice_copy(work->arena, (struct slice){ path, (size_t)(slash - path) })
               : NULL;
}

static const char *at_home(struct work *work, const char *name)
{
    const char *home = getenv("HOME");
    return home ? arena_format(work->arena, "%s/%s", home, name) : NULL;
}

/* From here on the process is shut in: it has the workspace, where the heads of the audit and the
 * socket are, what libraries read when they are loaded late, and what names of hosts, certificates
 * and the time of day are found by. */
static const char *shut_in(struct work *work, const char *listen)
{
    const char *temporary = getenv("TMPDIR");
    const struct workspace *workspace = work->workspace;
    const struct confine_folder wanted[] = {
        { workspace ? workspace->folder : NULL, CONFINE_WRITE },
        { folder_of(work, workspace ? workspace->heads : NULL), CONFINE_WRITE },
        { slice_starts(slice_of(listen), "unix:") ? folder_of(work, listen + strlen("unix:"))
                                                  : NULL,
          CONFINE_WRITE },
        { temporary ? temporary : "/tmp", CONFINE_WRITE },
        { "/dev/null", CONFINE_WRITE },
        { "/dev", CONFINE_READ },
        { "/usr", CONFINE_READ },
        { "/lib", CONFINE_READ },
        { "/lib64", CONFINE_READ },
        { "/etc", CONFINE_READ },
        { "/proc", CONFINE_READ },
        { "/sys/devices/system", CONFINE_READ },
        { "/run/systemd/resolve", CONFINE_READ },
        { getenv("CREDENTIALS_DIRECTORY"), CONFINE_READ },
        { getenv("SSL_CERT_FILE"), CONFINE_READ },
        { getenv("SSL_CERT_DIR"), CONFINE_READ },
        { at_home(work, ".pgpass"), CONFINE_READ },
        { at_home(work, ".postgresql"), CONFINE_READ },
    };
    struct confine_folder folders[sizeof wanted / sizeof *wanted];
    size_t count = 0;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (wanted[i].path && *wanted[i].path)
            folders[count++] = wanted[i];
    return confine(folders, count);
}

/* Each request gives back what it took; the next one finds it again, and need not ask the system
 * for pages and have them emptied. */
static void keep_memory(void)
{
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    (void)mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);
}

enum status web_serve(struct work *work, const struct web_source *source)
{
    struct web *web = NULL;
    struct web_options options = { .listen = NULL };
    const char *address = NULL, *metrics = NULL, *shut = "";
    sigset_t before;
    close_memory();
    keep_memory();
    const sigset_t awaited = block_signals(&before);
    enum status status = source->read(source->context, work, &options);
    if (status == STATUS_OK)
        shut = shut_in(work, options.listen);
    if (status == STATUS_OK)
        status = web_start(work, &options, &web, &address);
    if (status == STATUS_OK)
        status = start_watch(work, web, &metrics);
    if (status == STATUS_OK) {
        print_addresses(&options, address, metrics);
        printf("%s\n", shut);
        fflush(stdout);
        supervisor_tell("READY=1");
        wait_for_end(source, web, &awaited);
        drain(web, &awaited);
    }
    web_stop(web);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}
