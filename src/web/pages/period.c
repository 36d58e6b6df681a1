#include "web/pages/period.h"

#include <string.h>

#include "service/scorecard.h"

#include "base/banned.h"

/* The newest period from which something has come in; the newest of all where nothing has. */
static const char *standard_period(const json_t *choices)
{
    for (size_t i = 0; i < json_array_size(choices); i++) {
        const json_t *choice = json_array_get(choices, i);
        if (json_is_true(json_object_get(choice, "isReported")))
            return json_string_value(json_object_get(choice, "period"));
    }
    return json_string_value(json_object_get(json_array_get(choices, 0), "period"));
}

enum status page_period(struct work *work, const char *asked, struct period *out_period,
                        json_t **out_choices)
{
    json_t *choices = NULL;
    enum status status = scorecard_periods(work, &choices);
    if (status != STATUS_OK)
        return status;
    const char *words = asked ? asked : standard_period(choices);
    struct period period;
    if (!words || !period_read_worded(slice_of(words), &period)) {
        json_decref(choices);
        return work_fail(work, STATUS_NOT_FOUND, "There are no returns for that period.");
    }
    const char *code = period_print(work->arena, period);
    for (size_t i = 0; i < json_array_size(choices); i++) {
        json_t *choice = json_array_get(choices, i);
        const char *period_code = json_string_value(json_object_get(choice, "period"));
        json_object_set_new(choice, "isChosen", json_boolean(strcmp(period_code, code) == 0));
    }
    *out_period = period;
    *out_choices = choices;
    return STATUS_OK;
}
