#include "settings/settings.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/banned.h"

const struct setting settings_table[] = {
    { .name = "database",
      .environment = "DUEREGARD_DATABASE",
      .standard = "sqlite:dueregard.sqlite",
      .help = "where the data is: sqlite:FILE (within the workspace) or postgresql://…",
      .offset = offsetof(struct settings, database),
      .secret = true },
    { .name = "listen",
      .environment = "DUEREGARD_LISTEN",
      .standard = "127.0.0.1",
      .help = "the loopback address, or unix:PATH, that pages are served on",
      .offset = offsetof(struct settings, listen) },
    { .name = "port",
      .environment = "DUEREGARD_PORT",
      .standard = "8080",
      .help = "the port that pages are served on; when it is busy, the next one is taken",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, port),
      .least = 1,
      .most = 65535 },
    { .name = "threads",
      .environment = "DUEREGARD_THREADS",
      .standard = "2",
      .help = "how many threads answer requests, each with a connection of its own",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, threads),
      .least = 1,
      .most = 64 },
    { .name = "audit-heads",
      .environment = "DUEREGARD_AUDIT_HEADS",
      .standard = "audit.heads",
      .help = "the file to which signed heads of the audit are added: best where nobody can change "
              "it, on another machine",
      .offset = offsetof(struct settings, audit_heads) },
    { .name = "pages",
      .environment = "DUEREGARD_PAGES",
      .standard = "open",
      .help = "open: everybody may read what is on record; signed-in: only those with a role",
      .offset = offsetof(struct settings, pages),
      .choices = "open signed-in" },
    { .name = "public-address",
      .environment = "DUEREGARD_PUBLIC_ADDRESS",
      .standard = "",
      .help =
          "where people reach the pages through the proxy, such as https://equality.example.org",
      .offset = offsetof(struct settings, public_address) },
    { .name = "forwarded-address",
      .environment = "DUEREGARD_FORWARDED_ADDRESS",
      .standard = "ignored",
      .help = "trusted: the proxy adds the address of who asks to the end of X-Forwarded-For, and "
              "limits hold for each address; ignored: nobody's address is known",
      .offset = offsetof(struct settings, forwarded_address),
      .choices = "ignored trusted" },
    { .name = "limit-address",
      .environment = "DUEREGARD_LIMIT_ADDRESS",
      .standard = "6000",
      .help = "how many requests a minute are taken from one address; 0: any number",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, limit_address),
      .least = 0,
      .most = 1000000 },
    { .name = "limit-account",
      .environment = "DUEREGARD_LIMIT_ACCOUNT",
      .standard = "1200",
      .help = "how many requests a minute are taken from one account; 0: any number",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, limit_account),
      .least = 0,
      .most = 1000000 },
    { .name = "limit-failures",
      .environment = "DUEREGARD_LIMIT_FAILURES",
      .standard = "20",
      .help = "how many wrong passwords, codes, links and tokens in ten minutes are taken from one "
              "address; 0: any number",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, limit_failures),
      .least = 0,
      .most = 100000 },
    { .name = "extract-most",
      .environment = "DUEREGARD_EXTRACT_MOST",
      .standard = "64",
      .help = "MiB of an extract of people that an HR data officer may send in the browser",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, extract_most),
      .least = 8,
      .most = 512 },
    { .name = "upload-files",
      .environment = "DUEREGARD_UPLOAD_FILES",
      .standard = "200",
      .help = "how many files one person may send on one day; 0: any number",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, upload_files),
      .least = 0,
      .most = 100000 },
    { .name = "upload-most",
      .environment = "DUEREGARD_UPLOAD_MOST",
      .standard = "1024",
      .help = "how many MiB one person may send on one day; 0: any number",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, upload_most),
      .least = 0,
      .most = 1000000 },
    { .name = "metrics-port",
      .environment = "DUEREGARD_METRICS_PORT",
      .standard = "0",
      .help = "the port on 127.0.0.1 where Prometheus finds /metrics; 0: there are none",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, metrics_port),
      .least = 0,
      .most = 65535 },
    { .name = "drain-seconds",
      .environment = "DUEREGARD_DRAIN_SECONDS",
      .standard = "0",
      .help = "how long /ready says no before the server stops, for a proxy to notice",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, drain_seconds),
      .least = 0,
      .most = 300 },
    { .name = "brand-colour",
      .environment = "DUEREGARD_BRAND_COLOUR",
      .standard = "",
      .help = "of the header of the pages, such as #1d3557; white words must be readable on it",
      .offset = offsetof(struct settings, brand_colour) },
    { .name = "brand-logo",
      .environment = "DUEREGARD_BRAND_LOGO",
      .standard = "",
      .help = "a PNG or SVG file of the workspace, shown in the header before the authority's name",
      .offset = offsetof(struct settings, brand_logo) },
    { .name = "sso-issuer",
      .environment = "DUEREGARD_SSO_ISSUER",
      .standard = "",
      .help = "the identity provider of single sign-on (OpenID Connect), as it writes its own name",
      .offset = offsetof(struct settings, sso_issuer) },
    { .name = "sso-client",
      .environment = "DUEREGARD_SSO_CLIENT",
      .standard = "",
      .help = "the name by which the identity provider knows this program",
      .offset = offsetof(struct settings, sso_client) },
    { .name = "sso-secret",
      .environment = "DUEREGARD_SSO_SECRET",
      .standard = "",
      .help = "the secret shared with it; better in the environment than in the file",
      .offset = offsetof(struct settings, sso_secret),
      .secret = true },
    { .name = "sso-hosts",
      .environment = "DUEREGARD_SSO_HOSTS",
      .standard = "",
      .help = "hosts beside the issuer's at which the identity provider may be asked",
      .offset = offsetof(struct settings, sso_hosts) },
    { .name = "sso-groups",
      .environment = "DUEREGARD_SSO_GROUPS",
      .standard = "",
      .help = "groups of the identity provider as roles, such as Equality: contributor@housing; "
              "Audit: auditor",
      .offset = offsetof(struct settings, sso_groups) },
    { .name = "second-factor",
      .environment = "DUEREGARD_SECOND_FACTOR",
      .standard = "optional",
      .help = "who must use codes from a telephone beside the password: optional, all, or roles "
              "parted by blanks; single sign-on has its own",
      .offset = offsetof(struct settings, second_factor) },
    { .name = "session-idle",
      .environment = "DUEREGARD_SESSION_IDLE",
      .standard = "30",
      .help = "after how many minutes without a page asked for one has to sign in again",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, session_idle),
      .least = 2,
      .most = 480 },
    { .name = "session-longest",
      .environment = "DUEREGARD_SESSION_LONGEST",
      .standard = "480",
      .help = "after how many minutes one has to sign in again in any case",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, session_longest),
      .least = 2,
      .most = 1440 },
    { .name = "prove-again",
      .environment = "DUEREGARD_PROVE_AGAIN",
      .standard = "5",
      .help = "how many minutes a password or code is good for delicate steps, such as granting a "
              "role or releasing tables; then it is asked for again",
      .kind = SETTING_INTEGER,
      .offset = offsetof(struct settings, prove_again),
      .least = 1,
      .most = 60 },
    { .name = "mail-server",
      .environment = "DUEREGARD_MAIL_SERVER",
      .standard = "",
      .help = "the server that takes e-mail: smtp://HOST:PORT or smtps://HOST:PORT",
      .offset = offsetof(struct settings, mail_server) },
    { .name = "mail-from",
      .environment = "DUEREGARD_MAIL_FROM",
      .standard = "",
      .help = "the address that e-mail comes from",
      .offset = offsetof(struct settings, mail_from) },
    { .name = "mail-user",
      .environment = "DUEREGARD_MAIL_USER",
      .standard = "",
      .help =
          "who the program is to the mail server; with it, only an encrypted connection will do",
      .offset = offsetof(struct settings, mail_user) },
    { .name = "mail-password",
      .environment = "DUEREGARD_MAIL_PASSWORD",
      .standard = "",
      .help = "the password for that; better in the environment than in the file",
      .offset = offsetof(struct settings, mail_password),
      .secret = true },
};
const size_t settings_count = sizeof settings_table / sizeof *settings_table;

static const struct setting *find(struct slice name)
{
    for (size_t i = 0; i < settings_count; i++)
        if (slice_is(name, settings_table[i].name))
            return &settings_table[i];
    return NULL;
}

/* Whether a word stands in a list of words parted by blanks. */
static bool is_among(const char *choices, struct slice word)
{
    struct slice rest = slice_of(choices), choice = { NULL, 0 };
    while (slice_word(&rest, &choice))
        if (slice_equal(choice, word))
            return true;
    return false;
}

/* Sets one by name, from a flag. */
static enum status settings_set(struct work *work, const char *place, struct slice name,
                                struct slice value, struct settings *settings)
{
    const struct setting *setting = find(name);
    if (!setting)
        return work_fail(work, STATUS_INPUT, "%s: there is no setting named \"%.*s\".", place,
                         (int)name.length, name.start);
    char *member = (char *)settings + setting->offset;
    if (setting->choices && !is_among(setting->choices, value))
        return work_fail(work, STATUS_INPUT, "%s: %s is one of: %s.", place, setting->name,
                         setting->choices);
    if (setting->kind == SETTING_TEXT) {
        *(const char **)(void *)member = slice_copy(work->arena, value);
        return STATUS_OK;
    }
    int64_t number = 0;
    if (!slice_integer(value, &number) || number < setting->least || number > setting->most)
        return work_fail(work, STATUS_INPUT,
                         "%s: %s is a whole number from %" PRId64 " to %" PRId64 ".", place,
                         setting->name, setting->least, setting->most);
    *(int64_t *)(void *)member = number;
    return STATUS_OK;
}

static enum status read_file(struct work *work, const char *name, struct slice bytes,
                             struct settings *settings)
{
    struct slice line, key;
    int number = 0;
    while (slice_split(&bytes, '\n', &line)) {
        number++;
        line = slice_trim(line);
        if (line.length == 0 || line.start[0] == '#' || line.start[0] == ';')
            continue;
        const char *place = arena_format(work->arena, "%s, line %d", name, number);
        struct slice value = line;
        if (slice_find(line, "=") < 0)
            return work_fail(work, STATUS_INPUT, "%s: a setting is written name = value.", place);
        (void)slice_split(&value, '=', &key);
        enum status status = settings_set(work, place, slice_trim(key), slice_trim(value),
                                          settings);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status settings_read(struct work *work, const char *name, struct slice bytes,
                          struct settings *out_settings)
{
    struct settings settings = { 0 };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < settings_count; i++)
        status = settings_set(work, "standard", slice_of(settings_table[i].name),
                              slice_of(settings_table[i].standard), &settings);
    if (status == STATUS_OK)
        status = read_file(work, name, bytes, &settings);
    for (size_t i = 0; status == STATUS_OK && i < settings_count; i++) {
        const struct setting *setting = &settings_table[i];
        const char *value = getenv(setting->environment);
        if (value && *value)
            status = settings_set(work, setting->environment, slice_of(setting->name),
                                  slice_of(value), &settings);
    }
    if (status == STATUS_OK)
        *out_settings = settings;
    return status;
}
