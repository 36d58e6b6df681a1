#include "stats/cube_kernels.h"

#include <assert.h>
#include <string.h>

#if PROCESSOR_HAS_WIDE
#include <immintrin.h>
#endif

#include "base/banned.h"

/* ---- cells ---- */

static void extend_plain(uint16_t *cells, const uint8_t *codes, size_t count, uint16_t times)
{
    for (size_t i = 0; i < count; i++)
        cells[i] = (uint16_t)(cells[i] * times + codes[i]);
}

#if PROCESSOR_HAS_WIDE

PROCESSOR_USES_AVX2 static void extend_avx2(uint16_t *cells, const uint8_t *codes, size_t count,
                                            uint16_t times)
{
    size_t i = 0;
    __m256i factor = _mm256_set1_epi16((short)times);
    for (; i + 16 <= count; i += 16) {
        __m256i *at = (__m256i *)(cells + i);
        __m256i code = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i_u *)(codes + i)));
        _mm256_storeu_si256(
            at, _mm256_add_epi16(_mm256_mullo_epi16(_mm256_loadu_si256(at), factor), code));
    }
    extend_plain(cells + i, codes + i, count - i, times);
}

/* All the vectors at once, so that the cells are written but once. */
PROCESSOR_USES_AVX512 static size_t cells_avx512(const uint8_t *const *codes, const uint16_t *times,
                                                 size_t vector_count, size_t count,
                                                 uint16_t *out_cells)
{
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        __m512i cell = _mm512_cvtepu8_epi16(_mm256_loadu_si256((const __m256i_u *)(codes[0] + i)));
        for (size_t k = 1; k < vector_count; k++) {
            __m512i code = _mm512_cvtepu8_epi16(
                _mm256_loadu_si256((const __m256i_u *)(codes[k] + i)));
            cell = _mm512_add_epi16(_mm512_mullo_epi16(cell, _mm512_set1_epi16((short)times[k])),
                                    code);
        }
        _mm512_storeu_si512(out_cells + i, cell);
    }
    return i;
}

#endif

void cube_small_cells(const struct cube_engine *engine, const struct cube_joint *joint, int64_t row,
                      size_t count, uint16_t *out_cells)
{
    const uint8_t *codes[CUBE_MOST_VARIABLES] = { NULL };
    uint16_t times[CUBE_MOST_VARIABLES] = { 0 };
    size_t done = 0;
    assert(joint->vector_count > 0);
    for (size_t k = 0; k < joint->vector_count; k++) {
        const struct cube_vector *vector = &engine->vectors[joint->vectors[k]];
        codes[k] = (const uint8_t *)vector->codes + row;
        times[k] = (uint16_t)vector->count;
    }
#if PROCESSOR_HAS_WIDE
    if (engine->form == PROCESSOR_AVX512)
        done = cells_avx512(codes, times, joint->vector_count, count, out_cells);
#endif
    memset(out_cells + done, 0, (count - done) * sizeof *out_cells);
    for (size_t k = 0; k < joint->vector_count; k++)
#if PROCESSOR_HAS_WIDE
        if (engine->form == PROCESSOR_AVX2)
            extend_avx2(out_cells, codes[k], count, times[k]);
        else
#endif
            extend_plain(out_cells + done, codes[k] + done, count - done, times[k]);
}

void cube_large_cells(const struct cube_engine *engine, const struct cube_joint *joint, int64_t row,
                      size_t count, uint32_t *out_cells)
{
    memset(out_cells, 0, count * sizeof *out_cells);
    for (size_t k = 0; k < joint->vector_count; k++) {
        const struct cube_vector *vector = &engine->vectors[joint->vectors[k]];
        uint32_t times = (uint32_t)vector->count;
        const uint8_t *bytes = (const uint8_t *)vector->codes + row;
        const uint16_t *pairs = (const uint16_t *)vector->codes + row;
        if (vector->width == 1)
            for (size_t i = 0; i < count; i++)
                out_cells[i] = out_cells[i] * times + bytes[i];
        else if (vector->width == 2)
            for (size_t i = 0; i < count; i++)
                out_cells[i] = out_cells[i] * times + pairs[i];
        else
            for (size_t i = 0; i < count; i++)
                out_cells[i] = out_cells[i] * times + cube_code(vector, row + (int64_t)i);
    }
}

void cube_add_cells(const uint16_t *cells, size_t count, size_t cell_count, uint32_t *ways)
{
    uint32_t *first = ways, *second = ways + cell_count, *third = second + cell_count,
             *fourth = third + cell_count;
    size_t i = 0;
    for (; i + CUBE_WAYS <= count; i += CUBE_WAYS) {
        first[cells[i]]++;
        second[cells[i + 1]]++;
        third[cells[i + 2]]++;
        fourth[cells[i + 3]]++;
    }
    for (; i < count; i++)
        first[cells[i]]++;
}

/* ---- codes of a run ---- */

static void add_codes_plain(const uint8_t *codes, size_t count, uint32_t *counts)
{
    uint32_t ways[CUBE_WAYS][CUBE_COMPARED] = { { 0 } };
    size_t i = 0;
    for (; i + CUBE_WAYS <= count; i += CUBE_WAYS)
        for (size_t way = 0; way < CUBE_WAYS; way++)
            ways[way][codes[i + way]]++;
    for (; i < count; i++)
        ways[0][codes[i]]++;
    for (size_t code = 0; code < CUBE_COMPARED; code++)
        counts[code] += ways[0][code] + ways[1][code] + ways[2][code] + ways[3][code];
}

#if PROCESSOR_HAS_WIDE

enum { COMPARED_AT_ONCE = 4, MOST_STEPS = 255 /* a byte counts no farther */ };

PROCESSOR_USES_AVX2 static uint32_t sum_avx2(__m256i bytes)
{
    __m256i sums = _mm256_sad_epu8(bytes, _mm256_setzero_si256());
    __m128i both = _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    return (uint32_t)(_mm_cvtsi128_si64(both) + _mm_extract_epi64(both, 1));
}

/* Four codes from `first` on over whole blocks of 32 rows. */
PROCESSOR_USES_AVX2 static void compare_avx2(const uint8_t *codes, size_t blocks, size_t first,
                                             uint32_t out_counts[COMPARED_AT_ONCE])
{
    __m256i sums[COMPARED_AT_ONCE], wanted[COMPARED_AT_ONCE];
    for (size_t k = 0; k < COMPARED_AT_ONCE; k++)
        wanted[k] = _mm256_set1_epi8((char)(first + k));
    for (size_t at = 0; at < blocks;) {
        size_t end = at + MOST_STEPS < blocks ? at + MOST_STEPS : blocks;
        for (size_t k = 0; k < COMPARED_AT_ONCE; k++)
            sums[k] = _mm256_setzero_si256();
        for (; at < end; at++) {
            __m256i block = _mm256_loadu_si256((const __m256i_u *)codes + at);
            for (size_t k = 0; k < COMPARED_AT_ONCE; k++)
                sums[k] = _mm256_sub_epi8(sums[k], _mm256_cmpeq_epi8(block, wanted[k]));
        }
        for (size_t k = 0; k < COMPARED_AT_ONCE; k++)
            out_counts[k] += sum_avx2(sums[k]);
    }
}

PROCESSOR_USES_AVX512 static void compare_avx512(const uint8_t *codes, size_t blocks, size_t first,
                                                 uint32_t out_counts[COMPARED_AT_ONCE])
{
    __m512i wanted[COMPARED_AT_ONCE];
    uint64_t sums[COMPARED_AT_ONCE] = { 0 };
    for (size_t k = 0; k < COMPARED_AT_ONCE; k++)
        wanted[k] = _mm512_set1_epi8((char)(first + k));
    for (size_t at = 0; at < blocks; at++) {
        __m512i block = _mm512_loadu_si512(codes + 64 * at);
        for (size_t k = 0; k < COMPARED_AT_ONCE; k++)
            sums[k] += (uint64_t)_mm_popcnt_u64(_mm512_cmpeq_epi8_mask(block, wanted[k]));
    }
    for (size_t k = 0; k < COMPARED_AT_ONCE; k++)
        out_counts[k] += (uint32_t)sums[k];
}

#endif

void cube_add_codes(enum processor_form form, const uint8_t *codes, size_t count, size_t code_count,
                    uint32_t *counts)
{
    size_t done = 0;
    uint32_t compared[CUBE_COMPARED] = { 0 };
#if PROCESSOR_HAS_WIDE
    for (size_t first = 0; form != PROCESSOR_PLAIN && first < code_count;
         first += COMPARED_AT_ONCE) {
        if (form == PROCESSOR_AVX512)
            compare_avx512(codes, count / 64, first, compared + first);
        else
            compare_avx2(codes, count / 32, first, compared + first);
    }
    done = form == PROCESSOR_AVX512 ? count / 64 * 64
           : form == PROCESSOR_AVX2 ? count / 32 * 32
                                    : 0;
#endif
    (void)form;
    add_codes_plain(codes + done, count - done, compared);
    for (size_t code = 0; code < code_count; code++)
        counts[code] += compared[code];
}
