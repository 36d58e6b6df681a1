/* The signature is checked before a claim is looked at; the algorithm is chosen from our list,
 * never by the token alone; the key must be of that algorithm's kind. */
#include "codec/id_token.h"

#include <cjose/cjose.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/late.h"
#include "base/banned.h"

enum { PARTS = 3, HALF_HASH = 16, HALF_HASH_TEXT = 23 };

const char *const id_token_faults[ID_TOKEN_FAULT_COUNT] = {
    [ID_TOKEN_GOOD] = "It is good.",
    [ID_TOKEN_NOT_ONE] = "It is not three parts of base 64.",
    [ID_TOKEN_HEADER] = "Its header names an algorithm or an extension that is not taken.",
    [ID_TOKEN_KEY] = "The provider has no key that it can be signed with, or several.",
    [ID_TOKEN_SIGNATURE] = "Its signature is not the provider's.",
    [ID_TOKEN_CLAIMS] = "A claim is missing or of the wrong kind.",
    [ID_TOKEN_ISSUER] = "It is of another issuer.",
    [ID_TOKEN_AUDIENCE] = "It is for somebody else.",
    [ID_TOKEN_TIME] = "It is too old, or of the future.",
    [ID_TOKEN_NONCE] = "It answers another question.",
    [ID_TOKEN_ACCESS_TOKEN] = "It belongs to another access token.",
    [ID_TOKEN_NOT_ASKED] = "The provider did not ask anew who it is.",
};

/* The algorithms that are taken: each with the kind of its keys. No secret is shared with the
 * provider for signing, so none of those that use one is here, and of course not "none". */
static const struct algorithm {
    const char *name, *kind, *curve;
} algorithms[] = {
    { "RS256", "RSA", NULL },
    { "PS256", "RSA", NULL },
    { "ES256", "EC", "P-256" },
};

/* Letters, digits, - and _ alone, of a length that base 64 can have. */
static bool is_base64(struct slice part)
{
    for (size_t i = 0; i < part.length; i++) {
        char c = part.start[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '-' && c != '_')
            return false;
    }
    return part.length > 0 && part.length % 4 != 1;
}

static bool split(struct slice token, struct slice out_parts[PARTS])
{
    size_t count = 0;
    struct slice rest = token, part;
    if (token.length == 0 || token.length > ID_TOKEN_MOST)
        return false;
    while (slice_split(&rest, '.', &part)) {
        if (count == PARTS || !is_base64(part))
            return false;
        out_parts[count++] = part;
    }
    return count == PARTS;
}

/* A part as the JSON object that it must be; NULL for anything else. */
static json_t *object_of(struct arena *arena, struct slice part)
{
    size_t length = 0;
    char *bytes = arena_take(arena, part.length + 1);
    if (sodium_base642bin((unsigned char *)bytes, part.length, part.start, part.length, NULL,
                          &length, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return NULL;
    json_t *object = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
    if (object && !json_is_object(object)) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

/* The algorithm of a header that says nothing else that we would have to understand. */
static const struct algorithm *algorithm_of(const json_t *header)
{
    static const char *const forbidden[] = {
        "crit", "jwk", "jku", "x5u", "x5c", "zip", "b64", "enc"
    };
    const char *name = text_of(header, "alg");
    const json_t *type = json_object_get(header, "typ");
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (json_object_get(header, forbidden[i]))
            return NULL;
    if (type && (!json_is_string(type) || strcasecmp(json_string_value(type), "JWT") != 0))
        return NULL;
    for (size_t i = 0; name && i < sizeof algorithms / sizeof *algorithms; i++)
        if (strcmp(algorithms[i].name, name) == 0)
            return &algorithms[i];
    return NULL;
}

/* Whether the provider's key can have signed with the algorithm under that name. */
static bool key_fits(const json_t *key, const struct algorithm *algorithm, const char *name)
{
    const char *kind = text_of(key, "kty"), *use = text_of(key, "use"), *own = text_of(key, "alg");
    const char *curve = text_of(key, "crv"), *identity = text_of(key, "kid");
    return kind && strcmp(kind, algorithm->kind) == 0 && (!use || strcmp(use, "sig") == 0) &&
           (!own || strcmp(own, algorithm->name) == 0) &&
           (!algorithm->curve || (curve && strcmp(curve, algorithm->curve) == 0)) &&
           (!name || (identity && strcmp(identity, name) == 0));
}

/* The one key that can be meant, NULL when there is none or more than one; released by the caller.
 */
static cjose_jwk_t *key_of(const json_t *keys, const json_t *header,
                           const struct algorithm *algorithm)
{
    const json_t *list = json_object_get(keys, "keys"), *name = json_object_get(header, "kid");
    const json_t *found = NULL;
    if (name && !json_is_string(name))
        return NULL;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *key = json_array_get(list, i);
        if (!key_fits(key, algorithm, json_string_value(name)))
            continue;
        if (found)
            return NULL;
        found = key;
    }
    char *words = found ? json_dumps(found, JSON_COMPACT) : NULL;
    cjose_jwk_t *key = words ? cjose_jwk_import(words, strlen(words), NULL) : NULL;
    free(words);
    bool is_weak = key && cjose_jwk_get_kty(key, NULL) == CJOSE_JWK_KTY_RSA &&
                   cjose_jwk_get_keysize(key, NULL) < ID_TOKEN_RSA_LEAST;
    if (is_weak) {
        cjose_jwk_release(key);
        return NULL;
    }
    return key;
}

static bool signature_holds(struct slice token, cjose_jwk_t *key)
{
    cjose_jws_t *signed_words = cjose_jws_import(token.start, token.length, NULL);
    bool holds = signed_words && cjose_jws_verify(signed_words, key, NULL);
    cjose_jws_release(signed_words);
    return holds;
}

/* The audience is us, alone or, when we are named as the party for whom it was issued, among
 * others. */
static bool is_for(const json_t *claims, const char *client)
{
    const json_t *audience = json_object_get(claims, "aud");
    const json_t *party = json_object_get(claims, "azp");
    bool is_among = json_is_string(audience) && strcmp(json_string_value(audience), client) == 0;
    for (size_t i = 0; i < json_array_size(audience); i++) {
        const char *one = json_string_value(json_array_get(audience, i));
        if (!one)
            return false;
        is_among = is_among || strcmp(one, client) == 0;
    }
    bool is_party = json_is_string(party) && strcmp(json_string_value(party), client) == 0;
    return is_among && (party ? is_party : json_array_size(audience) <= 1);
}

static bool is_of_now(const json_t *claims, int64_t now)
{
    const json_t *expires = json_object_get(claims, "exp"),
                 *issued = json_object_get(claims, "iat");
    const json_t *begins = json_object_get(claims, "nbf");
    if (!json_is_integer(expires) || !json_is_integer(issued) ||
        (begins && !json_is_integer(begins)))
        return false;
    int64_t soon = now + ID_TOKEN_CLOCKS_APART;
    return json_integer_value(expires) > now - ID_TOKEN_CLOCKS_APART &&
           json_integer_value(issued) <= soon &&
           json_integer_value(issued) > now - ID_TOKEN_OLDEST - ID_TOKEN_CLOCKS_APART &&
           json_integer_value(expires) > json_integer_value(issued) &&
           (!begins || json_integer_value(begins) <= soon);
}

/* Whether the token belongs to the access token that came with it (3.1.3.6): half of its hash. */
static bool is_with(const json_t *claims, const char *access_token)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char words[HALF_HASH_TEXT];
    const json_t *claim = json_object_get(claims, "at_hash");
    if (!claim)
        return true;
    if (!json_is_string(claim) || !access_token)
        return false;
    crypto_hash_sha256(hash, (const unsigned char *)access_token, strlen(access_token));
    sodium_bin2base64(words, sizeof words, hash, HALF_HASH,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return strcmp(words, json_string_value(claim)) == 0;
}

/* Whether the provider asked anew who it is, where that was wanted (2, auth_time). */
static bool is_asked(const json_t *claims, const struct id_token_question *question)
{
    const json_t *asked = json_object_get(claims, "auth_time");
    return question->asked_since == 0 ||
           (json_is_integer(asked) &&
            json_integer_value(asked) >= question->asked_since - ID_TOKEN_CLOCKS_APART &&
            json_integer_value(asked) <= question->now + ID_TOKEN_CLOCKS_APART);
}

static bool is_printable(const char *words)
{
    for (; *words; words++)
        if (*words <= ' ' || *words >= 0x7F)
            return false;
    return true;
}

static bool is_same(const char *claim, const char *expected)
{
    return claim && strlen(claim) == strlen(expected) &&
           sodium_memcmp(claim, expected, strlen(expected)) == 0;
}

static enum id_token_fault check_claims(const json_t *claims,
                                        const struct id_token_question *question)
{
    const char *subject = text_of(claims, "sub");
    const json_t *groups = json_object_get(claims, question->groups);
    if (!is_same(text_of(claims, "iss"), question->issuer))
        return ID_TOKEN_ISSUER;
    if (!is_for(claims, question->client))
        return ID_TOKEN_AUDIENCE;
    if (!is_of_now(claims, question->now))
        return ID_TOKEN_TIME;
    if (!is_same(text_of(claims, "nonce"), question->nonce))
        return ID_TOKEN_NONCE;
    if (!is_with(claims, question->access_token))
        return ID_TOKEN_ACCESS_TOKEN;
    if (!is_asked(claims, question))
        return ID_TOKEN_NOT_ASKED;
    bool is_whole = subject && *subject && strlen(subject) <= ID_TOKEN_SUBJECT_MOST &&
                    is_printable(subject) &&
                    (!groups ||
                     (json_is_array(groups) && json_array_size(groups) <= ID_TOKEN_GROUPS_MOST));
    return is_whole ? ID_TOKEN_GOOD : ID_TOKEN_CLAIMS;
}

static void take_claims(struct arena *arena, const json_t *claims, const char *groups_name,
                        struct id_token *out_token)
{
    const json_t *groups = json_object_get(claims, groups_name);
    struct id_token token = {
        .subject = arena_copy_text(arena, text_of(claims, "sub")),
        .email = arena_copy_text(arena, text_of(claims, "email")),
        .name = arena_copy_text(arena, text_of(claims, "name")),
        .email_is_verified = json_is_true(json_object_get(claims, "email_verified")),
    };
    for (size_t i = 0; i < json_array_size(groups); i++)
        if (json_is_string(json_array_get(groups, i)))
            list_add(arena, &token.groups,
                     arena_copy_text(arena, json_string_value(json_array_get(groups, i))));
    *out_token = token;
}

/* The signature by the header's algorithm and the provider's key. */
static enum id_token_fault check_signature(struct work *work, struct slice token,
                                           const json_t *header, const json_t *keys)
{
    const struct algorithm *algorithm = algorithm_of(header);
    if (!algorithm)
        return ID_TOKEN_HEADER;
    if (late_load(work, "cjose") != STATUS_OK)
        return ID_TOKEN_SIGNATURE;
    cjose_jwk_t *key = key_of(keys, header, algorithm);
    if (!key)
        return ID_TOKEN_KEY;
    bool holds = signature_holds(token, key);
    cjose_jwk_release(key);
    return holds ? ID_TOKEN_GOOD : ID_TOKEN_SIGNATURE;
}

enum id_token_fault id_token_read(struct work *work, struct slice token, const json_t *keys,
                                  const struct id_token_question *question,
                                  struct id_token *out_token)
{
    struct slice parts[PARTS];
    if (!split(token, parts))
        return ID_TOKEN_NOT_ONE;
    token = slice_of(slice_copy(work->arena, token));
    json_t *header = object_of(work->arena, parts[0]);
    enum id_token_fault fault = header ? check_signature(work, token, header, keys)
                                       : ID_TOKEN_HEADER;
    json_decref(header);
    if (fault != ID_TOKEN_GOOD)
        return fault;
    json_t *claims = object_of(work->arena, parts[1]);
    fault = claims ? check_claims(claims, question) : ID_TOKEN_CLAIMS;
    if (fault == ID_TOKEN_GOOD)
        take_claims(work->arena, claims, question->groups, out_token);
    json_decref(claims);
    return fault;
}
