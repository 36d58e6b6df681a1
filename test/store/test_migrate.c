/* Migrations: applied once, in order, refused where they must be; and the schema is the entities'.
 */
#include <string.h>

#include "base/text.h"
#include "model/model.h"
#include "store/migrate.h"
#include "store/store_engine.h"
#include "support/store_fixture.h"
#include "support/support.h"

enum { SCHEMA_MOST_LINES = 2000 };

static void expect_failure(struct opened *opened, enum status status, enum status expected,
                           const char *words)
{
    assert_int_equal(status, expected);
    assert_non_null(strstr(opened->work.error, words));
    work_forget(&opened->work);
}

static void migrations_are_applied_once(void **state)
{
    struct opened opened;
    int64_t applied = -1, version = -1;
    opened_empty(&opened, *state);
    must(&opened, migrate_version(&opened.work, &version));
    assert_int_equal(version, 0);
    expect_failure(&opened, migrate_check(&opened.work), STATUS_REFUSED, "dueregard init");
    must(&opened, migrate_up(&opened.work, &applied));
    assert_int_equal(applied, migrate_newest());
    must(&opened, migrate_version(&opened.work, &version));
    assert_int_equal(version, migrate_newest());
    must(&opened, migrate_check(&opened.work));
    must(&opened, migrate_up(&opened.work, &applied));
    assert_int_equal(applied, 0);
    opened_end(&opened);
}

static void other_versions_are_refused(void **state)
{
    struct opened opened;
    int64_t applied = 0;
    opened_new(&opened, *state);
    must(&opened, store_run_script(&opened.work, "UPDATE migration SET number = number + 1000"));
    expect_failure(&opened, migrate_check(&opened.work), STATUS_STORAGE, "newer program");
    expect_failure(&opened, migrate_up(&opened.work, &applied), STATUS_STORAGE, "newer program");
    must(&opened, store_run_script(&opened.work, "UPDATE migration SET number = number - 1001"));
    if (migrate_newest() > 1) /* with one migration, an older schema is an empty one */
        expect_failure(&opened, migrate_check(&opened.work), STATUS_STORAGE, "older program");
    else
        expect_failure(&opened, migrate_check(&opened.work), STATUS_REFUSED, "no Due Regard data");
    opened_end(&opened);
}

static void tables_of_others_are_left_alone(void **state)
{
    struct opened opened;
    int64_t applied = 0;
    opened_empty(&opened, *state);
    must(&opened, store_run_script(&opened.work, "CREATE TABLE theirs (number integer)"));
    expect_failure(&opened, migrate_up(&opened.work, &applied), STATUS_REFUSED, "another program");
    assert_false(store_in_transaction(opened.work.store));
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM theirs"), 0);
    opened_end(&opened);
}

/* Text for comparing: one line per column, key and reference. */
static void add_line(struct text *text, const char *table, const char *kind, const char *rest)
{
    text_add_format(text, "%s %s %s\n", table, kind, rest);
}

static bool is_required(const struct field *field)
{
    return strcmp(field->name, "id") == 0 || field->flags & (FIELD_REQUIRED | FIELD_KEY);
}

static const char *type_of(const struct store_engine *engine, const struct field *field)
{
    static const char *const sqlite[] = { "INTEGER", "REAL", "TEXT" };
    static const char *const postgresql[] = { "bigint", "double precision", "text" };
    return engine->kind == ENGINE_SQLITE ? sqlite[field->storage] : postgresql[field->storage];
}

/* What an event member refers to is not said in its field row: it is the audit's. */
static const char *reference_of(const struct field *field)
{
    return strcmp(field->name, "event") == 0 ? "audit_event" : field->reference;
}

static const char *declared(struct work *work)
{
    struct text text = text_new(work->arena, 1 << 20);
    for (size_t i = 0; i < model_entity_count; i++) {
        const struct entity *entity = model_entities[i];
        struct text key = text_new(work->arena, 400);
        for (size_t j = 0; j < entity->field_count; j++) {
            const struct field *field = &entity->fields[j];
            add_line(&text, entity->name, field->name,
                     arena_format(work->arena, "%s%s%s%s", type_of(work->store->engine, field),
                                  is_required(field) ? " required" : "",
                                  reference_of(field) ? " of " : "",
                                  reference_of(field) ? reference_of(field) : ""));
            if (field->flags & FIELD_KEY ||
                (entity->flags & ENTITY_REVISED && strcmp(field->name, "revision") == 0))
                text_add_format(&key, " %s", field->name);
        }
        if (key.length)
            add_line(&text, entity->name, "unique", key.bytes);
    }
    assert_false(text.is_full);
    return text.bytes;
}

/* Column name, type, required, table referred to. */
static const char sqlite_columns[] =
    "SELECT c.name, c.type, c.\"notnull\" OR c.pk, f.\"table\" FROM pragma_table_info($1) AS c "
    "LEFT JOIN pragma_foreign_key_list($1) AS f ON f.\"from\" = c.name ORDER BY c.cid";
static const char sqlite_keys[] =
    "SELECT c.name FROM pragma_index_list($1) AS k JOIN pragma_index_info(k.name) AS c "
    "WHERE k.origin = 'u' ORDER BY k.seq, c.seqno";
static const char postgres_columns[] =
    "SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, r.relname "
    "FROM pg_attribute AS a LEFT JOIN pg_constraint AS f ON f.contype = 'f' "
    "AND f.conrelid = a.attrelid AND f.conkey[1] = a.attnum "
    "LEFT JOIN pg_class AS r ON r.oid = f.confrelid "
    "WHERE a.attrelid = CAST($1 AS regclass) AND a.attnum > 0 AND NOT a.attisdropped "
    "ORDER BY a.attnum";
static const char postgres_keys[] =
    "SELECT a.attname FROM pg_constraint AS k "
    "CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS c (number, place) "
    "JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = c.number "
    "WHERE k.contype = 'u' AND k.conrelid = CAST($1 AS regclass) ORDER BY k.oid, c.place";

static void add_columns(struct opened *opened, struct text *text, const char *table)
{
    struct work *work = &opened->work;
    bool is_sqlite = store_engine(work->store) == ENGINE_SQLITE;
    struct cursor *cursor = NULL;
    must(opened, store_query(work, is_sqlite ? sqlite_columns : postgres_columns,
                             PARAMETERS(parameter_text(table)), &cursor));
    while (cursor_next(cursor) == STATUS_OK) {
        const char *parent = cursor_text(cursor, 3);
        add_line(text, table, cursor_text(cursor, 0),
                 arena_format(work->arena, "%s%s%s%s", cursor_text(cursor, 1),
                              cursor_integer(cursor, 2) ? " required" : "", parent ? " of " : "",
                              parent ? parent : ""));
    }
    cursor_close(cursor);
}

static const char *migrated(struct opened *opened)
{
    struct work *work = &opened->work;
    bool is_sqlite = store_engine(work->store) == ENGINE_SQLITE;
    struct text text = text_new(work->arena, 1 << 20);
    for (size_t i = 0; i < model_entity_count; i++) {
        const char *table = model_entities[i]->name;
        struct text key = text_new(work->arena, 400);
        struct cursor *cursor = NULL;
        add_columns(opened, &text, table);
        must(opened, store_query(work, is_sqlite ? sqlite_keys : postgres_keys,
                                 PARAMETERS(parameter_text(table)), &cursor));
        while (cursor_next(cursor) == STATUS_OK)
            text_add_format(&key, " %s", cursor_text(cursor, 0));
        cursor_close(cursor);
        if (key.length)
            add_line(&text, table, "unique", key.bytes);
    }
    assert_false(text.is_full);
    return text.bytes;
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the order of the alphabet: a column that was added later stands last in its table. */
static struct slice sorted(struct arena *arena, const char *words)
{
    static const char *lines[SCHEMA_MOST_LINES];
    struct text text = text_new(arena, 1 << 20);
    struct slice rest = slice_of(words), line;
    size_t count = 0;
    while (slice_split(&rest, '\n', &line)) {
        assert_true(count < SCHEMA_MOST_LINES);
        lines[count++] = slice_copy(arena, line);
    }
    qsort(lines, count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < count; i++)
        text_add_format(&text, "%s\n", lines[i]);
    return text_slice(&text);
}

static void the_schema_is_what_the_entities_declare(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    struct slice wanted = sorted(opened.work.arena, declared(&opened.work));
    struct slice found = sorted(opened.work.arena, migrated(&opened));
    struct slice wanted_line, found_line;
    while (slice_split(&wanted, '\n', &wanted_line)) {
        assert_true(slice_split(&found, '\n', &found_line));
        assert_string_equal(slice_copy(opened.work.arena, found_line),
                            slice_copy(opened.work.arena, wanted_line));
    }
    assert_int_equal(slice_trim(found).length, 0);
    /* And no table stands beside them but the ledger of migrations. */
    assert_int_equal(number_of(&opened, opened.work.store->engine->table_count),
                     model_entity_count + 1);
    opened_end(&opened);
}

MAIN_ON_BOTH("store/migrate", ON_BOTH(migrations_are_applied_once),
             ON_BOTH(other_versions_are_refused), ON_BOTH(tables_of_others_are_left_alone),
             ON_BOTH(the_schema_is_what_the_entities_declare))
