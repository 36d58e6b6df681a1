/* What the tests of the readers share: a whole file read into one text. */
#ifndef TEST_TABLE_SUPPORT_H
#define TEST_TABLE_SUPPORT_H

#include "base/text.h"
#include "codec/table_reader.h"
#include "support/support.h"

/* Every row as "sheet/number: [cell][cell]\n". */
static inline enum status table_text(struct work *work, struct table_reader *reader,
                                     const char **out_text)
{
    struct text text = text_new(work->arena, 64 << 20);
    struct table_row row;
    enum status status = STATUS_OK;
    while ((status = table_reader_next(reader, &row)) == STATUS_OK) {
        text_add_format(&text, "%s/%lld: ", row.sheet, (long long)row.number);
        for (size_t i = 0; i < row.count; i++) {
            text_add_character(&text, '[');
            text_add_slice(&text, row.cells[i]);
            text_add_character(&text, ']');
        }
        text_add_character(&text, '\n');
    }
    assert_false(text.is_full);
    *out_text = text.bytes;
    return status;
}

static inline void assert_table_is(struct slice bytes, const char *expected)
{
    struct work work = support_work();
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    enum status status = table_reader_open_bytes(&work, "plan.csv", bytes, NULL, &reader);
    const char *text = "";
    if (status == STATUS_OK)
        status = table_text(&work, reader, &text);
    if (status != STATUS_END)
        fail_msg("%s", work.error);
    assert_string_equal(text, expected);
    support_work_end(&work);
}

/* Reads until the failure, and compares its status and whole sentence. */
static inline void assert_table_fails(struct slice bytes, const struct table_options *options,
                                      enum status expected, const char *sentence)
{
    struct work work = support_work();
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    enum status status = table_reader_open_bytes(&work, "plan.csv", bytes, options, &reader);
    struct table_row row;
    if (status == STATUS_OK)
        while ((status = table_reader_next(reader, &row)) == STATUS_OK)
            ;
    assert_string_equal(work.error, sentence);
    assert_int_equal(status, expected);
    if (reader)
        assert_int_equal(table_reader_next(reader, &row), expected);
    support_work_end(&work);
}

#endif
