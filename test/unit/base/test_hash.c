/* SHA-256 against libsodium's own, in every way that bytes can come. */
#include <sodium.h>
#include <string.h>

#include "base/hash.h"
#include "base/hash_blocks.h"
#include "support/support.h"

enum { MOST = 5000 };

static const char *plain(const unsigned char *bytes, size_t length, char out[HASH_TEXT_LENGTH + 1])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, bytes, length);
    return sodium_bin2hex(out, HASH_TEXT_LENGTH + 1, digest, sizeof digest);
}

static void the_published_vectors(void **state)
{
    (void)state;
    char found[HASH_TEXT_LENGTH + 1];
    hash_of(SLICE("abc"), found); /* FIPS 180-4, example */
    assert_string_equal(found, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hash_of(SLICE(""), found);
    assert_string_equal(found, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void every_length_and_every_cut(void **state)
{
    (void)state;
    unsigned char bytes[MOST];
    const unsigned char seed[randombytes_SEEDBYTES] = { 7 };
    randombytes_buf_deterministic(bytes, sizeof bytes, seed);
    for (size_t length = 0; length <= MOST; length += length < 300 ? 1 : 137)
        for (size_t cut = 0; cut <= length; cut += 1 + length / 7) {
            char found[HASH_TEXT_LENGTH + 1], wanted[HASH_TEXT_LENGTH + 1];
            struct hash hash = hash_new();
            hash_add(&hash, (struct slice){ (const char *)bytes, cut });
            hash_add(&hash, (struct slice){ (const char *)bytes + cut, length - cut });
            hash_end(&hash, found);
            assert_string_equal(found, plain(bytes, length, wanted));
        }
}

static void blocks_are_those_of_libsodium(void **state)
{
    (void)state;
    if (!hash_blocks_are_fast())
        skip();
    crypto_hash_sha256_state wanted;
    unsigned char bytes[HASH_BLOCK * 9];
    memset(bytes, 0x5A, sizeof bytes);
    crypto_hash_sha256_init(&wanted);
    struct hash hash = hash_new();
    crypto_hash_sha256_update(&wanted, bytes, sizeof bytes);
    hash_blocks(hash.state.state, bytes, 9);
    assert_memory_equal(hash.state.state, wanted.state, sizeof wanted.state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_vectors),
        cmocka_unit_test(every_length_and_every_cut),
        cmocka_unit_test(blocks_are_those_of_libsodium),
    };
    return cmocka_run_group_tests_name("base/hash", tests, NULL, NULL);
}
