#include "service/scorecard_source.h"

#include <string.h>

#include "base/arena.h"
#include "model/scorecard_cell.h"
#include "model/scorecard_file.h"
#include "model/source_file.h"
#include "store/entity_store.h"
#include "base/banned.h"

/* Asked for once for each file. */
static enum status source_hash(struct work *work, int64_t id, struct list *known,
                               const char **out_hash)
{
    struct source_file *source = entity_row(work->arena, &source_file_entity);
    for (size_t i = 0; i < known->count; i++) {
        const struct source_file *other = known->items[i];
        if (other->id == id) {
            *out_hash = other->hash;
            return STATUS_OK;
        }
    }
    enum status status = entity_store_get(work, &source_file_entity, id, source);
    list_add(work->arena, known, source);
    if (status == STATUS_OK)
        *out_hash = source->hash;
    return status;
}

/* The files that were kept for the return give the names; their cells are not parsed. */
static const char *file_called(const struct list *files, int64_t source)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct scorecard_file *file = files->items[i];
        if (file->source_file == source)
            return file->name;
    }
    return "";
}

enum status scorecard_sources_load(struct work *work, const struct return_sheet *sheet,
                                   struct list *out_sources)
{
    struct list files = { 0 }, known = { 0 }, sources = { 0 };
    enum status status = entity_store_list_of(work, &scorecard_file_entity, "directorate_return",
                                              sheet->head.id, &files);
    for (size_t i = 0; status == STATUS_OK && files.count > 0 && i < sheet->rows.count; i++) {
        const struct return_row *row = ((const struct return_sheet_row *)sheet->rows.items[i])->row;
        struct list cells = { 0 };
        status = entity_store_list_of(work, &scorecard_cell_entity, "return_row", row->id, &cells);
        for (size_t k = 0; status == STATUS_OK && k < cells.count; k++) {
            const struct scorecard_cell *cell = cells.items[k];
            struct scorecard_source *source = arena_new_of(work->arena, struct scorecard_source);
            source->row = row;
            source->input = cell->input;
            source->sheet = cell->sheet;
            source->cell = cell->cell;
            source->words = cell->words;
            source->file = file_called(&files, cell->source_file);
            status = source_hash(work, cell->source_file, &known, &source->hash);
            list_add(work->arena, &sources, source);
        }
    }
    if (status == STATUS_OK)
        *out_sources = sources;
    return status;
}

const struct scorecard_source *scorecard_source_of(const struct list *sources,
                                                   const struct return_row *row, const char *input)
{
    const char *typed = field_text(entity_field(&return_row_entity, input), row);
    for (size_t i = 0; typed && i < sources->count; i++) {
        const struct scorecard_source *source = sources->items[i];
        if (source->row->id == row->id && strcmp(source->input, input) == 0 &&
            strcmp(source->words, typed) == 0)
            return source;
    }
    return NULL;
}
