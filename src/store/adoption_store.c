#include "store/adoption_store.h"

#include "base/arena.h"
#include "base/banned.h"

static const char adoption_sql[] =
    "SELECT s.adopted_on, (SELECT a.year_start_month FROM authority a ORDER BY a.id LIMIT 1) "
    "FROM objective o JOIN scheme s ON s.id = o.scheme WHERE o.id = $1";

const char *const adoption_statements[] = { adoption_sql, NULL };

enum status adoption_store_of(struct work *work, int64_t objective, const char **out_adopted_on,
                              int64_t *out_start_month)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    const char *adopted_on = NULL;
    int64_t start_month = INTEGER_MISSING;
    enum status status = store_query(work, adoption_sql, PARAMETERS(parameter_integer(objective)),
                                     &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK) {
        adopted_on = arena_copy_text(work->arena, cursor_text(cursor, 0));
        start_month = cursor_integer(cursor, 1);
    }
    if (status != STATUS_OK && status != STATUS_END)
        return status;
    *out_adopted_on = adopted_on;
    *out_start_month = start_month;
    return STATUS_OK;
}
