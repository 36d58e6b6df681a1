#include "cli/kind.h"

#include "base/text.h"
#include "model/model.h"
#include "base/banned.h"

const char *kinds_listed(struct arena *arena)
{
    struct text list = text_new(arena, WORK_ERROR_LENGTH);
    text_add(&list, "The kinds are ");
    for (size_t i = 0, listed = 0; i < model_entity_count; i++)
        if (!(model_entities[i]->flags & ENTITY_LEDGER))
            text_add_format(&list, "%s%s", listed++ ? ", " : "", model_entities[i]->plural);
    text_add_character(&list, '.');
    return list.bytes;
}

enum status kind_find(struct work *work, const char *name, const struct entity **out_entity)
{
    const struct entity *entity = model_entity(name);
    if (entity && !(entity->flags & ENTITY_LEDGER)) {
        *out_entity = entity;
        return STATUS_OK;
    }
    return work_fail(work, STATUS_USAGE, "\"%.40s\" is no kind of row. %s", name,
                     kinds_listed(work->arena));
}
