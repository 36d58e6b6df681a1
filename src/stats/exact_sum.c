/* Both sides grow over one common denominator, the least common multiple of those met so far. Whole
 * numbers of any length are words of 64 bits, the lowest first. */
#include "stats/exact_sum.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { WORD_BITS = 64, SPARE_WORDS = 8 };

/* Room is fixed at the beginning, for the product of all that can come. */
struct whole {
    uint64_t *words;
    size_t length, room;
};

static struct whole whole_of(struct arena *arena, size_t room, uint64_t value)
{
    struct whole whole = { arena_array_of(arena, room, uint64_t), value != 0, room };
    whole.words[0] = value;
    return whole;
}

static void multiply(struct whole *whole, uint64_t factor)
{
    uint64_t carry = 0;
    if (factor == 1)
        return;
    for (size_t i = 0; i < whole->length; i++) {
        ratio_bare product = (ratio_bare)whole->words[i] * factor + carry;
        whole->words[i] = (uint64_t)product;
        carry = (uint64_t)(product >> WORD_BITS);
    }
    if (carry != 0) {
        assert(whole->length < whole->room);
        whole->words[whole->length++] = carry;
    }
}

static uint64_t remainder_of(const struct whole *whole, uint64_t divisor)
{
    uint64_t rest = 0;
    for (size_t i = whole->length; i-- > 0;)
        rest = (uint64_t)((((ratio_bare)rest << WORD_BITS) | whole->words[i]) % divisor);
    return rest;
}

/* The quotient, where the division leaves no rest. */
static void divide_into(const struct whole *whole, uint64_t divisor, struct whole *out_quotient)
{
    uint64_t rest = 0;
    for (size_t i = whole->length; i-- > 0;) {
        ratio_bare part = ((ratio_bare)rest << WORD_BITS) | whole->words[i];
        out_quotient->words[i] = (uint64_t)(part / divisor);
        rest = (uint64_t)(part % divisor);
    }
    assert(rest == 0);
    out_quotient->length = whole->length;
    while (out_quotient->length > 0 && out_quotient->words[out_quotient->length - 1] == 0)
        out_quotient->length--;
}

/* sum += whole * factor * 2^(64 * shift) */
static void add_product(struct whole *sum, const struct whole *whole, uint64_t factor, size_t shift)
{
    uint64_t carry = 0;
    if (factor == 0)
        return;
    assert(whole->length + shift + 1 < sum->room);
    for (size_t i = 0; i < whole->length || carry != 0; i++) {
        size_t at = i + shift;
        uint64_t word = i < whole->length ? whole->words[i] : 0;
        for (; sum->length <= at; sum->length++)
            sum->words[sum->length] = 0;
        ratio_bare product = (ratio_bare)word * factor + sum->words[at] + carry;
        sum->words[at] = (uint64_t)product;
        carry = (uint64_t)(product >> WORD_BITS);
    }
}

static int compare_wholes(const struct whole *first, const struct whole *second)
{
    if (first->length != second->length)
        return first->length < second->length ? -1 : 1;
    for (size_t i = first->length; i-- > 0;)
        if (first->words[i] != second->words[i])
            return first->words[i] < second->words[i] ? -1 : 1;
    return 0;
}

static int by_bottom(const void *a, const void *b)
{
    uint64_t left = ((const struct exact_term *)a)->bottom;
    uint64_t right = ((const struct exact_term *)b)->bottom;
    return (left > right) - (left < right);
}

size_t exact_sum_gather(struct exact_term *terms, size_t count)
{
    size_t kept = 0;
    qsort(terms, count, sizeof *terms, by_bottom);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && terms[kept - 1].bottom == terms[i].bottom)
            terms[kept - 1].top += terms[i].top;
        else
            terms[kept++] = terms[i];
    }
    return kept;
}

/* What grows while the terms come in. */
struct common {
    struct whole denominator, quotient, sums[2];
};

static void add_term(struct common *common, int side, struct exact_term term)
{
    assert(term.bottom > 0 && term.top >= 0);
    uint64_t rest = remainder_of(&common->denominator, term.bottom);
    uint64_t shared = (uint64_t)ratio_common_divisor(term.bottom, rest);
    uint64_t growth = term.bottom / shared;
    multiply(&common->sums[0], growth);
    multiply(&common->sums[1], growth);
    multiply(&common->denominator, growth);
    divide_into(&common->denominator, term.bottom, &common->quotient);
    add_product(&common->sums[side], &common->quotient, (uint64_t)term.top, 0);
    add_product(&common->sums[side], &common->quotient,
                (uint64_t)((ratio_bare)term.top >> WORD_BITS), 1);
}

bool exact_sum_compare(struct arena *arena, struct exact_side first, struct exact_side second,
                       int *out_sign)
{
    const struct exact_side *const sides[] = { &first, &second };
    size_t count = first.count + second.count;
    if (count > EXACT_SUM_MOST_DENOMINATORS)
        return false;
    struct arena_mark mark = arena_mark(arena);
    size_t room = count + SPARE_WORDS;
    struct common common = { whole_of(arena, room, 1),
                             whole_of(arena, room, 0),
                             { whole_of(arena, room, 0), whole_of(arena, room, 0) } };
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < sides[side]->count; i++)
            add_term(&common, side, sides[side]->terms[i]);
    for (int side = 0; side < 2; side++)
        multiply(&common.sums[side], sides[side]->factor);
    for (int side = 0; side < 2; side++)
        if (sides[side]->factor == 0)
            common.sums[side].length = 0;
    *out_sign = compare_wholes(&common.sums[0], &common.sums[1]);
    arena_return(arena, mark);
    return true;
}
