#include "codec/csv_writer.h"

#include <string.h>

#include "codec/kind.h"
#include "base/banned.h"

static bool is_formula_like(struct slice cell)
{
    size_t at = 0;
    while (at < cell.length && cell.start[at] == '\'')
        at++;
    return at < cell.length && cell.start[at] && strchr("=+-@\t\r", cell.start[at]);
}

/* A sign, digits with at most one point among them, perhaps a per cent sign. */
static bool is_plain_number(struct slice cell)
{
    if (slice_starts(cell, "-") || slice_starts(cell, "+"))
        cell = slice_from(cell, 1);
    if (slice_ends(cell, "%"))
        cell.length--;
    size_t digits = 0, points = 0;
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.start[i] >= '0' && cell.start[i] <= '9')
            digits++;
        else if (cell.start[i] == '.')
            points++;
        else
            return false;
    }
    return digits > 0 && points <= 1;
}

/* The writer's side of the rule: true when the cell gets an apostrophe. */
static bool csv_needs_apostrophe(struct slice cell)
{
    return is_formula_like(cell) && !is_plain_number(cell);
}

bool csv_has_apostrophe(struct slice cell)
{
    return cell.length > 1 && cell.start[0] == '\'' && is_formula_like(cell);
}

/* Quotes around ; and TAB keep the delimiter of a heading line beyond doubt, quotes around a byte
 * order mark keep it in the cell. */
static bool needs_quotes(struct slice cell)
{
    if (slice_starts(cell, "\xEF\xBB\xBF"))
        return true;
    for (size_t i = 0; i < cell.length; i++)
        if (cell.start[i] && strchr(",;\t\"\r\n", cell.start[i]))
            return true;
    return false;
}

/* A row's first cell may be a file's first bytes, and must not pass for another kind of file. */
static void write_cell(struct text *text, struct slice cell, bool is_first, bool is_alone)
{
    bool is_quoted = needs_quotes(cell) || (is_alone && cell.length == 0) ||
                     (is_first && (kind_is_zip(cell) || kind_refusal(cell)));
    if (is_quoted)
        text_add_character(text, '"');
    if (csv_needs_apostrophe(cell))
        text_add_character(text, '\'');
    const char *quote = NULL;
    while (is_quoted && cell.length && (quote = memchr(cell.start, '"', cell.length)) != NULL) {
        size_t length = (size_t)(quote - cell.start) + 1;
        text_add_slice(text, slice_first(cell, length));
        text_add_character(text, '"');
        cell = slice_from(cell, length);
    }
    text_add_slice(text, cell);
    if (is_quoted)
        text_add_character(text, '"');
}

void csv_write_row(struct text *text, const struct slice *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            text_add_character(text, ',');
        write_cell(text, cells[i], i == 0, count == 1);
    }
    text_add(text, "\r\n");
}
