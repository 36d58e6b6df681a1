#include "service/export.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/arena.h"
#include "codec/csv_writer.h"
#include "entity/field_text.h"
#include "model/model.h"
#include "service/permission.h"
#include "service/reference.h"
#include "base/banned.h"

enum { EXPORT_MOST_FIELDS = 128, EXPORT_PIECE = 64 * 1024, EXPORT_MOST_ROW = 8 * 1024 * 1024 };

struct export
{
    struct work *work;
    const struct entity *entity;
    const struct export_options *options;
    struct references *references;
    const struct field *fields[EXPORT_MOST_FIELDS];
    size_t count;
    export_sink sink;
    void *context;
    bool first;
};

static void choose_fields(struct export *export)
{
    for (size_t i = 0; i < export->entity->field_count; i++) {
        const struct field *field = &export->entity->fields[i];
        bool revision = export->options->all_revisions && field->storage == STORAGE_INTEGER &&
                        slice_is(slice_of(field->name), "revision");
        if (revision || !(field->flags & FIELD_SYSTEM))
            export->fields[export->count++] = field;
    }
}

/* For programs: JSON, of a revised row the latest. */
static const struct export_options for_programs = { .format = EXPORT_JSON };

static enum status member_text(struct export *export, const struct field *field, const void *row,
                               const char **out_text)
{
    if (field->form == FORM_REFERENCE && !field_is_missing(field, row))
        return reference_code(export->work, export->references, model_entity(field->reference),
                              field_integer(field, row), out_text);
    *out_text = field_print(export->work->arena, field, row);
    return STATUS_OK;
}

static enum status write_csv_row(struct export *export, const void *row, struct text *text)
{
    struct slice cells[EXPORT_MOST_FIELDS];
    for (size_t i = 0; i < export->count; i++) {
        const char *member = NULL;
        enum status status = member_text(export, export->fields[i], row, &member);
        if (status != STATUS_OK)
            return status;
        cells[i] = slice_of(member);
    }
    csv_write_row(text, cells, export->count);
    return STATUS_OK;
}

/* Whole numbers and truths are JSON's own; decimals are text, so that no reader rounds them. */
static json_t *member_json(const struct field *field, const void *row, const char *text)
{
    if (field_is_missing(field, row))
        return json_null();
    if (field->form == FORM_BOOLEAN)
        return json_boolean(field_integer(field, row) != 0);
    if (field->form == FORM_PLAIN && field->storage == STORAGE_INTEGER)
        return json_integer(field_integer(field, row));
    return json_string(text);
}

static enum status row_json(struct export *export, const void *row, json_t **out_object)
{
    json_t *object = json_object();
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < export->count; i++) {
        const char *member = NULL;
        status = member_text(export, export->fields[i], row, &member);
        if (status == STATUS_OK)
            json_object_set_new(object, export->fields[i]->name,
                                member_json(export->fields[i], row, member));
    }
    if (status == STATUS_OK)
        *out_object = object;
    else
        json_decref(object);
    return status;
}

static enum status write_json_row(struct export *export, const void *row, struct text *text)
{
    json_t *object = NULL;
    enum status status = row_json(export, row, &object);
    if (status != STATUS_OK)
        return status;
    char *words = json_dumps(object, JSON_PRESERVE_ORDER);
    json_decref(object);
    text_add(text, export->first ? "[\n  " : ",\n  ");
    text_add(text, words ? words : "null");
    free(words);
    return STATUS_OK;
}

static enum status write_headings(struct export *export)
{
    struct slice cells[EXPORT_MOST_FIELDS];
    struct text text = text_new(export->work->arena, EXPORT_PIECE);
    for (size_t i = 0; i < export->count; i++)
        cells[i] = slice_of(export->fields[i]->name);
    csv_write_row(&text, cells, export->count);
    return export->sink(export->work, export->context, text_slice(&text));
}

static enum status write_rows(struct export *export, struct cursor *cursor)
{
    enum status status;
    while ((status = cursor_next(cursor)) == STATUS_OK) {
        struct arena_mark mark = arena_mark(export->work->arena);
        struct text text = text_new(export->work->arena, EXPORT_MOST_ROW);
        void *row = entity_row(export->work->arena, export->entity);
        entity_store_read(export->work->arena, export->entity, cursor, 0, row);
        status = export->options->format == EXPORT_JSON ? write_json_row(export, row, &text)
                                                        : write_csv_row(export, row, &text);
        if (status == STATUS_OK)
            status = export->sink(export->work, export->context, text_slice(&text));
        export->first = false;
        arena_return(export->work->arena, mark);
        if (status != STATUS_OK)
            return status;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status require_export(struct work *work, const struct entity *entity)
{
    return entity->flags & ENTITY_LEDGER
               ? work_fail(work, STATUS_REFUSED, "%s are not exported.", entity->plural)
               : permission_require(work, RIGHT_DATA_EXPORT, INTEGER_MISSING);
}

enum status export_entity(struct work *work, const struct entity *entity,
                          const struct export_options *options, export_sink sink, void *context)
{
    struct export export = { .work = work,
                             .entity = entity,
                             .options = options,
                             .sink = sink,
                             .context = context,
                             .first = true };
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    choose_fields(&export);
    enum status status = require_export(work, entity);
    if (status == STATUS_OK)
        status = entity_store_all(work, entity, options->all_revisions ? 0 : ENTITY_LATEST,
                                  &cursor);
    if (status == STATUS_OK && options->format != EXPORT_JSON)
        status = write_headings(&export);
    export.references = references_new();
    if (status == STATUS_OK)
        status = write_rows(&export, cursor);
    references_free(export.references);
    if (status == STATUS_OK && options->format == EXPORT_JSON)
        status = sink(work, context, export.first ? SLICE("[]\n") : SLICE("\n]\n"));
    return status;
}

static enum status add_page(struct export *export, struct cursor *cursor, size_t limit,
                            json_t *rows, int64_t *out_next)
{
    int64_t last = INTEGER_MISSING;
    enum status status;
    while ((status = cursor_next(cursor)) == STATUS_OK) {
        void *row = entity_row(export->work->arena, export->entity);
        json_t *object = NULL;
        if (json_array_size(rows) == limit) {
            *out_next = last;
            return STATUS_OK;
        }
        entity_store_read(export->work->arena, export->entity, cursor, 0, row);
        last = field_integer(&export->entity->fields[0], row);
        status = row_json(export, row, &object);
        if (status != STATUS_OK)
            return status;
        json_array_append_new(rows, object);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

enum status export_page(struct work *work, const struct entity *entity, int64_t after, size_t limit,
                        json_t **out_rows, int64_t *out_next)
{
    struct export export = { .work = work, .entity = entity, .options = &for_programs };
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    json_t *rows = json_array();
    int64_t next = INTEGER_MISSING;
    enum status status = require_export(work, entity);
    choose_fields(&export);
    if (status == STATUS_OK)
        status = entity_store_after(work, entity, after, limit + 1, &cursor);
    export.references = references_new();
    if (status == STATUS_OK)
        status = add_page(&export, cursor, limit, rows, &next);
    references_free(export.references);
    if (status != STATUS_OK) {
        json_decref(rows);
        return status;
    }
    *out_rows = rows;
    *out_next = next;
    return STATUS_OK;
}

enum status export_row(struct work *work, const struct entity *entity, const void *row,
                       json_t **out_row)
{
    struct export export = {
        .work = work, .entity = entity, .options = &for_programs, .references = references_new()
    };
    choose_fields(&export);
    enum status status = row_json(&export, row, out_row);
    references_free(export.references);
    return status;
}

enum status export_one(struct work *work, const struct entity *entity, const char *code,
                       json_t **out_row)
{
    int64_t id = INTEGER_MISSING;
    void *row = entity_row(work->arena, entity);
    enum status status = require_export(work, entity);
    if (status == STATUS_OK && entity_code(entity))
        status = entity_store_id(work, entity, slice_of(code), &id);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && id == INTEGER_MISSING))
        return work_fail(work, STATUS_NOT_FOUND, "There is no %s \"%.60s\".", entity->name, code);
    if (status == STATUS_OK)
        status = entity_store_get(work, entity, id, row);
    return status == STATUS_OK ? export_row(work, entity, row, out_row) : status;
}
