/* The figures as JSON. Percentages are text with one decimal; null where there is none. */
#include <stdlib.h>

#include "base/arena.h"
#include "cli/explain.h"
#include "cli/paygap.h"
#include "base/banned.h"

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *gap_json(struct arena *arena, const struct pay_gap *gap)
{
    return text_or_null(pay_gap_words(arena, gap));
}

static json_t *share_json(struct arena *arena, int64_t part, int64_t all)
{
    return text_or_null(pay_tenths_words(arena, pay_share_tenths(part, all)));
}

static void set_key(json_t *json, struct arena *arena, const char *group, const char *what,
                    json_t *value)
{
    json_object_set_new(json, arena_format(arena, "%s%s", group, what), value);
}

/* Sex has plain keys (`men`); other characteristics an object of their groups' titles. */
static bool is_plain(const struct people_groups *groups)
{
    return groups->role == PEOPLE_SEX;
}

static const char *key_of(const struct people_groups *groups, size_t group)
{
    return is_plain(groups) ? groups->groups[group].code : groups->groups[group].title;
}

/* The bonus gaps and shares. */
static json_t *bonus_json(struct arena *arena, const struct people_groups *groups,
                          const struct pay_figures *figures, size_t group)
{
    json_t *json = json_object();
    const struct pay_group_figures *pair[] = { &figures->groups[0], &figures->groups[group] };
    const size_t places[] = { 0, group };
    bool is_known = pair[1]->mean_bonus_gap.state != PAY_GAP_NOT_KNOWN;
    json_object_set_new(json, "mean_gap", gap_json(arena, &pair[1]->mean_bonus_gap));
    json_object_set_new(json, "median_gap", gap_json(arena, &pair[1]->median_bonus_gap));
    for (size_t i = 0; i < 2; i++) {
        const char *key = is_plain(groups) ? groups->groups[places[i]].code
                                           : (i == 0 ? "comparator" : "group");
        set_key(json, arena, key, "", json_integer(pair[i]->bonus.people));
        set_key(json, arena, key, "_percent",
                is_known ? share_json(arena, pair[i]->bonus.people, pair[i]->relevant)
                         : json_null());
    }
    return json;
}

static void set_range(json_t *json, struct arena *arena, const char *name, const int64_t *ends,
                      int64_t size)
{
    set_key(json, arena, name, "least", json_integer(ends[0]));
    set_key(json, arena, name, "most", json_integer(ends[1]));
    set_key(json, arena, name, "least_percent", share_json(arena, ends[0], size));
    set_key(json, arena, name, "most_percent", share_json(arena, ends[1], size));
}

/* Between which numbers a lawful order of ties leaves the choice; and any order at all, which is
 * what programs without the ratio rule choose from. */
static json_t *range_json(struct arena *arena, const struct pay_band_counts *counts, int band,
                          int64_t size)
{
    json_t *json = json_object();
    const int64_t lawful[] = { counts->least[band], counts->most[band] };
    const int64_t any[] = { counts->any_least[band], counts->any_most[band] };
    set_range(json, arena, "", lawful, size);
    set_range(json, arena, "any_order_", any, size);
    return json;
}

static json_t *quarter_json(struct arena *arena, const struct people_groups *groups,
                            const struct pay_figures *figures, int band)
{
    json_t *json = json_object(), *range = json_object(), *array = json_array();
    int64_t size = figures->bands.size[band];
    json_object_set_new(json, "band", json_string(pay_band_words[band]));
    json_object_set_new(json, "people", json_integer(size));
    for (size_t group = 0; group < groups->count; group++) {
        const struct pay_band_counts *counts = &figures->bands.groups[group];
        json_t *people = json_integer(counts->people[band]);
        json_t *percent = share_json(arena, counts->people[band], size);
        json_t *choice = range_json(arena, counts, band, size);
        if (is_plain(groups)) {
            set_key(json, arena, groups->groups[group].code, "", people);
            set_key(json, arena, groups->groups[group].code, "_percent", percent);
            json_object_set_new(range, groups->groups[group].code, choice);
        } else {
            json_array_append_new(array, json_pack("{s:s, s:o, s:o, s:o}", "group",
                                                   groups->groups[group].title, "people", people,
                                                   "percent", percent, "range", choice));
        }
    }
    json_object_set_new(json, is_plain(groups) ? "range" : "groups",
                        is_plain(groups) ? range : array);
    json_decref(is_plain(groups) ? array : range);
    return json;
}

static json_t *quarters_json(struct arena *arena, const struct people_groups *groups,
                             const struct pay_figures *figures)
{
    json_t *json = json_array();
    for (int band = 0; band < PAY_QUARTERS; band++)
        json_array_append_new(json, quarter_json(arena, groups, figures, band));
    return json;
}

static json_t *top_json(struct arena *arena, const struct people_groups *groups,
                        const struct pay_figures *figures)
{
    json_t *json = json_object(), *array = json_array();
    json_object_set_new(json, "people", json_integer(figures->top_people));
    json_object_set_new(json, "full_time_equivalent",
                        json_string(number_print_short(arena, figures->top_full_time)));
    for (size_t group = 0; group < groups->count; group++) {
        const struct pay_group_figures *own = &figures->groups[group];
        json_t *people = json_integer(own->top_people);
        json_t *percent = share_json(arena, own->top_full_time, figures->top_full_time);
        if (is_plain(groups)) {
            set_key(json, arena, groups->groups[group].code, "", people);
            set_key(json, arena, groups->groups[group].code, "_percent", percent);
        } else {
            json_array_append_new(array,
                                  json_pack("{s:s, s:o, s:o}", "group", groups->groups[group].title,
                                            "people", people, "percent", percent));
        }
    }
    if (is_plain(groups))
        json_decref(array);
    else
        json_object_set_new(json, "groups", array);
    return json;
}

static json_t *ties_json(struct arena *arena, const struct people_groups *groups,
                         const struct pay_figures *figures)
{
    json_t *json = json_array();
    for (size_t i = 0; i < figures->bands.ties.count; i++) {
        const struct pay_tie *tie = figures->bands.ties.items[i];
        json_t *one = json_object(), *shared = json_array();
        int64_t people = 0;
        for (int band = 0; band < PAY_QUARTERS; band++) {
            if (tie->places[band] == 0)
                continue;
            json_t *part = json_object();
            people += tie->places[band];
            json_object_set_new(part, "band", json_string(pay_band_words[band]));
            for (size_t group = 0; group < groups->count; group++)
                json_object_set_new(part, key_of(groups, group),
                                    json_integer(tie->shared[group * PAY_QUARTERS + (size_t)band]));
            json_array_append_new(shared, part);
        }
        json_object_set_new(one, "rate",
                            json_string(number_print(arena, tie->rate * (NUMBER_ONE / 100), 2)));
        json_object_set_new(one, "people", json_integer(people));
        json_object_set_new(one, "first_place", json_integer(tie->first));
        json_object_set_new(one, "shared", shared);
        json_array_append_new(json, one);
    }
    return json;
}

static json_t *pay_json(struct arena *arena, const struct pay_level *level)
{
    json_t *json = json_object();
    struct ratio mean;
    enum { NANO_IN_MILLIONTH = 1000, PLACES = 4 };
    ratio_wide parts = (ratio_wide)level->people * NANO_IN_MILLIONTH * NUMBER_ONE;
    bool has_mean = level->people > 0 && ratio_make(level->sum, parts, &mean);
    ratio_wide middle = (ratio_wide)level->middle[0] + level->middle[1];
    struct ratio median;
    bool has_median = level->people > 0 &&
                      ratio_make(middle, (ratio_wide)2 * NANO_IN_MILLIONTH * NUMBER_ONE, &median);
    json_object_set_new(json, "mean",
                        has_mean ? json_string(ratio_print(arena, mean, PLACES)) : json_null());
    json_object_set_new(json, "median",
                        has_median ? json_string(ratio_print(arena, median, PLACES)) : json_null());
    return json;
}

/* The gaps of one group against the comparator, into `json`. */
static void set_gaps(json_t *json, struct arena *arena, const struct people_groups *groups,
                     const struct pay_figures *figures, size_t group)
{
    const struct pay_group_figures *own = &figures->groups[group];
    json_object_set_new(json, "mean_gap", gap_json(arena, &own->mean_gap));
    json_object_set_new(json, "median_gap", gap_json(arena, &own->median_gap));
    if (own->mean_gap.state != PAY_GAP_GIVEN)
        json_object_set_new(json, "no_gap_because",
                            json_string(pay_state_words(own->mean_gap.state)));
    if (own->mean_gap.is_unproven || own->median_gap.is_unproven)
        json_object_set_new(json, "last_decimal_unproven", json_true());
    json_object_set_new(json, "bonus", bonus_json(arena, groups, figures, group));
}

/* What everybody and each unit have alike, after the population. */
static void set_figures(json_t *json, struct arena *arena, const struct people_groups *groups,
                        const struct pay_figures *figures)
{
    if (is_plain(groups)) {
        set_gaps(json, arena, groups, figures, 1);
    } else {
        json_t *array = json_array();
        json_object_set_new(json, "comparator", json_string(groups->groups[0].title));
        for (size_t group = 1; group < groups->count; group++) {
            json_t *one = json_object();
            int64_t people = figures->groups[group].pay.people;
            json_object_set_new(one, "group", json_string(groups->groups[group].title));
            json_object_set_new(one, "people", json_integer(people));
            set_gaps(one, arena, groups, figures, group);
            if (people < groups->robust_people)
                json_object_set_new(one, "fewer_than_is_robust",
                                    json_integer(groups->robust_people));
            json_array_append_new(array, one);
        }
        json_object_set_new(json, "groups", array);
    }
    json_object_set_new(json, "quarters", quarters_json(arena, groups, figures));
    json_object_set_new(json, "top_5_percent", top_json(arena, groups, figures));
}

static json_t *population_json(struct arena *arena, const struct people_groups *groups,
                               const struct pay_figures *figures)
{
    json_t *json = json_object(), *relevant = json_object(), *pay = json_object();
    json_t *composition = json_object();
    int64_t all = 0;
    for (size_t group = 0; group < groups->count; group++)
        all += figures->groups[group].relevant;
    for (size_t group = 0; group < groups->count; group++) {
        const struct pay_group_figures *own = &figures->groups[group];
        const char *key = key_of(groups, group);
        json_object_set_new(json, key, json_integer(own->pay.people));
        json_object_set_new(relevant, key, json_integer(own->relevant));
        json_object_set_new(composition, key, share_json(arena, own->relevant, all));
        json_object_set_new(pay, key, pay_json(arena, &own->pay));
    }
    json_object_set_new(json, "relevant", relevant);
    json_object_set_new(json, "composition_percent", composition);
    json_object_set_new(json, "pay", pay);
    return json;
}

static void set_excluded(json_t *population, struct work *work, const struct paygap_print *print)
{
    const struct pay_report *report = print->report;
    json_t *excluded = json_object(), *reasons = json_object(), *rows = json_object();
    for (int i = PAY_COUNTED + 1; i < PAY_STANDING_COUNT; i++) {
        const char *code = i == PAY_GROUP_UNKNOWN
                               ? arena_format(work->arena, "%s-not-known",
                                              people_roles[report->groups.role].code)
                               : pay_standing_code((enum pay_standing)i);
        json_object_set_new(excluded, code, json_integer(report->ranking.standing[i]));
    }
    for (size_t i = 0; i < report->reduction_count; i++) {
        const struct pay_reduction *reduction = &report->reductions[i];
        json_object_set_new(reasons, slice_copy(work->arena, reduction->label),
                            json_integer(reduction->count));
    }
    for (int i = 0; i < PEOPLE_REFUSAL_COUNT; i++)
        if (print->people->refused[i] > 0)
            json_object_set_new(rows, people_refusal_words((enum people_refusal)i),
                                json_integer(print->people->refused[i]));
    json_object_set_new(population, "excluded", excluded);
    json_object_set_new(population, "not_known_percent",
                        share_json(work->arena, report->ranking.standing[PAY_GROUP_UNKNOWN],
                                   (int64_t)report->ranking.columns->count));
    json_object_set_new(population, "reduced_pay_reasons", reasons);
    json_object_set_new(population, "rows_left_out", rows);
}

static json_t *basis_json(const struct paygap_print *print)
{
    const struct pay_basis *basis = &print->report->basis;
    return json_pack("{s:s, s:s?, s:s?, s:s?, s:s?, s:s, s:b}", "pay", basis->pay, "hours",
                     basis->by_hour ? basis->hours : NULL, "bonus", basis->bonus, "status",
                     basis->status, "full_time", basis->full_time, "group", basis->group,
                     "as_it_stands", !basis->by_hour);
}

static json_t *units_json(struct arena *arena, const struct pay_report *report)
{
    json_t *json = json_array();
    for (size_t i = 0; i < report->unit_count; i++) {
        const struct pay_unit *unit = &report->units[i];
        json_t *one = json_object();
        json_object_set_new(one, "unit", json_string(unit->path));
        json_object_set_new(one, "name", json_string(unit->name));
        json_object_set_new(one, "level", json_string(unit->level));
        json_object_set_new(one, "depth", json_integer((json_int_t)unit->depth));
        json_object_set_new(one, "population",
                            population_json(arena, &report->groups, &unit->figures));
        set_figures(one, arena, &report->groups, &unit->figures);
        json_array_append_new(json, one);
    }
    return json;
}

enum status paygap_print_json(struct work *work, const struct paygap_print *print)
{
    const struct pay_report *report = print->report;
    struct arena *arena = work->arena;
    json_t *json = json_object();
    json_t *population = population_json(arena, &report->groups, &report->figures);
    json_object_set_new(json, "protected", json_false());
    json_object_set_new(json, "by", json_string(people_roles[report->groups.role].code));
    set_excluded(population, work, print);
    json_object_set_new(json, "population", population);
    set_figures(json, arena, &report->groups, &report->figures);
    json_object_set_new(json, "ties", ties_json(arena, &report->groups, &report->figures));
    json_object_set_new(json, "units", units_json(arena, report));
    json_object_set_new(json, "basis", basis_json(print));
    json_object_set_new(json, "checks",
                        json_pack("{s:I, s:I, s:I}", "short_contracts", (json_int_t)report->passing,
                                  "below_minimum_wage", (json_int_t)report->below_minimum,
                                  "above_100_times_the_median", (json_int_t)report->far_above));
    json_object_set_new(json, "sha256", json_string(print->people->hash));
    return print_json(work, json);
}
