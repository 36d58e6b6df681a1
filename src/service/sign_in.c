#include "service/sign_in.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "model/invitation.h"
#include "service/account.h"
#include "service/password.h"
#include "service/record.h"
#include "service/token.h"
#include "store/account_store.h"
#include "store/entity_store.h"
#include "store/recall.h"
#include "base/banned.h"

enum {
    AGENT_MOST = 100,
    CLOCK_MAY_LAG = 300, /* seconds that a clock may have been put back */
    DAY_LENGTH = 10      /* a moment begins with its day */
};

static bool is_open(const struct account *account)
{
    return strcmp(account->status, "open") == 0;
}

bool sign_in_must_wait(const struct work *work, const struct account *account)
{
    return account->locked_until && strcmp(work->now, account->locked_until) < 0;
}

/* What a browser calls itself, cut at a whole character, without what is not printable. */
static const char *clean_agent(struct arena *arena, const char *agent)
{
    char *copy = slice_copy(arena, slice_first(slice_of(agent), AGENT_MOST));
    size_t length = 0;
    for (const char *c = copy; *c; c++)
        if ((unsigned char)*c >= ' ' && (unsigned char)*c < 0x7F)
            copy[length++] = *c;
    copy[length] = '\0';
    return length ? copy : NULL;
}

enum status session_begin(struct work *work, struct audit *audit, const struct account *account,
                          const struct session_origin *origin, struct sign_in *out_sign_in)
{
    struct token token = token_new();
    bool needs_code = account->totp_secret != NULL && !origin->is_proven;
    struct session session = { .account = account->id,
                               .token = token.hash,
                               .level = needs_code          ? "code-due"
                                        : origin->is_proven ? "proven"
                                                            : "full",
                               .started_at = work->now,
                               .seen_at = work->now,
                               .agent = clean_agent(work->arena, origin->agent),
                               .proven_at = needs_code ? NULL : work->now };
    enum status status = record_insert(work, audit, &session_entity, &session);
    if (status == STATUS_OK)
        *out_sign_in = (struct sign_in){ needs_code ? SIGN_IN_CODE_DUE : SIGN_IN_DONE,
                                         arena_copy_text(work->arena, token.text) };
    return status;
}

/* The right password. */
static enum status let_in(struct work *work, struct account *account, const char *agent,
                          struct sign_in *out_sign_in)
{
    struct audit *audit = NULL;
    struct account before = *account;
    enum status status = audit_begin(work, "sign-in", account->code, &audit);
    if (status != STATUS_OK)
        return status;
    /* Where a code is due, the count goes on: else a known password would give endless codes. */
    if (!account->totp_secret) {
        account->failures = 0;
        account->locked_until = NULL;
    }
    status = record_change(work, audit, &account_entity, &before, account);
    if (status == STATUS_OK)
        status = session_begin(work, audit, account, &(struct session_origin){ .agent = agent },
                               out_sign_in);
    return record_end(work, audit, status);
}

static int64_t wait_of(int64_t failures)
{
    int64_t seconds = 1;
    for (int64_t i = ATTEMPTS_FREE; i < failures && seconds < ATTEMPT_WAIT_MOST; i++)
        seconds *= 2;
    return seconds < ATTEMPT_WAIT_MOST ? seconds : ATTEMPT_WAIT_MOST;
}

void sign_in_count_failure(struct work *work, struct account *account)
{
    account->failures++;
    if (account->failures >= ATTEMPTS_FREE)
        account->locked_until = moment_after(work->arena, work->now, wait_of(account->failures));
}

/* Counts a wrong password, read again under the lock so that two at once are counted as two. */
static enum status count_failure(struct work *work, int64_t id, const char *code)
{
    struct audit *audit = NULL;
    struct account account, before;
    enum status status = audit_begin(work, "sign-in-refused", code, &audit);
    if (status != STATUS_OK)
        return status;
    status = entity_store_get(work, &account_entity, id, &account);
    before = account;
    if (status == STATUS_OK)
        sign_in_count_failure(work, &account);
    if (status == STATUS_OK)
        status = record_change(work, audit, &account_entity, &before, &account);
    return record_end(work, audit, status);
}

enum status sign_in_password(struct work *work, const struct sign_in_attempt *attempt,
                             struct sign_in *out_sign_in)
{
    struct account account;
    const char *email = account_email(work->arena, attempt->email);
    *out_sign_in = (struct sign_in){ .outcome = SIGN_IN_REFUSED };
    enum status status = account_store_by_email(work, email, &account);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    bool may_try = status == STATUS_OK && is_open(&account) && !sign_in_must_wait(work, &account);
    /* The same work whether there is such an account or not. */
    bool is_right = password_verify(may_try ? account.password : NULL, attempt->password);
    if (!may_try)
        return STATUS_OK;
    const char *user = work->user;
    work->user = account.code;
    status = is_right ? let_in(work, &account, attempt->agent, out_sign_in)
                      : count_failure(work, account.id, account.code);
    work->user = user;
    return status;
}

static enum status use_link(struct work *work, struct audit *audit, const char *token,
                            const char *agent, struct sign_in *out_sign_in)
{
    struct invitation invitation;
    struct account account;
    /* Read again: in the transaction nobody else uses the link up. */
    enum status status = account_invitation(work, token, "demonstration", &invitation, &account);
    if (status == STATUS_OK)
        status = account_use_invitation(work, audit, &invitation);
    return status == STATUS_OK
               ? session_begin(work, audit, &account, &(struct session_origin){ .agent = agent },
                               out_sign_in)
               : status;
}

enum status sign_in_link(struct work *work, const char *token, const char *agent,
                         struct sign_in *out_sign_in)
{
    struct invitation invitation;
    struct account account;
    struct audit *audit = NULL;
    enum status status = account_invitation(work, token, "demonstration", &invitation, &account);
    if (status != STATUS_OK)
        return status;
    const char *user = work->user;
    work->user = account.code;
    status = audit_begin(work, "sign-in", account.code, &audit);
    if (status == STATUS_OK)
        status = record_end(work, audit, use_link(work, audit, token, agent, out_sign_in));
    work->user = user;
    return status;
}

static bool holds(const struct work *work, const struct session_limits *limits,
                  const struct session *session)
{
    int64_t now = 0, started = 0, seen = 0;
    return !session->ended_at && moment_read(work->now, &now) &&
           moment_read(session->started_at, &started) && moment_read(session->seen_at, &seen) &&
           now - seen < limits->idle_seconds && now - started < limits->absolute_seconds &&
           seen - now < CLOCK_MAY_LAG;
}

/* A session as it was found, with who it is and what they may do on that day. */
struct found_session {
    struct session session;
    struct actor actor;
    const char *day;
};

static struct slice day_of(const struct work *work)
{
    return slice_first(slice_of(work->now), DAY_LENGTH);
}

static struct session copy_session(struct arena *arena, const struct session *session)
{
    struct session copy = *session;
    copy.token = arena_copy_text(arena, session->token);
    copy.level = arena_copy_text(arena, session->level);
    copy.started_at = arena_copy_text(arena, session->started_at);
    copy.seen_at = arena_copy_text(arena, session->seen_at);
    copy.ended_at = arena_copy_text(arena, session->ended_at);
    copy.agent = arena_copy_text(arena, session->agent);
    copy.proven_at = arena_copy_text(arena, session->proven_at);
    return copy;
}

static struct actor copy_actor(struct arena *arena, const struct actor *actor)
{
    struct actor copy = *actor;
    copy.code = arena_copy_text(arena, actor->code);
    copy.name = arena_copy_text(arena, actor->name);
    copy.granted = (struct list){ 0 };
    for (size_t i = 0; i < actor->granted.count; i++) {
        struct granted *granted = arena_new_of(arena, struct granted);
        *granted = *(const struct granted *)actor->granted.items[i];
        list_add(arena, &copy.granted, granted);
    }
    return copy;
}

static void remember(struct work *work, struct slice key, const struct session *session,
                     const struct actor *actor)
{
    struct arena *arena = recall_arena(work->store);
    if (!arena)
        return;
    struct found_session *found = arena_new_of(arena, struct found_session);
    *found = (struct found_session){ copy_session(arena, session), copy_actor(arena, actor),
                                     slice_copy(arena, day_of(work)) };
    recall_keep(work->store, key, found);
}

/* The same as was found before, while nobody has written since; what follows from the time is asked
 * again: whether the session still holds, and grants by their day. */
static bool remembered(struct work *work, struct slice key, const struct session_limits *limits,
                       struct session *out_session, struct actor *out_actor)
{
    const struct found_session *found = recall_find(work->store, key);
    if (!found || !slice_is(day_of(work), found->day) || !holds(work, limits, &found->session))
        return false;
    *out_session = copy_session(work->arena, &found->session);
    *out_actor = copy_actor(work->arena, &found->actor);
    return true;
}

static enum status read_session(struct work *work, const char *hash,
                                const struct session_limits *limits, struct session *out_session,
                                struct actor *out_actor)
{
    struct account account;
    struct session key = { .token = hash };
    enum status status = entity_store_find(work, &session_entity, &key, out_session);
    if (status == STATUS_OK && !holds(work, limits, out_session))
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = entity_store_get(work, &account_entity, out_session->account, &account);
    if (status == STATUS_OK && !is_open(&account))
        status = STATUS_NOT_FOUND;
    if (status != STATUS_OK)
        return status;
    bool is_proven = strcmp(out_session->level, "proven") == 0;
    *out_actor = (struct actor){ .account = account.id,
                                 .session = out_session->id,
                                 .code = account.code,
                                 .name = account.name,
                                 .has_second_proof = account.totp_secret || is_proven,
                                 .is_code_due = strcmp(out_session->level, "code-due") == 0 };
    return out_actor->is_code_due ? STATUS_OK : permission_load(work, account.id, out_actor);
}

enum status session_find(struct work *work, const char *token, const struct session_limits *limits,
                         struct session *out_session, struct actor *out_actor)
{
    char hash[HASH_TEXT_LENGTH + 1];
    token_hash(token, hash);
    struct slice key = slice_of(arena_format(work->arena, "session %s", hash));
    if (remembered(work, key, limits, out_session, out_actor))
        return STATUS_OK;
    enum status status = read_session(work, hash, limits, out_session, out_actor);
    if (status == STATUS_OK)
        remember(work, key, out_session, out_actor);
    return status;
}

bool session_wants_noting(const struct work *work, const struct session *session)
{
    int64_t now = 0, seen = 0;
    return moment_read(work->now, &now) && moment_read(session->seen_at, &seen) &&
           now - seen >= SESSION_NOTED_EVERY;
}

enum status session_note(struct work *work, const struct session *session)
{
    return account_store_touch(work, session->id, work->now);
}

enum status session_list(struct work *work, const struct session_limits *limits,
                         struct list *out_sessions)
{
    struct list all = { 0 }, sessions = { 0 };
    enum status status = permission_require(work, RIGHT_SIGNED_IN, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = entity_store_list_of(work, &session_entity, "account", work->actor->account, &all);
    for (size_t i = all.count; status == STATUS_OK && i > 0; i--)
        if (holds(work, limits, all.items[i - 1]))
            list_add(work->arena, &sessions, all.items[i - 1]);
    if (status == STATUS_OK)
        *out_sessions = sessions;
    return status;
}

static enum status end_one(struct work *work, struct audit *audit, struct session *session)
{
    struct session before = *session;
    if (session->ended_at)
        return STATUS_OK;
    session->ended_at = work->now;
    return record_change(work, audit, &session_entity, &before, session);
}

enum status sign_in_end_sessions(struct work *work, struct audit *audit, int64_t account)
{
    struct list sessions = { 0 };
    enum status status = entity_store_list_of(work, &session_entity, "account", account, &sessions);
    for (size_t i = 0; status == STATUS_OK && i < sessions.count; i++)
        status = end_one(work, audit, sessions.items[i]);
    return status;
}

static enum status end_chosen(struct work *work, struct audit *audit, int64_t chosen)
{
    struct list sessions = { 0 };
    bool is_found = chosen == INTEGER_MISSING;
    enum status status = entity_store_list_of(work, &session_entity, "account",
                                              work->actor->account, &sessions);
    for (size_t i = 0; status == STATUS_OK && i < sessions.count; i++) {
        struct session *session = sessions.items[i];
        bool is_chosen = chosen == INTEGER_MISSING ? session->id != work->actor->session
                                                   : session->id == chosen;
        if (is_chosen)
            status = end_one(work, audit, session);
        is_found = is_found || is_chosen;
    }
    if (status == STATUS_OK && !is_found)
        return work_fail(work, STATUS_NOT_FOUND, "You have no such session.");
    return status;
}

enum status sign_in_end_others(struct work *work, struct audit *audit)
{
    return end_chosen(work, audit, INTEGER_MISSING);
}

enum status session_end(struct work *work, int64_t session)
{
    struct audit *audit = NULL;
    enum status status = STATUS_OK;
    /* A session whose code is still due can be ended too, so a role is not asked for. */
    if (!work->actor || work->actor->account == INTEGER_MISSING)
        return work_fail(work, STATUS_REFUSED, "Nobody is signed in.");
    status = audit_begin(work, "sign-out", work->actor->code, &audit);
    if (status != STATUS_OK)
        return status;
    return record_end(work, audit, end_chosen(work, audit, session));
}
