/* Kinds about the rating: what was declared against what the numbers give. */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/check_parts.h"
#include "base/banned.h"

/* "LG (Low Green)" */
static const char *level_words(const struct check *check, const struct scale_level *level)
{
    return arena_format(check->arena, "%s (%s)", level->letters, level->name);
}

static bool has_reason(const struct return_measure *measure)
{
    return measure->declared && !check_text_is_blank(measure->declared->declared_reason);
}

static bool is_milestone(const struct return_measure *measure)
{
    return strcmp(measure->measure->polarity, "milestone") == 0;
}

/* The bound of a strict kind whose number is the value, in words or in the record. */
static bool is_at_strict_bound(const struct check_line *line, size_t which, const char **out_words)
{
    const struct rated_measure *rated = &line->rated[which];
    int64_t number = 0;
    if (!rated->computed.has_value || !ratio_round(rated->computed.value, &number))
        return false;
    const struct narrative *const texts[] = { &line->criterion, &line->target };
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
        for (size_t j = 0; j < texts[i]->bound_count; j++) {
            const struct narrative_bound *bound = &texts[i]->bounds[j];
            bool strict = (bound->kind == BOUND_BELOW && rated->input.polarity == RATING_LOWER) ||
                          (bound->kind == BOUND_ABOVE && rated->input.polarity == RATING_HIGHER);
            if (strict && texts[i]->tokens[bound->token].number == number) {
                *out_words = slice_copy(texts[i]->arena,
                                        narrative_words(texts[i], bound->first, bound->token + 1));
                return true;
            }
        }
    *out_words = rated->input.comparator == RATING_BELOW ? "below" : "above";
    return rated->computed.is_strict_bound;
}

static bool is_boundary_misread(const struct check *check, const struct check_line *line,
                                size_t which, const char **out_words)
{
    return check_level_is_met(check, line->declared) && is_at_strict_bound(line, which, out_words);
}

void check_boundary_misread(struct check *check, const struct check_line *line)
{
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct return_measure *measure = &line->line->measures[i];
        const char *words = NULL;
        if (!is_boundary_misread(check, line, i, &words))
            continue;
        int64_t number = 0;
        (void)ratio_round(line->rated[i].computed.value, &number);
        const char *value = rating_number(check->arena, measure->measure, number);
        check_add(
            check, line, measure,
            arena_format(check->arena, "%s; %s; rated %s", words, value, line->line->row->declared),
            "The value is %s, exactly at the bound, and a target with these words is met only "
            "beyond it; rated %s, it can be %s at best. Correct the rating, or the words of "
            "the target if reaching %s was meant to be enough.",
            value, level_words(check, line->declared),
            level_words(check, scale_level_missed(check->scale)), value);
    }
}

/* The evidence: the value, the target as printed, the rating. */
static const char *rating_evidence(const struct check *check, const struct check_line *line,
                                   size_t which)
{
    const struct return_measure *measure = &line->line->measures[which];
    const struct rated_measure *rated = &line->rated[which];
    int64_t number = 0;
    const char *value = "";
    if (rated->input.polarity == RATING_MILESTONE)
        value = rated->input.milestone ? rated->input.milestone : "";
    else if (rated->computed.has_value && ratio_round(rated->computed.value, &number))
        value = rating_number(check->arena, measure->measure,
                              number_round(number, rated->input.decimals));
    const char *target = line->line->row->target_text;
    return arena_format(check->arena, "%s; target: %s; rated %s", value, target ? target : "none",
                        line->line->row->declared);
}

void check_rating_contradicts_value(struct check *check, const struct check_line *line)
{
    if (!line->declared || line->worst == NARRATIVE_NONE)
        return;
    const struct return_measure *measure = &line->line->measures[line->worst];
    const struct rated_measure *rated = &line->rated[line->worst];
    const struct scale_level *computed = rated->computed.level;
    const char *words = NULL;
    bool cautious = is_milestone(measure) && line->declared > computed;
    if (line->declared == computed || cautious || has_reason(measure) ||
        rated->computed.is_shared_out || is_boundary_misread(check, line, line->worst, &words))
        return;
    const char *of = line->line->measure_count > 1
                         ? arena_format(check->arena,
                                        "For the worst part, %s: ", measure->measure->title)
                         : "";
    check_add(check, line, measure, rating_evidence(check, line, line->worst),
              "Rated %s, but what is recorded computes as %s. %s%s%s Correct the rating, or record "
              "who decided otherwise and why.",
              level_words(check, line->declared), level_words(check, computed), of,
              rated->computed.reasoning,
              rated->is_last ? " (This is the newest number; the period has none.)" : "");
}

void check_cumulative_misjudged(struct check *check, const struct check_line *line)
{
    for (size_t i = 0; line->declared && i < line->line->measure_count; i++) {
        const struct return_measure *measure = &line->line->measures[i];
        const struct rated_measure *rated = &line->rated[i];
        if (!rated->computed.is_shared_out || !rated->computed.level ||
            rated->computed.level == line->declared || has_reason(measure))
            continue;
        struct rated_measure whole = rating_of_measure(check->arena, check->view, check->scale,
                                                       measure, RATING_OF_WHOLE_YEAR);
        const char *whole_level = whole.computed.level ? level_words(check, whole.computed.level)
                                                       : "no rating";
        check_add(
            check, line, measure, rating_evidence(check, line, i),
            "Rated %s. The count grows through the year, and no profile says how much was due "
            "by now. Against an even share: %s Against the whole annual target it computes as "
            "%s. Record the profile for the period and rate against that.",
            level_words(check, line->declared), rated->computed.reasoning, whole_level);
    }
}

/* True when `forecast` lies nearer the target than the value, or beyond it. */
static bool is_better(const struct rated_measure *rated, int64_t value, int64_t forecast)
{
    switch (rated->input.comparator) {
    case RATING_AT_LEAST:
    case RATING_ABOVE:
        return forecast > value;
    case RATING_AT_MOST:
    case RATING_BELOW:
        return forecast < value;
    case RATING_BETWEEN:
    case RATING_EQUAL:
        break;
    }
    int64_t target = rated->input.target;
    if (target == INTEGER_MISSING)
        return false;
    int64_t from = value > target ? value - target : target - value;
    int64_t to = forecast > target ? forecast - target : target - forecast;
    return to < from;
}

/* True when a figure is governed by a date that lies after the period. */
static bool is_ahead(const struct check *check, const struct narrative *narrative,
                     const struct narrative_figure *figure)
{
    if (figure->expected)
        return true;
    struct date end = period_last_day(check->view->period, check->view->start_month);
    for (size_t i = 0; figure->by_a_date && i < narrative->period_count; i++) {
        const struct narrative_period *label = &narrative->periods[i];
        if (narrative->tokens[label->first].sentence != figure->sentence || !label->has_year ||
            label->calendar_year || label->first < figure->token)
            continue;
        if (date_compare(period_last_day(label->period, check->view->start_month), end) > 0)
            return true;
    }
    return false;
}

/* The words of a forecast that is better than the value; NULL when there is none. */
static const char *better_forecast(const struct check *check, const struct check_line *line,
                                   size_t which, int64_t value)
{
    const struct return_measure *measure = &line->line->measures[which];
    const struct rated_measure *rated = &line->rated[which];
    const struct narrative *const texts[] = { &line->progress, &line->forecast };
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
        for (size_t j = 0; j < texts[i]->figure_count; j++) {
            const struct narrative_figure *figure = &texts[i]->figures[j];
            bool ahead = texts[i] == &line->forecast || is_ahead(check, texts[i], figure);
            if (ahead && figure->percent == rated->input.is_percentage && !figure->points &&
                is_better(rated, value, figure->number))
                return check_quote(check, narrative_sentence(texts[i], figure->token));
        }
    for (size_t i = 0; i < measure->forecast_count; i++)
        if (is_better(rated, value, measure->forecasts[i]->value))
            return arena_format(
                check->arena, "forecast of %s for %s",
                rating_number(check->arena, measure->measure, measure->forecasts[i]->value),
                measure->forecasts[i]->period);
    return NULL;
}

void check_forecast_as_position(struct check *check, const struct check_line *line)
{
    for (size_t i = 0; line->declared && i < line->line->measure_count; i++) {
        const struct return_measure *measure = &line->line->measures[i];
        const struct rated_measure *rated = &line->rated[i];
        int64_t value = 0;
        if (!rated->computed.level || line->declared >= rated->computed.level ||
            !rated->computed.has_value || rated->is_last || has_reason(measure) ||
            !ratio_round(rated->computed.value, &value))
            continue;
        const char *forecast = better_forecast(check, line, i, value);
        if (!forecast)
            continue;
        check_add(
            check, line, measure, forecast,
            "Rated %s, which the position of %s does not support (it computes as %s); the "
            "better figure in the row is a forecast. Rate the position, and give the forecast "
            "in its own place.",
            level_words(check, line->declared),
            rating_number(check->arena, measure->measure, value),
            level_words(check, rated->computed.level));
    }
}

bool check_baseline_is_missing(const struct check_line *line)
{
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct target *target = line->rated[i].target;
        if (target && target->baseline_relative == 1 && target->baseline == INTEGER_MISSING &&
            target->value == INTEGER_MISSING)
            return true;
    }
    const struct narrative *progress = &line->progress;
    for (size_t i = 0; i < progress->count; i++) {
        bool baseline = strcmp(progress->tokens[i].word, "baseline") == 0 ||
                        strcmp(progress->tokens[i].word, "baselines") == 0;
        for (size_t j = i; baseline && j < progress->count &&
                           progress->tokens[j].sentence == progress->tokens[i].sentence;
             j++)
            if (narrative_phrase_at(progress, PHRASE_AWAITING, j) > 0)
                return true;
    }
    return false;
}

void check_rated_without_baseline(struct check *check, const struct check_line *line)
{
    if (!line->declared || !check_baseline_is_missing(line))
        return;
    check_add(
        check, line, NULL,
        arena_format(check->arena, "target: %s; rated %s; %s",
                     line->line->row->target_text ? line->line->row->target_text : "none",
                     line->line->row->declared, check_quote(check, line->progress.text)),
        "Rated %s although the target is a change on a baseline that is not set, so nothing "
        "can be judged yet. Set the baseline, or leave the rating out and give \"baseline not "
        "set\" as the reason.",
        level_words(check, line->declared));
}
