/* Ties the parts together: the site, a worker for each thread, the server. */
#include "web/web.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/workspace.h"
#include "model/authority.h"
#include "store/entity_store.h"
#include "web/dispatch.h"
#include "web/http/server.h"
#include "web/pool.h"
#include "web/site.h"

#include "base/banned.h"

/* What one request at a time works with. */
struct worker {
    struct work work;
    struct worker *next; /* of those that are free */
};

struct web {
    struct arena *arena; /* of the site, the workspace's description and the workers */
    struct site *site;
    struct server *server;
    struct workspace workspace;
    bool has_workspace;
    struct worker *workers, *free;
    size_t worker_count;
    pthread_mutex_t lock; /* of `free` */
};

static struct worker *take_worker(struct web *web)
{
    pthread_mutex_lock(&web->lock);
    struct worker *worker = web->free;
    /* There is one for each thread, and a thread answers one request at a time. */
    if (!worker)
        abort();
    web->free = worker->next;
    pthread_mutex_unlock(&web->lock);
    return worker;
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
    dispatch(&worker->work, web->site, refusal, request, out_response);
    *out_held = worker;
}

static void finished(void *context, void *held)
{
    struct web *web = context;
    struct worker *worker = held;
    /* A connection that failed is opened anew for the next request. */
    if (worker->work.status == STATUS_STORAGE)
        store_close(&worker->work);
    pthread_mutex_lock(&web->lock);
    worker->next = web->free;
    web->free = worker;
    pthread_mutex_unlock(&web->lock);
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

static enum status load_site(struct work *work, const struct brand_options *brand, struct web *web)
{
    const char *name = NULL, *folder = NULL;
    enum status status = read_authority(work, &name);
    if (status != STATUS_OK)
        return status;
    if (web->has_workspace)
        folder = web->workspace.folder;
    struct work lasting = { .arena = web->arena, .now = work->now, .user = work->user };
    status = site_load(&lasting, name, folder, brand, &web->site);
    return status == STATUS_OK ? status : work_fail(work, status, "%s", lasting.error);
}

/* Who may see what, and for how long, by the options. */
static void set_site(struct web *web, const struct web_options *options)
{
    struct site *site = web->site;
    const char *address = options->public_address ? options->public_address : "";
    bool is_unix = slice_starts(slice_of(options->listen), "unix:");
    site->is_strict = options->is_strict;
    site->public_address = arena_copy_text(web->arena, address);
    site->is_secure = slice_starts(slice_of(address), "https://");
    site->pages_need_sign_in = options->pages_need_sign_in;
    site->takes_demonstration = !*address && !is_unix;
    site->session_idle = options->session_idle ? options->session_idle : 30;
    site->session_longest = options->session_longest ? options->session_longest : 480;
    if (web->has_workspace)
        site->writers = pool_new(web->workspace.address);
    if (options->provider.issuer && *options->provider.issuer)
        site->provider = provider_new(&options->provider);
}

enum status web_start(struct work *work, const struct web_options *options, struct web **out_web,
                      const char **out_address)
{
    struct arena *arena = arena_new();
    struct web *web = arena_new_of(arena, struct web);
    web->arena = arena;
    pthread_mutex_init(&web->lock, NULL);
    copy_workspace(web, work->workspace);
    size_t threads = options->threads > 0 ? (size_t)options->threads : 1;
    make_workers(web, threads);
    enum status status = load_site(work, &options->brand, web);
    if (status == STATUS_OK) {
        set_site(web, options);
        struct server_options server = {
            .address = options->listen,
            .port = options->port,
            .may_move = options->may_move,
            .threads = (unsigned)threads,
            .is_behind_tls = web->site->is_secure,
            .is_logging = !options->is_quiet,
            .limits = options->limits,
            .answer = answer,
            .finished = finished,
            .context = web,
        };
        status = server_start(work, &server, &web->server, out_address);
    }
    if (status == STATUS_OK)
        *out_web = web;
    else
        web_stop(web);
    return status;
}

void web_stop(struct web *web)
{
    if (!web)
        return;
    server_stop(web->server);
    for (size_t i = 0; i < web->worker_count; i++) {
        store_close(&web->workers[i].work);
        arena_free(web->workers[i].work.arena);
    }
    site_free(web->site);
    pthread_mutex_destroy(&web->lock);
    arena_free(web->arena);
}

enum status web_serve(struct work *work, const struct web_options *options)
{
    sigset_t ends, before;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    /* Blocked before the threads are made, so that none of them takes the signal. */
    pthread_sigmask(SIG_BLOCK, &ends, &before);
    struct web *web = NULL;
    const char *address = NULL;
    enum status status = web_start(work, options, &web, &address);
    if (status == STATUS_OK) {
        int signal_number = 0;
        printf("The pages are at %s (stop with Ctrl+C)\n", address);
        for (size_t i = 0; i < options->link_count; i++)
            printf("%s%s\n  %ssign-in/demonstration/%s\n",
                   i ? "" : "Sign in, once with each link, as:\n", options->links[i].name, address,
                   options->links[i].token);
        fflush(stdout);
        sigwait(&ends, &signal_number);
        web_stop(web);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}
