#include "service/scales.h"

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "codec/table_reader.h"
#include "service/workspace.h"
#include "base/banned.h"

enum { MOST_COLUMNS = SCALE_LEVEL_COLUMNS };

struct rules_file {
    const char *name;
    const char *const *columns;
    size_t count;
    void (*add)(struct scales *scales, const struct slice *cells, struct problems *problems);
};

static void add_scale(struct scales *scales, const struct slice *cells, struct problems *problems)
{
    scales_add_scale(scales, cells, problems);
}

static void add_level(struct scales *scales, const struct slice *cells, struct problems *problems)
{
    scales_add_level(scales, cells, problems);
}

static void add_milestone(struct scales *scales, const struct slice *cells,
                          struct problems *problems)
{
    scales_add_milestone(scales, cells, problems);
}

static const struct rules_file files[] = {
    { "scales.csv", scale_columns, SCALE_COLUMNS, add_scale },
    { "rating_scales.csv", scale_level_columns, SCALE_LEVEL_COLUMNS, add_level },
    { "milestone_levels.csv", scale_milestone_columns, SCALE_MILESTONE_COLUMNS, add_milestone },
};

/* Where each wanted column stands in the file's heading line. */
static enum status find_columns(struct work *work, const struct rules_file *file,
                                const struct table_row *row, size_t *places)
{
    for (size_t i = 0; i < file->count; i++) {
        size_t at = 0;
        while (at < row->count && !slice_is(slice_trim(row->cells[at]), file->columns[i]))
            at++;
        if (at == row->count)
            return work_fail(work, STATUS_INPUT, "rules/%s has no column named %s.", file->name,
                             file->columns[i]);
        places[i] = at;
    }
    return STATUS_OK;
}

static enum status read_rows(struct work *work, const struct rules_file *file,
                             struct table_reader *reader, struct scales *scales,
                             struct problems *problems)
{
    struct table_row row;
    size_t places[MOST_COLUMNS];
    struct slice cells[MOST_COLUMNS];
    enum status status = table_reader_next(reader, &row);
    if (status == STATUS_OK)
        status = find_columns(work, file, &row, places);
    while (status == STATUS_OK && (status = table_reader_next(reader, &row)) == STATUS_OK) {
        for (size_t i = 0; i < file->count; i++)
            cells[i] = places[i] < row.count ? row.cells[places[i]] : (struct slice){ NULL, 0 };
        problems->row = row.number;
        file->add(scales, cells, problems);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status read_file(struct work *work, const struct rules_file *file,
                             struct scales *scales, struct problems *problems)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct slice bytes;
    problems->file = arena_format(work->arena, "rules/%s", file->name);
    enum status status = workspace_rules(work, file->name, &bytes);
    if (status == STATUS_OK)
        status = table_reader_open_bytes(work, problems->file, bytes, NULL, &reader);
    return status == STATUS_OK ? read_rows(work, file, reader, scales, problems) : status;
}

enum status scales_load(struct work *work, const struct scales **out_scales)
{
    struct problems problems = { .arena = work->arena };
    struct scales *scales = arena_new_of(work->arena, struct scales);
    enum status status = STATUS_OK;
    scales->arena = work->arena;
    for (size_t i = 0; status == STATUS_OK && i < sizeof files / sizeof *files; i++)
        status = read_file(work, &files[i], scales, &problems);
    if (status == STATUS_OK) {
        problems.row = 0;
        scales_check(scales, &problems);
    }
    if (status == STATUS_OK && problems.list.count > 0) {
        const struct problem *first = problems.list.items[0];
        return work_fail(work, STATUS_INPUT, "%s, line %lld: %s", first->file,
                         (long long)first->row, first->words);
    }
    if (status == STATUS_OK)
        *out_scales = scales;
    return status;
}

enum status scales_load_one(struct work *work, const char *code, const struct scale **out_scale)
{
    const struct scales *scales = NULL;
    enum status status = scales_load(work, &scales);
    if (status != STATUS_OK)
        return status;
    *out_scale = scales_find(scales, code);
    if (*out_scale)
        return STATUS_OK;
    struct text names = text_new(work->arena, WORK_ERROR_LENGTH);
    for (size_t i = 0; i < scales->count; i++)
        text_add_format(&names, "%s%s", i ? ", " : "", scales->items[i].code);
    return work_fail(work, STATUS_INPUT, "There is no rating scale \"%.40s\"; there are %s.", code,
                     names.bytes);
}
