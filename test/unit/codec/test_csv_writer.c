/* CSV out: quoting, the apostrophe rule, and that what is written is read back as it was. */
#include "codec/csv_writer.h"

#include <string.h>

#include "codec/table_reader.h"
#include "support/support.h"

static const char *written(struct work *work, const struct slice *cells, size_t count)
{
    struct text text = text_new(work->arena, 1 << 16);
    csv_write_row(&text, cells, count);
    return text.bytes;
}

static void rows_are_quoted(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct slice cells[] = { SLICE("a"), SLICE("b,c"), SLICE("say \"no\""), SLICE("x\ny"),
                                   SLICE("") };
    assert_string_equal(written(&work, cells, 5), "a,\"b,c\",\"say \"\"no\"\"\",\"x\ny\",\r\n");
    assert_string_equal(written(&work, &cells[4], 1), "\"\"\r\n");
    support_work_end(&work);
}

/* A first heading that looks like the start of a PDF is still a heading. */
static void first_cells_do_not_pass_for_other_kinds(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *const texts[] = { "%PDF", "PK\003\004", "GIF8", " <html>", "<!DOCTYPE html>" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct slice cells[] = { slice_of(texts[i]), slice_of(texts[i]) };
        assert_string_equal(written(&work, cells, 2),
                            arena_format(work.arena, "\"%s\",%s\r\n", texts[i], texts[i]));
    }
    support_work_end(&work);
}

static void formulas_are_neutralised(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *const pairs[][2] = {
        { "=1+1", "'=1+1\r\n" },   { "+44 20", "'+44 20\r\n" },
        { "-", "'-\r\n" },         { "@SUM(A1)", "'@SUM(A1)\r\n" },
        { "\tx", "\"'\tx\"\r\n" }, { "\rx", "\"'\rx\"\r\n" },
        { "'=1", "''=1\r\n" },     { "'a", "'a\r\n" },
        { "-5", "-5\r\n" },        { "+5", "+5\r\n" },
        { "-0.25", "-0.25\r\n" },  { "-5%", "-5%\r\n" },
        { "-1-1", "'-1-1\r\n" },   { "-1.2.3", "'-1.2.3\r\n" },
        { "-.", "'-.\r\n" },       { "-5+cmd", "'-5+cmd\r\n" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct slice cell = slice_of(pairs[i][0]);
        assert_string_equal(written(&work, &cell, 1), pairs[i][1]);
    }
    support_work_end(&work);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* Cells made of the pieces that matter, so that each rule meets each other. */
static struct slice random_cell(struct work *work, uint64_t *seed)
{
    static const char *const pieces[] = { "'",  "=",  "+",  "-", "@",        "\t",
                                          "\r", "\n", "\"", ",", ";",        "a",
                                          "5",  ".",  "%",  " ", "\xC3\xA9", "\xEF\xBB\xBF" };
    struct text text = text_new(work->arena, 256);
    for (uint64_t left = next_random(seed) % 5; left > 0; left--)
        text_add(&text, pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]);
    return text_slice(&text);
}

static void rows_go_round(void **state)
{
    (void)state;
    enum { ROWS = 20000, MOST = 4 };
    struct work work = support_work();
    uint64_t seed = 20120824;
    struct slice(*rows)[MOST] = arena_take_array(work.arena, ROWS, sizeof *rows);
    struct text text = text_new(work.arena, 8 << 20);
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t c = 0; c < MOST; c++)
            rows[r][c] = c == 0 && r == 0 ? SLICE("heading") : random_cell(&work, &seed);
        csv_write_row(&text, rows[r], MOST);
    }
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    assert_int_equal(table_reader_open_bytes(&work, "round.csv", text_slice(&text), NULL, &reader),
                     STATUS_OK);
    struct table_row row;
    for (size_t r = 0; r < ROWS; r++) {
        size_t length = 0;
        for (size_t c = 0; c < MOST; c++)
            length += rows[r][c].length;
        if (length == 0)
            continue; /* a row without text is no row */
        assert_int_equal(table_reader_next(reader, &row), STATUS_OK);
        assert_int_equal(row.count, MOST);
        for (size_t c = 0; c < MOST; c++)
            assert_true(slice_equal(row.cells[c], rows[r][c]));
    }
    assert_int_equal(table_reader_next(reader, &row), STATUS_END);
    support_work_end(&work);
}

/* A file of one cell, whose first line decides delimiter and encoding. */
static void single_cells_go_round(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 5000; i++) {
        struct work work = support_work();
        struct slice cell = random_cell(&work, &seed);
        struct text text = text_new(work.arena, 1024);
        csv_write_row(&text, &cell, 1);
        CLEANUP_TABLE_READER struct table_reader *reader = NULL;
        assert_int_equal(
            table_reader_open_bytes(&work, "one.csv", text_slice(&text), NULL, &reader), STATUS_OK);
        struct table_row row = { .count = 0 };
        enum status status = table_reader_next(reader, &row);
        assert_int_equal(status, cell.length ? STATUS_OK : STATUS_END);
        if (cell.length) {
            assert_int_equal(row.count, 1);
            assert_true(slice_equal(row.cells[0], cell));
        }
        table_reader_close(reader);
        reader = NULL;
        support_work_end(&work);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_quoted),
        cmocka_unit_test(first_cells_do_not_pass_for_other_kinds),
        cmocka_unit_test(formulas_are_neutralised),
        cmocka_unit_test(rows_go_round),
        cmocka_unit_test(single_cells_go_round),
    };
    return cmocka_run_group_tests_name("codec/csv_writer", tests, NULL, NULL);
}
