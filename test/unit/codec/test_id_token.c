/* Tokens of an identity provider: good ones of each algorithm are read, and each of the many ways
 * to spoil one is refused for its own reason. */
#include "codec/id_token.h"

#include <cjose/cjose.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "support/support.h"

enum { NOW = 1800000000 };

enum signer { RSA_ONE, RSA_TWO, RSA_WEAK, EC_ONE, SIGNERS };

static struct fixture {
    struct work work;
    cjose_jwk_t *keys[SIGNERS];
    json_t *published; /* RSA_ONE, EC_ONE and RSA_WEAK */
} fixture;

static const char *const names[SIGNERS] = { "rsa-one", "rsa-two", "rsa-weak", "ec-one" };

static const struct id_token_question question = {
    .issuer = "https://idp.example",
    .client = "dueregard",
    .nonce = "n-0S6_WzA2Mj",
    .now = NOW,
    .access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y",
    .groups = "groups"
};

static json_t *public_of(enum signer signer)
{
    char *words = cjose_jwk_to_json(fixture.keys[signer], false, NULL);
    json_t *key = json_loads(words, 0, NULL);
    free(words);
    return key;
}

static int start(void **state)
{
    static const uint8_t exponent[] = { 1, 0, 1 };
    (void)state;
    fixture.work = support_work();
    fixture.keys[RSA_ONE] = cjose_jwk_create_RSA_random(2048, exponent, 3, NULL);
    fixture.keys[RSA_TWO] = cjose_jwk_create_RSA_random(2048, exponent, 3, NULL);
    fixture.keys[RSA_WEAK] = cjose_jwk_create_RSA_random(1024, exponent, 3, NULL);
    fixture.keys[EC_ONE] = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, NULL);
    for (int i = 0; i < SIGNERS; i++) {
        assert_non_null(fixture.keys[i]);
        assert_true(cjose_jwk_set_kid(fixture.keys[i], names[i], strlen(names[i]), NULL));
    }
    fixture.published = json_pack("{s:[o,o,o]}", "keys", public_of(RSA_ONE), public_of(EC_ONE),
                                  public_of(RSA_WEAK));
    return 0;
}

static int stop(void **state)
{
    (void)state;
    for (int i = 0; i < SIGNERS; i++)
        cjose_jwk_release(fixture.keys[i]);
    json_decref(fixture.published);
    support_work_end(&fixture.work);
    return 0;
}

/* The claims of a good token, with some replaced; null takes one away. */
static const char *claims_with(const char *patch)
{
    json_error_t error;
    json_t *claims = json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:b, s:s, s:[s,s]}", "iss",
                               question.issuer, "sub", "248289761001", "aud", question.client,
                               "exp", NOW + 300, "iat", NOW - 5, "nonce", question.nonce, "email",
                               "jo@example.invalid", "email_verified", 1, "name", "Jo Made-Up",
                               "groups", "staff", "equality");
    json_t *changes = patch ? json_loads(patch, 0, &error) : json_object();
    if (!changes)
        fail_msg("%s: %s", patch, error.text);
    const char *name;
    json_t *value;
    json_object_foreach(changes, name, value)
    {
        if (json_is_null(value))
            json_object_del(claims, name);
        else
            json_object_set(claims, name, value);
    }
    char *words = json_dumps(claims, JSON_COMPACT);
    const char *copy = arena_copy_text(fixture.work.arena, words);
    free(words);
    json_decref(claims);
    json_decref(changes);
    return copy;
}

/* A token over any bytes, signed with the key; a further member of the header as name and value.
 */
static const char *token_of(const char *claims, enum signer signer, const char *algorithm,
                            const char *identity, const char *const extra[2])
{
    cjose_err error;
    const char *words = NULL;
    cjose_header_t *header = cjose_header_new(NULL);
    assert_true(cjose_header_set(header, CJOSE_HDR_ALG, algorithm, NULL));
    if (identity)
        assert_true(cjose_header_set(header, CJOSE_HDR_KID, identity, NULL));
    /* The library takes arrays and objects as JSON, and the rest as text. */
    if (extra && strchr("[{", extra[1][0]))
        assert_true(cjose_header_set_raw(header, extra[0], extra[1], NULL));
    else if (extra)
        assert_true(cjose_header_set(header, extra[0], extra[1], NULL));
    cjose_jws_t *made = cjose_jws_sign(fixture.keys[signer], header, (const uint8_t *)claims,
                                       strlen(claims), &error);
    if (!made)
        fail_msg("%s: %s", algorithm, error.message);
    assert_true(cjose_jws_export(made, &words, NULL));
    const char *copy = arena_copy_text(fixture.work.arena, words);
    cjose_jws_release(made);
    cjose_header_release(header);
    return copy;
}

static const char *good_token(void)
{
    return token_of(claims_with(NULL), RSA_ONE, "RS256", "rsa-one", NULL);
}

static enum id_token_fault read_by(const char *token, const json_t *keys)
{
    struct id_token read = { .subject = "untouched" };
    enum id_token_fault fault = id_token_read(&fixture.work, slice_of(token), keys, &question,
                                              &read);
    assert_true(fault == ID_TOKEN_GOOD || strcmp(read.subject, "untouched") == 0);
    assert_non_null(id_token_faults[fault]);
    return fault;
}

static void expect(const char *name, const char *token, enum id_token_fault expected)
{
    enum id_token_fault fault = read_by(token, fixture.published);
    if (fault != expected)
        fail_msg("%s: %s", name, id_token_faults[fault]);
}

static void good_tokens_are_read(void **state)
{
    struct id_token token;
    (void)state;
    assert_int_equal(
        id_token_read(&fixture.work, slice_of(good_token()), fixture.published, &question, &token),
        ID_TOKEN_GOOD);
    assert_string_equal(token.subject, "248289761001");
    assert_string_equal(token.email, "jo@example.invalid");
    assert_string_equal(token.name, "Jo Made-Up");
    assert_true(token.email_is_verified);
    assert_int_equal(token.groups.count, 2);
    assert_string_equal(token.groups.items[1], "equality");
    expect("PS256", token_of(claims_with(NULL), RSA_ONE, "PS256", "rsa-one", NULL), ID_TOKEN_GOOD);
    expect("ES256", token_of(claims_with(NULL), EC_ONE, "ES256", "ec-one", NULL), ID_TOKEN_GOOD);
    expect("ES256 without a name for its key",
           token_of(claims_with(NULL), EC_ONE, "ES256", NULL, NULL), ID_TOKEN_GOOD);
    static const char *const patches[] = {
        "{\"aud\": [\"dueregard\"]}",
        "{\"aud\": [\"dueregard\", \"other\"], \"azp\": \"dueregard\"}",
        "{\"azp\": \"dueregard\"}",
        "{\"exp\": 1799999950, \"iat\": 1799999900}", /* within what clocks may be apart */
        "{\"iat\": 1800000050}",
        "{\"iat\": 1799999400}",
        "{\"nbf\": 1800000000}",
        "{\"groups\": null, \"email\": null, \"name\": null, \"email_verified\": null}",
        "{\"groups\": [\"staff\", 7]}",
        "{\"at_hash\": \"77QmUPtjPfzWtF2AnpK9RQ\"}", /* OpenID Connect Core, appendix A.3 */
    };
    for (size_t i = 0; i < sizeof patches / sizeof *patches; i++)
        expect(patches[i], token_of(claims_with(patches[i]), RSA_ONE, "RS256", "rsa-one", NULL),
               ID_TOKEN_GOOD);
}

/* Claims that are signed as they should be, and say what they should not. */
static void wrong_claims_are_refused(void **state)
{
    static const struct {
        const char *patch;
        enum id_token_fault fault;
    } cases[] = {
        { "{\"iss\": null}", ID_TOKEN_ISSUER },
        { "{\"iss\": \"https://idp.example/\"}", ID_TOKEN_ISSUER },
        { "{\"iss\": \"http://idp.example\"}", ID_TOKEN_ISSUER },
        { "{\"iss\": \"https://idp.example.evil.example\"}", ID_TOKEN_ISSUER },
        { "{\"iss\": \"HTTPS://IDP.EXAMPLE\"}", ID_TOKEN_ISSUER },
        { "{\"iss\": [\"https://idp.example\"]}", ID_TOKEN_ISSUER },
        { "{\"iss\": 7}", ID_TOKEN_ISSUER },
        { "{\"aud\": null}", ID_TOKEN_AUDIENCE },
        { "{\"aud\": \"other\"}", ID_TOKEN_AUDIENCE },
        { "{\"aud\": \"\"}", ID_TOKEN_AUDIENCE },
        { "{\"aud\": []}", ID_TOKEN_AUDIENCE },
        { "{\"aud\": [\"other\"]}", ID_TOKEN_AUDIENCE },
        { "{\"aud\": [\"dueregard\", \"other\"]}", ID_TOKEN_AUDIENCE },
        { "{\"aud\": [\"dueregard\", \"other\"], \"azp\": \"other\"}", ID_TOKEN_AUDIENCE },
        { "{\"aud\": [\"dueregard\", 7]}", ID_TOKEN_AUDIENCE },
        { "{\"aud\": {\"dueregard\": true}}", ID_TOKEN_AUDIENCE },
        { "{\"azp\": \"other\"}", ID_TOKEN_AUDIENCE },
        { "{\"azp\": 7}", ID_TOKEN_AUDIENCE },
        { "{\"exp\": null}", ID_TOKEN_TIME },
        { "{\"exp\": 1799999940}", ID_TOKEN_TIME },
        { "{\"exp\": 1700000000}", ID_TOKEN_TIME },
        { "{\"exp\": \"1800000300\"}", ID_TOKEN_TIME },
        { "{\"exp\": 1800000300.5}", ID_TOKEN_TIME },
        { "{\"exp\": -1}", ID_TOKEN_TIME },
        { "{\"iat\": null}", ID_TOKEN_TIME },
        { "{\"iat\": 1800000061}", ID_TOKEN_TIME },
        { "{\"iat\": 1799999340}", ID_TOKEN_TIME },
        { "{\"iat\": \"now\"}", ID_TOKEN_TIME },
        { "{\"exp\": 1799999990, \"iat\": 1799999995}", ID_TOKEN_TIME },
        { "{\"nbf\": 1800000061}", ID_TOKEN_TIME },
        { "{\"nbf\": \"soon\"}", ID_TOKEN_TIME },
        { "{\"nonce\": null}", ID_TOKEN_NONCE },
        { "{\"nonce\": \"\"}", ID_TOKEN_NONCE },
        { "{\"nonce\": \"n-0S6_WzA2Mk\"}", ID_TOKEN_NONCE },
        { "{\"nonce\": \"n-0S6_WzA2Mj \"}", ID_TOKEN_NONCE },
        { "{\"nonce\": [\"n-0S6_WzA2Mj\"]}", ID_TOKEN_NONCE },
        { "{\"at_hash\": \"77QmUPtjPfzWtF2AnpK9RR\"}", ID_TOKEN_ACCESS_TOKEN },
        { "{\"at_hash\": 7}", ID_TOKEN_ACCESS_TOKEN },
        { "{\"sub\": null}", ID_TOKEN_CLAIMS },
        { "{\"sub\": \"\"}", ID_TOKEN_CLAIMS },
        { "{\"sub\": 248289761001}", ID_TOKEN_CLAIMS },
        { "{\"sub\": \"a b\"}", ID_TOKEN_CLAIMS },
        { "{\"sub\": \"a\\nb\"}", ID_TOKEN_CLAIMS },
        { "{\"groups\": \"staff\"}", ID_TOKEN_CLAIMS },
        { "{\"groups\": {\"staff\": true}}", ID_TOKEN_CLAIMS },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(cases[i].patch,
               token_of(claims_with(cases[i].patch), RSA_ONE, "RS256", "rsa-one", NULL),
               cases[i].fault);
    char subject[ID_TOKEN_SUBJECT_MOST + 2] = "";
    memset(subject, 'a', sizeof subject - 1);
    const char *patch = arena_format(fixture.work.arena, "{\"sub\": \"%s\"}", subject);
    expect("a long subject", token_of(claims_with(patch), RSA_ONE, "RS256", "rsa-one", NULL),
           ID_TOKEN_CLAIMS);
}

/* Where the provider must have asked anew, it says when it did, and that was not long ago. */
static void a_proof_wants_a_recent_question(void **state)
{
    static const struct {
        const char *patch;
        enum id_token_fault fault;
    } cases[] = {
        { "{\"auth_time\": 1799999990}", ID_TOKEN_GOOD },
        { "{\"auth_time\": 1799999880}", ID_TOKEN_GOOD }, /* the clocks may differ by a minute */
        { "{\"auth_time\": 1799999879}", ID_TOKEN_NOT_ASKED },
        { "{\"auth_time\": 1800000061}", ID_TOKEN_NOT_ASKED },
        { "{\"auth_time\": \"1799999990\"}", ID_TOKEN_NOT_ASKED },
        { "{}", ID_TOKEN_NOT_ASKED },
    };
    (void)state;
    struct id_token_question proof = question;
    proof.asked_since = NOW - 60;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct id_token token;
        const char *words = token_of(claims_with(cases[i].patch), RSA_ONE, "RS256", "rsa-one",
                                     NULL);
        assert_int_equal(
            id_token_read(&fixture.work, slice_of(words), fixture.published, &proof, &token),
            cases[i].fault);
    }
}

/* Payloads that are signed, and are no claims. */
static void what_is_no_object_is_refused(void **state)
{
    static const char *const payloads[] = {
        "[]",    "7",
        "\"x\"", "null",
        "{",     "{}x",
        "",      "{\"iss\": \"https://evil.example\", \"iss\": \"https://idp.example\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof payloads / sizeof *payloads; i++) {
        enum id_token_fault fault = *payloads[i] ? ID_TOKEN_CLAIMS : ID_TOKEN_NOT_ONE;
        expect(payloads[i], token_of(payloads[i], RSA_ONE, "RS256", "rsa-one", NULL), fault);
    }
}

static void wrong_headers_are_refused(void **state)
{
    static const char *const extras[][2] = {
        { "crit", "[\"exp\"]" },
        { "crit", "[]" },
        { "jku", "https://evil.example/keys" },
        { "jwk", "{\"kty\": \"RSA\"}" },
        { "x5u", "https://evil.example/cert" },
        { "x5c", "[\"MIIB\"]" },
        { "zip", "DEF" },
        { "b64", "x" },
        { "typ", "at+jwt" },
        { "typ", "logout+jwt" },
        { "typ", "[\"JWT\"]" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++)
        expect(arena_format(fixture.work.arena, "%s %s", extras[i][0], extras[i][1]),
               token_of(claims_with(NULL), RSA_ONE, "RS256", "rsa-one", extras[i]),
               ID_TOKEN_HEADER);
    static const char *const algorithms[] = { "RS384", "RS512" };
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        expect(algorithms[i], token_of(claims_with(NULL), RSA_ONE, algorithms[i], "rsa-one", NULL),
               ID_TOKEN_HEADER);
}

static void wrong_keys_are_refused(void **state)
{
    (void)state;
    expect("a key of nobody's", token_of(claims_with(NULL), RSA_TWO, "RS256", "rsa-two", NULL),
           ID_TOKEN_KEY);
    expect("a key under another's name",
           token_of(claims_with(NULL), RSA_TWO, "RS256", "rsa-one", NULL), ID_TOKEN_SIGNATURE);
    expect("a key of another kind", token_of(claims_with(NULL), RSA_ONE, "RS256", "ec-one", NULL),
           ID_TOKEN_KEY);
    expect("a weak key", token_of(claims_with(NULL), RSA_WEAK, "RS256", "rsa-weak", NULL),
           ID_TOKEN_KEY);
    expect("no name where several keys can be meant",
           token_of(claims_with(NULL), RSA_ONE, "RS256", NULL, NULL), ID_TOKEN_KEY);
    const char *token = good_token();
    json_t *key = public_of(RSA_ONE);
    json_object_set_new(key, "use", json_string("enc"));
    json_t *keys = json_pack("{s:[O]}", "keys", key);
    assert_int_equal(read_by(token, keys), ID_TOKEN_KEY);
    json_object_set_new(key, "use", json_string("sig"));
    assert_int_equal(read_by(token, keys), ID_TOKEN_GOOD);
    json_object_set_new(key, "alg", json_string("PS256"));
    assert_int_equal(read_by(token, keys), ID_TOKEN_KEY);
    json_object_del(key, "alg");
    json_array_append(json_object_get(keys, "keys"), key);
    assert_int_equal(read_by(token, keys), ID_TOKEN_KEY); /* the same name twice */
    json_decref(keys);
    json_decref(key);
    json_t *none[] = { json_object(), json_pack("{s:[]}", "keys"), json_pack("{s:s}", "keys", "x"),
                       json_pack("{s:[s,i]}", "keys", "x", 7) };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_int_equal(read_by(token, none[i]), ID_TOKEN_KEY);
        json_decref(none[i]);
    }
}

static const char *base64_of(const char *words)
{
    size_t room = sodium_base64_ENCODED_LEN(strlen(words),
                                            sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *encoded = arena_take(fixture.work.arena, room);
    return sodium_bin2base64(encoded, room, (const unsigned char *)words, strlen(words),
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* The parts of a token; the third with what follows it. */
static void part_token(const char *token, const char *out_parts[3])
{
    for (int i = 0; i < 3; i++) {
        size_t length = i < 2 ? strcspn(token, ".") : strlen(token);
        out_parts[i] = arena_copy(fixture.work.arena, token, length);
        token += length + 1;
    }
}

static void forged_tokens_are_refused(void **state)
{
    struct arena *arena = fixture.work.arena;
    const char *parts[3], *other[3];
    (void)state;
    part_token(good_token(), parts);
    part_token(token_of(claims_with("{\"sub\": \"1\"}"), RSA_ONE, "RS256", "rsa-one", NULL), other);
    const char *claims = base64_of(claims_with("{\"sub\": \"somebody else\"}"));
    expect("other claims", arena_format(arena, "%s.%s.%s", parts[0], claims, parts[2]),
           ID_TOKEN_SIGNATURE);
    expect("another's signature", arena_format(arena, "%s.%s.%s", parts[0], parts[1], other[2]),
           ID_TOKEN_SIGNATURE);
    expect("a signature of one bit", arena_format(arena, "%s.%s.AA", parts[0], parts[1]),
           ID_TOKEN_SIGNATURE);
    static const char *const unsigned_headers[] = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"None\"}",
        "{\"alg\":\"nOnE\"}",
        "{\"alg\":\"\"}",
        "{}",
        "{\"alg\":7}",
        "{\"alg\":[\"RS256\"]}",
        "{\"alg\":\"rs256\"}",
        "{\"alg\":\"HS256\"}",
        "{\"alg\":\"RS256\",\"alg\":\"none\"}",
        "[]",
        "{\"alg\":\"ES256K\"}",
        "{\"alg\":\"EdDSA\"}",
        "{\"alg\":\"A128KW\"}",
    };
    for (size_t i = 0; i < sizeof unsigned_headers / sizeof *unsigned_headers; i++) {
        const char *header = base64_of(unsigned_headers[i]);
        expect(unsigned_headers[i], arena_format(arena, "%s.%s.%s", header, parts[1], parts[2]),
               ID_TOKEN_HEADER);
        expect(unsigned_headers[i], arena_format(arena, "%s.%s.", header, parts[1]),
               ID_TOKEN_NOT_ONE);
    }
}

/* The public key, which everybody has, taken for a shared secret. */
static void a_public_key_is_no_secret(void **state)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state hmac;
    char encoded[64];
    (void)state;
    char *key = cjose_jwk_to_json(fixture.keys[RSA_ONE], false, NULL);
    const char *words = arena_format(fixture.work.arena, "%s.%s",
                                     base64_of("{\"alg\":\"HS256\",\"kid\":\"rsa-one\"}"),
                                     base64_of(claims_with(NULL)));
    crypto_auth_hmacsha256_init(&hmac, (const unsigned char *)key, strlen(key));
    crypto_auth_hmacsha256_update(&hmac, (const unsigned char *)words, strlen(words));
    crypto_auth_hmacsha256_final(&hmac, mac);
    sodium_bin2base64(encoded, sizeof encoded, mac, sizeof mac,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    expect("HS256 with the public key", arena_format(fixture.work.arena, "%s.%s", words, encoded),
           ID_TOKEN_HEADER);
    free(key);
}

static void what_is_no_token_is_refused(void **state)
{
    struct arena *arena = fixture.work.arena;
    const char *good = good_token();
    char *large = arena_take(arena, ID_TOKEN_MOST + 2);
    (void)state;
    memset(large, 'a', ID_TOKEN_MOST + 1);
    const char *const wrong[] = { "",
                                  ".",
                                  "..",
                                  "a.b",
                                  "a.b.c.d",
                                  large,
                                  arena_format(arena, "%s.x", good),
                                  arena_format(arena, ".%s", good),
                                  arena_format(arena, " %s", good),
                                  arena_format(arena, "%s=", good),
                                  arena_format(arena, "%s\n", good),
                                  arena_format(arena, "%s+", good),
                                  arena_format(arena, "Bearer %s", good) };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        expect(wrong[i], wrong[i], ID_TOKEN_NOT_ONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_tokens_are_read),
        cmocka_unit_test(wrong_claims_are_refused),
        cmocka_unit_test(a_proof_wants_a_recent_question),
        cmocka_unit_test(what_is_no_object_is_refused),
        cmocka_unit_test(wrong_headers_are_refused),
        cmocka_unit_test(wrong_keys_are_refused),
        cmocka_unit_test(forged_tokens_are_refused),
        cmocka_unit_test(a_public_key_is_no_secret),
        cmocka_unit_test(what_is_no_token_is_refused),
    };
    return cmocka_run_group_tests_name("codec/id_token", tests, start, stop);
}
