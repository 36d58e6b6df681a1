#include "service/token.h"

#include <sodium.h>

#include "base/banned.h"

struct token token_new(void)
{
    struct token token;
    unsigned char bytes[TOKEN_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(token.text, sizeof token.text, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    token_hash(token.text, token.hash);
    return token;
}

void token_hash(const char *text, char out_hash[HASH_TEXT_LENGTH + 1])
{
    hash_of(slice_of(text), out_hash);
}
