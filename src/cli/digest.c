/* dueregard digest: tells people by e-mail what needs them. */
#include "service/digest.h"

#include <string.h>

#include "base/workspace.h"
#include "cli/command.h"
#include "service/account.h"
#include "service/mail.h"
#include "service/reminder.h"
#include "service/workspace.h"
#include "base/banned.h"

static enum status print_mail(struct work *work, const struct digest *digest)
{
    enum status status = print_line(work, "Subject: %s\n", digest->subject);
    return status == STATUS_OK ? print_bytes(work, digest->plain) : status;
}

/* A reminder goes instead of the day's digest. */
static enum status preview(struct work *work, const char *code, const char *address)
{
    struct account account;
    struct digest digest, reminder;
    enum status status = account_find(work, code, &account);
    if (status == STATUS_OK)
        status = reminder_make(work, &account, address, &reminder);
    if (status == STATUS_OK && reminder.items > 0)
        return print_mail(work, &reminder);
    if (status == STATUS_OK)
        status = digest_make(work, &account, address, &digest);
    if (status != STATUS_OK)
        return status;
    if (digest.items == 0)
        return print_line(work, "Nothing needs %s, so no e-mail would be sent.", code);
    return print_mail(work, &digest);
}

/* Reminders first: who gets one has no digest that day. */
static enum status queue(struct work *work, const char *address, int64_t *queued)
{
    int64_t reminders = 0;
    enum status status = reminder_queue_due(work, address, &reminders);
    if (status == STATUS_OK && reminders > 0)
        status = print_line(work, "%lld reminders queued.", (long long)reminders);
    return status == STATUS_OK ? digest_queue_due(work, address, queued) : status;
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct settings settings;
    struct mail_result result = { 0 };
    int64_t queued = 0;
    const char *account = argument_value(command, arguments, "preview");
    const char *choose = argument_value(command, arguments, "choose");
    enum status status = workspace_read(work, arguments->folder, &settings);
    if (status == STATUS_OK && choose)
        return arguments->word_count == 1
                   ? digest_choose(work, arguments->words[0], choose)
                   : work_fail(work, STATUS_USAGE, "Name the account that wants it so.");
    if (status == STATUS_OK && account)
        return preview(work, account, settings.public_address);
    if (status == STATUS_OK && !argument_value(command, arguments, "queue-only"))
        status = mail_check_settings(work, &settings);
    if (status == STATUS_OK)
        status = queue(work, settings.public_address, &queued);
    if (status == STATUS_OK && argument_value(command, arguments, "queue-only"))
        return print_line(work, "%lld digests queued.", (long long)queued);
    if (status == STATUS_OK)
        status = mail_send_due(work, &settings, &result);
    if (status != STATUS_OK)
        return status;
    status = print_line(work, "%lld digests queued; %lld sent, %lld put off, %lld given up.",
                        (long long)queued, (long long)result.sent, (long long)result.put_off,
                        (long long)result.failed);
    return status == STATUS_OK && result.failed > 0 ? STATUS_FINDINGS : status;
}

const struct command command_digest = {
    .name = "digest",
    .words = "[ACCOUNT]",
    .summary = "tell people by e-mail what needs them, and send what is queued",
    .details = "Run it once an hour: each person gets one e-mail a day or a week, and none when "
               "nothing needs them.\n"
               "Reminders of returns go before they are due, on the day and when they are late, "
               "each once.\n"
               "digest --preview ACCOUNT\n"
               "digest ACCOUNT --choose daily",
    .options = { { "preview", "ACCOUNT", "show the e-mail of that account, and send nothing",
                   false },
                 { "queue-only", NULL, "make the e-mails, and send nothing", false },
                 { "choose", "WHEN", "how often ACCOUNT is told: daily, weekly or never", false } },
    .most_words = 1,
    .need = NEED_WRITE,
    .right = RIGHT_WORKSPACE_MANAGE,
    .run = run,
};
