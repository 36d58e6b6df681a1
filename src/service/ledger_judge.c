/* Attacks a release together with those before it. */
#include <string.h>

#include "attack/attack.h"
#include "attack/certificate.h"
#include "base/arena.h"
#include "service/ledger.h"
#include "base/banned.h"

enum { MOST_PARTS = 10000, MOST_POPULATIONS = 1000, MOST_PAIRS = 4000, MOST_EXPLAINED = 20 };

/* What belongs together with a release: populations that are made of each other, and periods. */
struct neighbourhood {
    struct ledger *ledger;
    size_t release, count; /* releases [0, count) are looked at */
    struct population_part parts[MOST_PARTS];
    size_t part_count, parts_before; /* parts_before: of definitions that earlier releases gave */
    int32_t populations[MOST_POPULATIONS], periods[3];
    size_t population_count, period_count;
};

static const struct ledger_release *release_at(const struct ledger *ledger, size_t place)
{
    return ledger->releases.items[place];
}

/* The parts of "A + B - C"; a word alone is a part too. The attacker reads his `--sum` by himself
 * (attack/differences.c): what guards and what attacks share no reading of populations, so that
 * neither can hide the other's mistake. */
static enum status take_definition(struct work *work, struct neighbourhood *near,
                                   const struct ledger_release *release)
{
    struct published *published = &near->ledger->published;
    struct slice rest = slice_trim(slice_of(release->definition));
    int32_t whole = published_word(published, slice_of(release->population));
    int8_t sign = 1;
    for (size_t i = 0; i < near->part_count; i++)
        if (near->parts[i].whole == whole)
            return STATUS_OK; /* said before */
    while (rest.length) {
        ptrdiff_t plus = slice_find(rest, " + "), minus = slice_find(rest, " - ");
        ptrdiff_t end = plus < 0 || (minus >= 0 && minus < plus) ? minus : plus;
        struct slice part = end < 0 ? rest : slice_first(rest, (size_t)end);
        if (near->part_count == MOST_PARTS)
            return work_fail(work, STATUS_LIMIT, "The definitions name more than %d parts.",
                             MOST_PARTS);
        near->parts[near->part_count++] = (struct population_part){
            whole, published_word(published, slice_trim(part)), sign
        };
        sign = end >= 0 && end == minus ? -1 : 1;
        rest = end < 0 ? SLICE("") : slice_from(rest, (size_t)end + sizeof " + " - 1);
    }
    return STATUS_OK;
}

static bool has_number(const int32_t *numbers, size_t count, int32_t number)
{
    for (size_t i = 0; i < count; i++)
        if (numbers[i] == number)
            return true;
    return false;
}

static enum status add_population(struct work *work, struct neighbourhood *near, int32_t population)
{
    if (has_number(near->populations, near->population_count, population))
        return STATUS_OK;
    if (near->population_count == MOST_POPULATIONS)
        return work_fail(
            work, STATUS_LIMIT,
            "More than %d populations are made of each other; that is more than can be "
            "looked at together.",
            MOST_POPULATIONS);
    near->populations[near->population_count++] = population;
    return STATUS_OK;
}

/* All populations that definitions join to that of the release. */
static enum status find_populations(struct work *work, struct neighbourhood *near)
{
    struct published *published = &near->ledger->published;
    for (size_t i = 0; i < near->count; i++) {
        near->parts_before = near->part_count;
        enum status status = take_definition(work, near, release_at(near->ledger, i));
        if (status != STATUS_OK)
            return status;
    }
    enum status status = STATUS_OK;
    for (size_t i = release_at(near->ledger, near->release)->first;
         status == STATUS_OK && i < release_at(near->ledger, near->release)->end; i++)
        status = add_population(work, near, published->cells[i].population);
    for (size_t before = 0; status == STATUS_OK && before < near->population_count;) {
        before = near->population_count;
        for (size_t i = 0; status == STATUS_OK && i < near->part_count; i++) {
            const struct population_part *part = &near->parts[i];
            if (has_number(near->populations, near->population_count, part->whole))
                status = add_population(work, near, part->part);
            else if (has_number(near->populations, near->population_count, part->part))
                status = add_population(work, near, part->whole);
        }
        if (before == near->population_count)
            break;
    }
    return status;
}

/* The release's period, and of those released the ones just before and after it. */
static void find_periods(struct neighbourhood *near)
{
    struct published *published = &near->ledger->published;
    const char *own = release_at(near->ledger, near->release)->period;
    const char *before = NULL, *after = NULL;
    for (size_t i = 0; i < near->count; i++) {
        const struct ledger_release *other = release_at(near->ledger, i);
        int32_t population = published_word(published, slice_of(other->population));
        if (!has_number(near->populations, near->population_count, population))
            continue;
        int order = strcmp(other->period, own);
        if (order < 0 && (!before || strcmp(other->period, before) > 0))
            before = other->period;
        if (order > 0 && (!after || strcmp(other->period, after) < 0))
            after = other->period;
    }
    const char *const periods[] = { before, own, after };
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        if (periods[i])
            near->periods[near->period_count++] = published_word(published, slice_of(periods[i]));
}

/* Copies the cells of releases [0, count) that are near. */
static struct published near_cells(struct arena *arena, const struct neighbourhood *near,
                                   size_t count)
{
    const struct published *all = &near->ledger->published;
    struct published published = *all;
    published.arena = arena;
    published.cells = NULL;
    published.cell_count = published.cell_room = 0;
    published.omits_zeros = true;
    for (size_t r = 0; r < count; r++) {
        const struct ledger_release *release = release_at(near->ledger, r);
        for (size_t i = release->first; i < release->end; i++) {
            const struct published_cell *cell = &all->cells[i];
            if (!has_number(near->populations, near->population_count, cell->population) ||
                !has_number(near->periods, near->period_count, cell->period))
                continue;
            /* Where zeros are shown, a row that is not there is one. */
            if (cell->state == CELL_SHOWN && cell->most == 0)
                published.omits_zeros = false;
            published_add_cell(&published, cell);
            published.cells[published.cell_count - 1].table = cell->table;
        }
    }
    return published;
}

/* Where a whole population changed by fewer than the threshold, a reader may take it that nobody
 * else moved, and what changed beside it is about those few. */
static size_t find_pairs(const struct neighbourhood *near, const struct published *published,
                         int64_t threshold, struct period_pair *out_pairs)
{
    size_t count = 0;
    for (size_t p = 0; p < near->population_count; p++)
        for (size_t t = 1; t < near->period_count && count < MOST_PAIRS; t++) {
            int32_t population = near->populations[p];
            int64_t before = published_total(published, population, near->periods[t - 1]);
            int64_t after = published_total(published, population, near->periods[t]);
            int64_t moved = after > before ? after - before : before - after;
            if (before < 0 || after < 0 || moved >= threshold)
                continue;
            out_pairs[count++] = (struct period_pair){ population, near->periods[t - 1],
                                                       near->periods[t], after >= before ? 1 : -1,
                                                       moved };
        }
    return count;
}

/* Periods that no pair ties to the release's own say nothing of it, and are left out. */
static void keep_tied_periods(struct neighbourhood *near, const struct published_links *links)
{
    int32_t own = published_word(&near->ledger->published,
                                 slice_of(release_at(near->ledger, near->release)->period));
    size_t kept = 0;
    for (size_t t = 0; t < near->period_count; t++) {
        bool is_tied = near->periods[t] == own;
        for (size_t i = 0; i < links->pair_count; i++)
            is_tied = is_tied || links->pairs[i].earlier == near->periods[t] ||
                      links->pairs[i].later == near->periods[t];
        if (is_tied)
            near->periods[kept++] = near->periods[t];
    }
    near->period_count = kept;
}

/* An attack on what is near, of releases [0, count). */
struct ledger_attack {
    struct published published;
    struct published_puzzle puzzle;
    struct attack_result result;
};

static enum status attack_near(struct work *work, struct neighbourhood *near, size_t count,
                               struct ledger_attack *attack)
{
    int64_t threshold = 0;
    for (size_t r = 0; r < near->count; r++)
        if (release_at(near->ledger, r)->threshold > threshold)
            threshold = release_at(near->ledger, r)->threshold;
    struct attack_options options = {
        .level = LEVEL_EXACT, .width = 1, .threshold = threshold, .rounded_below = threshold
    };
    struct period_pair *pairs = arena_array_of(work->arena, MOST_PAIRS, struct period_pair);
    attack->published = near_cells(work->arena, near, count);
    struct published_links links = { near->parts,
                                     count < near->count ? near->parts_before : near->part_count,
                                     pairs, 0 };
    links.pair_count = find_pairs(near, &attack->published, threshold, pairs);
    keep_tied_periods(near, &links);
    attack->published = near_cells(work->arena, near, count);
    for (;;) {
        enum status status = published_as_puzzle(work, &attack->published, &links, &attack->puzzle);
        if (status == STATUS_OK)
            status = attack_run(work, &attack->puzzle.puzzle, &options, &attack->result);
        if (status == STATUS_OK && attack->result.is_undecided && options.level < LEVEL_WIDTHS) {
            options.level = LEVEL_WIDTHS; /* cell by cell, where all at once did not do */
            continue;
        }
        if (status != STATUS_INPUT || links.pair_count == 0)
            return status;
        /* The figures themselves show that others moved too. */
        work_forget(work);
        links.pair_count = 0;
    }
}

/* True where the attack without the new release gave the same cell away. */
static bool was_exposed(struct arena *arena, const struct ledger_attack *before, const char *name)
{
    for (int32_t c = 0; c < before->puzzle.puzzle.cell_count; c++)
        if (before->result.is_exposed[c] &&
            strcmp(published_name(&before->published, arena, before->puzzle.meanings[c].cell),
                   name) == 0)
            return true;
    return false;
}

static const char **sources_of(struct arena *arena, const struct ledger *ledger)
{
    const char **sources = arena_array_of(arena, (size_t)ledger->published.table_count + 1,
                                          const char *);
    for (size_t r = 0; r < ledger->releases.count; r++) {
        const struct ledger_release *release = release_at(ledger, r);
        for (int32_t t = release->first_table; t < release->table_end; t++)
            sources[t] = release->name;
    }
    return sources;
}

static void list_exposures(struct work *work, const struct neighbourhood *near,
                           const struct ledger_attack *after, const struct ledger_attack *before,
                           struct ledger_verdict *verdict)
{
    const struct certificate_case about = { &after->published, &after->puzzle, &after->result,
                                            sources_of(work->arena, near->ledger) };
    for (int32_t c = 0; c < after->puzzle.puzzle.cell_count; c++) {
        if (!after->result.is_exposed[c])
            continue;
        const char *name = published_name(&after->published, work->arena,
                                          after->puzzle.meanings[c].cell);
        if (was_exposed(work->arena, before, name))
            continue;
        struct ledger_exposure *exposure = arena_new_of(work->arena, struct ledger_exposure);
        *exposure = (struct ledger_exposure){ name, after->result.bounds.least[c],
                                              after->result.bounds.most[c], NULL };
        if (verdict->exposures.count < MOST_EXPLAINED)
            exposure->certificate = certificate_of(work->arena, &about, c);
        list_add(work->arena, &verdict->exposures, exposure);
    }
}

static bool is_same_count(const struct published_cell *a, const struct published_cell *b)
{
    return a->population == b->population && a->period == b->period &&
           a->category_count == b->category_count &&
           memcmp(a->categories, b->categories,
                  (size_t)a->category_count * sizeof *a->categories) == 0;
}

/* Whether an earlier release prints the same. */
static bool is_public(const struct published *published, const struct published_cell *cell,
                      size_t end)
{
    for (size_t i = 0; i < end; i++)
        if (published->cells[i].least == published->cells[i].most &&
            is_same_count(&published->cells[i], cell))
            return true;
    return false;
}

/* Small counts that the release prints as they are. */
static void list_printed(struct work *work, const struct neighbourhood *near,
                         struct ledger_verdict *verdict)
{
    const struct published *published = &near->ledger->published;
    const struct ledger_release *release = release_at(near->ledger, near->release);
    for (size_t i = release->first; i < release->end; i++) {
        const struct published_cell *cell = &published->cells[i];
        if (cell->state != CELL_SHOWN || cell->least != cell->most || cell->most == 0 ||
            cell->most >= release->threshold || is_public(published, cell, release->first))
            continue;
        struct ledger_exposure *exposure = arena_new_of(work->arena, struct ledger_exposure);
        *exposure = (struct ledger_exposure){ published_name(published, work->arena, cell),
                                              cell->least, cell->most, NULL };
        if (verdict->exposures.count < MOST_EXPLAINED)
            exposure->certificate = arena_format(work->arena, "  %s is printed as it is.\n",
                                                 exposure->name);
        list_add(work->arena, &verdict->exposures, exposure);
    }
}

bool ledger_verdict_admits(const struct ledger_verdict *verdict)
{
    return verdict->exposures.count == 0 && !verdict->is_undecided;
}

const char *ledger_verdict_words(struct arena *arena, const struct ledger_verdict *verdict,
                                 size_t before)
{
    if (verdict->exposures.count > 0)
        return arena_format(arena,
                            "Attacker, levels 0 to 2, together with the %zu releases before: "
                            "protected counts that would become known: %zu.",
                            before, verdict->exposures.count);
    if (verdict->is_undecided)
        return arena_format(arena,
                            "Attacker, levels 0 to 2, together with the %zu releases before: "
                            "nothing is given away by sums and intervals, but the exact test could "
                            "not decide every count, so it is not proved safe.",
                            before);
    return arena_format(arena,
                        "Attacker, levels 0 to 2 (replay, intervals, exact recovery), together "
                        "with the %zu releases before, as far as they bear on the same people: no "
                        "protected count becomes known.",
                        before);
}

enum status ledger_admit(struct work *work, const struct ledger_release *release,
                         const struct ledger_verdict *verdict)
{
    if (ledger_verdict_admits(verdict))
        return STATUS_OK;
    return work_fail(work, STATUS_REFUSED,
                     "%s is not released: %s. Raise the threshold, round, choose coarser tables, "
                     "or leave one out.",
                     release->name,
                     verdict->exposures.count > 0
                         ? "with what was released before, it gives somebody away"
                         : "it is not proved safe, because the exact test could not decide every "
                           "count");
}

enum status ledger_judge(struct work *work, struct ledger *ledger, size_t release,
                         struct ledger_verdict *out_verdict)
{
    struct neighbourhood *near = arena_new_of(work->arena, struct neighbourhood);
    struct ledger_attack after, before;
    struct ledger_verdict verdict = { 0 };
    near->ledger = ledger;
    near->release = release;
    near->count = release + 1;
    enum status status = find_populations(work, near);
    if (status != STATUS_OK)
        return status;
    find_periods(near);
    status = attack_near(work, near, release + 1, &after);
    if (status == STATUS_OK && after.result.exposed > 0) {
        status = attack_near(work, near, release, &before);
        if (status == STATUS_OK)
            list_exposures(work, near, &after, &before, &verdict);
    }
    if (status == STATUS_OK)
        list_printed(work, near, &verdict);
    verdict.is_undecided = status == STATUS_OK && after.result.is_undecided;
    if (status == STATUS_OK)
        *out_verdict = verdict;
    return status;
}
