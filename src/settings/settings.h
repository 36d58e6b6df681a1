/* THE table of settings: read from dueregard.ini, then from the environment, then from a flag. */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/work.h"

struct settings {
    const char *database;
    const char *listen;
    int64_t port;
    int64_t threads;
    const char *audit_heads;
    const char *pages;
    const char *public_address;
    const char *forwarded_address;
    int64_t limit_address, limit_account, limit_failures;
    int64_t extract_most;              /* MiB */
    int64_t upload_files, upload_most; /* of one person on a day; MiB */
    int64_t metrics_port;
    int64_t drain_seconds;
    const char *brand_colour;
    const char *brand_logo;
    const char *sso_issuer, *sso_client, *sso_secret, *sso_hosts, *sso_groups;
    const char *second_factor;
    int64_t session_idle;
    int64_t session_longest;
    int64_t prove_again; /* minutes */
    const char *mail_server;
    const char *mail_from;
    const char *mail_user;
    const char *mail_password;
};

struct setting {
    const char *name;        /* in the file: name = value */
    const char *environment; /* the variable that overrides it */
    const char *standard;
    const char *help;
    enum { SETTING_TEXT, SETTING_INTEGER } kind;
    size_t offset; /* in struct settings */
    int64_t least, most;
    const char *choices; /* the words that a text may be, parted by blanks; NULL: any */
    bool secret;         /* never printed */
};

extern const struct setting settings_table[];
extern const size_t settings_count;

/* Fills `out_settings` from the standards, then the file's bytes (may be empty; `name` stands in
 * messages), then the environment. An unknown name or a bad value is STATUS_INPUT with file and
 * line. */
MUST_CHECK enum status settings_read(struct work *work, const char *name, struct slice bytes,
                                     struct settings *out_settings);

#endif
