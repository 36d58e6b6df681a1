/* Reads released tables back that were kept as JSON. A mark and a number never stand together, so
 * what is read shows no more than what was released. */
#include "disclosure/released_table.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "disclosure/released_body.h"
#include "disclosure/release_plan.h"
#include "base/banned.h"

enum { MOST_TABLES = 4096, MOST_ROWS = 1 << 24 };

/* One table while it is read. */
struct reading {
    struct arena *arena;
    struct released_table *table;
};

static bool read_mark(const json_t *json, enum released_mark *out_mark)
{
    if (json_is_null(json)) {
        *out_mark = RELEASED_SHOWN;
        return true;
    }
    for (int i = RELEASED_SHOWN + 1; json_is_string(json) && i < RELEASED_MARK_COUNT; i++)
        if (strcmp(json_string_value(json), released_mark_text((enum released_mark)i)) == 0) {
            *out_mark = (enum released_mark)i;
            return true;
        }
    return false;
}

static bool read_figure(const json_t *row, const char *name, const char *mark_name,
                        struct released_figure *out_figure)
{
    const json_t *number = json_object_get(row, name);
    *out_figure = (struct released_figure){ RELEASED_SHOWN, 0 };
    if (!number || !read_mark(json_object_get(row, mark_name), &out_figure->mark))
        return false;
    if (out_figure->mark != RELEASED_SHOWN)
        return json_is_null(number);
    out_figure->number = json_integer_value(number);
    return json_is_integer(number) && out_figure->number >= 0;
}

/* `count` texts of an array into `texts`. */
static bool read_texts(struct arena *arena, const json_t *array, size_t count, const char **texts)
{
    if (!json_is_array(array) || json_array_size(array) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_array_get(array, i));
        if (!text)
            return false;
        texts[i] = arena_copy_text(arena, text);
    }
    return true;
}

static bool read_rows(struct reading *reading, const json_t *rows)
{
    struct released_table *table = reading->table;
    size_t columns = table->heading_count;
    table->row_count = json_array_size(rows);
    if (!json_is_array(rows) || table->row_count > MOST_ROWS)
        return false;
    table->labels = arena_array_of(reading->arena, table->row_count * columns + 1, const char *);
    table->counts = arena_array_of(reading->arena, table->row_count + 1, struct released_figure);
    table->percents = arena_array_of(reading->arena, table->row_count + 1, struct released_figure);
    if (json_object_get(json_array_get(rows, 0), "mean")) { /* then every row has them */
        table->means = arena_array_of(reading->arena, table->row_count, struct released_figure);
        table->medians = arena_array_of(reading->arena, table->row_count, struct released_figure);
    }
    for (size_t i = 0; i < table->row_count; i++) {
        const json_t *row = json_array_get(rows, i);
        if (!read_texts(reading->arena, json_object_get(row, "labels"), columns,
                        table->labels + i * columns) ||
            !read_figure(row, "count", "count_mark", &table->counts[i]) ||
            !read_figure(row, "percent", "percent_mark", &table->percents[i]))
            return false;
        if (table->means && (!read_figure(row, "mean", "mean_mark", &table->means[i]) ||
                             !read_figure(row, "median", "median_mark", &table->medians[i])))
            return false;
    }
    return true;
}

static bool read_table(struct reading *reading, const json_t *json)
{
    struct released_table *table = reading->table;
    const char *name = json_string_value(json_object_get(json, "table"));
    const json_t *headings = json_object_get(json, "columns");
    table->heading_count = json_array_size(headings);
    if (!name || table->heading_count > RELEASE_PLAN_MOST_COLUMNS)
        return false;
    table->name = arena_copy_text(reading->arena, name);
    table->headings = arena_array_of(reading->arena, table->heading_count + 1, const char *);
    return read_texts(reading->arena, headings, table->heading_count, table->headings) &&
           read_rows(reading, json_object_get(json, "rows"));
}

enum status released_read(struct work *work, const char *name, struct slice bytes,
                          struct list *out_tables)
{
    struct list tables = { 0 };
    json_t *array = json_loadb(bytes.start, bytes.length, JSON_REJECT_DUPLICATES, NULL);
    bool is_read = json_is_array(array) && json_array_size(array) <= MOST_TABLES;
    for (size_t i = 0; is_read && i < json_array_size(array); i++) {
        struct reading reading = { work->arena, arena_new_of(work->arena, struct released_table) };
        is_read = read_table(&reading, json_array_get(array, i));
        list_add(work->arena, &tables, reading.table);
    }
    json_decref(array);
    if (!is_read)
        return work_fail(work, STATUS_INPUT, "%s: these are no released tables.", name);
    *out_tables = tables;
    return STATUS_OK;
}
