/* Sheets as XLSX by libxlsxwriter, which writes to a named file: ours is in memory. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/late.h"
#include "base/text.h"
#include "codec/decimal.h"
#include "codec/sheet.h"
#include "base/banned.h"

enum {
    NAME_ROOM = 31 * 4 + 1, /* 31 characters of UTF-8 */
    NAME_CHARACTERS = 31,
    SUFFIX_CHARACTERS = 7, /* " (1000)" */
    EXACT_DIGITS = 15,
    FIRST_YEAR = 1900,
    PAPER_A4 = 9,
};

struct xlsx_formats {
    lxw_format *heading, *day;
    lxw_format *shown, *input; /* of cells in columns: to read, and to write in */
};

/* ---- names of sheets ---- */

/* Cuts to so many characters, and puts a blank for what Excel does not allow. */
static void fit_name(const char *name, size_t most, char out_name[NAME_ROOM])
{
    size_t length = 0, characters = 0;
    for (const char *p = name; *p && length + 1 < NAME_ROOM; p++) {
        characters += ((unsigned char)*p & 0xC0) != 0x80;
        if (characters > most)
            break;
        bool is_allowed = (unsigned char)*p >= 0x20 && !strchr("[]:*?/\\", *p) &&
                          !(*p == '\'' && (length == 0 || !p[1]));
        out_name[length++] = is_allowed ? *p : ' ';
    }
    out_name[length] = '\0';
}

static lxw_worksheet *add_worksheet(struct work *work, lxw_workbook *workbook, const char *name)
{
    char fitted[NAME_ROOM];
    fit_name(name, NAME_CHARACTERS, fitted);
    for (int number = 2; number < 1000; number++) {
        if (fitted[0] && workbook_validate_sheet_name(workbook, fitted) == LXW_NO_ERROR)
            return workbook_add_worksheet(workbook, fitted);
        char shorter[NAME_ROOM];
        fit_name(name, NAME_CHARACTERS - SUFFIX_CHARACTERS, shorter);
        const char *numbered = arena_format(work->arena, "%s (%d)", shorter, number);
        fit_name(numbered, NAME_CHARACTERS, fitted);
    }
    return NULL;
}

/* ---- cells ---- */

/* A double holds 15 digits for certain; a number with more is text, so that none is lost. */
static bool is_exact(struct slice text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.length; i++)
        digits += text.start[i] >= '0' && text.start[i] <= '9' &&
                  (digits > 0 || text.start[i] != '0');
    return digits <= EXACT_DIGITS;
}

/* Where a cell stands, and how one looks that is no date; NULL: plain. */
struct xlsx_place {
    lxw_row_t row;
    lxw_col_t column;
    lxw_format *look, *day;
};

static lxw_error write_cell(struct arena *arena, lxw_worksheet *worksheet, struct xlsx_place place,
                            const struct sheet_cell *cell)
{
    double number = 0;
    struct date date;
    if (cell->kind == SHEET_EMPTY || cell->text.length == 0)
        return place.look ? worksheet_write_blank(worksheet, place.row, place.column, place.look)
                          : LXW_NO_ERROR;
    if (cell->kind == SHEET_NUMBER && is_exact(cell->text) && decimal_read(cell->text, &number))
        return worksheet_write_number(worksheet, place.row, place.column, number, place.look);
    if (cell->kind == SHEET_DATE && date_read(cell->text, &date) && date.year >= FIRST_YEAR) {
        lxw_datetime moment = { .year = date.year, .month = date.month, .day = date.day };
        return worksheet_write_datetime(worksheet, place.row, place.column, &moment, place.day);
    }
    return worksheet_write_string(worksheet, place.row, place.column, slice_copy(arena, cell->text),
                                  place.look);
}

static lxw_format *look_of(const struct sheet *sheet, size_t column,
                           const struct xlsx_formats *formats)
{
    if (!sheet->columns)
        return NULL;
    return sheet->columns[column].is_input ? formats->input : formats->shown;
}

/* Widths, lists to choose from, protection, and the page on which it is printed. */
static lxw_error set_up_columns(lxw_worksheet *worksheet, const struct sheet *sheet,
                                const struct xlsx_formats *formats)
{
    char title[] = "Not in the list";
    char message[] = "Choose from the list, or leave the cell empty.";
    lxw_error error = LXW_NO_ERROR;
    for (size_t c = 0; c < sheet->column_count && !error; c++) {
        const struct sheet_column *column = &sheet->columns[c];
        lxw_col_t at = (lxw_col_t)c;
        error = worksheet_set_column(worksheet, at, at, column->width, look_of(sheet, c, formats));
        lxw_data_validation list = { .validate = LXW_VALIDATION_TYPE_LIST,
                                     .value_list = (char **)(uintptr_t)column->choices,
                                     .error_title = title,
                                     .error_message = message };
        if (!error && column->choices && sheet->row_count)
            error = worksheet_data_validation_range(worksheet, 1, at, (lxw_row_t)sheet->row_count,
                                                    at, &list);
    }
    lxw_protection allowed = { .format_columns = 1, .format_rows = 1 };
    if (sheet->is_protected)
        worksheet_protect(worksheet, NULL, &allowed);
    return error;
}

static lxw_error write_rows(struct arena *arena, lxw_worksheet *worksheet,
                            const struct sheet *sheet, const struct xlsx_formats *formats)
{
    lxw_error error = LXW_NO_ERROR;
    for (size_t c = 0; c < sheet->column_count && !error; c++)
        error = worksheet_write_string(worksheet, 0, (lxw_col_t)c,
                                       slice_copy(arena, sheet->headings[c]), formats->heading);
    for (size_t r = 0; r < sheet->row_count && !error; r++) {
        const struct sheet_cell *cells = &sheet->cells[r * sheet->column_count];
        for (size_t c = 0; c < sheet->column_count && !error; c++)
            error = write_cell(arena, worksheet,
                               (struct xlsx_place){ (lxw_row_t)(r + 1), (lxw_col_t)c,
                                                    look_of(sheet, c, formats), formats->day },
                               &cells[c]);
    }
    return error;
}

static enum status write_sheet(struct work *work, lxw_workbook *workbook, const struct sheet *sheet,
                               const struct xlsx_formats *formats)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    if (sheet->row_count + 1 > LXW_ROW_MAX || sheet->column_count > LXW_COL_MAX)
        return work_fail(work, STATUS_LIMIT,
                         "Sheet %s is too large for XLSX (%d rows and %d columns at most); export "
                         "it as CSV.",
                         sheet->name, LXW_ROW_MAX, LXW_COL_MAX);
    lxw_worksheet *worksheet = add_worksheet(work, workbook, sheet->name);
    if (!worksheet)
        return work_fail(work, STATUS_LIMIT, "There are too many sheets of the name %s.",
                         sheet->name);
    worksheet_freeze_panes(worksheet, 1, (lxw_col_t)sheet->frozen);
    worksheet_repeat_rows(worksheet, 0, 0);
    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet, PAPER_A4);
    if (sheet_fits_paper(sheet))
        worksheet_fit_to_pages(worksheet, 1, 0);
    else if (sheet->frozen)
        worksheet_repeat_columns(worksheet, 0, (lxw_col_t)(sheet->frozen - 1));
    lxw_error error = sheet->columns ? set_up_columns(worksheet, sheet, formats) : LXW_NO_ERROR;
    if (!error)
        error = write_rows(arena, worksheet, sheet, formats);
    if (error)
        return work_fail(work, STATUS_LIMIT, "Sheet %s cannot be written as XLSX: %s", sheet->name,
                         lxw_strerror(error));
    return STATUS_OK;
}

/* ---- the file ---- */

/* Seconds since 1970 of YYYY-MM-DDThh:mm:ssZ; 0 when it is anything else. */
static time_t seconds_of(const char *moment)
{
    struct slice text = slice_of(moment);
    struct date date;
    int64_t hour = 0, minute = 0, second = 0;
    if (text.length != 20 || !date_read(slice_first(text, 10), &date) ||
        !slice_integer((struct slice){ moment + 11, 2 }, &hour) ||
        !slice_integer((struct slice){ moment + 14, 2 }, &minute) ||
        !slice_integer((struct slice){ moment + 17, 2 }, &second))
        return 0;
    return (time_t)(((date_days(date) * 24 + hour) * 60 + minute) * 60 + second);
}

static enum status read_back(struct work *work, int descriptor, struct slice *out_bytes)
{
    off_t size = lseek(descriptor, 0, SEEK_END);
    size_t length = 0;
    if (size < 0 || lseek(descriptor, 0, SEEK_SET) != 0)
        return work_fail(work, STATUS_STORAGE, "An XLSX file could not be read back: %s.",
                         strerror(errno));
    char *bytes = arena_take(work->arena, (size_t)size + 1);
    while (length < (size_t)size) {
        ssize_t got = read(descriptor, bytes + length, (size_t)size - length);
        if (got <= 0 && errno != EINTR)
            return work_fail(work, STATUS_STORAGE, "An XLSX file could not be read back: %s.",
                             strerror(errno));
        length += got > 0 ? (size_t)got : 0;
    }
    *out_bytes = (struct slice){ bytes, length };
    return STATUS_OK;
}

static struct xlsx_formats add_formats(lxw_workbook *workbook)
{
    enum { PALE = 0xFFF9E5, LINE = 0xB1B4B6 };
    struct xlsx_formats formats = { .heading = workbook_add_format(workbook),
                                    .day = workbook_add_format(workbook),
                                    .shown = workbook_add_format(workbook),
                                    .input = workbook_add_format(workbook) };
    lxw_format *const wrapped[] = { formats.heading, formats.shown, formats.input };
    for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++) {
        format_set_text_wrap(wrapped[i]);
        format_set_align(wrapped[i], LXW_ALIGN_VERTICAL_TOP);
    }
    format_set_bold(formats.heading);
    format_set_num_format(formats.day, "yyyy-mm-dd");
    format_set_unlocked(formats.input);
    format_set_bg_color(formats.input, PALE);
    format_set_border(formats.input, LXW_BORDER_THIN);
    format_set_border_color(formats.input, LINE);
    return formats;
}

static enum status write_to(struct work *work, const struct sheet_file *file, int descriptor)
{
    const char *path = arena_format(work->arena, "/proc/self/fd/%d", descriptor);
    lxw_workbook *workbook = workbook_new(path);
    if (!workbook)
        return work_fail(work, STATUS_STORAGE, "An XLSX file could not be made.");
    lxw_doc_properties properties = { .title = arena_copy_text(work->arena, file->title),
                                      .created = seconds_of(file->made) };
    workbook_set_properties(workbook, &properties);
    struct xlsx_formats formats = add_formats(workbook);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < file->sheet_count && status == STATUS_OK; i++)
        status = write_sheet(work, workbook, &file->sheets[i], &formats);
    lxw_error error = workbook_close(workbook);
    if (status == STATUS_OK && error)
        return work_fail(work, STATUS_STORAGE, "An XLSX file could not be written: %s",
                         lxw_strerror(error));
    return status;
}

enum status xlsx_write(struct work *work, const struct sheet_file *file, struct slice *out_bytes)
{
    int descriptor = memfd_create("xlsx", MFD_CLOEXEC);
    if (descriptor < 0)
        return work_fail(work, STATUS_STORAGE, "Memory for an XLSX file could not be had: %s.",
                         strerror(errno));
    enum status status = late_load(work, "xlsxwriter");
    if (status == STATUS_OK)
        status = write_to(work, file, descriptor);
    if (status == STATUS_OK)
        status = read_back(work, descriptor, out_bytes);
    close(descriptor);
    return status;
}
