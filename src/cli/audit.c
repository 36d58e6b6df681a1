/* dueregard audit: checks that the chain of events is whole, and makes signed heads of it for those
 * who keep them elsewhere. */
#include "store/audit.h"

#include <string.h>

#include "base/file.h"
#include "cli/command.h"
#include "store/audit_head.h"
#include "base/banned.h"

static enum status verify_chain(struct work *work)
{
    int64_t broken = INTEGER_MISSING;
    enum status status = audit_verify(work, &broken);
    if (status != STATUS_OK || broken == INTEGER_MISSING)
        return status;
    status = print_line(work,
                        "The audit is broken at event %lld: it, or one before it, was altered "
                        "outside the program.",
                        (long long)broken);
    return status == STATUS_OK ? STATUS_FINDINGS : status;
}

/* Tells why a head does not hold; `good` is the event of the last one that did. */
static enum status tell(struct work *work, const struct audit_head *head,
                        enum audit_head_outcome outcome, int64_t good)
{
    enum status status = STATUS_OK;
    if (outcome == AUDIT_HEAD_FORGED)
        status = print_line(work, "The head of event %lld was not signed with this key.",
                            (long long)head->event);
    else if (outcome == AUDIT_HEAD_CUT)
        status = print_line(work,
                            "The end of the audit is missing: event %lld was signed, and the audit "
                            "ends before it.",
                            (long long)head->event);
    else
        status = print_line(work,
                            "The audit was written anew: event %lld is not the one that was "
                            "signed. Events up to %lld are as they were signed.",
                            (long long)head->event, (long long)good);
    return status == STATUS_OK ? STATUS_FINDINGS : status;
}

/* Goes through the heads of a file, oldest first, up to the first that does not hold. */
static enum status verify_heads(struct work *work, const char *path, const char *key)
{
    struct slice bytes, line;
    int number = 0;
    int64_t good = 0, count = 0;
    enum status status = file_read(work, path, AUDIT_HEADS_MOST_BYTES, &bytes);
    while (status == STATUS_OK && slice_split(&bytes, '\n', &line)) {
        struct audit_head head;
        enum audit_head_outcome outcome = AUDIT_HEAD_HOLDS;
        number++;
        if (slice_trim(line).length == 0)
            continue;
        if (!audit_head_read(work->arena, line, &head))
            return work_fail(work, STATUS_INPUT,
                             "%s, line %d: this is no head of an audit; each begins with \"head "
                             "1\".",
                             path, number);
        status = audit_head_check(work, &head, key, &outcome);
        if (status == STATUS_OK && outcome != AUDIT_HEAD_HOLDS)
            return tell(work, &head, outcome, good);
        good = head.event;
        count++;
    }
    if (status == STATUS_OK)
        status = print_line(work, "Every head of %s holds (%lld), the last of event %lld.", path,
                            (long long)count, (long long)good);
    return status;
}

static enum status verify(struct work *work, const struct command *command,
                          const struct arguments *arguments)
{
    char own[AUDIT_HEAD_KEY_LENGTH + 1];
    const char *path = argument_value(command, arguments, "head");
    const char *key = argument_value(command, arguments, "key");
    enum status status = verify_chain(work);
    audit_head_key(work->workspace, own);
    if (status == STATUS_OK && path)
        status = verify_heads(work, path, key ? key : own);
    if (status == STATUS_OK)
        status = print_line(work, "The audit is whole: every event follows from the one before.");
    return status;
}

static enum status print_head(struct work *work)
{
    struct audit_head head;
    enum status status = audit_head_make(work, &head);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "There is no event yet.");
    return status == STATUS_OK ? print_line(work, "%s", audit_head_print(work->arena, &head))
                               : status;
}

static enum status print_key(struct work *work)
{
    char key[AUDIT_HEAD_KEY_LENGTH + 1];
    audit_head_key(work->workspace, key);
    return print_line(work, "%s", key);
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    const char *verb = arguments->word_count ? arguments->words[0] : "verify";
    if (strcmp(verb, "verify") == 0)
        return verify(work, command, arguments);
    if (strcmp(verb, "head") == 0)
        return print_head(work);
    if (strcmp(verb, "key") == 0)
        return print_key(work);
    return work_fail(work, STATUS_USAGE, "audit knows verify, head and key, not \"%.40s\".", verb);
}

const struct command command_audit = {
    .name = "audit",
    .words = "[verify | head | key]",
    .summary = "check that no event of the audit was altered or removed",
    .details = "audit verify --head FILE    against signed heads that somebody kept elsewhere\n"
               "audit head                  the signed head of now, for somebody to keep\n"
               "audit key                   the public key that heads are signed with",
    .options = { { "head", "FILE", "verify: a file of heads, one a line", false },
                 { "key", "HEX", "verify: the public key, as `audit key` printed it once",
                   false } },
    .most_words = 1,
    .need = NEED_READ,
    .right = RIGHT_AUDIT_READ,
    .run = run,
};
