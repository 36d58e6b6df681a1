/* Random files, plain and odd, read in every way: with every form of the processor, with one thread
 * and several, and slowly. */
#include <stdio.h>

#include "base/file.h"
#include "fuzz/columns_entry.h"
#include "support/support.h"

enum { FILES = 20, FILES_IN_FULL = 300, MOST_ROWS = 4000, COLUMNS = 9 };

static uint64_t next_random(uint64_t *state)
{
    uint64_t mixed = (*state += UINT64_C(0x9E3779B97F4A7C15));
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

/* Cells as they stand in a file; those from ODD on are seldom. */
static const char *const cells[] = {
    "",
    "Female",
    "Male",
    "12.5",
    "1234",
    "-3.25",
    "\"Mixed, any other\"",
    " blanks ",
    "White: English, Welsh",
    "\"\"",
    "\"say \"\"no\"\" twice\"",
    "\"1,234\"",
    "N/A",
    "\xC2\xA3"
    "25k pa",
    "'=1+1",
    "\"two\nlines\"",
    "\"two\r\nlines\"",
    "\"a long label of more than thirty-two bytes in quotation marks\"",
    "Asian, Asian British or Asian Welsh and still longer than any key can be here",
    "\xE2\x80\x94 dash",
    "99999999999999999999",
    "7.123456789",
    "not a number",
    "5\" pipe",
    "\"after\" quote",
    "\r",
    "\xFF",
};
enum { ODD = 20, VERY_ODD = 23, ALL = sizeof cells / sizeof *cells };

static void add_row(struct text *text, uint64_t *seed, size_t most, size_t number)
{
    uint64_t random = next_random(seed);
    size_t count = random % 50 == 7 ? random / 50 % (COLUMNS + 3) : COLUMNS;
    for (size_t i = 0; i < count; i++) {
        random = next_random(seed);
        size_t cell = random % (random / 64 % 40 ? ODD : most);
        if (i)
            text_add_character(text, ',');
        if (random / 8192 % 90 == 1)
            text_add_format(text, "unit %zu", number);
        else if (random / 8192 % 7000 == 1)
            for (int k = 0; k < 500; k++)
                text_add(text, "a cell too long ");
        else
            /* A cell with a comma of its own is in quotation marks. */
            text_add_format(text, cell == 8 || cell == 18 ? "\"%s\"" : "%s", cells[cell]);
    }
}

static struct slice random_file(struct work *work, uint64_t seed)
{
    struct text text = text_new(work->arena, COLUMNS_ENTRY_MOST);
    const char *end = seed % 3 ? "\n" : "\r\n";
    size_t most = seed % 5 == 4 ? ALL : VERY_ODD, rows = next_random(&seed) % MOST_ROWS;
    if (seed % 4 == 0)
        text_add(&text, "\xEF\xBB\xBF");
    for (size_t i = 0; i < COLUMNS; i++)
        text_add_format(&text, "%s\"heading, %zu\"", i ? "," : "", i);
    text_add(&text, end);
    for (size_t row = 0; row < rows; row++) {
        if (next_random(&seed) % 100)
            add_row(&text, &seed, most, row);
        if (row + 1 < rows || seed % 2)
            text_add(&text, end);
    }
    assert_false(text.is_full);
    return text_slice(&text);
}

static void every_way_gives_the_same(void **state)
{
    (void)state;
    const char *full = getenv("DUEREGARD_TEST_FULL");
    size_t taken = 0, refused = 0, files = full && full[0] ? FILES_IN_FULL : FILES;
    for (uint64_t seed = 0; seed < files; seed++) {
        struct work work = support_work();
        const char *folder = support_folder(&work);
        const char *path = arena_format(work.arena, "%s/people.csv", folder);
        assert_int_equal(file_write(&work, path, random_file(&work, seed)), STATUS_OK);
        struct slice outcome = columns_entry_file(work.arena, path);
        taken += slice_find(outcome, " rejected, ") >= 0;
        refused += slice_find(outcome, " rejected, ") < 0;
        support_remove(folder);
        support_work_end(&work);
    }
    /* The files are such that both happen. */
    assert_true(taken > files / 2 && refused > 0);
}

/* A cell with line breaks that lies over every cut between the parts. */
static void a_cell_may_lie_over_a_cut(void **state)
{
    (void)state;
    struct work work = support_work();
    struct text text = text_new(work.arena, COLUMNS_ENTRY_MOST);
    text_add(&text, "a,b,c\n");
    for (int row = 0; row < 300; row++) {
        text_add(&text, "x,\"");
        for (int line = 0; line < 500; line++)
            text_add(&text, "line, with \"\"marks\"\"\n");
        text_add(&text, "\",1\n");
    }
    columns_entry_bytes(text_slice(&text));
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_gives_the_same),
        cmocka_unit_test(a_cell_may_lie_over_a_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
