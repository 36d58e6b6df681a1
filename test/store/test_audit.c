/* The audit: one event per transaction, nothing of what was given up, and no change unnoticed. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/audit_event.h"
#include "model/model.h"
#include "model/person.h"
#include "model/row_change.h"
#include "model/unit.h"
#include "model/value.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "support/store_fixture.h"
#include "support/support.h"

static struct unit *unit_row(struct work *work, const char *code, const char *name)
{
    struct unit *unit = entity_row(work->arena, &unit_entity);
    unit->code = code;
    unit->name = name;
    unit->kind = "team";
    return unit;
}

/* One operation that adds a unit. */
static struct unit *add_unit(struct opened *opened, const char *code, const char *name)
{
    struct work *work = &opened->work;
    struct audit *audit = NULL;
    struct unit *unit = unit_row(work, code, name);
    must(opened, audit_begin(work, "unit-add", code, &audit));
    unit->event = audit_event_id(audit);
    must(opened, entity_store_insert(work, &unit_entity, unit));
    must(opened, audit_add(work, audit, &unit_entity, NULL, unit));
    must(opened, audit_commit(work, audit));
    return unit;
}

static void change_unit(struct opened *opened, const struct unit *before, const struct unit *after)
{
    struct work *work = &opened->work;
    struct audit *audit = NULL;
    must(opened, audit_begin(work, "unit-change", before->code, &audit));
    must(opened, entity_store_update(work, &unit_entity, after));
    must(opened, audit_add(work, audit, &unit_entity, before, after));
    must(opened, audit_commit(work, audit));
}

static struct audit_event event_of(struct opened *opened, int64_t id)
{
    struct audit_event event;
    must(opened, entity_store_get(&opened->work, &audit_event_entity, id, &event));
    return event;
}

static int64_t broken_event(struct opened *opened)
{
    int64_t broken = 0;
    must(opened, audit_verify(&opened->work, &broken));
    return broken;
}

static void an_event_tells_who_did_what(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    assert_int_equal(broken_event(&opened), INTEGER_MISSING);
    struct unit *unit = add_unit(&opened, "housing", "Housing"), changed = *unit;
    changed.note = "renamed";
    changed.name = "Homes";
    change_unit(&opened, unit, &changed);
    struct audit_event first = event_of(&opened, 1), second = event_of(&opened, 2);
    assert_string_equal(first.at, opened.work.now);
    assert_string_equal(first.who, "tester");
    assert_string_equal(first.operation, "unit-add");
    assert_string_equal(first.subject, "housing");
    assert_string_equal(first.fields, "unit: 1 added");
    assert_int_equal(first.row_count, 1);
    assert_null(first.commitment_old);
    assert_int_equal(strlen(first.commitment_new), 64);
    assert_null(first.previous_hash);
    assert_string_equal(second.fields, "unit: 1 changed (name, note)");
    assert_string_equal(second.commitment_old, first.commitment_new);
    assert_string_not_equal(second.commitment_new, first.commitment_new);
    assert_string_equal(second.previous_hash, first.hash);
    assert_int_equal(broken_event(&opened), INTEGER_MISSING);
    opened_end(&opened);
}

static void changes_are_kept_field_by_field(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    struct unit *unit = add_unit(&opened, "housing", "Housing"), changed = *unit;
    changed.note = "new";
    changed.name = "Homes";
    changed.parent = unit->id;
    change_unit(&opened, unit, &changed);
    struct row_change change;
    static const char *const expected[][3] = { { "name", "Housing", "Homes" },
                                               { "parent", NULL, "1" },
                                               { "note", NULL, "new" } };
    struct cursor *cursor = NULL;
    must(&opened, entity_store_all(&opened.work, &row_change_entity, 0, &cursor));
    for (size_t i = 0; i < ARRAY_COUNT(expected); i++) {
        must(&opened, cursor_next(cursor));
        entity_store_read(opened.work.arena, &row_change_entity, cursor, 0, &change);
        assert_int_equal(change.event, 2);
        assert_string_equal(change.entity, "unit");
        assert_int_equal(change.row_id, unit->id);
        assert_string_equal(change.field, expected[i][0]);
        if (expected[i][1])
            assert_string_equal(change.old_value, expected[i][1]);
        else
            assert_null(change.old_value);
        assert_string_equal(change.new_value, expected[i][2]);
    }
    assert_int_equal(cursor_next(cursor), STATUS_END);
    cursor_close(cursor);
    opened_end(&opened);
}

static void an_operation_without_change_leaves_no_event(void **state)
{
    struct opened opened;
    struct audit *audit = NULL;
    opened_new(&opened, *state);
    struct unit *unit = add_unit(&opened, "housing", "Housing"), again = *unit;
    const char *before = contents_of(&opened);
    again.event = 99; /* who wrote last is no change */
    must(&opened, audit_begin(&opened.work, "nothing", NULL, &audit));
    must(&opened, audit_add(&opened.work, audit, &unit_entity, unit, &again));
    must(&opened, audit_commit(&opened.work, audit));
    audit_abandon(&opened.work, audit);
    audit_abandon(&opened.work, NULL);
    assert_string_equal(contents_of(&opened), before);
    assert_false(store_in_transaction(opened.work.store));
    must(&opened, audit_begin(&opened.work, "backup", NULL, &audit));
    audit_keep(audit);
    must(&opened, audit_commit(&opened.work, audit));
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM audit_event"), 2);
    assert_int_equal(broken_event(&opened), INTEGER_MISSING);
    opened_end(&opened);
}

static void what_is_abandoned_leaves_nothing(void **state)
{
    struct opened opened;
    struct audit *audit = NULL;
    opened_new(&opened, *state);
    add_unit(&opened, "housing", "Housing");
    const char *before = contents_of(&opened);
    must(&opened, audit_begin(&opened.work, "unit-add", NULL, &audit));
    struct unit *unit = unit_row(&opened.work, "homes", "Homes");
    must(&opened, entity_store_insert(&opened.work, &unit_entity, unit));
    must(&opened, audit_add(&opened.work, audit, &unit_entity, NULL, unit));
    audit_abandon(&opened.work, audit);
    assert_string_equal(contents_of(&opened), before);
    add_unit(&opened, "parks", "Parks");
    assert_int_equal(broken_event(&opened), INTEGER_MISSING);
    opened_end(&opened);
}

static void commitments_need_the_key_and_show_nothing(void **state)
{
    const char *hashes[4];
    struct opened opened;
    for (int i = 0; i < 4; i++) {
        opened_new(&opened, *state);
        opened.workspace.audit_key[31] = i == 1;
        add_unit(&opened, "housing", i == 2 ? "Housin" : "Housing");
        struct audit_event event = event_of(&opened, 1);
        hashes[i] = strdup(event.commitment_new);
        assert_null(strstr(event.fields, "Housing"));
        opened_end(&opened);
    }
    assert_string_equal(hashes[0], hashes[3]);
    assert_string_not_equal(hashes[0], hashes[1]);
    assert_string_not_equal(hashes[0], hashes[2]);
    for (int i = 0; i < 4; i++)
        free((char *)(uintptr_t)hashes[i]);
}

static void summaries_are_sorted_and_short(void **state)
{
    struct opened opened;
    struct audit *audit = NULL;
    opened_new(&opened, *state);
    struct work *work = &opened.work;
    struct unit *unit = add_unit(&opened, "a", "A");
    struct person *person = entity_row(work->arena, &person_entity);
    person->code = person->name = "p";
    must(&opened, audit_begin(work, "several", NULL, &audit));
    must(&opened, audit_add(work, audit, &unit_entity, unit, NULL));
    must(&opened, entity_store_remove(work, &unit_entity, unit->id));
    for (int i = 0; i < 3; i++) {
        struct unit *more = unit_row(work, arena_format(work->arena, "u%d", i), "U");
        must(&opened, entity_store_insert(work, &unit_entity, more));
        must(&opened, audit_add(work, audit, &unit_entity, NULL, more));
    }
    must(&opened, entity_store_insert(work, &person_entity, person));
    must(&opened, audit_add(work, audit, &person_entity, NULL, person));
    must(&opened, audit_commit(work, audit));
    struct audit_event event = event_of(&opened, 2);
    assert_string_equal(event.fields, "person: 1 added; unit: 3 added, 1 removed");
    assert_int_equal(event.row_count, 5);
    opened_end(&opened);
}

static void sealed_events_are_refused_to_change(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    add_unit(&opened, "housing", "Housing");
    struct work *work = &opened.work;
    assert_int_equal(store_run(work, "UPDATE audit_event SET who = $1",
                               PARAMETERS(parameter_text("nobody")), NULL),
                     STATUS_REFUSED);
    assert_non_null(strstr(work->error, "sealed"));
    work_forget(work);
    assert_int_equal(store_run(work, "DELETE FROM audit_event", NULL, 0, NULL), STATUS_REFUSED);
    work_forget(work);
    if (store_engine(work->store) == ENGINE_POSTGRESQL)
        assert_int_equal(store_run(work, "TRUNCATE audit_event CASCADE", NULL, 0, NULL),
                         STATUS_REFUSED);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM audit_event WHERE who = 'tester'"),
                     1);
    opened_end(&opened);
}

/* Takes away what guards the table, as one who owns the database can. */
static void unguard(struct opened *opened)
{
    must(opened,
         store_run_script(&opened->work, store_engine(opened->work.store) == ENGINE_SQLITE
                                             ? "DROP TRIGGER audit_event_sealed;"
                                               "DROP TRIGGER audit_event_kept;"
                                             : "DROP TRIGGER audit_event_sealed ON audit_event;"
                                               "DROP TRIGGER audit_event_kept ON audit_event;"));
}

static void every_tampering_is_found(void **state)
{
    static const char *const changes[] = {
        "at = '2012-08-24T09:00:01Z'",
        "who = 'somebody'",
        "operation = 'unit-adds'",
        "subject = 'parks'",
        "subject = NULL",
        "fields = ''",
        "row_count = 2",
        "commitment_old = '0'",
        "commitment_new = NULL",
        "previous_hash = NULL",
        "hash = NULL",
        "hash = previous_hash",
        "id = 9",
    };
    for (size_t i = 0; i <= ARRAY_COUNT(changes); i++) {
        struct opened opened;
        opened_new(&opened, *state);
        add_unit(&opened, "a", "A");
        add_unit(&opened, "b", "B");
        add_unit(&opened, "c", "C");
        unguard(&opened);
        must(&opened, store_run_script(&opened.work, "UPDATE unit SET event = NULL"));
        const char *sql = i < ARRAY_COUNT(changes)
                              ? arena_format(opened.work.arena,
                                             "UPDATE audit_event SET %s WHERE id = 2", changes[i])
                              : "DELETE FROM audit_event WHERE id = 2";
        must(&opened, store_run_script(&opened.work, sql));
        int64_t broken = broken_event(&opened);
        if (broken == INTEGER_MISSING)
            print_error("%s was not noticed\n", sql);
        assert_true(broken == 2 || broken == 3);
        opened_end(&opened);
    }
}

/* Two servers write in turn; the chain stays whole. */
static void two_writers_make_one_chain(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    struct opened second = { .work = support_work(), .address = opened.address };
    second.work.workspace = &opened.workspace;
    must(&second, store_open(&second.work, second.address, STORE_WRITE));
    for (int i = 0; i < 10; i++)
        add_unit(i % 2 ? &opened : &second, arena_format(opened.work.arena, "unit-%d", i), "U");
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM audit_event"), 10);
    assert_int_equal(broken_event(&opened), INTEGER_MISSING);
    store_close(&second.work);
    support_work_end(&second.work);
    opened_end(&opened);
}

MAIN_ON_BOTH("store/audit", ON_BOTH(an_event_tells_who_did_what),
             ON_BOTH(changes_are_kept_field_by_field),
             ON_BOTH(an_operation_without_change_leaves_no_event),
             ON_BOTH(what_is_abandoned_leaves_nothing),
             ON_BOTH(commitments_need_the_key_and_show_nothing),
             ON_BOTH(summaries_are_sorted_and_short), ON_BOTH(sealed_events_are_refused_to_change),
             ON_BOTH(every_tampering_is_found), ON_BOTH(two_writers_make_one_chain))
