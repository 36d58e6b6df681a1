#include "support/store_fixture.h"

#include "base/arena.h"
#include "model/model.h"
#include "store/audit.h"
#include "store/canonical.h"
#include "store/entity_store.h"
#include "store/migrate.h"
#include "support/random_row.h"
#include "support/support.h"

void opened_place(struct opened *opened, const struct store_fixture *fixture)
{
    *opened = (struct opened){ .work = support_work() };
    struct work *work = &opened->work;
    work->workspace = &opened->workspace;
    opened->workspace.audit_key[0] = 1;
    if (fixture->engine == ENGINE_SQLITE) {
        opened->folder = support_folder(work);
        opened->address = arena_format(work->arena, "sqlite:%s/test.db", opened->folder);
        return;
    }
    assert_non_null(fixture->cluster);
    opened->address = postgres_cluster_database(work, fixture->cluster);
}

void opened_empty(struct opened *opened, const struct store_fixture *fixture)
{
    opened_place(opened, fixture);
    must(opened, store_open(&opened->work, opened->address, STORE_CREATE));
}

void opened_new(struct opened *opened, const struct store_fixture *fixture)
{
    int64_t applied = 0;
    opened_empty(opened, fixture);
    must(opened, migrate_up(&opened->work, &applied));
}

void opened_end(struct opened *opened)
{
    store_close(&opened->work);
    if (opened->folder)
        support_remove(opened->folder);
    support_work_end(&opened->work);
}

void must(struct opened *opened, enum status status)
{
    if (status != STATUS_OK)
        print_error("status %d: %s\n", (int)status, opened->work.error);
    assert_int_equal(status, STATUS_OK);
}

int64_t number_of(struct opened *opened, const char *sql)
{
    struct cursor *cursor = NULL;
    must(opened, store_query(&opened->work, sql, NULL, 0, &cursor));
    must(opened, cursor_next(cursor));
    int64_t number = cursor_integer(cursor, 0);
    assert_int_equal(cursor_next(cursor), STATUS_END);
    cursor_close(cursor);
    return number;
}

static void add_to_hash(void *target, const char *bytes, size_t length)
{
    hash_add(target, (struct slice){ bytes, length });
}

const char *contents_of(struct opened *opened)
{
    struct work *work = &opened->work;
    struct arena *arena = arena_new();
    struct hash hash = hash_new();
    for (size_t i = 0; i < model_entity_count; i++) {
        const struct entity *entity = model_entities[i];
        void *row = entity_row(work->arena, entity);
        struct cursor *cursor = NULL;
        must(opened, entity_store_all(work, entity, 0, &cursor));
        enum status status;
        while ((status = cursor_next(cursor)) == STATUS_OK) {
            arena_empty(arena);
            entity_store_read(arena, entity, cursor, 0, row);
            canonical_row(entity, row, add_to_hash, &hash);
        }
        assert_int_equal(status, STATUS_END);
        cursor_close(cursor);
    }
    arena_free(arena);
    char text[HASH_TEXT_LENGTH + 1];
    hash_end(&hash, text);
    return arena_copy_text(work->arena, text);
}

void opened_fill(struct opened *opened, uint64_t seed, int64_t rows)
{
    struct work *work = &opened->work;
    struct random random = { seed };
    must(opened, store_begin(work));
    for (size_t i = 0; i < model_entity_count; i++) {
        const struct entity *entity = model_entities[i];
        const struct field *event = entity_field(entity, "event");
        struct arena_mark mark = arena_mark(work->arena);
        for (int64_t number = 0; number < rows; number++) {
            void *row = random_row(work->arena, &random, entity, number, rows);
            if (event)
                field_set_integer(event, row, 1 + number);
            must(opened, entity_store_insert(work, entity, row));
            arena_return(work->arena, mark);
        }
    }
    must(opened, store_commit(work));
}

void opened_event(struct opened *opened)
{
    struct audit *audit = NULL;
    must(opened, audit_begin(&opened->work, "test", NULL, &audit));
    audit_keep(audit);
    must(opened, audit_commit(&opened->work, audit));
}
