/* Arithmetic modulo the Mersenne prime 2^61 - 1. Elimination over this field is exact for the
 * question "is there a null vector", save for a chance below cells / 2^61 that no input can steer.
 */
#ifndef DISCLOSURE_RESIDUE_H
#define DISCLOSURE_RESIDUE_H

#include <stdint.h>

#define RESIDUE_PRIME ((UINT64_C(1) << 61) - 1)

static inline uint64_t residue_add(uint64_t a, uint64_t b)
{
    uint64_t sum = a + b;
    return sum >= RESIDUE_PRIME ? sum - RESIDUE_PRIME : sum;
}

static inline uint64_t residue_subtract(uint64_t a, uint64_t b)
{
    return a >= b ? a - b : a + RESIDUE_PRIME - b;
}

static inline uint64_t residue_multiply(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 product = (unsigned __int128)a * b;
    uint64_t sum = (uint64_t)(product & RESIDUE_PRIME) + (uint64_t)(product >> 61);
    return sum >= RESIDUE_PRIME ? sum - RESIDUE_PRIME : sum;
}

/* 1 / a, by Fermat; `a` is not 0. */
static inline uint64_t residue_inverse(uint64_t a)
{
    uint64_t power = a, result = 1;
    if (a == 1 || a == RESIDUE_PRIME - 1)
        return a;
    for (uint64_t exponent = RESIDUE_PRIME - 2; exponent; exponent >>= 1) {
        if (exponent & 1)
            result = residue_multiply(result, power);
        power = residue_multiply(power, power);
    }
    return result;
}

static inline uint64_t residue_of(int64_t number)
{
    int64_t rest = number % (int64_t)RESIDUE_PRIME;
    return rest < 0 ? (uint64_t)(rest + (int64_t)RESIDUE_PRIME) : (uint64_t)rest;
}

/* The integer of least size that has this residue. */
static inline int64_t residue_signed(uint64_t a)
{
    return a > RESIDUE_PRIME / 2 ? -(int64_t)(RESIDUE_PRIME - a) : (int64_t)a;
}

#endif
