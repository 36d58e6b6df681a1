#include "service/vacancy.h"

#include <string.h>

#include "base/arena.h"
#include "base/list.h"
#include "model/appointment.h"
#include "store/entity_store.h"
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

enum status vacancy_today(struct work *work, int64_t post, bool *out_is_vacant)
{
    struct post *row = entity_row(work->arena, &post_entity);
    struct list appointments = { 0 };
    const char *today = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    enum status status = entity_store_get(work, &post_entity, post, row);
    if (status == STATUS_OK)
        status = entity_store_list_of(work, &appointment_entity, "post", post, &appointments);
    if (status == STATUS_OK)
        *out_is_vacant = vacancy_on(row, appointments.items, appointments.count, today);
    return status;
}
