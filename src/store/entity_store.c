/* Statements and bindings of any entity, made once per store from its field rows. */
#include "store/entity_store.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "store/store_engine.h"
#include "base/banned.h"

enum { STATEMENT_MOST = 16 * 1024 };

/* The statements of one entity. */
struct entity_plan {
    struct entity_plan *next;
    const struct entity *entity;
    const char *insert, *insert_new, *insert_copy, *update, *remove, *find, *get, *id, *code, *all,
        *latest, *after;
    const char **list_of; /* for each field that was asked for, by its place; else NULL */
};

static bool is_key(const struct entity *entity, const struct field *field)
{
    return field->flags & FIELD_KEY ||
           (entity->flags & ENTITY_REVISED && strcmp(field->name, "revision") == 0);
}

static void add_columns(struct text *text, const struct entity *entity)
{
    for (size_t i = 0; i < entity->field_count; i++)
        text_add_format(text, "%s%s", i ? ", " : "", entity->fields[i].name);
}

/* `INSERT INTO … VALUES ($1, …)`: all fields but the id, in their order. */
static struct text insert_words(struct arena *arena, const struct entity *entity)
{
    struct text text = text_new(arena, STATEMENT_MOST);
    text_add_format(&text, "INSERT INTO %s (", entity->name);
    for (size_t i = 1; i < entity->field_count; i++)
        text_add_format(&text, "%s%s", i > 1 ? ", " : "", entity->fields[i].name);
    text_add(&text, ") VALUES (");
    for (size_t i = 1; i < entity->field_count; i++)
        text_add_format(&text, "%s$%zu", i > 1 ? ", " : "", i);
    text_add(&text, ")");
    return text;
}

static const char *insert_statement(struct arena *arena, const struct entity *entity)
{
    struct text text = insert_words(arena, entity);
    assert(!text.is_full);
    return text.bytes;
}

/* NULL for an entity without a natural key. */
static const char *insert_new_statement(struct arena *arena, const struct entity *entity)
{
    struct text text = insert_words(arena, entity);
    const char *separator = " ON CONFLICT (";
    size_t keys = 0;
    for (size_t i = 0; i < entity->field_count; i++)
        if (is_key(entity, &entity->fields[i])) {
            text_add_format(&text, "%s%s", separator, entity->fields[i].name);
            separator = ", ";
            keys++;
        }
    text_add(&text, ") DO NOTHING");
    assert(!text.is_full);
    return keys ? text.bytes : NULL;
}

/* All fields in the order of fill_with_id. */
static const char *insert_copy_statement(struct arena *arena, const struct entity *entity)
{
    struct text text = text_new(arena, STATEMENT_MOST);
    text_add_format(&text, "INSERT INTO %s (", entity->name);
    for (size_t i = 1; i < entity->field_count; i++)
        text_add_format(&text, "%s, ", entity->fields[i].name);
    text_add(&text, "id) VALUES (");
    for (size_t i = 1; i <= entity->field_count; i++)
        text_add_format(&text, "%s$%zu", i > 1 ? ", " : "", i);
    text_add(&text, ")");
    assert(!text.is_full);
    return text.bytes;
}

static const char *update_statement(struct arena *arena, const struct entity *entity)
{
    struct text text = text_new(arena, STATEMENT_MOST);
    text_add_format(&text, "UPDATE %s SET ", entity->name);
    for (size_t i = 1; i < entity->field_count; i++)
        text_add_format(&text, "%s%s = $%zu", i > 1 ? ", " : "", entity->fields[i].name, i);
    text_add_format(&text, " WHERE id = $%zu", entity->field_count);
    assert(!text.is_full);
    return text.bytes;
}

static const char *find_statement(struct arena *arena, const struct entity *entity)
{
    struct text text = text_new(arena, STATEMENT_MOST);
    size_t keys = 0;
    text_add(&text, "SELECT ");
    add_columns(&text, entity);
    text_add_format(&text, " FROM %s WHERE ", entity->name);
    for (size_t i = 0; i < entity->field_count; i++)
        if (entity->fields[i].flags & FIELD_KEY) {
            keys++;
            text_add_format(&text, "%s%s = $%zu", keys > 1 ? " AND " : "", entity->fields[i].name,
                            keys);
        }
    if (entity->flags & ENTITY_REVISED)
        text_add(&text, " ORDER BY revision DESC LIMIT 1");
    assert(!text.is_full);
    return keys ? text.bytes : NULL;
}

/* `SELECT columns FROM entity` and what follows. */
static const char *select_statement(struct arena *arena, const struct entity *entity,
                                    const char *rest)
{
    struct text text = text_new(arena, STATEMENT_MOST);
    text_add(&text, "SELECT ");
    add_columns(&text, entity);
    text_add_format(&text, " FROM %s%s", entity->name, rest);
    assert(!text.is_full);
    return text.bytes;
}

static struct entity_plan *plan_new(struct arena *arena, const struct entity *entity)
{
    struct entity_plan *plan = arena_new_of(arena, struct entity_plan);
    const struct field *code = entity_code(entity);
    assert(strcmp(entity->fields[0].name, "id") == 0 && entity->field_count <= PARAMETERS_MOST);
    plan->entity = entity;
    plan->insert = insert_statement(arena, entity);
    plan->insert_new = insert_new_statement(arena, entity);
    plan->insert_copy = insert_copy_statement(arena, entity);
    plan->update = update_statement(arena, entity);
    plan->remove = arena_format(arena, "DELETE FROM %s WHERE id = $1", entity->name);
    plan->find = find_statement(arena, entity);
    plan->get = select_statement(arena, entity, " WHERE id = $1");
    plan->all = select_statement(arena, entity, " ORDER BY id");
    plan->latest = select_statement(arena, entity, " WHERE latest = 1 ORDER BY id");
    plan->after = select_statement(arena, entity,
                                   entity->flags & ENTITY_REVISED
                                       ? " WHERE id > $1 AND latest = 1 ORDER BY id LIMIT $2"
                                       : " WHERE id > $1 ORDER BY id LIMIT $2");
    plan->list_of = arena_array_of(arena, entity->field_count, const char *);
    if (code) {
        plan->id = arena_format(arena, "SELECT id FROM %s WHERE %s = $1", entity->name, code->name);
        plan->code = arena_format(arena, "SELECT %s FROM %s WHERE id = $1", code->name,
                                  entity->name);
    }
    return plan;
}

/* The plan of an entity, moved to the front of the store's list, or made. */
static const struct entity_plan *plan_of(struct store *store, const struct entity *entity)
{
    for (struct entity_plan **place = &store->plans; *place; place = &(*place)->next) {
        struct entity_plan *plan = *place;
        if (plan->entity != entity)
            continue;
        *place = plan->next;
        plan->next = store->plans;
        store->plans = plan;
        return plan;
    }
    struct entity_plan *plan = plan_new(store->arena, entity);
    plan->next = store->plans;
    store->plans = plan;
    return plan;
}

/* The statement for rows whose field has a value. The name is that of our own field row, never of
 * anything that was typed. */
static const char *list_statement(struct store *store, const struct entity *entity,
                                  const char *name)
{
    const struct field *field = entity_field(entity, name);
    assert(field);
    const char **place = &plan_of(store, entity)->list_of[field - entity->fields];
    if (!*place)
        *place = select_statement(store->arena, entity,
                                  arena_format(store->arena, " WHERE %s = $1 ORDER BY id", name));
    return *place;
}

/* A key text that is missing is "", as the column does not allow NULL. */
static struct parameter parameter_of(const struct field *field, const void *row)
{
    switch (field->storage) {
    case STORAGE_INTEGER:
        return parameter_integer(field_integer(field, row));
    case STORAGE_REAL:
        return parameter_real(field_real(field, row));
    case STORAGE_TEXT:
        break;
    }
    const char *text = field_text(field, row);
    return parameter_text(!text && field->flags & FIELD_KEY ? "" : text);
}

/* All fields but the id; gives their number. */
static size_t fill(const struct entity *entity, const void *row,
                   struct parameter out_parameters[PARAMETERS_MOST])
{
    for (size_t i = 1; i < entity->field_count; i++)
        out_parameters[i - 1] = parameter_of(&entity->fields[i], row);
    return entity->field_count - 1;
}

static enum status insert(struct work *work, const struct entity *entity, const char *sql,
                          const void *row, int64_t *out_id)
{
    struct parameter parameters[PARAMETERS_MOST];
    assert(field_is_missing(&entity->fields[0], row));
    return store_insert(work, sql, parameters, fill(entity, row, parameters), out_id);
}

enum status entity_store_insert(struct work *work, const struct entity *entity, void *row)
{
    int64_t id = INTEGER_MISSING;
    enum status status = insert(work, entity, plan_of(work->store, entity)->insert, row, &id);
    if (status == STATUS_OK)
        field_set_integer(&entity->fields[0], row, id);
    return status;
}

enum status entity_store_insert_new(struct work *work, const struct entity *entity, void *row,
                                    bool *out_inserted)
{
    int64_t id = INTEGER_MISSING;
    const char *sql = plan_of(work->store, entity)->insert_new;
    assert(sql);
    enum status status = insert(work, entity, sql, row, &id);
    if (status != STATUS_OK)
        return status;
    field_set_integer(&entity->fields[0], row, id);
    *out_inserted = id != INTEGER_MISSING;
    return STATUS_OK;
}

enum status entity_store_insert_new_rows(struct work *work, const struct entity *entity,
                                         void *const *rows, size_t count, bool *out_inserted)
{
    int64_t ids[STORE_ROWS_MOST];
    const char *sql = plan_of(work->store, entity)->insert_new;
    size_t width = entity->field_count - 1;
    assert(sql && count <= STORE_ROWS_MOST);
    struct parameter *parameters = arena_array_of(work->arena, count * width, struct parameter);
    for (size_t i = 0; i < count; i++) {
        assert(field_is_missing(&entity->fields[0], rows[i]));
        fill(entity, rows[i], parameters + i * width);
    }
    enum status status = store_insert_rows(
        work, sql, &(struct parameter_rows){ parameters, width, count }, ids);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        field_set_integer(&entity->fields[0], rows[i], ids[i]);
        out_inserted[i] = ids[i] != INTEGER_MISSING;
    }
    return status;
}

/* All fields, the id last; gives their number. */
static size_t fill_with_id(const struct entity *entity, const void *row,
                           struct parameter out_parameters[PARAMETERS_MOST])
{
    assert(!field_is_missing(&entity->fields[0], row));
    size_t count = fill(entity, row, out_parameters);
    out_parameters[count] = parameter_integer(field_integer(&entity->fields[0], row));
    return count + 1;
}

enum status entity_store_insert_copy(struct work *work, const struct entity *entity,
                                     const void *row)
{
    struct parameter parameters[PARAMETERS_MOST];
    size_t count = fill_with_id(entity, row, parameters);
    return store_run(work, plan_of(work->store, entity)->insert_copy, parameters, count, NULL);
}

enum status entity_store_update(struct work *work, const struct entity *entity, const void *row)
{
    struct parameter parameters[PARAMETERS_MOST];
    int64_t changed = 0;
    size_t count = fill_with_id(entity, row, parameters);
    enum status status = store_run(work, plan_of(work->store, entity)->update, parameters, count,
                                   &changed);
    if (status == STATUS_OK && changed == 0)
        return work_fail(work, STATUS_CONFLICT,
                         "Row %lld of %s was removed meanwhile; load it again before changing it.",
                         (long long)field_integer(&entity->fields[0], row), entity->name);
    return status;
}

enum status entity_store_remove(struct work *work, const struct entity *entity, int64_t id)
{
    int64_t changed = 0;
    enum status status = store_run(work, plan_of(work->store, entity)->remove,
                                   PARAMETERS(parameter_integer(id)), &changed);
    if (status == STATUS_OK && changed == 0)
        return work_fail(work, STATUS_CONFLICT, "Row %lld of %s was removed already.",
                         (long long)id, entity->name);
    return status;
}

void entity_store_read(struct arena *arena, const struct entity *entity,
                       const struct cursor *cursor, size_t first, void *out_row)
{
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        switch (field->storage) {
        case STORAGE_INTEGER:
            field_set_integer(field, out_row, cursor_integer(cursor, first + i));
            break;
        case STORAGE_REAL:
            field_set_real(field, out_row, cursor_real(cursor, first + i));
            break;
        case STORAGE_TEXT:
            field_set_text(field, out_row, arena_copy_text(arena, cursor_text(cursor, first + i)));
            break;
        }
    }
}

/* The one row that a statement gives. */
static enum status read_one(struct work *work, const struct entity *entity, const char *sql,
                            const struct parameter *parameters, size_t count, void *out_row)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, sql, parameters, count, &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_END)
        return STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        entity_store_read(work->arena, entity, cursor, 0, out_row);
    return status;
}

/* The fields of the natural key; gives their number. */
static size_t fill_key(const struct entity *entity, const void *key,
                       struct parameter out_parameters[PARAMETERS_MOST])
{
    size_t count = 0;
    for (size_t i = 0; i < entity->field_count; i++)
        if (entity->fields[i].flags & FIELD_KEY)
            out_parameters[count++] = parameter_of(&entity->fields[i], key);
    assert(count);
    return count;
}

enum status entity_store_find_rows(struct work *work, const struct entity *entity,
                                   void *const *keys, size_t count, void *const *out_rows,
                                   bool *out_found)
{
    struct cursor *cursors[STORE_ROWS_MOST];
    struct parameter one[PARAMETERS_MOST];
    size_t width = count ? fill_key(entity, keys[0], one) : 0;
    assert(count <= STORE_ROWS_MOST);
    struct parameter *parameters = arena_array_of(work->arena, count * width + 1, struct parameter);
    for (size_t i = 0; i < count; i++) {
        fill_key(entity, keys[i], one);
        memcpy(parameters + i * width, one, width * sizeof *one);
    }
    enum status status = store_query_rows(work, plan_of(work->store, entity)->find,
                                          &(struct parameter_rows){ parameters, width, count },
                                          cursors);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        enum status next = status == STATUS_OK ? cursor_next(cursors[i]) : STATUS_END;
        out_found[i] = next == STATUS_OK;
        if (next == STATUS_OK)
            entity_store_read(work->arena, entity, cursors[i], 0, out_rows[i]);
        else if (next != STATUS_END)
            status = next;
        cursor_close(cursors[i]);
    }
    return status;
}

enum status entity_store_find(struct work *work, const struct entity *entity, const void *key,
                              void *out_row)
{
    struct parameter parameters[PARAMETERS_MOST];
    size_t count = fill_key(entity, key, parameters);
    return read_one(work, entity, plan_of(work->store, entity)->find, parameters, count, out_row);
}

enum status entity_store_get(struct work *work, const struct entity *entity, int64_t id,
                             void *out_row)
{
    const struct parameter parameter = parameter_integer(id);
    return read_one(work, entity, plan_of(work->store, entity)->get, &parameter, 1, out_row);
}

static enum status read_list(struct work *work, const struct entity *entity, struct cursor *cursor,
                             struct list *out_rows)
{
    enum status status;
    while ((status = cursor_next(cursor)) == STATUS_OK) {
        void *row = entity_row(work->arena, entity);
        entity_store_read(work->arena, entity, cursor, 0, row);
        list_add(work->arena, out_rows, row);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* The rows that a statement gives for some ids, in as few journeys as can be. */
static enum status read_rows(struct work *work, const struct entity *entity, const char *sql,
                             const struct id_list *ids, struct list *out_rows)
{
    struct cursor *cursors[STORE_ROWS_MOST];
    struct parameter parameters[STORE_ROWS_MOST];
    const size_t most = store_rows_at_once(work->store);
    enum status status = STATUS_OK;
    for (size_t first = 0, count; status == STATUS_OK && first < ids->count; first += count) {
        count = ids->count - first < most ? ids->count - first : most;
        for (size_t i = 0; i < count; i++)
            parameters[i] = parameter_integer(ids->ids[first + i]);
        status = store_query_rows(work, sql, &(struct parameter_rows){ parameters, 1, count },
                                  cursors);
        for (size_t i = 0, opened = status == STATUS_OK ? count : 0; i < opened; i++) {
            if (status == STATUS_OK)
                status = read_list(work, entity, cursors[i], out_rows);
            cursor_close(cursors[i]);
        }
    }
    return status;
}

enum status entity_store_get_rows(struct work *work, const struct entity *entity,
                                  const struct id_list *ids, struct list *out_rows)
{
    return read_rows(work, entity, plan_of(work->store, entity)->get, ids, out_rows);
}

enum status entity_store_list_of_rows(struct work *work, const struct entity *entity,
                                      const char *field, const struct id_list *ids,
                                      struct list *out_rows)
{
    return read_rows(work, entity, list_statement(work->store, entity, field), ids, out_rows);
}

enum status entity_store_id(struct work *work, const struct entity *entity, struct slice code,
                            int64_t *out_id)
{
    const char *sql = plan_of(work->store, entity)->id;
    assert(sql);
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    if (!code.start)
        code.start = "";
    enum status status = store_query(work, sql, PARAMETERS(parameter_slice(code)), &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK)
        *out_id = cursor_integer(cursor, 0);
    return status == STATUS_END ? STATUS_NOT_FOUND : status;
}

enum status entity_store_code(struct work *work, const struct entity *entity, int64_t id,
                              const char **out_code)
{
    const char *sql = plan_of(work->store, entity)->code;
    assert(sql);
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, sql, PARAMETERS(parameter_integer(id)), &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK)
        *out_code = arena_copy_text(work->arena, cursor_text(cursor, 0));
    return status == STATUS_END ? STATUS_NOT_FOUND : status;
}

enum status entity_store_all(struct work *work, const struct entity *entity, int flags,
                             struct cursor **out_cursor)
{
    const struct entity_plan *plan = plan_of(work->store, entity);
    bool only_latest = flags & ENTITY_LATEST && entity->flags & ENTITY_REVISED;
    return store_stream(work, only_latest ? plan->latest : plan->all, NULL, 0, out_cursor);
}

enum status entity_store_after(struct work *work, const struct entity *entity, int64_t after,
                               size_t most, struct cursor **out_cursor)
{
    return store_query(work, plan_of(work->store, entity)->after,
                       PARAMETERS(parameter_integer(after), parameter_integer((int64_t)most)),
                       out_cursor);
}

enum status entity_store_list(struct work *work, const struct entity *entity, int flags,
                              struct list *out_rows)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = entity_store_all(work, entity, flags, &cursor);
    return status == STATUS_OK ? read_list(work, entity, cursor, out_rows) : status;
}

enum status entity_store_list_of(struct work *work, const struct entity *entity, const char *field,
                                 int64_t id, struct list *out_rows)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, list_statement(work->store, entity, field),
                                     PARAMETERS(parameter_integer(id)), &cursor);
    return status == STATUS_OK ? read_list(work, entity, cursor, out_rows) : status;
}
