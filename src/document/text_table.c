/* Widths are shared out by what each column needs at least and wants at most. */
#include "document/text_table.h"

#include <string.h>

#include "base/arena.h"
#include "document/words.h"
#include "document/wrap.h"

#include "base/banned.h"

enum {
    TABLE_GAP = 2,
    TABLE_PART_MOST = 20,  /* the widest part that makes a column wider than its share */
    TABLE_LINES_MOST = 10, /* a cell taller than this reads better in a card */
    TABLE_LABEL_MOST = 24, /* the widest label of a card */
};

#define RULE "\xe2\x94\x80"

struct column_width {
    int least, widest, given;
};

void printout_repeat(struct printout *printout, const char *mark, int count)
{
    for (int i = 0; i < count; i++)
        text_add(printout->text, mark);
}

static void print_lines(struct printout *printout, const struct wrap *wrap, const char *first)
{
    size_t count = 0;
    int indent = words_width(slice_of(first));
    struct wrap_line *lines = wrap_lines(wrap, printout->width - indent, &count);
    for (size_t i = 0; i < count; i++) {
        if (i == 0)
            text_add(printout->text, first);
        else if (lines[i].count > 0)
            printout_repeat(printout, " ", indent);
        wrap_print(&lines[i], printout->colour, printout->text);
        text_add_character(printout->text, '\n');
    }
}

void printout_wrap(struct printout *printout, const struct document_runs *runs, const char *first)
{
    struct wrap wrap = wrap_runs(printout->scratch, runs);
    print_lines(printout, &wrap, first);
}

void printout_wrap_words(struct printout *printout, const char *words, const char *style,
                         const char *first)
{
    struct wrap wrap = wrap_words(printout->scratch, words, style);
    print_lines(printout, &wrap, first);
}

static int least_of(int a, int b)
{
    return a < b ? a : b;
}

static int most_of(int a, int b)
{
    return a > b ? a : b;
}

static void measure(struct arena *arena, const struct document_table *table,
                    struct column_width *widths)
{
    for (size_t column = 0; column < table->column_count; column++) {
        struct wrap heading = wrap_words(arena, table->columns[column].heading, NULL);
        widths[column].least = least_of(wrap_least(&heading), TABLE_PART_MOST);
        widths[column].widest = wrap_widest(&heading);
    }
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct document_row *row = table->rows.items[i];
        struct arena_mark mark = arena_mark(arena);
        for (size_t column = 0; !row->group && column < table->column_count; column++) {
            struct wrap cell = wrap_runs(arena, &row->cells[column]);
            int least = least_of(wrap_least(&cell), TABLE_PART_MOST);
            widths[column].least = most_of(widths[column].least, least);
            widths[column].widest = most_of(widths[column].widest, wrap_widest(&cell));
        }
        arena_return(arena, mark);
    }
}

/* Gives every column its least, and what is left to those that want more, by what they want. False
 * when even the least does not fit. */
static bool share(const struct document_table *table, struct column_width *widths, int available)
{
    int64_t wanted = 0;
    int left = available;
    for (size_t i = 0; i < table->column_count; i++) {
        widths[i].widest = most_of(widths[i].widest, widths[i].least);
        widths[i].given = widths[i].least;
        left -= widths[i].least;
        wanted += widths[i].widest - widths[i].least;
    }
    if (left < 0)
        return false;
    if (wanted <= left) {
        for (size_t i = 0; i < table->column_count; i++)
            widths[i].given = widths[i].widest;
        return true;
    }
    int spent = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        int64_t more = (int64_t)(widths[i].widest - widths[i].least) * left / wanted;
        widths[i].given += (int)more;
        spent += (int)more;
    }
    for (size_t i = 0; i < table->column_count && spent < left; i++)
        if (widths[i].given < widths[i].widest) {
            widths[i].given++;
            spent++;
        }
    return true;
}

/* True when no cell gets too tall in the widths given. */
static bool is_legible(struct arena *arena, const struct document_table *table,
                       const struct column_width *widths)
{
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct document_row *row = table->rows.items[i];
        struct arena_mark mark = arena_mark(arena);
        size_t tallest = 0;
        for (size_t column = 0; !row->group && column < table->column_count; column++) {
            struct wrap cell = wrap_runs(arena, &row->cells[column]);
            size_t count = 0;
            wrap_lines(&cell, widths[column].given, &count);
            tallest = count > tallest ? count : tallest;
        }
        arena_return(arena, mark);
        if (tallest > TABLE_LINES_MOST)
            return false;
    }
    return true;
}

struct grid_cell {
    struct wrap_line *lines;
    size_t count;
};

static void print_grid_line(struct printout *printout, const struct document_table *table,
                            const struct column_width *widths, const struct grid_cell *cells,
                            size_t line)
{
    static const struct wrap_line nothing = { 0 };
    int pending = 0; /* spaces, written only before something */
    for (size_t i = 0; i < table->column_count; i++) {
        const struct wrap_line *here = line < cells[i].count ? &cells[i].lines[line] : &nothing;
        int spare = widths[i].given - here->width;
        enum document_alignment alignment = table->columns[i].alignment;
        int before = alignment == DOCUMENT_RIGHT    ? spare
                     : alignment == DOCUMENT_CENTRE ? spare / 2
                                                    : 0;
        if (here->count > 0) {
            printout_repeat(printout, " ", pending + before);
            wrap_print(here, printout->colour, printout->text);
            pending = spare - before + TABLE_GAP;
        } else {
            pending += widths[i].given + TABLE_GAP;
        }
    }
    text_add_character(printout->text, '\n');
}

/* Prints a row of cells and tells how many lines it took. */
static size_t print_grid_row(struct printout *printout, const struct document_table *table,
                             const struct column_width *widths, const struct wrap *wraps)
{
    struct grid_cell cells[DOCUMENT_COLUMNS_MOST] = { 0 };
    size_t tallest = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        cells[i].lines = wrap_lines(&wraps[i], widths[i].given, &cells[i].count);
        tallest = cells[i].count > tallest ? cells[i].count : tallest;
    }
    for (size_t line = 0; line < tallest; line++)
        print_grid_line(printout, table, widths, cells, line);
    return tallest;
}

static void print_rule(struct printout *printout, const struct document_table *table,
                       const struct column_width *widths)
{
    for (size_t i = 0; i < table->column_count; i++) {
        printout_repeat(printout, " ", i == 0 ? 0 : TABLE_GAP);
        printout_repeat(printout, RULE, widths[i].given);
    }
    text_add_character(printout->text, '\n');
}

/* A heading over rows, drawn through to the table's right edge. */
static void print_group(struct printout *printout, const char *words, int width)
{
    printout_wrap_words(printout, words, ANSI_STRONG, RULE RULE " ");
    int used = words_width(slice_of(words)) + 3;
    if (used + 1 < width) {
        text_cut(printout->text, printout->text->length - 1);
        text_add_character(printout->text, ' ');
        printout_repeat(printout, RULE, width - used - 1);
        text_add_character(printout->text, '\n');
    }
}

static bool any_wraps(const struct document_table *table, const struct column_width *widths)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (widths[i].given < widths[i].widest)
            return true;
    return false;
}

static void print_grid(struct printout *printout, const struct document_table *table,
                       const struct column_width *widths)
{
    struct wrap wraps[DOCUMENT_COLUMNS_MOST];
    bool is_airy = any_wraps(table, widths), is_after_row = false;
    int width = -TABLE_GAP;
    for (size_t i = 0; i < table->column_count; i++) {
        wraps[i] = wrap_words(printout->scratch, table->columns[i].heading, ANSI_STRONG);
        width += widths[i].given + TABLE_GAP;
    }
    print_grid_row(printout, table, widths, wraps);
    print_rule(printout, table, widths);
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct document_row *row = table->rows.items[i];
        struct arena_mark mark = arena_mark(printout->scratch);
        if (is_after_row && (is_airy || row->group))
            text_add_character(printout->text, '\n');
        if (row->group) {
            print_group(printout, row->group, width);
        } else {
            for (size_t column = 0; column < table->column_count; column++)
                wraps[column] = wrap_runs(printout->scratch, &row->cells[column]);
            print_grid_row(printout, table, widths, wraps);
        }
        is_after_row = !row->group;
        arena_return(printout->scratch, mark);
    }
}

/* The row's own headings on one line, then a label and its cell on each. */
static void print_card(struct printout *printout, const struct document_table *table,
                       const struct document_row *row, int label)
{
    struct document_runs title = { .arena = printout->scratch };
    struct text words = text_new(printout->scratch, 1024 * 1024);
    text_add(&words, "");
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].is_row_header && row->cells[i].first) {
            text_add(&words, words.length ? "  " : "");
            runs_print(&row->cells[i], &words);
        }
    runs_add_strong(&title, words.bytes);
    printout_wrap(printout, &title, "");
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].is_row_header || !row->cells[i].first)
            continue;
        struct text first = text_new(printout->scratch, 1024);
        const char *heading = table->columns[i].heading;
        size_t fits = words_fit(slice_of(heading), label);
        text_add(&first, "  ");
        text_add_slice(&first, slice_first(slice_of(heading), fits));
        for (int at = words_width(slice_first(slice_of(heading), fits)); at < label + 2; at++)
            text_add_character(&first, ' ');
        printout_wrap(printout, &row->cells[i], first.bytes);
    }
}

static void print_cards(struct printout *printout, const struct document_table *table)
{
    int label = 0;
    for (size_t i = 0; i < table->column_count; i++)
        if (!table->columns[i].is_row_header)
            label = most_of(label, words_width(slice_of(table->columns[i].heading)));
    label = least_of(label, TABLE_LABEL_MOST);
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct document_row *row = table->rows.items[i];
        struct arena_mark mark = arena_mark(printout->scratch);
        if (i > 0)
            text_add_character(printout->text, '\n');
        if (row->group)
            print_group(printout, row->group, printout->width);
        else
            print_card(printout, table, row, label);
        arena_return(printout->scratch, mark);
    }
}

void text_table_print(struct printout *printout, const struct document_table *table)
{
    struct column_width widths[DOCUMENT_COLUMNS_MOST] = { 0 };
    int available = printout->width - TABLE_GAP * ((int)table->column_count - 1);
    measure(printout->scratch, table, widths);
    if (share(table, widths, available) && is_legible(printout->scratch, table, widths))
        print_grid(printout, table, widths);
    else
        print_cards(printout, table);
}
