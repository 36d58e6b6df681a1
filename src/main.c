/* THE table of commands. `serve` stands here, because its pages are on the same floor as the
 * others. */
#include "cli/command.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/workspace.h"
#include "service/demo_people.h"
#include "service/single_sign_on.h"
#include "service/workspace.h"
#include "web/web.h"
#include "base/banned.h"

/* Makes the demonstration's people and their links, in a store of their own. */
static enum status make_links(struct work *work, const struct arguments *arguments,
                              struct demo_link links[DEMO_PEOPLE_COUNT])
{
    struct settings settings;
    enum status status = workspace_read(work, arguments->folder, &settings);
    if (status == STATUS_OK && *settings.public_address)
        return work_fail(work, STATUS_REFUSED,
                         "The demonstration's people sign in on this machine alone: take "
                         "public-address out of the settings.");
    if (status == STATUS_OK)
        status = workspace_open(work, arguments->folder, STORE_WRITE);
    if (status == STATUS_OK)
        status = demo_people(work, links);
    store_close(work);
    return status;
}

/* What `serve` was called with: its flags hold at every reload too. */
struct serve_call {
    const struct command *command;
    const struct arguments *arguments;
    struct demo_link links[DEMO_PEOPLE_COUNT];
    size_t link_count;
};

static void take_settings(const struct settings *settings, struct web_options *options)
{
    options->listen = settings->listen;
    options->threads = settings->threads;
    options->brand = (struct brand_options){ settings->brand_colour, settings->brand_logo };
    options->public_address = settings->public_address;
    options->second_factor = settings->second_factor;
    options->pages_need_sign_in = strcmp(settings->pages, "open") != 0;
    options->trusts_forwarded = strcmp(settings->forwarded_address, "trusted") == 0;
    options->limits = (struct limits_options){ settings->limit_address, settings->limit_account,
                                               settings->limit_failures };
    options->extract_most = settings->extract_most;
    options->upload_files = settings->upload_files;
    options->upload_most = settings->upload_most;
    options->metrics_port = settings->metrics_port;
    options->drain_seconds = settings->drain_seconds;
    options->provider = (struct provider_options){ .issuer = settings->sso_issuer,
                                                   .client = settings->sso_client,
                                                   .secret = settings->sso_secret,
                                                   .hosts = settings->sso_hosts,
                                                   .groups = settings->sso_groups };
    options->session_idle = settings->session_idle;
    options->session_longest = settings->session_longest;
    options->prove_again = settings->prove_again;
}

/* At the start and at each reload: the settings, with the flags over them. */
static enum status read_options(void *context, struct work *work, struct web_options *out_options)
{
    const struct serve_call *call = context;
    const char *listen = argument_value(call->command, call->arguments, "listen");
    struct settings settings;
    enum status status = workspace_open(work, call->arguments->folder, STORE_READ);
    if (status == STATUS_OK)
        status = workspace_read(work, call->arguments->folder, &settings);
    if (status != STATUS_OK)
        return status;
    take_settings(&settings, out_options);
    status = argument_integer(work, call->command, call->arguments, "port",
                              (struct argument_range){ 1, 65535, settings.port },
                              &out_options->port);
    if (status != STATUS_OK)
        return status;
    out_options->listen = listen ? listen : settings.listen;
    out_options->may_move = argument_value(call->command, call->arguments, "port") == NULL;
    out_options->is_quiet = argument_value(call->command, call->arguments, "quiet") != NULL;
    out_options->links = call->links;
    out_options->link_count = call->link_count;
    return single_sign_on_check(work, &out_options->provider);
}

static enum status serve(struct work *work, const struct command *command,
                         const struct arguments *arguments)
{
    struct serve_call call = { .command = command, .arguments = arguments };
    if (argument_value(command, arguments, "demonstration")) {
        enum status status = make_links(work, arguments, call.links);
        if (status != STATUS_OK)
            return status;
        call.link_count = DEMO_PEOPLE_COUNT;
    }
    return web_serve(work, &(struct web_source){ read_options, &call });
}

static const struct command command_serve = {
    .name = "serve",
    .words = "",
    .summary = "serve the pages on a loopback address",
    .details =
        "TLS is a proxy's. Stops on Ctrl-C or SIGTERM, after the requests under way; reads the "
        "settings, translations and templates anew on SIGHUP, and loses no connection.",
    .options = { { "port", "PORT", "this port and no other (standard: 8080, or the next free)",
                   false },
                 { "listen", "ADDRESS", "127.0.0.1, ::1 or unix:PATH", false },
                 { "demonstration", NULL,
                   "with links to sign in as each of the demonstration's people, good once",
                   false },
                 { "quiet", NULL, "no access log on standard error", false } },
    .need = NEED_WORKSPACE,
    .right = RIGHT_WORKSPACE_MANAGE,
    .run = serve,
};

static const struct command *const commands[] = {
    &command_init,      &command_demo,    &command_import,     &command_export,   &command_check,
    &command_report,    &command_explain, &command_where_used, &command_serve,    &command_move,
    &command_backup,    &command_restore, &command_migrate,    &command_audit,    &command_account,
    &command_share,     &command_attack,  &command_ledger,     &command_people,   &command_return,
    &command_roll_over, &command_digest,  &command_protect,    &command_snapshot, &command_paygap,
    &command_cube,      &command_compare, &command_search,     &command_token,    &command_handover,
};

int main(int argc, char **argv)
{
    if (sodium_init() < 0) {
        fprintf(stderr, "dueregard: The cryptographic library could not be started.\n");
        return status_exit_code(STATUS_STORAGE);
    }
    return command_main(commands, sizeof commands / sizeof *commands, argc, argv);
}
