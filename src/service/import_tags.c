#include "service/import_tags.h"

#include <string.h>

#include "base/arena.h"
#include "model/action.h"
#include "model/action_tag.h"
#include "model/characteristic.h"
#include "store/entity_store.h"
#include "store/text_store.h"
#include "base/banned.h"

enum { SHOWN_MOST = 60 };

struct tag {
    int64_t characteristic;
    const char *heading;
};

/* Crosses and ticks as spreadsheets and word processors write them; the last two are a tick of the
 * Wingdings font, which loses its font on the way. */
static const char *const marks[] = {
    "x",
    "xx",
    "yes",
    "y",
    "1",
    "true",
    "*",
    "\xE2\x9C\x93",
    "\xE2\x9C\x94",
    "\xE2\x88\x9A",
    "\xE2\x97\x8F",
    "\xE2\x80\xA2",
    "\xE2\x98\x91",
    "\xE2\x98\x92",
    "\xE2\x96\xA0",
    "\xC3\xBC",
    "\xEF\x83\xBC",
};
static const char *const blanks[] = {
    "", "no", "n", "0", "false", "-", "--", "\xE2\x80\x93", "\xE2\x80\x94", "n/a", "none",
};

static bool is_among(struct slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal_folded(text, slice_of(words[i])))
            return true;
    return false;
}

static void add_tag(struct work *work, struct import_context *context, int64_t characteristic,
                    const char *heading)
{
    for (size_t i = 0; i < context->tags.count; i++)
        if (((struct tag *)context->tags.items[i])->characteristic == characteristic)
            return;
    struct tag *tag = arena_new_of(work->arena, struct tag);
    *tag = (struct tag){ characteristic, heading };
    list_add(work->arena, &context->tags, tag);
}

/* By its code; "all" is each that the Act names. */
static enum status add_code(struct work *work, struct import_context *context, const char *code,
                            const char *heading)
{
    int64_t id = INTEGER_MISSING;
    struct list statutory = { 0 };
    enum status status = STATUS_OK;
    if (strcmp(code, "all") == 0) {
        status = text_store_statutory_characteristics(work, &statutory);
        for (size_t i = 0; i < statutory.count; i++)
            add_tag(work, context, *(int64_t *)statutory.items[i], heading);
        return status;
    }
    status = reference_id(work, context->references, &characteristic_entity, slice_of(code), &id);
    if (status == STATUS_OK && id == INTEGER_MISSING)
        problem_add(context->problems, heading,
                    "There is no characteristic with the code \"%s\"; import it first "
                    "(`dueregard import characteristics`).",
                    code);
    else if (status == STATUS_OK)
        add_tag(work, context, id, heading);
    return status;
}

/* By its name or code, or a council's word for it. `*out_known` tells whether there is one. */
static enum status add_named(struct work *work, struct import_context *context, struct slice name,
                             const char *heading, bool *out_known)
{
    int64_t id = INTEGER_MISSING;
    const char *meaning = heading_match(work->arena, context->rules, &action_entity, name);
    *out_known = meaning && slice_starts(slice_of(meaning), HEADING_CHARACTERISTIC);
    if (*out_known)
        return add_code(work, context, meaning + strlen(HEADING_CHARACTERISTIC), heading);
    enum status status = reference_id(work, context->references, &characteristic_entity, name, &id);
    *out_known = status == STATUS_OK && id != INTEGER_MISSING;
    if (*out_known)
        add_tag(work, context, id, heading);
    return status;
}

/* "Race / ethnicity" is one name and "Age / disability" are two: what is no name as a whole is
 * tried in parts. */
static enum status add_names(struct work *work, struct import_context *context, struct slice names,
                             const char *heading)
{
    bool known = false;
    enum status status = add_named(work, context, names, heading, &known);
    struct slice rest = names, part;
    if (status != STATUS_OK || known)
        return status;
    while (status == STATUS_OK && slice_split(&rest, '/', &part)) {
        part = slice_trim(part);
        if (part.length == 0)
            continue;
        status = add_named(work, context, part, heading, &known);
        if (status == STATUS_OK && !known)
            problem_add(context->problems, heading,
                        "\"%.*s\" is no characteristic; write the names that `dueregard export "
                        "characteristics` lists, with commas between.",
                        (int)(part.length < SHOWN_MOST ? part.length : SHOWN_MOST), part.start);
    }
    return status;
}

static enum status read_list(struct work *work, struct import_context *context, struct slice cell,
                             const char *heading)
{
    enum status status = STATUS_OK;
    char *words = slice_copy(work->arena, cell);
    for (char *mark = words; (mark = strpbrk(mark, ";\n\r")) != NULL; mark++)
        *mark = ',';
    struct slice rest = slice_of(words), name;
    while (status == STATUS_OK && slice_split(&rest, ',', &name)) {
        name = slice_trim(name);
        if (!is_among(name, blanks, ARRAY_COUNT(blanks)))
            status = add_names(work, context, name, heading);
    }
    return status;
}

enum status tags_read(struct work *work, struct import_context *context,
                      const struct table_row *cells)
{
    enum status status = STATUS_OK;
    context->tags = (struct list){ 0 };
    for (size_t i = 0; status == STATUS_OK && i < context->map->count && i < cells->count; i++) {
        const struct import_column *column = &context->map->columns[i];
        struct slice cell = slice_trim(cells->cells[i]);
        if (column->use == IMPORT_CHARACTERISTICS)
            status = read_list(work, context, cell, column->heading);
        if (column->use != IMPORT_CHARACTERISTIC || is_among(cell, blanks, ARRAY_COUNT(blanks)))
            continue;
        if (is_among(cell, marks, ARRAY_COUNT(marks)))
            status = add_code(work, context, column->characteristic, column->heading);
        else
            problem_add(context->problems, column->heading,
                        "\"%.*s\" is no mark; write x, or leave the cell empty.",
                        (int)(cell.length < SHOWN_MOST ? cell.length : SHOWN_MOST), cell.start);
    }
    return status;
}

static bool is_marked(const struct import_context *context, int64_t characteristic)
{
    for (size_t i = 0; i < context->tags.count; i++)
        if (((const struct tag *)context->tags.items[i])->characteristic == characteristic)
            return true;
    return false;
}

/* Whether the file says something of the characteristic: in a list of names, in its own column, or
 * in the column for all that gave the tag. */
static bool speaks_of(const struct import_context *context, const char *code, const char *heading)
{
    for (size_t i = 0; i < context->map->count; i++) {
        const struct import_column *column = &context->map->columns[i];
        if (column->use == IMPORT_CHARACTERISTICS)
            return true;
        if (column->use != IMPORT_CHARACTERISTIC)
            continue;
        if (strcmp(column->characteristic, code) == 0 ||
            (strcmp(column->characteristic, "all") == 0 && heading &&
             strcmp(column->heading, heading) == 0))
            return true;
    }
    return false;
}

/* What an earlier row of the same file marked stays: two rows of one action are two halves. */
static enum status remove_unmarked(struct work *work, struct import_context *context,
                                   int64_t action)
{
    struct list tags = { 0 };
    enum status status = entity_store_list_of(work, &action_tag_entity, "action", action, &tags);
    for (size_t i = 0; status == STATUS_OK && i < tags.count; i++) {
        const struct action_tag *tag = tags.items[i];
        const char *code = NULL;
        if (is_marked(context, tag->characteristic) || tag->event == audit_event_id(context->audit))
            continue;
        status = reference_code(work, context->references, &characteristic_entity,
                                tag->characteristic, &code);
        if (status != STATUS_OK || !speaks_of(context, code, tag->heading))
            continue;
        status = entity_store_remove(work, &action_tag_entity, tag->id);
        if (status == STATUS_OK)
            status = audit_add(work, context->audit, &action_tag_entity, tag, NULL);
        text_add_format(&context->beside, "; tag \"%s\" removed", code);
    }
    return status;
}

enum status tags_put(struct work *work, struct import_context *context, int64_t action)
{
    enum status status = remove_unmarked(work, context, action);
    for (size_t i = 0; status == STATUS_OK && i < context->tags.count; i++) {
        const struct tag *read = context->tags.items[i];
        struct action_tag *tag = entity_row(work->arena, &action_tag_entity);
        bool done = false;
        tag->action = action;
        tag->characteristic = read->characteristic;
        tag->heading = read->heading;
        status = context_put(work, context, &action_tag_entity, tag, &done);
    }
    return status;
}
