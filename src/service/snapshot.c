#include "service/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "codec/csv_writer.h"
#include "model/people_label.h"
#include "service/approval.h"
#include "service/import_put.h"
#include "service/people_view.h"
#include "service/people_weeks.h"
#include "service/permission.h"
#include "service/record.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum people_whom snapshot_whom(const char *population)
{
    if (!population || strcmp(population, POPULATION_STANDARD) == 0)
        return PEOPLE_IN_FORCE;
    if (strcmp(population, "starters") == 0)
        return PEOPLE_STARTED;
    return strcmp(population, "leavers") == 0 ? PEOPLE_LEFT : PEOPLE_ALL;
}

static const char *day_text(struct work *work, struct date day)
{
    return date_print(work->arena, day);
}

/* Which columns are sealed, and which hold special category data. */
static void mark_columns(struct work *work, const struct people *people,
                         struct seal_content *content)
{
    size_t count = people->columns->count;
    bool *left_out = arena_array_of(work->arena, count + 1, bool);
    content->is_special = arena_array_of(work->arena, count + 1, bool);
    for (size_t i = 0; i < count; i++)
        left_out[i] = true;
    for (size_t i = 0; i < people->field_count; i++) {
        const struct people_field *field = &people->fields[i];
        bool keep = field->column->role != PEOPLE_UNKNOWN;
        bool is_date = people_roles[field->column->role].kind == PEOPLE_IS_DATE;
        const ptrdiff_t places[] = { field->values, is_date ? -1 : field->written };
        for (size_t j = 0; j < ARRAY_COUNT(places); j++)
            if (keep && places[j] >= 0) {
                left_out[places[j]] = false;
                content->is_special[places[j]] = people_roles[field->column->role].is_special;
            }
    }
    static const char *const made[] = { PEOPLE_AGE_GROUP, PEOPLE_WEEK_HOURS,
                                        PEOPLE_WEEKS_AVERAGED };
    for (size_t i = 0; i < ARRAY_COUNT(made); i++) {
        ptrdiff_t place = columns_find(people->columns, made[i]);
        if (place >= 0)
            left_out[place] = false;
    }
    ptrdiff_t disability = columns_find(people->columns, "disability-equality-act");
    if (disability >= 0) {
        left_out[disability] = false;
        content->is_special[disability] = true;
    }
    content->is_left_out = left_out;
}

/* What is sealed with the columns: their headings, roles and lists. The meanings of labels are not
 * (`has_labels` false), because a label of somebody's own words would stay there after that person
 * is removed; they tell only how the file was read. */
static const char *about_of(struct work *work, const struct people *people, bool has_labels)
{
    json_t *json = people_as_json(people), *column;
    size_t place;
    json_object_del(json, "problems");
    json_object_del(json, "notice");
    json_array_foreach(json_object_get(json, "columns"), place, column)
    {
        if (!has_labels)
            json_object_del(column, "labels");
    }
    if (people->week_hours)
        json_object_set_new(json, "week_hours", json_string(people->week_hours));
    char *dumped = json_dumps(json, JSON_COMPACT);
    if (!dumped)
        abort();
    const char *about = arena_copy_text(work->arena, dumped);
    free(dumped);
    json_decref(json);
    return about;
}

/* Files, and how they were read: the same again is the same snapshot. */
static const char *source_hash(struct work *work, const struct people *people, const char *about,
                               const char *population)
{
    char digits[HASH_TEXT_LENGTH + 1];
    struct hash hash = hash_new();
    hash_add(&hash, slice_of(people->hash));
    hash_add(&hash, slice_of(about));
    hash_add(&hash, slice_of(population));
    hash_end(&hash, digits);
    return arena_copy_text(work->arena, digits);
}

enum status snapshot_take(struct work *work, struct people *people,
                          const struct snapshot_request *request, struct snapshot_entry *out_entry,
                          bool *out_is_new)
{
    struct audit *audit = NULL;
    struct seal_content content = { .columns = people->columns };
    enum status status = permission_require(work, RIGHT_PEOPLE_KEEP, INTEGER_MISSING);
    if (status != STATUS_OK)
        return status;
    const struct people_field *unit = people_unit_field(people, 0);
    if (unit) /* like beside like: smaller, and quicker to count by unit */
        columns_order(people->columns, (size_t)unit->values, 1);
    mark_columns(work, people, &content);
    content.about = about_of(work, people, false);
    const char *population = request->population ? request->population : POPULATION_STANDARD;
    struct snapshot_intake intake = {
        .code = request->code,
        .title = request->title,
        .taken_on = day_text(work, request->taken_on),
        .population = population,
        .content = &content,
        .source_hash = source_hash(work, people, about_of(work, people, true), population),
        .people = people->people,
    };
    status = audit_begin(work, "snapshot-import", request->code, &audit);
    if (status == STATUS_OK)
        status = record_end(work, audit,
                            snapshot_store_import(work, audit, &intake, out_entry, out_is_new));
    return status == STATUS_OK ? snapshot_store_shred(work, request->code) : status;
}

enum status snapshot_labels_load(struct work *work, struct people_labels *labels)
{
    struct list rows = { 0 };
    enum status status = entity_store_list(work, &people_label_entity, 0, &rows);
    for (size_t i = 0; status == STATUS_OK && i < rows.count; i++) {
        const struct people_label *row = rows.items[i];
        const char *place = arena_format(work->arena,
                                         "The label \"%.80s\" of \"%.80s\" in this "
                                         "workspace",
                                         row->label, row->heading);
        const struct label_meaning meaning = { row->heading, row->label, row->list, row->code };
        status = people_labels_add(work, labels, place, &meaning);
    }
    return status;
}

enum status snapshot_labels_keep(struct work *work, const struct label_meaning *meanings,
                                 size_t count)
{
    struct people_labels labels;
    struct audit *audit = NULL;
    struct references *references = references_new();
    struct problems problems = { .arena = work->arena };
    struct put put = { .entity = &people_label_entity,
                       .references = references,
                       .problems = &problems };
    enum status status = permission_require(work, RIGHT_PEOPLE_KEEP, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = people_labels_read(work, &labels);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = people_labels_add(work, &labels, meanings[i].heading, &meanings[i]);
    if (status == STATUS_OK)
        status = audit_begin(work, "labels-keep", NULL, &audit);
    put.audit = audit;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        enum put_outcome outcome = PUT_UNCHANGED;
        struct people_label *row = entity_row(work->arena, &people_label_entity);
        row->heading = meanings[i].heading;
        row->label = meanings[i].label;
        row->list = meanings[i].list;
        row->code = meanings[i].code;
        status = put_row(work, &put, row, &outcome);
        if (status == STATUS_OK && outcome == PUT_REFUSED)
            status = work_fail(work, STATUS_INPUT, "%s",
                               ((const struct problem *)problems.list.items[0])->words);
    }
    references_free(references);
    return audit ? record_end(work, audit, status) : status;
}

enum status snapshot_table_read(struct work *work, const char *words, struct snapshot_table *table)
{
    struct slice rest = slice_of(words), variable;
    *table = (struct snapshot_table){ .name = words };
    while (slice_split(&rest, '*', &variable)) {
        if (table->variable_count == CUBE_MOST_VARIABLES || slice_trim(variable).length == 0)
            return work_fail(work, STATUS_USAGE,
                             "A table is written as ethnicity*sex or disability*unit-1/unit-2, of "
                             "%d variables at most.",
                             CUBE_MOST_VARIABLES);
        table->variables[table->variable_count++] = slice_copy(work->arena, slice_trim(variable));
    }
    return STATUS_OK;
}

/* The path of a node: "Children / Fostering" under its department. */
static struct slice path_of(struct work *work, const struct cube_axis *axis, size_t node)
{
    const struct cube_node *at = &axis->nodes[node];
    if (at->level <= 1)
        return at->label;
    struct slice above = path_of(work, axis, at->parent);
    return slice_of(arena_format(work->arena, "%.*s/%.*s", (int)above.length, above.start,
                                 (int)at->label.length, at->label.start));
}

static void write_counts(struct work *work, const struct snapshot_table *table,
                         const struct cube_counts *counts, struct text *text)
{
    struct slice cells[CUBE_MOST_VARIABLES + 1];
    size_t nodes[CUBE_MOST_VARIABLES];
    for (size_t i = 0; i < table->variable_count; i++)
        cells[i] = slice_of(table->variables[i]);
    cells[table->variable_count] = SLICE("count");
    csv_write_row(text, cells, table->variable_count + 1);
    for (size_t cell = 0; cell < counts->cell_count; cell++) {
        if (counts->counts[cell] == 0)
            continue;
        cube_nodes(counts, cell, nodes);
        for (size_t i = 0; i < table->variable_count; i++)
            cells[i] = path_of(work, counts->axes[i], nodes[i]);
        cells[table->variable_count] = slice_of(
            arena_format(work->arena, "%lld", (long long)counts->counts[cell]));
        csv_write_row(text, cells, table->variable_count + 1);
    }
}

enum status snapshot_count_csv(struct work *work, const char *code, const char *words,
                               struct text *out_text)
{
    struct cube cube;
    struct snapshot_table table;
    CLEANUP_SNAPSHOT struct snapshot_people *people = NULL;
    enum status status = permission_require(work, RIGHT_PEOPLE_COUNT, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = snapshot_table_read(work, words, &table);
    if (status == STATUS_OK)
        status = snapshot_people_open(work, code, &people);
    if (status == STATUS_OK)
        status = snapshot_people_count(work, people, &table, 1, &cube);
    if (status == STATUS_OK)
        write_counts(work, &table, &cube.tables[0], out_text);
    return status;
}

/* Pounds and pence from a sum of which `factor` times is millionths, rounded half away from zero.
 */
static struct slice money_words(struct work *work, int64_t sum, int64_t factor, int64_t parts)
{
    int64_t amount = 0;
    if (sum == INTEGER_MISSING || parts == 0 || !number_scale(sum, factor, parts, &amount))
        return (struct slice){ NULL, 0 };
    return slice_of(number_print(work->arena, amount, 2));
}

static struct slice count_words(struct work *work, int64_t count)
{
    return slice_of(arena_format(work->arena, "%lld", (long long)count));
}

static void write_pay(struct work *work, const struct grouped *grouped, int64_t factor,
                      struct text *text)
{
    const struct grouped_labels *labels = &grouped->groups[0];
    for (size_t unit = 0; unit < grouped->units->node_count; unit++)
        for (size_t label = 0; label < labels->axis->node_count; label++) {
            const struct grouped_cell *cell = grouped_cell(grouped, 0, unit, label);
            if (cell->count == 0)
                continue;
            const struct slice cells[] = {
                path_of(work, grouped->units, unit),
                path_of(work, labels->axis, label),
                count_words(work, cell->count),
                money_words(work, cell->sum, factor, cell->count),
                money_words(work, cell->middle[0] + cell->middle[1], factor, 2),
                count_words(work, cell->bands[0]),
                count_words(work, cell->bands[1]),
                count_words(work, cell->bands[2]),
                count_words(work, cell->bands[3]),
            };
            csv_write_row(text, cells, ARRAY_COUNT(cells));
        }
}

enum status snapshot_pay_csv(struct work *work, const char *code, const struct snapshot_pay *pay,
                             struct text *out_text)
{
    const struct slice heading[] = { SLICE("unit"),         SLICE("group"),        SLICE("people"),
                                     SLICE("mean"),         SLICE("median"),       SLICE("lower"),
                                     SLICE("lower_middle"), SLICE("upper_middle"), SLICE("upper") };
    CLEANUP_SNAPSHOT struct snapshot_people *people = NULL;
    struct grouped grouped;
    enum status status = permission_require(work, RIGHT_PEOPLE_COUNT, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = snapshot_people_open(work, code, &people);
    if (status == STATUS_OK)
        status = snapshot_people_pay(work, people, pay, &grouped);
    if (status != STATUS_OK)
        return status;
    csv_write_row(out_text, heading, ARRAY_COUNT(heading));
    const struct columns *columns = snapshot_people_columns(people);
    const struct column *amount = &columns->column[columns_find(columns, pay->amount)];
    write_pay(work, &grouped, column_millionths_factor(amount), out_text);
    return STATUS_OK;
}

/* Days since 1970 are shown as dates. */
static json_t *cell_json(struct work *work, const struct snapshot_cell *cell)
{
    enum people_role role = PEOPLE_UNKNOWN;
    enum pay_period period = PAY_UNSAID;
    int64_t days = 0;
    if (people_role_read(slice_of(cell->column), &role, &period) &&
        people_roles[role].kind == PEOPLE_IS_DATE && slice_integer(slice_of(cell->text), &days))
        return json_string(day_text(work, date_of_days(days)));
    return json_string(cell->text);
}

enum status snapshot_subject_json(struct work *work, const char *code, struct slice key,
                                  json_t **out_json)
{
    struct list cells = { 0 };
    struct audit *audit = NULL;
    enum status status = permission_require(work, RIGHT_PEOPLE_KEEP, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = audit_begin(work, "snapshot-subject", code, &audit);
    if (status != STATUS_OK)
        return status;
    audit_keep(audit);
    if (!work->actor->is_owner)
        status = approval_use_record(work, audit, code, key);
    if (status == STATUS_OK)
        status = snapshot_store_subject(work, code, key, &cells);
    status = record_end(work, audit, status);
    if (status != STATUS_OK)
        return status;
    json_t *records = json_array(), *record = NULL, *withdrawn = NULL;
    for (size_t i = 0; i < cells.count; i++) {
        const struct snapshot_cell *cell = cells.items[i];
        if ((size_t)cell->record > json_array_size(records)) {
            record = json_object();
            withdrawn = json_array();
            json_array_append_new(records, json_pack("{s:o, s:o}", "holds", record,
                                                     "withdrawn_from_counts", withdrawn));
        }
        json_object_set_new(record, cell->column, cell_json(work, cell));
        if (cell->is_withdrawn)
            json_array_append_new(withdrawn, json_string(cell->column));
    }
    *out_json = json_pack("{s:s, s:o}", "snapshot", code, "records", records);
    return STATUS_OK;
}

enum status snapshot_remove_subject(struct work *work, const char *code, struct slice key,
                                    const char *reason, struct snapshot_entry *out_entry)
{
    struct audit *audit = NULL;
    enum status status = permission_require(work, RIGHT_PEOPLE_KEEP, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = audit_begin(work, "snapshot-remove", code, &audit);
    if (status == STATUS_OK)
        status = record_end(work, audit,
                            snapshot_store_remove(work, audit, code, key, reason, out_entry));
    return status == STATUS_OK ? snapshot_store_shred(work, code) : status;
}

enum status snapshot_stop(struct work *work, const struct stop_request *request, struct slice key)
{
    struct audit *audit = NULL;
    enum status status = permission_require(work, RIGHT_PEOPLE_KEEP, INTEGER_MISSING);
    if (status == STATUS_OK && slice_trim(key).length == 0)
        return work_fail(work, STATUS_INPUT, "A notice is about somebody: give the key.");
    if (status == STATUS_OK && date_compare(request->effective, request->received) < 0)
        return work_fail(work, STATUS_INPUT,
                         "A notice takes effect on the day it was received or "
                         "later.");
    if (status == STATUS_OK)
        status = audit_begin(work, "snapshot-stop", request->code, &audit);
    if (status != STATUS_OK)
        return status;
    struct stop_notice notice = {
        .id = INTEGER_MISSING,
        .code = request->code,
        .subject = snapshot_subject(work, key),
        .received_on = day_text(work, request->received),
        .effective_on = day_text(work, request->effective),
        .event = audit_event_id(audit),
    };
    status = record_end(work, audit, record_insert(work, audit, &stop_notice_entity, &notice));
    if (status == STATUS_CONFLICT) {
        work_forget(work);
        return work_fail(work, STATUS_CONFLICT,
                         "There is a notice \"%.60s\" already; give another code.", request->code);
    }
    return status;
}

enum status snapshot_stop_end(struct work *work, const char *code, struct date ended)
{
    struct audit *audit = NULL;
    struct stop_notice *notice = entity_row(work->arena, &stop_notice_entity);
    enum status status = permission_require(work, RIGHT_PEOPLE_KEEP, INTEGER_MISSING);
    notice->code = code;
    if (status == STATUS_OK)
        status = entity_store_find(work, &stop_notice_entity, notice, notice);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "There is no notice \"%.60s\".", code);
    if (status == STATUS_OK)
        status = audit_begin(work, "snapshot-stop-end", code, &audit);
    if (status != STATUS_OK)
        return status;
    struct stop_notice after = *notice;
    after.ended_on = day_text(work, ended);
    after.event = audit_event_id(audit);
    return record_end(work, audit, record_change(work, audit, &stop_notice_entity, notice, &after));
}
