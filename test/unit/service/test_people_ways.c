/* Random extracts, plain and odd, read column by column and cell by cell. */
#include <stdlib.h>

#include "entity/entity.h"
#include "fuzz/people_entry.h"
#include "support/support.h"

enum { FILES = 24, FILES_IN_FULL = 400, MOST_ROWS = 6000, COLUMNS = 9 };

static uint64_t next_random(uint64_t *state)
{
    uint64_t mixed = (*state += UINT64_C(0x9E3779B97F4A7C15));
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

static const char *const headings[COLUMNS] = { "Employee number", "Sex",        "Ethnic group",
                                               "Directorate",     "Start date", "Weekly hours",
                                               "Annual salary",   "Bonus",      "Remarks" };

/* Cells by column; the last of each are seldom, and odd. */
static const char *const cells[COLUMNS][12] = {
    { "", "N/A", " 7 ", "E7", "\"8\"" },
    { "Female", "Male", "F", "M", "", "Prefer not to say", " male ", "\"\"", "\"Fe\nmale\"", "?" },
    { "White - British", "Indian", "", "Not stated", "\"Mixed, any other\"", "Martian", "N/A" },
    { "Adults", "Place", "N/A", "", "-", "\"Place \"\"West\"\"\"", "'=Place", "Unknown" },
    { "01/04/2020", "31/12/2025", "", "13/01/2026", "1 May 2025", "not known", "N/A" },
    { "36", "18.5 hours", "", "37h", "80%", "lots", "N/A", "36.1234567" },
    { "25000",
      "\"\xC2\xA3"
      "31,250.50\"",
      "28k pa", "", "N/A", "24000.00", "secret", "1e5", "(100)", "999999999999", "12.50 per hour" },
    { "", "100", "-", ".", "250.5", "none", "what" },
    { "", "x", "on leave", "\"a long remark of more than thirty-two bytes, in marks\"",
      "two  blanks", "\xE2\x80\x94" },
};
static const size_t plain[COLUMNS] = { 1, 4, 4, 4, 4, 4, 6, 4, 4 };

static const char *const strays[] = {
    "Total,,,,,,,,",          ",,,,,,,,",        " , ,,,,,,,",     "\"Note: made up\",,,,,,,,",
    ",,,,,,,,Page 1",         "Generated today", "Sum,,,,,,,,,,x", ",,",
    "\"\",,,,,,,,",           ",,,Source,,,,,",  "7,,,,,,,,",      "Total,,,,5000,,,,",
    "Grand total:,,,7,9,,,,", "Sum,1,2,3,4,,,,",
};

static void add_row(struct text *text, uint64_t *seed, size_t number, bool is_odd)
{
    uint64_t random = next_random(seed);
    size_t count = random % 60 == 7 ? random / 64 % (COLUMNS + 4) : COLUMNS;
    if (random % 90 == 11) {
        text_add(text, strays[random / 128 % ARRAY_COUNT(strays)]);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        random = next_random(seed);
        size_t column = i % COLUMNS, most = plain[column];
        while (is_odd && random % 8 == 3 && most < 12 && cells[column][most])
            most++;
        if (i)
            text_add_character(text, ',');
        if (i == 0 && random % 20 != 5)
            text_add_format(text, "%zu", random % 40 == 8 ? number / 2 : number);
        else if (is_odd && random / 64 % 3000 == 1)
            for (int k = 0; k < 500; k++)
                text_add(text, "a cell too long ");
        else
            text_add(text, cells[column][random / 4096 % most]);
    }
}

static struct slice random_extract(struct work *work, uint64_t seed)
{
    struct text text = text_new(work->arena, PEOPLE_ENTRY_MOST);
    const char *end = seed % 3 ? "\n" : "\r\n";
    size_t rows = next_random(&seed) % MOST_ROWS;
    bool is_odd = seed % 2;
    if (seed % 4 == 0)
        text_add(&text, "\xEF\xBB\xBF");
    if (seed % 5 == 1)
        text_add_format(&text, "Workforce, made up%s%s", end, end);
    for (size_t i = 0; i < COLUMNS; i++)
        text_add_format(&text, "%s%s", i ? "," : "", headings[i]);
    if (seed % 7 == 2)
        text_add(&text, ",,");
    text_add(&text, end);
    for (size_t row = 0; row < rows; row++) {
        add_row(&text, &seed, row, is_odd);
        if (row + 1 < rows || seed % 2)
            text_add(&text, end);
    }
    if (seed % 11 == 3)
        text_add(&text, "\xFF");
    assert_false(text.is_full);
    return text_slice(&text);
}

static void both_ways_give_the_same(void **state)
{
    (void)state;
    const char *full = getenv("DUEREGARD_TEST_FULL");
    size_t files = full && full[0] ? FILES_IN_FULL : FILES, taken = 0, large = 0;
    for (uint64_t seed = 0; seed < files; seed++) {
        struct work work = support_work();
        const struct people_options options = { .on = { seed % 2 ? 2026 : 0, 3, 31 },
                                                .since = { seed % 4 == 1 ? 2025 : 0, 3, 31 } };
        struct slice bytes = random_extract(&work, seed);
        struct slice outcome = people_entry_every_way(work.arena, bytes, options);
        taken += slice_starts(outcome, "{");
        large += bytes.length > 256 * 1024; /* longer than the beginning that is looked at */
        support_work_end(&work);
    }
    assert_true(taken > files / 2);
    assert_true(large > 0);
}

/* A label that is too long, or text behind the headings, in otherwise plain files. */
static void what_only_one_way_can_read_is_read(void **state)
{
    (void)state;
    struct work work = support_work();
    struct text text = text_new(work.arena, PEOPLE_ENTRY_MOST);
    text_add(&text, "Sex,Pay,Directorate\n");
    for (int row = 0; row < 400; row++)
        text_add_format(&text, "F,%d.5,Unit %d,%s\n", row, row % 7, row == 311 ? "behind" : "");
    people_entry_bytes(text_slice(&text));
    text_add(&text, "M,1,");
    for (int k = 0; k < 300; k++)
        text_add(&text, "a label too long ");
    people_entry_bytes(text_slice(&text));
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways_give_the_same),
        cmocka_unit_test(what_only_one_way_can_read_is_read),
    };
    return cmocka_run_group_tests_name("service/people_ways", tests, NULL, NULL);
}
