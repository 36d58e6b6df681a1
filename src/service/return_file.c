#include "service/return_file.h"

#include <string.h>

#include "base/arena.h"
#include "codec/sheet.h"
#include "codec/table_reader.h"
#include "entity/field_text.h"
#include "base/banned.h"

enum {
    LEAD_COLUMNS = 5, /* row, criterion, target, target of the period, supplier */
    MOST_INPUTS = 20,
    MOST_COLUMNS = LEAD_COLUMNS + RETURN_HISTORY + MOST_INPUTS + 3,
};

#define HEADING_RETURN "Return"
#define HEADING_ROW "Row"
#define HEADING_RATING "Computed rating so far"
#define HEADING_VERSION "Version"

static const char *const help[] = {
    "Write into the yellow cells; the others are for you to read, and protected against mistakes "
    "(there is no password).",
    "Cells with a list are chosen from it: why a value is missing, which milestone is reached, "
    "whether there is nothing to report, whether the row is complete.",
    "A rating that is not the computed one needs its reason. A red rating needs corrective action, "
    "who will do it, and by when.",
    "Leave the columns Return, Row and Version as they are: they tell where each row belongs and "
    "whether somebody has changed it meanwhile.",
};

struct writing {
    struct arena *arena;
    struct sheet_cell *cells;
    size_t count;
};

static void add_cell(struct writing *writing, const char *text)
{
    struct slice words = slice_of(text ? text : "");
    writing->cells[writing->count++] = (struct sheet_cell){ words.length ? SHEET_TEXT : SHEET_EMPTY,
                                                            words };
}

static void add_number(struct writing *writing, int64_t number)
{
    const char *words = arena_format(writing->arena, "%lld", (long long)number);
    writing->cells[writing->count++] = (struct sheet_cell){ SHEET_NUMBER, slice_of(words) };
}

static void add_row(struct writing *writing, const struct return_sheet *sheet,
                    const struct return_sheet_row *row)
{
    add_cell(writing, row->row->reference);
    add_cell(writing, row->row->success_criterion);
    add_cell(writing, row->target_words);
    add_cell(writing, row->profile_words);
    add_cell(writing, row->supplier);
    for (size_t i = 0; i < RETURN_HISTORY; i++)
        add_cell(writing, row->past[i].words);
    for (size_t i = 0; return_input_names[i]; i++)
        add_cell(writing,
                 field_label(writing->arena,
                             entity_field(&return_row_entity, return_input_names[i]), row->row));
    add_cell(writing, row->computed ? row->computed->name : "");
    add_cell(writing, sheet->head.code);
    add_number(writing, row->row->version == INTEGER_MISSING ? 0 : row->row->version);
}

static size_t write_headings(struct work *work, const struct return_sheet *sheet,
                             struct slice headings[MOST_COLUMNS])
{
    static const char *const lead[LEAD_COLUMNS] = { HEADING_ROW, "We will have succeeded if",
                                                    "Target", "Target of the period",
                                                    "Supplied by" };
    struct period period = sheet->period;
    size_t count = 0;
    for (size_t i = 0; i < LEAD_COLUMNS; i++)
        headings[count++] = slice_of(lead[i]);
    for (size_t i = 0; i < RETURN_HISTORY; i++) {
        period = period_previous(period);
        headings[count++] = slice_of(period_print_long(work->arena, period));
    }
    for (size_t i = 0; return_input_names[i]; i++)
        headings[count++] = slice_of(
            entity_field(&return_row_entity, return_input_names[i])->label);
    headings[count++] = SLICE(HEADING_RATING);
    headings[count++] = SLICE(HEADING_RETURN);
    headings[count++] = SLICE(HEADING_VERSION);
    return count;
}

/* The words that may stand in a field, ended by NULL; NULL for one in which anything may. */
static const char *const *choices_of(struct arena *arena, const struct field *field)
{
    static const char *const answers[] = { "yes", "no", NULL };
    enum { MOST_CHOICES = 30 };
    size_t count = 0;
    if (field->form == FORM_BOOLEAN)
        return answers;
    if (!field->codes)
        return NULL;
    const char **choices = arena_array_of(arena, MOST_CHOICES + 1, const char *);
    for (; count < MOST_CHOICES && field->codes[count].value; count++)
        choices[count] = field->codes[count].label;
    return choices;
}

static void set_up_columns(struct arena *arena, struct sheet_column columns[MOST_COLUMNS])
{
    enum { NARROW = 12, MIDDLE = 18, WIDE = 30, LONG = 45, LONG_TEXT = 1000, SHORT_TEXT = 60 };
    static const int lead[LEAD_COLUMNS] = { 8, LONG, WIDE, NARROW, MIDDLE };
    size_t count = 0;
    for (size_t i = 0; i < LEAD_COLUMNS; i++)
        columns[count++].width = lead[i];
    for (size_t i = 0; i < RETURN_HISTORY; i++)
        columns[count++].width = NARROW;
    for (size_t i = 0; return_input_names[i]; i++) {
        const struct field *field = entity_field(&return_row_entity, return_input_names[i]);
        int width = field->longest >= LONG_TEXT                   ? LONG
                    : field->longest > SHORT_TEXT || field->codes ? MIDDLE
                                                                  : NARROW;
        columns[count++] = (struct sheet_column){ width, true, choices_of(arena, field) };
    }
    columns[count++].width = NARROW;
    columns[count++].width = WIDE;
    columns[count].width = NARROW;
}

enum status return_file_write(struct work *work, const struct return_sheet *sheet,
                              enum return_file_kind kind, struct slice *out_bytes)
{
    struct slice headings[MOST_COLUMNS], help_heading[] = { SLICE("How to fill this in") };
    struct sheet_cell help_cells[ARRAY_COUNT(help)];
    size_t columns = write_headings(work, sheet, headings);
    struct writing writing = { .arena = work->arena,
                               .cells = arena_array_of(work->arena, sheet->rows.count * columns,
                                                       struct sheet_cell) };
    for (size_t i = 0; i < sheet->rows.count; i++)
        add_row(&writing, sheet, sheet->rows.items[i]);
    for (size_t i = 0; i < ARRAY_COUNT(help); i++)
        help_cells[i] = (struct sheet_cell){ SHEET_TEXT, slice_of(help[i]) };
    struct sheet_column looks[MOST_COLUMNS] = { 0 };
    static const struct sheet_column help_look = { .width = 90 };
    set_up_columns(work->arena, looks);
    const struct sheet sheets[] = {
        { "Return", headings, columns, writing.cells, sheet->rows.count, .columns = looks,
          .frozen = 2, .is_protected = true },
        { "Help", help_heading, 1, help_cells, ARRAY_COUNT(help), .columns = &help_look },
    };
    const struct sheet_file file = {
        .title = arena_format(work->arena, "%s, %s", sheet->unit_name, sheet->period_words),
        .language = "en-GB",
        .made = work->now,
        .sheets = sheets,
        .sheet_count = ARRAY_COUNT(sheets),
    };
    return kind == RETURN_FILE_ODS ? ods_write(work, &file, out_bytes)
                                   : xlsx_write(work, &file, out_bytes);
}

/* Where the columns of a file stand; -1 where there is none. */
struct columns {
    ptrdiff_t back, row, version, inputs[MOST_INPUTS];
};

static ptrdiff_t find_column(const struct table_row *headings, const char *label)
{
    for (size_t i = 0; i < headings->count; i++)
        if (slice_equal_folded(slice_trim(headings->cells[i]), slice_of(label)))
            return (ptrdiff_t)i;
    return -1;
}

static bool find_columns(const struct table_row *headings, struct columns *columns)
{
    columns->back = find_column(headings, HEADING_RETURN);
    columns->row = find_column(headings, HEADING_ROW);
    columns->version = find_column(headings, HEADING_VERSION);
    for (size_t i = 0; return_input_names[i]; i++)
        columns->inputs[i] = find_column(
            headings, entity_field(&return_row_entity, return_input_names[i])->label);
    return columns->row >= 0;
}

static struct slice cell_at(const struct table_row *row, ptrdiff_t column)
{
    return column >= 0 && (size_t)column < row->count ? slice_trim(row->cells[column])
                                                      : (struct slice){ NULL, 0 };
}

static void count_saved(struct return_taken *taken, const struct return_saved *saved,
                        const struct table_row *row)
{
    for (size_t i = 0; i < saved->problems.list.count; i++) {
        const struct problem *problem = saved->problems.list.items[i];
        taken->problems.row = row->number;
        problem_add(&taken->problems, entity_field(&return_row_entity, problem->column)->label,
                    "%s", problem->words);
    }
    taken->conflicts += saved->is_conflict;
    taken->changed += saved->is_changed;
    taken->unchanged += !saved->is_changed && !saved->is_conflict;
    if (!saved->is_conflict)
        return;
    taken->problems.row = row->number;
    problem_add(&taken->problems, HEADING_VERSION,
                "%s changed this row on %.10s, after the file was made, so the file's row was not "
                "saved. There it says: %.200s %.400s. Fetch the file again, or write the row on "
                "its page.",
                saved->row->edited_by ? saved->row->edited_by : "Somebody",
                saved->row->edited_at ? saved->row->edited_at : "a later day",
                saved->row->value_text ? saved->row->value_text : "",
                saved->row->progress ? saved->row->progress : "");
}

static enum status take_row(struct work *work, const char *code, const struct columns *columns,
                            const struct table_row *row, struct return_taken *taken)
{
    struct return_input inputs[MOST_INPUTS];
    struct return_answer answer = { .code = code, .inputs = inputs, .version = INTEGER_MISSING };
    struct return_saved saved;
    struct slice back = cell_at(row, columns->back);
    answer.reference = slice_copy(work->arena, cell_at(row, columns->row));
    taken->read++;
    taken->problems.row = row->number;
    if (back.length && !slice_is(back, code)) {
        taken->refused++;
        problem_add(&taken->problems, HEADING_RETURN,
                    "This row belongs to the return \"%.*s\"; send it there.",
                    (int)(back.length < 60 ? back.length : 60), back.start);
        return STATUS_OK;
    }
    (void)slice_integer(cell_at(row, columns->version), &answer.version);
    for (size_t i = 0; return_input_names[i]; i++)
        if (columns->inputs[i] >= 0)
            inputs[answer.count++] = (struct return_input){
                return_input_names[i],
                slice_copy(work->arena, cell_at(row, columns->inputs[i])),
            };
    enum status status = return_answer_save(work, &answer, &saved);
    if (status == STATUS_NOT_FOUND) {
        taken->refused++;
        problem_add(&taken->problems, HEADING_ROW, "%s", work->error);
        work_forget(work);
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        count_saved(taken, &saved, row);
    return status;
}

enum status return_file_take(struct work *work, const char *name, struct table_reader *reader,
                             const char *code, struct return_taken *out_taken)
{
    struct return_taken taken = { .problems = { .arena = work->arena, .file = name } };
    struct columns columns = { .row = -1 };
    struct table_row row;
    bool has_columns = false;
    const char *first_sheet = NULL;
    enum status status;
    while ((status = table_reader_next(reader, &row)) == STATUS_OK) {
        if (!first_sheet)
            first_sheet = arena_copy_text(work->arena, row.sheet);
        if (strcmp(first_sheet, row.sheet) != 0)
            break; /* the help */
        taken.problems.sheet = *first_sheet ? first_sheet : NULL;
        if (!has_columns) {
            has_columns = find_columns(&row, &columns);
            continue;
        }
        status = take_row(work, code, &columns, &row, &taken);
        if (status != STATUS_OK)
            return status;
    }
    if (status != STATUS_OK && status != STATUS_END)
        return status;
    if (!has_columns)
        return work_fail(work, STATUS_INPUT,
                         "%s: there is no column \"" HEADING_ROW "\"; fetch the return's own file "
                         "with `dueregard return sheet` and write into that.",
                         name);
    *out_taken = taken;
    return STATUS_OK;
}
