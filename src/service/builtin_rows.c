#include "service/builtin_rows.h"

#include "base/arena.h"
#include "base/embedded.h"
#include "codec/table_reader.h"
#include "model/characteristic.h"
#include "model/model.h"
#include "service/import.h"
#include "base/banned.h"

static enum status load_file(struct work *work, const struct entity *entity,
                             const struct embedded_file *file, struct builtin_result *result)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct import_options options = { .entity = entity };
    struct import_result imported = { .read = 0 };
    struct slice bytes = { (const char *)file->bytes, file->size };
    enum status status = table_reader_open_bytes(work, file->name, bytes, NULL, &reader);
    if (status == STATUS_OK)
        status = import_table(work, file->name, reader, &options, &imported);
    if (status == STATUS_FINDINGS)
        return work_fail(work, STATUS_INPUT,
                         "%s: %lld rows were refused; import the file to see why.", file->name,
                         (long long)imported.rejected);
    if (status == STATUS_OK) {
        result->files++;
        result->rows += imported.inserted;
    }
    return status;
}

enum status builtin_load_start(struct work *work)
{
    struct builtin_result result = { 0 };
    size_t index = 0;
    const struct embedded_file *file = embedded_next("rules/characteristics.csv", &index);
    return load_file(work, &characteristic_entity, file, &result);
}

enum status builtin_load_demo(struct work *work, struct builtin_result *out_result)
{
    struct builtin_result result = { 0 };
    enum status started = builtin_load_start(work);
    if (started != STATUS_OK)
        return started;
    for (size_t i = 0; i < model_entity_count; i++) {
        const struct embedded_file *file;
        const char *prefix = arena_format(work->arena, "demo/%s-", model_entities[i]->name);
        for (size_t index = 0; (file = embedded_next(prefix, &index)) != NULL;) {
            enum status status = load_file(work, model_entities[i], file, &result);
            if (status != STATUS_OK)
                return status;
        }
    }
    *out_result = result;
    return STATUS_OK;
}
