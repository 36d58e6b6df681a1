/* Every call to the engine fails once; each time the database is as it was before. */
#include <string.h>

#include "model/unit.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "support/fault.h"
#include "support/store_fixture.h"
#include "support/support.h"

enum { CALLS_MOST = 500 };

static struct unit *unit_row(struct work *work, const char *code)
{
    struct unit *unit = entity_row(work->arena, &unit_entity);
    unit->code = code;
    unit->name = unit->kind = "x";
    return unit;
}

/* Changes one unit and adds two, in one event. */
static enum status write_units(struct work *work, struct audit *audit)
{
    struct unit before, after, *added = unit_row(work, "b"), *last = unit_row(work, "c");
    enum status status = entity_store_get(work, &unit_entity, 1, &before);
    if (status != STATUS_OK)
        return status;
    after = before;
    after.name = "changed";
    after.event = audit_event_id(audit);
    if ((status = entity_store_update(work, &unit_entity, &after)) != STATUS_OK ||
        (status = audit_add(work, audit, &unit_entity, &before, &after)) != STATUS_OK ||
        (status = entity_store_insert(work, &unit_entity, added)) != STATUS_OK ||
        (status = audit_add(work, audit, &unit_entity, NULL, added)) != STATUS_OK ||
        (status = entity_store_insert(work, &unit_entity, last)) != STATUS_OK)
        return status;
    return audit_add(work, audit, &unit_entity, NULL, last);
}

static enum status scenario(struct work *work)
{
    struct audit *audit = NULL;
    enum status status = audit_begin(work, "scenario", NULL, &audit);
    if (status != STATUS_OK)
        return status;
    status = write_units(work, audit);
    if (status != STATUS_OK) {
        audit_abandon(work, audit);
        return status;
    }
    return audit_commit(work, audit);
}

static void each_failure_leaves_the_store_as_it_was(void **state)
{
    struct opened opened;
    struct fault fault;
    int64_t broken = 0, failing = 1;
    opened_new(&opened, *state);
    must(&opened, entity_store_insert(&opened.work, &unit_entity, unit_row(&opened.work, "a")));
    const char *before = contents_of(&opened);
    for (;; failing++) {
        assert_true(failing < CALLS_MOST);
        fault_install(&opened.work, &fault, failing);
        enum status status = scenario(&opened.work);
        fault_remove(&opened.work, &fault);
        assert_false(store_in_transaction(opened.work.store));
        if (status == STATUS_OK)
            break;
        assert_int_equal(status, STATUS_STORAGE);
        assert_non_null(strstr(opened.work.error, "was made to fail"));
        work_forget(&opened.work);
        assert_string_equal(contents_of(&opened), before);
    }
    assert_true(failing > 12); /* begin, event, get, update, change, inserts, seal, commit … */
    assert_string_not_equal(contents_of(&opened), before);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM unit"), 3);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM audit_event"), 1);
    must(&opened, audit_verify(&opened.work, &broken));
    assert_int_equal(broken, INTEGER_MISSING);
    opened_end(&opened);
}

MAIN_ON_BOTH("store/fault", ON_BOTH(each_failure_leaves_the_store_as_it_was))
