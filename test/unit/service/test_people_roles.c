/* Columns of an extract: roles by heading, by hand, one column a role; labels to codes. */
#include "service/people_labels.h"

#include <string.h>

#include "support/support.h"

enum { MOST = 16 };

struct sheet {
    const char *headings[MOST], *cells[MOST];
};

/* The roles of a sheet of one row. */
static enum status find(struct work *work, const struct sheet *sheet, const char *const *choices,
                        size_t choice_count, struct people_columns *out)
{
    struct people_rules rules;
    struct slice headings[MOST], cells[MOST];
    struct people_choice given[MOST];
    struct people_sample sample = { .headings = headings, .cells = cells, .row_count = 1 };
    for (; sample.column_count < MOST && sheet->headings[sample.column_count];
         sample.column_count++) {
        headings[sample.column_count] = slice_of(sheet->headings[sample.column_count]);
        cells[sample.column_count] = slice_of(sheet->cells[sample.column_count]);
    }
    for (size_t i = 0; i < choice_count; i++)
        given[i].text = choices[i];
    assert_int_equal(people_rules_read(work, &rules), STATUS_OK);
    return people_roles_find(work, &rules, &sample, given, choice_count, out);
}

static const char *heading_of(const struct people_columns *columns, enum people_role role)
{
    const struct people_column *column = people_column_of(columns, role);
    return column ? column->heading : "none";
}

static const struct sheet county = {
    { "Department", "Department_Name", "Division", "Gender", "Base_Salary", "Overtime_Pay",
      "Longevity_Pay", "Grade" },
    { "ABS", "Alcohol Beverage Services", "ABS 85 Warehouse", "M", "$69,222.18", "", "", "20" },
};

static void headings_in_practice_are_known(void **state)
{
    struct work work = support_work();
    struct people_columns columns;
    (void)state;
    assert_int_equal(find(&work, &county, NULL, 0, &columns), STATUS_OK);
    assert_string_equal(heading_of(&columns, PEOPLE_SEX), "Gender");
    assert_string_equal(heading_of(&columns, PEOPLE_PAY), "Base_Salary");
    assert_int_equal(people_column_of(&columns, PEOPLE_PAY)->period, PAY_YEAR);
    assert_string_equal(heading_of(&columns, PEOPLE_OVERTIME), "Overtime_Pay");
    assert_string_equal(heading_of(&columns, PEOPLE_BONUS), "Longevity_Pay");
    assert_string_equal(heading_of(&columns, PEOPLE_GRADE), "Grade");
    assert_int_equal(columns.level_count, 2);
    assert_string_equal(people_unit_column(&columns, 0)->heading, "Department");
    assert_string_equal(people_unit_column(&columns, 1)->heading, "Division");
    assert_string_equal(heading_of(&columns, PEOPLE_ETHNICITY), "none");
    for (size_t i = 0; i < columns.count; i++)
        assert_non_null(columns.columns[i].reason);
    support_work_end(&work);
}

static void words_within_headings_and_capitals_are_known(void **state)
{
    static const struct sheet sheet = {
        { "EmployeeNumber", "Emp Ethnic Group Desc", "DateOfBirth", "Hourly rate (GBP)",
          "Annual salary", "Line manager id", "Notes" },
        { "17", "Indian", "1980-01-02", "17.20", "30000", "18", "" },
    };
    struct work work = support_work();
    struct people_columns columns;
    (void)state;
    assert_int_equal(find(&work, &sheet, NULL, 0, &columns), STATUS_OK);
    assert_string_equal(heading_of(&columns, PEOPLE_KEY), "EmployeeNumber");
    assert_string_equal(heading_of(&columns, PEOPLE_ETHNICITY), "Emp Ethnic Group Desc");
    assert_string_equal(heading_of(&columns, PEOPLE_DATE_OF_BIRTH), "DateOfBirth");
    assert_string_equal(heading_of(&columns, PEOPLE_PAY), "Hourly rate (GBP)");
    assert_int_equal(columns.columns[4].role, PEOPLE_UNKNOWN);
    assert_non_null(strstr(columns.columns[4].reason, "Hourly rate"));
    assert_int_equal(columns.columns[5].role, PEOPLE_UNKNOWN);
    support_work_end(&work);
}

static void the_analyst_decides(void **state)
{
    static const char *const choices[] = { "unit=Department_Name/Division", "pay=Longevity_Pay",
                                           "ignore=grade", "sex=gender" };
    struct work work = support_work();
    struct people_columns columns;
    (void)state;
    assert_int_equal(find(&work, &county, choices, 4, &columns), STATUS_OK);
    assert_string_equal(people_unit_column(&columns, 0)->heading, "Department_Name");
    assert_string_equal(people_unit_column(&columns, 1)->heading, "Division");
    assert_int_equal(columns.level_count, 2);
    assert_string_equal(heading_of(&columns, PEOPLE_PAY), "Longevity_Pay");
    assert_int_equal(people_column_of(&columns, PEOPLE_PAY)->period, PAY_UNSAID);
    assert_string_equal(heading_of(&columns, PEOPLE_BONUS), "none");
    assert_string_equal(heading_of(&columns, PEOPLE_GRADE), "none");
    assert_int_equal(columns.columns[4].role, PEOPLE_UNKNOWN); /* Base_Salary gave way */
    support_work_end(&work);
}

static void wrong_choices_are_explained(void **state)
{
    static const struct {
        const char *choice, *words;
    } wrong[] = {
        { "sex=Geschlecht", "Department_Name" },
        { "colour=Gender", "ROLE=HEADING" },
        { "Gender", "ROLE=HEADING" },
        { "sex=", "no column" },
        { "unit=Division/Division", "two roles" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct work work = support_work();
        struct people_columns columns;
        assert_int_equal(find(&work, &county, &wrong[i].choice, 1, &columns), STATUS_USAGE);
        assert_non_null(strstr(work.error, wrong[i].words));
        support_work_end(&work);
    }
}

static void a_heading_that_promises_figures_needs_them(void **state)
{
    static const struct sheet sheet = { { "Pay", "Hours" }, { "good", "36" } };
    struct work work = support_work();
    struct people_columns columns;
    (void)state;
    assert_int_equal(find(&work, &sheet, NULL, 0, &columns), STATUS_OK);
    assert_string_equal(heading_of(&columns, PEOPLE_PAY), "none");
    assert_string_equal(heading_of(&columns, PEOPLE_HOURS), "Hours");
    support_work_end(&work);
}

/* The list that a column of these labels is read by. */
static struct people_question question_of(struct work *work, struct people_labels *labels,
                                          enum people_role role, const char *const *values,
                                          size_t count)
{
    struct slice slices[MOST];
    struct people_question question = { .heading = "Column", .role = role };
    for (size_t i = 0; i < count; i++)
        slices[i] = slice_of(values[i]);
    assert_int_equal(people_labels_question(work, labels, slices, count, &question), STATUS_OK);
    return question;
}

static void the_version_of_the_question_shows_in_its_labels(void **state)
{
    static const char *const words[] = { "White - British", "Asian/Asian British - Indian",
                                         "Roma" };
    static const char *const letters[] = { "A", "H", "M", "Z" };
    static const char *const yes[] = { "Yes", "No", "" };
    static const char *const limited[] = { "Limited a lot", "No condition" };
    struct work work = support_work();
    struct people_labels labels;
    (void)state;
    assert_int_equal(people_labels_read(&work, &labels), STATUS_OK);
    struct people_question question = question_of(&work, &labels, PEOPLE_ETHNICITY, words, 3);
    assert_string_equal(question.list->name, "ethnicity-england-2021");
    assert_string_equal(people_labels_answer(&work, &labels, &question, slice_of(words[1])).code,
                        "A1");
    question = question_of(&work, &labels, PEOPLE_ETHNICITY, letters, 4);
    assert_string_equal(question.list->name, "ethnicity-nhs-2001");
    assert_string_equal(people_labels_answer(&work, &labels, &question, SLICE("M")).code, "M");
    assert_int_equal(people_labels_answer(&work, &labels, &question, SLICE("Z")).state,
                     ANSWER_PREFER_NOT_TO_SAY);
    question = question_of(&work, &labels, PEOPLE_DISABILITY, yes, 3);
    assert_string_equal(question.list->name, "disability-declared");
    question = question_of(&work, &labels, PEOPLE_DISABILITY, limited, 2);
    assert_string_equal(question.list->name, "disability-equality-act");
    support_work_end(&work);
}

static void states_are_kept_apart(void **state)
{
    static const struct {
        const char *label;
        enum answer_state state;
    } expected[] = {
        { "Prefer not to say", ANSWER_PREFER_NOT_TO_SAY },
        { " prefer NOT to say ", ANSWER_PREFER_NOT_TO_SAY },
        { "PNTS", ANSWER_PREFER_NOT_TO_SAY },
        { "", ANSWER_NOT_ANSWERED },
        { "NULL", ANSWER_NOT_ANSWERED },
        { ".", ANSWER_NOT_ANSWERED },
        { "Not stated", ANSWER_PREFER_NOT_TO_SAY },
        { "N/A", ANSWER_NOT_ASKED },
        { "Unknown", ANSWER_UNKNOWN },
        { "Withdrawn", ANSWER_WITHDRAWN },
        { "Martian", ANSWER_NOT_UNDERSTOOD },
        { "F", ANSWER_GIVEN },
    };
    static const char *const sexes[] = { "F", "M" };
    struct work work = support_work();
    struct people_labels labels;
    (void)state;
    assert_int_equal(people_labels_read(&work, &labels), STATUS_OK);
    struct people_question question = question_of(&work, &labels, PEOPLE_SEX, sexes, 2);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (people_labels_answer(&work, &labels, &question, slice_of(expected[i].label)).state !=
            expected[i].state)
            fail_msg("\"%s\" is wrongly read", expected[i].label);
    support_work_end(&work);
}

static void a_map_is_heard_first(void **state)
{
    static const char map[] = "column,label,list,code\n"
                              "Column,Martian,ethnicity-england-2011,O9\n"
                              "ethnicity,x,ethnicity-england-2011,W1\n"
                              "*,skip,state,not-asked\n"
                              "Column,to be mended,,\n"
                              "Elsewhere,Martian,sex,F\n";
    static const char *const values[] = { "Martian", "Roma" };
    struct work work = support_work();
    struct people_labels labels;
    (void)state;
    assert_int_equal(people_labels_read(&work, &labels), STATUS_OK);
    assert_int_equal(people_labels_add_map_bytes(&work, &labels, "map.csv", SLICE(map)), STATUS_OK);
    struct people_question question = question_of(&work, &labels, PEOPLE_ETHNICITY, values, 2);
    assert_string_equal(question.list->name, "ethnicity-england-2011");
    struct people_answer answer = people_labels_answer(&work, &labels, &question, SLICE("martian"));
    assert_string_equal(answer.code, "O9");
    assert_int_equal(answer.source, LABEL_BY_HAND);
    assert_string_equal(people_labels_answer(&work, &labels, &question, SLICE("X")).code, "W1");
    assert_int_equal(people_labels_answer(&work, &labels, &question, SLICE("skip")).state,
                     ANSWER_NOT_ASKED);
    support_work_end(&work);
}

static void a_map_that_is_wrong_names_the_row(void **state)
{
    static const struct {
        const char *map, *words;
    } wrong[] = {
        { "column,label,list,code\nsex,x,sex,Q\n", "row 2: the list sex has no code \"Q\"" },
        { "column,label,list,code\n\nsex,x,sexes,F\n", "row 3: there is no list" },
        { "column,label,list,code\nsex,x,state,gone\n", "row 2: \"gone\" is no state" },
        { "column,label,code\nsex,x,F\n", "no column \"list\"" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct work work = support_work();
        struct people_labels labels;
        assert_int_equal(people_labels_read(&work, &labels), STATUS_OK);
        assert_int_equal(
            people_labels_add_map_bytes(&work, &labels, "map.csv", slice_of(wrong[i].map)),
            STATUS_INPUT);
        if (!strstr(work.error, wrong[i].words))
            fail_msg("%s", work.error);
        support_work_end(&work);
    }
}

static void what_is_not_found_gets_a_suggestion(void **state)
{
    static const char *const values[] = { "White - British", "Indian" };
    struct work work = support_work();
    struct people_labels labels;
    (void)state;
    assert_int_equal(people_labels_read(&work, &labels), STATUS_OK);
    struct people_question question = question_of(&work, &labels, PEOPLE_ETHNICITY, values, 2);
    struct slice label = SLICE("Bangladesi");
    assert_int_equal(people_labels_answer(&work, &labels, &question, label).state,
                     ANSWER_NOT_UNDERSTOOD);
    struct label_suggestion first = people_labels_suggest(&work, &labels, &question, label);
    struct label_suggestion again = people_labels_suggest(&work, &labels, &question, label);
    assert_string_equal(first.code->code, "A3");
    assert_ptr_equal(first.code, again.code);
    assert_int_equal(first.likeness, again.likeness);
    assert_true(first.likeness > 80);
    struct label_suggestion state_one = people_labels_suggest(&work, &labels, &question,
                                                              SLICE("prefere not to say"));
    assert_null(state_one.code);
    assert_int_equal(state_one.state, ANSWER_PREFER_NOT_TO_SAY);
    assert_int_equal(people_labels_suggest(&work, &labels, &question, SLICE("qqqq")).likeness, 0);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_in_practice_are_known),
        cmocka_unit_test(words_within_headings_and_capitals_are_known),
        cmocka_unit_test(the_analyst_decides),
        cmocka_unit_test(wrong_choices_are_explained),
        cmocka_unit_test(a_heading_that_promises_figures_needs_them),
        cmocka_unit_test(the_version_of_the_question_shows_in_its_labels),
        cmocka_unit_test(states_are_kept_apart),
        cmocka_unit_test(a_map_is_heard_first),
        cmocka_unit_test(a_map_that_is_wrong_names_the_row),
        cmocka_unit_test(what_is_not_found_gets_a_suggestion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
