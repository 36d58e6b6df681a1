#include "attack/hierarchy_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "codec/table_reader.h"
#include "base/banned.h"

enum { MOST_LEVELS = 8, LONGEST_LABEL = 1000, NONE = -1 };

struct reading {
    struct work *work;
    struct published *published;
    struct hierarchy *hierarchy;
    int32_t variables[MOST_LEVELS];
    size_t level_count, own; /* own: the column of the labels themselves */
};

static enum status read_heading(struct reading *reading, const struct table_row *row)
{
    struct arena *arena = reading->work->arena;
    if (row->count < 2 || row->count > MOST_LEVELS)
        return work_fail(reading->work, STATUS_INPUT,
                         "%s has to have 2 to %d columns: the labels of %.*s, then the groups that "
                         "each belongs to.",
                         reading->hierarchy->path, MOST_LEVELS,
                         (int)reading->hierarchy->variable.length,
                         reading->hierarchy->variable.start);
    reading->level_count = row->count;
    for (size_t i = 0; i < row->count; i++)
        if (slice_equal(slice_trim(row->cells[i]), reading->hierarchy->variable))
            reading->own = i;
    for (size_t i = 0; i < row->count; i++) {
        struct slice heading = slice_trim(row->cells[i]), own = reading->hierarchy->variable;
        const char *name = arena_format(arena, "%.*s by %.*s", (int)own.length, own.start,
                                        (int)heading.length, heading.start);
        reading->variables[i] = published_word(reading->published,
                                               i == reading->own ? own : slice_of(name));
    }
    return STATUS_OK;
}

static enum status set_level(struct reading *reading, const struct table_row *row, int32_t label,
                             int32_t variable)
{
    struct hierarchy *hierarchy = reading->hierarchy;
    if (label >= hierarchy->word_count) {
        int32_t room = 2 * label + 64;
        int32_t *larger = arena_array_of(reading->work->arena, (size_t)room, int32_t);
        memset(larger, NONE, (size_t)room * sizeof *larger);
        if (hierarchy->word_count)
            memcpy(larger, hierarchy->level, (size_t)hierarchy->word_count * sizeof *larger);
        hierarchy->level = larger;
        hierarchy->word_count = room;
    }
    if (hierarchy->level[label] != NONE && hierarchy->level[label] != variable)
        return work_fail(
            reading->work, STATUS_INPUT,
            "%s, row %lld: \"%.60s\" is a label in two of its columns; name each group "
            "differently.",
            hierarchy->path, (long long)row->number, published_word_of(reading->published, label));
    hierarchy->level[label] = variable;
    return STATUS_OK;
}

/* Every group holds the labels of each other column that lie within it. */
static enum status read_row(struct reading *reading, const struct table_row *row)
{
    int32_t labels[MOST_LEVELS];
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < reading->level_count; i++) {
        struct slice text = i < row->count ? slice_trim(row->cells[i]) : SLICE("");
        if (text.length > LONGEST_LABEL)
            return work_fail(reading->work, STATUS_LIMIT,
                             "%s, row %lld: a label is longer than %d bytes.",
                             reading->hierarchy->path, (long long)row->number, LONGEST_LABEL);
        labels[i] = text.length ? published_word(reading->published, text) : NONE;
        if (labels[i] != NONE)
            status = set_level(reading, row, labels[i], reading->variables[i]);
    }
    for (size_t i = 0; status == STATUS_OK && i < reading->level_count; i++)
        for (size_t j = 0; j < reading->level_count; j++)
            if (i != j && i != reading->own && labels[i] != NONE && labels[j] != NONE)
                published_add_nesting(reading->published, &(struct published_nesting){
                                                              { reading->variables[i], labels[i] },
                                                              { reading->variables[j], labels[j] },
                                                          });
    return status;
}

static enum status read(struct work *work, struct table_reader *reader, struct published *published,
                        struct hierarchy *hierarchy)
{
    struct reading reading = { .work = work, .published = published, .hierarchy = hierarchy };
    struct table_row row;
    enum status status = table_reader_next(reader, &row);
    if (status == STATUS_END)
        return work_fail(work, STATUS_INPUT, "%s is empty.", hierarchy->path);
    if (status == STATUS_OK)
        status = read_heading(&reading, &row);
    while (status == STATUS_OK) {
        status = table_reader_next(reader, &row);
        if (status == STATUS_OK)
            status = read_row(&reading, &row);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

enum status hierarchy_file_parse(struct work *work, struct slice bytes, struct published *published,
                                 struct hierarchy *hierarchy)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    enum status status = table_reader_open_bytes(work, hierarchy->path, bytes, NULL, &reader);
    return status == STATUS_OK ? read(work, reader, published, hierarchy) : status;
}

int32_t hierarchy_variable_of(const struct hierarchy *hierarchy, int32_t label)
{
    return label < hierarchy->word_count ? hierarchy->level[label] : NONE;
}
