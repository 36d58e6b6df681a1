/* Open addressing. A key is a cell's bytes with zeros behind them, 64 in all, and no cell holds a
 * zero; so two cells are the same when their keys are. A search goes a few places far and no
 * farther, so that colliding cells cost a look at the dictionary and never a walk through the
 * table. */
#include "codec/label_table.h"

#include <stdlib.h>
#include <string.h>

#if PROCESSOR_HAS_WIDE
#include <immintrin.h>
#endif

#include "base/banned.h"

#define INLINE static inline __attribute__((always_inline))

enum {
    FIRST_BITS = 6,
    MOST_BITS = 17,
    FARTHEST = 16, /* places of a search */
    WORDS = LABEL_TABLE_LONGEST / 8,
    HASHED = 4, /* words that go into the hash */
    WORD_BITS = 64
};

struct key {
    _Alignas(LABEL_TABLE_LONGEST) uint64_t words[WORDS];
};

struct label_table {
    struct key *keys;
    uint32_t *codes;   /* code + 1; 0: a free place */
    unsigned int bits; /* there are 2^bits places, and FARTHEST behind them */
    size_t count;
    enum processor_form form;
    uint64_t factors[HASHED]; /* odd, and secret */
};

static void *checked(void *memory)
{
    if (!memory)
        abort();
    return memory;
}

static size_t place_count(const struct label_table *table)
{
    return ((size_t)1 << table->bits) + FARTHEST;
}

static void take_places(struct label_table *table, unsigned int bits)
{
    table->bits = bits;
    size_t size = place_count(table) * sizeof *table->keys;
    table->keys = checked(aligned_alloc(sizeof *table->keys, size));
    memset(table->keys, 0, size);
    table->codes = checked(calloc(place_count(table), sizeof *table->codes));
}

struct label_table *label_table_new(enum processor_form form, uint64_t key)
{
    struct label_table *table = checked(calloc(1, sizeof *table));
    table->form = form;
    for (size_t i = 0; i < HASHED; i++) {
        key = (key ^ key >> 30) * UINT64_C(0xBF58476D1CE4E5B9) + UINT64_C(0x9E3779B97F4A7C15);
        table->factors[i] = key | 1;
    }
    take_places(table, FIRST_BITS);
    return table;
}

void label_table_free(struct label_table *table)
{
    if (!table)
        return;
    free(table->keys);
    free(table->codes);
    free(table);
}

/* ---- hash and search ---- */

INLINE size_t place_of(const struct label_table *table, uint64_t w0, uint64_t w1, uint64_t w2,
                       uint64_t w3)
{
    const uint64_t *factors = table->factors;
    uint64_t mixed = w0 * factors[0] + w1 * factors[1] + (w2 * factors[2] + w3 * factors[3]);
    mixed ^= mixed >> 32;
    return (size_t)(mixed * UINT64_C(0x9E3779B97F4A7C15) >> (WORD_BITS - table->bits));
}

/* The least code that does not fit; also none (a search that gave 0). */
INLINE uint32_t most_code(int width)
{
    return width == 1 ? 1U << 8 : width == 2 ? 1U << 16 : UINT32_MAX;
}

/* A word of a cell, with zeros for what is behind its end. */
INLINE uint64_t word_at(const char *cell, size_t length, size_t at)
{
    uint64_t word = 0;
    memcpy(&word, cell + at, sizeof word);
    if (length >= at + sizeof word)
        return word;
    if (length <= at)
        return 0;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return word & ~(UINT64_MAX >> 8 * (length - at));
#else
    return word & ((UINT64_C(1) << 8 * (length - at)) - 1);
#endif
}

/* Each gives the code + 1 of a cell, or 0. */
INLINE uint32_t find_plain(const struct label_table *table, const char *cell, size_t length)
{
    uint64_t words[WORDS] = { 0 };
    if (length > LABEL_TABLE_LONGEST)
        return 0;
    for (size_t i = 0; i < HASHED; i++)
        words[i] = word_at(cell, length, 8 * i);
    for (size_t i = HASHED; length > 8 * HASHED && i < WORDS; i++)
        words[i] = word_at(cell, length, 8 * i);
    size_t place = place_of(table, words[0], words[1], words[2], words[3]);
    for (size_t end = place + FARTHEST; place < end; place++) {
        const uint64_t *key = table->keys[place].words;
        uint64_t differing = 0;
        for (size_t i = 0; i < WORDS; i++)
            differing |= words[i] ^ key[i];
        if (!differing)
            return table->codes[place];
        if (!table->codes[place])
            return 0;
    }
    return 0;
}

/* The walk over the cells is the same in every form; only the search differs. */
#define WALK_CELLS(find)                                                                           \
    for (; row < cells->count; row++) {                                                            \
        struct slice cell = label_cell(cells, row);                                                \
        uint32_t code = find(table, cell.start, cell.length) - 1;                                  \
        if (code >= most)                                                                          \
            return row;                                                                            \
        if (width == 1)                                                                            \
            ((uint8_t *)out)[row] = (uint8_t)code;                                                 \
        else if (width == 2)                                                                       \
            ((uint16_t *)out)[row] = (uint16_t)code;                                               \
        else                                                                                       \
            ((uint32_t *)out)[row] = code;                                                         \
    }                                                                                              \
    return row

static size_t codes_plain(const struct label_table *table, const struct label_cells *cells,
                          size_t row, void *out, int width)
{
    uint32_t most = most_code(width);
    WALK_CELLS(find_plain);
}

#if PROCESSOR_HAS_WIDE

/* Sixty-four bytes of which the first n are ones, at bytes + 64 - n. */
static const unsigned char ones_then_zeros[2 * LABEL_TABLE_LONGEST] = {
#define EIGHT 255, 255, 255, 255, 255, 255, 255, 255
    EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT
};

PROCESSOR_USES_AVX2 INLINE size_t place_avx2(const struct label_table *table, __m256i words)
{
    __m128i low = _mm256_castsi256_si128(words), high = _mm256_extracti128_si256(words, 1);
    return place_of(table, (uint64_t)_mm_cvtsi128_si64(low), (uint64_t)_mm_extract_epi64(low, 1),
                    (uint64_t)_mm_cvtsi128_si64(high), (uint64_t)_mm_extract_epi64(high, 1));
}

PROCESSOR_USES_AVX2 INLINE uint32_t find_avx2(const struct label_table *table, const char *cell,
                                              size_t length)
{
    if (length > LABEL_TABLE_LONGEST)
        return 0;
    const unsigned char *mask = ones_then_zeros + LABEL_TABLE_LONGEST - length;
    __m256i low = _mm256_and_si256(_mm256_loadu_si256((const __m256i_u *)cell),
                                   _mm256_loadu_si256((const __m256i_u *)mask));
    __m256i high = _mm256_and_si256(_mm256_loadu_si256((const __m256i_u *)(cell + 32)),
                                    _mm256_loadu_si256((const __m256i_u *)(mask + 32)));
    size_t place = place_avx2(table, low);
    for (size_t end = place + FARTHEST; place < end; place++) {
        const __m256i *key = (const __m256i *)table->keys[place].words;
        __m256i differing = _mm256_or_si256(_mm256_xor_si256(low, key[0]),
                                            _mm256_xor_si256(high, key[1]));
        if (_mm256_testz_si256(differing, differing))
            return table->codes[place];
        if (!table->codes[place])
            return 0;
    }
    return 0;
}

PROCESSOR_USES_AVX2 static size_t codes_avx2(const struct label_table *table,
                                             const struct label_cells *cells, size_t row, void *out,
                                             int width)
{
    uint32_t most = most_code(width);
    WALK_CELLS(find_avx2);
}

PROCESSOR_USES_AVX512 INLINE uint32_t find_avx512(const struct label_table *table, const char *cell,
                                                  size_t length)
{
    if (length > LABEL_TABLE_LONGEST)
        return 0;
    __mmask64 mask = _bzhi_u64(~UINT64_C(0), (unsigned int)length);
    __m512i words = _mm512_maskz_loadu_epi8(mask, cell);
    size_t place = place_avx2(table, _mm512_castsi512_si256(words));
    for (size_t end = place + FARTHEST; place < end; place++) {
        __m512i key = _mm512_load_si512(table->keys[place].words);
        if (_mm512_cmpneq_epi64_mask(words, key) == 0)
            return table->codes[place];
        if (!table->codes[place])
            return 0;
    }
    return 0;
}

PROCESSOR_USES_AVX512 static size_t codes_avx512(const struct label_table *table,
                                                 const struct label_cells *cells, size_t row,
                                                 void *out, int width)
{
    uint32_t most = most_code(width);
    WALK_CELLS(find_avx512);
}

#endif

size_t label_table_codes(const struct label_table *table, const struct label_cells *cells,
                         size_t row, void *out, int width)
{
#if PROCESSOR_HAS_WIDE
    if (table->form == PROCESSOR_AVX512)
        return codes_avx512(table, cells, row, out, width);
    if (table->form == PROCESSOR_AVX2)
        return codes_avx2(table, cells, row, out, width);
#endif
    return codes_plain(table, cells, row, out, width);
}

/* ---- growing ---- */

static void put_key(struct label_table *table, const struct key *key, uint32_t code)
{
    const uint64_t *words = key->words;
    size_t place = place_of(table, words[0], words[1], words[2], words[3]);
    for (size_t end = place + FARTHEST; place < end; place++)
        if (!table->codes[place]) {
            table->keys[place] = *key;
            table->codes[place] = code;
            table->count++;
            return;
        }
}

static void grow(struct label_table *table)
{
    struct label_table old = *table;
    take_places(table, old.bits + 1);
    table->count = 0;
    for (size_t place = 0; place < place_count(&old); place++)
        if (old.codes[place])
            put_key(table, &old.keys[place], old.codes[place]);
    free(old.keys);
    free(old.codes);
}

void label_table_add(struct label_table *table, struct slice cell, uint32_t code)
{
    struct key key = { { 0 } };
    if (cell.length > LABEL_TABLE_LONGEST)
        return;
    if (2 * table->count >= (size_t)1 << table->bits) {
        if (table->bits == MOST_BITS)
            return;
        grow(table);
    }
    if (cell.length)
        memcpy(key.words, cell.start, cell.length);
    put_key(table, &key, code + 1);
}
