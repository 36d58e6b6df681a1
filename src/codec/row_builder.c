#include "codec/row_builder.h"

#include "base/arena.h"
#include "base/banned.h"

struct row_builder row_builder_new(struct work *work, const char *name, struct arena *arena,
                                   const struct table_options *limits)
{
    return (struct row_builder){
        .work = work,
        .name = name,
        .limits = limits,
        .arena = arena_new(),
        .cells = arena_array_of(arena, (size_t)limits->most_columns, struct slice),
    };
}

void row_builder_free(struct row_builder *builder)
{
    arena_free(builder->arena);
    builder->arena = NULL;
}

static enum status fail(const struct row_builder *builder, const char *words, int64_t most)
{
    return work_fail(builder->work, STATUS_LIMIT, "%s, sheet %.200s, row %lld: %s (%lld at most).",
                     builder->name, builder->sheet, (long long)builder->number, words,
                     (long long)most);
}

enum status row_builder_start(struct row_builder *builder, const char *sheet, int64_t number)
{
    arena_empty(builder->arena);
    builder->sheet = sheet;
    builder->number = number;
    builder->count = 0;
    builder->has_text = false;
    if (number > builder->limits->most_rows)
        return fail(builder, "there are too many rows", builder->limits->most_rows);
    return STATUS_OK;
}

struct text row_builder_text(const struct row_builder *builder)
{
    return text_new(builder->arena, (size_t)builder->limits->most_cell);
}

enum status row_builder_fail_length(const struct row_builder *builder)
{
    return fail(builder, "a cell's text has too many bytes", builder->limits->most_cell);
}

enum status row_builder_widen(struct row_builder *builder, int64_t count)
{
    if (count > builder->limits->most_columns)
        return fail(builder, "there are too many columns", builder->limits->most_columns);
    if (count <= (int64_t)builder->count)
        return STATUS_OK;
    builder->total += count - (int64_t)builder->count;
    if (builder->total > builder->limits->most_cells)
        return fail(builder, "there are too many cells in the file", builder->limits->most_cells);
    while ((int64_t)builder->count < count)
        builder->cells[builder->count++] = (struct slice){ "", 0 };
    return STATUS_OK;
}

enum status row_builder_put(struct row_builder *builder, int64_t column, struct slice text)
{
    if (text.length == 0)
        return STATUS_OK;
    if ((int64_t)text.length > builder->limits->most_cell)
        return row_builder_fail_length(builder);
    enum status status = row_builder_widen(builder, column + 1);
    if (status != STATUS_OK)
        return status;
    builder->cells[column] = text;
    builder->has_text = true;
    return STATUS_OK;
}

struct table_row row_builder_row(const struct row_builder *builder)
{
    return (struct table_row){ .sheet = builder->sheet,
                               .number = builder->number,
                               .count = builder->count,
                               .cells = builder->cells };
}
