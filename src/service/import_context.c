#include "service/import_context.h"

#include "model/scheme.h"
#include "service/import_put.h"
#include "store/text_store.h"
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
    if (status == STATUS_OK && (outcome == PUT_INSERTED || outcome == PUT_CHANGED))
        text_add_format(&context->beside, "; %s %s", entity->title,
                        outcome == PUT_INSERTED ? "added" : "changed");
    return status;
}

struct slice context_cell(const struct import_context *context, const struct table_row *cells,
                          const struct field *field)
{
    const struct import_column *column = import_map_find(context->map, field);
    size_t place = column ? (size_t)(column - context->map->columns) : cells->count;
    return place < cells->count ? slice_trim(cells->cells[place]) : (struct slice){ NULL, 0 };
}

void context_mark(struct import_context *context, const struct entity *entity, const char *name)
{
    context->present[entity_field(entity, name) - entity->fields] = true;
}

enum status context_scheme(struct work *work, struct import_context *context, int64_t *out_id)
{
    if (!context->scheme) {
        enum status status = text_store_only_scheme(work, out_id);
        if (status == STATUS_OK && *out_id == INTEGER_MISSING)
            problem_add(context->problems, "scheme",
                        "Which scheme the objectives belong to is not said; import it first "
                        "(`dueregard import schemes`), and say which: --set scheme=CODE, or the "
                        "field Scheme on the page.");
        return status;
    }
    enum status status = reference_id(work, context->references, &scheme_entity,
                                      slice_of(context->scheme), out_id);
    if (status == STATUS_OK && *out_id == INTEGER_MISSING)
        problem_add(context->problems, "scheme",
                    "There is no scheme with the code \"%.60s\"; see `dueregard export schemes`.",
                    context->scheme);
    return status;
}
