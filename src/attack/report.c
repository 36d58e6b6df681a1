#include "attack/report.h"

#include <jansson.h>
#include <stdlib.h>

#include "attack/combinations.h"
#include "base/arena.h"
#include "codec/csv_writer.h"
#include "base/banned.h"

enum { NAMED_CELLS = 20 };
#define MOST_BYTES ((size_t)2 << 30)

/* With tables nobody can tell primary from secondary: there a cell is hidden, or in a band. */
static const char *state_word(const struct report *report, int32_t cell)
{
    switch ((enum cell_state)report->puzzle->state[cell]) {
    case CELL_PRIMARY:
        return report->published ? "small" : "primary";
    case CELL_DIFFERENCE:
        return "difference";
    case CELL_SHOWN:
        return "rounded";
    case CELL_SECONDARY:
    case CELL_KNOWN:
    case CELL_UNPUBLISHED:
        break;
    }
    return report->published ? "hidden" : "secondary";
}

/* Hidden, or rounded and given away all the same. */
static bool is_told(const struct report *report, int32_t cell)
{
    return puzzle_is_hidden(report->puzzle, cell) || report->result->is_exposed[cell];
}

static const char *cell_name(struct arena *arena, const struct report *report, int32_t cell)
{
    return report->published ? published_name(report->published, arena, report->meanings[cell].cell)
                             : arena_format(arena, "%d", cell);
}

/* Level 3 was asked for, and could not prove what it should. */
static bool joint_is_open(const struct attack_result *result)
{
    enum joint_outcome outcome = result->joint.outcome;
    return outcome == JOINT_TOO_MANY || outcome == JOINT_IMPOSSIBLE || outcome == JOINT_UNDECIDED;
}

/* Something is hidden, and no sum tells of it: nothing was tried. */
static bool is_untried(const struct report *report)
{
    return report->published && report->result->hidden > 0 && report->puzzle->equation_count == 0;
}

bool report_has_findings(const struct report *report)
{
    const struct attack_result *result = report->result;
    return is_untried(report) || report->overlapping >= 0 || result->exposed > 0 ||
           result->is_undecided || joint_is_open(result) || result->open > 0 ||
           result->opinion.disagreements > 0 || result->opinion.unsolved > 0;
}

/* How the files were read, and what of them says nothing. */
static void text_understood(struct text *text, const struct report *report)
{
    const struct list *understood = &report->published->understood;
    for (size_t i = 0; i < understood->count; i++)
        text_add_format(text, "%s\n", (const char *)understood->items[i]);
    if (is_untried(report))
        text_add(text, "No sum was found in these figures, so nothing could be tried, and nothing "
                       "is proved of them. Totals have an empty cell, Total or All in the column "
                       "that is not divided by.\n");
    if (report->overlapping < 0)
        return;
    const char *variable = published_word_of(report->published, report->overlapping);
    text_add_format(text,
                    "The labels of %s count more people than their total, so they are not its "
                    "parts: give --hierarchy %s=FILE where labels of several levels stand in the "
                    "column. Until then nothing is proved of it.\n",
                    variable, variable);
}

/* "3 to 7", "exactly 3", "1 or more". */
static const char *interval_words(struct arena *arena, int64_t least, int64_t most)
{
    if (least == most)
        return arena_format(arena, "exactly %lld", (long long)least);
    if (most == PUZZLE_UNBOUNDED)
        return arena_format(arena, "%lld or more", (long long)least);
    return arena_format(arena, "%lld to %lld", (long long)least, (long long)most);
}

static void text_levels(struct text *text, const struct report *report)
{
    for (enum attack_level level = 0; level <= report->options->level; level++) {
        const struct attack_count *known = &report->result->known[level];
        text_add_format(text, "Level %d, %s: ", (int)level, attack_level_name(level));
        if (known->primary + known->secondary == 0)
            text_add(text, "gives no cell away.\n");
        else
            text_add_format(text, "%d %s and %d %s cells become known exactly.\n", known->primary,
                            report->published ? "small" : "primary", known->secondary,
                            report->published ? "other hidden" : "secondary");
    }
}

static void text_joint(struct text *text, const struct report *report)
{
    const struct joint_result *joint = &report->result->joint;
    switch (joint->outcome) {
    case JOINT_NOT_RUN:
        break;
    case JOINT_DECIDED:
        text_add_format(text, "Level 3 took in %d combinations of labels that a person can have.\n",
                        joint->combinations);
        break;
    case JOINT_NOTHING_NEW:
        text_add(text, "Level 3 has nothing to add: every combination of labels is a single "
                       "cell.\n");
        break;
    case JOINT_TOO_MANY:
        text_add_format(text,
                        "Level 3 was not run: the tables allow more than %d combinations of "
                        "labels. They are not proved safe against it; attack fewer tables at "
                        "once.\n",
                        COMBINATIONS_MOST);
        break;
    case JOINT_IMPOSSIBLE:
        text_add(text, "Level 3 was not run: no people can stand behind these figures. Check that "
                       "totals and parts count the same people.\n");
        break;
    case JOINT_UNDECIDED:
        text_add_format(text,
                        "Level 3 could not decide all cells over %d combinations of labels. They "
                        "are not proved safe against it.\n",
                        joint->combinations);
        break;
    }
}

static void text_widths(struct text *text, const struct report *report)
{
    const struct attack_result *result = report->result;
    if (result->narrowed > 0)
        text_add_format(text, "Level 4 proved more of %d cells.\n", result->narrowed);
    if (result->open == 0)
        return;
    text_add_format(text,
                    "%d cells are undecided at level 4: no two tables of whole numbers were found "
                    "in which they are far enough apart, nor was it ruled out. They are not proved "
                    "safe; a larger --effort searches longer.\n",
                    result->open);
    if (result->open_apart > 0)
        text_add_format(text, "%d of them can be far enough apart over the real numbers.\n",
                        result->open_apart);
    if (result->is_exhausted)
        text_add(text, "The search ended because its time was used up.\n");
}

static void text_opinion(struct text *text, const struct report *report)
{
    const struct opinion_result *opinion = &report->result->opinion;
    if (report->options->level < LEVEL_OPINION)
        return;
    text_add_format(text, "Level 5 asked clp and glpsol %d linear programmes about %d cells",
                    opinion->programmes, opinion->asked);
    if (opinion->disagreements == 0 && opinion->unsolved == 0)
        text_add(text, "; both agree with level 2.\n");
    else
        text_add_format(text,
                        ": of %d cells they deny what level 2 says, %d they could not settle. "
                        "Nothing is proved of those.\n",
                        opinion->disagreements, opinion->unsolved);
}

static void text_cells(struct arena *arena, struct text *text, const struct report *report)
{
    const struct attack_result *result = report->result;
    int32_t named = 0;
    for (int32_t c = 0; c < report->puzzle->cell_count && named < NAMED_CELLS; c++) {
        if (!result->is_exposed[c])
            continue;
        named++;
        text_add_format(text, "  %s%s (%s): %s\n", report->published ? "" : "cell ",
                        cell_name(arena, report, c), state_word(report, c),
                        interval_words(arena, result->bounds.least[c], result->bounds.most[c]));
    }
    if (result->exposed > named)
        text_add_format(text, "  and %d more; --format csv lists them all.\n",
                        result->exposed - named);
}

static struct text as_text(struct arena *arena, const struct report *report)
{
    const struct attack_result *result = report->result;
    struct text text = text_new(arena, MOST_BYTES);
    if (report->published)
        text_understood(&text, report);
    text_add_format(&text, "%d cells and %d equations; %d cells are hidden, %d of them %s.\n",
                    report->puzzle->cell_count, report->puzzle->equation_count, result->hidden,
                    result->primary, report->published ? "in a band of small counts" : "primary");
    text_add_format(&text, "Zeros are %s, so a hidden cell is taken to be %d at least.\n",
                    report->shows_zeros ? "shown" : "hidden", report->shows_zeros ? 1 : 0);
    text_levels(&text, report);
    if (result->is_undecided)
        text_add(&text, "Some cells could not be decided at level 2: what is left of the equations "
                        "is too large, or no counts can stand behind these figures. They are not "
                        "proved safe.\n");
    text_joint(&text, report);
    text_widths(&text, report);
    text_opinion(&text, report);
    if (!report_has_findings(report))
        text_add(&text, "No protected cell is given away.\n");
    if (result->exposed > 0)
        text_add_format(&text, "%d protected cell%s given away:\n", result->exposed,
                        result->exposed == 1 ? " is" : "s are");
    text_cells(arena, &text, report);
    return text;
}

static void csv_number(struct arena *arena, int64_t number, struct slice *out)
{
    *out = number == PUZZLE_UNBOUNDED ? SLICE("")
                                      : slice_of(arena_format(arena, "%lld", (long long)number));
}

static struct text as_csv(struct arena *arena, const struct report *report)
{
    const struct slice heading[] = { SLICE("cell"), SLICE("status"), SLICE("least"),
                                     SLICE("most"), SLICE("level"),  SLICE("exposed") };
    enum { COLUMNS = sizeof heading / sizeof *heading };
    const struct attack_result *result = report->result;
    struct text text = text_new(arena, MOST_BYTES);
    csv_write_row(&text, heading, COLUMNS);
    for (int32_t c = 0; c < report->puzzle->cell_count; c++) {
        struct slice cells[COLUMNS] = { 0 };
        if (!is_told(report, c))
            continue;
        cells[0] = slice_of(cell_name(arena, report, c));
        cells[1] = slice_of(state_word(report, c));
        csv_number(arena, result->bounds.least[c], &cells[2]);
        csv_number(arena, result->bounds.most[c], &cells[3]);
        if (result->level[c] != LEVEL_NONE)
            csv_number(arena, result->level[c], &cells[4]);
        cells[5] = result->is_exposed[c] ? SLICE("yes") : SLICE("no");
        csv_write_row(&text, cells, COLUMNS);
    }
    return text;
}

static json_t *json_understood(const struct report *report)
{
    json_t *sentences = json_array();
    for (size_t i = 0; report->published && i < report->published->understood.count; i++)
        json_array_append_new(sentences, json_string(report->published->understood.items[i]));
    return sentences;
}

/* The variable whose labels are not the parts of their total, or NULL. */
static const char *overlapping_of(const struct report *report)
{
    return report->overlapping < 0 ? NULL
                                   : published_word_of(report->published, report->overlapping);
}

static json_t *json_cell(struct arena *arena, const struct report *report, int32_t cell)
{
    const struct attack_result *result = report->result;
    int64_t most = result->bounds.most[cell];
    json_t *name = report->published ? json_string(cell_name(arena, report, cell))
                                     : json_integer(cell);
    json_t *level = result->level[cell] == LEVEL_NONE ? json_null()
                                                      : json_integer(result->level[cell]);
    return json_pack("{s:o, s:s, s:I, s:o, s:o, s:b}", "cell", name, "status",
                     state_word(report, cell), "least", (json_int_t)result->bounds.least[cell],
                     "most", most == PUZZLE_UNBOUNDED ? json_null() : json_integer(most), "level",
                     level, "exposed", (int)result->is_exposed[cell]);
}

static json_t *as_json(struct arena *arena, const struct report *report)
{
    const struct attack_result *result = report->result;
    json_t *levels = json_array(), *hidden = json_array();
    int32_t primary = 0, secondary = 0;
    for (enum attack_level level = 0; level <= report->options->level; level++) {
        const struct attack_count *known = &result->known[level];
        json_array_append_new(levels, json_pack("{s:i, s:s, s:i, s:i}", "level", (int)level, "name",
                                                attack_level_name(level), "primary", known->primary,
                                                "secondary", known->secondary));
        primary += known->primary;
        secondary += known->secondary;
    }
    for (int32_t c = 0; c < report->puzzle->cell_count; c++)
        if (is_told(report, c))
            json_array_append_new(hidden, json_cell(arena, report, c));
    return json_pack("{s:o, s:b, s:s*, s:i, s:i, s:i, s:i, s:s, s:o, s:i, s:i, s:i, s:b, s:i, s:i, "
                     "s:i, s:i, s:o}",
                     "understood", json_understood(report), "untried", (int)is_untried(report),
                     "overlapping", overlapping_of(report), "cells", report->puzzle->cell_count,
                     "equations", report->puzzle->equation_count, "hidden", result->hidden,
                     "primary", result->primary, "zeros", report->shows_zeros ? "shown" : "hidden",
                     "levels", levels, "recovered_primary", primary, "recovered_secondary",
                     secondary, "exposed", result->exposed, "undecided", (int)result->is_undecided,
                     "undecided_widths", result->open, "disagreements",
                     result->opinion.disagreements, "unsolved", result->opinion.unsolved,
                     "apart_over_reals", result->open_apart, "hidden_cells", hidden);
}

enum status report_print(struct work *work, const struct report *report, enum report_format format,
                         struct slice *out_bytes)
{
    struct text text;
    if (format == REPORT_JSON) {
        json_t *json = as_json(work->arena, report);
        char *bytes = json_dumps(json, JSON_INDENT(2));
        json_decref(json);
        if (!bytes)
            abort(); /* out of memory, as in arenas */
        text = text_new(work->arena, MOST_BYTES);
        text_add(&text, bytes);
        text_add_character(&text, '\n');
        free(bytes);
    } else {
        text = format == REPORT_CSV ? as_csv(work->arena, report) : as_text(work->arena, report);
    }
    if (text.is_full)
        return work_fail(work, STATUS_LIMIT,
                         "The report is larger than two gigabytes; attack "
                         "fewer tables at once.");
    *out_bytes = text_slice(&text);
    return STATUS_OK;
}
