#include "service/release_attack.h"

#include <string.h>

#include "attack/attack.h"
#include "attack/certificate.h"
#include "attack/published.h"
#include "base/arena.h"
#include "base/banned.h"

enum {
    LEAST_THRESHOLD = 5,
    MOST_FOLLOWED = 4000 /* hidden counts that level 4 goes after one by one */
};

void release_attack_rule(const struct profile *profile, const struct release *release,
                         struct figure_rule *out_rule)
{
    *out_rule = (struct figure_rule){
        /* What is counted for the whole organisation only is hidden where it is nought too. */
        .shows_zeros = profile->shows_zeros && release->withheld_count == 0,
        .rounding = profile_moves_counts(profile) ? 0 : profile->base,
        .band = profile->method == PROFILE_ROUND ? release->band : 0,
        .reach = release->reach,
        .least = profile->method == PROFILE_CELL_KEY ? profile->threshold : 0,
    };
}

/* What is being attacked, and how its figures are to be read. */
struct target {
    struct work *work;
    const struct release *release;
    const struct profile *profile;
    struct figure_rule rule;
    struct published published;
};

/* A small count that stands there rounded, or moved, is as protected as a hidden one. */
static bool is_protected_figure(const struct target *target, struct released_figure figure)
{
    switch (target->profile->method) {
    case PROFILE_NEAREST:
        return figure.number <= target->profile->base;
    case PROFILE_CONTROLLED:
    case PROFILE_ADDITIVE:
        return figure.mark == RELEASED_SHOWN && figure.number <= target->release->base;
    default:
        return false;
    }
}

/* Adds a row as a reader sees it: its labels, and the figure or its mark. */
static enum status add_row(struct target *target, const struct released_table *table, size_t row,
                           int32_t name)
{
    struct work *work = target->work;
    struct published *published = &target->published;
    struct released_figure figure = released_table_count(table, row);
    const char *shown = figure.mark == RELEASED_SHOWN
                            ? arena_format(work->arena, "%lld", (long long)figure.number)
                            : released_mark_text(figure.mark);
    struct published_cell cell = { .population = -1, .period = -1, .table_name = name };
    for (size_t i = 0; i < released_table_headings(table); i++) {
        const char *label = released_table_label(table, row, i);
        if (strcmp(label, RELEASED_ALL) == 0)
            continue;
        if (cell.category_count == PUBLISHED_MOST_VARIABLES)
            return work_fail(work, STATUS_LIMIT,
                             "A table crosses more than %d columns; the attacker cannot take that "
                             "in. Name smaller tables.",
                             PUBLISHED_MOST_VARIABLES);
        cell.categories[cell.category_count++] = (struct category){
            published_word(published, slice_of(released_table_heading(table, i))),
            published_word(published, slice_of(label)),
        };
    }
    cell.shown = published_word(published, slice_of(shown));
    if (!published_read_figure(slice_of(shown), &target->rule, &cell))
        return work_fail(work, STATUS_REFUSED,
                         "The attacker cannot read the figure %.20s, which the profile's rule does "
                         "not give.",
                         shown);
    if (is_protected_figure(target, figure))
        cell.state = CELL_SECONDARY;
    published_add_cell(published, &cell);
    return STATUS_OK;
}

static enum status read_tables(struct target *target)
{
    enum status status = STATUS_OK;
    for (size_t t = 0; t < target->release->table_count; t++) {
        const struct released_table *table = target->release->tables[t];
        int32_t name = published_word(&target->published, slice_of(released_table_name(table)));
        published_add_table(&target->published);
        for (size_t row = 0; status == STATUS_OK && row < released_table_rows(table); row++)
            status = add_row(target, table, row, name);
    }
    return status;
}

static const char **sources_of(struct arena *arena, const struct release *release)
{
    const char **sources = arena_array_of(arena, release->table_count + 1, const char *);
    for (size_t t = 0; t < release->table_count; t++)
        sources[t] = released_table_name(release->tables[t]);
    return sources;
}

/* Counts what came out, but a nought where noughts are shown; gives the name of the first, and the
 * way there in lines. */
static const char *find_exposed(struct work *work, const struct certificate_case *about,
                                bool shows_zeros, struct release_attack *attack)
{
    const struct attack_result *result = about->result;
    const char *name = "";
    for (int32_t c = 0; c < about->puzzle->puzzle.cell_count; c++) {
        if (!result->is_exposed[c] || (shows_zeros && result->bounds.most[c] == 0) ||
            attack->exposed++ > 0)
            continue;
        attack->certificate = certificate_of(work->arena, about, c);
        name = published_name(about->published, work->arena, about->puzzle->meanings[c].cell);
    }
    return name;
}

static enum status run_levels(struct target *target, struct published_puzzle *puzzle,
                              struct attack_result *result)
{
    struct work *work = target->work;
    int64_t threshold = target->profile->threshold;
    struct attack_options options = { .level = LEVEL_EXACT,
                                      .width = 1,
                                      .threshold = threshold > 0 ? threshold : LEAST_THRESHOLD };
    enum status status = published_as_puzzle(work, &target->published, NULL, puzzle);
    if (status == STATUS_OK)
        status = attack_run(work, &puzzle->puzzle, &options, result);
    if (status == STATUS_OK && result->is_undecided && result->hidden <= MOST_FOLLOWED) {
        options.level = LEVEL_WIDTHS;
        status = attack_run(work, &puzzle->puzzle, &options, result);
    }
    return status;
}

static enum status attack(struct target *target, struct release_attack *attack)
{
    struct work *work = target->work;
    struct published_puzzle puzzle;
    struct attack_result result;
    const struct certificate_case about = { &target->published, &puzzle, &result,
                                            sources_of(work->arena, target->release) };
    enum status status = read_tables(target);
    if (status == STATUS_OK)
        status = run_levels(target, &puzzle, &result);
    if (status != STATUS_OK)
        return status;
    const char *name = find_exposed(work, &about, target->profile->shows_zeros, attack);
    attack->is_undecided = result.is_undecided;
    attack->words = attack->is_undecided
                        ? "Attacker, levels 0 to 2: nothing is given away by sums and intervals; "
                          "the exact test could not decide every count."
                        : "Attacker, levels 0 to 2 (replay, intervals, exact recovery): no "
                          "protected count becomes known.";
    if (attack->exposed == 0)
        return STATUS_OK;
    attack->words = "Attacker, levels 0 to 2: protected counts become known.";
    return work_fail(work, STATUS_REFUSED,
                     "The attacker works %lld protected counts out, among them \"%s\"; nothing is "
                     "given out. Name fewer tables, merge categories or choose a stricter profile.",
                     (long long)attack->exposed, name);
}

enum status release_attack(struct work *work, const struct release *release,
                           const struct profile *profile, struct release_attack *out_attack)
{
    struct release_attack own = { .words = NULL };
    struct target target = { .work = work,
                             .release = release,
                             .profile = profile,
                             .published = published_new(work->arena) };
    enum status status = STATUS_OK;
    release_attack_rule(profile, release, &target.rule);
    target.published.omits_zeros = !profile->shows_zeros;
    if (profile->method == PROFILE_NONE)
        own.words = "Attacker: nothing is hidden, so there is nothing to find.";
    else
        status = attack(&target, &own);
    if (status == STATUS_OK || status == STATUS_REFUSED)
        *out_attack = own;
    return status;
}
