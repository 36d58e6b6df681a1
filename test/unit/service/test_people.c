/* An extract read into columns: from CSV, XLSX and ODS alike, whatever stands above the headings
 * and in whatever order the rows are; whose rows stay, and why others do not. */
#include "service/people.h"

#include <string.h>

#include "base/text.h"
#include "codec/csv_writer.h"
#include "codec/sheet.h"
#include "service/snapshot.h"
#include "support/random_row.h"
#include "support/support.h"

static struct people read_with(struct work *work, struct slice bytes,
                               const struct people_options *options)
{
    struct people_labels labels;
    struct people people;
    if (people_labels_read(work, &labels) != STATUS_OK ||
        people_read_bytes(work, "staff.csv", bytes, &labels, options, &people) != STATUS_OK)
        fail_msg("%s", work->error);
    return people;
}

static struct people read_text(struct work *work, const char *text)
{
    const struct people_options options = { 0 };
    return read_with(work, slice_of(text), &options);
}

/* How many kept rows have the label in the column of that name. */
static int64_t count(const struct people *people, const char *name, const char *label)
{
    int64_t found = 0;
    ptrdiff_t place = columns_find(people->columns, name);
    assert_true(place >= 0);
    const struct column *column = &people->columns->column[place];
    for (int64_t row = 0; row < people->columns->rows; row++)
        found += slice_is(column_label(column, column_code(column, row)), label);
    return found;
}

static int64_t total(const struct people *people, const char *name)
{
    int64_t sum = 0;
    const struct column *column = &people->columns->column[columns_find(people->columns, name)];
    for (int64_t row = 0; row < people->columns->rows; row++)
        if (column_decimal(column, row) != INTEGER_MISSING)
            sum += column_millionths(column, row);
    return sum;
}

static const char staff[] = "Workforce, made up,,,\n"
                            "\n"
                            "Gender,Ethnicity,Directorate,Salary,DOB\n"
                            "F,Indian,Adults,\"\xC2\xA3"
                            "25,000\",31/12/1980\n"
                            "M,White - British,Place,30k pa,01/02/1990\n"
                            "F,,Place,.,\n"
                            "M,White - British,Place,30k pa,01/02/1990\n"
                            "Total,,,,\n";

static void an_extract_is_read_below_its_title(void **state)
{
    struct work work = support_work();
    (void)state;
    CLEANUP_PEOPLE struct people people = read_text(&work, staff);
    assert_int_equal(people.rows_read, 5);
    assert_int_equal(people.columns->rows, 4);
    assert_int_equal(people.people, 4); /* alike, and different people: there is no key */
    assert_int_equal(people.refused[PEOPLE_STRAY], 1);
    assert_int_equal(count(&people, "sex", "F"), 2);
    assert_int_equal(count(&people, "ethnicity", "W1"), 2);
    assert_int_equal(count(&people, "ethnicity", "not-answered"), 1);
    assert_int_equal(count(&people, "ethnicity.written", "White - British"), 2);
    assert_int_equal(total(&people, "pay"), INT64_C(85000) * NUMBER_ONE);
    assert_int_equal(people.pay_period, PAY_YEAR);
    assert_int_equal(people_field_of(&people, PEOPLE_DATE_OF_BIRTH)->dates.form,
                     DATE_FORM_DAY_FIRST);
    const struct problem *problem = people.problems.list.items[0];
    assert_int_equal(problem->row, 8);
    assert_string_equal(problem->file, "staff.csv");
    support_work_end(&work);
}

static void somebody_with_a_number_alone_is_a_person(void **state)
{
    struct work work = support_work();
    (void)state;
    CLEANUP_PEOPLE struct people people = read_text(
        &work, "Staff number,Sex,Pay\nE1,,\nE2,F,30000\nTotal: 2,,\n");
    assert_int_equal(people.people, 2);
    assert_int_equal(people.refused[PEOPLE_STRAY], 1);
    support_work_end(&work);
}

static void spreadsheets_are_read_alike(void **state)
{
    static const struct slice headings[] = { { "Sex", 3 }, { "Religion", 8 }, { "Hours", 5 } };
    static const struct sheet_cell cells[] = {
        { SHEET_TEXT, { "Female", 6 } }, { SHEET_TEXT, { "Hindu", 5 } },
        { SHEET_NUMBER, { "36", 2 } },   { SHEET_TEXT, { "Male", 4 } },
        { SHEET_TEXT, { "N/A", 3 } },    { SHEET_NUMBER, { "18.5", 4 } },
    };
    const struct sheet sheets[] = {
        { .name = "Notes", .headings = headings, .column_count = 3 },
        { .name = "Staff", .headings = headings, .column_count = 3, .cells = cells, .row_count = 2 }
    };
    const struct sheet_file file = { "Staff", "en-GB", "2012-08-24T09:00:00Z", sheets, 2 };
    const struct people_options options = { .sheet = "Staff" };
    struct work work = support_work();
    struct slice bytes;
    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        enum status status = kind ? xlsx_write(&work, &file, &bytes)
                                  : ods_write(&work, &file, &bytes);
        assert_int_equal(status, STATUS_OK);
        CLEANUP_PEOPLE struct people people = read_with(&work, bytes, &options);
        assert_int_equal(people.columns->rows, 2);
        assert_int_equal(count(&people, "sex", "M"), 1);
        assert_int_equal(count(&people, "religion", "R3"), 1);
        assert_int_equal(count(&people, "religion", "not-asked"), 1);
        assert_int_equal(total(&people, "hours"), INT64_C(54500000));
    }
    support_work_end(&work);
}

/* The rows of the middle of an extract, shuffled. */
static const char *shuffled(struct work *work, uint64_t seed)
{
    static const char *const sexes[] = { "F", "M", "" }, *const units[] = { "A", "B", "C" };
    struct random random = { 7 }, order = { seed };
    const char *rows[200];
    struct text text = text_new(work->arena, 1 << 20);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        rows[i] = arena_format(
            work->arena, "%zu,%s,%s,%lld\n", i % 150, sexes[random_between(&random, 0, 2)],
            units[random_between(&random, 0, 2)], (long long)random_between(&random, 20000, 60000));
    text_add(&text, "Staff number,Sex,Team,Salary\n");
    for (size_t i = ARRAY_COUNT(rows); i-- > 0;) {
        size_t at = seed ? (size_t)random_between(&order, 0, (int64_t)i) : i;
        text_add(&text, rows[at]);
        rows[at] = rows[i];
    }
    return text.bytes;
}

static void the_order_of_the_rows_changes_nothing(void **state)
{
    struct work work = support_work();
    (void)state;
    CLEANUP_PEOPLE struct people first = read_text(&work, shuffled(&work, 0));
    assert_int_equal(first.people, 150);
    for (uint64_t seed = 1; seed <= 5; seed++) {
        CLEANUP_PEOPLE struct people again = read_text(&work, shuffled(&work, seed));
        assert_int_equal(again.people, first.people);
        assert_int_equal(again.columns->rows, first.columns->rows);
        assert_int_equal(total(&again, "pay"), total(&first, "pay"));
        assert_int_equal(count(&again, "sex", "F"), count(&first, "sex", "F"));
        assert_int_equal(count(&again, "unit-1", "B"), count(&first, "unit-1", "B"));
    }
    support_work_end(&work);
}

static const char histories[] = "Staff number,Sex,Start date,Leaving date\n"
                                "1,F,2020-01-01,2024-06-30\n"
                                "1,F,2024-07-01,\n"
                                "2,M,2025-05-01,\n"
                                "3,F,2019-01-01,2025-12-31\n"
                                "4,M,2025-06-01,2025-09-01\n"
                                "5,F,2018-01-01,2026-03-31\n"
                                "6,M,2025-07-01,2025-08-01\n"
                                "6,M,2025-09-01,2025-10-01\n"
                                "2,M,2025-05-01,\n";

static void histories_tell_who_was_there(void **state)
{
    static const struct {
        enum people_whom whom;
        int64_t rows, people, women;
    } expected[] = {
        { PEOPLE_IN_FORCE, 3, 3, 2 }, /* 1, 2, 5 */
        { PEOPLE_STARTED, 3, 3, 0 },  /* 2, 4, 6; the first post of 6 */
        { PEOPLE_LEFT, 3, 3, 1 },     /* 3, 4, 6; not 1, who moved */
        { PEOPLE_ALL, 8, 6, 4 },
    };
    struct work work = support_work();
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(expected); i++) {
        const struct people_options options = { .on = { 2026, 3, 31 },
                                                .since = { 2025, 3, 31 },
                                                .whom = expected[i].whom };
        CLEANUP_PEOPLE struct people people = read_with(&work, slice_of(histories), &options);
        assert_int_equal(people.refused[PEOPLE_REPEATED], 1);
        assert_int_equal(people.columns->rows, expected[i].rows);
        assert_int_equal(people.people, expected[i].people);
        assert_int_equal(count(&people, "sex", "F"), expected[i].women);
        assert_int_equal(people.joiners, 1);
        assert_int_equal(people.leavers, 1);
    }
    assert_int_equal(snapshot_whom(NULL), PEOPLE_IN_FORCE);
    assert_int_equal(snapshot_whom("leavers"), PEOPLE_LEFT);
    assert_int_equal(snapshot_whom("applicants"), PEOPLE_ALL);
    support_work_end(&work);
}

static void ages_and_disability_are_derived(void **state)
{
    static const char text[] = "DOB,Disability,Limits activities\n"
                               "2001-04-01,Yes,Yes a lot\n" /* 24 on the day, 25 tomorrow */
                               "2001-03-31,Yes,Not at all\n"
                               "1950-01-01,No,\n"
                               ",Prefer not to say,\n";
    static const char map[] = "column,label,list,code\ndisability,Yes,disability-condition,CY\n"
                              "disability,No,disability-condition,CN\n";
    const struct people_options options = { .on = { 2026, 3, 31 } };
    struct work work = support_work();
    struct people_labels labels;
    struct people people;
    (void)state;
    assert_int_equal(people_labels_read(&work, &labels), STATUS_OK);
    assert_int_equal(people_labels_add_map_bytes(&work, &labels, "map", SLICE(map)), STATUS_OK);
    assert_int_equal(people_read_bytes(&work, "s", SLICE(text), &labels, &options, &people),
                     STATUS_OK);
    assert_int_equal(count(&people, PEOPLE_AGE_GROUP, "16-24"), 1);
    assert_int_equal(count(&people, PEOPLE_AGE_GROUP, "25-34"), 1);
    assert_int_equal(count(&people, PEOPLE_AGE_GROUP, "65+"), 1);
    assert_int_equal(count(&people, PEOPLE_AGE_GROUP, "not-answered"), 1);
    assert_int_equal(count(&people, "disability-equality-act", "D1"), 1);
    assert_int_equal(count(&people, "disability-equality-act", "D3"), 1);
    assert_int_equal(count(&people, "disability-equality-act", "D4"), 1);
    assert_int_equal(count(&people, "disability-equality-act", "prefer-not-to-say"), 1);
    people_free(&people);
    support_work_end(&work);
}

static void what_cannot_be_read_is_refused_in_a_sentence(void **state)
{
    static const char *const wrong[] = { "", "\n\n", "PK\x03\x04 broken" };
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
        struct work work = support_work();
        const struct people_options options = { 0 };
        struct people_labels labels;
        struct people people = { 0 };
        assert_int_equal(people_labels_read(&work, &labels), STATUS_OK);
        assert_int_not_equal(
            people_read_bytes(&work, "x.csv", slice_of(wrong[i]), &labels, &options, &people),
            STATUS_OK);
        assert_non_null(strstr(work.error, "x.csv"));
        assert_null(people.columns);
        support_work_end(&work);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_extract_is_read_below_its_title),
        cmocka_unit_test(somebody_with_a_number_alone_is_a_person),
        cmocka_unit_test(spreadsheets_are_read_alike),
        cmocka_unit_test(the_order_of_the_rows_changes_nothing),
        cmocka_unit_test(histories_tell_who_was_there),
        cmocka_unit_test(ages_and_disability_are_derived),
        cmocka_unit_test(what_cannot_be_read_is_refused_in_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
