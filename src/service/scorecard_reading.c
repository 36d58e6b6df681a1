#include "service/scorecard_reading.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "entity/field_text.h"
#include "entity/heading.h"
#include "model/codes.h"
#include "model/scorecard_match.h"
#include "service/people_labels.h"
#include "service/scorecard_label.h"
#include "service/scorecard_parts.h"
#include "service/workspace.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum {
    HEADING_LINES = 20, /* of a sheet in which its headings are looked for */
    LABELS_MOST = 2,    /* columns that name the rows: the measure, and what of it */
};

struct column {
    struct scorecard_label label;
    struct scorecard_word *word; /* NULL: it has no heading */
};

/* A sheet under way. */
struct page {
    const struct scorecard_sheet *sheet;
    struct scorecard_label label;
    struct scorecard_word *word;
    size_t heading; /* the line of the headings, among the sheet's lines */
    struct column *columns;
    size_t column_count;
    size_t labels[LABELS_MOST]; /* the columns that name the rows */
    size_t label_count;
    bool has_measure; /* something on it is about a measure of the return */
};

static bool is_input(const char *meaning)
{
    return meaning && entity_field(&return_row_entity, meaning) != NULL &&
           strcmp(meaning, SCORECARD_MEASURE) != 0;
}

static const struct return_sheet_row *measure_named(const struct scorecard_context *reading,
                                                    const char *words)
{
    for (size_t i = 0; *words && i < reading->back->rows.count; i++)
        for (size_t k = 0; k < ARRAY_COUNT(reading->names[i].words); k++)
            if (strcmp(reading->names[i].words[k], words) == 0)
                return reading->back->rows.items[i];
    return NULL;
}

static const struct return_sheet_row *row_of_measure(const struct scorecard_context *reading,
                                                     int64_t measure)
{
    for (size_t i = 0; i < reading->back->rows.count; i++) {
        const struct return_sheet_row *row = reading->back->rows.items[i];
        if (row->row->measure == measure && measure != INTEGER_MISSING)
            return row;
    }
    return NULL;
}

const char *scorecard_plain_words(struct arena *arena, const char *words)
{
    struct slice rest = slice_of(words), word;
    struct text text = text_new(arena, rest.length + 1);
    while (slice_word(&rest, &word))
        if (!slice_is(word, "*")) {
            text_add(&text, text.length ? " " : "");
            text_add_slice(&text, word);
        }
    return text.bytes;
}

const char *scorecard_known_meaning(const struct scorecard_context *reading, const char *words)
{
    const char *field = heading_match(reading->arena, &reading->headings, &return_row_entity,
                                      slice_of(scorecard_plain_words(reading->arena, words)));
    for (const struct code *code = scorecard_meanings; field && code->value; code++)
        if (is_input(code->value) && strcmp(code->value, field) == 0)
            return code->value;
    return field ? SCORECARD_IGNORED : NULL;
}

static void give_meaning(const struct scorecard_context *reading, struct scorecard_word *word)
{
    for (size_t i = 0; i < reading->saved.count; i++) {
        const struct scorecard_match *match = reading->saved.items[i];
        if (strcmp(match->place, word->place) != 0 || strcmp(match->words, word->words) != 0)
            continue;
        word->meaning = match->meaning;
        word->row = row_of_measure(reading, match->measure);
        word->is_saved = true;
        return;
    }
    word->row = measure_named(reading, word->words);
    if (word->row)
        word->meaning = SCORECARD_MEASURE;
    else if (strcmp(word->place, SCORECARD_SHEET) == 0)
        return;
    else if (strcmp(word->words, "*") == 0) /* a period alone stands over or before its values */
        word->meaning = "value_text";
    else
        word->meaning = scorecard_known_meaning(reading, word->words);
}

/* The label of that place and those words, noted where it stands first; NULL beyond the limit. */
static struct scorecard_word *note_word(const struct scorecard_context *reading,
                                        const struct scorecard_word *seen)
{
    struct list *words = &reading->out->words;
    for (size_t i = 0; i < words->count; i++) {
        struct scorecard_word *word = words->items[i];
        if (strcmp(word->place, seen->place) == 0 && strcmp(word->words, seen->words) == 0)
            return word;
    }
    if (words->count == SCORECARD_MOST_WORDS)
        return NULL;
    struct scorecard_word *word = arena_new_of(reading->arena, struct scorecard_word);
    *word = *seen;
    give_meaning(reading, word);
    list_add(reading->arena, words, word);
    return word;
}

/* The labels of a line as headings: its own words, and before them those of the line above where
 * that names periods over several columns each ("Quarter 1" over "Actual" and "Target"). */
static size_t over_width(const struct scorecard_context *reading, const struct scorecard_line *over)
{
    size_t first = SIZE_MAX, second = SIZE_MAX;
    for (size_t c = 0; c < over->count && second == SIZE_MAX; c++) {
        struct slice text = scorecard_line_cell(over, c);
        if (scorecard_label_read(reading->arena, text, false).time != SCORECARD_PERIOD)
            continue;
        if (first == SIZE_MAX)
            first = c;
        else
            second = c;
    }
    return first == SIZE_MAX ? 0 : second == SIZE_MAX ? 1 : second - first;
}

static struct slice over_text(const struct scorecard_context *reading,
                              const struct scorecard_line *over, size_t column, size_t width)
{
    for (size_t back = 0; over && back < width && back <= column; back++) {
        struct slice text = scorecard_line_cell(over, column - back);
        if (scorecard_label_read(reading->arena, text, false).time == SCORECARD_PERIOD)
            return text;
        if (text.length > 0)
            break;
    }
    return (struct slice){ NULL, 0 };
}

/* What stands over a column: the heading, with the period above it; or what stands there alone. */
static struct slice heading_text(const struct scorecard_context *reading, const struct page *page,
                                 size_t column)
{
    const struct list *lines = &page->sheet->lines;
    const struct scorecard_line *line = lines->items[page->heading];
    const struct scorecard_line *over = page->heading > 0 ? lines->items[page->heading - 1] : NULL;
    struct slice own = scorecard_line_cell(line, column);
    size_t width = over && over->number + 1 == line->number ? over_width(reading, over) : 0;
    if (width == 0 || scorecard_label_read(reading->arena, own, false).time == SCORECARD_PERIOD)
        return own;
    struct slice above = over_text(reading, over, column, width);
    if (above.length == 0)
        return own.length ? own : scorecard_line_cell(over, column);
    return slice_of(arena_format(reading->arena, "%.*s%s%.*s", (int)above.length, above.start,
                                 own.length ? " " : "", (int)own.length, own.start));
}

/* How many cells of a line are headings that are understood. */
static size_t heading_score(const struct scorecard_context *reading,
                            const struct scorecard_line *line)
{
    size_t score = 0;
    for (size_t c = 0; c < line->count; c++) {
        struct scorecard_label label = scorecard_label_read(reading->arena,
                                                            scorecard_line_cell(line, c), false);
        struct scorecard_word word = { .place = SCORECARD_COLUMN, .words = label.words };
        if (!*label.words)
            continue;
        give_meaning(reading, &word);
        score += word.meaning != NULL;
    }
    return score;
}

static size_t cells_of(const struct scorecard_line *line)
{
    size_t count = 0;
    for (size_t c = 0; c < line->count; c++)
        count += scorecard_line_cell(line, c).length > 0;
    return count;
}

static bool find_heading(const struct scorecard_context *reading, struct page *page)
{
    size_t best = 0, most = page->sheet->lines.count;
    bool is_found = false;
    for (size_t i = 0; i < most && i < HEADING_LINES; i++) {
        const struct scorecard_line *line = page->sheet->lines.items[i];
        size_t score = heading_score(reading, line);
        if (score <= best || cells_of(line) < 2)
            continue;
        best = score;
        page->heading = i;
        is_found = true;
    }
    return is_found;
}

/* How many cells of a column below the headings name a measure, or an input. */
static void count_names(const struct scorecard_context *reading, const struct page *page,
                        size_t column, size_t *out_measures, size_t *out_inputs)
{
    *out_measures = *out_inputs = 0;
    for (size_t i = page->heading + 1; i < page->sheet->lines.count; i++) {
        struct slice text = scorecard_line_cell(page->sheet->lines.items[i], column);
        struct scorecard_label label = scorecard_label_read(reading->arena, text, true);
        struct scorecard_word word = { .place = SCORECARD_ROW, .words = label.words };
        if (!*label.words)
            continue;
        give_meaning(reading, &word);
        *out_measures += word.row != NULL;
        *out_inputs += is_input(word.meaning);
    }
}

static bool is_labels(const struct column *column)
{
    return column->word && column->word->meaning &&
           strcmp(column->word->meaning, SCORECARD_LABELS) == 0;
}

/* The columns that name the rows: those that somebody said; else the one that names most measures,
 * and one that names inputs beside it. */
static void find_labels(const struct scorecard_context *reading, struct page *page)
{
    size_t best = 0, best_inputs = 1, measure_column = SIZE_MAX, input_column = SIZE_MAX;
    for (size_t c = 0; c < page->column_count; c++) {
        size_t measures = 0, inputs = 0;
        if (is_labels(&page->columns[c]) && page->label_count < LABELS_MOST)
            page->labels[page->label_count++] = c;
        count_names(reading, page, c, &measures, &inputs);
        if (measures > best) {
            best = measures;
            measure_column = c;
        }
        if (inputs > best_inputs) {
            best_inputs = inputs;
            input_column = c;
        }
    }
    if (page->label_count > 0)
        return;
    for (size_t c = 0; measure_column == SIZE_MAX && c < page->column_count; c++)
        if (page->columns[c].word && page->columns[c].label.time == SCORECARD_NO_TIME)
            measure_column = c;
    if (measure_column != SIZE_MAX)
        page->labels[page->label_count++] = measure_column;
    if (input_column != SIZE_MAX && input_column != measure_column)
        page->labels[page->label_count++] = input_column;
    for (size_t i = 0; i < page->label_count; i++) {
        struct scorecard_word *word = page->columns[page->labels[i]].word;
        if (!word || word->is_saved)
            continue;
        word->meaning = SCORECARD_LABELS;
        word->row = NULL;
    }
}

/* A column without a heading is called by its letter. */
static void find_columns(const struct scorecard_context *reading, struct page *page)
{
    const struct scorecard_line *line = page->sheet->lines.items[page->heading];
    for (size_t i = page->heading; i < page->sheet->lines.count; i++) {
        const struct scorecard_line *other = page->sheet->lines.items[i];
        if (other->count > page->column_count)
            page->column_count = other->count;
    }
    page->columns = arena_array_of(reading->arena, page->column_count, struct column);
    for (size_t c = 0; c < page->column_count; c++) {
        struct column *column = &page->columns[c];
        struct slice text = heading_text(reading, page, c);
        const char *cell = scorecard_cell_name(reading->arena, c, line->number);
        column->label = scorecard_label_read(reading->arena, text, false);
        if (!*column->label.words)
            column->label.words = arena_format(reading->arena, "column %.*s",
                                               (int)strcspn(cell, "0123456789"), cell);
        struct scorecard_word seen = { .place = SCORECARD_COLUMN,
                                       .words = column->label.words,
                                       .shown = text.length ? slice_copy(reading->arena, text)
                                                            : column->label.words,
                                       .sheet = page->sheet->name,
                                       .cell = cell };
        column->word = note_word(reading, &seen);
    }
}

/* The code that words stand for in a coded input, or NULL. */
static const char *code_of(const struct scorecard_context *reading, const char *input,
                           struct slice text)
{
    const struct field *field = entity_field(&return_row_entity, input);
    text = word_match(&reading->codes, &return_row_entity, field, text);
    for (const struct code *code = field->codes; code && code->value; code++)
        if (slice_equal_folded(text, slice_of(code->value)) ||
            slice_equal_folded(text, slice_of(code->label)))
            return code->value;
    return NULL;
}

/* A value may be a state of a milestone, or the reason why there is none; an input with codes gets
 * one. */
static void settle_words(const struct scorecard_context *reading, struct scorecard_answer *answer)
{
    struct slice text = slice_of(answer->words);
    bool is_milestone = answer->row->measure &&
                        strcmp(answer->row->measure->kind, "milestone") == 0;
    const char *missing = code_of(reading, "missing", text);
    if (strcmp(answer->input, "value_text") != 0) {
        const char *code = code_of(reading, answer->input, text);
        answer->words = code ? code : answer->words;
    } else if (is_milestone && !missing) {
        const char *code = code_of(reading, "milestone", text);
        answer->input = "milestone";
        answer->words = code ? code : answer->words;
    } else if (missing) {
        answer->input = "missing";
        answer->words = missing;
    }
}

static void settle_outcome(const struct scorecard_context *reading, struct scorecard_answer *answer)
{
    const struct return_row *row = answer->row->row;
    const struct scorecard_source *source = scorecard_source_of(&reading->sources, row,
                                                                answer->input);
    const char *typed = field_text(entity_field(&return_row_entity, answer->input), row);
    answer->typed = typed;
    answer->outcome = !typed                              ? SCORECARD_FILLS
                      : strcmp(typed, answer->words) == 0 ? SCORECARD_SAME
                      : source                            ? SCORECARD_RENEWS
                                                          : SCORECARD_KEEPS;
    for (size_t i = 0; i < reading->out->answers.count; i++) {
        const struct scorecard_answer *other = reading->out->answers.items[i];
        if (other->row != answer->row || strcmp(other->input, answer->input) != 0)
            continue;
        answer->outcome = SCORECARD_TWICE;
        answer->typed = other->words;
    }
}

/* The labels of one cell: of the column, of the row, of the sheet. */
struct place {
    const struct scorecard_word *words[LABELS_MOST + 2];
    const struct scorecard_label *labels[LABELS_MOST + 2];
    size_t count;
};

static bool is_ignored(const struct place *place)
{
    for (size_t i = 0; i < place->count; i++)
        if (place->words[i] && place->words[i]->meaning &&
            strcmp(place->words[i]->meaning, SCORECARD_IGNORED) == 0)
            return true;
    return false;
}

/* Whether the cell is of the return's period, or, with `month`, of that month in it. A sheet's year
 * is that of its columns' quarters. */
static bool is_of(const struct scorecard_context *reading, const struct place *place,
                  const struct period *month)
{
    const struct return_sheet *back = reading->back;
    int wanted = period_year_of(back->period, back->start_month).year, year = 0;
    bool is_year = false, is_said = false, is_month = false;
    for (size_t i = 0; i < place->count; i++)
        if (place->labels[i]->time == SCORECARD_YEAR) {
            year = place->labels[i]->year;
            is_year = is_year || i + 1 < place->count;
        }
    if (year != 0 && year != wanted)
        return false;
    for (size_t i = 0; i < place->count; i++) {
        const struct scorecard_label *label = place->labels[i];
        if (label->time != SCORECARD_PERIOD)
            continue;
        if (scorecard_label_is(label, back->period, year, back->start_month))
            is_said = true;
        else if (month && scorecard_label_is(label, *month, year, back->start_month))
            is_month = true;
        else
            return false;
    }
    return month ? is_month : is_said || !is_year || back->period.kind == PERIOD_YEAR;
}

/* How many months the period has, and the first of them; 0: it is not made of months. */
static size_t months_of(const struct return_sheet *back, struct period *out_first)
{
    struct date first = period_first_day(back->period, back->start_month);
    *out_first = (struct period){ PERIOD_MONTH, first.year, first.month };
    return back->period.kind == PERIOD_QUARTER ? 3
           : back->period.kind == PERIOD_HALF  ? 6
           : back->period.kind == PERIOD_YEAR  ? SCORECARD_MONTHS_MOST
                                               : 0;
}

/* Whether the cell is of a month of the return's period, and of which. */
static bool find_month(const struct scorecard_context *reading, const struct place *place,
                       size_t *out_number)
{
    struct period month;
    size_t count = months_of(reading->back, &month);
    for (size_t i = 0; i < count; i++, month = period_next(month))
        if (is_of(reading, place, &month)) {
            *out_number = i;
            return true;
        }
    return false;
}

static const struct return_sheet_row *measure_of(const struct place *place)
{
    for (size_t i = 0; i < place->count; i++)
        if (place->words[i] && place->words[i]->row)
            return place->words[i]->row;
    return NULL;
}

/* The input that the column says, else the row or the sheet; then what a period alone stands for.
 */
static const char *input_of(const struct place *place)
{
    const char *otherwise = NULL;
    for (size_t i = 0; i < place->count; i++) {
        const struct scorecard_word *word = place->words[i];
        if (!word || !is_input(word->meaning))
            continue;
        if (strcmp(word->words, "*") != 0)
            return word->meaning;
        otherwise = word->meaning;
    }
    return otherwise;
}

void scorecard_add_answer(const struct scorecard_context *reading, struct scorecard_answer *answer)
{
    settle_words(reading, answer);
    settle_outcome(reading, answer);
    if (answer->outcome != SCORECARD_TWICE || strcmp(answer->typed, answer->words) != 0)
        list_add(reading->arena, &reading->out->answers, answer);
}

static void take_cell(struct scorecard_context *reading, const struct page *page,
                      const struct place *place, const struct scorecard_line *line, size_t column)
{
    struct slice text = scorecard_line_cell(line, column);
    const struct return_sheet_row *row = measure_of(place);
    const char *input = input_of(place);
    size_t number = 0;
    if (!row || !input || people_label_is_blank(text) || is_ignored(place))
        return;
    bool is_now = is_of(reading, place, NULL);
    if (!is_now && !find_month(reading, place, &number))
        return;
    struct scorecard_month *month = arena_new_of(reading->arena, struct scorecard_month);
    month->number = number;
    month->answer = (struct scorecard_answer){
        .row = row,
        .input = input,
        .sheet = page->sheet->name,
        .cell = scorecard_cell_name(reading->arena, column, line->number),
        .words = slice_copy(reading->arena, text),
    };
    if (is_now)
        scorecard_add_answer(reading, &month->answer);
    else
        list_add(reading->arena, &reading->months, month);
}

static bool is_label_column(const struct page *page, size_t column)
{
    for (size_t i = 0; i < page->label_count; i++)
        if (page->labels[i] == column)
            return true;
    return false;
}

/* A cell of names that is merged over several rows has its words in the first. */
static void read_names(const struct scorecard_context *reading, const struct page *page,
                       const struct scorecard_line *line, struct scorecard_word **names,
                       struct scorecard_label *labels)
{
    for (size_t i = 0; i < page->label_count; i++) {
        struct slice text = scorecard_line_cell(line, page->labels[i]);
        if (text.length == 0 && i == 0 && page->label_count > 1)
            continue;
        labels[i] = scorecard_label_read(reading->arena, text, true);
        struct scorecard_word seen = {
            .place = SCORECARD_ROW,
            .words = labels[i].words,
            .shown = slice_copy(reading->arena, text),
            .sheet = page->sheet->name,
            .cell = scorecard_cell_name(reading->arena, page->labels[i], line->number),
        };
        names[i] = *labels[i].words ? note_word(reading, &seen) : NULL;
    }
}

static void read_lines(struct scorecard_context *reading, struct page *page)
{
    struct scorecard_word *names[LABELS_MOST] = { NULL };
    struct scorecard_label labels[LABELS_MOST] = { { .words = "" } };
    for (size_t i = page->heading + 1; i < page->sheet->lines.count; i++) {
        const struct scorecard_line *line = page->sheet->lines.items[i];
        read_names(reading, page, line, names, labels);
        for (size_t c = 0; c < line->count; c++) {
            struct column *column = &page->columns[c];
            struct slice text = scorecard_line_cell(line, c);
            struct place place = { { column->word }, { &column->label }, 1 };
            if (text.length == 0 || is_label_column(page, c))
                continue;
            if (column->word && !column->word->example)
                column->word->example = slice_copy(reading->arena, text);
            for (size_t k = 0; k < page->label_count; k++) {
                place.words[place.count] = names[k];
                place.labels[place.count++] = &labels[k];
            }
            place.words[place.count] = page->word;
            place.labels[place.count++] = &page->label;
            page->has_measure = page->has_measure || measure_of(&place);
            take_cell(reading, page, &place, line, c);
        }
    }
}

/* A sheet of another period has nothing of this one; one of a month in it has. */
static bool may_hold_now(const struct scorecard_context *reading, const struct place *place)
{
    size_t number = 0;
    return is_of(reading, place, NULL) || find_month(reading, place, &number);
}

static void read_sheet(struct scorecard_context *reading, const struct scorecard_sheet *sheet)
{
    struct page page = { .sheet = sheet };
    struct slice name = slice_of(sheet->name);
    page.label = scorecard_label_read(reading->arena, name, false);
    if (*page.label.words)
        page.word = note_word(reading, &(struct scorecard_word){ .place = SCORECARD_SHEET,
                                                                 .words = page.label.words,
                                                                 .shown = sheet->name,
                                                                 .sheet = sheet->name });
    if (page.word && page.word->meaning && strcmp(page.word->meaning, SCORECARD_IGNORED) == 0)
        return;
    const struct place place = { .labels = { &page.label }, .count = 1 };
    if (!may_hold_now(reading, &place) || !find_heading(reading, &page))
        return;
    find_columns(reading, &page);
    find_labels(reading, &page);
    read_lines(reading, &page);
    for (size_t c = 0; c < page.column_count; c++) {
        struct scorecard_word *word = page.columns[c].word;
        bool is_useful = page.has_measure && page.columns[c].label.time != SCORECARD_YEAR;
        if (word)
            word->is_useful = word->is_useful || is_useful;
    }
}

static enum status load_rules(struct work *work, struct scorecard_context *reading)
{
    struct slice bytes;
    enum status status = workspace_rules(work, "headings.csv", &bytes);
    if (status == STATUS_OK)
        status = heading_rules_read(work, "rules/headings.csv", bytes, &reading->headings);
    if (status == STATUS_OK)
        status = workspace_rules(work, "words.csv", &bytes);
    return status == STATUS_OK ? word_rules_read(work, "rules/words.csv", bytes, &reading->codes)
                               : status;
}

static void load_names(struct scorecard_context *reading)
{
    const struct list *rows = &reading->back->rows;
    reading->names = arena_array_of(reading->arena, rows->count ? rows->count : 1,
                                    struct scorecard_names);
    for (size_t i = 0; i < rows->count; i++) {
        const struct return_sheet_row *row = rows->items[i];
        const char *const words[] = { row->measure ? row->measure->title : NULL,
                                      row->measure ? row->measure->code : NULL,
                                      row->row->success_criterion, row->row->reference };
        for (size_t k = 0; k < ARRAY_COUNT(words); k++)
            reading->names[i].words[k] = scorecard_words(reading->arena, slice_of(words[k]));
    }
}

enum status scorecard_read(struct work *work, const struct return_sheet *sheet,
                           const struct scorecard_grid *grid, struct scorecard_reading *out_reading)
{
    struct scorecard_reading out = { .is_saved = false };
    struct scorecard_context reading = { .arena = work->arena, .back = sheet, .out = &out };
    enum status status = load_rules(work, &reading);
    if (status == STATUS_OK)
        status = entity_store_list_of(work, &scorecard_match_entity, "unit", sheet->head.unit,
                                      &reading.saved);
    if (status == STATUS_OK)
        status = scorecard_sources_load(work, sheet, &reading.sources);
    if (status != STATUS_OK)
        return status;
    load_names(&reading);
    for (size_t i = 0; i < grid->sheets.count; i++)
        read_sheet(&reading, grid->sheets.items[i]);
    struct period first;
    reading.month_count = months_of(sheet, &first);
    scorecard_take_months(&reading);
    scorecard_find_gaps(&reading);
    *out_reading = out;
    return STATUS_OK;
}
