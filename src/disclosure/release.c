/* Statuses by the profile's method, then tables in which only what may be shown stands. */
#include "disclosure/release.h"

#include <assert.h>
#include <ctype.h>

#include "base/arena.h"
#include "base/text.h"
#include "disclosure/amounts.h"
#include "disclosure/controlled.h"
#include "disclosure/released_body.h"
#include "disclosure/rounding.h"
#include "disclosure/sensitive.h"
#include "disclosure/small_counts.h"
#include "disclosure/suppression.h"
#include "base/banned.h"

enum { LONGEST_REPORT = 4000 };
_Static_assert((int)RELEASE_STANDARD_EFFORT == (int)SECONDARY_STANDARD_EFFORT, "one standard");

struct making {
    struct work *work;
    const struct release_plan *plan;
    const struct release_options *options;
    const int64_t *thresholds; /* by cell */
    unsigned char *statuses;   /* by cell */
    const int64_t *additive;   /* by cell, what is shown: of the methods that keep sums */
    struct amounts amounts;    /* where an amount is asked for */
    struct release *release;
};

/* ---- what is hidden ---- */

static enum status suppress(struct making *making)
{
    const struct relations *relations = making->plan->relations;
    const struct profile *profile = making->options->profile;
    struct suppression suppression;
    struct suppression_options options = {
        .shows_zeros = profile->shows_zeros,
        .safety = SAFETY_JOINT,
        .effort = making->options->effort,
    };
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        if (relations->values[cell] < making->thresholds[cell] &&
            (relations->values[cell] > 0 || !profile->shows_zeros) &&
            !making->plan->is_withheld[cell])
            making->statuses[cell] = CELL_PRIMARY;
    enum status status = suppression_run(making->work, relations, &options, making->statuses,
                                         &suppression);
    making->release->primary_count = suppression.secondary.primary_count;
    making->release->secondary_count = suppression.secondary.secondary_count;
    making->release->certificate = suppression.certificate;
    making->release->joint_words = suppression_joint_words(making->work->arena, suppression.joint,
                                                           suppression.combination_count);
    return status;
}

static enum status round_figures(struct making *making)
{
    const struct profile *profile = making->options->profile;
    struct rounding_result result = { 0 };
    struct rounding_options options = {
        .base = profile->base,
        .thresholds = making->thresholds,
        .shows_zeros = profile->shows_zeros,
    };
    enum status status = rounding_protect(making->work, making->plan->relations, &options,
                                          making->statuses, &result);
    making->release->primary_count = result.primary_count;
    making->release->secondary_count = result.withheld_count;
    making->release->found_count = result.found;
    return status;
}

/* What is shown of a count: rounded, or with its noise. */
static int64_t shown_value(const struct making *making, int32_t cell)
{
    const struct release_plan *plan = making->plan;
    int64_t value = plan->relations->values[cell];
    if (making->additive)
        return making->additive[cell];
    if (making->options->profile->method == PROFILE_CELL_KEY)
        return cell_key_perturb(making->options->noise, value, plan->key_sums[cell]);
    return profile_round(making->options->profile->base, value);
}

/* The threshold holds for the count and for what would be shown of it. */
static void perturb(struct making *making)
{
    for (int32_t cell = 0; cell < making->plan->relations->cell_count; cell++) {
        int64_t value = making->plan->relations->values[cell];
        if (value >= making->thresholds[cell] &&
            shown_value(making, cell) >= making->thresholds[cell])
            continue;
        making->statuses[cell] = CELL_PRIMARY;
        making->release->primary_count++;
    }
    making->release->reach = cell_key_reach(making->options->noise);
}

/* The base is the largest threshold that holds for any cell, so that stricter rules are kept. */
static int64_t largest_base(const struct making *making)
{
    int64_t base = making->options->profile->base;
    for (int32_t cell = 0; cell < making->plan->relations->cell_count; cell++)
        base = making->thresholds[cell] > base ? making->thresholds[cell] : base;
    return base;
}

static enum status round_small_counts(struct making *making)
{
    struct small_counts counts;
    int64_t base = largest_base(making);
    enum status status = small_counts_round(making->work, making->plan, base, &counts);
    if (status != STATUS_OK)
        return status;
    making->additive = counts.values;
    making->release->base = base;
    making->release->reach = counts.largest_change;
    making->release->changed_count = counts.changed_count;
    making->release->largest_change = counts.largest_change;
    return STATUS_OK;
}

static enum status round_controlled(struct making *making)
{
    struct controlled counts;
    int64_t base = largest_base(making);
    enum status status = controlled_round(making->work, making->plan->relations, base, &counts);
    if (status != STATUS_OK)
        return status;
    making->additive = counts.values;
    making->release->base = base;
    making->release->reach = base - !counts.is_widened;
    making->release->is_widened = counts.is_widened;
    making->release->is_least = counts.is_least;
    making->release->changed_count = counts.changed_count;
    making->release->largest_change = counts.largest_change;
    return STATUS_OK;
}

static enum status protect(struct making *making)
{
    switch (making->options->profile->method) {
    case PROFILE_SUPPRESS:
        return suppress(making);
    case PROFILE_ROUND:
    case PROFILE_NEAREST:
        return round_figures(making);
    case PROFILE_CELL_KEY:
        perturb(making);
        return STATUS_OK;
    case PROFILE_ADDITIVE:
        return round_small_counts(making);
    case PROFILE_CONTROLLED:
        return round_controlled(making);
    case PROFILE_NONE:
        break;
    }
    return STATUS_OK;
}

/* Groups of people, large enough to be shown, all of whom stand under one label. */
static int64_t count_uniform(const struct making *making)
{
    const struct relations *relations = making->plan->relations;
    int64_t count = 0;
    for (int32_t r = 0; r < relations->relation_count; r++) {
        int64_t start = relations->starts[r], end = relations->starts[r + 1], nonzero = 0;
        int32_t total = relations->members[start];
        for (int64_t i = start + 1; i < end; i++)
            nonzero += relations->values[relations->members[i]] > 0;
        count += nonzero == 1 && end - start > 2 && making->statuses[total] == CELL_PUBLISHED;
    }
    return count;
}

/* ---- the tables ---- */

static struct released_figure count_of(const struct making *making, int32_t cell)
{
    if (making->statuses[cell] != CELL_PUBLISHED || making->plan->is_withheld[cell])
        return (struct released_figure){ RELEASED_CONFIDENTIAL, 0 };
    return (struct released_figure){ RELEASED_SHOWN, shown_value(making, cell) };
}

/* [z] where nobody is, [x] where nobody's amount is known. */
static struct released_figure amount_of(const struct making *making, int32_t cell,
                                        const int64_t *amounts)
{
    struct released_figure count = count_of(making, cell);
    if (count.mark != RELEASED_SHOWN || !making->amounts.is_shown[cell])
        return (struct released_figure){ RELEASED_CONFIDENTIAL, 0 };
    if (making->plan->relations->values[cell] == 0)
        return (struct released_figure){ RELEASED_NOT_APPLICABLE, 0 };
    if (making->amounts.counts[cell] == 0)
        return (struct released_figure){ RELEASED_UNAVAILABLE, 0 };
    return (struct released_figure){ RELEASED_SHOWN, amounts[cell] };
}

/* From published figures alone, so that a percentage tells nothing that they do not. */
static struct released_figure percent_of(const struct making *making, struct released_figure part,
                                         struct released_figure whole)
{
    const struct profile *profile = making->options->profile;
    const struct released_figure confidential = { RELEASED_CONFIDENTIAL, 0 };
    if (part.mark != RELEASED_SHOWN || whole.mark != RELEASED_SHOWN)
        return confidential;
    if (whole.number == 0)
        return (struct released_figure){ RELEASED_NOT_APPLICABLE, 0 };
    int64_t rest = whole.number - part.number;
    bool is_all_or_none = rest == 0 || part.number == 0;
    if (profile->method != PROFILE_NONE &&
        (is_all_or_none || rest < profile->threshold || whole.number > INT64_MAX / NUMBER_ONE ||
         whole.number * NUMBER_ONE < profile->percent_base))
        return confidential;
    int64_t percent = (200 * part.number + whole.number) / (2 * whole.number);
    return percent == 0 && part.number > 0 ? (struct released_figure){ RELEASED_LOW, 0 }
                                           : (struct released_figure){ RELEASED_SHOWN, percent };
}

/* The plan's columns that a table uses, in its order. */
static size_t table_columns(const struct release_plan *plan, const struct cube_counts *counts,
                            size_t *out_columns)
{
    size_t count = 0;
    for (size_t a = 0; a < counts->axis_count; a++)
        for (size_t level = 0; level < counts->axes[a]->level_count; level++)
            for (size_t i = 0; i < plan->column_count; i++)
                if (slice_is(slice_of(counts->axes[a]->names[level]),
                             plan->people->column[plan->column_places[i]].name))
                    out_columns[count++] = i;
    return count;
}

static const char *column_name(const struct making *making, size_t column)
{
    return making->plan->people->column[making->plan->column_places[column]].name;
}

static const char *heading_of(const struct making *making, size_t column)
{
    const struct release_words *words = making->options->words;
    const char *name = column_name(making, column);
    return arena_copy_text(making->work->arena,
                           words ? words->heading(words->context, name) : name);
}

static const char *label_of(const struct making *making, int32_t cell, size_t column)
{
    const struct release_words *words = making->options->words;
    struct slice label;
    if (!release_plan_label(making->plan, cell, column, &label))
        return RELEASED_ALL;
    if (words && label.length)
        return words->label(words->context, column_name(making, column), label);
    return label.length ? slice_copy(making->work->arena, label) : "Not given";
}

static const struct released_table *make_table(struct making *making, size_t t)
{
    const struct release_plan *plan = making->plan;
    const struct cube_counts *counts = &plan->cube->tables[t];
    struct arena *arena = making->work->arena;
    size_t columns[RELEASE_PLAN_MOST_COLUMNS], rows = counts->cell_count,
                                               nodes[CUBE_MOST_VARIABLES];
    struct released_table *table = arena_new_of(arena, struct released_table);
    *table = (struct released_table){
        .name = arena_copy_text(arena, counts->name),
        .heading_count = table_columns(plan, counts, columns),
        .row_count = rows,
        .counts = arena_array_of(arena, rows, struct released_figure),
        .percents = arena_array_of(arena, rows, struct released_figure),
    };
    if (making->options->amount) {
        table->means = arena_array_of(arena, rows, struct released_figure);
        table->medians = arena_array_of(arena, rows, struct released_figure);
    }
    table->headings = arena_array_of(arena, table->heading_count, const char *);
    table->labels = arena_array_of(arena, rows * table->heading_count, const char *);
    for (size_t c = 0; c < table->heading_count; c++)
        table->headings[c] = heading_of(making, columns[c]);
    for (size_t row = 0; row < rows; row++) {
        int32_t cell = plan->cells[t][row];
        for (size_t c = 0; c < table->heading_count; c++)
            table->labels[row * table->heading_count + c] = label_of(making, cell, columns[c]);
        table->counts[row] = count_of(making, cell);
        if (making->options->amount) {
            assert(table->means && table->medians); /* taken above */
            table->means[row] = amount_of(making, cell, making->amounts.means);
            table->medians[row] = amount_of(making, cell, making->amounts.medians);
        }
        cube_nodes(counts, row, nodes);
        bool is_whole = counts->axis_count == 0 || nodes[0] == 0;
        if (counts->axis_count)
            nodes[0] = 0;
        struct released_figure whole = count_of(making, plan->cells[t][cube_cell(counts, nodes)]);
        table->percents[row] = is_whole ? (struct released_figure){ RELEASED_NOT_APPLICABLE, 0 }
                                        : percent_of(making, table->counts[row], whole);
    }
    return table;
}

/* Means are exact, so they go only with counts that are what they seem. */
static enum status measure_amounts(struct making *making)
{
    const struct release_options *options = making->options;
    const struct amounts_rule rule = { options->profile, *options->amount, making->statuses };
    if (profile_moves_counts(options->profile))
        return work_fail(making->work, STATUS_REFUSED,
                         "The profile %s changes counts, so means of an amount would give it away; "
                         "choose another.",
                         options->profile->name);
    enum status status = amounts_measure(making->work, making->plan, &rule, &making->amounts);
    making->release->has_amounts = true;
    making->release->few_count = making->amounts.few_count;
    making->release->dominated_count = making->amounts.dominated_count;
    making->release->amount_secondary_count = making->amounts.secondary_count;
    return status;
}

/* What a reader knows of every hidden count, where rounding hides small ones and nothing else. */
static int64_t band_of(const struct making *making)
{
    int64_t threshold = making->options->profile->threshold;
    for (int32_t cell = 0; cell < making->plan->relations->cell_count; cell++)
        if ((making->statuses[cell] != CELL_PUBLISHED || making->plan->is_withheld[cell]) &&
            making->plan->relations->values[cell] >= threshold)
            return 0;
    return threshold;
}

static void count_withheld(struct making *making)
{
    for (int32_t cell = 0; cell < making->plan->relations->cell_count; cell++)
        making->release->withheld_count += making->plan->is_withheld[cell];
}

enum status release_make(struct work *work, const struct release_plan *plan,
                         const struct release_options *options, struct release *out_release)
{
    int64_t *thresholds = NULL;
    struct release release = { .cell_count = plan->relations->cell_count,
                               .relation_count = plan->relations->relation_count };
    struct making making = {
        .work = work,
        .plan = plan,
        .options = options,
        .statuses = arena_take(work->arena, (size_t)plan->relations->cell_count),
        .release = &release,
    };
    enum status status = sensitive_thresholds(work, plan, options->profile->threshold, &thresholds);
    making.thresholds = thresholds;
    if (status == STATUS_OK)
        status = protect(&making);
    if (status == STATUS_OK && options->amount)
        status = measure_amounts(&making);
    if (status != STATUS_OK) {
        out_release->certificate = release.certificate;
        return status;
    }
    count_withheld(&making);
    release.band = band_of(&making);
    release.uniform_count = count_uniform(&making);
    release.table_count = plan->cube->table_count;
    release.tables = arena_array_of(work->arena, release.table_count,
                                    const struct released_table *);
    for (size_t t = 0; t < release.table_count; t++)
        release.tables[t] = make_table(&making, t);
    *out_release = release;
    return STATUS_OK;
}

/* ---- the report ----
 *
 * Each line is one sentence pattern from its first word to its full stop, so that pages find it
 * among the translations (script/messages). */

static void say_controlled(struct text *text, const struct release *release)
{
    if (release->is_least)
        text_add_format(
            text,
            "Rounded: every count to a multiple of %lld, by %lld at most, so that everything adds "
            "up; no rounding of this kind moves less in all.\n",
            (long long)release->base, (long long)release->largest_change);
    else
        text_add_format(
            text,
            "Rounded: every count to a multiple of %lld, by %lld at most, so that everything adds "
            "up.\n",
            (long long)release->base, (long long)release->largest_change);
    if (release->is_widened)
        text_add(text, "To make it add up, counts that were multiples had to move too.\n");
    text_add(text,
             "Audit: the rounded figures fit what a reader knows as well as the counts do, so "
             "none of these can be worked out.\n");
}

static void say_suppressed(struct text *text, const struct release *release)
{
    text_add_format(text,
                    "Hidden, marked [c]. Small counts: %lld. Others, because a small count could "
                    "be worked out from them by adding, by subtracting or by knowing what a hidden "
                    "cell holds at least: %lld.\n",
                    (long long)release->primary_count, (long long)release->secondary_count);
    text_add(text, "Audit: no small count can be worked out from these tables together.\n");
    if (release->joint_words)
        text_add(text, release->joint_words);
}

static void say_rounded(struct text *text, const struct release *release)
{
    if (release->found_count == 0)
        text_add_format(
            text, "Hidden, marked [c]. Small counts: %lld. Rounding gives none of them away.\n",
            (long long)release->primary_count);
    else
        text_add_format(text,
                        "Hidden, marked [c]. Small counts: %lld. Rounding alone would have given "
                        "%lld away; so that "
                        "it does not, rounded figures are withheld: %lld.\n",
                        (long long)release->primary_count, (long long)release->found_count,
                        (long long)release->secondary_count);
    text_add(text, "Audit: no small count can be worked out from these tables together.\n");
}

static void say_noise(struct text *text, const struct release *release)
{
    text_add_format(text,
                    "Hidden, marked [c]. Small counts: %lld. The others carry noise, so they do "
                    "not add up; the "
                    "same people carry the same noise in every table.\n",
                    (long long)release->primary_count);
    text_add(text,
             "Do not publish the secret, the table of noise or how large the noise can be.\n");
}

static void say_method(struct text *text, const struct release *release,
                       const struct profile *profile)
{
    switch (profile->method) {
    case PROFILE_ADDITIVE:
        text_add_format(
            text,
            "Cells changed: %lld, by %lld at most, so that no small count is left. Everything "
            "adds up.\n",
            (long long)release->changed_count, (long long)release->largest_change);
        break;
    case PROFILE_CONTROLLED:
        say_controlled(text, release);
        break;
    case PROFILE_CELL_KEY:
        say_noise(text, release);
        break;
    case PROFILE_SUPPRESS:
        say_suppressed(text, release);
        break;
    case PROFILE_ROUND:
    case PROFILE_NEAREST:
        say_rounded(text, release);
        break;
    case PROFILE_NONE:
        text_add(text, "Nothing is hidden. Keep this inside the restricted role.\n");
    }
}

static void say_amounts(struct text *text, const struct release *release,
                        const struct profile *profile)
{
    text_add_format(
        text,
        "Means and medians: shown where the count is and at least %lld people have an amount. "
        "Hidden beside a shown count: %lld with too few, %lld that one or two people make up, "
        "%lld so that those cannot be worked out from sums.\n",
        (long long)profile->mean_base, (long long)release->few_count,
        (long long)release->dominated_count, (long long)release->amount_secondary_count);
}

const char *release_report(struct work *work, const struct release *release,
                           const struct profile *profile)
{
    struct text text = text_new(work->arena, LONGEST_REPORT);
    char *summary = arena_copy_text(work->arena, profile->summary);
    summary[0] = (char)toupper((unsigned char)summary[0]);
    text_add_format(&text, "Profile %s (%s). %s.\n", profile->name, profile->title, summary);
    text_add_format(&text,
                    "Tables protected together: %zu; different cells in them: %lld; sums between "
                    "the cells: %lld.\n",
                    release->table_count, (long long)release->cell_count,
                    (long long)release->relation_count);
    say_method(&text, release, profile);
    if (release->has_amounts)
        say_amounts(&text, release, profile);
    if (release->withheld_count)
        text_add_format(&text,
                        "Withheld altogether: %lld cells that cross something which is counted for "
                        "the whole organisation only.\n",
                        (long long)release->withheld_count);
    if (release->uniform_count)
        text_add_format(
            &text,
            "Look at %lld groups in which everybody has the same label: whoever knows that "
            "somebody belongs to the group knows the label too. Merge categories where that "
            "matters.\n",
            (long long)release->uniform_count);
    return text.bytes;
}
