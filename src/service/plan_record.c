#include "service/plan_record.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "base/date.h"
#include "base/moment.h"
#include "base/text.h"
#include "entity/field_text.h"
#include "model/action.h"
#include "model/action_lead.h"
#include "model/action_measure.h"
#include "model/action_status.h"
#include "model/action_tag.h"
#include "model/measure.h"
#include "model/measure_objective.h"
#include "model/measure_supplier.h"
#include "model/model.h"
#include "model/objective.h"
#include "model/outcome.h"
#include "model/post.h"
#include "model/priority.h"
#include "model/priority_measure.h"
#include "model/scheme.h"
#include "model/target.h"
#include "model/unit.h"
#include "model/value.h"
#include "service/history.h"
#include "service/holders.h"
#include "service/permission.h"
#include "service/record_book.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { WORDS_MOST = 2000, GROUP_MOST = 100, SHORT_MOST = 8 /* shown without being opened */ };

const struct plan_record_kind plan_record_kinds[] = {
    { .code = "schemes", .entity = &scheme_entity, .page = "/plan/" },
    { .code = "objectives", .entity = &objective_entity, .page = "/objectives/", .of = "scheme" },
    { .code = "priorities", .entity = &priority_entity, .of = "objective" },
    { .code = "outcomes", .entity = &outcome_entity, .of = "priority" },
    { .code = "actions", .entity = &action_entity, .page = "/actions/", .of = "objective" },
    { .code = "action-leads", .entity = &action_lead_entity, .is_link = true, .of = "action" },
    { .code = "action-tags", .entity = &action_tag_entity, .is_link = true, .of = "action" },
    { .code = "action-measures",
      .entity = &action_measure_entity,
      .is_link = true,
      .of = "action" },
    { .code = "action-statuses", .entity = &action_status_entity, .of = "action" },
    { .code = "measures", .entity = &measure_entity, .page = "/measures/" },
    { .code = "measures-under-objectives",
      .entity = &measure_objective_entity,
      .is_link = true,
      .of = "measure" },
    { .code = "measure-suppliers",
      .entity = &measure_supplier_entity,
      .is_link = true,
      .of = "measure" },
    { .code = "priority-measures",
      .entity = &priority_measure_entity,
      .is_link = true,
      .of = "priority" },
    { .code = "targets", .entity = &target_entity, .of = "measure" },
    { .code = "posts", .entity = &post_entity },
    { .code = "units", .entity = &unit_entity },
};
const size_t plan_record_kind_count = ARRAY_COUNT(plan_record_kinds);

const struct plan_record_kind *plan_record_kind(const char *code)
{
    for (size_t i = 0; i < plan_record_kind_count; i++)
        if (strcmp(plan_record_kinds[i].code, code) == 0)
            return &plan_record_kinds[i];
    return NULL;
}

const struct plan_record_kind *plan_record_kind_of(const struct entity *entity)
{
    for (size_t i = 0; i < plan_record_kind_count; i++)
        if (plan_record_kinds[i].entity == entity)
            return &plan_record_kinds[i];
    return NULL;
}

bool plan_record_is_input(const struct field *field)
{
    return !(field->flags & (FIELD_SYSTEM | FIELD_DERIVED));
}

static int64_t id_of(const void *row)
{
    assert(row);
    return *(const int64_t *)row; /* the first member of every row is its id */
}

const char *plan_record_key(struct work *work, const struct entity *entity, const void *row)
{
    const struct field *code = entity_code(entity);
    return code ? arena_copy_text(work->arena, field_text(code, row))
                : arena_format(work->arena, "%lld", (long long)id_of(row));
}

enum status plan_record_load(struct work *work, const struct plan_record_kind *kind,
                             const char *key, void **out_row)
{
    const struct entity *entity = kind->entity;
    const struct field *code = entity_code(entity);
    void *row = entity_row(work->arena, entity);
    int64_t id = INTEGER_MISSING;
    enum status status = STATUS_NOT_FOUND;
    if (code)
        status = entity_store_id(work, entity, slice_of(key), &id);
    else if (slice_integer(slice_of(key), &id))
        status = STATUS_OK;
    if (status == STATUS_OK)
        status = entity_store_get(work, entity, id, row);
    if (status == STATUS_OK && entity->flags & ENTITY_REVISED)
        status = entity_store_find(work, entity, row, row);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "There is no %s \"%.60s\".", entity->title, key);
    if (status == STATUS_OK)
        *out_row = row;
    return status;
}

/* What a row that is referred to is called; NULL where the field is missing. */
static enum status referred(struct record_book *book, const struct field *field, const void *row,
                            const struct entity **out_entity, const void **out_row)
{
    *out_row = NULL;
    if (field->form != FORM_REFERENCE || field_is_missing(field, row))
        return STATUS_OK;
    *out_entity = model_entity(field->reference);
    return record_book_get(book, *out_entity, field_integer(field, row), out_row);
}

static const char *own_words(const struct entity *entity, const void *row)
{
    static const char *const naming[] = { "title", "name", "wording", "need" };
    for (size_t i = 0; entity_code(entity) && i < ARRAY_COUNT(naming); i++) {
        const struct field *field = entity_field(entity, naming[i]);
        if (field && field->storage == STORAGE_TEXT && field_text(field, row))
            return field_text(field, row);
    }
    return NULL;
}

/* The words of a joining row: of each part of its key but the one it is seen from. */
static enum status joined_words(struct record_book *book, const struct entity *entity,
                                const void *row, const char *without, const char **out_words)
{
    struct work *work = book->work;
    struct text words = text_new(work->arena, WORDS_MOST);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        const struct entity *other = NULL;
        const char *part = NULL;
        const void *other_row = NULL;
        bool is_telling = field->flags & FIELD_KEY ||
                          (field->form == FORM_REFERENCE && !(field->flags & FIELD_SYSTEM));
        if (!is_telling || field_is_missing(field, row) ||
            (without && strcmp(field->name, without) == 0))
            continue;
        status = referred(book, field, row, &other, &other_row);
        if (status == STATUS_OK && other_row)
            part = own_words(other, other_row);
        if (status == STATUS_OK && other_row && !part)
            status = entity_store_code(work, other, id_of(other_row), &part);
        if (!other_row)
            part = field_label(work->arena, field, row);
        if (part && *part)
            text_add_format(&words, "%s%.300s", words.length ? ", " : "", part);
    }
    *out_words = words.bytes;
    return status;
}

static enum status words_of(struct record_book *book, const struct entity *entity, const void *row,
                            const char **out_words)
{
    *out_words = own_words(entity, row);
    return *out_words ? STATUS_OK : joined_words(book, entity, row, NULL, out_words);
}

enum status plan_record_words(struct work *work, const struct entity *entity, const void *row,
                              const char **out_words)
{
    struct record_book book = { .work = work };
    return words_of(&book, entity, row, out_words);
}

static enum status lead_unit(struct work *work, const struct action_lead *lead, int64_t *out_unit)
{
    struct post post;
    *out_unit = lead->unit;
    if (lead->unit != INTEGER_MISSING || lead->post == INTEGER_MISSING)
        return STATUS_OK;
    enum status status = entity_store_get(work, &post_entity, lead->post, &post);
    if (status == STATUS_OK)
        *out_unit = post.unit;
    return status;
}

/* Those that lead the action. */
static enum status leading_units(struct work *work, int64_t action, struct plan_record_units *units)
{
    struct list leads = { 0 };
    enum status status = entity_store_list_of(work, &action_lead_entity, "action", action, &leads);
    for (size_t i = 0; status == STATUS_OK && i < leads.count && units->count < PLAN_UNITS_MOST;
         i++) {
        int64_t unit = INTEGER_MISSING;
        status = lead_unit(work, leads.items[i], &unit);
        if (unit != INTEGER_MISSING)
            units->ids[units->count++] = unit;
    }
    return status;
}

enum status plan_record_units(struct work *work, const struct entity *entity, const void *row,
                              struct plan_record_units *out_units)
{
    const struct field *action = entity_field(entity, "action"),
                       *of_unit = entity_field(entity, "unit");
    int64_t unit = INTEGER_MISSING;
    out_units->count = 0;
    if (entity == &action_entity || action)
        return leading_units(work, action ? field_integer(action, row) : id_of(row), out_units);
    if (entity == &unit_entity)
        unit = id_of(row);
    else if (of_unit)
        unit = field_integer(of_unit, row);
    if (unit != INTEGER_MISSING)
        out_units->ids[out_units->count++] = unit;
    return STATUS_OK;
}

enum right plan_record_right(const struct entity *entity)
{
    return entity == &value_entity ? RIGHT_DATA_IMPORT : RIGHT_PLAN_CHANGE;
}

enum status plan_record_may_change(struct work *work, const struct entity *entity, const void *row,
                                   bool *out_may)
{
    struct plan_record_units units;
    enum right right = plan_record_right(entity);
    enum status status = permission_allows(work, right, INTEGER_MISSING, out_may);
    if (status != STATUS_OK || *out_may || !permission_has(work, right))
        return status;
    status = plan_record_units(work, entity, row, &units);
    for (size_t i = 0; status == STATUS_OK && !*out_may && i < units.count; i++)
        status = permission_allows(work, right, units.ids[i], out_may);
    return status;
}

/* The page of a record: the one that shows it with what belongs to it, or else its own. */
static const char *address(struct work *work, const struct entity *entity, const void *row,
                           bool is_own)
{
    const struct plan_record_kind *kind = plan_record_kind_of(entity);
    if (!kind)
        return NULL;
    const char *key = plan_record_key(work, entity, row);
    return kind->page && !is_own ? arena_format(work->arena, "%s%s", kind->page, key)
                                 : arena_format(work->arena, "/records/%s/%s", kind->code, key);
}

static enum status field_json(struct record_book *book, const struct field *field, const void *row,
                              json_t *fields)
{
    struct work *work = book->work;
    const struct entity *other = NULL;
    const void *other_row = NULL;
    const char *words = field_label(work->arena, field, row), *href = NULL;
    struct date date;
    enum status status = referred(book, field, row, &other, &other_row);
    if (status == STATUS_OK && other_row)
        status = words_of(book, other, other_row, &words);
    if (status != STATUS_OK)
        return status;
    if (other_row)
        href = address(work, other, other_row, false);
    if (field->form == FORM_DATE && date_read(slice_of(words), &date))
        words = date_print_long(work->arena, date);
    bool is_label = field->codes || field->form == FORM_DATE || field->form == FORM_BOOLEAN ||
                    field->form == FORM_PERIOD;
    json_array_append_new(fields, json_pack("{s:s, s:s, s:b, s:s?}", "label", field->label, "words",
                                            words, "isLabel", is_label, "href", href));
    return STATUS_OK;
}

static enum status fields_json(struct record_book *book, const struct entity *entity,
                               const void *row, json_t *fields)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        if (!(field->flags & (FIELD_SYSTEM | FIELD_SECRET)) && !field_is_missing(field, row) &&
            *field_label(book->work->arena, field, row))
            status = field_json(book, field, row, fields);
    }
    return status;
}

/* Where a row that refers to this one leads on to: the record that it joins to this. */
static enum status onward(struct record_book *book, const struct entity *entity,
                          const struct field *by, const void *row, const char **out_href)
{
    const struct plan_record_kind *kind = plan_record_kind_of(entity);
    enum status status = STATUS_OK;
    *out_href = kind && !kind->is_link ? address(book->work, entity, row, false) : NULL;
    for (size_t i = 0; status == STATUS_OK && !*out_href && i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        const struct entity *other = NULL;
        const void *other_row = NULL;
        if (field == by)
            continue;
        status = referred(book, field, row, &other, &other_row);
        if (status == STATUS_OK && other_row)
            *out_href = address(book->work, other, other_row, false);
    }
    return status;
}

/* Whether a row is a post, or names one, that nobody holds today. */
static enum status find_vacancy(struct record_book *book, const struct entity *entity,
                                const void *row, bool *out_is_vacant)
{
    const struct field *post = entity_field(entity, "post");
    int64_t id = entity == &post_entity ? id_of(row)
                 : post                 ? field_integer(post, row)
                                        : INTEGER_MISSING;
    *out_is_vacant = false;
    return id == INTEGER_MISSING ? STATUS_OK : record_book_is_vacant(book, id, out_is_vacant);
}

static bool is_latest(const struct entity *entity, const void *row)
{
    const struct field *latest = entity_field(entity, "latest");
    return !latest || field_integer(latest, row) == 1;
}

/* The latest revisions of the rows that refer to a record, as many as are shown, with what they
 * refer to in the book. */
static enum status read_group(struct record_book *book, const struct entity *entity,
                              const struct field *by, int64_t id, struct list *out_rows,
                              int64_t *out_more)
{
    struct list rows = { 0 };
    enum status status = entity_store_list_of(book->work, entity, by->name, id, &rows);
    for (size_t i = 0; i < rows.count; i++)
        if (is_latest(entity, rows.items[i]) && out_rows->count < GROUP_MOST)
            list_add(book->work->arena, out_rows, rows.items[i]);
        else if (is_latest(entity, rows.items[i]))
            ++*out_more;
    return status == STATUS_OK ? record_book_read(book, entity, out_rows) : status;
}

static enum status group_json(struct record_book *book, const struct entity *entity,
                              const struct field *by, int64_t id, json_t *items, int64_t *out_more)
{
    struct list rows = { 0 };
    *out_more = 0;
    enum status status = read_group(book, entity, by, id, &rows, out_more);
    for (size_t i = 0; status == STATUS_OK && i < rows.count; i++) {
        const char *words = own_words(entity, rows.items[i]), *href = NULL;
        if (!words)
            status = joined_words(book, entity, rows.items[i], by->name, &words);
        if (status == STATUS_OK)
            status = onward(book, entity, by, rows.items[i], &href);
        bool is_vacant = false;
        if (status == STATUS_OK)
            status = find_vacancy(book, entity, rows.items[i], &is_vacant);
        if (status != STATUS_OK)
            break;
        const char *own = address(book->work, entity, rows.items[i], true);
        bool is_there = !own || (href && strcmp(own, href) == 0);
        json_array_append_new(items, json_pack("{s:s, s:s?, s:s?, s:b}", "words", words, "href",
                                               href, "recordHref", is_there ? NULL : own,
                                               "isVacant", is_vacant));
    }
    return status;
}

/* The record whose groups are made. */
struct grouping {
    struct record_book *book;
    const void *row;
    const char *key;
    bool may; /* it may be changed */
    json_t *groups;
};

/* The rows of one entity that refer to this one by one of its fields, and where another is added.
 */
static enum status add_group(const struct entity *entity, const struct field *by,
                             const struct grouping *grouping)
{
    struct work *work = grouping->book->work;
    const struct plan_record_kind *kind = plan_record_kind_of(entity);
    bool may_add = grouping->may && kind && kind->of && strcmp(kind->of, by->name) == 0;
    json_t *items = json_array();
    int64_t more = 0;
    enum status status = group_json(grouping->book, entity, by, id_of(grouping->row), items, &more);
    if (status != STATUS_OK || (json_array_size(items) == 0 && !may_add)) {
        json_decref(items);
        return status;
    }
    const char *add = arena_format(work->arena, "/records/%s/new?%s=%s", kind ? kind->code : "",
                                   by->name, grouping->key);
    size_t count = json_array_size(items);
    json_t *group = json_pack(
        "{s:s, s:s, s:o, s:I, s:b, s:o, s:s?}", "title", entity->plural, "one", entity->title,
        "items", items, "count", (json_int_t)count + more, "isShort", count <= SHORT_MOST, "more",
        more ? json_integer(more) : json_null(), "addHref", may_add ? add : NULL);
    json_array_append_new(grouping->groups, group);
    return STATUS_OK;
}

/* Whether rows of an entity are shown to whoever reads the plan. Appointments name people. */
static bool is_shown(const struct work *work, const struct entity *entity)
{
    bool is_personal = entity_field(entity, "person") != NULL;
    return !(entity->flags & ENTITY_LEDGER) &&
           (!is_personal || permission_has(work, RIGHT_SIGNED_IN));
}

static enum status groups_json(struct record_book *book, const struct entity *entity,
                               const void *row, bool may, json_t *groups)
{
    struct work *work = book->work;
    const struct grouping grouping = { book, row, plan_record_key(work, entity, row), may, groups };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < model_entity_count; i++) {
        const struct entity *other = model_entities[i];
        for (size_t j = 0; status == STATUS_OK && is_shown(work, other) && j < other->field_count;
             j++) {
            const struct field *by = &other->fields[j];
            if (by->form == FORM_REFERENCE && strcmp(by->reference, entity->name) == 0)
                status = add_group(other, by, &grouping);
        }
    }
    return status;
}

/* Who can change the record, for somebody who cannot. */
static enum status add_holders(struct work *work, const struct entity *entity, const void *row,
                               json_t *model)
{
    struct plan_record_units units;
    json_t *who = NULL;
    enum status status = plan_record_units(work, entity, row, &units);
    const struct holders_of of = {
        .right = RIGHT_PLAN_CHANGE,
        .units = units.ids,
        .unit_count = units.count,
        .words = WORDS("You can read this record, but not change it."),
    };
    if (status == STATUS_OK)
        status = holders_load(work, &of, &who);
    if (status == STATUS_OK)
        json_object_set_new(model, "who", who);
    return status;
}

enum status plan_record_view(struct work *work, const struct plan_record_kind *kind,
                             const char *key, json_t **out_model)
{
    const struct entity *entity = kind->entity;
    const char *words = NULL;
    bool may = false, is_vacant = false;
    void *row = NULL;
    json_t *history = NULL;
    struct record_book book = { .work = work };
    enum status status = plan_record_load(work, kind, key, &row);
    if (status == STATUS_OK)
        status = words_of(&book, entity, row, &words);
    if (status == STATUS_OK)
        status = plan_record_may_change(work, entity, row, &may);
    if (status == STATUS_OK)
        status = find_vacancy(&book, entity, row, &is_vacant);
    if (status == STATUS_OK)
        status = history_of_record(work, entity, row, &history);
    if (status != STATUS_OK)
        return status;
    json_t *fields = json_array(), *groups = json_array();
    status = fields_json(&book, entity, row, fields);
    if (status == STATUS_OK)
        status = groups_json(&book, entity, row, may, groups);
    const struct field *event = entity_field(entity, "event");
    json_t *model = json_pack(
        "{s:s, s:s, s:s, s:s, s:s?, s:o, s:{s:o}, s:o, s:b, s:b, s:I}", "kind", kind->code,
        "kindTitle", entity->title, "key", plan_record_key(work, entity, row), "words", words,
        "page", kind->page ? address(work, entity, row, false) : NULL, "fields", fields, "changed",
        "items", history, "groups", groups, "mayChange", may, "mayRemove", may && kind->is_link,
        "event", (json_int_t)(event ? field_integer(event, row) : INTEGER_MISSING));
    json_object_set_new(model, "isVacant", json_boolean(is_vacant));
    if (status == STATUS_OK && !may)
        status = add_holders(work, entity, row, model);
    if (status == STATUS_OK)
        *out_model = model;
    else
        json_decref(model);
    return status;
}

/* Who can add to a kind of record, for somebody who cannot. */
static enum status may_add(struct work *work, json_t *model)
{
    const struct holders_of of = { .right = RIGHT_PLAN_CHANGE,
                                   .words = WORDS("You can read these, but not add to them.") };
    json_t *who = NULL;
    bool may = false;
    enum status status = permission_allows(work, RIGHT_PLAN_CHANGE, INTEGER_MISSING, &may);
    if (status == STATUS_OK && !may)
        status = holders_load(work, &of, &who);
    if (status != STATUS_OK)
        return status;
    json_object_set_new(model, "mayAdd", json_boolean(may));
    json_object_set_new(model, "who", may ? json_null() : who);
    return STATUS_OK;
}

static bool is_facet(const struct plan_record_kind *kind, const struct field *field)
{
    bool is_parent = kind->of && strcmp(field->name, kind->of) == 0;
    return !(field->flags & (FIELD_SYSTEM | FIELD_SECRET)) && (field->codes || is_parent);
}

const struct narrowing_list *plan_record_narrowing(struct arena *arena,
                                                   const struct plan_record_kind *kind)
{
    static const struct narrowing_order orders[] = { { "words", WORDS("Record") },
                                                     { "code", WORDS("Code") } };
    struct narrowing_list *list = arena_new_of(arena, struct narrowing_list);
    struct narrowing_facet *facets = arena_array_of(arena, NARROWING_FACETS_MOST,
                                                    struct narrowing_facet);
    *list = (struct narrowing_list){ .facets = facets,
                                     .orders = orders,
                                     .order_count = ARRAY_COUNT(orders) };
    for (size_t i = 0; i < kind->entity->field_count; i++) {
        const struct field *field = &kind->entity->fields[i];
        if (is_facet(kind, field) && list->facet_count < NARROWING_FACETS_MOST)
            facets[list->facet_count++] = (struct narrowing_facet){
                .name = field->name,
                .title = field->label,
                .is_data = field->form == FORM_REFERENCE,
            };
    }
    return list;
}

/* The value and the label of a facet's field; NULL where it says nothing. */
static enum status facet_value(struct record_book *book, const struct field *field, const void *row,
                               struct code *out_code)
{
    const struct entity *other = NULL;
    const void *other_row = NULL;
    *out_code = (struct code){ NULL, NULL };
    if (field_is_missing(field, row))
        return STATUS_OK;
    if (field->form != FORM_REFERENCE) {
        *out_code = (struct code){ field_text(field, row),
                                   field_label(book->work->arena, field, row) };
        return STATUS_OK;
    }
    enum status status = referred(book, field, row, &other, &other_row);
    if (status == STATUS_OK && other_row) {
        out_code->value = plan_record_key(book->work, other, other_row);
        status = words_of(book, other, other_row, &out_code->label);
    }
    return status;
}

static enum status add_record(struct record_book *book, struct narrowing *narrowing,
                              const struct plan_record_kind *kind, const void *row)
{
    struct narrowing_entry *entry = narrowing_add(narrowing, row);
    const char *words = own_words(kind->entity, row);
    enum status status = STATUS_OK;
    entry->keys[1] = plan_record_key(book->work, kind->entity, row);
    entry->keys[0] = words ? words : entry->keys[1];
    for (size_t i = 0; status == STATUS_OK && i < narrowing->list->facet_count; i++) {
        struct code code;
        status = facet_value(book, entity_field(kind->entity, narrowing->list->facets[i].name), row,
                             &code);
        if (status == STATUS_OK && code.value)
            narrowing_value(narrowing, entry, i, code.value, code.label);
    }
    return status;
}

static json_t *record_json(const struct narrowing *narrowing, const struct narrowing_entry *entry)
{
    json_t *labels = json_array();
    for (size_t i = 0; i < narrowing->list->facet_count; i++) {
        const struct code *code = entry->values[i].count ? entry->values[i].items[0] : NULL;
        json_array_append_new(labels, json_string(code ? code->label : ""));
    }
    return json_pack("{s:s, s:s, s:o}", "key", entry->keys[1], "words", entry->keys[0], "labels",
                     labels);
}

enum status plan_record_list(struct work *work, const struct plan_record_kind *kind,
                             const struct narrowing_asked *asked, json_t **out_model)
{
    struct record_book book = { .work = work };
    struct list rows = { 0 }, shown = { 0 };
    struct narrowing narrowing = {
        work->arena, plan_record_narrowing(work->arena, kind), asked, { 0 }
    };
    if (!entity_code(kind->entity))
        return work_fail(work, STATUS_NOT_FOUND, "%s stand on the pages of what they belong to.",
                         kind->entity->plural);
    enum status status = entity_store_list(work, kind->entity, 0, &rows);
    if (status == STATUS_OK)
        status = record_book_read(&book, kind->entity, &rows);
    for (size_t i = 0; status == STATUS_OK && i < rows.count; i++)
        status = add_record(&book, &narrowing, kind, rows.items[i]);
    if (status != STATUS_OK)
        return status;
    size_t total = narrowing_entries(&narrowing, &shown);
    json_t *records = json_array();
    for (size_t i = 0; i < shown.count; i++)
        json_array_append_new(records, record_json(&narrowing, shown.items[i]));
    json_t *model = json_pack("{s:s, s:s, s:s, s:o}", "kind", kind->code, "one",
                              kind->entity->title, "plural", kind->entity->plural, "records",
                              records);
    narrowing_tell(&narrowing, total, model);
    status = may_add(work, model);
    if (status == STATUS_OK)
        *out_model = model;
    else
        json_decref(model);
    return status;
}
