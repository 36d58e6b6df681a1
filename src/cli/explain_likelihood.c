/* dueregard explain likelihood: two groups' chances of the same event, and what may be said. */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "cli/explain.h"
#include "service/likelihood_metric.h"
#include "base/banned.h"

enum { MOST_YEARS = 5, MOST_COUNT = 1000000000 };

/* "60/240", or years to be put together: "60/240,55/231". */
static enum status read_counts(struct work *work, const struct command *command,
                               const struct arguments *arguments, const char *name,
                               struct likelihood_case *compared)
{
    struct significance_group years[MOST_YEARS], *out;
    const char *text = argument_value(command, arguments, name);
    struct slice rest = slice_of(text), part, cases;
    size_t count = 0;
    for (bool is_good = text != NULL; slice_split(&rest, ',', &part); count++) {
        is_good = is_good && count < MOST_YEARS && slice_split(&part, '/', &cases) &&
                  slice_integer(slice_trim(cases), &years[count].cases) &&
                  slice_integer(slice_trim(part), &years[count].base) && years[count].cases >= 0 &&
                  years[count].cases <= years[count].base && years[count].base <= MOST_COUNT;
        if (!is_good)
            return work_fail(work, STATUS_USAGE,
                             "--%s is cases of a base such as 60/240, or up to %d years of them "
                             "such as 60/240,55/231, not \"%.40s\".",
                             name, MOST_YEARS, text);
    }
    if (count == 0)
        return work_fail(work, STATUS_USAGE,
                         "explain likelihood wants --reference and --group, each cases of a base "
                         "such as 60/240.");
    out = strcmp(name, "group") == 0 ? &compared->group : &compared->reference;
    *out = likelihood_pool(years, count);
    if (count > compared->years)
        compared->years = count;
    return STATUS_OK;
}

static json_t *interval_json(struct interval interval)
{
    return json_pack("[f, f]", interval.low, interval.high);
}

static enum status print_as_json(struct work *work, const struct likelihood_metric *metric,
                                 const struct likelihood_case *compared,
                                 const struct likelihood *likelihood)
{
    json_t *json = json_object();
    bool is_compared = likelihood->finding != LIKELIHOOD_NOT_COMPARED;
    json_object_set_new(json, "metric", json_string(metric->code));
    json_object_set_new(json, "title", json_string(metric->title));
    json_object_set_new(
        json, "on_top",
        json_string(metric->top == LIKELIHOOD_GROUP_ON_TOP ? metric->group : metric->reference));
    json_object_set_new(json, "ratio",
                        likelihood->has_ratio
                            ? json_string(number_print(work->arena, likelihood->ratio, 3))
                            : json_null());
    if (is_compared) {
        json_object_set_new(json, "interval", interval_json(likelihood->katz.interval));
        json_object_set_new(json, "difference_interval", interval_json(likelihood->difference));
        json_object_set_new(json, "p", json_real(likelihood->test.p));
        json_object_set_new(json, "test", json_string(likelihood->test.is_exact ? "fisher" : "z"));
    }
    json_object_set_new(json, "below_four_fifths", json_boolean(likelihood->is_below_four_fifths));
    json_object_set_new(json, "small", json_boolean(likelihood->is_small));
    json_object_set_new(json, "years", json_integer((json_int_t)compared->years));
    json_object_set_new(json, "finding", json_string(likelihood_finding_code(likelihood->finding)));
    json_object_set_new(
        json, "sentence",
        json_string(likelihood_sentence(work->arena, metric, compared, likelihood)));
    json_object_set_new(json, "reading",
                        json_string(likelihood_reading(work->arena, metric, likelihood)));
    return print_json(work, json);
}

static enum status print_as_text(struct work *work, const struct likelihood_metric *metric,
                                 const struct likelihood_case *compared,
                                 const struct likelihood *likelihood)
{
    enum status status = STATUS_OK;
    if (metric->scheme)
        status = print_line(work, "%s, %s", metric->scheme, metric->title);
    if (status == STATUS_OK)
        status = print_wrapped(work, "",
                               likelihood_sentence(work->arena, metric, compared, likelihood));
    if (status == STATUS_OK)
        status = print_wrapped(work, "", likelihood_reading(work->arena, metric, likelihood));
    if (status == STATUS_OK && likelihood->finding != LIKELIHOOD_NOT_COMPARED)
        status = print_wrapped(
            work, "",
            arena_format(work->arena,
                         "The shares differ by %.1f to %.1f points (95%%); p is %s by "
                         "%s.",
                         likelihood->difference.low * 100, likelihood->difference.high * 100,
                         likelihood_p_words(work->arena, likelihood->test.p),
                         likelihood->test.is_exact ? "Fisher's exact test" : "the z test"));
    if (status == STATUS_OK && likelihood->is_below_four_fifths)
        status = print_wrapped(work, "",
                               arena_format(work->arena,
                                            "The share of %s is below four fifths of that of %s.",
                                            metric->group, metric->reference));
    if (status == STATUS_OK && likelihood->is_small)
        status = print_wrapped(work, "", "A base is below 30: put two or three years together.");
    return status;
}

enum status explain_likelihood(struct work *work, const struct command *command,
                               const struct arguments *arguments)
{
    struct likelihood_metric metric;
    struct likelihood_case compared = { .years = 1 };
    enum command_format format = FORMAT_TEXT;
    const char *code = argument_value(command, arguments, "metric");
    enum status status = argument_format(work, command, arguments, &format);
    if (status == STATUS_OK)
        status = likelihood_metric_load(work, code ? code : "likelihood", &metric);
    if (status == STATUS_OK)
        status = read_counts(work, command, arguments, "reference", &compared);
    if (status == STATUS_OK)
        status = read_counts(work, command, arguments, "group", &compared);
    if (status != STATUS_OK)
        return status;
    struct likelihood likelihood = likelihood_compare(compared.reference, compared.group,
                                                      metric.top);
    return format == FORMAT_JSON ? print_as_json(work, &metric, &compared, &likelihood)
                                 : print_as_text(work, &metric, &compared, &likelihood);
}
