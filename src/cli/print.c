#include "cli/print.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "base/number.h"
#include "cli/terminal.h"
#include "base/banned.h"

enum status print_bytes(struct work *work, struct slice bytes)
{
    if (bytes.length && fwrite(bytes.start, 1, bytes.length, stdout) != bytes.length)
        return work_fail(work, STATUS_STORAGE, "The output could not be written: %s.",
                         strerror(errno));
    return STATUS_OK;
}

enum status print_line(struct work *work, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int put = vprintf(format, arguments);
    va_end(arguments);
    if (put < 0 || putchar('\n') == EOF)
        return work_fail(work, STATUS_STORAGE, "The output could not be written: %s.",
                         strerror(errno));
    return STATUS_OK;
}

enum status print_output(struct work *work, const char *path, struct slice bytes)
{
    return path ? file_write(work, path, bytes) : print_bytes(work, bytes);
}

enum status print_json(struct work *work, json_t *json)
{
    char *words = json_dumps(json, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(json);
    if (!words)
        return work_fail(work, STATUS_STORAGE, "The answer could not be written as JSON.");
    enum status status = print_line(work, "%s", words);
    free(words);
    return status;
}

size_t print_width(struct slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.start[i] & 0xC0) != 0x80;
    return count;
}

enum status print_wrapped(struct work *work, const char *label, const char *words)
{
    struct slice rest = slice_of(words), word;
    size_t indent = print_width(slice_of(label)), column = indent, most = terminal_width();
    int put = printf("%s", label);
    for (bool first = true; put >= 0 && slice_word(&rest, &word); first = false) {
        if (!first && column + 1 + print_width(word) > most) {
            put = printf("\n%*s", (int)indent, "");
            column = indent;
            first = true;
        }
        if (put >= 0)
            put = printf("%s%.*s", first ? "" : " ", (int)word.length, word.start);
        column += !first + print_width(word);
    }
    if (put < 0 || putchar('\n') == EOF)
        return work_fail(work, STATUS_STORAGE, "The output could not be written: %s.",
                         strerror(errno));
    return STATUS_OK;
}

struct table_text {
    struct arena *arena;
    size_t columns;
    size_t *widths;
    struct list rows; /* of const char ** */
};

struct table_text *table_text_new(struct arena *arena, size_t columns)
{
    struct table_text *table = arena_new_of(arena, struct table_text);
    *table = (struct table_text){ .arena = arena,
                                  .columns = columns,
                                  .widths = arena_array_of(arena, columns, size_t) };
    return table;
}

void table_text_add(struct table_text *table, const char *const *cells)
{
    const char **row = arena_array_of(table->arena, table->columns, const char *);
    for (size_t i = 0; i < table->columns; i++) {
        row[i] = arena_copy_text(table->arena, cells[i] ? cells[i] : "");
        size_t wide = print_width(slice_of(row[i]));
        if (wide > table->widths[i])
            table->widths[i] = wide;
    }
    list_add(table->arena, &table->rows, row);
}

enum status table_text_print(struct work *work, const struct table_text *table)
{
    for (size_t r = 0; r < table->rows.count; r++) {
        const char *const *row = table->rows.items[r];
        for (size_t i = 0; i < table->columns; i++) {
            bool last = i + 1 == table->columns;
            size_t pad = last ? 0 : table->widths[i] - print_width(slice_of(row[i])) + 2;
            if (printf("%s%*s", row[i], (int)pad, "") < 0)
                return work_fail(work, STATUS_STORAGE, "The output could not be written.");
        }
        putchar('\n');
    }
    return STATUS_OK;
}

const char *count_words(struct arena *arena, int64_t count)
{
    return number_print_count(arena, count);
}

const char *cell_shortened(struct arena *arena, const char *cell, size_t most)
{
    static const char end[] = "...";
    struct slice whole = slice_of(cell);
    assert(most >= sizeof end);
    if (whole.length <= most)
        return cell;
    whole = slice_first_whole(whole, most - (sizeof end - 1));
    return arena_format(arena, "%.*s%s", (int)whole.length, whole.start, end);
}
