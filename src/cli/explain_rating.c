/* dueregard explain rating: of numbers given, or of a measure in the workspace. */
#include <string.h>

#include "base/arena.h"
#include "base/period.h"
#include "cli/explain.h"
#include "service/rating_of.h"
#include "service/workspace.h"
#include "stats/rating.h"
#include "base/banned.h"

struct given {
    struct work *work;
    const struct command *command;
    const struct arguments *arguments;
    enum status status; /* the first failure; the readers below do nothing after it */
};

static int64_t decimal(struct given *given, const char *name, int *out_decimals)
{
    int64_t number = INTEGER_MISSING;
    int decimals = 0;
    const char *text = argument_value(given->command, given->arguments, name);
    if (!text || given->status != STATUS_OK)
        return INTEGER_MISSING;
    if (!number_read(slice_of(text), &number, &decimals)) {
        given->status = work_fail(given->work, STATUS_USAGE,
                                  "--%s is a number such as 40.23, not \"%.40s\".", name, text);
        return INTEGER_MISSING;
    }
    if (out_decimals && decimals > *out_decimals)
        *out_decimals = decimals;
    return number;
}

static enum status read_comparator(struct given *given, struct rating_input *input)
{
    const char *word = argument_value(given->command, given->arguments, "comparator");
    if (given->status == STATUS_OK &&
        !rating_comparator_read(word ? word : "at-least", &input->comparator))
        given->status = work_fail(given->work, STATUS_USAGE,
                                  "--comparator is at-least, above, at-most, below, between or "
                                  "equal, not \"%.40s\".",
                                  word);
    static const enum rating_polarity polarities[] = {
        [RATING_AT_LEAST] = RATING_HIGHER, [RATING_ABOVE] = RATING_HIGHER,
        [RATING_AT_MOST] = RATING_LOWER,   [RATING_BELOW] = RATING_LOWER,
        [RATING_BETWEEN] = RATING_BAND,    [RATING_EQUAL] = RATING_BAND,
    };
    input->polarity = input->milestone ? RATING_MILESTONE : polarities[input->comparator];
    return given->status;
}

static enum status read_input(struct given *given, struct rating_input *input)
{
    int64_t months = 0;
    *input = (struct rating_input){ .small_base = INTEGER_MISSING };
    input->milestone = argument_value(given->command, given->arguments, "milestone");
    input->value = decimal(given, "value", &input->decimals);
    input->numerator = decimal(given, "numerator", NULL);
    input->denominator = decimal(given, "denominator", NULL);
    input->is_percentage = input->numerator != INTEGER_MISSING;
    if (input->is_percentage)
        input->decimals = 2;
    input->target = decimal(given, "target", NULL);
    input->upper = decimal(given, "upper", NULL);
    input->baseline = decimal(given, "baseline", NULL);
    input->change_percent = decimal(given, "change", NULL);
    input->is_baseline_relative = input->change_percent != INTEGER_MISSING;
    if (argument_value(given->command, given->arguments, "points"))
        input->distance = RATING_POINTS;
    if (given->status == STATUS_OK)
        given->status = argument_integer(given->work, given->command, given->arguments,
                                         "months-gone", (struct argument_range){ 1, 12, 0 },
                                         &months);
    input->is_cumulative = months > 0;
    input->months_gone = (int)months;
    return read_comparator(given, input);
}

static json_t *number_json(struct arena *arena, int64_t millionths)
{
    return millionths == INTEGER_MISSING ? json_null()
                                         : json_string(number_print_short(arena, millionths));
}

static enum status print_rating(struct work *work, enum command_format format,
                                const struct computed_rating *rating, const char *declared,
                                const char *declared_reason)
{
    if (format == FORMAT_JSON) {
        json_t *json = json_object();
        json_object_set_new(json, "computed",
                            rating->level ? json_string(rating->level->code) : json_null());
        json_object_set_new(json, "word",
                            rating->level ? json_string(rating->level->word) : json_null());
        json_object_set_new(json, "reasoning", json_string(rating->reasoning));
        json_object_set_new(json, "variance", number_json(work->arena, rating->variance_rounded));
        json_object_set_new(json, "target", number_json(work->arena, rating->effective_target));
        json_object_set_new(json, "small_base", json_boolean(rating->is_small_base));
        json_object_set_new(json, "not_significant", json_boolean(rating->is_not_significant));
        json_object_set_new(json, "strict_bound", json_boolean(rating->is_strict_bound));
        json_object_set_new(json, "refused",
                            json_string(rating_refusal_code(rating->refusal)
                                            ? rating_refusal_code(rating->refusal)
                                            : ""));
        json_object_set_new(json, "declared", declared ? json_string(declared) : json_null());
        json_object_set_new(json, "declared_reason",
                            declared_reason ? json_string(declared_reason) : json_null());
        return print_json(work, json);
    }
    enum status status = rating->level
                             ? print_line(work, "Computed: %s, %s (%s)", rating->level->letters,
                                          rating->level->name, rating->level->word)
                             : print_line(work, "Computed: no rating");
    if (status == STATUS_OK)
        status = print_line(work, "%s", rating->reasoning);
    if (status == STATUS_OK && declared)
        status = print_line(work, "Declared: %s. %s", declared,
                            declared_reason ? declared_reason : "No reason is given.");
    return status;
}

static enum status explain_given(struct given *given, enum command_format format)
{
    struct rating_input input;
    struct computed_rating rating;
    const struct scale *scale = NULL;
    const char *code = argument_value(given->command, given->arguments, "scale");
    enum status status = read_input(given, &input);
    if (status == STATUS_OK)
        status = rating_scale_load(given->work, code ? code : "five-level", &scale);
    if (status != STATUS_OK)
        return status;
    rating_compute(given->work->arena, scale, &input, &rating);
    return print_rating(given->work, format, &rating, NULL, NULL);
}

/* The first row of the period's returns at which the measure stands, for the unit if one is given.
 */
static const struct return_measure *find_measure(const struct return_view *view,
                                                 const char *measure, const char *unit)
{
    for (size_t i = 0; i < view->line_count; i++) {
        const struct return_line *line = &view->lines[i];
        if (unit && strcmp(line->head->unit_code, unit) != 0)
            continue;
        for (size_t m = 0; m < line->measure_count; m++)
            if (strcmp(line->measures[m].measure->code, measure) == 0)
                return &line->measures[m];
    }
    return NULL;
}

static enum status explain_measure(struct given *given, const char *measure,
                                   enum command_format format)
{
    struct work *work = given->work;
    struct period period;
    struct return_view *view = NULL;
    const struct scale *scale = NULL;
    const char *words = NULL;
    const char *folder = argument_value(given->command, given->arguments, "workspace");
    const char *unit = argument_value(given->command, given->arguments, "unit");
    enum status status = argument_period(work, given->command, given->arguments, &words);
    if (status == STATUS_OK)
        status = workspace_open(work, folder ? folder : given->arguments->folder, STORE_READ);
    if (status != STATUS_OK)
        return status;
    bool read = period_read(slice_of(words), &period);
    assert(read);
    status = return_store_load(work, period, &(struct return_scope){ 0 }, &view);
    if (status == STATUS_OK)
        status = rating_scale_load(work, view->authority.rating_scale, &scale);
    if (status != STATUS_OK)
        return status;
    const struct return_measure *found = find_measure(view, measure, unit);
    if (!found)
        return work_fail(work, STATUS_NOT_FOUND,
                         "No row of the returns of %s has the measure \"%.60s\"%s%.60s.",
                         period_print_long(work->arena, period), measure,
                         unit ? " for the unit " : "", unit ? unit : "");
    struct rated_measure rated = rating_of_measure(work->arena, view, scale, found, 0);
    return print_rating(work, format, &rated.computed,
                        found->declared ? found->declared->declared : NULL,
                        found->declared ? found->declared->declared_reason : NULL);
}

enum status explain_rating(struct work *work, const struct command *command,
                           const struct arguments *arguments)
{
    struct given given = { work, command, arguments, STATUS_OK };
    enum command_format format = FORMAT_TEXT;
    const char *measure = argument_value(command, arguments, "measure");
    enum status status = argument_format(work, command, arguments, &format);
    if (status != STATUS_OK)
        return status;
    return measure ? explain_measure(&given, measure, format) : explain_given(&given, format);
}
