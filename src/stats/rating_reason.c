/* A sentence is put together from four parts: the value and its distance, the target, the level
 * with its band, and what to beware of. Numbers are printed with as many decimals as it takes not
 * to contradict the rating: a distance of 5.003% is never shown as 5.00%. */
#include "stats/rating_reason.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "base/banned.h"

enum { REASON_LENGTH = 2000, DISTANCE_PLACES = 2 };

static const char *const missing_words[] = {
    [RATING_NOT_MISSING] = "",
    [RATING_NOT_DUE] = "the value is not due this period",
    [RATING_AWAITED] = "the value is awaited",
    [RATING_NOT_COLLECTED] = "the value is not collected",
    [RATING_BASELINE_NOT_SET] = "the baseline is not set",
    [RATING_NOT_APPLICABLE] = "the measure does not apply",
    [RATING_WITHHELD] = "the value is withheld",
};

static const char *const refusal_words[] = {
    [RATING_GIVEN] = "",
    [RATING_REFUSED_MISSING] = "",
    [RATING_REFUSED_UNTYPED] = "there is no value, and no reason is given why",
    [RATING_REFUSED_NO_TARGET] = "the target is not set as a number",
    [RATING_REFUSED_NO_BASELINE] =
        "the target is a change on a baseline, and the baseline is not set",
    [RATING_REFUSED_NO_BASE] = "the denominator is 0",
    [RATING_REFUSED_ZERO_TARGET] =
        "a distance relative to 0 does not exist; let the measure's distance be in points",
    [RATING_REFUSED_CONTRADICTION] =
        "the target's words ask for the opposite of what is better for this measure; mend one",
    [RATING_REFUSED_SMALL_BASE] = "the base is too small for this scale",
    [RATING_REFUSED_MILESTONE] = "the scale gives this state of a milestone no level",
    [RATING_REFUSED_TOO_LARGE] = "the numbers are too large to be compared exactly",
    [RATING_REFUSED_PARTS] = "no part is rated",
};

static const char *const comparator_words[] = {
    [RATING_AT_LEAST] = "at least ", [RATING_ABOVE] = "above ",     [RATING_AT_MOST] = "at most ",
    [RATING_BELOW] = "below ",       [RATING_BETWEEN] = "between ", [RATING_EQUAL] = "exactly ",
};

/* What the parts of a sentence are built from. */
struct telling {
    struct arena *arena;
    const struct scale *scale;
    const struct rating_input *input;
    const struct computed_rating *rating;
    const char *sign; /* "%" or "" */
};

static bool wants_low(const struct telling *telling)
{
    return telling->input->comparator == RATING_AT_MOST ||
           telling->input->comparator == RATING_BELOW;
}

static bool wants_place(const struct telling *telling)
{
    return telling->input->comparator == RATING_BETWEEN ||
           telling->input->comparator == RATING_EQUAL;
}

/* True when the number, printed with `decimals`, looks equal to `other` although it is not. */
static bool looks_equal(struct ratio number, struct ratio other, int decimals)
{
    return ratio_compare(ratio_round_to(number, decimals), other) == 0 &&
           ratio_compare(number, other) != 0;
}

static const char *print_value(const struct telling *telling)
{
    const struct computed_rating *rating = telling->rating;
    int decimals = telling->input->decimals;
    while (decimals < NUMBER_PLACES && (looks_equal(rating->value, rating->target, decimals) ||
                                        looks_equal(rating->value, rating->upper, decimals)))
        decimals++;
    return arena_format(telling->arena, "%s%s",
                        ratio_print(telling->arena, rating->value, decimals), telling->sign);
}

/* The distance without its sign; more decimals where two would look like a bound of the scale. */
static const char *print_distance(const struct telling *telling)
{
    struct ratio distance = telling->rating->variance;
    int decimals = DISTANCE_PLACES;
    for (bool again = true; again && decimals < NUMBER_PLACES; decimals += again) {
        again = looks_equal(distance, ratio_of(0), decimals);
        for (size_t i = 0; i + 1 < telling->scale->level_count; i++)
            again |= looks_equal(
                distance, ratio_of_millionths(telling->scale->levels[i].least_variance), decimals);
    }
    return ratio_print_short(telling->arena, ratio_absolute(distance), decimals);
}

static const char *distance_unit(const struct telling *telling)
{
    if (telling->rating->distance == RATING_RELATIVE)
        return "%";
    return telling->input->is_percentage ? " percentage points" : "";
}

/* "between 0.9 and 1.1", or one number. */
static void tell_number(const struct telling *telling, struct text *text)
{
    const struct computed_rating *rating = telling->rating;
    text_add(text, ratio_print_short(telling->arena, rating->target, NUMBER_PLACES));
    text_add(text, telling->sign);
    if (telling->input->comparator == RATING_BETWEEN)
        text_add_format(text, " and %s%s",
                        ratio_print_short(telling->arena, rating->upper, NUMBER_PLACES),
                        telling->sign);
}

static const char *print_given(const struct telling *telling, int64_t millionths)
{
    return arena_format(telling->arena, "%s%s", number_print_short(telling->arena, millionths),
                        telling->sign);
}

static void tell_baseline(const struct telling *telling, struct text *text)
{
    const struct rating_input *input = telling->input;
    if (!input->is_baseline_relative || input->comparator == RATING_BETWEEN)
        return;
    const char *baseline = print_given(telling, input->baseline);
    if (input->change_percent == 0)
        text_add_format(text, " (the baseline of %s kept)", baseline);
    else
        text_add_format(
            text, " (the baseline of %s %s %s%%)", baseline,
            input->change_percent > 0 ? "plus" : "less",
            ratio_print_short(telling->arena,
                              ratio_absolute(ratio_of_millionths(input->change_percent)),
                              NUMBER_PLACES));
}

static void tell_target(const struct telling *telling, struct text *text)
{
    const struct rating_input *input = telling->input;
    if (telling->rating->is_shared_out) {
        text_add(text, comparator_words[input->comparator]);
        tell_number(telling, text);
        text_add_format(text, ", the share for %d of 12 months of the annual target",
                        input->months_gone);
    } else {
        text_add(text, "the target of ");
        text_add(text, comparator_words[input->comparator]);
        tell_number(telling, text);
    }
    tell_baseline(telling, text);
}

/* "47.58% is 4.84% below the target of at least 50%" */
static void tell_distance(const struct telling *telling, struct text *text)
{
    const struct computed_rating *rating = telling->rating;
    int place = ratio_compare(rating->value, rating->upper) > 0
                    ? 1
                    : -(ratio_compare(rating->value, rating->target) < 0);
    text_add(text, print_value(telling));
    if (rating->is_strict_bound) {
        text_add(text, " stands exactly at the bound of ");
        tell_target(telling, text);
        text_add(text, ", which a strict target does not count as met");
        return;
    }
    if (place == 0)
        text_add(text, telling->input->comparator == RATING_BETWEEN ? " is within " : " equals ");
    else
        text_add_format(text, " is %s%s %s ", print_distance(telling), distance_unit(telling),
                        place > 0 ? "above" : "below");
    tell_target(telling, text);
}

/* A bound of a level in words, as a distance of the value: "5% below". */
static const char *bound_words(const struct telling *telling, int64_t bound)
{
    bool is_high = (bound > 0) != wants_low(telling);
    const char *side = wants_place(telling) ? "away" : is_high ? "above" : "below";
    const char *size = ratio_print_short(telling->arena, ratio_absolute(ratio_of_millionths(bound)),
                                         NUMBER_PLACES);
    return arena_format(telling->arena, "%s%s %s", size, distance_unit(telling), side);
}

/* The level's band: "from 5% below up to the target". */
static void tell_band(const struct telling *telling, struct text *text)
{
    const struct scale_level *level = telling->rating->level;
    const struct scale *scale = telling->scale;
    bool is_best = level == scale->levels;
    if (level->least_variance == INTEGER_MISSING) {
        text_add_format(text, "more than %s", bound_words(telling, level[-1].least_variance));
        return;
    }
    const char *from = level->least_variance == 0 ? "the target"
                                                  : bound_words(telling, level->least_variance);
    if (is_best || (wants_place(telling) && level->least_variance == 0)) {
        text_add_format(text, "%s%s", from, wants_place(telling) ? "" : " or better");
        return;
    }
    const char *to = level[-1].least_variance == 0 ? "the target"
                                                   : bound_words(telling, level[-1].least_variance);
    text_add_format(text, "from %s %s to %s", from, wants_low(telling) ? "down" : "up", to);
}

static void tell_cautions(const struct telling *telling, struct text *text)
{
    const struct computed_rating *rating = telling->rating;
    struct arena *arena = telling->arena;
    if (rating->is_small_base)
        text_add_format(
            text, "; the base of %s is small",
            ratio_print_short(arena, ratio_of_millionths(telling->input->denominator), 1));
    if (rating->is_not_significant && ratio_sign(rating->variance) != 0)
        text_add_format(text,
                        "; the 95%% interval, %.2f%% to %.2f%%, holds the target, so the "
                        "difference may be chance",
                        rating->interval.low, rating->interval.high);
}

static const char *finish(struct text *text)
{
    text_add_character(text, '.');
    return text->bytes;
}

const char *rating_reason(struct arena *arena, const struct scale *scale,
                          const struct rating_input *input, const struct computed_rating *rating)
{
    struct text text = text_new(arena, REASON_LENGTH);
    struct telling telling = { arena, scale, input, rating, input->is_percentage ? "%" : "" };
    if (rating->refusal == RATING_REFUSED_MILESTONE) {
        text_add_format(&text, "Not rated: the scale gives the milestone's state, %s, no level",
                        input->milestone);
    } else if (rating->refusal != RATING_GIVEN) {
        text_add_format(&text, "Not rated: %s",
                        rating->refusal == RATING_REFUSED_MISSING ? missing_words[rating->missing]
                                                                  : refusal_words[rating->refusal]);
        tell_cautions(&telling, &text);
    } else if (input->polarity == RATING_MILESTONE) {
        text_add_format(&text, "The milestone's state is %s, so %s", input->milestone,
                        rating->level->name);
    } else {
        tell_distance(&telling, &text);
        text_add_format(&text, ", so %s", rating->level->name);
        if (rating->level == scale_level_of(scale, rating->variance)) {
            text_add(&text, " (");
            tell_band(&telling, &text);
            text_add(&text, ")");
        } else {
            text_add(&text, " at best");
        }
        tell_cautions(&telling, &text);
    }
    return finish(&text);
}

const char *rating_roll_reason(struct arena *arena, enum rating_roll_up roll_up,
                               const struct rating_rolled *rolled)
{
    static const char *const ways[] = {
        [RATING_ROLL_NONE] = "Not rated: the parts are not rolled up",
        [RATING_ROLL_SUM] = "Not rated from the parts' levels: their values are added and rated",
        [RATING_ROLL_MEAN] = "The mean, rounded towards the worse level, of",
        [RATING_ROLL_WORST] = "The worst of",
        [RATING_ROLL_MANUAL] = "Not rated: the whole is judged by hand",
    };
    struct text text = text_new(arena, REASON_LENGTH);
    size_t all = rolled->rated + rolled->unrated;
    if (rolled->level != NULL)
        text_add_format(&text, "%s %zu rated part%s is %s", ways[roll_up], rolled->rated,
                        rolled->rated == 1 ? "" : "s", rolled->level->name);
    else if (roll_up == RATING_ROLL_MEAN || roll_up == RATING_ROLL_WORST)
        text_add_format(&text, "Not rated: none of the %zu parts is rated", all);
    else
        text_add(&text, ways[roll_up]);
    if (rolled->level != NULL && rolled->unrated > 0)
        text_add_format(&text, "; %zu of %zu %s not rated", rolled->unrated, all,
                        rolled->unrated == 1 ? "is" : "are");
    return finish(&text);
}
