#include "service/audit_words.h"

#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "base/slice.h"
#include "base/text.h"
#include "model/model.h"

#include "base/banned.h"

enum { RECORDS_MOST = 64 * 1024 };

static const struct {
    const char *operation, *words;
} operations[] = {
    { "add-account", WORDS("Added an account") },
    { "add-token", WORDS("Made a token for a program") },
    { "allow-exception", WORDS("Let a locked return be written") },
    { "answer", WORDS("Answered a row of a return") },
    { "approve", WORDS("Approved") },
    { "ask-approval", WORDS("Asked for an approval") },
    { "change", WORDS("Changed records") },
    { "change-password", WORDS("Changed their password") },
    { "choose-digest", WORDS("Chose how often they get e-mail") },
    { "choose-password", WORDS("Chose a password") },
    { "claim-mail", WORDS("Took up an e-mail to send") },
    { "close-account", WORDS("Closed an account") },
    { "comment", WORDS("Commented on a figure") },
    { "fill-from-scorecard", WORDS("Filled a return from a scorecard") },
    { "freeze", WORDS("Froze") },
    { "grant-role", WORDS("Granted a role") },
    { "handover", WORDS("Handed posts over") },
    { "import", WORDS("Brought in a file") },
    { "invite", WORDS("Made an invitation") },
    { "keep-scorecard", WORDS("Kept a scorecard") },
    { "labels-keep", WORDS("Kept what labels mean") },
    { "measures-from-snapshot", WORDS("Filled measures from a snapshot") },
    { "open-account", WORDS("Opened an account again") },
    { "open-returns", WORDS("Opened the returns of a period") },
    { "prove-again", WORDS("Proved again who they are") },
    { "queue-digests", WORDS("Wrote the e-mails of what needs people") },
    { "queue-reminders", WORDS("Wrote reminders") },
    { "read", WORDS("Looked at") },
    { "refreeze", WORDS("Froze again") },
    { "refuse", WORDS("Refused") },
    { "release", WORDS("Released tables") },
    { "remove", WORDS("Removed records") },
    { "restore", WORDS("Brought a backup back") },
    { "revise", WORDS("Opened for a revision") },
    { "revoke-role", WORDS("Ended a role") },
    { "revoke-token", WORDS("Ended a token") },
    { "roll-over", WORDS("Prepared a new year") },
    { "second-factor-off", WORDS("Turned codes off") },
    { "second-factor-on", WORDS("Turned codes on") },
    { "send-back", WORDS("Sent back") },
    { "send-mail", WORDS("Sent an e-mail") },
    { "share", WORDS("Made a link to a document") },
    { "sign-in", WORDS("Signed in") },
    { "sign-in-code", WORDS("Signed in with a code") },
    { "sign-in-refused", WORDS("Was refused to sign in") },
    { "sign-out", WORDS("Signed out") },
    { "snapshot-import", WORDS("Sealed a snapshot of people") },
    { "snapshot-remove", WORDS("Removed one person from a snapshot") },
    { "snapshot-stop", WORDS("Recorded a notice to stop processing") },
    { "snapshot-stop-end", WORDS("Ended a notice to stop processing") },
    { "snapshot-subject", WORDS("Gave out one person’s record") },
    { "submit", WORDS("Submitted") },
    { "withdraw-share", WORDS("Ended a link to a document") },
};

const char *audit_operation_words(const char *operation)
{
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].operation, operation) == 0)
            return operations[i].words;
    return operation;
}

const char *audit_entity_words(const char *name)
{
    const struct entity *entity = model_entity(name);
    return entity ? entity->title : name;
}

const char *audit_field_words(const char *name, const char *field)
{
    const struct entity *entity = model_entity(name);
    for (size_t i = 0; entity && i < entity->field_count; i++)
        if (strcmp(entity->fields[i].name, field) == 0)
            return entity->fields[i].label;
    return field;
}

/* " 1 changed (used_at, state), 2 removed" with the fields by their labels. */
static void add_counts(struct arena *arena, struct text *text, const char *entity,
                       struct slice counts)
{
    ptrdiff_t open = slice_find(counts, "("), close = slice_find(counts, ")");
    if (open < 0 || close < open) {
        text_add_slice(text, counts);
        return;
    }
    struct slice names = slice_first(slice_from(counts, (size_t)open + 1),
                                     (size_t)(close - open - 1));
    struct slice name = { NULL, 0 };
    text_add_slice(text, slice_first(counts, (size_t)open + 1));
    for (bool is_first = true; slice_split(&names, ',', &name); is_first = false)
        text_add_format(text, "%s%s", is_first ? "" : ", ",
                        audit_field_words(entity, slice_copy(arena, slice_trim(name))));
    text_add_slice(text, slice_from(counts, (size_t)close));
}

const char *audit_records_words(struct arena *arena, const char *fields)
{
    if (!fields)
        return NULL;
    struct text text = text_new(arena, RECORDS_MOST);
    struct slice rest = slice_of(fields), part = { NULL, 0 };
    for (bool is_first = true; slice_split(&rest, ';', &part); is_first = false) {
        struct slice counts = slice_trim(part), name = { NULL, 0 };
        text_add(&text, is_first ? "" : "; ");
        if (slice_find(counts, ":") < 0) {
            text_add_slice(&text, counts);
            continue;
        }
        (void)slice_split(&counts, ':', &name);
        const char *entity = slice_copy(arena, name);
        text_add_format(&text, "%s:", audit_entity_words(entity));
        add_counts(arena, &text, entity, counts);
    }
    return text.bytes;
}
