/* Reads the input as an amount of money. What is read is within its bounds, its plain decimal is
 * read as the same again, and a blank is never an amount. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "codec/money.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = { (const char *)data, size };
    struct money money = { 0 }, again = { 0 };
    bool read = money_read(input, &money);
    assert(!read || !money_is_blank(input));
    if (!read)
        return 0;
    CLEANUP_ARENA struct arena *arena = arena_new();
    const char *plain = number_print_short(arena, money.amount);
    assert(money_read(slice_of(plain), &again) && again.amount == money.amount);
    bool named = money_read(slice_of(arena_format(arena, "\xC2\xA3%s pa", plain)), &again);
    assert(named && again.amount == money.amount && again.period == MONEY_PER_YEAR);
    return 0;
}
