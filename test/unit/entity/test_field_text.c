/* Fields as text: what people write, what is refused, and that printing and reading agree. */
#include "entity/field_text.h"

#include <string.h>

#include "base/problem.h"
#include "support/support.h"

struct thing {
    int64_t id;
    const char *code, *colour, *seen_on, *period, *note;
    int64_t count, share, agreed;
    const char *secret;
};

static const struct code colour_codes[] = { { "red", "Bright red" }, { "blue", "Blue" }, { 0 } };

static const struct field thing_fields[] = {
    { FIELD(thing, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(thing, code), .label = "Code", .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 8 },
    { FIELD(thing, colour), .label = "Colour", .codes = colour_codes, .standard = "blue" },
    { FIELD(thing, seen_on), .label = "Seen on", .form = FORM_DATE },
    { FIELD(thing, period), .label = "Period", .form = FORM_PERIOD },
    { FIELD(thing, note), .label = "Note", .flags = FIELD_KEY },
    { FIELD(thing, count), .label = "Count", .least = 1, .most = 10 },
    { FIELD(thing, share), .label = "Share", .form = FORM_DECIMAL },
    { FIELD(thing, agreed), .label = "Agreed", .form = FORM_BOOLEAN },
    { FIELD(thing, secret), .label = "Secret", .flags = FIELD_PERSONAL, .form = FORM_DATE },
};
ENTITY_IS_COMPLETE(thing);

static const struct entity thing_entity = { ENTITY(thing), .title = "Thing", .plural = "things" };

static bool read(struct work *work, struct problems *problems, struct thing *thing,
                 const char *name, const char *words)
{
    return field_read(work->arena, entity_field(&thing_entity, name), slice_of(words), thing,
                      problems, NULL);
}

static void what_people_write_is_read(void **state)
{
    (void)state;
    struct work work = support_work();
    struct problems problems = { .arena = work.arena };
    struct thing *thing = entity_row(work.arena, &thing_entity);
    static const struct {
        const char *name, *words, *printed;
    } cases[] = {
        { "code", "  A-1 ", "A-1" },
        { "colour", "BRIGHT RED", "red" },
        { "colour", "Blue", "blue" },
        { "seen_on", "31/03/2013", "2013-03-31" },
        { "seen_on", "1st April 2012", "2012-04-01" },
        { "period", "Q1 2012/13", "2012-13-Q1" },
        { "count", "7", "7" },
        { "share", "40.23%", "40.23" },
        { "share", "1,010", "1010" },
        { "share", "-0.5", "-0.5" },
        { "agreed", "Y", "yes" },
        { "agreed", "FALSE", "no" },
        { "note", "", "" },
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        assert_true(read(&work, &problems, thing, cases[i].name, cases[i].words));
        assert_string_equal(
            field_print(work.arena, entity_field(&thing_entity, cases[i].name), thing),
            cases[i].printed);
    }
    assert_int_equal(problems.list.count, 0);
    assert_non_null(thing->note); /* a key text is "" and never missing */
    support_work_end(&work);
}

static void nonsense_is_a_problem_and_changes_nothing(void **state)
{
    (void)state;
    struct work work = support_work();
    struct problems problems = { .arena = work.arena };
    struct thing *thing = entity_row(work.arena, &thing_entity);
    static const char *const cases[][2] = {
        { "colour", "green" },   { "seen_on", "30/02/2013" }, { "seen_on", "soon" },
        { "period", "2012/14" }, { "count", "7.5" },          { "count", "many" },
        { "share", "forty" },    { "share", "1.1234567" },    { "share", "9999999999999999" },
        { "agreed", "maybe" },
    };
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        assert_false(read(&work, &problems, thing, cases[i][0], cases[i][1]));
        assert_int_equal(problems.list.count, i + 1);
        assert_true(field_is_missing(entity_field(&thing_entity, cases[i][0]), thing));
        const struct problem *problem = problems.list.items[i];
        assert_string_equal(problem->column, cases[i][0]);
        assert_non_null(strstr(problem->words, cases[i][1]));
    }
    support_work_end(&work);
}

static void personal_words_are_not_repeated(void **state)
{
    (void)state;
    struct work work = support_work();
    struct problems problems = { .arena = work.arena };
    struct thing *thing = entity_row(work.arena, &thing_entity);
    assert_false(read(&work, &problems, thing, "secret", "born in Pinner"));
    const struct problem *problem = problems.list.items[0];
    assert_null(strstr(problem->words, "Pinner"));
    support_work_end(&work);
}

static void validation_finds_each_fault(void **state)
{
    (void)state;
    struct work work = support_work();
    struct problems problems = { .arena = work.arena };
    struct thing *thing = entity_row(work.arena, &thing_entity);
    entity_set_standards(work.arena, &thing_entity, thing);
    assert_string_equal(thing->colour, "blue");
    assert_false(entity_validate(&thing_entity, thing, &problems)); /* no code */
    thing->code = "123456789";
    assert_false(entity_validate(&thing_entity, thing, &problems)); /* too long */
    thing->code = "12345678";
    assert_true(entity_validate(&thing_entity, thing, &problems));
    thing->count = 11;
    assert_false(entity_validate(&thing_entity, thing, &problems));
    thing->count = 10;
    thing->colour = "mauve";
    assert_false(entity_validate(&thing_entity, thing, &problems));
    thing->colour = NULL;
    thing->code = "\xFF";
    assert_false(entity_validate(&thing_entity, thing, &problems));
    assert_int_equal(problems.list.count, 5);
    support_work_end(&work);
}

static void decimals_written_are_told(void **state)
{
    (void)state;
    struct work work = support_work();
    struct problems problems = { .arena = work.arena };
    struct thing *thing = entity_row(work.arena, &thing_entity);
    int decimals = -1;
    assert_true(field_read(work.arena, entity_field(&thing_entity, "share"), SLICE("40.20"), thing,
                           &problems, &decimals));
    assert_int_equal(decimals, 2);
    assert_int_equal(thing->share, 40200000);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_write_is_read),
        cmocka_unit_test(nonsense_is_a_problem_and_changes_nothing),
        cmocka_unit_test(personal_words_are_not_repeated),
        cmocka_unit_test(validation_finds_each_fault),
        cmocka_unit_test(decimals_written_are_told),
    };
    return cmocka_run_group_tests_name("entity/field_text", tests, NULL, NULL);
}
