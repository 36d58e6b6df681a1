#include "service/recipe_protect.h"

#include <string.h>

#include "base/number.h"
#include "base/banned.h"

static bool is_small(const struct profile *profile, int64_t count)
{
    return count < profile->threshold && (count > 0 || !profile->shows_zeros);
}

/* The base is a mean of counts where it is another population's; then it leaves nobody out. */
static bool is_telling(const struct profile *profile, const struct recipe_count *count)
{
    if (is_small(profile, count->numerator))
        return true;
    if (count->base == INTEGER_MISSING)
        return false;
    return count->base < profile->percent_base ||
           (count->base >= count->numerator * NUMBER_ONE &&
            is_small(profile, count->base / NUMBER_ONE - count->numerator));
}

static bool is_same_kind(const struct recipe_count *a, const struct recipe_count *b)
{
    const char *one = a->breakdown ? a->breakdown : "", *other = b->breakdown ? b->breakdown : "";
    return a->measure == b->measure && strcmp(one, other) == 0;
}

/* Whether both stand in the sum that makes up `whole`. */
static bool is_in_sum(const struct recipe_count *whole, const struct recipe_count *part)
{
    return is_same_kind(whole, part) && (part == whole || part->parent == whole->unit);
}

/* Withholds a second one of the sum where only one is: the smallest part. False: nothing was to do.
 */
static bool protect_sum(const struct recipe_count *whole, struct recipe_count *counts, size_t count)
{
    struct recipe_count *least = NULL;
    size_t hidden = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_in_sum(whole, &counts[i]))
            continue;
        hidden += counts[i].secret != RECIPE_OPEN;
        if (counts[i].secret == RECIPE_OPEN && &counts[i] != whole &&
            (!least || counts[i].numerator < least->numerator))
            least = &counts[i];
    }
    if (hidden != 1 || !least)
        return false;
    least->secret = RECIPE_LEADS;
    return true;
}

void recipe_protect(const struct profile *profile, struct recipe_count *counts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        counts[i].secret = is_telling(profile, &counts[i]) ? RECIPE_SMALL : RECIPE_OPEN;
    for (bool has_changed = true; has_changed;) { /* each round withholds one more */
        has_changed = false;
        for (size_t i = 0; i < count; i++)
            has_changed = protect_sum(&counts[i], counts, count) || has_changed;
    }
}
