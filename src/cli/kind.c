#include "cli/kind.h"

#include "base/text.h"
#include "model/model.h"
#include "base/banned.h"

enum status kind_find(struct work *work, const char *name, const struct entity **out_entity)
{
    const struct entity *entity = model_entity(name);
    if (entity && !(entity->flags & ENTITY_LEDGER)) {
        *out_entity = entity;
        return STATUS_OK;
    }
    struct text list = text_new(work->arena, WORK_ERROR_LENGTH);
    for (size_t i = 0; i < model_entity_count; i++)
        if (!(model_entities[i]->flags & ENTITY_LEDGER))
            text_add_format(&list, "%s%s", list.length ? ", " : "", model_entities[i]->plural);
    return work_fail(work, STATUS_USAGE, "\"%.40s\" is no kind of row; the kinds are %s.", name,
                     list.bytes);
}
