/* What stands in the audit in words. */
#include "service/audit_words.h"

#include <string.h>

#include "support/support.h"

static void records_are_told_by_their_titles_and_labels(void **state)
{
    (void)state;
    assert_string_equal(
        audit_records_words(shared_work.arena,
                            "account: 1 changed (name, status); session: 2 removed"),
        "Account: 1 changed (Name, Status); Session: 2 removed");
    assert_string_equal(
        audit_records_words(shared_work.arena, "session: 1 added, 1 changed (seen_at)"),
        "Session: 1 added, 1 changed (Last seen)");
    assert_null(audit_records_words(shared_work.arena, NULL));
}

/* An audit may hold what an older or newer program wrote: nothing of it is lost. */
static void what_is_not_known_is_told_as_it_is(void **state)
{
    (void)state;
    assert_string_equal(audit_records_words(shared_work.arena, "spaceship: 3 added"),
                        "spaceship: 3 added");
    assert_string_equal(audit_records_words(shared_work.arena, "account: 1 changed (wings"),
                        "Account: 1 changed (wings");
    assert_string_equal(audit_records_words(shared_work.arena, "words alone"), "words alone");
    assert_string_equal(audit_field_words("account", "wings"), "wings");
    assert_string_equal(audit_operation_words("fly"), "fly");
    assert_string_equal(audit_operation_words("grant-role"), "Granted a role");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_told_by_their_titles_and_labels),
        cmocka_unit_test(what_is_not_known_is_told_as_it_is),
    };
    return cmocka_run_group_tests_name("service/audit_words", tests, support_begin, support_end);
}
