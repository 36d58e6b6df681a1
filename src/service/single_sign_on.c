#include "service/single_sign_on.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/late.h"
#include "base/moment.h"
#include "base/text.h"
#include "codec/id_token.h"
#include "codec/urlencoded.h"
#include "entity/field_text.h"
#include "model/account.h"
#include "service/account.h"
#include "service/fetch.h"
#include "service/proof.h"
#include "service/record.h"
#include "service/sso_groups.h"
#include "store/account_store.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum {
    ADDRESS_MOST = 8192,
    CODE_MOST = 2048,
    HASH_WORDS = 44,
    CODES_TRIED = 100,
    PROOF_OLDEST = 60 /* seconds ago that the provider may have asked, for a proof */
};

enum status single_sign_on_check(struct work *work, const struct provider_options *options)
{
    struct list groups = { 0 };
    if (!*options->issuer)
        return STATUS_OK;
    if (!fetch_is_allowed(options->issuer))
        return work_fail(work, STATUS_INPUT,
                         "The setting sso-issuer must be an address that begins with https://.");
    if (!*options->client)
        return work_fail(work, STATUS_INPUT,
                         "The setting sso-client is missing: the name that the identity provider "
                         "knows this program by.");
    enum status status = late_load(work, "curl"); /* what is missing is to be known at the start */
    if (status == STATUS_OK)
        status = late_load(work, "cjose");
    return status == STATUS_OK ? sso_groups_read(work, options->groups, &groups) : status;
}

enum status single_sign_on_address(struct work *work, struct provider *provider,
                                   const struct sso_question *question, const char **out_address)
{
    struct provider_facts facts;
    unsigned char hash[crypto_hash_sha256_BYTES];
    char challenge[HASH_WORDS];
    enum status status = provider_facts(work, provider, false, &facts);
    if (status != STATUS_OK)
        return status;
    json_decref(facts.keys);
    crypto_hash_sha256(hash, (const unsigned char *)question->verifier, strlen(question->verifier));
    sodium_bin2base64(challenge, sizeof challenge, hash, sizeof hash,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    struct text query = text_new(work->arena, ADDRESS_MOST);
    urlencoded_add(&query, "response_type", slice_of("code"));
    urlencoded_add(&query, "client_id", slice_of(provider_options(provider)->client));
    urlencoded_add(&query, "redirect_uri", slice_of(question->redirect));
    urlencoded_add(&query, "scope", slice_of("openid email profile"));
    urlencoded_add(&query, "state", slice_of(question->state));
    urlencoded_add(&query, "nonce", slice_of(question->nonce));
    urlencoded_add(&query, "code_challenge", slice_of(challenge));
    urlencoded_add(&query, "code_challenge_method", slice_of("S256"));
    if (question->is_proof) {
        urlencoded_add(&query, "prompt", slice_of("login"));
        urlencoded_add(&query, "max_age", slice_of("0"));
    }
    *out_address = arena_format(work->arena, "%s%s%s", facts.authorization,
                                strchr(facts.authorization, '?') ? "&" : "?", query.bytes);
    return STATUS_OK;
}

/* Exchanges the code for the provider's answer, an object to be released. */
static enum status exchange(struct work *work, const struct provider *provider,
                            const struct provider_facts *facts, const struct sso_question *question,
                            json_t **out_answer)
{
    const struct provider_options *options = provider_options(provider);
    struct text form = text_new(work->arena, ADDRESS_MOST), user = text_new(work->arena, 1024),
                password = text_new(work->arena, 1024);
    urlencoded_add(&form, "grant_type", slice_of("authorization_code"));
    urlencoded_add(&form, "code", slice_of(question->code));
    urlencoded_add(&form, "redirect_uri", slice_of(question->redirect));
    urlencoded_add(&form, "code_verifier", slice_of(question->verifier));
    if (!*options->secret)
        urlencoded_add(&form, "client_id", slice_of(options->client));
    /* Name and secret are encoded as in forms before they are put together (RFC 6749, 2.3.1). */
    urlencoded_add(&user, "", slice_of(options->client));
    urlencoded_add(&password, "", slice_of(options->secret));
    struct fetch fetch = { .address = facts->token,
                           .form = form.bytes,
                           .user = *options->secret ? user.bytes + 1 : NULL,
                           .password = password.bytes + 1 };
    return fetch_json(work, &fetch, out_answer);
}

/* What the parts of an attempt share. */
struct attempt {
    const struct provider_options *options;
    const struct sso_question *question;
    struct id_token token;
    struct list mapped; /* of the setting sso-groups */
    struct sso_outcome *outcome;
};

/* Reads the token in the answer by the provider's keys. */
static enum id_token_fault read_token(struct work *work, const json_t *answer, const json_t *keys,
                                      struct attempt *attempt)
{
    const char *token = json_string_value(json_object_get(answer, "id_token"));
    struct id_token_question asked = {
        .issuer = attempt->options->issuer,
        .client = attempt->options->client,
        .nonce = attempt->question->nonce,
        .access_token = json_string_value(json_object_get(answer, "access_token")),
        .groups = "groups",
    };
    if (!token || !moment_read(work->now, &asked.now))
        return ID_TOKEN_NOT_ONE;
    if (attempt->question->is_proof)
        asked.asked_since = asked.now - PROOF_OLDEST;
    return id_token_read(work, slice_of(token), keys, &asked, &attempt->token);
}

/* A short name that nobody has, from an e-mail address. */
static enum status find_code(struct work *work, const char *email, const char **out_code)
{
    struct text stem = text_new(work->arena, 50);
    for (const char *c = email; *c && *c != '@' && stem.length < 40; c++)
        if ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || (stem.length && *c == '.'))
            text_add_character(&stem, *c);
    if (stem.length == 0)
        text_add(&stem, "person");
    for (int i = 1; i <= CODES_TRIED; i++) {
        struct account key, other;
        key.code = i == 1 ? stem.bytes : arena_format(work->arena, "%s-%d", stem.bytes, i);
        enum status status = entity_store_find(work, &account_entity, &key, &other);
        if (status == STATUS_NOT_FOUND) {
            *out_code = key.code;
            return STATUS_OK;
        }
        if (status != STATUS_OK)
            return status;
    }
    return work_fail(work, STATUS_CONFLICT, "No short name is free for this account.");
}

/* A new account for somebody whom the provider knows. */
static enum status make_account(struct work *work, struct audit *audit, const char *issuer,
                                const struct id_token *token, struct account *out_account)
{
    struct problems problems = { .arena = work->arena };
    struct account *account = entity_row(work->arena, &account_entity);
    account->email = account_email(work->arena, token->email);
    account->name = token->name && *token->name ? token->name : account->email;
    account->issuer = issuer;
    account->subject = token->subject;
    account->created_at = work->now;
    entity_set_standards(work->arena, &account_entity, account);
    enum status status = find_code(work, account->email, &account->code);
    if (status == STATUS_OK && !entity_validate(&account_entity, account, &problems))
        status = work_fail(work, STATUS_INPUT,
                           "What the identity provider says of this person is too long.");
    if (status == STATUS_OK)
        status = record_insert(work, audit, &account_entity, account);
    *out_account = *account;
    return status;
}

/* The account of a token: the one of its subject, else one with the same address that the provider
 * has verified and that belongs to no other subject, else a new one where a group is mapped. */
static enum status find_account(struct work *work, struct audit *audit, struct attempt *attempt,
                                struct account *out_account)
{
    struct account before;
    const struct id_token *token = &attempt->token;
    const char *issuer = attempt->options->issuer;
    enum status status = account_store_by_subject(work, issuer, token->subject, out_account);
    if (status != STATUS_NOT_FOUND)
        return status;
    attempt->outcome->why = "There is no account for you here; ask your administrator.";
    if (!token->email || !*token->email || !token->email_is_verified)
        return STATUS_OK;
    status = account_store_by_email(work, account_email(work->arena, token->email), &before);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    bool is_new = status == STATUS_NOT_FOUND;
    if (is_new ? !sso_groups_any(&attempt->mapped, &token->groups) : before.subject != NULL)
        return STATUS_OK;
    attempt->outcome->why = NULL;
    if (is_new)
        return make_account(work, audit, issuer, token, out_account);
    *out_account = before;
    out_account->issuer = issuer;
    out_account->subject = token->subject;
    return record_change(work, audit, &account_entity, &before, out_account);
}

/* Within the event: account, roles, session. */
static enum status let_in(struct work *work, struct audit *audit, struct attempt *attempt)
{
    struct account account;
    struct sso_outcome *outcome = attempt->outcome;
    enum status status = find_account(work, audit, attempt, &account);
    if (status != STATUS_OK || outcome->why)
        return status;
    if (strcmp(account.status, "open") != 0) {
        outcome->why = "Your account here is closed; ask your administrator.";
        return STATUS_OK;
    }
    status = sso_groups_apply(work, audit, &account, &attempt->mapped, &attempt->token.groups);
    if (status != STATUS_OK)
        return status;
    const struct session_origin origin = { attempt->question->agent, true };
    return session_begin(work, audit, &account, &origin, &outcome->sign_in);
}

static enum status finish(struct work *work, struct attempt *attempt)
{
    struct account known;
    struct audit *audit = NULL;
    const char *user = work->user;
    enum status status = sso_groups_read(work, attempt->options->groups, &attempt->mapped);
    if (status != STATUS_OK)
        return status;
    status = account_store_by_subject(work, attempt->options->issuer, attempt->token.subject,
                                      &known);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    work->user = status == STATUS_OK ? known.code : "single-sign-on";
    status = audit_begin(work, "sign-in", status == STATUS_OK ? known.code : "single sign-on",
                         &audit);
    if (status == STATUS_OK)
        status = record_end(work, audit, let_in(work, audit, attempt));
    work->user = user;
    return status;
}

/* The token of the code, or why there is none. */
static enum status ask(struct work *work, struct provider *provider, struct attempt *attempt)
{
    struct provider_facts facts;
    json_t *answer = NULL;
    enum status status = provider_facts(work, provider, false, &facts);
    if (status != STATUS_OK)
        return status;
    if (exchange(work, provider, &facts, attempt->question, &answer) != STATUS_OK) {
        work_forget(work);
        json_decref(facts.keys);
        attempt->outcome->why = "The identity provider did not confirm it.";
        return STATUS_OK;
    }
    enum id_token_fault fault = read_token(work, answer, facts.keys, attempt);
    json_decref(facts.keys);
    if (fault == ID_TOKEN_KEY) { /* perhaps it has changed its keys */
        status = provider_facts(work, provider, true, &facts);
        if (status == STATUS_OK) {
            fault = read_token(work, answer, facts.keys, attempt);
            json_decref(facts.keys);
        }
    }
    json_decref(answer);
    if (fault != ID_TOKEN_GOOD)
        attempt->outcome->why = arena_format(
            work->arena, "The identity provider's answer was refused. %s", id_token_faults[fault]);
    return status;
}

/* Asks for the token of the code; what speaks against it is in the outcome. */
static enum status begin(struct work *work, struct provider *provider, struct attempt *attempt)
{
    *attempt->outcome = (struct sso_outcome){ .sign_in = { .outcome = SIGN_IN_REFUSED } };
    if (*attempt->question->code && strlen(attempt->question->code) <= CODE_MOST)
        return ask(work, provider, attempt);
    attempt->outcome->why = "The identity provider sent no code.";
    return STATUS_OK;
}

enum status single_sign_on_finish(struct work *work, struct provider *provider,
                                  const struct sso_question *question,
                                  struct sso_outcome *out_outcome)
{
    struct attempt attempt = { .options = provider_options(provider),
                               .question = question,
                               .outcome = out_outcome };
    enum status status = begin(work, provider, &attempt);
    return status == STATUS_OK && !out_outcome->why ? finish(work, &attempt) : status;
}

enum status single_sign_on_prove(struct work *work, struct provider *provider,
                                 const struct sso_question *question, const struct session *session,
                                 const char **out_why)
{
    struct account known;
    struct audit *audit = NULL;
    struct sso_outcome outcome;
    struct attempt attempt = { .options = provider_options(provider),
                               .question = question,
                               .outcome = &outcome };
    enum status status = begin(work, provider, &attempt);
    *out_why = outcome.why;
    if (status != STATUS_OK || outcome.why)
        return status;
    status = account_store_by_subject(work, attempt.options->issuer, attempt.token.subject, &known);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && known.id != session->account)) {
        *out_why = "You signed in there as somebody else than here.";
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = audit_begin(work, "prove-again", known.code, &audit);
    return status == STATUS_OK ? record_end(work, audit, proof_note(work, audit, session->id))
                               : status;
}
