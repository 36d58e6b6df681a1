/* What the parts of a table are called. Within a cell stands its column, within cells, rows and
 * groups their table. */
#include "document/model_parts.h"

#include "base/banned.h"

static const char *const alignments[] = {
    [DOCUMENT_LEFT] = "left",
    [DOCUMENT_RIGHT] = "right",
    [DOCUMENT_CENTRE] = "centre",
};

static struct thing column_alignment(const struct thing *object)
{
    return thing_of_text(alignments[((const struct document_column *)object->at)->alignment]);
}

static const struct thing_member column_members[] = {
    MEMBER_TEXT(document_column, name),           MEMBER_TEXT(document_column, heading),
    MEMBER_BY("alignment", column_alignment),     MEMBER_INTEGER(document_column, width),
    MEMBER_TRUTH(document_column, is_row_header), MEMBER_UNLISTED_TEXT(document_column, room),
};
static const struct thing_kind column_kind = THING_KIND_OF(column_members);

static size_t columns_count(const struct thing *list)
{
    return ((const struct document_table *)list->at)->column_count;
}

static struct thing columns_item(const struct thing *list, size_t index, const struct thing *before)
{
    (void)before;
    const struct document_table *table = list->at;
    return thing_of(THING_OBJECT, &column_kind, &table->columns[index], NULL);
}

static const struct thing_kind columns_kind = { .count = columns_count, .item = columns_item };

static struct thing cell_column(const struct thing *object)
{
    return thing_of_text(((const struct document_column *)object->within)->name);
}

static struct thing cell_alignment(const struct thing *object)
{
    return thing_of_text(alignments[((const struct document_column *)object->within)->alignment]);
}

static struct thing cell_is_row_header(const struct thing *object)
{
    return thing_of_truth(((const struct document_column *)object->within)->is_row_header);
}

static struct thing cell_runs(const struct thing *object)
{
    return runs_thing(object->at);
}

static const struct thing_member cell_members[] = {
    MEMBER_BY("column", cell_column),
    MEMBER_BY("alignment", cell_alignment),
    MEMBER_BY("is_row_header", cell_is_row_header),
    MEMBER_BY("runs", cell_runs),
};
static const struct thing_kind cell_kind = THING_KIND_OF(cell_members);

static size_t cells_count(const struct thing *list)
{
    return ((const struct document_table *)list->within)->column_count;
}

static struct thing cells_item(const struct thing *list, size_t index, const struct thing *before)
{
    (void)before;
    const struct document_row *row = list->at;
    const struct document_table *table = list->within;
    return thing_of(THING_OBJECT, &cell_kind, &row->cells[index], &table->columns[index]);
}

static const struct thing_kind cells_kind = { .count = cells_count, .item = cells_item };

static struct thing row_cells(const struct thing *object)
{
    return thing_of(THING_LIST, &cells_kind, object->at, object->within);
}

static const struct thing_member row_members[] = { MEMBER_BY("cells", row_cells) };
static const struct thing_kind row_kind = THING_KIND_OF(row_members);

/* Rows stand in groups; a table without group headings is one group without one. A group is where
 * its heading, or else its first row, stands in the table's list. */

static const struct document_row *row_at(const void *place)
{
    return *(void *const *)place;
}

static void *const *rows_end(const struct document_table *table)
{
    return table->rows.items + table->rows.count;
}

static void *const *group_first(const struct thing *group)
{
    void *const *place = group->at;
    return row_at(place)->group ? place + 1 : place;
}

static size_t rows_count(const struct thing *list)
{
    size_t count = 0;
    void *const *place = group_first(list);
    while (place + count < rows_end(list->within) && !row_at(place + count)->group)
        count++;
    return count;
}

static struct thing rows_item(const struct thing *list, size_t index, const struct thing *before)
{
    (void)before;
    return thing_of(THING_OBJECT, &row_kind, row_at(group_first(list) + index), list->within);
}

static const struct thing_kind rows_kind = { .count = rows_count, .item = rows_item };

static struct thing group_heading(const struct thing *object)
{
    return thing_of_text(row_at(object->at)->group);
}

static struct thing group_rows(const struct thing *object)
{
    return thing_of(THING_LIST, &rows_kind, object->at, object->within);
}

static const struct thing_member group_members[] = {
    MEMBER_BY("heading", group_heading),
    MEMBER_BY("rows", group_rows),
};
static const struct thing_kind group_kind = THING_KIND_OF(group_members);

static size_t groups_count(const struct thing *list)
{
    const struct document_table *table = list->at;
    size_t count = 0;
    for (size_t i = 0; i < table->rows.count; i++)
        if (i == 0 || row_at(&table->rows.items[i])->group)
            count++;
    return count;
}

static struct thing groups_item(const struct thing *list, size_t index, const struct thing *before)
{
    (void)index;
    const struct document_table *table = list->at;
    void *const *place = table->rows.items;
    if (before) {
        place = before->at;
        do
            place++;
        while (place < rows_end(table) && !row_at(place)->group);
    }
    return thing_of(THING_OBJECT, &group_kind, place, table);
}

static const struct thing_kind groups_kind = { .count = groups_count, .item = groups_item };

static struct thing table_number(const struct thing *object)
{
    return thing_of_integer(((const struct document_table *)object->at)->number);
}

static struct thing table_columns(const struct thing *object)
{
    return thing_of(THING_LIST, &columns_kind, object->at, NULL);
}

static struct thing table_groups(const struct thing *object)
{
    return thing_of(THING_LIST, &groups_kind, object->at, NULL);
}

static const struct thing_member table_members[] = {
    MEMBER_TEXT(document_table, id),         MEMBER_TEXT(document_table, caption),
    MEMBER_UNLISTED("number", table_number), MEMBER_BY("columns", table_columns),
    MEMBER_BY("groups", table_groups),
};
static const struct thing_kind table_kind = THING_KIND_OF(table_members);

struct thing table_thing(const struct document_table *table)
{
    return thing_of(THING_OBJECT, &table_kind, table, NULL);
}
