#include "service/roll_over.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "model/measure_objective.h"
#include "service/permission.h"
#include "service/record.h"
#include "service/related.h"
#include "service/reporting_year.h"
#include "service/roll_over_parts.h"
#include "store/entity_store.h"
#include "base/banned.h"

static enum status find_scheme(struct work *work, const struct roll_over_place *place,
                               struct roll_over_view *view)
{
    struct scheme *scheme = entity_row(work->arena, &scheme_entity);
    scheme->code = place->scheme;
    enum status status = entity_store_find(work, &scheme_entity, scheme, scheme);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "There is no scheme with the code \"%.60s\".",
                         place->scheme);
    if (status == STATUS_OK &&
        (!period_read(slice_of(place->year), &view->year) || view->year.kind != PERIOD_YEAR))
        return work_fail(work, STATUS_NOT_FOUND,
                         "\"%.40s\" is no reporting year; write it as 2013-14.", place->year);
    view->scheme = scheme;
    return status;
}

static enum status find_row(struct work *work, struct roll_over_view *view)
{
    struct roll_over *row = entity_row(work->arena, &roll_over_entity);
    row->scheme = view->scheme->id;
    row->year = period_print(work->arena, view->year);
    enum status status = entity_store_find(work, &roll_over_entity, row, row);
    if (status == STATUS_OK)
        view->row = row;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The choices made so far, by the reference `of`; empty before the first. */
static enum status load_choices(struct work *work, const struct roll_over_view *view,
                                const struct entity *entity, struct list *out_rows)
{
    if (!view->row)
        return STATUS_OK;
    return entity_store_list_of(work, entity, "roll_over", view->row->id, out_rows);
}

static bool action_is_open(const struct action *action)
{
    return strcmp(action->status, "complete") != 0 && strcmp(action->status, "closed") != 0;
}

static const struct roll_over_action *choice_of_action(const struct list *choices, int64_t action)
{
    for (size_t i = 0; i < choices->count; i++) {
        const struct roll_over_action *one = choices->items[i];
        if (one->action == action)
            return one;
    }
    return NULL;
}

static enum status load_actions(struct work *work, const struct list *objectives,
                                struct roll_over_view *view)
{
    struct list choices = { 0 };
    bool is_over = view->row && strcmp(view->row->state, ROLL_OVER_APPROVED) == 0;
    enum status status = load_choices(work, view, &roll_over_action_entity, &choices);
    for (size_t i = 0; status == STATUS_OK && i < objectives->count; i++) {
        const struct objective *objective = objectives->items[i];
        struct list actions = { 0 };
        status = entity_store_list_of(work, &action_entity, "objective", objective->id, &actions);
        for (size_t j = 0; status == STATUS_OK && j < actions.count; j++) {
            const struct action *action = actions.items[j];
            const struct roll_over_action *choice = choice_of_action(&choices, action->id);
            if (is_over ? !choice : !action_is_open(action))
                continue;
            struct roll_over_action_line *line = arena_new_of(work->arena,
                                                              struct roll_over_action_line);
            *line = (struct roll_over_action_line){ action, objective, choice };
            list_add(work->arena, &view->actions, line);
            view->left += choice == NULL;
        }
    }
    return status;
}

/* Whether a target is an annual number of a year before the new one. */
static bool target_counts(const struct roll_over_view *view, const struct target *target)
{
    struct period period;
    return target->latest == 1 && strcmp(target->kind, "annual") == 0 &&
           target->value != INTEGER_MISSING && period_read(slice_of(target->period), &period) &&
           period.kind == PERIOD_YEAR && period.year < view->year.year;
}

/* Of the targets that count, the latest of each unit: a later year takes the place of an earlier.
 */
static void keep_latest(struct arena *arena, const struct roll_over_view *view,
                        const struct list *targets, struct list *out_latest)
{
    for (size_t i = 0; i < targets->count; i++) {
        const struct target *target = targets->items[i];
        size_t at = 0;
        if (!target_counts(view, target))
            continue;
        while (at < out_latest->count &&
               ((const struct target *)out_latest->items[at])->unit != target->unit)
            at++;
        if (at == out_latest->count)
            list_add(arena, out_latest, targets->items[i]);
        else if (strcmp(target->period, ((const struct target *)out_latest->items[at])->period) > 0)
            out_latest->items[at] = targets->items[i];
    }
}

static const struct roll_over_target *choice_of_target(const struct list *choices,
                                                       const struct target *target)
{
    for (size_t i = 0; i < choices->count; i++) {
        const struct roll_over_target *one = choices->items[i];
        if (one->measure == target->measure && one->unit == target->unit)
            return one;
    }
    return NULL;
}

/* What the lines of the targets look names up in. */
struct names {
    struct list measures, units, choices;
};

static enum status add_measure(struct work *work, const struct names *names, int64_t id,
                               struct roll_over_view *view)
{
    struct list targets = { 0 }, latest = { 0 };
    for (size_t i = 0; i < view->targets.count; i++) /* a measure may stand under two objectives */
        if (((const struct roll_over_target_line *)view->targets.items[i])->measure->id == id)
            return STATUS_OK;
    enum status status = entity_store_list_of(work, &target_entity, "measure", id, &targets);
    if (status == STATUS_OK)
        keep_latest(work->arena, view, &targets, &latest);
    for (size_t i = 0; i < latest.count; i++) {
        const struct target *target = latest.items[i];
        struct roll_over_target_line *line = arena_new_of(work->arena,
                                                          struct roll_over_target_line);
        *line = (struct roll_over_target_line){
            related_get(&names->measures, &measure_entity, id),
            related_get(&names->units, &unit_entity, target->unit),
            target,
            choice_of_target(&names->choices, target),
        };
        list_add(work->arena, &view->targets, line);
        view->left += line->choice == NULL;
    }
    return status;
}

static enum status load_targets(struct work *work, const struct list *objectives,
                                struct roll_over_view *view)
{
    struct names names = { .choices = { 0 } };
    enum status status = entity_store_list(work, &measure_entity, 0, &names.measures);
    if (status == STATUS_OK)
        status = entity_store_list(work, &unit_entity, 0, &names.units);
    if (status == STATUS_OK)
        status = load_choices(work, view, &roll_over_target_entity, &names.choices);
    for (size_t i = 0; status == STATUS_OK && i < objectives->count; i++) {
        const struct objective *objective = objectives->items[i];
        struct list places = { 0 };
        status = entity_store_list_of(work, &measure_objective_entity, "objective", objective->id,
                                      &places);
        for (size_t j = 0; status == STATUS_OK && j < places.count; j++)
            status = add_measure(
                work, &names, ((const struct measure_objective *)places.items[j])->measure, view);
    }
    return status;
}

enum status roll_over_load(struct work *work, const struct roll_over_place *place,
                           struct roll_over_view *out_view)
{
    struct roll_over_view view = { .scheme = NULL };
    struct list objectives = { 0 };
    enum status status = find_scheme(work, place, &view);
    if (status == STATUS_OK)
        status = reporting_year_start(work, &view.start_month);
    if (status == STATUS_OK)
        status = find_row(work, &view);
    if (status == STATUS_OK)
        status = entity_store_list_of(work, &objective_entity, "scheme", view.scheme->id,
                                      &objectives);
    if (status == STATUS_OK)
        status = load_actions(work, &objectives, &view);
    if (status == STATUS_OK)
        status = load_targets(work, &objectives, &view);
    if (status == STATUS_OK)
        status = permission_allows(work, RIGHT_PLAN_CHANGE, INTEGER_MISSING, &view.may_prepare);
    if (status == STATUS_OK)
        status = permission_allows(work, RIGHT_PLAN_APPROVE, INTEGER_MISSING, &view.may_approve);
    if (status == STATUS_OK)
        *out_view = view;
    return status;
}

const struct roll_over_action_line *roll_over_action_find(const struct roll_over_view *view,
                                                          const char *code)
{
    for (size_t i = 0; i < view->actions.count; i++) {
        const struct roll_over_action_line *line = view->actions.items[i];
        if (strcmp(line->action->code, code) == 0)
            return line;
    }
    return NULL;
}

const struct roll_over_target_line *roll_over_target_find(const struct roll_over_view *view,
                                                          const char *measure, const char *unit)
{
    for (size_t i = 0; i < view->targets.count; i++) {
        const struct roll_over_target_line *line = view->targets.items[i];
        if (strcmp(line->measure->code, measure) == 0 && strcmp(line->unit->code, unit) == 0)
            return line;
    }
    return NULL;
}

enum status roll_over_must_be(struct work *work, const struct roll_over_view *view,
                              const char *state)
{
    const char *is = view->row ? view->row->state : ROLL_OVER_DRAFT;
    if (strcmp(is, state) == 0)
        return STATUS_OK;
    if (strcmp(is, ROLL_OVER_APPROVED) == 0)
        return permission_refuse_locked(
            work, RIGHT_PLAN_CHANGE, INTEGER_MISSING,
            "This roll-over is approved: the plan is as it says. Change the plan's "
            "records themselves.");
    if (strcmp(is, ROLL_OVER_SUBMITTED) == 0)
        return permission_refuse_locked(
            work, RIGHT_PLAN_APPROVE, INTEGER_MISSING,
            "This roll-over waits for approval; who approves can send it back.");
    return permission_refuse_locked(work, RIGHT_PLAN_CHANGE, INTEGER_MISSING,
                                    "This roll-over has not been submitted yet.");
}

/* The roll-over's row, made by the first choice. */
static enum status ensure_row(struct work *work, struct audit *audit, struct roll_over_view *view)
{
    if (view->row)
        return STATUS_OK;
    struct roll_over *row = entity_row(work->arena, &roll_over_entity);
    row->scheme = view->scheme->id;
    row->year = period_print(work->arena, view->year);
    row->state = ROLL_OVER_DRAFT;
    view->row = row;
    return record_insert(work, audit, &roll_over_entity, row);
}

static bool is_blank(const char *words)
{
    return slice_trim(slice_of(words)).length == 0;
}

static const char *kept_words(struct arena *arena, const char *words)
{
    return is_blank(words) ? NULL : slice_copy(arena, slice_trim(slice_of(words)));
}

/* Words of the form that a field can hold. */
static void check_length(const struct entity *entity, const char *name, const char *words,
                         struct problems *problems)
{
    const struct field *field = entity_field(entity, name);
    if (words && strlen(words) > (size_t)field->longest)
        problem_add(problems, name, "Write at most %lld characters", (long long)field->longest);
}

static void check_action(const struct roll_over_action *choice, struct problems *problems)
{
    bool is_known = false;
    for (const struct code *code = roll_over_choice_codes; code->value; code++)
        is_known |= strcmp(code->value, choice->choice) == 0;
    bool is_replaced = strcmp(choice->choice, ROLL_OVER_REPLACE) == 0;
    if (!is_known)
        problem_add(problems, "choice", "Choose what becomes of the action");
    if (is_known && strcmp(choice->choice, ROLL_OVER_CARRY) != 0 && !choice->reason)
        problem_add(problems, "reason", "Give the reason: it stands in the action's history");
    if (is_replaced && !choice->wording)
        problem_add(problems, "wording", "Write the new action");
    check_length(&roll_over_action_entity, "reason", choice->reason, problems);
    check_length(&roll_over_action_entity, "wording", choice->wording, problems);
    check_length(&roll_over_action_entity, "target_date", choice->target_date, problems);
}

/* Begins a choice of the plan's officer: the roll-over as it is now, still a draft. */
static enum status choice_begin(struct work *work, const struct roll_over_place *place,
                                const char *subject, struct audit **out_audit,
                                struct roll_over_view *out_view)
{
    enum status status = permission_require(work, RIGHT_PLAN_CHANGE, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = audit_begin(work, "roll-over", subject, out_audit);
    if (status == STATUS_OK)
        status = roll_over_load(work, place, out_view);
    if (status == STATUS_OK)
        status = roll_over_must_be(work, out_view, ROLL_OVER_DRAFT);
    return status;
}

/* Writes the choice over the one that was seen. */
static enum status keep_choice(struct work *work, struct audit *audit, const struct entity *entity,
                               const void *before, void *after)
{
    return before ? record_change(work, audit, entity, before, after)
                  : record_insert(work, audit, entity, after);
}

enum status roll_over_choose_action(struct work *work, const struct roll_over_place *place,
                                    const struct roll_over_action_input *input,
                                    struct problems *problems)
{
    struct roll_over_view view = { .scheme = NULL };
    struct audit *audit = NULL;
    struct roll_over_action choice = {
        .choice = input->choice,
        .reason = kept_words(work->arena, input->reason),
        .wording = kept_words(work->arena, input->wording),
        .target_date = kept_words(work->arena, input->target_date),
        .chosen_by = record_writer(work),
    };
    check_action(&choice, problems);
    if (problems->list.count)
        return STATUS_OK;
    if (strcmp(choice.choice, ROLL_OVER_REPLACE) != 0)
        choice.wording = choice.target_date = NULL;
    enum status status = choice_begin(work, place, "roll-over actions", &audit, &view);
    const struct roll_over_action_line *line = status == STATUS_OK
                                                   ? roll_over_action_find(&view, input->action)
                                                   : NULL;
    if (status == STATUS_OK && !line)
        status = work_fail(work, STATUS_NOT_FOUND, "The scheme has no open action \"%.60s\".",
                           input->action);
    if (status == STATUS_OK && line && line->choice && line->choice->event != input->seen) {
        problem_add(problems, "choice",
                    "%s chose meanwhile, as it stands above; choose again if you still want to",
                    line->choice->chosen_by);
        audit_abandon(work, audit);
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = ensure_row(work, audit, &view);
    if (status == STATUS_OK && line) {
        choice.id = line->choice ? line->choice->id : INTEGER_MISSING;
        choice.roll_over = view.row->id;
        choice.action = line->action->id;
        status = keep_choice(work, audit, &roll_over_action_entity, line->choice, &choice);
    }
    return record_end(work, audit, status);
}

/* The number that was typed, with as many decimals as were written. */
static void read_target(struct arena *arena, const struct roll_over_target_input *input,
                        struct roll_over_target *choice, struct problems *problems)
{
    int decimals = 0;
    choice->value = INTEGER_MISSING;
    choice->decimals = 0;
    choice->reason = kept_words(arena, input->reason);
    check_length(&roll_over_target_entity, "reason", choice->reason, problems);
    if (is_blank(input->value)) {
        if (!choice->reason)
            problem_add(problems, "reason", "Say why no target is proposed");
        return;
    }
    struct slice typed = slice_trim(slice_of(input->value));
    if (typed.length && typed.start[typed.length - 1] == '%')
        typed = slice_trim(slice_first(typed, typed.length - 1));
    if (!number_read(typed, &choice->value, &decimals))
        problem_add(problems, "value", "The target must be a number, such as 45 or 45.5");
    choice->decimals = decimals;
}

enum status roll_over_choose_target(struct work *work, const struct roll_over_place *place,
                                    const struct roll_over_target_input *input,
                                    struct problems *problems)
{
    struct roll_over_view view = { .scheme = NULL };
    struct audit *audit = NULL;
    struct roll_over_target choice = { .chosen_by = record_writer(work) };
    read_target(work->arena, input, &choice, problems);
    if (problems->list.count)
        return STATUS_OK;
    enum status status = choice_begin(work, place, "roll-over targets", &audit, &view);
    const struct roll_over_target_line *line = status == STATUS_OK
                                                   ? roll_over_target_find(&view, input->measure,
                                                                           input->unit)
                                                   : NULL;
    if (status == STATUS_OK && !line)
        status = work_fail(work, STATUS_NOT_FOUND,
                           "The measure \"%.60s\" has no annual target for that unit.",
                           input->measure);
    if (status == STATUS_OK && line && line->choice && line->choice->event != input->seen) {
        problem_add(problems, "value",
                    "%s proposed another meanwhile, as it stands above; propose again if you still "
                    "want to",
                    line->choice->chosen_by);
        audit_abandon(work, audit);
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = ensure_row(work, audit, &view);
    if (status == STATUS_OK && line) {
        choice.id = line->choice ? line->choice->id : INTEGER_MISSING;
        choice.roll_over = view.row->id;
        choice.measure = line->measure->id;
        choice.unit = line->unit->id;
        status = keep_choice(work, audit, &roll_over_target_entity, line->choice, &choice);
    }
    return record_end(work, audit, status);
}

enum status roll_over_next_year(struct work *work, const struct scheme *scheme, int start_month,
                                struct period *out_year)
{
    struct list rows = { 0 };
    struct date today = { 0, 0, 0 };
    struct period period;
    enum status status = entity_store_list_of(work, &roll_over_entity, "scheme", scheme->id, &rows);
    if (!date_read(slice_first(slice_of(work->now), 10), &today))
        return work_fail(work, STATUS_USAGE, "The clock gives no day.");
    int year = today.month < start_month ? today.year : today.year + 1;
    for (size_t i = 0; i < rows.count; i++) {
        const struct roll_over *row = rows.items[i];
        if (!period_read(slice_of(row->year), &period))
            continue;
        if (strcmp(row->state, ROLL_OVER_APPROVED) != 0)
            year = period.year;
        else if (period.year >= year)
            year = period.year + 1;
    }
    *out_year = (struct period){ PERIOD_YEAR, year, 0 };
    return status;
}
