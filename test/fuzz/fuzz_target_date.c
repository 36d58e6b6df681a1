/* Reads the input as a target date, under three calendars. Whatever it is: the text is kept, what
 * is not understood carries nothing, dates exist and are in order, the next due date is not past,
 * and the reading of the same text is the same. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "model/target_date.h"

#include "base/banned.h"

enum { INPUT_MOST = 1 << 12 };

static const struct target_date_context contexts[] = {
    { .today = { 2012, 8, 24 } },
    { .today = { 2016, 2, 29 }, .adopted = { 2016, 2, 29 }, .start_month = 1 },
    { .today = { 1999, 12, 31 },
      .start_month = 9,
      .term_ends = { { 0, 4, 5 }, { 0, 7, 20 }, { 0, 12, 21 } } },
};

static bool is_sound(struct date date)
{
    return date.year == 0 || date_exists(date);
}

static void check(const struct target_date *date, const struct target_date_context *context)
{
    assert(is_sound(date->from) && is_sound(date->due) && is_sound(date->next));
    if (!date->understood) {
        assert(!date->from.year && !date->due.year && !date->next.year && !date->condition);
        assert(date->recurrence == TARGET_DATE_ONCE && date->status == TARGET_DATE_OPEN);
        return;
    }
    assert(!date->from.year || !date->due.year || date_compare(date->from, date->due) <= 0);
    assert(!date->next.year || date_compare(date->next, context->today) >= 0);
    assert(date->status != TARGET_DATE_COMPLETE || !date->next.year);
    for (int years = 0; years < 3; years++) {
        struct date on = context->today, next, again;
        on.year += years * 7;
        on.day = 28;
        if (!target_date_next(date, context, on, &next))
            continue;
        assert(date_exists(next) && date_compare(next, on) >= 0);
        assert(target_date_next(date, context, next, &again) && date_compare(next, again) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > INPUT_MOST)
        return 0;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct slice input = { (const char *)data, size };
    for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++) {
        struct target_date date, again;
        target_date_read(arena, input, &contexts[i], &date);
        check(&date, &contexts[i]);
        struct slice trimmed = slice_trim(input);
        assert(memcmp(date.text, trimmed.start ? trimmed.start : "", trimmed.length) == 0);
        target_date_read(arena, (struct slice){ date.text, trimmed.length }, &contexts[i], &again);
        assert(again.understood == date.understood && again.recurrence == date.recurrence &&
               memcmp(&again.due, &date.due, sizeof date.due) == 0 &&
               memcmp(&again.next, &date.next, sizeof date.next) == 0);
    }
    return 0;
}
