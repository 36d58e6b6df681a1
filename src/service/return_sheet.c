#include "service/return_sheet.h"

#include <string.h>

#include "base/arena.h"
#include "model/codes.h"
#include "model/states/return_states.h"
#include "model/unit.h"
#include "service/check.h"
#include "service/known_count.h"
#include "service/narrative_shelf.h"
#include "service/progress.h"
#include "service/return_problems.h"
#include "store/entity_store.h"
#include "base/banned.h"

const char *return_code(struct arena *arena, const char *period, const char *unit)
{
    return arena_format(arena, "%s-%s", period, unit);
}

bool return_level_is_red(const struct scale_level *level)
{
    return level && strstr(level->colour, "red") != NULL;
}

int64_t return_days_late(const struct directorate_return *head, const char *day)
{
    struct date due, complete;
    const char *received = return_received_on(head);
    const char *last = received ? received : day;
    if (!date_read(slice_of(head->due_on), &due) || !date_read(slice_of(last), &complete))
        return INTEGER_MISSING;
    return date_days(complete) - date_days(due);
}

static const char *day_words(struct arena *arena, const char *day)
{
    struct date date;
    return date_read(slice_of(day), &date) ? date_print_long(arena, date) : "an unknown day";
}

const char *return_locked_words(struct arena *arena, const struct directorate_return *head,
                                const char *day)
{
    if (strcmp(head->state, RETURN_SUBMITTED) == 0)
        return arena_format(arena,
                            "This return was submitted on %s and waits for approval. The "
                            "directorate lead can send it back.",
                            day_words(arena, head->submitted_on));
    if (strcmp(head->state, RETURN_APPROVED) == 0)
        return "This return is approved and waits to be frozen. The directorate lead or the policy "
               "officer can send it back.";
    if (strcmp(head->state, RETURN_FROZEN) == 0)
        return "This return is frozen: the quarter's report stands on it. The policy officer can "
               "open it for a revision, with a reason.";
    bool is_locked = head->lock_on && strcmp(day, head->lock_on) >= 0 &&
                     strcmp(head->state, RETURN_REVISED) != 0 &&
                     (!head->open_until || strcmp(day, head->open_until) > 0);
    if (!is_locked)
        return NULL;
    return arena_format(arena,
                        "This return locked on %s; it was due on %s. The policy officer can allow "
                        "an exception until a certain day, with a reason.",
                        day_words(arena, head->lock_on), day_words(arena, head->due_on));
}

enum right return_right_awaited(const char *state)
{
    return strcmp(state, RETURN_SUBMITTED) == 0 ? RIGHT_RETURN_APPROVE : RIGHT_RETURN_FREEZE;
}

enum status return_refuse_step(struct work *work, const struct return_sheet *sheet,
                               const char *words)
{
    return sheet->locked ? return_refuse_locked(work, &sheet->head, words)
                         : work_fail(work, STATUS_REFUSED, "%s", words);
}

enum status return_refuse_locked(struct work *work, const struct directorate_return *head,
                                 const char *locked)
{
    return permission_refuse_locked(work, return_right_awaited(head->state), head->unit, locked);
}

struct return_sheet_row *return_sheet_find(const struct return_sheet *sheet, const char *reference)
{
    for (size_t i = 0; i < sheet->rows.count; i++) {
        struct return_sheet_row *row = sheet->rows.items[i];
        if (strcmp(row->row->reference, reference) == 0)
            return row;
    }
    return NULL;
}

/* Whether the measure's frequency asks for a value in a period that ends so many months into its
 * year. */
static bool asks_for_value(const struct measure *measure, int months_gone)
{
    if (strcmp(measure->frequency, "yearly") == 0)
        return months_gone == 12;
    if (strcmp(measure->frequency, "half-yearly") == 0)
        return months_gone % 6 == 0;
    return strcmp(measure->frequency, "two-yearly") != 0 && strcmp(measure->frequency, "once") != 0;
}

/* The first place in a list sorted by measure, whose number is each record's `offset` bytes in. */
static size_t first_of(const struct list *list, size_t offset, int64_t measure)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int64_t own = 0;
        memcpy(&own, (const char *)list->items[middle] + offset, sizeof own);
        if (own < measure)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A sheet while it is loaded. */
struct loading {
    struct work *work;
    struct return_sheet *sheet;
    struct return_view *view;
    const char *only; /* the reference of the only row that gets all parts; NULL: each gets them */
    unsigned parts;   /* of return_sheet_part */
    const char *codes[RETURN_HISTORY]; /* of the periods before, the newest first */
};

static bool wants(const struct loading *loading, enum return_sheet_part part,
                  const struct return_sheet_row *row)
{
    return loading->parts & part &&
           (!loading->only || strcmp(row->row->reference, loading->only) == 0);
}

static enum status add_suppliers(struct loading *loading)
{
    struct list suppliers = { 0 };
    const struct return_sheet *sheet = loading->sheet;
    const size_t offset = offsetof(struct return_supplier, measure);
    enum status status = return_store_suppliers(loading->work, sheet->head.unit, &suppliers);
    for (size_t i = 0; status == STATUS_OK && i < sheet->rows.count; i++) {
        struct return_sheet_row *row = sheet->rows.items[i];
        if (!row->measure || !wants(loading, RETURN_SHEET_SUPPLIERS, row))
            continue;
        size_t at = first_of(&suppliers, offset, row->measure->id);
        const struct return_supplier *supplier = at < suppliers.count ? suppliers.items[at] : NULL;
        if (!supplier || supplier->measure != row->measure->id)
            continue;
        row->supplier = supplier->words;
        row->is_supplier_vacant = supplier->is_vacant;
    }
    return status;
}

static const char *past_words(struct arena *arena, const struct measure *measure,
                              const struct value *value)
{
    int64_t number = progress_value_number(measure, value);
    if (number != INTEGER_MISSING)
        return progress_number_words(arena, measure, number, value->decimals);
    return value->milestone ? code_label(milestone_codes, value->milestone)
                            : code_label(missing_codes, value->missing);
}

static void take_past(const struct loading *loading, const struct list *values,
                      struct return_sheet_row *row)
{
    struct arena *arena = loading->work->arena;
    for (size_t i = first_of(values, offsetof(struct value, measure), row->measure->id);
         i < values->count; i++) {
        const struct value *value = values->items[i];
        if (value->measure != row->measure->id)
            return;
        for (size_t k = 0; k < RETURN_HISTORY; k++)
            if (strcmp(value->period, loading->codes[k]) == 0)
                row->past[k].words = past_words(arena, row->measure, value);
    }
}

/* The values of the periods before, of everybody. */
static enum status add_past(struct loading *loading)
{
    struct list values = { 0 };
    const char *words[RETURN_HISTORY];
    struct return_sheet *sheet = loading->sheet;
    struct period period = sheet->period;
    for (size_t k = 0; k < RETURN_HISTORY; k++) {
        period = period_previous(period);
        loading->codes[k] = period_print(loading->work->arena, period);
        words[k] = period_print_long(loading->work->arena, period);
    }
    enum status status = return_store_values(loading->work, sheet->head.unit, loading->codes,
                                             &values);
    for (size_t i = 0; status == STATUS_OK && i < sheet->rows.count; i++) {
        struct return_sheet_row *row = sheet->rows.items[i];
        if (!row->measure || !wants(loading, RETURN_SHEET_PAST, row))
            continue;
        for (size_t k = 0; k < RETURN_HISTORY; k++)
            row->past[k].period_words = words[k];
        take_past(loading, &values, row);
    }
    return status;
}

/* The rows of the unit's newest return before this one. */
static enum status load_last_rows(struct work *work, const struct return_sheet *sheet,
                                  int start_month, struct list *out_rows)
{
    struct list returns = { 0 };
    const struct directorate_return *last = NULL;
    struct period newest = { 0 };
    enum status status = entity_store_list_of(work, &directorate_return_entity, "unit",
                                              sheet->head.unit, &returns);
    for (size_t i = 0; status == STATUS_OK && i < returns.count; i++) {
        const struct directorate_return *other = returns.items[i];
        struct period period;
        if (!period_read(slice_of(other->period), &period) ||
            !return_state_is_given(other->state) ||
            period_compare(period, sheet->period, start_month) >= 0 ||
            (last && period_compare(period, newest, start_month) <= 0))
            continue;
        last = other;
        newest = period;
    }
    return status == STATUS_OK && last
               ? entity_store_list_of(work, &return_row_entity, "directorate_return", last->id,
                                      out_rows)
               : status;
}

static const struct return_row *find_last(const struct list *rows, const struct return_row *row)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct return_row *last = rows->items[i];
        bool same_measure = row->measure != INTEGER_MISSING && last->measure == row->measure;
        bool same_place = last->objective == row->objective &&
                          strcmp(last->reference, row->reference) == 0;
        if (same_measure || same_place)
            return last;
    }
    return NULL;
}

/* Lays what was typed over what is recorded, so that check and rating see the row as it will be.
 * Words that cannot be read leave what is recorded. */
static void lay_over(struct arena *arena, struct return_line *line, struct return_sheet_row *row)
{
    struct return_measure *measures = arena_array_of(arena, line->measure_count,
                                                     struct return_measure);
    memcpy(measures, line->measures, line->measure_count * sizeof *measures);
    for (size_t i = 0; i < line->measure_count; i++) {
        struct rating *declared = entity_row(arena, &rating_entity);
        if (measures[i].measure->id != row->measure->id)
            continue;
        declared->declared = row->row->declared;
        declared->declared_reason = row->row->declared_reason;
        measures[i].value = row->has_answer ? &row->typed : NULL;
        measures[i].declared = row->row->declared ? declared : NULL;
    }
    line->measures = measures;
}

static const struct return_measure *own_measure(const struct return_line *line)
{
    for (size_t i = 0; i < line->measure_count; i++)
        if (line->measures[i].measure->id == line->row->measure)
            return &line->measures[i];
    return line->measure_count > 0 ? &line->measures[0] : NULL;
}

static void load_row(const struct loading *loading, struct return_line *line,
                     const struct list *last_rows)
{
    struct arena *arena = loading->work->arena;
    const struct return_view *view = loading->view;
    struct return_sheet *sheet = loading->sheet;
    struct return_sheet_row *row = arena_new_of(arena, struct return_sheet_row);
    const struct return_measure *measure = own_measure(line);
    row->row = line->row;
    row->objective = line->objective;
    row->measure = measure ? measure->measure : NULL;
    row->target_words = row->profile_words = "";
    row->last = find_last(last_rows, line->row);
    row->declared = line->row->declared ? rating_declared(sheet->scale, line->row->declared) : NULL;
    return_read_typed(arena, row);
    list_add(arena, &sheet->rows, row);
    if (!measure) {
        row->is_due = true;
        return;
    }
    row->annual = measure->annual;
    row->profile = measure->profile;
    row->recorded = measure->value;
    lay_over(arena, line, row);
    measure = own_measure(line);
    struct rated_measure rated = rating_of_measure(arena, view, sheet->scale, measure, 0);
    row->computed = rated.computed.level;
    row->reasoning = rated.computed.reasoning;
    row->is_due = asks_for_value(row->measure, period_months_gone(view->period, view->start_month));
    row->target_words = progress_target_words(arena, row->measure, measure->annual);
    row->is_target_wording = measure->annual && measure->annual->value == INTEGER_MISSING;
    row->profile_words = progress_target_words(arena, row->measure, measure->profile);
}

static void keep_findings(const struct loading *loading, const struct findings *findings)
{
    struct arena *arena = loading->work->arena;
    struct return_sheet *sheet = loading->sheet;
    for (size_t i = 0; i < findings->list.count; i++) {
        struct finding *finding = findings->list.items[i];
        struct return_sheet_row *row = return_sheet_find(sheet, finding->row);
        if (!row || (!row->has_answer && !finding_discloses(finding)))
            continue;
        list_add(arena, &row->findings, finding);
        list_add(arena, &sheet->findings, finding);
    }
    sheet->disclosing = findings_disclosing(arena, &sheet->findings);
}

/* Of a row without an answer the check tells only what gives somebody away, and it reads that from
 * words and numbers. */
static bool is_blank(const struct return_row *row)
{
    const char *const texts[] = {
        row->value_text,   row->progress,         row->corrective_action, row->corrective_owner,
        row->quality_note, row->outcome_of_last,  row->numerator_text,    row->forecast_text,
        row->declared,     row->denominator_text, row->declared_reason
    };
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
        if (texts[i] && *texts[i])
            return false;
    return true;
}

static bool is_worth_checking(const struct loading *loading)
{
    const struct list *rows = &loading->sheet->rows;
    for (size_t i = 0; i < rows->count; i++) {
        const struct return_sheet_row *row = rows->items[i];
        if (wants(loading, RETURN_SHEET_FINDINGS, row) && (row->has_answer || !is_blank(row->row)))
            return true;
    }
    return false;
}

/* The lines of the return as they will be, with those of other returns when a text may stand in
 * both: few do, and they are many. */
static enum status view_for_check(struct loading *loading, const struct check_scope *scope,
                                  struct return_view **out_view)
{
    struct work *work = loading->work;
    struct return_sheet *sheet = loading->sheet;
    struct return_view *view = NULL;
    struct list texts = { 0 };
    struct return_scope all = { .draft_of = sheet->unit_code };
    enum status status = return_store_other_progress(work, &sheet->head, &texts);
    if (status != STATUS_OK)
        return status;
    if (!check_may_repeat(loading->view, scope, &texts)) {
        *out_view = loading->view;
        return STATUS_OK;
    }
    status = return_store_load(work, sheet->period, &all, &view);
    for (size_t i = 0; status == STATUS_OK && i < view->line_count; i++) {
        struct return_line *line = &view->lines[i];
        if (line->row->directorate_return == sheet->head.id && line->measure_count > 0)
            lay_over(work->arena, line, return_sheet_find(sheet, line->row->reference));
    }
    if (status == STATUS_OK)
        *out_view = view;
    return status;
}

static enum status add_findings(struct loading *loading)
{
    struct work *work = loading->work;
    struct findings findings;
    struct known_counts known;
    struct return_view *view = NULL;
    const struct check_basis basis = {
        .scale = loading->sheet->scale,
        .known = &known,
        .shelf = narrative_shelf_open(work),
        .scope = { .unit = loading->sheet->unit_code, .row = loading->only },
    };
    if (!is_worth_checking(loading))
        return STATUS_OK;
    enum status status = view_for_check(loading, &basis.scope, &view);
    if (status == STATUS_OK)
        status = known_counts_load(work, view, &basis.scope, &known);
    if (status != STATUS_OK)
        return status;
    check_view(work->arena, view, &basis, &findings);
    keep_findings(loading, &findings);
    return STATUS_OK;
}

static enum status load_rows(struct loading *loading)
{
    struct work *work = loading->work;
    struct return_sheet *sheet = loading->sheet;
    struct return_view *view = loading->view;
    struct list last_rows = { 0 };
    enum status status = load_last_rows(work, sheet, view->start_month, &last_rows);
    for (size_t i = 0; status == STATUS_OK && i < view->line_count; i++)
        load_row(loading, &view->lines[i], &last_rows);
    if (status == STATUS_OK && loading->parts & RETURN_SHEET_SUPPLIERS)
        status = add_suppliers(loading);
    if (status == STATUS_OK && loading->parts & RETURN_SHEET_PAST)
        status = add_past(loading);
    if (status == STATUS_OK && loading->parts & RETURN_SHEET_FINDINGS)
        status = add_findings(loading);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < sheet->rows.count; i++) {
        struct return_sheet_row *row = sheet->rows.items[i];
        return_add_problems(work->arena, row);
        sheet->answered += row->has_answer;
        sheet->with_problems += row->problems.count > 0;
    }
    return STATUS_OK;
}

static enum status load_head(struct work *work, const char *code, struct return_sheet *sheet)
{
    struct unit *unit = entity_row(work->arena, &unit_entity);
    memcpy(&sheet->head, entity_row(work->arena, &directorate_return_entity), sizeof sheet->head);
    sheet->head.code = code;
    enum status status = entity_store_find(work, &directorate_return_entity, &sheet->head,
                                           &sheet->head);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, STATUS_NOT_FOUND,
                         "There is no return \"%.60s\"; `dueregard return open` makes those of a "
                         "period.",
                         code);
    if (status == STATUS_OK)
        status = entity_store_get(work, &unit_entity, sheet->head.unit, unit);
    if (status != STATUS_OK)
        return status;
    sheet->unit_code = unit->code;
    sheet->unit_name = unit->name;
    if (!period_read(slice_of(sheet->head.period), &sheet->period))
        return work_fail(work, STATUS_STORAGE, "The return \"%.60s\" has no readable period.",
                         code);
    sheet->period_words = period_print_long(work->arena, sheet->period);
    sheet->locked = return_locked_words(
        work->arena, &sheet->head, slice_copy(work->arena, slice_first(slice_of(work->now), 10)));
    return entity_store_list_of(work, &return_step_entity, "directorate_return", sheet->head.id,
                                &sheet->steps);
}

static enum status load(struct loading *loading, const char *code, struct return_sheet **out_sheet)
{
    struct work *work = loading->work;
    struct return_sheet *sheet = arena_new_of(work->arena, struct return_sheet);
    const struct return_scope scope = {
        .alone = &sheet->head, .is_for_rating = !(loading->parts & RETURN_SHEET_FINDINGS)
    };
    loading->sheet = sheet;
    enum status status = load_head(work, code, sheet);
    if (status == STATUS_OK)
        status = return_store_load(work, sheet->period, &scope, &loading->view);
    if (status == STATUS_OK)
        status = rating_scale_load(work, loading->view->authority.rating_scale, &sheet->scale);
    if (status == STATUS_OK) {
        sheet->year_code = loading->view->year_code;
        sheet->start_month = loading->view->start_month;
        status = load_rows(loading);
    }
    if (status == STATUS_OK)
        *out_sheet = sheet;
    return status;
}

enum status return_sheet_load(struct work *work, const char *code, unsigned parts,
                              struct return_sheet **out_sheet)
{
    struct loading loading = { .work = work, .parts = parts };
    return load(&loading, code, out_sheet);
}

enum status return_sheet_load_row(struct work *work, const char *code, const char *reference,
                                  struct return_sheet **out_sheet)
{
    struct loading loading = { .work = work, .parts = RETURN_SHEET_ALL, .only = reference };
    return load(&loading, code, out_sheet);
}
