#include "service/vacancy.h"

#include <string.h>

#include "base/list.h"
#include "model/appointment.h"
#include "base/banned.h"

/* ISO dates sort as they follow. */
static bool holds_on(const char *from, const char *to, const char *day)
{
    return (!from || strcmp(from, day) <= 0) && (!to || strcmp(day, to) <= 0);
}

bool vacancy_on(const struct post *post, void *const *appointments, size_t count, const char *day)
{
    if (!holds_on(post->valid_from, post->valid_to, day))
        return true;
    for (size_t i = 0; i < count; i++) {
        const struct appointment *one = appointments[i];
        if (holds_on(one->valid_from, one->valid_to, day))
            return false;
    }
    return true;
}
