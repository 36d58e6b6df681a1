/* Sixty-four bytes at a time become bit masks, one bit a byte; quotation is a running exclusive or
 * over the mask of quotation marks; what is left of the separators' mask becomes places. */
#include "codec/separators.h"

#include <string.h>

#if PROCESSOR_HAS_WIDE
#include <immintrin.h>
#endif

#include "base/banned.h"

#define INLINE static inline __attribute__((always_inline))

struct masks {
    uint64_t quotes, delimiters, feeds, returns, zeros, high;
};

/* What goes on from block to block. */
struct carry {
    uint64_t inside;    /* all ones within quotation marks */
    uint64_t separator; /* 1 when the byte before was a separator, or there was none */
    uint64_t closing;   /* 1 when it closed a quotation (or the first of two marks) */
    uint64_t alone;     /* 1 when it was a carriage return outside quotation marks */
};

static const struct carry at_start = { 0, 1, 0, 0 };

/* Each bit is the exclusive or of those below it and itself. */
INLINE uint64_t running_xor(uint64_t bits)
{
    for (unsigned int shift = 1; shift < SEPARATORS_BLOCK; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

/* From the masks of a block to that of its separators; notes what is irregular. `inside` is the
 * running exclusive or of the quotation marks, without the carry. */
INLINE uint64_t separate(const struct masks *masks, uint64_t inside, struct carry *carry,
                         struct separators *separators, size_t place)
{
    inside ^= carry->inside;
    uint64_t outside = ~inside;
    uint64_t feeds = masks->feeds & outside;
    uint64_t found = (masks->delimiters & outside) | feeds;
    uint64_t opening = masks->quotes & inside, closing = masks->quotes & outside;
    uint64_t alone = masks->returns & outside;
    uint64_t after_separator = found << 1 | carry->separator;
    uint64_t after_closing = closing << 1 | carry->closing;
    uint64_t after_alone = alone << 1 | carry->alone;
    uint64_t ends = found | alone | masks->quotes;
    uint64_t irregular = (opening & ~(after_separator | after_closing)) | (after_closing & ~ends) |
                         (after_alone & ~feeds) | masks->zeros;
    if (irregular && separators->irregular == SIZE_MAX)
        separators->irregular = place + (size_t)__builtin_ctzll(irregular);
    separators->has_high |= masks->high != 0;
    separators->has_breaks |= ((masks->feeds | masks->returns) & inside) != 0;
    separators->line_ends += (size_t)__builtin_popcountll(feeds);
    carry->inside = inside >> 63 ? UINT64_MAX : 0;
    carry->separator = found >> 63;
    carry->closing = closing >> 63;
    carry->alone = alone >> 63;
    return found;
}

/* The places of set bits, eight at a time: what is written too much is written over. */
INLINE void put_places(struct separators *separators, uint64_t found, size_t place)
{
    uint32_t *to = separators->places + separators->count;
    unsigned int count = (unsigned int)__builtin_popcountll(found);
    for (unsigned int at = 0; at < count; at += 8)
        for (unsigned int i = 0; i < 8; i++) {
            to[at + i] = (uint32_t)place + (found ? (uint32_t)__builtin_ctzll(found) : 0);
            found &= found - 1;
        }
    separators->count += count;
}

/* ---- plain ---- */

static const uint64_t ones = UINT64_C(0x0101010101010101), sevens = UINT64_C(0x7F7F7F7F7F7F7F7F);

/* The highest bits of eight bytes, side by side. */
INLINE uint64_t gather(uint64_t tops)
{
    return (tops >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* One bit for each of eight bytes that is equal to that of the pattern. */
INLINE uint64_t equal_bytes(uint64_t word, uint64_t pattern)
{
    uint64_t differing = word ^ pattern;
    return gather(~(((differing & sevens) + sevens) | differing | sevens));
}

INLINE struct masks masks_plain(const char *bytes, char delimiter)
{
    struct masks masks = { 0 };
    for (unsigned int shift = 0; shift < SEPARATORS_BLOCK; shift += 8) {
        uint64_t word = 0;
        memcpy(&word, bytes + shift, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        word = __builtin_bswap64(word);
#endif
        masks.quotes |= equal_bytes(word, '"' * ones) << shift;
        masks.delimiters |= equal_bytes(word, (unsigned char)delimiter * ones) << shift;
        masks.feeds |= equal_bytes(word, '\n' * ones) << shift;
        masks.returns |= equal_bytes(word, '\r' * ones) << shift;
        masks.zeros |= equal_bytes(word, 0) << shift;
        masks.high |= gather(word & ~sevens) << shift;
    }
    return masks;
}

static void find_plain(const char *bytes, size_t length, char delimiter,
                       struct separators *separators)
{
    struct carry carry = at_start;
    for (size_t place = 0; place < length; place += SEPARATORS_BLOCK) {
        struct masks masks = masks_plain(bytes + place, delimiter);
        uint64_t found = separate(&masks, running_xor(masks.quotes), &carry, separators, place);
        put_places(separators, found, place);
    }
}

/* ---- wide ---- */

#if PROCESSOR_HAS_WIDE

/* The running exclusive or is a carry-less product with all ones. */
#define RUNNING_XOR(bits)                                                                          \
    ((uint64_t)_mm_cvtsi128_si64(                                                                  \
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)(bits)), _mm_set1_epi8(-1), 0)))

#define EQUAL_AVX2(byte)                                                                           \
    ((uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, _mm256_set1_epi8(byte))) |    \
     (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, _mm256_set1_epi8(byte)))     \
         << 32)

PROCESSOR_USES_AVX2 static void find_avx2(const char *bytes, size_t length, char delimiter,
                                          struct separators *separators)
{
    struct carry carry = at_start;
    for (size_t place = 0; place < length; place += SEPARATORS_BLOCK) {
        __m256i low = _mm256_loadu_si256((const __m256i_u *)(bytes + place));
        __m256i high = _mm256_loadu_si256((const __m256i_u *)(bytes + place + 32));
        struct masks masks = { .quotes = EQUAL_AVX2('"'),
                               .delimiters = EQUAL_AVX2(delimiter),
                               .feeds = EQUAL_AVX2('\n'),
                               .returns = EQUAL_AVX2('\r'),
                               .zeros = EQUAL_AVX2(0),
                               .high = (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
                                       (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 };
        uint64_t found = separate(&masks, RUNNING_XOR(masks.quotes), &carry, separators, place);
        put_places(separators, found, place);
    }
}

/* The places of set bits by compressing the numbers 0 to 63: no loop over bits, and no branch that
 * depends on them while there are sixteen or fewer. */
#define PUT_SIXTEEN(part)                                                                          \
    _mm512_storeu_si512(                                                                           \
        to + 16 * (part),                                                                          \
        _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, part))))

PROCESSOR_USES_AVX512 static void find_avx512(const char *bytes, size_t length, char delimiter,
                                              struct separators *separators)
{
    struct carry carry = at_start;
    unsigned char numbers[SEPARATORS_BLOCK];
    for (unsigned int i = 0; i < SEPARATORS_BLOCK; i++)
        numbers[i] = (unsigned char)i;
    __m512i all = _mm512_loadu_si512(numbers);
    for (size_t place = 0; place < length; place += SEPARATORS_BLOCK) {
        __m512i block = _mm512_loadu_si512(bytes + place);
        struct masks masks = {
            .quotes = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('"')),
            .delimiters = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8(delimiter)),
            .feeds = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('\n')),
            .returns = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('\r')),
            .zeros = _mm512_testn_epi8_mask(block, block),
            .high = _mm512_movepi8_mask(block),
        };
        uint64_t found = separate(&masks, RUNNING_XOR(masks.quotes), &carry, separators, place);
        uint32_t *to = separators->places + separators->count;
        unsigned int count = (unsigned int)__builtin_popcountll(found);
        __m512i packed = _mm512_maskz_compress_epi8(found, all);
        __m512i base = _mm512_set1_epi32((int)place);
        PUT_SIXTEEN(0);
        if (count > 16)
            PUT_SIXTEEN(1);
        if (count > 32) {
            PUT_SIXTEEN(2);
            PUT_SIXTEEN(3);
        }
        separators->count += count;
    }
}

#endif

void separators_find(enum processor_form form, char *bytes, size_t length, char delimiter,
                     struct separators *separators)
{
    *separators = (struct separators){ .places = separators->places, .irregular = SIZE_MAX };
    memset(bytes + length, ' ', SEPARATORS_BLOCK);
#if PROCESSOR_HAS_WIDE
    if (form == PROCESSOR_AVX512) {
        find_avx512(bytes, length, delimiter, separators);
        return;
    }
    if (form == PROCESSOR_AVX2) {
        find_avx2(bytes, length, delimiter, separators);
        return;
    }
#endif
    (void)form;
    find_plain(bytes, length, delimiter, separators);
}
