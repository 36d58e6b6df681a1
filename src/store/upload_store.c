#include "store/upload_store.h"

#include "base/arena.h"
#include "base/slice.h"
#include "base/banned.h"

/* The condition stands in the statement, so that of two uploads at once each counts the other. */
static const char take_sql[] =
    "INSERT INTO upload_tally (account, day, files, bytes) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (account, day) DO UPDATE SET files = upload_tally.files + excluded.files, "
    "bytes = upload_tally.bytes + excluded.bytes "
    "WHERE upload_tally.files + excluded.files <= $5 AND upload_tally.bytes + excluded.bytes <= $6";
static const char forget_sql[] = "DELETE FROM upload_tally WHERE account = $1 AND day < $2";

const char *const upload_statements[] = { take_sql, forget_sql, NULL };

enum status upload_store_take(struct work *work, int64_t account, struct upload_amount amount,
                              struct upload_amount most, bool *out_is_within)
{
    int64_t changed = 0;
    const char *day = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    *out_is_within = amount.files <= most.files && amount.bytes <= most.bytes;
    if (!*out_is_within)
        return STATUS_OK;
    enum status status = store_begin(work);
    if (status != STATUS_OK)
        return status;
    status = store_run(work, forget_sql,
                       PARAMETERS(parameter_integer(account), parameter_text(day)), NULL);
    if (status == STATUS_OK)
        status = store_run(work, take_sql,
                           PARAMETERS(parameter_integer(account), parameter_text(day),
                                      parameter_integer(amount.files),
                                      parameter_integer(amount.bytes),
                                      parameter_integer(most.files), parameter_integer(most.bytes)),
                           &changed);
    if (status == STATUS_OK)
        status = store_commit(work);
    else
        store_rollback(work);
    *out_is_within = changed == 1;
    return status;
}
