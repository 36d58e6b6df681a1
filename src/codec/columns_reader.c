/* File after file: its headings are met with the wishes, its rows are read into an intake of its
 * own, and that is appended to the table. */
#include "codec/columns_reader.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "codec/columns_parts.h"
#include "codec/source.h"
#include "base/banned.h"

static enum status map_headings(struct work *work, const struct columns_request *request,
                                const char *name, const struct columns_preview *preview,
                                struct columns_map *out_map)
{
    struct columns_map map = { .heading_count = preview->count,
                               .heading_line = preview->heading_line };
    size_t *fields = arena_array_of(work->arena, request->wish_count, size_t);
    for (size_t i = 0; i < request->wish_count; i++) {
        const char *heading = request->wishes[i].heading;
        ptrdiff_t field = columns_find_heading(preview->headings, preview->count,
                                               slice_of(heading));
        if (field == -1)
            return work_fail(work, STATUS_INPUT,
                             "%s has no column \"%.80s\"; name the columns as "
                             "in its headings.",
                             name, heading);
        if (field < 0)
            return work_fail(work, STATUS_INPUT,
                             "%s has more than one column \"%.80s\"; give each heading a name of "
                             "its own.",
                             name, heading);
        fields[i] = (size_t)field;
    }
    map.fields = fields;
    *out_map = map;
    return STATUS_OK;
}

/* A problem and when it was found. */
struct found {
    const struct problem *problem;
    size_t order;
};

/* By row; those of one row as they were found. */
static int compare_found(const void *a, const void *b)
{
    const struct found *first = a, *second = b;
    if (first->problem->row != second->problem->row)
        return first->problem->row < second->problem->row ? -1 : 1;
    return first->order < second->order ? -1 : first->order > second->order;
}

/* Names the first problems of a part that begins `lines` lines into the file. */
static void take_problems(struct problems *to, const struct problems *from, int64_t lines)
{
    size_t count = from->list.count;
    struct found *found = arena_array_of(from->arena, count + 1, struct found);
    for (size_t i = 0; i < count; i++)
        found[i] = (struct found){ from->list.items[i], i };
    qsort(found, count, sizeof *found, compare_found);
    for (size_t i = 0; i < count && to->list.count < COLUMNS_MOST_NAMED; i++) {
        const struct problem *problem = found[i].problem;
        to->file = arena_copy_text(to->arena, problem->file);
        to->sheet = arena_copy_text(to->arena, problem->sheet);
        to->row = problem->row + lines;
        problem_add(to, problem->column, "%s", problem->words);
    }
}

static void take_found(struct columns_reading *reading, const struct intake *intake, int64_t lines)
{
    reading->rejected_count += intake->rejected_count;
    take_problems(&reading->rejected, &intake->rejected, lines);
    take_problems(&reading->noted, &intake->noted, lines);
    for (size_t i = 0; i < intake->request->wish_count; i++) {
        reading->noted_counts[i] += intake->noted_counts[i];
        reading->marks[i] |= intake->marks[i];
    }
}

/* The lines of a part are counted from its start. */
static void move_lines(struct intake *intake, int64_t lines)
{
    const struct columns_layout *layout = intake->request->layout;
    for (size_t i = 0; layout && i < intake->request->wish_count; i++)
        if (layout->fields[i] == COLUMNS_LINE)
            column_add(&intake->columns->column[i], intake->columns->rows, lines);
}

static enum status size_of(struct work *work, const char *path, int64_t *out_bytes)
{
    struct source source;
    enum status status = source_open(work, path, file_name(path), &source);
    if (status == STATUS_OK) {
        *out_bytes = source.size;
        source_close(&source);
    }
    return status;
}

static void free_intakes(struct intakes *intakes)
{
    for (size_t i = 0; i < intakes->count; i++)
        intake_free(intakes->parts[i]);
    intakes->count = 0;
}

static enum status read_slow(struct work *work, const struct columns_request *request,
                             const struct columns_map *map, const char *path,
                             struct intakes *out_intakes)
{
    struct intake *intake = intake_new(request, map, file_name(path));
    enum status status = intake_read_rows(intake, path);
    *out_intakes = (struct intakes){ .parts = { intake }, .count = 1 };
    return status == STATUS_OK ? status : work_fail(work, status, "%s", intake->work.error);
}

static enum status read_either_way(struct work *work, const struct columns_request *request,
                                   const struct columns_map *map, const char *path,
                                   struct intakes *out_intakes)
{
    struct intakes intakes = { .is_regular = false };
    enum status status = STATUS_OK;
    if (!request->is_slow)
        status = intakes_read_fast(work, request, map, path, &intakes);
    if (status == STATUS_OK && !intakes.is_regular)
        status = read_slow(work, request, map, path, &intakes);
    if (status != STATUS_OK)
        free_intakes(&intakes);
    else
        *out_intakes = intakes;
    return status;
}

/* Gives whether the rows of all parts fit together. */
static bool append_intakes(struct columns_reading *reading, struct intakes *intakes,
                           struct columns_file *file)
{
    int64_t lines = intakes->lines;
    bool fits = true;
    for (size_t i = 0; i < intakes->count && fits; i++) {
        struct intake *intake = intakes->parts[i];
        take_found(reading, intake, lines);
        move_lines(intake, lines);
        lines += intake->lines;
        file->rows += intake->columns->rows;
        file->short_rows += intake->short_rows;
        file->other_sheets_rows += intake->other_sheets_rows;
        fits = columns_append(reading->columns, intake->columns, intakes->count);
        intake->columns = NULL;
    }
    free_intakes(intakes);
    return fits;
}

static enum status read_file(struct work *work, const struct columns_request *request,
                             const char *path, struct columns_reading *reading,
                             struct columns_file *out_file)
{
    struct columns_preview preview;
    struct columns_map map;
    struct intakes intakes;
    struct columns_file file = { .name = file_name(path) };
    enum status status = columns_preview(work, path, request->sheet, request->heading_line, 0,
                                         &preview);
    if (status == STATUS_OK)
        status = map_headings(work, request, file.name, &preview, &map);
    if (status == STATUS_OK)
        status = size_of(work, path, &file.bytes);
    if (status == STATUS_OK)
        status = read_either_way(work, request, &map, path, &intakes);
    if (status != STATUS_OK)
        return status;
    file.kind = preview.kind;
    file.sheet = preview.sheet;
    bool fits = append_intakes(reading, &intakes, &file);
    *out_file = file;
    return fits ? STATUS_OK
                : work_fail(work, STATUS_LIMIT,
                            "The files together have too many rows, or one of their columns too "
                            "many different labels; count them apart.");
}

/* A reading of no file yet, with an empty column for each wish. */
static struct columns_reading reading_new(struct work *work, const struct columns_request *request)
{
    struct arena *arena = work->arena;
    struct intake *empty = intake_new(request, NULL, NULL);
    struct columns_reading reading = {
        .columns = empty->columns,
        .rejected = { .arena = arena },
        .noted = { .arena = arena },
        .noted_counts = arena_array_of(arena, request->wish_count, int64_t),
        .marks = arena_array_of(arena, request->wish_count, unsigned int),
    };
    empty->columns = NULL;
    intake_free(empty);
    return reading;
}

enum status columns_read(struct work *work, const struct columns_request *request,
                         struct columns_reading *out_reading)
{
    assert(request->wish_count <= COLUMNS_MOST_WISHES && request->path_count > 0);
    if (request->path_count > COLUMNS_MOST_FILES)
        return work_fail(work, STATUS_LIMIT, "There are too many files; %d are read at once.",
                         COLUMNS_MOST_FILES);
    assert(!request->layout);
    struct columns_reading reading = reading_new(work, request);
    struct columns_file *files = arena_array_of(work->arena, request->path_count,
                                                struct columns_file);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < request->path_count; i++)
        status = read_file(work, request, request->paths[i], &reading, &files[i]);
    if (status != STATUS_OK) {
        columns_free(reading.columns);
        return status;
    }
    columns_seal(reading.columns);
    reading.files = files;
    reading.file_count = request->path_count;
    *out_reading = reading;
    return STATUS_OK;
}

enum status columns_read_regular(struct work *work, const struct columns_request *request,
                                 bool *out_is_regular, struct columns_reading *out_reading)
{
    const struct columns_layout *layout = request->layout;
    assert(layout && request->wish_count <= COLUMNS_MOST_WISHES && request->path_count == 1);
    const struct columns_map map = { layout->cell_count, layout->heading_line, layout->fields };
    struct intakes intakes = { .is_regular = false };
    struct columns_file *file = arena_new_of(work->arena, struct columns_file);
    *out_is_regular = false;
    enum status status = intakes_read_fast(work, request, &map, request->paths[0], &intakes);
    if (status != STATUS_OK || !intakes.is_regular) {
        free_intakes(&intakes);
        return status;
    }
    struct columns_reading reading = reading_new(work, request);
    if (!layout->has_no_hash)
        reading.hash = arena_copy_text(work->arena, intakes.hash);
    file->name = file_name(request->paths[0]);
    reading.files = file;
    reading.file_count = 1;
    if (!append_intakes(&reading, &intakes, file)) {
        columns_free(reading.columns);
        return STATUS_OK;
    }
    *out_is_regular = true;
    *out_reading = reading;
    return STATUS_OK;
}
