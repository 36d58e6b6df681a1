#include "service/search.h"

#include <string.h>

#include "entity/entity.h"
#include "model/model.h"
#include "service/permission.h"
#include "base/banned.h"

enum status search_find(struct work *work, const char *query, struct list *out_hits)
{
    enum status status = permission_require(work, RIGHT_READ, INTEGER_MISSING);
    return status == STATUS_OK ? search_store_find(work, query, out_hits) : status;
}

const char *search_kind_words(const char *kind)
{
    const struct entity *entity = model_entity(kind);
    return entity ? entity->title : kind;
}
