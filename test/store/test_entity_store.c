/* Every entity's rows go in, come back, change and go, on both engines. */
#include <string.h>

#include "model/measure.h"
#include "model/model.h"
#include "model/unit.h"
#include "model/value.h"
#include "store/entity_store.h"
#include "support/plan_rows.h"
#include "support/random_row.h"
#include "support/store_fixture.h"
#include "support/support.h"

enum { ROWS = 6, SEED = 20121122 };

/* Only what no field row tells: the event of a change, and revisions that start at 1. */
static void *make_row(struct work *work, struct random *random, const struct entity *entity,
                      int64_t number)
{
    void *row = random_row(work->arena, random, entity, number, ROWS);
    const struct field *event = entity_field(entity, "event");
    const struct field *revision = entity_field(entity, "revision");
    if (event)
        field_set_integer(event, row, 1);
    if (revision && entity->flags & ENTITY_REVISED)
        field_set_integer(revision, row, 1);
    return row;
}

static void assert_equal_rows(const struct entity *entity, const void *a, const void *b)
{
    for (size_t i = 0; i < entity->field_count; i++) {
        if (!field_equal(&entity->fields[i], a, b))
            print_error("%s.%s differs\n", entity->name, entity->fields[i].name);
        assert_true(field_equal(&entity->fields[i], a, b));
    }
}

static bool has_key(const struct entity *entity)
{
    for (size_t i = 0; i < entity->field_count; i++)
        if (entity->fields[i].flags & FIELD_KEY)
            return true;
    return false;
}

/* A row that was just inserted is found in every way. */
static void check_found(struct opened *opened, const struct entity *entity, const void *row)
{
    struct work *work = &opened->work;
    int64_t id = field_integer(&entity->fields[0], row), found_id = 0;
    void *found = entity_row(work->arena, entity);
    must(opened, entity_store_get(work, entity, id, found));
    assert_equal_rows(entity, found, row);
    if (!has_key(entity))
        return;
    found = entity_row(work->arena, entity);
    must(opened, entity_store_find(work, entity, row, found));
    assert_equal_rows(entity, found, row);
    const struct field *code = entity_code(entity);
    if (!code)
        return;
    const char *words = NULL;
    must(opened, entity_store_id(work, entity, slice_of(field_text(code, row)), &found_id));
    assert_int_equal(found_id, id);
    must(opened, entity_store_code(work, entity, id, &words));
    assert_string_equal(words, field_text(code, row));
}

/* The same natural key again is no new row, and a conflict where one was demanded. */
static void check_again(struct opened *opened, const struct entity *entity, const void *row)
{
    struct work *work = &opened->work;
    bool inserted = true;
    void *again = entity_row(work->arena, entity);
    memcpy(again, row, entity->size);
    field_set_integer(&entity->fields[0], again, INTEGER_MISSING);
    must(opened, entity_store_insert_new(work, entity, again, &inserted));
    assert_false(inserted);
    assert_true(field_is_missing(&entity->fields[0], again));
    assert_int_equal(entity_store_insert(work, entity, again), STATUS_CONFLICT);
    assert_true(field_is_missing(&entity->fields[0], again));
    work_forget(work);
}

/* All fields but the key take other values. */
static void check_update(struct opened *opened, struct random *random, const struct entity *entity,
                         void *row, int64_t number)
{
    struct work *work = &opened->work;
    void *other = make_row(work, random, entity, number), *found = entity_row(work->arena, entity);
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        if (i == 0 || field->flags & FIELD_KEY)
            memcpy((char *)other + field->offset, (char *)row + field->offset, sizeof(int64_t));
    }
    must(opened, entity_store_update(work, entity, other));
    must(opened, entity_store_get(work, entity, field_integer(&entity->fields[0], row), found));
    assert_equal_rows(entity, found, other);
}

static void insert_all(struct opened *opened, struct random *random)
{
    struct work *work = &opened->work;
    for (size_t i = 0; i < model_entity_count; i++) {
        const struct entity *entity = model_entities[i];
        void *row = NULL;
        for (int64_t number = 0; number < ROWS; number++) {
            bool inserted = false;
            row = make_row(work, random, entity, number);
            if (has_key(entity) && number % 2)
                must(opened, entity_store_insert_new(work, entity, row, &inserted));
            else
                must(opened, entity_store_insert(work, entity, row));
            assert_int_equal(inserted, has_key(entity) && number % 2);
            check_found(opened, entity, row);
        }
        if (has_key(entity)) /* at the end, as it may use up an id */
            check_again(opened, entity, row);
        if (strcmp(entity->name, "audit_event") != 0)
            check_update(opened, random, entity, row, ROWS - 1);
    }
}

static void rows_of_every_entity_come_back(void **state)
{
    struct opened opened;
    struct random random = { SEED };
    opened_new(&opened, *state);
    insert_all(&opened, &random);
    struct cursor *cursor = NULL;
    for (size_t i = 0; i < model_entity_count; i++) {
        int64_t before = 0, count = 0;
        must(&opened, entity_store_all(&opened.work, model_entities[i], 0, &cursor));
        for (; cursor_next(cursor) == STATUS_OK; count++) {
            assert_true(cursor_integer(cursor, 0) > before);
            before = cursor_integer(cursor, 0);
        }
        cursor_close(cursor);
        assert_int_equal(count, ROWS);
    }
    opened_end(&opened);
}

static void rows_of_every_entity_go(void **state)
{
    struct opened opened;
    struct random random = { SEED + 1 };
    opened_new(&opened, *state);
    insert_all(&opened, &random);
    struct work *work = &opened.work;
    assert_int_equal(entity_store_remove(work, &measure_entity, 1), STATUS_CONFLICT);
    assert_non_null(strstr(work->error, "referred to"));
    work_forget(work);
    for (size_t i = model_entity_count; i-- > 1;) {
        const struct entity *entity = model_entities[i];
        void *row = entity_row(work->arena, entity);
        for (int64_t id = number_of(
                 &opened, arena_format(work->arena, "SELECT max(id) FROM %s", entity->name));
             id > 0; id--)
            if (entity_store_get(work, entity, id, row) == STATUS_OK)
                must(&opened, entity_store_remove(work, entity, id));
        assert_int_equal(
            number_of(&opened, arena_format(work->arena, "SELECT count(*) FROM %s", entity->name)),
            0);
    }
    assert_int_equal(entity_store_remove(work, &unit_entity, 1), STATUS_CONFLICT);
    assert_string_not_equal(work->error, "");
    opened_end(&opened);
}

static void what_is_not_there_is_not_found(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    struct work *work = &opened.work;
    struct unit *unit = entity_row(work->arena, &unit_entity);
    int64_t id = 0;
    const char *code = NULL;
    unit->code = "nowhere";
    assert_int_equal(entity_store_find(work, &unit_entity, unit, unit), STATUS_NOT_FOUND);
    assert_int_equal(entity_store_get(work, &unit_entity, 7, unit), STATUS_NOT_FOUND);
    assert_int_equal(entity_store_id(work, &unit_entity, SLICE("nowhere"), &id), STATUS_NOT_FOUND);
    assert_int_equal(entity_store_id(work, &unit_entity, (struct slice){ 0 }, &id),
                     STATUS_NOT_FOUND);
    assert_int_equal(entity_store_code(work, &unit_entity, 7, &code), STATUS_NOT_FOUND);
    assert_string_equal(work->error, "");
    unit->id = 7;
    unit->name = unit->kind = "x";
    assert_int_equal(entity_store_update(work, &unit_entity, unit), STATUS_CONFLICT);
    assert_non_null(strstr(work->error, "removed meanwhile"));
    opened_end(&opened);
}

/* Many rows by their ids and by what they refer to, beyond what goes in one journey. */
static void rows_are_found_by_many_ids(void **state)
{
    enum { MANY = STORE_ROWS_MOST + 3 };
    struct opened opened;
    int64_t ids[MANY];
    opened_new(&opened, *state);
    int64_t parent = put_unit(&opened, "parent", INTEGER_MISSING);
    for (int i = 0; i < MANY; i++)
        ids[i] = put_unit(&opened, arena_format(opened.work.arena, "unit-%d", i), parent);
    struct list found = { 0 }, others = { 0 }, below = { 0 };
    const struct id_list all = { ids, MANY }, none = { ids, 0 };
    const int64_t parents[] = { ids[0], parent };
    must(&opened, entity_store_get_rows(&opened.work, &unit_entity, &none, &found));
    assert_int_equal(found.count, 0);
    must(&opened, entity_store_get_rows(&opened.work, &unit_entity, &all, &found));
    assert_int_equal(found.count, MANY);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(((const struct unit *)found.items[i])->id, ids[i]);
    ids[0] = ids[MANY - 1] + 1; /* no such row */
    must(&opened, entity_store_get_rows(&opened.work, &unit_entity, &all, &others));
    assert_int_equal(others.count, MANY - 1);
    must(&opened, entity_store_list_of_rows(&opened.work, &unit_entity, "parent",
                                            &(struct id_list){ parents, 2 }, &below));
    assert_int_equal(below.count, MANY);
    opened_end(&opened);
}

/* What was made once is found again under its name, in the same store alone. */
static void a_store_keeps_what_was_made_once(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    struct store *store = opened.work.store;
    assert_null(store_kept(store, "one"));
    const char *one = arena_copy_text(store_arena(store), "1");
    const char *two = arena_copy_text(store_arena(store), "2");
    store_keep(store, "one", one);
    store_keep(store, "two", two);
    assert_ptr_equal(store_kept(store, "one"), one);
    assert_ptr_equal(store_kept(store, "two"), two);
    assert_null(store_kept(store, "three"));
    opened_end(&opened);
}

static void the_latest_revision_is_found(void **state)
{
    struct opened opened;
    struct random random = { SEED + 2 };
    opened_new(&opened, *state);
    insert_all(&opened, &random);
    struct work *work = &opened.work;
    struct value *value = entity_row(work->arena, &value_entity);
    struct value *found = entity_row(work->arena, &value_entity);
    must(&opened, entity_store_get(work, &value_entity, 1, value));
    value->breakdown = NULL; /* a key text that is missing is "" */
    for (int64_t revision = 1; revision <= 3; revision++) {
        value->id = INTEGER_MISSING;
        value->revision = revision;
        value->latest = revision == 3;
        must(&opened, entity_store_insert(work, &value_entity, value));
    }
    value->revision = INTEGER_MISSING; /* no part of what is looked for */
    must(&opened, entity_store_find(work, &value_entity, value, found));
    assert_int_equal(found->revision, 3);
    assert_string_equal(found->breakdown, "");
    must(&opened, store_run_script(work, "UPDATE value SET latest = 0 WHERE revision < 3"));
    struct cursor *cursor = NULL;
    must(&opened, entity_store_all(work, &value_entity, ENTITY_LATEST, &cursor));
    must(&opened, cursor_next(cursor));
    entity_store_read(work->arena, &value_entity, cursor, 0, value);
    assert_equal_rows(&value_entity, value, found);
    assert_int_equal(cursor_next(cursor), STATUS_END);
    cursor_close(cursor);
    opened_end(&opened);
}

static void columns_are_read_from_a_join(void **state)
{
    struct opened opened;
    struct random random = { SEED + 3 };
    opened_new(&opened, *state);
    insert_all(&opened, &random);
    struct work *work = &opened.work;
    const char *sql = arena_format(work->arena,
                                   "SELECT m.code, %s FROM value AS v JOIN measure AS m "
                                   "ON m.id = v.measure WHERE v.id = 2",
                                   columns_of(work->arena, &value_entity, "v"));
    struct cursor *cursor = NULL;
    struct value *read = entity_row(work->arena, &value_entity);
    struct value *found = entity_row(work->arena, &value_entity);
    must(&opened, store_query(work, sql, NULL, 0, &cursor));
    must(&opened, cursor_next(cursor));
    entity_store_read(work->arena, &value_entity, cursor, 1, read);
    cursor_close(cursor);
    must(&opened, entity_store_get(work, &value_entity, 2, found));
    assert_equal_rows(&value_entity, read, found);
    opened_end(&opened);
}

MAIN_ON_BOTH("store/entity_store", ON_BOTH(rows_of_every_entity_come_back),
             ON_BOTH(rows_of_every_entity_go), ON_BOTH(what_is_not_there_is_not_found),
             ON_BOTH(the_latest_revision_is_found), ON_BOTH(columns_are_read_from_a_join),
             ON_BOTH(rows_are_found_by_many_ids), ON_BOTH(a_store_keeps_what_was_made_once))
