/* The walk through a file: sheets, heading rows, rows; each row is read, then put (import_put.c).
 */
#include "service/import.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "entity/field_text.h"
#include "model/action.h"
#include "model/authority.h"
#include "model/model.h"
#include "model/objective.h"
#include "model/priority.h"
#include "model/scheme.h"
#include "service/action_dates.h"
#include "service/import_parts.h"
#include "service/import_plan.h"
#include "service/import_return.h"
#include "service/import_tags.h"
#include "service/permission.h"
#include "service/source.h"
#include "service/workspace.h"
#include "base/banned.h"

enum { IMPORT_MOST_DEFERRED = 20000, BESIDE_MOST = 1000, SURPLUS_MOST = 300, SURPLUS_SHOWN = 40 };

struct deferred {
    const char *sheet;
    struct table_row row;
};

static void skip_heading(struct import *import, const char *words)
{
    list_add(import->lasting, &import->result->skipped, arena_copy_text(import->lasting, words));
}

static void begin_sheet(struct import *import, const char *sheet)
{
    if (import->sheet && !import->has_map)
        skip_heading(import,
                     arena_format(import->lasting, "Sheet %s: no heading row of %s was found.",
                                  *import->sheet ? import->sheet : "1",
                                  import->options->entity->plural));
    import->sheet = sheet ? arena_copy_text(import->lasting, sheet) : NULL;
    import->result->problems.sheet = import->sheet && *import->sheet ? import->sheet : NULL;
    import->has_map = false;
    import->heading_rows_seen = 0;
    import->mend_headed = false;
    import->context.title = import->mend_title = NULL;
    import->context.objective = import->context.priority = INTEGER_MISSING;
    memset(import->carried, 0, sizeof import->carried);
}

/* Looks for the heading row among the first rows of a sheet. */
static void try_heading(struct import *import, const struct table_row *row)
{
    if (import->heading_rows_seen++ >= IMPORT_HEADING_ROWS)
        return;
    import_map_row(import->lasting, &import->rules, import->options->entity, row, &import->map);
    import->has_map = import_map_is_heading(&import->map);
    for (size_t i = 0; import->has_map && i < import->map.count; i++)
        if (import->map.columns[i].use == IMPORT_UNKNOWN && import->map.columns[i].heading[0])
            skip_heading(import, arena_format(import->lasting,
                                              "Column \"%s\" was not understood and was left out.",
                                              import->map.columns[i].heading));
}

static void carry(struct import *import, const struct table_row *row)
{
    for (size_t i = 0; i < import->map.count && i < row->count; i++) {
        struct slice cell = import_cell(row, i);
        if (cell.length > 0 && import_is_carried(import, i) &&
            !(import->carried[i] && slice_is(cell, import->carried[i])))
            import->carried[i] = slice_copy(import->lasting, cell);
    }
}

/* STATUS_END: the row must wait for another row of the same file. */
static enum status read_reference(struct import *import, const struct field *field,
                                  const struct entity *reference, struct slice code, void *row)
{
    int64_t id = INTEGER_MISSING;
    enum status status = reference_id(import->work, import->references, reference, code, &id);
    if (status != STATUS_OK)
        return status;
    if (id == INTEGER_MISSING && reference == import->options->entity && !import->last_chance)
        return STATUS_END;
    bool may_be_words = (import->is_plan && reference == &priority_entity) ||
                        ((import->is_plan || import->is_return) && reference == &objective_entity);
    if (id == INTEGER_MISSING && may_be_words)
        return STATUS_OK; /* plan_complete and return_complete take it */
    if (id == INTEGER_MISSING)
        problem_add(&import->result->problems, field->name,
                    "%s: there is no %s (or more than one) with the code or name \"%.*s\"; import "
                    "it first, or write its code.",
                    field->label, reference->name, (int)(code.length < 60 ? code.length : 60),
                    code.start);
    else
        field_set_integer(field, row, id);
    return STATUS_OK;
}

static enum status read_cell(struct import *import, const struct field *field,
                             const struct entity *reference, struct slice text, void *row,
                             int *decimals)
{
    import->present[field - import->options->entity->fields] = true;
    if (field->form == FORM_REFERENCE)
        return text.length ? read_reference(import, field, reference, text, row) : STATUS_OK;
    int written = -1;
    if (field->codes)
        text = word_match(&import->words, import->options->entity, field, text);
    if (field_read(import->work->arena, field, text, row, &import->result->problems, &written) &&
        field->form == FORM_DECIMAL && written > *decimals && strcmp(field->name, "value") == 0)
        *decimals = written;
    return STATUS_OK;
}

/* Constants that are no field of the row but tell what it belongs to. */
static bool take_context(struct import *import, const struct import_constant *constant)
{
    const char **place = NULL;
    if ((import->is_plan || import->is_return) && strcmp(constant->name, "scheme") == 0)
        place = &import->context.scheme;
    else if (import->is_return && strcmp(constant->name, "period") == 0)
        place = &import->context.period;
    else if (import->is_return && strcmp(constant->name, "unit") == 0)
        place = &import->context.unit;
    if (place)
        *place = constant->text;
    return place != NULL;
}

static enum status read_constants(struct import *import, void *row, int *decimals)
{
    const struct entity *entity = import->options->entity;
    for (size_t i = 0; i < import->options->constant_count; i++) {
        const struct import_constant *constant = &import->options->constants[i];
        if (take_context(import, constant))
            continue;
        const struct field *field = entity_field(entity, constant->name);
        if (!field || (field->flags & FIELD_SYSTEM))
            return work_fail(import->work, STATUS_USAGE, "A %s has no field named \"%s\".",
                             entity->name, constant->name);
        const struct entity *reference = field->form == FORM_REFERENCE
                                             ? model_entity(field->reference)
                                             : NULL;
        enum status status = read_cell(import, field, reference, slice_of(constant->text), row,
                                       decimals);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* What stands beyond the last heading is said in words, as the file to mend has no column for it.
 */
static void refuse_surplus(struct import *import, const struct table_row *cells)
{
    struct text surplus = text_new(import->work->arena, SURPLUS_MOST);
    for (size_t i = import->map.count; i < cells->count; i++) {
        struct slice cell = import_cell(cells, i);
        const char *before = surplus.length ? ", " : "";
        if (cell.length > SURPLUS_SHOWN)
            text_add_format(&surplus, "%sa long text", before);
        else if (cell.length > 0)
            text_add_format(&surplus, "%s\"%.*s\"", before, (int)cell.length, cell.start);
    }
    if (surplus.length > 0)
        problem_add(&import->result->problems, NULL,
                    "The row has %s beyond the last heading; which column that belongs to is for "
                    "you to say: write it there, or leave it out.",
                    surplus.bytes);
}

static enum status read_row(struct import *import, const struct table_row *cells, void *row)
{
    int decimals = -1;
    memset(import->present, 0, import->options->entity->field_count);
    enum status status = read_constants(import, row, &decimals);
    for (size_t i = 0; status == STATUS_OK && i < import->map.count; i++) {
        const struct import_column *column = &import->map.columns[i];
        if (column->use == IMPORT_FIELD)
            status = read_cell(import, column->field, column->reference, import_cell(cells, i), row,
                               &decimals);
    }
    if (status == STATUS_OK)
        refuse_surplus(import, cells);
    if (status == STATUS_OK)
        put_as_written(import->options->entity, row, import->present, decimals);
    return status;
}

static enum status defer(struct import *import, const struct table_row *cells)
{
    if (import->deferred.count >= IMPORT_MOST_DEFERRED)
        return work_fail(import->work, STATUS_LIMIT,
                         "%s: more than %d rows refer to rows further down; put those first.",
                         import->result->problems.file, IMPORT_MOST_DEFERRED);
    struct deferred *deferred = arena_new_of(import->lasting, struct deferred);
    deferred->row = import_copy_row(import->lasting, cells);
    list_add(import->lasting, &import->deferred, deferred);
    return STATUS_OK;
}

static struct import_context *context_of(struct import *import)
{
    import->context.map = &import->map;
    import->context.audit = import->audit;
    import->context.references = import->references;
    import->context.problems = &import->result->problems;
    import->context.present = import->present;
    import->context.rules = &import->rules;
    return &import->context;
}

/* A row that is as it was, but not what stands beside it, has changed all the same. */
static enum status note_beside(struct import *import, const void *row, struct put *put,
                               enum put_outcome *outcome)
{
    const char *key = NULL;
    enum status status = STATUS_OK;
    if (import->context.beside.length == 0)
        return STATUS_OK;
    if (*outcome == PUT_UNCHANGED)
        *outcome = PUT_CHANGED;
    if (put->describe && !put->words) {
        status = put_key_words(import->work, import->references, put->entity, row, &key);
        put->words = arena_format(import->work->arena, "changed: %s", key ? key : "");
    }
    if (put->words)
        put->words = arena_format(import->work->arena, "%s%s", put->words,
                                  import->context.beside.bytes);
    return status;
}

static enum status put_action_tags(struct import *import, const struct action *action)
{
    int64_t id = INTEGER_MISSING;
    enum status status = entity_store_id(import->work, &action_entity, slice_of(action->code), &id);
    return status == STATUS_OK ? tags_put(import->work, context_of(import), id) : status;
}

static enum status put_cells(struct import *import, const struct table_row *cells)
{
    const struct entity *entity = import->options->entity;
    struct problems *problems = &import->result->problems;
    size_t before = problems->list.count;
    problems->row = cells->number;
    carry(import, cells);
    import->context.beside = text_new(import->work->arena, BESIDE_MOST);
    void *row = entity_row(import->work->arena, entity);
    enum status status = read_row(import, cells, row);
    if (status == STATUS_END)
        return defer(import, cells);
    if (status == STATUS_OK && import->is_plan)
        status = tags_read(import->work, context_of(import), cells);
    if (status == STATUS_OK && import->is_plan && problems->list.count == before)
        status = plan_complete(import->work, context_of(import), cells, row);
    else if (status == STATUS_OK && import->is_return && problems->list.count == before)
        status = return_complete(import->work, context_of(import), cells, row);
    struct put put = { .entity = entity,
                       .audit = import->audit,
                       .references = import->references,
                       .present = import->present,
                       .problems = problems,
                       .settled = &import->settled,
                       .describe = import->result->changes.count < IMPORT_MOST_CHANGES };
    enum put_outcome outcome = PUT_REFUSED;
    if (status == STATUS_OK && import->rows)
        return import_put_with_others(import, cells, row, &put, before);
    if (status == STATUS_OK && problems->list.count == before)
        status = put_row(import->work, &put, row, &outcome);
    if (status == STATUS_OK && outcome != PUT_REFUSED && import->is_plan)
        status = put_action_tags(import, row);
    if (status == STATUS_OK && outcome != PUT_REFUSED)
        status = note_beside(import, row, &put, &outcome);
    if (status != STATUS_OK)
        return status;
    import_settle(import, cells, before, outcome, put.words);
    return STATUS_OK;
}

/* One row, with memory that is given back when no row waits; or with NULL those that wait. */
static enum status take_row(struct import *import, const struct table_row *cells)
{
    import->work->arena = import->passing;
    enum status status = cells ? put_cells(import, cells) : import_send(import);
    import->work->arena = import->lasting;
    if (!import->rows || import->rows->count == 0)
        arena_empty(import->passing);
    return status;
}

/* The only cell of a row that has any text, or -1. */
static ptrdiff_t lone_cell(const struct table_row *row)
{
    ptrdiff_t lone = -1;
    for (size_t i = 0; i < row->count; i++) {
        if (import_cell(row, i).length == 0)
            continue;
        if (lone >= 0)
            return -1;
        lone = (ptrdiff_t)i;
    }
    return lone;
}

/* A title above a plan's table, or between its rows: one cell, and not in the action's column. */
static bool take_title(struct import *import, const struct table_row *row)
{
    ptrdiff_t lone = lone_cell(row);
    if ((!import->is_plan && !import->is_return) || lone < 0)
        return false;
    const struct import_column *column = import->has_map && (size_t)lone < import->map.count
                                             ? &import->map.columns[lone]
                                             : NULL;
    bool says_so = slice_starts_folded(import_cell(row, (size_t)lone), "objective");
    bool is_content = column && (column->use == IMPORT_FIELD || column->use == IMPORT_OUTCOME);
    if (import->has_map && (import->map.count < 3 || (is_content && !says_so)))
        return false;
    import->context.title = slice_copy(import->lasting, import_cell(row, (size_t)lone));
    import->context.objective = import->context.priority = INTEGER_MISSING;
    memset(import->carried, 0, sizeof import->carried);
    return true;
}

/* Tables that go over pages repeat their headings. */
static bool repeats_heading(const struct import *import, const struct table_row *row)
{
    for (size_t i = 0; i < import->map.count; i++)
        if (!slice_is(import_cell(row, i), import->map.columns[i].heading))
            return false;
    return true;
}

static enum status walk(struct import *import, struct table_reader *reader)
{
    struct table_row row;
    enum status status;
    while ((status = table_reader_next(reader, &row)) == STATUS_OK) {
        bool is_new_sheet = !import->sheet || strcmp(import->sheet, row.sheet) != 0;
        status = is_new_sheet ? take_row(import, NULL) : STATUS_OK;
        if (status != STATUS_OK)
            return status;
        if (is_new_sheet)
            begin_sheet(import, row.sheet);
        if (take_title(import, &row))
            continue;
        if (!import->has_map) {
            try_heading(import, &row);
            continue;
        }
        if (repeats_heading(import, &row))
            continue;
        import->result->read++;
        status = take_row(import, &row);
        if (status != STATUS_OK)
            return status;
    }
    if (status == STATUS_END)
        status = take_row(import, NULL);
    if (status == STATUS_OK)
        begin_sheet(import, NULL);
    return status;
}

/* Rows that waited are tried until none moves; then what is still missing is said. */
static enum status walk_deferred(struct import *import)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && import->deferred.count > 0) {
        struct list waiting = import->deferred;
        import->deferred = (struct list){ 0 };
        for (size_t i = 0; status == STATUS_OK && i < waiting.count; i++)
            status = take_row(import, &((struct deferred *)waiting.items[i])->row);
        import->last_chance = import->deferred.count == waiting.count;
    }
    return status == STATUS_OK ? take_row(import, NULL) : status;
}

/* A day of adoption, a year's beginning or an objective's scheme can move what is due. */
static enum status renew_dates(struct import *import)
{
    const struct entity *entity = import->options->entity;
    const struct import_result *result = import->result;
    bool matters = entity == &scheme_entity || entity == &authority_entity ||
                   entity == &objective_entity;
    if (!matters || (result->changed == 0 && result->inserted == 0))
        return STATUS_OK;
    return action_dates_renew(import->work, import->audit, import->references,
                              &import->result->dates_moved);
}

static enum status start(struct import *import, struct work *work, const char *name,
                         const struct import_options *options, struct import_result *result)
{
    struct slice rules;
    *result = (struct import_result){ .problems = { .arena = work->arena,
                                                    .file = arena_copy_text(work->arena, name) } };
    *import = (struct import){ .work = work,
                               .options = options,
                               .result = result,
                               .lasting = work->arena,
                               .settled = { .arena = work->arena },
                               .is_plan = options->entity == &action_entity,
                               .is_return = options->entity == &return_row_entity,
                               .context = { .objective = INTEGER_MISSING,
                                            .priority = INTEGER_MISSING },
                               .mend = text_new(work->arena, IMPORT_MOST_MEND_BYTES) };
    import->present = arena_array_of(work->arena, options->entity->field_count, bool);
    if (options->entity->flags & ENTITY_LEDGER)
        return work_fail(work, STATUS_REFUSED, "%s are written by the program alone.",
                         options->entity->plural);
    enum status status = workspace_rules(work, "headings.csv", &rules);
    if (status == STATUS_OK)
        status = heading_rules_read(work, "rules/headings.csv", rules, &import->rules);
    if (status == STATUS_OK)
        status = workspace_rules(work, "words.csv", &rules);
    if (status == STATUS_OK)
        status = word_rules_read(work, "rules/words.csv", rules, &import->words);
    if (status == STATUS_OK && import->is_plan)
        status = workspace_rules(work, "imperative_verbs.csv", &import->context.verbs);
    return status;
}

/* Rows that refer to one another, or bring others with them, are put one by one. */
static void choose_way(struct import *import)
{
    const struct entity *entity = import->options->entity;
    bool is_alone = import->is_plan || import->is_return ||
                    store_rows_at_once(import->work->store) == 1;
    for (size_t i = 0; i < entity->field_count; i++)
        is_alone |= entity->fields[i].reference &&
                    strcmp(entity->fields[i].reference, entity->name) == 0;
    if (is_alone)
        return;
    import->rows = arena_new_of(import->lasting, struct put_rows);
    import->waiting = arena_array_of(import->lasting, STORE_ROWS_MOST, struct table_row);
}

static enum status finish(struct import *import, enum status status)
{
    struct import_result *result = import->result;
    bool wrote = result->inserted > 0 || result->changed > 0;
    if (status == STATUS_OK && wrote && !import->options->dry_run)
        status = audit_commit(import->work, import->audit);
    else
        audit_abandon(import->work, import->audit);
    if (status != STATUS_OK)
        return status;
    if (result->rejected > 0) {
        result->mend = import->mend.bytes;
        result->mend_length = import->mend.length;
        return STATUS_FINDINGS;
    }
    return STATUS_OK;
}

enum status import_table(struct work *work, const char *name, struct table_reader *reader,
                         const struct import_options *options, struct import_result *out_result)
{
    struct import import;
    enum status status = start(&import, work, name, options, out_result);
    if (status == STATUS_OK)
        status = permission_require(work, RIGHT_DATA_IMPORT, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = audit_begin(work, "import", options->entity->plural, &import.audit);
    if (status != STATUS_OK)
        return status;
    import.references = references_new();
    import.passing = arena_new();
    choose_way(&import);
    out_result->file_hash = arena_copy_text(work->arena, table_reader_hash(reader));
    status = walk(&import, reader);
    if (status == STATUS_OK)
        status = walk_deferred(&import);
    if (status == STATUS_OK)
        status = renew_dates(&import);
    if (status == STATUS_OK && (out_result->inserted > 0 || out_result->changed > 0))
        status = source_note(work, import.audit, name, reader, NULL);
    if (status == STATUS_OK && out_result->read == 0 && out_result->skipped.count > 0)
        status = work_fail(work, STATUS_INPUT,
                           "%s: no heading row of %s was found in its first %d rows; see "
                           "`dueregard export %s` for the headings.",
                           name, options->entity->plural, IMPORT_HEADING_ROWS,
                           options->entity->plural);
    status = finish(&import, status);
    arena_free(import.passing);
    references_free(import.references);
    return status;
}

enum status import_file(struct work *work, const char *path, const struct import_options *options,
                        struct import_result *out_result)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    enum status status = table_reader_open(work, path, NULL, &reader);
    if (status == STATUS_OK)
        status = import_table(work, path, reader, options, out_result);
    return status;
}
