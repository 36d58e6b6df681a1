/* Reads the input as a token of an identity provider whose one key signed none of the inputs: none
 * is ever good. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "codec/id_token.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The key of RFC 7517, appendix A.1. */
static const char key_words[] =
    "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\","
    "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
    "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\",\"use\":\"sig\",\"kid\":\"1\"}]}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = "2026-11-25T12:00:00Z", .user = "fuzz" };
    struct id_token_question question = { .issuer = "https://idp.example",
                                          .client = "dueregard",
                                          .nonce = "nonce",
                                          .now = 1800000000,
                                          .groups = "groups" };
    struct id_token token;
    json_t *keys = json_loads(key_words, 0, NULL);
    enum id_token_fault fault = id_token_read(&work, (struct slice){ (const char *)data, size },
                                              keys, &question, &token);
    assert(fault != ID_TOKEN_GOOD && fault < ID_TOKEN_FAULT_COUNT);
    json_decref(keys);
    return 0;
}
