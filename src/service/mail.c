#include "service/mail.h"

#include <curl/curl.h>
#include <string.h>

#include "base/arena.h"
#include "base/late.h"
#include "base/moment.h"
#include "model/message.h"
#include "service/record.h"
#include "store/entity_store.h"
#include "store/message_store.h"
#include "base/banned.h"

enum {
    MINUTE = 60,
    FIRST_WAIT = 5 * MINUTE,
    LOST_AFTER = 60 * MINUTE, /* a message that is still "being sent" after this was not */
    TIMEOUT_SECONDS = 60,
    CONNECT_SECONDS = 20,
    ERROR_LONGEST = 380,
};

/* The headers that stand above the parts. curl encodes none of them, so what a person could have
 * put in is cut at the first line break. */
static struct curl_slist *headers_of(struct work *work, const struct settings *settings,
                                     const struct message *message)
{
    struct slice subject, rest = slice_of(message->subject);
    (void)slice_split(&rest, '\n', &subject);
    const char *lines[] = {
        arena_format(work->arena, "From: %s", settings->mail_from),
        arena_format(work->arena, "To: %s", message->recipient),
        arena_format(work->arena, "Subject: %.*s", (int)subject.length, subject.start),
        arena_format(work->arena, "Date: %s", moment_print_mail(work->arena, work->now)),
        arena_format(work->arena, "Message-ID: <message-%lld@dueregard>", (long long)message->id),
        "Auto-Submitted: auto-generated",
    };
    struct curl_slist *headers = NULL;
    for (size_t i = 0; i < ARRAY_COUNT(lines); i++)
        headers = curl_slist_append(headers, lines[i]);
    return headers;
}

static void add_part(curl_mime *alternatives, const char *words, const char *type)
{
    curl_mimepart *part = curl_mime_addpart(alternatives);
    curl_mime_data(part, words, CURL_ZERO_TERMINATED);
    curl_mime_type(part, type);
    curl_mime_encoder(part, "quoted-printable");
}

static curl_mime *body_of(CURL *curl, const struct message *message)
{
    curl_mime *mime = curl_mime_init(curl), *alternatives = curl_mime_init(curl);
    add_part(alternatives, message->plain, "text/plain; charset=utf-8");
    add_part(alternatives, message->html, "text/html; charset=utf-8");
    curl_mimepart *both = curl_mime_addpart(mime);
    curl_mime_subparts(both, alternatives);
    curl_mime_type(both, "multipart/alternative");
    return mime;
}

/* One message over a connection of its own. NULL when the server took it; else what it said. */
static const char *send_one(struct work *work, const struct settings *settings,
                            const struct message *message)
{
    char words[CURL_ERROR_SIZE] = "";
    CURL *curl = late_load(work, "curl") == STATUS_OK ? curl_easy_init() : NULL;
    if (!curl)
        return "The library for e-mail could not be started.";
    struct curl_slist *headers = headers_of(work, settings, message);
    struct curl_slist *recipients = curl_slist_append(NULL, message->recipient);
    curl_mime *body = body_of(curl, message);
    curl_easy_setopt(curl, CURLOPT_URL, settings->mail_server);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, settings->mail_from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, body);
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     *settings->mail_user ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TIMEOUT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
    if (*settings->mail_user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, settings->mail_user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, settings->mail_password);
    }
    CURLcode code = curl_easy_perform(curl);
    const char *said = code == CURLE_OK ? NULL
                                        : arena_format(work->arena, "%.*s", ERROR_LONGEST,
                                                       *words ? words : curl_easy_strerror(code));
    curl_mime_free(body);
    curl_slist_free_all(recipients);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return said;
}

/* Notes what came of a message, in a transaction of its own. */
static enum status note(struct work *work, const struct message *before, struct message *after)
{
    struct audit *audit = NULL;
    enum status status = audit_begin(
        work, "send-mail", arena_format(work->arena, "message %lld", (long long)before->id),
        &audit);
    if (status != STATUS_OK)
        return status;
    after->event = audit_event_id(audit);
    status = record_change(work, audit, &message_entity, before, after);
    return record_end(work, audit, status);
}

static const char *wait_until(struct work *work, int64_t attempts)
{
    int64_t wait = FIRST_WAIT;
    for (int64_t i = 1; i < attempts; i++)
        wait *= 2;
    return moment_after(work->arena, work->now, wait);
}

static enum status deliver(struct work *work, const struct settings *settings,
                           const struct message *claimed, struct mail_result *result)
{
    struct message after = *claimed;
    const char *fault = send_one(work, settings, claimed);
    after.attempts = claimed->attempts + 1;
    after.last_error = fault;
    if (!fault) {
        after.state = MESSAGE_SENT;
        after.sent_at = work->now;
        after.next_attempt_at = NULL;
        result->sent++;
    } else if (after.attempts >= MAIL_MOST_ATTEMPTS) {
        after.state = MESSAGE_FAILED;
        after.next_attempt_at = NULL;
        result->failed++;
    } else {
        after.state = MESSAGE_QUEUED;
        after.next_attempt_at = wait_until(work, after.attempts);
        result->put_off++;
    }
    return note(work, claimed, &after);
}

/* Takes the next message so that nobody else does. Writers take turns, so what is looked up within
 * the event is still so when it is written. */
static enum status claim(struct work *work, const char *lost, struct message *out_message)
{
    struct message before;
    struct audit *audit = NULL;
    enum status status = audit_begin(work, "claim-mail", "message", &audit);
    if (status != STATUS_OK)
        return status;
    status = message_store_next(work, lost, &before);
    if (status == STATUS_OK) {
        *out_message = before;
        out_message->state = MESSAGE_SENDING;
        out_message->next_attempt_at = work->now;
        out_message->event = audit_event_id(audit);
        status = record_change(work, audit, &message_entity, &before, out_message);
    }
    if (status != STATUS_END)
        return record_end(work, audit, status);
    audit_abandon(work, audit);
    return STATUS_END;
}

enum status mail_check_settings(struct work *work, const struct settings *settings)
{
    if (*settings->mail_server && *settings->mail_from)
        return STATUS_OK;
    return work_fail(work, STATUS_INPUT,
                     "No e-mail can be sent: set mail-server (smtp://HOST) and mail-from in "
                     "dueregard.ini.");
}

enum status mail_send_due(struct work *work, const struct settings *settings,
                          struct mail_result *out_result)
{
    struct mail_result result = { 0 };
    enum status status = STATUS_OK;
    const char *lost = moment_after(work->arena, work->now, -LOST_AFTER);
    for (;;) {
        struct message *message = entity_row(work->arena, &message_entity);
        status = claim(work, lost, message);
        if (status != STATUS_OK)
            break;
        status = deliver(work, settings, message, &result);
        if (status != STATUS_OK)
            break;
    }
    if (status != STATUS_END)
        return status;
    *out_result = result;
    return STATUS_OK;
}
