/* A scorecard by months under a return by quarters: one answer for the period from its months, by
 * the measure's own rule. What is counted over the period is the sum of all its months, or of a
 * share their mean; anything else is as it stands in the latest month, which for what grows through
 * the year is the last one. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "entity/field_text.h"
#include "model/scorecard_match.h"
#include "model/value.h"
#include "service/scorecard_parts.h"
#include "base/banned.h"

enum { CELLS_BYTES_MOST = 100 };

/* The cells of one input of one row, by the months of the period. */
struct months {
    const struct scorecard_month *by_number[SCORECARD_MONTHS_MOST];
    size_t last; /* the latest that says something */
};

static bool is_same(const struct scorecard_answer *a, const struct scorecard_answer *b)
{
    return a->row == b->row && strcmp(a->input, b->input) == 0;
}

static bool is_number(const char *input)
{
    return strcmp(input, "value_text") == 0 || strcmp(input, "numerator_text") == 0 ||
           strcmp(input, "denominator_text") == 0;
}

static bool accumulates(const struct scorecard_answer *answer, const char *how)
{
    const struct measure *measure = answer->row->measure;
    return measure && measure->accumulation && strcmp(measure->accumulation, how) == 0;
}

/* A cell of the period itself says it better. */
static bool is_answered(const struct scorecard_context *reading, const struct scorecard_answer *one)
{
    for (size_t i = 0; i < reading->out->answers.count; i++)
        if (is_same(reading->out->answers.items[i], one))
            return true;
    return false;
}

static struct months gather(const struct scorecard_context *reading,
                            const struct scorecard_answer *one)
{
    struct months months = { .last = 0 };
    for (size_t i = 0; i < reading->months.count; i++) {
        const struct scorecard_month *month = reading->months.items[i];
        if (!is_same(&month->answer, one) || months.by_number[month->number])
            continue;
        months.by_number[month->number] = month;
        if (month->number > months.last)
            months.last = month->number;
    }
    return months;
}

/* The figures of all months together; false when one is missing or no number. */
static bool add_up(const struct scorecard_context *reading, const struct months *months,
                   int64_t *out_sum, int *out_decimals)
{
    const struct field *field = entity_field(&value_entity, "value");
    *out_sum = 0;
    *out_decimals = 0;
    for (size_t i = 0; i < reading->month_count; i++) {
        struct value *value = entity_row(reading->arena, &value_entity);
        struct problems problems = { .arena = reading->arena };
        int decimals = 0;
        if (!months->by_number[i] ||
            !field_read(reading->arena, field, slice_of(months->by_number[i]->answer.words), value,
                        &problems, &decimals) ||
            __builtin_add_overflow(*out_sum, value->value, out_sum))
            return false;
        *out_decimals = decimals > *out_decimals ? decimals : *out_decimals;
    }
    return true;
}

/* "sum of E4, F4, G4" */
static const char *cells_of(const struct scorecard_context *reading, const struct months *months,
                            const char *rule)
{
    struct text text = text_new(reading->arena, CELLS_BYTES_MOST);
    text_add(&text, rule);
    for (size_t i = 0; i < reading->month_count; i++)
        text_add_format(&text, "%s%s", i ? ", " : " ", months->by_number[i]->answer.cell);
    return text.bytes;
}

/* Half away from zero. */
static int64_t mean_of(int64_t sum, int64_t count)
{
    int64_t half = sum < 0 ? -(count / 2) : count / 2;
    return (sum + half) / count;
}

static bool settle_over_period(const struct scorecard_context *reading, const struct months *months,
                               struct scorecard_answer *answer)
{
    const char *first = answer->words;
    bool is_percent = first[strlen(first) - 1] == '%';
    bool is_mean = is_percent || (strcmp(answer->input, "value_text") == 0 &&
                                  strcmp(answer->row->measure->kind, "count") != 0);
    int64_t sum = 0;
    int decimals = 0;
    if (!add_up(reading, months, &sum, &decimals))
        return false;
    if (is_mean && answer->row->measure->decimals > decimals)
        decimals = (int)answer->row->measure->decimals;
    int64_t count = (int64_t)reading->month_count;
    answer->words = arena_format(
        reading->arena, "%s%s",
        number_print(reading->arena, is_mean ? mean_of(sum, count) : sum, decimals),
        is_percent ? "%" : "");
    answer->cell = cells_of(reading, months, is_mean ? SCORECARD_MEAN_OF : SCORECARD_SUM_OF);
    return true;
}

static void take(const struct scorecard_context *reading, const struct scorecard_answer *one)
{
    struct months months = gather(reading, one);
    const struct scorecard_month *last = months.by_number[months.last];
    struct scorecard_answer *answer = arena_new_of(reading->arena, struct scorecard_answer);
    assert(last); /* `one` is one of them */
    *answer = last->answer;
    if (is_number(one->input) && accumulates(one, "period")) {
        if (!settle_over_period(reading, &months, answer))
            return;
    } else if (is_number(one->input) && accumulates(one, "cumulative") &&
               months.last + 1 != reading->month_count) {
        return;
    } else {
        answer->cell = arena_format(reading->arena, SCORECARD_LATEST_MONTH " %s",
                                    last->answer.cell);
    }
    scorecard_add_answer(reading, answer);
}

void scorecard_take_months(const struct scorecard_context *reading)
{
    for (size_t i = 0; i < reading->months.count; i++) {
        const struct scorecard_month *month = reading->months.items[i];
        if (!is_answered(reading, &month->answer))
            take(reading, &month->answer);
    }
}
