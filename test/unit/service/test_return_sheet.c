/* Until when a return may be written, and why not. */
#include "service/return_sheet.h"

#include <string.h>

#include "support/support.h"

static const struct directorate_return open_return = { .state = RETURN_DUE,
                                                       .due_on = "2012-11-14",
                                                       .lock_on = "2012-11-28",
                                                       .submitted_on = "2012-11-10" };

/* Words that say why nothing may be written on that day; "" where it may. */
static const char *locked(const struct directorate_return *head, const char *day)
{
    const char *words = return_locked_words(shared_work.arena, head, day);
    return words ? words : "";
}

static void a_return_locks_on_its_day(void **state)
{
    (void)state;
    struct directorate_return head = open_return;
    assert_string_equal(locked(&head, "2012-11-27"), "");
    assert_non_null(strstr(locked(&head, "2012-11-28"), "locked on 28 November 2012"));
    assert_non_null(strstr(locked(&head, "2013-01-01"), "it was due on 14 November 2012"));
    head.state = RETURN_SENT_BACK;
    assert_non_null(strstr(locked(&head, "2012-11-28"), "policy officer can allow"));
    head.lock_on = NULL;
    assert_string_equal(locked(&head, "2013-01-01"), "");
}

static void an_exception_holds_to_its_last_day(void **state)
{
    (void)state;
    struct directorate_return head = open_return;
    head.open_until = "2012-12-05";
    assert_string_equal(locked(&head, "2012-11-28"), "");
    assert_string_equal(locked(&head, "2012-12-05"), "");
    assert_non_null(strstr(locked(&head, "2012-12-06"), "locked on 28 November 2012"));
}

static void what_was_given_is_opened_by_a_step_alone(void **state)
{
    (void)state;
    struct directorate_return head = open_return;
    head.open_until = "2012-12-05";
    head.state = RETURN_SUBMITTED;
    assert_non_null(strstr(locked(&head, "2012-11-01"), "submitted on 10 November 2012"));
    head.state = RETURN_APPROVED;
    assert_non_null(strstr(locked(&head, "2012-11-01"), "is approved"));
    head.state = RETURN_FROZEN;
    assert_non_null(strstr(locked(&head, "2012-11-01"), "is frozen"));
    head.state = RETURN_REVISED; /* however late it is */
    assert_string_equal(locked(&head, "2014-01-01"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_return_locks_on_its_day),
        cmocka_unit_test(an_exception_holds_to_its_last_day),
        cmocka_unit_test(what_was_given_is_opened_by_a_step_alone),
    };
    return cmocka_run_group_tests_name("service/return_sheet", tests, support_begin, support_end);
}
