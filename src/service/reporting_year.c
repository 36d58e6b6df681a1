#include "service/reporting_year.h"

#include "model/authority.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { APRIL = 4 };

enum status reporting_year_start(struct work *work, int *out_month)
{
    struct list authorities = { 0 };
    enum status status = entity_store_list(work, &authority_entity, 0, &authorities);
    if (status != STATUS_OK)
        return status;
    const struct authority *first = authorities.count ? authorities.items[0] : NULL;
    *out_month = first ? (int)first->year_start_month : APRIL;
    return STATUS_OK;
}
