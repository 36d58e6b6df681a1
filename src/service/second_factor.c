#include "service/second_factor.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/moment.h"
#include "base/text.h"
#include "model/account.h"
#include "service/record.h"
#include "service/token.h"
#include "store/entity_store.h"
#include "template/escape.h"
#include "base/banned.h"

enum {
    SECRET_BYTES = 20,
    STEP = 30, /* seconds */
    DIGITS = 6,
    STEPS_ASIDE = 1, /* that a telephone's clock may be off */
    ADDRESS_MOST = 600,
    CODES_MOST = RECOVERY_CODES * (HASH_TEXT_LENGTH + 1)
};

enum status second_factor_policy_read(struct work *work, const char *words,
                                      struct second_factor_policy *out_policy)
{
    struct second_factor_policy policy = { .is_for_all = strcmp(words, "all") == 0 };
    struct slice rest = slice_of(words), word = { NULL, 0 };
    enum role role;
    if (!policy.is_for_all && strcmp(words, "optional") != 0)
        while (slice_word(&rest, &word)) {
            if (!permission_role(slice_copy(work->arena, word), &role))
                return work_fail(work, STATUS_INPUT,
                                 "The setting second-factor is optional, all, or roles parted by "
                                 "blanks; there is no role \"%.*s\".",
                                 (int)(word.length < 40 ? word.length : 40), word.start);
            policy.roles[role] = true;
        }
    *out_policy = policy;
    return STATUS_OK;
}

bool second_factor_is_missing(const struct second_factor_policy *policy, const struct actor *actor)
{
    if (actor->account == INTEGER_MISSING || actor->has_second_proof || actor->is_code_due)
        return false;
    for (size_t i = 0; i < actor->granted.count; i++)
        if (policy->roles[((const struct granted *)actor->granted.items[i])->role])
            return true;
    return policy->is_for_all;
}

enum status second_factor_secret(struct work *work, const char **out_secret)
{
    unsigned char bytes[SECRET_BYTES];
    char *encoded = NULL;
    size_t length = 0;
    randombytes_buf(bytes, sizeof bytes);
    int failed = oath_base32_encode((const char *)bytes, sizeof bytes, &encoded, &length);
    sodium_memzero(bytes, sizeof bytes);
    if (failed != OATH_OK)
        return work_fail(work, STATUS_LIMIT, "A secret could not be made; try again.");
    *out_secret = arena_copy_text(work->arena, encoded);
    sodium_memzero(encoded, length);
    free(encoded);
    return STATUS_OK;
}

const char *second_factor_address(struct work *work, const char *authority, const char *secret)
{
    struct text address = text_new(work->arena, ADDRESS_MOST);
    text_add(&address, "otpauth://totp/");
    escape_add(&address, ESCAPE_PART, slice_of(authority));
    text_add(&address, ":");
    escape_add(&address, ESCAPE_PART, slice_of(work->actor->code));
    text_add_format(&address, "?secret=%s&issuer=", secret);
    escape_add(&address, ESCAPE_PART, slice_of(authority));
    return address.bytes;
}

/* The step of time whose code this is, or -1. Only steps after `last` are tried, so that a code is
 * good once. */
static int64_t step_of(struct work *work, const char *secret, const char *code, int64_t last)
{
    char *bytes = NULL;
    size_t length = 0;
    int64_t now = 0, found = -1;
    char made[DIGITS + 1];
    if (strlen(code) != DIGITS || !moment_read(work->now, &now) ||
        oath_base32_decode(secret, strlen(secret), &bytes, &length) != OATH_OK)
        return -1;
    for (int64_t step = now / STEP - STEPS_ASIDE; step <= now / STEP + STEPS_ASIDE; step++)
        if ((last == INTEGER_MISSING || step > last) &&
            oath_totp_generate(bytes, length, (time_t)(step * STEP), STEP, 0, DIGITS, made) ==
                OATH_OK &&
            sodium_memcmp(made, code, DIGITS) == 0)
            found = step;
    sodium_memzero(bytes, length);
    free(bytes);
    return found;
}

/* What was typed, without the blanks and hyphens that help to read it, in small letters. */
static const char *bare(struct arena *arena, const char *typed)
{
    char *copy = arena_copy_text(arena, typed);
    size_t length = 0;
    for (const char *c = typed; *c; c++)
        if (*c != ' ' && *c != '-')
            copy[length++] = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    copy[length] = '\0';
    return copy;
}

/* Takes a recovery code out of the account's; false when it is none of them. */
static bool take_recovery(struct work *work, struct account *account, const char *code)
{
    char hash[HASH_TEXT_LENGTH + 1];
    struct slice rest = slice_of(account->recovery_codes), word = { NULL, 0 };
    struct text left = text_new(work->arena, CODES_MOST);
    bool is_found = false;
    token_hash(code, hash);
    while (slice_word(&rest, &word)) {
        bool is_this = word.length == HASH_TEXT_LENGTH &&
                       sodium_memcmp(word.start, hash, HASH_TEXT_LENGTH) == 0;
        is_found = is_found || is_this;
        if (!is_this)
            text_add_format(&left, "%s%.*s", left.length ? " " : "", (int)word.length, word.start);
    }
    if (is_found)
        account->recovery_codes = left.length ? left.bytes : NULL;
    return is_found;
}

bool second_factor_use(struct work *work, struct account *account, const char *typed)
{
    const char *code = bare(work->arena, typed);
    if (!account->totp_secret)
        return false;
    int64_t step = step_of(work, account->totp_secret, code, account->totp_step);
    if (step >= 0)
        account->totp_step = step;
    return step >= 0 || take_recovery(work, account, code);
}

/* New recovery codes: for the person, and as hashes for the account. */
static void make_recovery(struct work *work, struct account *account,
                          const char *out_codes[RECOVERY_CODES])
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789"; /* without those that look
                                                                         alike */
    struct text hashes = text_new(work->arena, CODES_MOST);
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        char code[RECOVERY_CODE_LENGTH + 1], hash[HASH_TEXT_LENGTH + 1];
        for (size_t j = 0; j < RECOVERY_CODE_LENGTH; j++)
            code[j] = j % 6 == 5 ? '-' : letters[randombytes_uniform(sizeof letters - 1)];
        code[RECOVERY_CODE_LENGTH] = '\0';
        out_codes[i] = arena_copy_text(work->arena, code);
        token_hash(bare(work->arena, code), hash);
        text_add_format(&hashes, "%s%s", i ? " " : "", hash);
    }
    account->recovery_codes = hashes.bytes;
}

static enum status load_own(struct work *work, struct account *out_account)
{
    enum status status = permission_require(work, RIGHT_SIGNED_IN, INTEGER_MISSING);
    return status == STATUS_OK
               ? entity_store_get(work, &account_entity, work->actor->account, out_account)
               : status;
}

static enum status change(struct work *work, struct audit *audit, const struct account *before,
                          struct account *account)
{
    enum status status = record_change(work, audit, &account_entity, before, account);
    return status == STATUS_OK ? sign_in_end_others(work, audit) : status;
}

enum status second_factor_turn_on(struct work *work, const char *secret, const char *code,
                                  const char *out_codes[RECOVERY_CODES], struct problems *problems)
{
    struct audit *audit = NULL;
    struct account account, before;
    int64_t step = strlen(secret) == SECRET_LENGTH
                       ? step_of(work, secret, bare(work->arena, code), INTEGER_MISSING)
                       : -1;
    if (step < 0) {
        problem_add(problems, "code",
                    "The code is not right; type the six digits that the telephone shows now");
        return STATUS_OK;
    }
    enum status status = audit_begin(work, "second-factor-on", work->actor->code, &audit);
    if (status != STATUS_OK)
        return status;
    status = load_own(work, &account);
    if (status == STATUS_OK) {
        before = account;
        account.totp_secret = secret;
        account.totp_step = step;
        make_recovery(work, &account, out_codes);
        status = change(work, audit, &before, &account);
    }
    return record_end(work, audit, status);
}

enum status second_factor_turn_off(struct work *work, const char *code, struct problems *problems)
{
    struct audit *audit = NULL;
    struct account account, before;
    enum status status = audit_begin(work, "second-factor-off", work->actor->code, &audit);
    if (status != STATUS_OK)
        return status;
    status = load_own(work, &account);
    before = account;
    if (status == STATUS_OK && !second_factor_use(work, &account, code)) {
        problem_add(problems, "code", "The code is not right; it turns codes off only when it is");
    } else if (status == STATUS_OK) {
        account.totp_secret = account.recovery_codes = NULL;
        account.totp_step = INTEGER_MISSING;
        status = change(work, audit, &before, &account);
    }
    return record_end(work, audit, status);
}

/* The right code: the session goes on as a full one, under a new token. */
static enum status let_in(struct work *work, struct audit *audit, const struct session *session,
                          struct sign_in *out_sign_in)
{
    struct token token = token_new();
    struct session after = *session;
    after.level = "full";
    after.token = token.hash;
    after.seen_at = after.proven_at = work->now;
    enum status status = record_change(work, audit, &session_entity, session, &after);
    if (status == STATUS_OK)
        *out_sign_in = (struct sign_in){ SIGN_IN_DONE, arena_copy_text(work->arena, token.text) };
    return status;
}

static enum status end_session(struct work *work, struct audit *audit,
                               const struct session *session)
{
    struct session after = *session;
    after.ended_at = work->now;
    return record_change(work, audit, &session_entity, session, &after);
}

static enum status try_code(struct work *work, struct audit *audit, const struct session *session,
                            const char *code, struct sign_in *out_sign_in)
{
    struct account account, before;
    enum status status = entity_store_get(work, &account_entity, session->account, &account);
    if (status != STATUS_OK)
        return status;
    before = account;
    bool is_right = second_factor_use(work, &account, code);
    if (is_right) {
        account.failures = 0;
        account.locked_until = NULL;
    } else {
        sign_in_count_failure(work, &account);
    }
    status = record_change(work, audit, &account_entity, &before, &account);
    if (status == STATUS_OK && is_right)
        return let_in(work, audit, session, out_sign_in);
    if (status == STATUS_OK && account.failures >= ATTEMPTS_FREE)
        return end_session(work, audit, session);
    return status;
}

enum status second_factor_sign_in(struct work *work, const struct session *session,
                                  const char *code, struct sign_in *out_sign_in)
{
    struct audit *audit = NULL;
    *out_sign_in = (struct sign_in){ .outcome = SIGN_IN_REFUSED };
    enum status status = audit_begin(work, "sign-in-code", work->actor->code, &audit);
    if (status != STATUS_OK)
        return status;
    return record_end(work, audit, try_code(work, audit, session, code, out_sign_in));
}
