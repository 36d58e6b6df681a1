/* The kind about targets: one row that tests against different ones. */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/check_parts.h"
#include "base/banned.h"

/* True when the number is recorded for any measure of the line: as target, band edge, baseline or
 * change on it. */
static bool is_recorded(const struct check_line *line, int64_t number)
{
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct return_measure *measure = &line->line->measures[i];
        const struct target *const targets[] = { measure->annual, measure->profile,
                                                 measure->minimum, measure->stretch };
        for (size_t j = 0; j < ARRAY_COUNT(targets); j++) {
            const struct target *target = targets[j];
            if (target &&
                (target->value == number || target->upper == number || target->baseline == number ||
                 target->change_percent == number ||
                 (target->change_percent != INTEGER_MISSING && target->change_percent == -number)))
                return true;
        }
    }
    return false;
}

static bool has_recorded_target(const struct check_line *line)
{
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct target *target = line->line->measures[i].annual;
        if (target && target->value != INTEGER_MISSING)
            return true;
    }
    return false;
}

static bool is_profile(const struct check_line *line, int64_t number)
{
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct target *profile = line->line->measures[i].profile;
        if (profile && profile->value == number)
            return true;
    }
    return false;
}

static bool is_annual(const struct check_line *line, int64_t number)
{
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct target *annual = line->line->measures[i].annual;
        if (annual && annual->value == number)
            return true;
    }
    return false;
}

/* What the row states as its target: in its criterion and its target column. */
static bool states_target(const struct check_line *line, int64_t number)
{
    return check_prints(&line->criterion, number) || check_prints(&line->target, number);
}

static bool has_profile(const struct check_line *line)
{
    for (size_t i = 0; i < line->line->measure_count; i++)
        if (line->line->measures[i].profile)
            return true;
    return false;
}

static bool states_any_target(const struct check_line *line)
{
    return line->target.figure_count > 0 || line->criterion.target_count > 0 ||
           line->criterion.bound_count > 0;
}

/* A target in the progress text that is not the one of the row. One that says that it is the
 * period's is compared with the recorded profile; one of another year is left alone. */
static bool find_in_progress(struct check *check, const struct check_line *line)
{
    const struct narrative *progress = &line->progress;
    for (size_t i = 0; i < progress->target_count; i++) {
        const struct narrative_target *named = &progress->targets[i];
        const struct narrative_figure *figure = &progress->figures[named->figure];
        bool other_year = named->of_past_year &&
                          named->year.year !=
                              period_year_of(check->view->period, check->view->start_month).year;
        bool stated = states_target(line, figure->number);
        bool fits = named->of_period ? is_profile(line, figure->number) || !has_profile(line)
                                     : !states_any_target(line);
        if (stated || fits || other_year)
            continue;
        const char *target = line->line->row->target_text;
        const char *remedy =
            is_profile(line, figure->number)
                ? "That is on record as the profile of the period: say in the row that it is."
                : "If that is the target of this period alone, say so and record it as a profile; "
                  "if it is another target, keep to the row's own.";
        check_add(
            check, line, NULL, check_quote(check, narrative_sentence(progress, figure->token)),
            "The row's target is %s, but its progress is told against %s. %s",
            target && line->target.figure_count ? target : check_quote(check, line->criterion.text),
            narrative_figure_text(progress, figure->token), remedy);
        return true;
    }
    return false;
}

/* The progress tests an average over years; the target is of one year. */
static bool find_other_span(struct check *check, const struct check_line *line)
{
    size_t token = 0, end = 0;
    if (!narrative_has(&line->progress, PHRASE_SPAN, &token, &end) ||
        narrative_has(&line->criterion, PHRASE_SPAN, NULL, NULL) ||
        narrative_has(&line->target, PHRASE_SPAN, NULL, NULL) || !states_any_target(line))
        return false;
    for (size_t i = 0; i < line->progress.figure_count; i++) {
        const struct narrative_figure *figure = &line->progress.figures[i];
        if (figure->sentence != line->progress.tokens[token].sentence)
            continue;
        const char *target = line->line->row->target_text;
        check_add(check, line, NULL, check_quote(check, narrative_sentence(&line->progress, token)),
                  "The row's target (%s) is for one year, but its progress is told as an average "
                  "over several (%s). Report the year against its own target, or have the target "
                  "changed to the average and say so in the row.",
                  target ? target : check_quote(check, line->criterion.text),
                  check_quote(check, narrative_words(&line->progress, token, end)));
        return true;
    }
    return false;
}

/* The criterion's target-like figures: named targets, bounds, ends of a change. */
static bool is_target_like(const struct narrative *criterion, size_t token)
{
    for (size_t i = 0; i < criterion->target_count; i++)
        if (criterion->figures[criterion->targets[i].figure].token == token)
            return true;
    for (size_t i = 0; i < criterion->bound_count; i++)
        if (criterion->bounds[i].token == token || criterion->bounds[i].upper == token)
            return true;
    for (size_t i = 0; i < criterion->change_count; i++)
        if (criterion->changes[i].after == token)
            return true;
    return false;
}

/* True when the target column prints the period's target that is on record. */
static bool prints_profile(const struct check_line *line)
{
    for (size_t i = 0; i < line->target.figure_count; i++)
        if (is_profile(line, line->target.figures[i].number))
            return true;
    return false;
}

/* The criterion names targets and none of them stands in the target column. Where both are on
 * record, the criterion's as the year's and the column's as the period's, they agree. */
static bool find_in_criterion(struct check *check, const struct check_line *line)
{
    const struct narrative_figure *other = NULL;
    for (size_t i = 0; i < line->criterion.figure_count; i++) {
        const struct narrative_figure *figure = &line->criterion.figures[i];
        if (!is_target_like(&line->criterion, figure->token))
            continue;
        if (check_prints(&line->target, figure->number) ||
            (is_annual(line, figure->number) && prints_profile(line)))
            return false;
        other = figure;
    }
    if (!other || line->target.figure_count == 0)
        return false;
    check_add(check, line, NULL,
              arena_format(check->arena, "%s; %s",
                           check_quote(check, narrative_sentence(&line->criterion, other->token)),
                           line->line->row->target_text),
              "The success criterion says %s and the target column says \"%s\". Let both say the "
              "same.",
              narrative_figure_text(&line->criterion, other->token), line->line->row->target_text);
    return true;
}

/* The target column prints figures and none of them is on record. */
static bool find_on_record(struct check *check, const struct check_line *line)
{
    if (line->target.figure_count == 0 || !has_recorded_target(line))
        return false;
    for (size_t i = 0; i < line->target.figure_count; i++)
        if (is_recorded(line, line->target.figures[i].number))
            return false;
    const struct return_measure *measure = &line->line->measures[0];
    const char *recorded = measure->annual && measure->annual->value != INTEGER_MISSING
                               ? rating_number(check->arena, measure->measure,
                                               measure->annual->value)
                               : "another";
    check_add(
        check, line, measure,
        arena_format(check->arena, "printed: %s; on record: %s", line->line->row->target_text,
                     recorded),
        "The row prints the target \"%s\", but the target on record is %s. Correct the row, or "
        "record the changed target with who approved it and why.",
        line->line->row->target_text, recorded);
    return true;
}

void check_target_differs(struct check *check, const struct check_line *line)
{
    if (find_in_progress(check, line) || find_other_span(check, line) ||
        find_in_criterion(check, line))
        return;
    (void)find_on_record(check, line);
}
