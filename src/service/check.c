/* Prepares the lines of a view, runs the table of kinds over them, and sorts what they found. */
#include "service/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "service/check_parts.h"
#include "service/narrative_parts.h"
#include "service/narrative_shelf.h"
#include "base/banned.h"

enum { MESSAGE_MOST = 4000, QUOTE_MOST = 300 };

/* In the order in which findings of one row are listed. */
const struct check_kind check_kinds[] = {
    { .name = "rating-contradicts-value",
      .severity = FINDING_ERROR,
      .find = check_rating_contradicts_value },
    { .name = "forecast-as-position",
      .severity = FINDING_ERROR,
      .find = check_forecast_as_position },
    { .name = "boundary-misread", .severity = FINDING_ERROR, .find = check_boundary_misread },
    { .name = "target-differs-in-row", .severity = FINDING_ERROR, .find = check_target_differs },
    { .name = "narrative-duplicated",
      .severity = FINDING_ERROR,
      .find = check_narrative_duplicated },
    { .name = "measure-duplicated", .severity = FINDING_WARNING, .find = check_measure_duplicated },
    { .name = "inverse-of-target", .severity = FINDING_WARNING, .find = check_inverse_of_target },
    { .name = "missing-untyped", .severity = FINDING_ERROR, .find = check_missing_untyped },
    { .name = "several-measures-in-row",
      .severity = FINDING_WARNING,
      .find = check_several_measures },
    { .name = "restatement-unrecorded",
      .severity = FINDING_WARNING,
      .find = check_restatement_unrecorded },
    { .name = "small-base", .severity = FINDING_NOTE, .find = check_small_base },
    { .name = "cumulative-misjudged",
      .severity = FINDING_ERROR,
      .find = check_cumulative_misjudged },
    { .name = "rated-without-baseline",
      .severity = FINDING_ERROR,
      .find = check_rated_without_baseline },
    { .name = "percentage-contradicted",
      .severity = FINDING_ERROR,
      .find = check_percentage_contradicted },
    { .name = "period-stale", .severity = FINDING_ERROR, .find = check_period_stale },
    { .name = "value-without-number",
      .severity = FINDING_ERROR,
      .find = check_value_without_number },
    { .name = "population-misnamed",
      .severity = FINDING_WARNING,
      .find = check_population_misnamed },
    { .name = "discloses-person", .severity = FINDING_ERROR, .find = check_discloses_person },
};
const size_t check_kind_count = ARRAY_COUNT(check_kinds);

void check_add(struct check *check, const struct check_line *line,
               const struct return_measure *measure, const char *evidence, const char *format, ...)
{
    struct text message = text_new(check->arena, MESSAGE_MOST);
    char words[MESSAGE_MOST];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    text_add(&message, words);
    if (!measure && line->line->measure_count > 0)
        measure = &line->line->measures[0];
    struct finding *finding = arena_new_of(check->arena, struct finding);
    *finding = (struct finding){
        .kind = check->kind->name,
        .severity = check->kind->severity,
        .objective = line->line->objective->code,
        .measure = measure ? measure->measure->code : NULL,
        .unit = line->line->head->unit_code,
        .row = line->line->row->reference,
        .message = message.bytes,
        .evidence = evidence,
        .line = line->order,
        .kind_order = (size_t)(check->kind - check_kinds),
    };
    list_add(check->arena, &check->findings->list, finding);
}

bool check_level_is_met(const struct check *check, const struct scale_level *level)
{
    return level && level < scale_level_missed(check->scale);
}

bool check_prints(const struct narrative *narrative, int64_t number)
{
    for (size_t i = 0; i < narrative->figure_count; i++)
        if (narrative->figures[i].number == number)
            return true;
    return false;
}

bool check_text_is_blank(const char *text)
{
    return slice_trim(slice_of(text)).length == 0;
}

const char *check_quote(const struct check *check, struct slice words)
{
    words = slice_trim(words);
    struct slice whole = slice_first_whole(words, QUOTE_MOST);
    return arena_format(check->arena, "%.*s%s", (int)whole.length, whole.start ? whole.start : "",
                        whole.length < words.length ? " …" : "");
}

static const struct rated_measure *rated_with_number(const struct check_line *line)
{
    for (size_t i = 0; i < line->line->measure_count; i++)
        if (line->rated[i].computed.has_value && !line->rated[i].is_last)
            return &line->rated[i];
    return NULL;
}

bool check_has_number(const struct check_line *line)
{
    if (rated_with_number(line) || line->value.figure_count > 0)
        return true;
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct value *value = line->line->measures[i].value;
        if (value && (value->value != INTEGER_MISSING || value->numerator != INTEGER_MISSING))
            return true;
    }
    for (size_t i = 0; i < line->progress.figure_count; i++) {
        const struct narrative_figure *figure = &line->progress.figures[i];
        if (!figure->expected && !figure->is_target)
            return true;
    }
    return false;
}

bool check_row_number(const struct check_line *line, int64_t *out_number)
{
    const struct rated_measure *rated = rated_with_number(line);
    if (rated && ratio_round(rated->computed.value, out_number))
        return true;
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const struct value *value = line->line->measures[i].value;
        if (!value || value->value == INTEGER_MISSING)
            continue;
        *out_number = value->value;
        return true;
    }
    if (line->value.figure_count == 0)
        return false;
    *out_number = line->value.figures[0].number;
    return true;
}

bool check_is_countable(const struct check_line *line)
{
    bool countable = line->line->measure_count > 0;
    for (size_t i = 0; i < line->line->measure_count; i++) {
        const char *kind = line->line->measures[i].measure->kind;
        countable = countable && strcmp(kind, "milestone") != 0 && strcmp(kind, "narrative") != 0;
    }
    return countable;
}

/* One letter more than another row of the same objective and unit, or a measure of which another
 * row's measure is a part. */
static bool is_part_of(const struct return_line *part, const struct return_line *whole)
{
    if (part == whole || part->row->objective != whole->row->objective)
        return false;
    size_t length = strlen(whole->row->reference);
    const char *reference = part->row->reference;
    bool letter = strncmp(reference, whole->row->reference, length) == 0 &&
                  strlen(reference) == length + 1 &&
                  (reference[length] < '0' || reference[length] > '9');
    if (letter)
        return true;
    for (size_t i = 0; i < part->measure_count; i++)
        for (size_t j = 0; j < whole->measure_count; j++)
            if (part->measures[i].measure->parent == whole->measures[j].measure->id)
                return true;
    return false;
}

static uint64_t hash_of_word(const char *word)
{
    uint64_t hash = 14695981039346656037U; /* FNV-1a */
    for (; *word; word++)
        hash = (hash ^ (unsigned char)*word) * 1099511628211U;
    return hash;
}

static uint64_t signature_of(const struct narrative *narrative)
{
    uint64_t signature = 0;
    for (size_t i = 0; i < narrative->count; i++)
        if (narrative->tokens[i].kind != TOKEN_MARK)
            signature |= UINT64_C(1) << (hash_of_word(narrative->tokens[i].word) >> 58);
    return signature;
}

static uint64_t figures_hash(const struct narrative *narrative)
{
    uint64_t hash = 14695981039346656037U;
    for (size_t i = 0; i < narrative->figure_count; i++)
        hash = (hash ^ (uint64_t)narrative->figures[i].number) * 1099511628211U;
    return hash;
}

bool check_scope_has(const struct check_scope *scope, const struct return_line *line)
{
    return (!scope->unit || strcmp(line->head->unit_code, scope->unit) == 0) &&
           (!scope->row || strcmp(line->row->reference, scope->row) == 0);
}

struct narrative check_read(const struct check *check, const char *text)
{
    return narrative_shelf_read(check->shelf, check->arena, text);
}

void check_line_read(const struct check *check, struct check_line *line)
{
    if (line->is_read)
        return;
    line->criterion = check_read(check, line->line->row->success_criterion);
    line->progress = check_read(check, line->line->row->progress);
    line->signature = signature_of(&line->progress);
    line->figures = figures_hash(&line->progress);
    line->is_read = true;
}

uint64_t check_line_signature(struct check_line *line)
{
    if (line->is_read || line->signature)
        return line->signature;
    struct narrative progress = { .arena = line->value.arena,
                                  .text = narrative_slice(line->line->row->progress) };
    narrative_split(&progress);
    return line->signature = signature_of(&progress);
}

/* Rates each measure: the period's value, or the last one where the row prints that. */
static void rate_line(struct check *check, struct check_line *line)
{
    const struct return_line *of = line->line;
    struct rated_measure *rated = arena_array_of(check->arena, of->measure_count,
                                                 struct rated_measure);
    line->rated = rated;
    line->worst = NARRATIVE_NONE;
    for (size_t i = 0; i < of->measure_count; i++) {
        rated[i] = rating_of_measure(check->arena, check->view, check->scale, &of->measures[i],
                                     RATING_OF_LAST);
        int64_t last = rated[i].is_last ? rated[i].value->value : 0;
        if (rated[i].is_last)
            check_line_read(check, line);
        if (rated[i].is_last && !check_prints(&line->value, last) &&
            !check_prints(&line->progress, last))
            rated[i] = rating_of_measure(check->arena, check->view, check->scale, &of->measures[i],
                                         0);
        if (rated[i].computed.level &&
            (line->worst == NARRATIVE_NONE ||
             rated[i].computed.level > rated[line->worst].computed.level))
            line->worst = i;
    }
}

static void prepare_line(struct check *check, size_t order, bool is_checked)
{
    const struct return_line *of = &check->view->lines[order];
    struct check_line *line = &check->lines[order];
    *line = (struct check_line){
        .line = of,
        .order = order,
        .value = check_read(check, of->row->value_text),
        .declared = rating_declared(check->scale, of->row->declared),
        .is_checked = is_checked,
    };
    if (is_checked) {
        check_line_read(check, line);
        line->target = check_read(check, of->row->target_text);
        line->forecast = check_read(check, of->row->forecast_text);
    }
    rate_line(check, line);
}

static int by_order(const void *left, const void *right)
{
    const struct check_line *a = *(const struct check_line *const *)left;
    const struct check_line *b = *(const struct check_line *const *)right;
    return (a->order > b->order) - (a->order < b->order);
}

static int by_return(const void *left, const void *right)
{
    const struct check_line *a = *(const struct check_line *const *)left;
    const struct check_line *b = *(const struct check_line *const *)right;
    if (a->line->head != b->line->head)
        return a->line->head->row.id < b->line->head->row.id ? -1 : 1;
    return by_order(left, right);
}

static int by_figures(const void *left, const void *right)
{
    const struct check_line *a = *(const struct check_line *const *)left;
    const struct check_line *b = *(const struct check_line *const *)right;
    if (a->figures != b->figures)
        return a->figures < b->figures ? -1 : 1;
    return by_order(left, right);
}

static struct check_line **sorted_lines(const struct check *check,
                                        int (*order)(const void *, const void *))
{
    struct check_line **sorted = arena_array_of(check->arena, check->count, struct check_line *);
    for (size_t i = 0; i < check->count; i++)
        sorted[i] = &check->lines[i];
    if (check->count > 1)
        qsort(sorted, check->count, sizeof *sorted, order);
    return sorted;
}

/* Gives each line those with its figures, so that no kind compares all with all. Where few lines
 * are checked, the figures of the others are not read for it. */
static void group_alike(struct check *check)
{
    bool is_partial = false;
    for (size_t i = 0; i < check->count; i++)
        is_partial = is_partial || !check->lines[i].is_checked;
    struct check_line **figures = sorted_lines(check, is_partial ? by_order : by_figures);
    for (size_t first = 0, end; first < check->count; first = end) {
        for (end = first; end < check->count &&
                          (is_partial || figures[end]->figures == figures[first]->figures);)
            end++;
        for (size_t i = first; i < end; i++) {
            figures[i]->alike = figures + first;
            figures[i]->alike_count = end - first;
        }
    }
}

/* Gives each line the others of its return. */
static void group_peers(struct check *check)
{
    struct check_line **returns = sorted_lines(check, by_return);
    for (size_t first = 0, end; first < check->count; first = end) {
        for (end = first;
             end < check->count && returns[end]->line->head == returns[first]->line->head;)
            end++;
        for (size_t i = first; i < end; i++) {
            returns[i]->peers = returns + first;
            returns[i]->peer_count = end - first;
        }
    }
    for (size_t i = 0; i < check->count; i++) {
        struct check_line *line = &check->lines[i];
        for (size_t j = 0; j < line->peer_count && !line->is_parent; j++)
            line->is_parent = is_part_of(line->peers[j]->line, line->line);
    }
}

void check_view(struct arena *arena, const struct return_view *view,
                const struct check_basis *basis, struct findings *out_findings)
{
    struct findings findings = { .arena = arena };
    struct check check = {
        .arena = arena,
        .view = view,
        .scale = basis->scale,
        .known = basis->known,
        .shelf = basis->shelf,
        .lines = arena_array_of(arena, view->line_count, struct check_line),
        .count = view->line_count,
        .findings = &findings,
    };
    for (size_t i = 0; i < view->line_count; i++)
        prepare_line(&check, i, check_scope_has(&basis->scope, &view->lines[i]));
    group_peers(&check);
    group_alike(&check);
    for (size_t kind = 0; kind < check_kind_count; kind++) {
        check.kind = &check_kinds[kind];
        for (size_t i = 0; i < check.count; i++)
            if (check.lines[i].is_checked)
                check_kinds[kind].find(&check, &check.lines[i]);
    }
    findings_sort(&findings);
    *out_findings = findings;
}

static bool has_unit(const struct return_view *view, const char *unit)
{
    for (size_t i = 0; i < view->head_count; i++)
        if (!unit || strcmp(view->heads[i].unit_code, unit) == 0)
            return true;
    return false;
}

/* Whether one of the texts is nearly the line's progress. */
static bool is_among(struct arena *arena, const struct return_line *line, const struct list *texts)
{
    CLEANUP_ARENA struct arena *own = arena_new();
    const struct narrative progress = narrative_read(arena, line->row->progress);
    const uint64_t signature = signature_of(&progress);
    bool is_found = false;
    if (!check_may_be_repeated(&progress))
        return false;
    for (size_t i = 0; i < texts->count && !is_found; i++) {
        struct narrative text = { .arena = own, .text = narrative_slice(texts->items[i]) };
        narrative_split(&text);
        is_found = check_has_most_words(signature, signature_of(&text)) &&
                   check_is_alike(own, line->row->progress, texts->items[i]);
        arena_empty(own);
    }
    return is_found;
}

bool check_may_repeat(const struct return_view *view, const struct check_scope *scope,
                      const struct list *texts)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    for (size_t i = 0; texts->count > 0 && i < view->line_count; i++) {
        if (check_scope_has(scope, &view->lines[i]) && is_among(arena, &view->lines[i], texts))
            return true;
        arena_empty(arena);
    }
    return false;
}

enum status check_period(struct work *work, struct period period,
                         const struct check_options *options, struct findings *out_findings)
{
    const char *unit = options ? options->unit : NULL;
    const char *code = period_print(work->arena, period);
    struct return_view *view = NULL;
    struct known_counts known;
    struct check_basis basis = { .known = &known,
                                 .shelf = narrative_shelf_open(work),
                                 .scope = { .unit = unit } };
    struct findings findings = { 0 };
    enum status status = return_store_load(work, period, &(struct return_scope){ 0 }, &view);
    if (status == STATUS_OK)
        status = rating_scale_load(work, view->authority.rating_scale, &basis.scale);
    if (status == STATUS_OK)
        status = known_counts_load(work, view, &basis.scope, &known);
    if (status != STATUS_OK)
        return status;
    if (view->head_count == 0)
        return work_fail(work, STATUS_NOT_FOUND,
                         "Nothing is returned for %s; import its return rows first.", code);
    if (!has_unit(view, unit))
        return work_fail(work, STATUS_NOT_FOUND,
                         "The unit \"%s\" has no return for %s; give the code of one that has.",
                         unit, code);
    check_view(work->arena, view, &basis, &findings);
    *out_findings = findings;
    return STATUS_OK;
}
