/* The words of relative likelihoods. The ratio's direction is a row's, never the code's. */
#include "service/likelihood_metric.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/rules_table.h"
#include "base/banned.h"

struct search {
    const char *wanted, *known;
    struct likelihood_metric *metric;
    bool is_found;
};

enum { CODE, SCHEME, TITLE, TOP, DISADVANTAGE, REFERENCE, GROUP, EVENT };

static enum status take_metric(struct work *work, void *target,
                               const char *const cells[RULES_MOST_COLUMNS])
{
    struct search *search = target;
    for (int i = CODE; i <= EVENT; i++)
        if (!cells[i] && i != SCHEME)
            return work_fail(work, STATUS_INPUT,
                             "rules/likelihood_metrics.csv has a row with an empty cell; only the "
                             "scheme may be empty.");
    search->known = arena_format(work->arena, "%s%s%s", search->known ? search->known : "",
                                 search->known ? ", " : "", cells[CODE]);
    if (strcmp(cells[CODE], search->wanted) != 0)
        return STATUS_OK;
    search->is_found = true;
    *search->metric = (struct likelihood_metric){
        .code = cells[CODE],
        .scheme = cells[SCHEME],
        .title = cells[TITLE],
        .top = strcmp(cells[TOP], "group") == 0            ? LIKELIHOOD_GROUP_ON_TOP
               : strcmp(cells[TOP], "reference-odds") == 0 ? LIKELIHOOD_REFERENCE_ODDS_ON_TOP
                                                           : LIKELIHOOD_REFERENCE_ON_TOP,
        .is_adverse_above = strcmp(cells[DISADVANTAGE], "above") == 0,
        .reference = cells[REFERENCE],
        .group = cells[GROUP],
        .event = cells[EVENT],
    };
    return STATUS_OK;
}

enum status likelihood_metric_load(struct work *work, const char *code,
                                   struct likelihood_metric *out_metric)
{
    static const char *const columns[] = { "metric",    "scheme", "title", "top", "disadvantage",
                                           "reference", "group",  "event", NULL };
    struct search search = { .wanted = code, .metric = out_metric };
    enum status status = rules_table_read(work, "likelihood_metrics.csv", columns, take_metric,
                                          &search);
    if (status == STATUS_OK && !search.is_found)
        return work_fail(work, STATUS_USAGE, "There is no metric \"%.40s\"; there are %s.", code,
                         search.known);
    return status;
}

static const char *capital(struct arena *arena, const char *words)
{
    char *copy = arena_copy_text(arena, words);
    if (copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 'a' + 'A');
    return copy;
}

const char *likelihood_sentence(struct arena *arena, const struct likelihood_metric *metric,
                                const struct likelihood_case *compared,
                                const struct likelihood *likelihood)
{
    bool group_on_top = metric->top == LIKELIHOOD_GROUP_ON_TOP;
    const char *top = group_on_top ? metric->group : metric->reference;
    const char *bottom = group_on_top ? metric->reference : metric->group;
    struct significance_group above = group_on_top ? compared->group : compared->reference;
    struct significance_group below = group_on_top ? compared->reference : compared->group;
    const char *numbers = arena_format(
        arena, "%s of %s against %s of %s%s", number_print_count(arena, above.cases),
        number_print_count(arena, above.base), number_print_count(arena, below.cases),
        number_print_count(arena, below.base),
        compared->years > 1 ? arena_format(arena, ", %zu years together", compared->years) : "");
    if (likelihood->finding == LIKELIHOOD_NOT_COMPARED)
        return arena_format(arena, "%s and %s cannot be compared (%s).", capital(arena, top),
                            bottom, numbers);
    if (!likelihood->has_ratio)
        return arena_format(arena,
                            "None of %s, so there is no ratio (%s); with half a case added "
                            "to each number it would lie between %.2f and %.2f.",
                            bottom, numbers, likelihood->katz.interval.low,
                            likelihood->katz.interval.high);
    if (metric->top == LIKELIHOOD_REFERENCE_ODDS_ON_TOP)
        return arena_format(
            arena,
            "The odds of %s %s were %s times those of %s (95%% interval %.2f to %.2f%s; %s).", top,
            metric->event, number_print(arena, likelihood->ratio, 2), bottom,
            likelihood->katz.interval.low, likelihood->katz.interval.high,
            likelihood->katz.is_adjusted ? ", with half a case added" : "", numbers);
    return arena_format(arena,
                        "%s were %s times as likely %s as %s (95%% interval %.2f to "
                        "%.2f%s; %s).",
                        capital(arena, top), number_print(arena, likelihood->ratio, 2),
                        metric->event, bottom, likelihood->katz.interval.low,
                        likelihood->katz.interval.high,
                        likelihood->katz.is_adjusted ? ", with half a case added" : "", numbers);
}

const char *likelihood_reading(struct arena *arena, const struct likelihood_metric *metric,
                               const struct likelihood *likelihood)
{
    bool is_above = likelihood->katz.ratio > 1;
    const char *side = is_above == metric->is_adverse_above ? "disadvantage" : "advantage";
    switch (likelihood->finding) {
    case LIKELIHOOD_SIGNIFICANT:
        return arena_format(arena,
                            "Significant: outside 0.80 to 1.25, and the interval leaves out "
                            "1. It is to the %s of %s.",
                            side, metric->group);
    case LIKELIHOOD_INDICATION:
        return arena_format(arena,
                            "An indication, small numbers: outside 0.80 to 1.25, to the %s "
                            "of %s, but the interval holds 1. Watch it, or put two or three "
                            "years together.",
                            side, metric->group);
    case LIKELIHOOD_SMALL_BUT_REAL:
        return arena_format(arena,
                            "Small but real: within 0.80 to 1.25, and the interval leaves "
                            "out 1. It is to the %s of %s.",
                            side, metric->group);
    case LIKELIHOOD_NO_EVIDENCE:
        return "No evidence of a difference: within 0.80 to 1.25, and the interval holds 1.";
    case LIKELIHOOD_NOT_COMPARED:
        break;
    }
    return "Nothing can be said: a group is empty, or nobody met with the event.";
}

const char *likelihood_p_words(struct arena *arena, double p)
{
    return p < 0.001 ? "below 0.001" : arena_format(arena, "%.3f", p);
}
