/* The instructions keep the state as two vectors, of A B E F and of C D G H, and do two of the 64
 * rounds at once; four rounds take four words of the message with their constants added. */
#include "base/hash_blocks.h"

#include <stdlib.h>

#include "base/processor.h"
#if PROCESSOR_HAS_WIDE
#include <cpuid.h>
#include <immintrin.h>
#endif
#include "base/banned.h"

#if PROCESSOR_HAS_WIDE

#define USES_SHA __attribute__((target("sha,sse4.1,ssse3")))

enum { FEATURES_LEAF = 7, SHA_BIT = 1 << 29, SSSE3_BIT = 1 << 9, SSE41_BIT = 1 << 19, QUADS = 16 };

static const uint32_t constants[QUADS * 4] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

bool hash_blocks_are_fast(void)
{
#if defined(__clang__) /* which knows no word for it, so that the processor is asked each time */
    unsigned int a = 0, b = 0, c = 0, d = 0, first = 0;
    return __get_cpuid(1, &a, &b, &first, &d) && (first & SSSE3_BIT) && (first & SSE41_BIT) &&
           __get_cpuid_count(FEATURES_LEAF, 0, &a, &b, &c, &d) && (b & SHA_BIT);
#else
    __builtin_cpu_init();
    return __builtin_cpu_supports("sha") && __builtin_cpu_supports("ssse3") &&
           __builtin_cpu_supports("sse4.1");
#endif
}

/* The next four words of the message from the sixteen before them. */
USES_SHA static __m128i next_words(const __m128i w[4], size_t quad)
{
    __m128i oldest = w[quad % 4], older = w[(quad + 1) % 4], newer = w[(quad + 2) % 4],
            newest = w[(quad + 3) % 4];
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(oldest, older),
                                _mm_alignr_epi8(newest, newer, 4));
    return _mm_sha256msg2_epu32(sum, newest);
}

USES_SHA static void take_block(__m128i *abef, __m128i *cdgh, const unsigned char *bytes)
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    __m128i w[4], first = *abef, second = *cdgh;
    for (size_t quad = 0; quad < QUADS; quad++) {
        if (quad < 4)
            w[quad] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)bytes + quad),
                                       order);
        else
            w[quad % 4] = next_words(w, quad);
        __m128i words = _mm_add_epi32(
            w[quad % 4], _mm_load_si128((const __m128i *)(const void *)constants + quad));
        second = _mm_sha256rnds2_epu32(second, first, words);
        first = _mm_sha256rnds2_epu32(first, second, _mm_shuffle_epi32(words, 0x0E));
    }
    *abef = _mm_add_epi32(*abef, first);
    *cdgh = _mm_add_epi32(*cdgh, second);
}

USES_SHA void hash_blocks(uint32_t state[8], const unsigned char *bytes, size_t count)
{
    __m128i low = _mm_loadu_si128((const __m128i *)(const void *)state);        /* D C B A */
    __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(state + 4)); /* H G F E */
    low = _mm_shuffle_epi32(low, 0xB1);
    high = _mm_shuffle_epi32(high, 0x1B);
    __m128i abef = _mm_alignr_epi8(low, high, 8);
    __m128i cdgh = _mm_blend_epi16(high, low, 0xF0);
    for (size_t i = 0; i < count; i++)
        take_block(&abef, &cdgh, bytes + i * HASH_BLOCK);
    low = _mm_shuffle_epi32(abef, 0x1B);
    high = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(low, high, 0xF0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(high, low, 8));
}

#else

bool hash_blocks_are_fast(void)
{
    return false;
}

void hash_blocks(uint32_t state[8], const unsigned char *bytes, size_t count)
{
    (void)state;
    (void)bytes;
    (void)count;
    abort(); /* hash_blocks_are_fast forbids it */
}

#endif
