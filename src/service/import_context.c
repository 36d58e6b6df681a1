#include "service/import_context.h"

#include "model/scheme.h"
#include "service/import_put.h"
#include "base/banned.h"

enum status context_put(struct work *work, struct import_context *context,
                        const struct entity *entity, void *row, bool *out_put)
{
    struct put put = { .entity = entity,
                       .audit = context->audit,
                       .references = context->references,
                       .problems = context->problems };
    enum put_outcome outcome = PUT_REFUSED;
    enum status status = put_row(work, &put, row, &outcome);
    *out_put = status == STATUS_OK && outcome != PUT_REFUSED;
    return status;
}

void context_mark(struct import_context *context, const struct entity *entity, const char *name)
{
    context->present[entity_field(entity, name) - entity->fields] = true;
}

enum status context_scheme(struct work *work, struct import_context *context, int64_t *out_id)
{
    enum status status = reference_id(work, context->references, &scheme_entity,
                                      slice_of(context->scheme), out_id);
    if (status == STATUS_OK && *out_id == INTEGER_MISSING)
        problem_add(context->problems, "scheme", "There is no scheme with the code \"%.60s\".",
                    context->scheme);
    return status;
}
