/* The pages on a loopback address or Unix socket. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/work.h"
#include "service/demo_people.h"
#include "service/provider.h"
#include "web/brand.h"
#include "web/http/reaper.h"
#include "web/limits.h"

struct web_options {
    const char *listen; /* 127.0.0.1, ::1 or unix:PATH */
    int64_t port;       /* 0: any that is free */
    bool may_move;      /* a busy port gives way to the next */
    int64_t threads;    /* that answer requests, each with a store of its own */
    bool is_quiet;      /* no access log on standard error */
    bool is_strict;     /* a name that a template wants and a model lacks is a failure, for tests */
    struct brand_options brand;   /* the authority's colour and logo */
    const char *public_address;   /* https://…, through a proxy; NULL or "": none */
    bool trusts_forwarded;        /* the proxy's X-Forwarded-For is believed */
    struct limits_options limits; /* all zero: none */
    int64_t metrics_port;         /* of the listener for metrics; 0: there is none */
    int64_t drain_seconds;        /* from the signal to stop until no more connections are taken */
    const char *second_factor;    /* who must have one; NULL: nobody */
    bool pages_need_sign_in;      /* what is on record is for those with a role */
    int64_t upload_files, upload_most;     /* files and MiB of one person on a day; 0: any */
    int64_t extract_most;                  /* MiB of an extract of people; 0: as the standard */
    int64_t session_idle, session_longest; /* minutes; 0: as the settings' standards are */
    int64_t prove_again;                   /* the same */
    struct provider_options provider;      /* of single sign-on; lives as long as the pages */
    const struct demo_link *links; /* printed beside the address; of the demonstration's people */
    size_t link_count;
    struct reaper_limits deadlines; /* all zero: the usual ones */
};

struct web;

/* Starts the pages of the work's workspace (of none when it has none). `*out_address` is what a
 * browser is given, in the work's arena. Signals are left to the caller. */
MUST_CHECK enum status web_start(struct work *work, const struct web_options *options,
                                 struct web **out_web, const char **out_address);
/* Lets requests under way end, then stops and frees everything. NULL is allowed. */
void web_stop(struct web *web);
/* Where options come from: read at the start, and anew at each SIGHUP. Fills the work's workspace
 * and store, and the options, from what is in the work's arena or lives longer. */
struct web_source {
    enum status (*read)(void *context, struct work *work, struct web_options *out_options);
    void *context;
};

/* Starts the pages, prints their address, and serves until SIGINT or SIGTERM; reloads on SIGHUP,
 * but for a terminal's, which ends it. Tells systemd of each, where it asks to be told. */
MUST_CHECK enum status web_serve(struct work *work, const struct web_source *source);

#endif
