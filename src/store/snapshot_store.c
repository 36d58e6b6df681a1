#include "store/snapshot_store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "base/workspace.h"
#include "disclosure/record_keys.h"
#include "store/entity_store.h"
#include "store/snapshot_key.h"
#include "base/banned.h"

enum { NAMES_MOST = 2000, DAY_LENGTH = 10 };

#define STATE_SEALED "sealed"
#define STATE_SHREDDED "shredded"
#define WITHDRAWN "withdrawn"

struct snapshot_people {
    struct snapshot_entry entry;
    struct seal_content content;
    const unsigned char *is_withdrawn; /* a byte a record; NULL: no notice is in effect */
    struct columns measured;           /* those of `content` that say nothing of anybody alone */
    struct columns *keyed;             /* categories with record keys, once a plan wanted them */
};

/* ---- finding ---- */

static enum status latest_of(struct work *work, struct snapshot_entry *entry)
{
    struct snapshot_version *key = entity_row(work->arena, &snapshot_version_entity);
    key->snapshot = entry->snapshot.id;
    key->number = entry->snapshot.latest;
    return entity_store_find(work, &snapshot_version_entity, key, &entry->version);
}

static enum status find(struct work *work, const char *code, struct snapshot_entry *entry)
{
    struct snapshot *key = entity_row(work->arena, &snapshot_entity);
    key->code = code;
    enum status status = entity_store_find(work, &snapshot_entity, key, &entry->snapshot);
    return status == STATUS_OK ? latest_of(work, entry) : status;
}

/* The snapshot of that code with its latest version; STATUS_NOT_FOUND with a sentence. */
static enum status snapshot_store_find(struct work *work, const char *code,
                                       struct snapshot_entry *out_entry)
{
    enum status status = find(work, code, out_entry);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, STATUS_NOT_FOUND,
                         "There is no snapshot \"%.60s\"; `dueregard snapshot list` names them.",
                         code);
    return status;
}

static int compare_entries(const void *a, const void *b)
{
    const struct snapshot_entry *left = *(struct snapshot_entry *const *)a;
    const struct snapshot_entry *right = *(struct snapshot_entry *const *)b;
    int order = strcmp(left->snapshot.taken_on, right->snapshot.taken_on);
    return order ? order : strcmp(left->snapshot.code, right->snapshot.code);
}

enum status snapshot_store_list(struct work *work, struct list *out_entries)
{
    struct list rows = { 0 };
    enum status status = entity_store_list(work, &snapshot_entity, 0, &rows);
    for (size_t i = 0; status == STATUS_OK && i < rows.count; i++) {
        struct snapshot_entry *entry = arena_new_of(work->arena, struct snapshot_entry);
        entry->snapshot = *(const struct snapshot *)rows.items[i];
        status = latest_of(work, entry);
        list_add(work->arena, out_entries, entry);
    }
    if (status == STATUS_OK && out_entries->count > 0)
        qsort(out_entries->items, out_entries->count, sizeof *out_entries->items, compare_entries);
    return status;
}

/* ---- bringing in ---- */

/* Takes the chunks of the former version out and says that its key goes. */
static enum status retire(struct work *work, struct audit *audit,
                          const struct snapshot_version *version)
{
    struct snapshot_version shredded = *version;
    shredded.state = STATE_SHREDDED;
    shredded.event = audit_event_id(audit);
    enum status status = snapshot_unseal_remove(work, audit, version->id);
    if (status == STATUS_OK)
        status = entity_store_update(work, &snapshot_version_entity, &shredded);
    return status == STATUS_OK
               ? audit_add(work, audit, &snapshot_version_entity, version, &shredded)
               : status;
}

/* The row of the snapshot: new, or with the next version's number. */
static enum status put_snapshot(struct work *work, struct audit *audit,
                                const struct snapshot_intake *intake, bool is_first,
                                struct snapshot *snapshot)
{
    struct snapshot before = *snapshot;
    snapshot->event = audit_event_id(audit);
    if (!is_first) {
        snapshot->title = intake->title ? intake->title : snapshot->title;
        snapshot->taken_on = intake->taken_on;
        snapshot->population = intake->population;
        snapshot->latest++;
        enum status status = entity_store_update(work, &snapshot_entity, snapshot);
        return status == STATUS_OK ? audit_add(work, audit, &snapshot_entity, &before, snapshot)
                                   : status;
    }
    *snapshot = (struct snapshot){ .id = INTEGER_MISSING,
                                   .code = intake->code,
                                   .title = intake->title ? intake->title : intake->code,
                                   .taken_on = intake->taken_on,
                                   .population = intake->population,
                                   .latest = 1,
                                   .event = audit_event_id(audit) };
    enum status status = entity_store_insert(work, &snapshot_entity, snapshot);
    return status == STATUS_OK ? audit_add(work, audit, &snapshot_entity, NULL, snapshot) : status;
}

/* The version's row goes in before its chunks, which refer to it, and is completed after them. */
static enum status put_version(struct work *work, struct audit *audit,
                               const struct snapshot_intake *intake, int64_t snapshot,
                               int64_t number, struct snapshot_version *version)
{
    unsigned char key[SEAL_KEY_LENGTH];
    char hash[HASH_TEXT_LENGTH + 1];
    *version = (struct snapshot_version){ .id = INTEGER_MISSING,
                                          .snapshot = snapshot,
                                          .number = number,
                                          .state = STATE_SEALED,
                                          .sealed_at = work->now,
                                          .sealed_hash = "",
                                          .source_hash = intake->source_hash,
                                          .people = intake->people,
                                          .records = intake->content->columns->rows,
                                          .reason = intake->reason,
                                          .event = audit_event_id(audit) };
    enum status status = snapshot_key_new(work, key, &version->key_name);
    if (status != STATUS_OK)
        return status;
    status = entity_store_insert(work, &snapshot_version_entity, version);
    struct seal_place place = { version->id, version->key_name, key };
    if (status == STATUS_OK)
        status = snapshot_seal(work, audit, &place, intake->content, &version->chunks, hash);
    sodium_memzero(key, sizeof key);
    if (status == STATUS_OK) {
        version->sealed_hash = arena_copy_text(work->arena, hash);
        status = entity_store_update(work, &snapshot_version_entity, version);
    }
    if (status == STATUS_OK)
        status = audit_add(work, audit, &snapshot_version_entity, NULL, version);
    if (status != STATUS_OK) { /* the key is to nothing; what is told is the first failure */
        enum status shredded = snapshot_key_shred(work, version->key_name);
        (void)shredded;
    }
    return status;
}

enum status snapshot_store_import(struct work *work, struct audit *audit,
                                  const struct snapshot_intake *intake,
                                  struct snapshot_entry *out_entry, bool *out_is_new)
{
    struct snapshot_entry entry = { 0 }, former;
    enum status status = find(work, intake->code, &entry);
    bool is_first = status == STATUS_NOT_FOUND;
    former = entry;
    if (status != STATUS_OK && !is_first)
        return status;
    *out_is_new = is_first || intake->is_removal || !entry.version.source_hash ||
                  !intake->source_hash ||
                  strcmp(entry.version.source_hash, intake->source_hash) != 0;
    if (!*out_is_new) {
        *out_entry = entry;
        return STATUS_OK;
    }
    status = put_snapshot(work, audit, intake, is_first, &entry.snapshot);
    if (status == STATUS_OK)
        status = put_version(work, audit, intake, entry.snapshot.id, entry.snapshot.latest,
                             &entry.version);
    if (status == STATUS_OK && !is_first)
        status = retire(work, audit, &former.version);
    if (status == STATUS_OK)
        *out_entry = entry;
    return status;
}

enum status snapshot_store_shred(struct work *work, const char *code)
{
    struct snapshot_entry entry;
    struct list versions = { 0 };
    enum status status = snapshot_store_find(work, code, &entry);
    if (status == STATUS_OK)
        status = entity_store_list_of(work, &snapshot_version_entity, "snapshot", entry.snapshot.id,
                                      &versions);
    for (size_t i = 0; status == STATUS_OK && i < versions.count; i++) {
        const struct snapshot_version *version = versions.items[i];
        if (strcmp(version->state, STATE_SHREDDED) == 0)
            status = snapshot_key_shred(work, version->key_name);
    }
    return status;
}

/* ---- opening ---- */

static enum status unseal(struct work *work, const struct snapshot_version *version,
                          struct seal_content *content)
{
    unsigned char key[SEAL_KEY_LENGTH];
    enum status status = snapshot_key_read(work, version->key_name, key);
    struct seal_place place = { version->id, version->key_name, key };
    if (status == STATUS_OK)
        status = snapshot_unseal(work, &place, version->sealed_hash, content);
    sodium_memzero(key, sizeof key);
    return status;
}

const char *snapshot_subject(struct work *work, struct slice key)
{
    char hash[HASH_TEXT_LENGTH + 1];
    struct commitment commitment = commitment_new(work->workspace->audit_key);
    commitment_add(&commitment, SLICE("stop-notice"));
    commitment_add(&commitment, slice_trim(key));
    commitment_end(&commitment, hash);
    return arena_copy_text(work->arena, hash);
}

static bool is_in_effect(const struct stop_notice *notice, const char *now)
{
    return strncmp(notice->effective_on, now, DAY_LENGTH) <= 0 &&
           (!notice->ended_on || strncmp(notice->ended_on, now, DAY_LENGTH) > 0);
}

static bool is_subject(const struct list *notices, const char *subject, const char *now)
{
    for (size_t i = 0; i < notices->count; i++) {
        const struct stop_notice *notice = notices->items[i];
        if (is_in_effect(notice, now) && strcmp(notice->subject, subject) == 0)
            return true;
    }
    return false;
}

/* A byte for each record whose subject has a notice in effect; NULL when there is no notice. */
static enum status find_withdrawn(struct work *work, const struct columns *columns,
                                  const unsigned char **out_withdrawn)
{
    struct list notices = { 0 };
    ptrdiff_t key = columns_find(columns, SNAPSHOT_KEY);
    enum status status = entity_store_list(work, &stop_notice_entity, 0, &notices);
    *out_withdrawn = NULL;
    if (status != STATUS_OK || key < 0 || notices.count == 0)
        return status;
    unsigned char *withdrawn = arena_take(work->arena, (size_t)columns->rows + 1);
    for (int64_t row = 0; row < columns->rows; row++) {
        struct arena_mark mark = arena_mark(work->arena);
        const char *subject = snapshot_subject(work, column_text(&columns->column[key], row));
        withdrawn[row] = is_subject(&notices, subject, work->now);
        arena_return(work->arena, mark);
    }
    *out_withdrawn = withdrawn;
    return STATUS_OK;
}

static void put_code(const struct column *column, int64_t row, uint32_t code)
{
    unsigned char *at = (unsigned char *)column->values.bytes + row * column->width;
    for (int i = 0; i < column->width; i++)
        at[i] = (unsigned char)(code >> (8 * i));
}

/* Puts the state of being withdrawn in the place of what was answered. */
static void withdraw(struct seal_content *content, const unsigned char *is_withdrawn)
{
    struct columns *columns = content->columns;
    for (size_t i = 0; is_withdrawn && i < columns->count; i++) {
        struct column *column = &columns->column[i];
        if (!content->is_special[i] || column->kind != COLUMN_CATEGORY)
            continue;
        uint32_t code = dictionary_add(column->labels, SLICE(WITHDRAWN));
        assert(code != DICTIONARY_NONE);
        column_widen(column, columns->rows, code > UINT16_MAX ? 4 : code > UINT8_MAX ? 2 : 1);
        for (int64_t row = 0; row < columns->rows; row++)
            if (is_withdrawn[row])
                put_code(column, row, code);
    }
}

/* Refers to all columns but the texts, which are what people are found by. */
static void choose_measured(struct work *work, const struct columns *columns,
                            struct columns *measured)
{
    *measured = *columns;
    measured->column = arena_array_of(work->arena, columns->count + 1, struct column);
    measured->count = 0;
    for (size_t i = 0; i < columns->count; i++)
        if (columns->column[i].kind != COLUMN_TEXT)
            measured->column[measured->count++] = columns->column[i];
}

enum status snapshot_people_open(struct work *work, const char *code,
                                 struct snapshot_people **out_people)
{
    struct snapshot_people *people = calloc(1, sizeof *people); /* closed when the arena is gone */
    if (!people)
        abort();
    enum status status = snapshot_store_find(work, code, &people->entry);
    if (status == STATUS_OK)
        status = unseal(work, &people->entry.version, &people->content);
    if (status == STATUS_OK)
        status = find_withdrawn(work, people->content.columns, &people->is_withdrawn);
    if (status != STATUS_OK) {
        snapshot_people_close(people);
        return status;
    }
    withdraw(&people->content, people->is_withdrawn);
    choose_measured(work, people->content.columns, &people->measured);
    *out_people = people;
    return STATUS_OK;
}

void snapshot_people_close(struct snapshot_people *people)
{
    if (!people)
        return;
    columns_free(people->content.columns);
    columns_free(people->keyed);
    free(people);
}

void snapshot_people_cleanup(struct snapshot_people **people)
{
    snapshot_people_close(*people);
}

const struct snapshot_entry *snapshot_people_entry(const struct snapshot_people *people)
{
    return &people->entry;
}

const char *snapshot_people_about(const struct snapshot_people *people)
{
    return people->content.about;
}

struct columns *snapshot_people_columns(struct snapshot_people *people)
{
    return &people->measured;
}

const char *snapshot_people_date(struct work *work, struct snapshot_people *people,
                                 const char *column, struct snapshot_days days)
{
    static const char *const labels[] = { "before", "within", "after" };
    struct columns *columns = people->content.columns;
    ptrdiff_t place = columns_find(columns, column);
    unsigned char codes[sizeof labels / sizeof *labels];
    if (place < 0 || columns->column[place].kind != COLUMN_DECIMAL)
        return NULL;
    const char *name = arena_format(work->arena, "%s from %lld to %lld", column,
                                    (long long)days.first, (long long)days.last);
    if (columns_find(columns, name) >= 0)
        return name;
    struct column *made = &columns->column[columns_add_category(columns, name)];
    for (size_t i = 0; i < sizeof codes; i++)
        codes[i] = (unsigned char)dictionary_add(made->labels, slice_of(labels[i]));
    column_widen(made, 0, 1);
    column_reach(made, columns->rows);
    for (int64_t row = 0; row < columns->rows; row++) {
        int64_t day = column_decimal(&columns->column[place], row);
        ((unsigned char *)made->values.bytes)[row] =
            day == INTEGER_MISSING ? 0 : codes[(day >= days.first) + (day > days.last)];
    }
    choose_measured(work, columns, &people->measured);
    return name;
}

bool snapshot_people_link(const struct snapshot_people *people, const struct dictionary *keys,
                          uint32_t *out_numbers)
{
    const struct columns *columns = people->content.columns;
    ptrdiff_t place = columns_find(columns, SNAPSHOT_KEY);
    if (place < 0 || columns->column[place].kind != COLUMN_TEXT)
        return false;
    for (int64_t row = 0; row < columns->rows; row++)
        out_numbers[row] = dictionary_find(keys,
                                           slice_trim(column_text(&columns->column[place], row)));
    return true;
}

/* ---- counting ---- */

static const char *categories_of(struct work *work, const struct columns *columns)
{
    struct text text = text_new(work->arena, NAMES_MOST);
    for (size_t i = 0; i < columns->count; i++)
        if (columns->column[i].kind == COLUMN_CATEGORY)
            text_add_format(&text, "%s%s", text.length ? ", " : "", columns->column[i].name);
    return text.bytes;
}

static enum status resolve(struct work *work, const struct columns *columns, const char *variable,
                           struct cube_variable *out_variable)
{
    struct slice rest = slice_of(variable), name;
    out_variable->level_count = 0;
    while (slice_split(&rest, '/', &name)) {
        ptrdiff_t place = columns_find(columns, slice_copy(work->arena, name));
        if (place < 0 || columns->column[place].kind != COLUMN_CATEGORY)
            return work_fail(work, STATUS_INPUT,
                             "The snapshot has no category \"%.*s\"; it has %s.", (int)name.length,
                             name.start, categories_of(work, columns));
        if (out_variable->level_count == CUBE_MOST_LEVELS)
            return work_fail(work, STATUS_INPUT, "A hierarchy has %d levels at most.",
                             CUBE_MOST_LEVELS);
        out_variable->columns[out_variable->level_count++] = (size_t)place;
    }
    return STATUS_OK;
}

/* The tables by the places of their columns, in the work's arena. */
static enum status resolve_all(struct work *work, const struct columns *columns,
                               const struct snapshot_table *tables, size_t table_count,
                               struct cube_table **out_resolved)
{
    struct cube_table *resolved = arena_array_of(work->arena, table_count + 1, struct cube_table);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < table_count; i++) {
        resolved[i].name = tables[i].name;
        resolved[i].variable_count = tables[i].variable_count;
        resolved[i].with_margins = tables[i].with_margins;
        for (size_t j = 0; status == STATUS_OK && j < tables[i].variable_count; j++)
            status = resolve(work, columns, tables[i].variables[j], &resolved[i].variables[j]);
    }
    *out_resolved = resolved;
    return status;
}

enum status snapshot_people_count(struct work *work, const struct snapshot_people *people,
                                  const struct snapshot_table *tables, size_t table_count,
                                  struct cube *out_cube)
{
    const struct columns *columns = people->content.columns;
    struct cube_table *resolved = NULL;
    enum status status = resolve_all(work, columns, tables, table_count, &resolved);
    struct cube_request request = {
        .columns = columns, .tables = resolved, .table_count = table_count, .weight = -1
    };
    return status == STATUS_OK ? cube_count(work, &request, out_cube) : status;
}

/* The people's categories with the record keys behind them, in the same places. */
static enum status add_keys(struct work *work, struct snapshot_people *people,
                            const unsigned char *secret)
{
    ptrdiff_t key = columns_find(people->content.columns, SNAPSHOT_KEY);
    if (key < 0)
        return work_fail(work, STATUS_INPUT,
                         "The snapshot has no employees' numbers, from which keys of people would "
                         "follow; choose another way to protect.");
    columns_free(people->keyed);
    people->keyed = NULL;
    return record_keys_add(work, people->content.columns, (size_t)key, secret, &people->keyed);
}

enum status snapshot_people_plan(struct work *work, struct snapshot_people *people,
                                 const struct snapshot_release *wanted,
                                 struct release_plan **out_plan)
{
    struct cube_table *resolved = NULL;
    struct cube *cube = arena_new_of(work->arena, struct cube);
    enum status status = wanted->secret ? add_keys(work, people, wanted->secret) : STATUS_OK;
    const struct columns *columns = wanted->secret ? people->keyed : people->content.columns;
    if (status == STATUS_OK)
        status = resolve_all(work, columns, wanted->tables, wanted->table_count, &resolved);
    if (status != STATUS_OK)
        return status;
    const struct cube_request request = {
        .columns = columns,
        .tables = resolved,
        .table_count = wanted->table_count,
        .weight = wanted->secret ? (ptrdiff_t)columns->count - 1 : -1,
    };
    status = cube_count(work, &request, cube);
    const struct release_plan_source source = { .people = columns,
                                                .tables = resolved,
                                                .table_count = wanted->table_count,
                                                .cube = cube,
                                                .has_keys = wanted->secret != NULL,
                                                .profiles = wanted->profiles };
    return status == STATUS_OK ? release_plan_make(work, &source, out_plan) : status;
}

static void list_columns(struct work *work, const struct snapshot_people *people,
                         enum column_kind kind, struct list *out_names)
{
    const struct columns *columns = people->content.columns;
    for (size_t i = 0; i < columns->count; i++)
        if (columns->column[i].kind == kind)
            list_add(work->arena, out_names, arena_copy_text(work->arena, columns->column[i].name));
}

void snapshot_people_categories(struct work *work, const struct snapshot_people *people,
                                struct list *out_names)
{
    list_columns(work, people, COLUMN_CATEGORY, out_names);
}

void snapshot_people_amounts(struct work *work, const struct snapshot_people *people,
                             struct list *out_names)
{
    list_columns(work, people, COLUMN_DECIMAL, out_names);
}

enum status snapshot_people_pay(struct work *work, const struct snapshot_people *people,
                                const struct snapshot_pay *pay, struct grouped *out_grouped)
{
    const struct columns *columns = people->content.columns;
    size_t groups[GROUPED_MOST_GROUPS];
    struct cube_variable group = { .level_count = 0 };
    struct grouped_request request = {
        .columns = columns, .groups = groups, .group_count = pay->group_count, .weight = -1
    };
    ptrdiff_t amount = columns_find(columns, pay->amount);
    if (amount < 0 || columns->column[amount].kind != COLUMN_DECIMAL)
        return work_fail(work, STATUS_INPUT, "The snapshot has no amount \"%.60s\".", pay->amount);
    request.amount = (size_t)amount;
    assert(pay->group_count <= GROUPED_MOST_GROUPS);
    enum status status = pay->unit ? resolve(work, columns, pay->unit, &request.unit) : STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < pay->group_count; i++) {
        status = resolve(work, columns, pay->groups[i], &group);
        groups[i] = group.columns[0];
    }
    return status == STATUS_OK ? grouped_measure(work, &request, out_grouped) : status;
}

/* ---- one subject ---- */

/* The records under a key as a byte each; gives how many there are. */
static int64_t mark_subject(const struct columns *columns, struct slice key, unsigned char *marks)
{
    int64_t found = 0;
    ptrdiff_t place = columns_find(columns, SNAPSHOT_KEY);
    key = slice_trim(key);
    for (int64_t row = 0; place >= 0 && row < columns->rows; row++) {
        marks[row] = key.length > 0 && slice_equal(column_text(&columns->column[place], row), key);
        found += marks[row];
    }
    return found;
}

static enum status no_subject(struct work *work, const struct columns *columns)
{
    if (columns_find(columns, SNAPSHOT_KEY) < 0)
        return work_fail(work, STATUS_NOT_FOUND,
                         "The snapshot has no employees' numbers, so that nobody can be found in "
                         "it.");
    return work_fail(work, STATUS_NOT_FOUND, "The snapshot has no record under this key.");
}

static const char *cell_text(struct work *work, const struct column *column, int64_t row)
{
    if (column->kind == COLUMN_CATEGORY)
        return slice_copy(work->arena, column_label(column, column_code(column, row)));
    if (column->kind == COLUMN_TEXT)
        return slice_copy(work->arena, column_text(column, row));
    int64_t value = column_millionths(column, row);
    return value == INTEGER_MISSING ? "" : number_print_short(work->arena, value);
}

enum status snapshot_store_subject(struct work *work, const char *code, struct slice key,
                                   struct list *out_cells)
{
    struct snapshot_entry entry;
    struct seal_content content = { 0 };
    const unsigned char *withdrawn = NULL;
    enum status status = snapshot_store_find(work, code, &entry);
    if (status == STATUS_OK)
        status = unseal(work, &entry.version, &content);
    if (status != STATUS_OK)
        return status;
    CLEANUP_COLUMNS struct columns *columns = content.columns;
    unsigned char *marks = arena_take(work->arena, (size_t)columns->rows + 1);
    int64_t record = 0;
    status = find_withdrawn(work, columns, &withdrawn);
    if (status == STATUS_OK && mark_subject(columns, key, marks) == 0)
        return no_subject(work, columns);
    for (int64_t row = 0; status == STATUS_OK && row < columns->rows; row++) {
        if (!marks[row])
            continue;
        record++;
        for (size_t i = 0; i < columns->count; i++) {
            struct snapshot_cell *cell = arena_new_of(work->arena, struct snapshot_cell);
            *cell = (struct snapshot_cell){
                .record = record,
                .column = arena_copy_text(work->arena, columns->column[i].name),
                .text = cell_text(work, &columns->column[i], row),
                .is_withdrawn = withdrawn && withdrawn[row] && content.is_special[i],
            };
            list_add(work->arena, out_cells, cell);
        }
    }
    return status;
}

enum status snapshot_store_remove(struct work *work, struct audit *audit, const char *code,
                                  struct slice key, const char *reason,
                                  struct snapshot_entry *out_entry)
{
    struct snapshot_entry entry;
    struct seal_content content = { 0 };
    bool is_new = false;
    enum status status = snapshot_store_find(work, code, &entry);
    if (status == STATUS_OK)
        status = unseal(work, &entry.version, &content);
    if (status != STATUS_OK)
        return status;
    CLEANUP_COLUMNS struct columns *columns = content.columns;
    unsigned char *marks = arena_take(work->arena, (size_t)columns->rows + 1);
    if (mark_subject(columns, key, marks) == 0)
        return no_subject(work, columns);
    for (int64_t row = 0; row < columns->rows; row++)
        marks[row] = !marks[row];
    CLEANUP_COLUMNS struct columns *rest = columns_select(columns, marks);
    columns_drop_labels(rest); /* an answer in words of one's own goes with the person */
    struct seal_content kept = { rest, content.is_special, NULL, content.about };
    struct snapshot_intake intake = {
        .code = code,
        .taken_on = entry.snapshot.taken_on,
        .population = entry.snapshot.population,
        .content = &kept,
        .source_hash = entry.version.source_hash,
        .reason = reason,
        .is_removal = true,
        .people = entry.version.people - 1,
    };
    return snapshot_store_import(work, audit, &intake, out_entry, &is_new);
}
