#include "service/return_sheet.h"

#include <string.h>

#include "base/arena.h"
#include "model/codes.h"
#include "model/measure_supplier.h"
#include "model/post.h"
#include "model/body.h"
#include "model/states/return_states.h"
#include "model/unit.h"
#include "service/check.h"
#include "service/known_count.h"
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

static enum status load_supplier(struct work *work, int64_t unit, struct return_sheet_row *row)
{
    struct list suppliers = { 0 };
    enum status status = entity_store_list_of(work, &measure_supplier_entity, "measure",
                                              row->measure->id, &suppliers);
    for (size_t i = 0; status == STATUS_OK && i < suppliers.count; i++) {
        const struct measure_supplier *supplier = suppliers.items[i];
        struct post *post = entity_row(work->arena, &post_entity);
        struct body *partner = entity_row(work->arena, &body_entity);
        if (supplier->unit != unit)
            continue;
        if (supplier->post != INTEGER_MISSING) {
            status = entity_store_get(work, &post_entity, supplier->post, post);
            row->supplier = post->title;
        } else if (supplier->partner != INTEGER_MISSING) {
            status = entity_store_get(work, &body_entity, supplier->partner, partner);
            row->supplier = partner->name;
        }
    }
    return status;
}

/* The values of the four periods before, of everybody. */
static enum status load_past(struct work *work, struct period period, int64_t unit,
                             struct return_sheet_row *row)
{
    struct list values = { 0 };
    enum status status = entity_store_list_of(work, &value_entity, "measure", row->measure->id,
                                              &values);
    for (size_t i = 0; i < RETURN_HISTORY; i++) {
        period = period_previous(period);
        const char *code = period_print(work->arena, period);
        row->past[i].period_words = period_print_long(work->arena, period);
        for (size_t j = 0; status == STATUS_OK && j < values.count; j++) {
            const struct value *value = values.items[j];
            if (value->latest != 1 || value->unit != unit || *value->breakdown ||
                strcmp(value->period, code) != 0)
                continue;
            int64_t number = progress_value_number(row->measure, value);
            row->past[i].words = number != INTEGER_MISSING
                                     ? progress_number_words(work->arena, row->measure, number,
                                                             value->decimals)
                                 : value->milestone ? code_label(milestone_codes, value->milestone)
                                                    : code_label(missing_codes, value->missing);
        }
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
        if (measures[i].measure != row->measure)
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

static enum status load_row(struct work *work, const struct return_view *view,
                            struct return_sheet *sheet, struct return_line *line,
                            const struct list *last_rows)
{
    struct return_sheet_row *row = arena_new_of(work->arena, struct return_sheet_row);
    const struct return_measure *measure = own_measure(line);
    enum status status = STATUS_OK;
    row->row = line->row;
    row->objective = line->objective;
    row->measure = measure ? measure->measure : NULL;
    row->target_words = row->profile_words = "";
    row->last = find_last(last_rows, line->row);
    row->declared = line->row->declared ? rating_declared(sheet->scale, line->row->declared) : NULL;
    return_read_typed(work->arena, row);
    list_add(work->arena, &sheet->rows, row);
    if (!measure) {
        row->is_due = true;
        return STATUS_OK;
    }
    row->annual = measure->annual;
    row->profile = measure->profile;
    row->recorded = measure->value;
    lay_over(work->arena, line, row);
    measure = own_measure(line);
    struct rated_measure rated = rating_of_measure(work->arena, view, sheet->scale, measure, 0);
    row->computed = rated.computed.level;
    row->reasoning = rated.computed.reasoning;
    row->is_due = asks_for_value(row->measure, period_months_gone(view->period, view->start_month));
    row->target_words = progress_target_words(work->arena, row->measure, measure->annual);
    row->is_target_wording = measure->annual && measure->annual->value == INTEGER_MISSING;
    row->profile_words = progress_target_words(work->arena, row->measure, measure->profile);
    status = load_supplier(work, sheet->head.unit, row);
    return status == STATUS_OK ? load_past(work, sheet->period, sheet->head.unit, row) : status;
}

static enum status add_findings(struct work *work, const struct return_view *view,
                                struct return_sheet *sheet)
{
    struct findings findings;
    struct known_counts known;
    const struct check_basis basis = { sheet->scale, &known };
    enum status status = known_counts_load(work, view, &known);
    if (status != STATUS_OK)
        return status;
    check_view(work->arena, view, &basis, &findings);
    for (size_t i = 0; i < findings.list.count; i++) {
        struct finding *finding = findings.list.items[i];
        struct return_sheet_row *row = return_sheet_find(sheet, finding->row);
        if (!row || strcmp(finding->unit, sheet->unit_code) != 0 ||
            (!row->has_answer && !finding_discloses(finding)))
            continue;
        list_add(work->arena, &row->findings, finding);
        list_add(work->arena, &sheet->findings, finding);
    }
    sheet->disclosing = findings_disclosing(work->arena, &sheet->findings);
    return STATUS_OK;
}

static enum status load_rows(struct work *work, struct return_view *view,
                             struct return_sheet *sheet)
{
    struct list last_rows = { 0 };
    enum status status = load_last_rows(work, sheet, view->start_month, &last_rows);
    for (size_t i = 0; status == STATUS_OK && i < view->line_count; i++)
        if (view->lines[i].row->directorate_return == sheet->head.id)
            status = load_row(work, view, sheet, &view->lines[i], &last_rows);
    if (status == STATUS_OK)
        status = add_findings(work, view, sheet);
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

enum status return_sheet_load(struct work *work, const char *code, struct return_sheet **out_sheet)
{
    struct return_sheet *sheet = arena_new_of(work->arena, struct return_sheet);
    struct return_view *view = NULL;
    enum status status = load_head(work, code, sheet);
    if (status == STATUS_OK)
        status = return_store_load(work, sheet->period, sheet->unit_code, &view);
    if (status == STATUS_OK)
        status = rating_scale_load(work, view->authority.rating_scale, &sheet->scale);
    if (status == STATUS_OK) {
        sheet->year_code = view->year_code;
        sheet->start_month = view->start_month;
        status = load_rows(work, view, sheet);
    }
    if (status == STATUS_OK)
        *out_sheet = sheet;
    return status;
}
