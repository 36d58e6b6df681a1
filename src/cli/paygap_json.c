/* The figures as JSON. Percentages are text with one decimal; null where there is none. They are
 * written straight out: with many units a tree of them costs more than all the counting. */
#include "base/arena.h"
#include "cli/paygap.h"
#include "codec/json_writer.h"
#include "base/banned.h"

enum {
    BATCH = 64 * 1024, /* printed when so much is there */
    MOST = 256 << 20   /* between two units; labels are at most 4 kB */
};

/* What every part is written with. */
struct writing {
    struct work *work;
    struct arena *arena; /* of the figures' words; emptied between units */
    struct json_writer json;
    const struct people_groups *groups;
};

static void write_gap(struct writing *writing, const char *key, const struct pay_gap *gap)
{
    json_write_text(&writing->json, key, pay_gap_words(writing->arena, gap));
}

static void write_share(struct writing *writing, const char *key, int64_t part, int64_t all)
{
    json_write_text(&writing->json, key,
                    pay_tenths_words(writing->arena, pay_share_tenths(part, all)));
}

static const char *joined(struct writing *writing, const char *group, const char *what)
{
    return arena_format(writing->arena, "%s%s", group, what);
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
static void write_bonus(struct writing *writing, const struct pay_figures *figures, size_t group)
{
    const struct people_groups *groups = writing->groups;
    const struct pay_group_figures *pair[] = { &figures->groups[0], &figures->groups[group] };
    const size_t places[] = { 0, group };
    bool is_known = pair[1]->mean_bonus_gap.state != PAY_GAP_NOT_KNOWN;
    json_write_object(&writing->json, "bonus");
    write_gap(writing, "mean_gap", &pair[1]->mean_bonus_gap);
    write_gap(writing, "median_gap", &pair[1]->median_bonus_gap);
    for (size_t i = 0; i < 2; i++) {
        const char *key = is_plain(groups) ? groups->groups[places[i]].code
                                           : (i == 0 ? "comparator" : "group");
        const char *percent = joined(writing, key, "_percent");
        json_write_integer(&writing->json, key, pair[i]->bonus.people);
        if (is_known)
            write_share(writing, percent, pair[i]->bonus.people, pair[i]->relevant);
        else
            json_write_text(&writing->json, percent, NULL);
    }
    json_write_object_end(&writing->json);
}

static void write_range_part(struct writing *writing, const char *name, const int64_t *ends,
                             int64_t size)
{
    json_write_integer(&writing->json, joined(writing, name, "least"), ends[0]);
    json_write_integer(&writing->json, joined(writing, name, "most"), ends[1]);
    write_share(writing, joined(writing, name, "least_percent"), ends[0], size);
    write_share(writing, joined(writing, name, "most_percent"), ends[1], size);
}

/* Between which numbers a lawful order of ties leaves the choice; and any order at all, which is
 * what programs without the ratio rule choose from. */
static void write_range(struct writing *writing, const char *key,
                        const struct pay_band_counts *counts, int band, int64_t size)
{
    const int64_t lawful[] = { counts->least[band], counts->most[band] };
    const int64_t any[] = { counts->any_least[band], counts->any_most[band] };
    json_write_object(&writing->json, key);
    write_range_part(writing, "", lawful, size);
    write_range_part(writing, "any_order_", any, size);
    json_write_object_end(&writing->json);
}

static void write_plain_quarter(struct writing *writing, const struct pay_figures *figures,
                                int band)
{
    const struct people_groups *groups = writing->groups;
    int64_t size = figures->bands.size[band];
    for (size_t group = 0; group < groups->count; group++) {
        int64_t people = figures->bands.groups[group].people[band];
        const char *code = groups->groups[group].code;
        json_write_integer(&writing->json, code, people);
        write_share(writing, joined(writing, code, "_percent"), people, size);
    }
    json_write_object(&writing->json, "range");
    for (size_t group = 0; group < groups->count; group++)
        write_range(writing, groups->groups[group].code, &figures->bands.groups[group], band, size);
    json_write_object_end(&writing->json);
}

static void write_group_quarters(struct writing *writing, const struct pay_figures *figures,
                                 int band)
{
    const struct people_groups *groups = writing->groups;
    int64_t size = figures->bands.size[band];
    json_write_array(&writing->json, "groups");
    for (size_t group = 0; group < groups->count; group++) {
        const struct pay_band_counts *counts = &figures->bands.groups[group];
        json_write_object(&writing->json, NULL);
        json_write_text(&writing->json, "group", groups->groups[group].title);
        json_write_integer(&writing->json, "people", counts->people[band]);
        write_share(writing, "percent", counts->people[band], size);
        write_range(writing, "range", counts, band, size);
        json_write_object_end(&writing->json);
    }
    json_write_array_end(&writing->json);
}

static void write_quarters(struct writing *writing, const struct pay_figures *figures)
{
    json_write_array(&writing->json, "quarters");
    for (int band = 0; band < PAY_QUARTERS; band++) {
        json_write_object(&writing->json, NULL);
        json_write_text(&writing->json, "band", pay_band_words[band]);
        json_write_integer(&writing->json, "people", figures->bands.size[band]);
        if (is_plain(writing->groups))
            write_plain_quarter(writing, figures, band);
        else
            write_group_quarters(writing, figures, band);
        json_write_object_end(&writing->json);
    }
    json_write_array_end(&writing->json);
}

static void write_top(struct writing *writing, const struct pay_figures *figures)
{
    const struct people_groups *groups = writing->groups;
    bool plain = is_plain(groups);
    json_write_object(&writing->json, "top_5_percent");
    json_write_integer(&writing->json, "people", figures->top_people);
    json_write_text(&writing->json, "full_time_equivalent",
                    number_print_short(writing->arena, figures->top_full_time));
    if (!plain)
        json_write_array(&writing->json, "groups");
    for (size_t group = 0; group < groups->count; group++) {
        const struct pay_group_figures *own = &figures->groups[group];
        const char *code = groups->groups[group].code;
        if (!plain) {
            json_write_object(&writing->json, NULL);
            json_write_text(&writing->json, "group", groups->groups[group].title);
        }
        json_write_integer(&writing->json, plain ? code : "people", own->top_people);
        write_share(writing, plain ? joined(writing, code, "_percent") : "percent",
                    own->top_full_time, figures->top_full_time);
        if (!plain)
            json_write_object_end(&writing->json);
    }
    if (!plain)
        json_write_array_end(&writing->json);
    json_write_object_end(&writing->json);
}

static void write_tie(struct writing *writing, const struct pay_tie *tie)
{
    const struct people_groups *groups = writing->groups;
    int64_t people = 0;
    for (int band = 0; band < PAY_QUARTERS; band++)
        people += tie->places[band];
    json_write_object(&writing->json, NULL);
    json_write_text(&writing->json, "rate",
                    number_print(writing->arena, tie->rate * (NUMBER_ONE / 100), 2));
    json_write_integer(&writing->json, "people", people);
    json_write_integer(&writing->json, "first_place", tie->first);
    json_write_array(&writing->json, "shared");
    for (int band = 0; band < PAY_QUARTERS; band++) {
        if (tie->places[band] == 0)
            continue;
        json_write_object(&writing->json, NULL);
        json_write_text(&writing->json, "band", pay_band_words[band]);
        for (size_t group = 0; group < groups->count; group++)
            json_write_integer(&writing->json, key_of(groups, group),
                               tie->shared[group * PAY_QUARTERS + (size_t)band]);
        json_write_object_end(&writing->json);
    }
    json_write_array_end(&writing->json);
    json_write_object_end(&writing->json);
}

static void write_pay(struct writing *writing, const char *key, const struct pay_level *level)
{
    enum { NANO_IN_MILLIONTH = 1000, PLACES = 4 };
    struct ratio mean, median;
    ratio_wide parts = (ratio_wide)level->people * NANO_IN_MILLIONTH * NUMBER_ONE;
    bool has_mean = level->people > 0 && ratio_make(level->sum, parts, &mean);
    ratio_wide middle = (ratio_wide)level->middle[0] + level->middle[1];
    bool has_median = level->people > 0 &&
                      ratio_make(middle, (ratio_wide)2 * NANO_IN_MILLIONTH * NUMBER_ONE, &median);
    json_write_object(&writing->json, key);
    json_write_text(&writing->json, "mean",
                    has_mean ? ratio_print(writing->arena, mean, PLACES) : NULL);
    json_write_text(&writing->json, "median",
                    has_median ? ratio_print(writing->arena, median, PLACES) : NULL);
    json_write_object_end(&writing->json);
}

/* The gaps of one group against the comparator. */
static void write_gaps(struct writing *writing, const struct pay_figures *figures, size_t group)
{
    const struct pay_group_figures *own = &figures->groups[group];
    write_gap(writing, "mean_gap", &own->mean_gap);
    write_gap(writing, "median_gap", &own->median_gap);
    if (own->mean_gap.state != PAY_GAP_GIVEN)
        json_write_text(&writing->json, "no_gap_because", pay_state_words(own->mean_gap.state));
    if (own->mean_gap.is_unproven || own->median_gap.is_unproven)
        json_write_boolean(&writing->json, "last_decimal_unproven", true);
    write_bonus(writing, figures, group);
}

/* What everybody and each unit have alike, after the population. */
static void write_figures(struct writing *writing, const struct pay_figures *figures)
{
    const struct people_groups *groups = writing->groups;
    if (is_plain(groups)) {
        write_gaps(writing, figures, 1);
    } else {
        json_write_text(&writing->json, "comparator", groups->groups[0].title);
        json_write_array(&writing->json, "groups");
        for (size_t group = 1; group < groups->count; group++) {
            int64_t people = figures->groups[group].pay.people;
            json_write_object(&writing->json, NULL);
            json_write_text(&writing->json, "group", groups->groups[group].title);
            json_write_integer(&writing->json, "people", people);
            write_gaps(writing, figures, group);
            if (people < groups->robust_people)
                json_write_integer(&writing->json, "fewer_than_is_robust", groups->robust_people);
            json_write_object_end(&writing->json);
        }
        json_write_array_end(&writing->json);
    }
    write_quarters(writing, figures);
    write_top(writing, figures);
}

/* Within the population's object, which stays open. */
static void write_population(struct writing *writing, const struct pay_figures *figures)
{
    const struct people_groups *groups = writing->groups;
    int64_t all = 0;
    json_write_object(&writing->json, "population");
    for (size_t group = 0; group < groups->count; group++) {
        all += figures->groups[group].relevant;
        json_write_integer(&writing->json, key_of(groups, group),
                           figures->groups[group].pay.people);
    }
    json_write_object(&writing->json, "relevant");
    for (size_t group = 0; group < groups->count; group++)
        json_write_integer(&writing->json, key_of(groups, group), figures->groups[group].relevant);
    json_write_object_end(&writing->json);
    json_write_object(&writing->json, "composition_percent");
    for (size_t group = 0; group < groups->count; group++)
        write_share(writing, key_of(groups, group), figures->groups[group].relevant, all);
    json_write_object_end(&writing->json);
    json_write_object(&writing->json, "pay");
    for (size_t group = 0; group < groups->count; group++)
        write_pay(writing, key_of(groups, group), &figures->groups[group].pay);
    json_write_object_end(&writing->json);
}

static void write_excluded(struct writing *writing, const struct paygap_print *print)
{
    const struct pay_report *report = print->report;
    json_write_object(&writing->json, "excluded");
    for (int i = PAY_COUNTED + 1; i < PAY_STANDING_COUNT; i++)
        json_write_integer(
            &writing->json,
            i == PAY_GROUP_UNKNOWN
                ? joined(writing, people_roles[report->groups.role].code, "-not-known")
                : pay_standing_code((enum pay_standing)i),
            report->ranking.standing[i]);
    json_write_object_end(&writing->json);
    write_share(writing, "not_known_percent", report->ranking.standing[PAY_GROUP_UNKNOWN],
                (int64_t)report->ranking.columns->count);
    json_write_object(&writing->json, "reduced_pay_reasons");
    for (size_t i = 0; i < report->reduction_count; i++)
        json_write_integer(&writing->json, slice_copy(writing->arena, report->reductions[i].label),
                           report->reductions[i].count);
    json_write_object_end(&writing->json);
    json_write_object(&writing->json, "rows_left_out");
    for (int i = 0; i < PEOPLE_REFUSAL_COUNT; i++)
        if (print->people->refused[i] > 0)
            json_write_integer(&writing->json, people_refusal_words((enum people_refusal)i),
                               print->people->refused[i]);
    json_write_object_end(&writing->json);
}

static void write_basis(struct writing *writing, const struct pay_basis *basis)
{
    json_write_object(&writing->json, "basis");
    json_write_text(&writing->json, "pay", basis->pay);
    json_write_text(&writing->json, "hours", basis->by_hour ? basis->hours : NULL);
    json_write_text(&writing->json, "bonus", basis->bonus);
    json_write_text(&writing->json, "status", basis->status);
    json_write_text(&writing->json, "full_time", basis->full_time);
    json_write_text(&writing->json, "group", basis->group);
    json_write_boolean(&writing->json, "as_it_stands", !basis->by_hour);
    json_write_object_end(&writing->json);
}

static enum status print_batch(struct writing *writing, size_t least)
{
    struct text *text = writing->json.text;
    if (text->is_full)
        return work_fail(writing->work, STATUS_LIMIT, "The answer is too long for JSON.");
    if (text->length < least)
        return STATUS_OK;
    enum status status = print_bytes(writing->work, text_slice(text));
    text_cut(text, 0);
    return status;
}

static enum status write_units(struct writing *writing, const struct pay_report *report)
{
    enum status status = STATUS_OK;
    json_write_array(&writing->json, "units");
    for (size_t i = 0; status == STATUS_OK && i < report->unit_count; i++) {
        const struct pay_unit *unit = &report->units[i];
        json_write_object(&writing->json, NULL);
        json_write_text(&writing->json, "unit", unit->path);
        json_write_text(&writing->json, "name", unit->name);
        json_write_text(&writing->json, "level", unit->level);
        json_write_integer(&writing->json, "depth", (int64_t)unit->depth);
        write_population(writing, &unit->figures);
        json_write_object_end(&writing->json);
        write_figures(writing, &unit->figures);
        json_write_object_end(&writing->json);
        arena_empty(writing->arena);
        status = print_batch(writing, BATCH);
    }
    json_write_array_end(&writing->json);
    return status;
}

static void write_whole(struct writing *writing, const struct paygap_print *print)
{
    const struct pay_report *report = print->report;
    json_write_boolean(&writing->json, "protected", false);
    json_write_text(&writing->json, "by", people_roles[report->groups.role].code);
    write_population(writing, &report->figures);
    write_excluded(writing, print);
    json_write_object_end(&writing->json);
    write_figures(writing, &report->figures);
    json_write_array(&writing->json, "ties");
    for (size_t i = 0; i < report->figures.bands.ties.count; i++)
        write_tie(writing, report->figures.bands.ties.items[i]);
    json_write_array_end(&writing->json);
}

enum status paygap_print_json(struct work *work, const struct paygap_print *print)
{
    const struct pay_report *report = print->report;
    CLEANUP_ARENA struct arena *words = arena_new();
    struct text text = text_new_of_room(work->arena, 2 * BATCH, MOST);
    struct writing writing = {
        .work = work, .arena = words, .json = json_writer_new(&text), .groups = &report->groups
    };
    json_write_object(&writing.json, NULL);
    write_whole(&writing, print);
    enum status status = write_units(&writing, report);
    write_basis(&writing, &report->basis);
    json_write_object(&writing.json, "checks");
    json_write_integer(&writing.json, "short_contracts", report->passing);
    json_write_integer(&writing.json, "below_minimum_wage", report->below_minimum);
    json_write_integer(&writing.json, "above_100_times_the_median", report->far_above);
    json_write_object_end(&writing.json);
    json_write_text(&writing.json, "sha256", print->people->hash);
    json_write_object_end(&writing.json);
    text_add_character(&text, '\n');
    return status == STATUS_OK ? print_batch(&writing, 0) : status;
}
