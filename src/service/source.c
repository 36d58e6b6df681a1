#include "service/source.h"

#include "base/file.h"
#include "codec/table_reader.h"
#include "model/source_file.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum status source_note(struct work *work, struct audit *audit, const char *name,
                        const struct table_reader *reader, int64_t *out_id)
{
    struct source_file *source = entity_row(work->arena, &source_file_entity);
    bool inserted = false;
    source->hash = table_reader_hash(reader);
    source->name = file_name(name);
    source->size = table_reader_size(reader);
    source->kind = table_kind_name(table_reader_kind(reader));
    source->event = audit_event_id(audit);
    enum status status = entity_store_insert_new(work, &source_file_entity, source, &inserted);
    if (status == STATUS_OK && inserted)
        status = audit_add(work, audit, &source_file_entity, NULL, source);
    else if (status == STATUS_OK && out_id)
        status = entity_store_find(work, &source_file_entity, source, source);
    if (status == STATUS_OK && out_id)
        *out_id = source->id;
    return status;
}
