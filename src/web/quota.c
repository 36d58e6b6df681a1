#include "web/quota.h"

#include "base/moment.h"
#include "codec/multipart.h"
#include "store/upload_store.h"
#include "web/pool.h"
#include "web/site.h"

#include "base/banned.h"

enum { SECONDS_OF_DAY = 24 * 60 * 60, MEBIBYTE = 1 << 20 };

static int64_t seconds_to_midnight(const struct work *work)
{
    int64_t now = 0;
    return moment_read(work->now, &now) ? SECONDS_OF_DAY - now % SECONDS_OF_DAY : SECONDS_OF_DAY;
}

enum status quota_pass(struct work *work, struct call *call, bool *out_is_within)
{
    const struct site *site = call->site;
    struct upload_amount amount = { 0, 0 };
    struct upload_amount most = { site->upload_files ? site->upload_files : INT64_MAX,
                                  site->upload_most ? site->upload_most * MEBIBYTE : INT64_MAX };
    struct store *own = NULL;
    *out_is_within = true;
    for (size_t i = 0; call->upload && i < call->upload->file_count; i++) {
        amount.files++;
        amount.bytes += (int64_t)call->upload->files[i].bytes.length;
    }
    if (amount.files == 0 || work->actor->account == INTEGER_MISSING || !site->writers)
        return STATUS_OK;
    enum status status = pool_take(site->writers, work, &own);
    if (status != STATUS_OK)
        return status;
    status = upload_store_take(work, work->actor->account, amount, most, out_is_within);
    pool_give(site->writers, work, own);
    if (status == STATUS_OK && !*out_is_within) {
        call->is_over_quota = true;
        call->retry_after = seconds_to_midnight(work);
    }
    return status;
}

const char *quota_words(const struct call *call)
{
    return call_words(call, WORDS("You have sent as many files today, or as much, as this service "
                                  "takes from one person in a day. Nothing of this one was taken. "
                                  "Send it tomorrow, or ask an administrator for a higher limit."));
}
