/* Kinds about what is not there: a rating or a value without a typed reason, words for a number. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/check_parts.h"
#include "base/banned.h"

static bool is_typed(const struct check_line *line)
{
    return line->line->row->nothing_to_report == 1 ||
           !check_text_is_blank(line->line->row->missing);
}

/* A reason that the record of the value gives, as advice; or "". */
static const char *reason_on_record(const struct check *check, const struct check_line *line)
{
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct value *value = line->line->measures[i].value;
        if (value && !check_text_is_blank(value->missing))
            return arena_format(check->arena, " (the value's own record says \"%s\")",
                                value->missing);
    }
    return "";
}

static bool is_awaiting(const struct check_line *line)
{
    return narrative_has(&line->progress, PHRASE_AWAITING, NULL, NULL);
}

/* The level is a rating, the measure wants a number, and no number stands there or on record. */
static bool is_rated_without_number(const struct check_line *line)
{
    return line->declared && !line->is_parent && !is_typed(line) && check_is_countable(line) &&
           !check_has_number(line) && !check_baseline_is_missing(line);
}

/* The letters that the scale has, for a person who wrote another word. */
static const char *levels_listed(const struct check *check)
{
    const char *list = check->scale->levels[0].letters;
    for (size_t i = 1; i < check->scale->level_count; i++)
        list = arena_format(check->arena, "%s%s%s", list,
                            i + 1 < check->scale->level_count ? ", " : " or ",
                            check->scale->levels[i].letters);
    return list;
}

static bool has_letters(const char *words)
{
    for (; *words; words++)
        if (isalpha((unsigned char)*words))
            return true;
    return false;
}

/* A row that answers its value in its box and leaves the rating to the computed one says all. */
static bool is_left_to_computing(const struct return_row *row)
{
    return check_text_is_blank(row->declared) &&
           (!check_text_is_blank(row->numerator_text) || !check_text_is_blank(row->milestone) ||
            !check_text_is_blank(row->value_text));
}

void check_missing_untyped(struct check *check, const struct check_line *line)
{
    const struct return_row *row = line->line->row;
    const char *progress = check_quote(check, line->progress.text);
    if (is_rated_without_number(line) && (is_awaiting(line) || line->progress.count == 0)) {
        check_add(check, line, NULL, progress,
                  "Rated %s although no value has come in and no reason says why. Leave the rating "
                  "out and give the reason: not due, awaited, not collected, baseline not set, not "
                  "applicable or withheld%s.",
                  row->declared, reason_on_record(check, line));
        return;
    }
    if (line->declared || line->is_parent || is_typed(line) || is_left_to_computing(row))
        return;
    if (row->declared && has_letters(row->declared)) {
        check_add(check, line, NULL, progress,
                  "The rating is printed as \"%s\", which is no level of the scale; write %s, or "
                  "leave it out and give the reason why there is no value.",
                  check_quote(check, slice_of(row->declared)), levels_listed(check));
        return;
    }
    const char *printed = check_text_is_blank(row->declared)
                              ? "The rating is blank"
                              : arena_format(check->arena, "The rating is printed as \"%s\"",
                                             check_quote(check, slice_of(row->declared)));
    check_add(
        check, line, NULL, progress,
        "%s and no reason is given, so nobody can tell whether the value is not due, awaited, "
        "not collected, without a baseline, not applicable or withheld. Rate the row, or give "
        "the reason%s.",
        printed, reason_on_record(check, line));
}

void check_value_without_number(struct check *check, const struct check_line *line)
{
    if (!is_rated_without_number(line) || is_awaiting(line) || line->progress.count == 0)
        return;
    const char *target = line->line->row->target_text;
    check_add(check, line, NULL, check_quote(check, line->progress.text),
              "Rated %s on words alone: the row gives no number to set against the target (%s). "
              "Give the number, or the reason why there is none.",
              line->line->row->declared, target ? target : "none is printed");
}
