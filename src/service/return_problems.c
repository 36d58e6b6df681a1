#include "service/return_problems.h"

#include <string.h>

#include "base/arena.h"
#include "entity/field_text.h"
#include "model/target_date.h"
#include "base/banned.h"

static bool is_said(const char *text)
{
    return text && slice_trim(slice_of(text)).length > 0;
}

static struct problems problems_of(struct arena *arena, struct return_sheet_row *row)
{
    return (struct problems){ .arena = arena, .list = row->problems };
}

/* Reads a number into the member of that name; what is no number is a problem of the input. */
static void read_number(struct arena *arena, const char *text, const char *member,
                        struct value *value, int *decimals, struct problems *problems)
{
    struct problems unread = { .arena = arena };
    if (!is_said(text))
        return;
    if (!field_read(arena, entity_field(&value_entity, member), slice_of(text), value, &unread,
                    decimals))
        problem_add(problems, arena_format(arena, "%s_text", member),
                    "\"%.60s\" is not a number. Write the number alone, such as 40.23 or 1,204, "
                    "and put the words into the progress.",
                    text);
}

void return_read_typed(struct arena *arena, struct return_sheet_row *row)
{
    const struct return_row *written = row->row;
    struct problems problems = problems_of(arena, row);
    struct value *value = entity_row(arena, &value_entity);
    int decimals = -1;
    read_number(arena, written->value_text, "value", value, &decimals, &problems);
    read_number(arena, written->numerator_text, "numerator", value, NULL, &problems);
    read_number(arena, written->denominator_text, "denominator", value, NULL, &problems);
    if (decimals >= 0)
        value->decimals = decimals;
    value->milestone = is_said(written->milestone) ? written->milestone : NULL;
    value->missing = is_said(written->missing) ? written->missing : NULL;
    value->quality_note = is_said(written->quality_note) ? written->quality_note : NULL;
    value->breakdown = "";
    value->state = "final";
    row->typed = *value;
    row->has_answer = is_said(written->value_text) || is_said(written->numerator_text) ||
                      value->milestone || value->missing || written->nothing_to_report == 1 ||
                      (row->measure && strcmp(row->measure->kind, "narrative") == 0 &&
                       is_said(written->progress));
    row->problems = problems.list;
}

/* Numerator, denominator and value must be able to stand together. */
static void check_numbers(struct arena *arena, const struct return_sheet_row *row,
                          struct problems *problems)
{
    const struct value *value = &row->typed;
    int64_t share = 0;
    bool is_share = row->measure && rating_is_percentage(row->measure);
    bool has_both = value->numerator != INTEGER_MISSING && value->denominator != INTEGER_MISSING;
    if ((value->numerator == INTEGER_MISSING) != (value->denominator == INTEGER_MISSING) &&
        value->value == INTEGER_MISSING)
        problem_add(problems, "denominator_text",
                    "Give both the numerator and the denominator, or the value alone.");
    if (value->denominator == 0)
        problem_add(problems, "denominator_text",
                    "The denominator is 0, so there is no share; give the reason why there is no "
                    "value instead.");
    if (!has_both || !is_share || value->denominator == 0)
        return;
    if (value->numerator > value->denominator && value->denominator > 0)
        problem_add(problems, "numerator_text",
                    "The numerator is more than the denominator; perhaps the two are swapped.");
    int places = value->decimals == INTEGER_MISSING ? 0 : (int)value->decimals;
    if (value->value != INTEGER_MISSING &&
        number_percent(value->numerator, value->denominator, &share) &&
        number_round(share, places) != value->value)
        problem_add(problems, "value_text",
                    "The value is %s, but the numerator and the denominator make %s. Correct one "
                    "of them, or leave the value empty.",
                    rating_number(arena, row->measure, value->value),
                    rating_number(arena, row->measure, number_round(share, places)));
}

static void check_answer(const struct return_sheet_row *row, struct problems *problems)
{
    const struct value *value = &row->typed;
    bool has_number = value->value != INTEGER_MISSING || value->numerator != INTEGER_MISSING;
    if (!row->has_answer)
        problem_add(problems,
                    row->measure && strcmp(row->measure->kind, "milestone") == 0 ? "milestone"
                                                                                 : "value_text",
                    "Give a value, the reason why there is none, or say that there is nothing to "
                    "report.");
    if (value->missing && (has_number || value->milestone))
        problem_add(problems, "missing",
                    "There is a value and also a reason why there is none; keep one of the two.");
    if (row->row->nothing_to_report == 1 && (has_number || is_said(row->row->declared)))
        problem_add(problems, "nothing_to_report",
                    "The row has a value or a rating, so there is something to report; untick "
                    "this, or empty those.");
}

/* A rating that is not the computed one has a reason, and a red one has a remedy. */
static void check_rating(struct arena *arena, const struct return_sheet_row *row,
                         struct problems *problems)
{
    const struct return_row *written = row->row;
    const struct scale_level *level = row->declared ? row->declared : row->computed;
    struct target_date date;
    if (is_said(written->declared) && !row->declared)
        problem_add(problems, "declared",
                    "\"%.40s\" is no level of the scale; choose one, or leave it to the computed "
                    "rating.",
                    written->declared);
    if (row->declared && row->computed && row->declared != row->computed &&
        !is_said(written->declared_reason))
        problem_add(problems, "declared_reason",
                    "The rating given is %s and the numbers make %s. Say why, or give the "
                    "computed rating.",
                    row->declared->name, row->computed->name);
    if (!return_level_is_red(level))
        return;
    if (!is_said(written->corrective_action))
        problem_add(problems, "corrective_action",
                    "A red rating needs corrective action: what will be done.");
    if (!is_said(written->corrective_owner))
        problem_add(problems, "corrective_owner", "Say who will see to the corrective action.");
    target_date_read(arena, slice_of(written->corrective_by), NULL, &date);
    if (!date.understood)
        problem_add(problems, "corrective_by",
                    "Say by when the corrective action will be done, such as 31 March 2013.");
}

void return_add_problems(struct arena *arena, struct return_sheet_row *row)
{
    struct problems problems = problems_of(arena, row);
    check_answer(row, &problems);
    check_numbers(arena, row, &problems);
    check_rating(arena, row, &problems);
    if (row->last && is_said(row->last->corrective_action) && !is_said(row->row->outcome_of_last))
        problem_add(&problems, "outcome_of_last",
                    "The last return promised corrective action (\"%.200s\"). Say what came of "
                    "it.",
                    row->last->corrective_action);
    row->problems = problems.list;
}
