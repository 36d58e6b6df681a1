/* Targets and values in words, as the report and the pages print them. */
#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "base/number.h"
#include "service/progress.h"
#include "service/rating_of.h"
#include "base/banned.h"

static const struct {
    const char *code, *words;
} comparator_words[] = {
    { "at-least", WORDS("at least ") }, { "above", WORDS("above ") },
    { "at-most", WORDS("at most ") },   { "below", WORDS("below ") },
    { "between", WORDS("between ") },   { "equal", WORDS("exactly ") },
};

const char *progress_number_words(struct arena *arena, const struct measure *measure,
                                  int64_t number, int64_t decimals)
{
    if (number == INTEGER_MISSING)
        return NULL;
    int places = decimals == INTEGER_MISSING ? (int)measure->decimals : (int)decimals;
    const char *printed = number_print(arena, number, places);
    if (rating_is_percentage(measure))
        return arena_format(arena, "%s%%", printed);
    if (measure->unit_of_measure != NULL &&
        strcmp(measure->unit_of_measure, "percentage points") == 0)
        return arena_format(arena, "%s points", printed);
    return printed;
}

int64_t progress_value_number(const struct measure *measure, const struct value *value)
{
    int64_t number = INTEGER_MISSING;
    if (value == NULL)
        return INTEGER_MISSING;
    if (value->value != INTEGER_MISSING)
        return value->value;
    if (value->numerator == INTEGER_MISSING || value->denominator == INTEGER_MISSING)
        return INTEGER_MISSING;
    bool fits = rating_is_percentage(measure)
                    ? number_percent(value->numerator, value->denominator, &number)
                    : number_scale(value->numerator, NUMBER_ONE, value->denominator, &number);
    return fits ? number : INTEGER_MISSING;
}

const char *progress_comparator_words(const struct target *target)
{
    for (size_t i = 0; i < ARRAY_COUNT(comparator_words); i++) {
        if (strcmp(comparator_words[i].code, target->comparator) == 0)
            return comparator_words[i].words;
    }
    return "";
}

const char *progress_target_words(struct arena *arena, const struct measure *measure,
                                  const struct target *target)
{
    if (target == NULL)
        return "";
    if (target->value == INTEGER_MISSING)
        return target->wording != NULL ? target->wording : "";
    const char *comparator = progress_comparator_words(target);
    const char *number = progress_number_words(arena, measure, target->value, target->decimals);
    if (target->upper == INTEGER_MISSING)
        return arena_format(arena, "%s%s", comparator, number);
    return arena_format(arena, "%s%s and %s", comparator, number,
                        progress_number_words(arena, measure, target->upper, target->decimals));
}
