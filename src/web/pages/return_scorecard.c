/* A return filled from the directorate's own scorecard: sent, looked at as it is understood, what
 * its labels stand for said once. */
#include "web/pages/return_parts.h"

#include <string.h>

#include "base/arena.h"
#include "codec/table_reader.h"
#include "model/codes.h"
#include "model/scorecard_match.h"
#include "service/scorecard_fill.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "base/banned.h"

enum {
    CHOICES_MOST = 600, /* of one form: a label of a sheet, column or measure each */
    COLUMNS_MOST = 100, /* that a form asks for */
    OPTIONS_MOST = 200, /* labels that stand in a measure's choice */
    SHOWN_MOST = 120,   /* bytes of a label in a choice */
};

/* A page under way. */
struct view {
    struct work *work;
    const struct call *call;
    const struct return_sheet *sheet;
    const struct scorecard_file *file; /* NULL: none was sent yet */
    struct scorecard_reading reading;
    bool shows_all;                  /* also what is understood can be changed */
    const struct problems *problems; /* or NULL */
};

const char *return_cell_words(struct arena *arena, const struct call *call, const char *sheet,
                              const char *cell)
{
    static const struct {
        const char *rule, *words;
    } rules[] = {
        { SCORECARD_SUM_OF, WORDS("the sum of its months in {cells}") },
        { SCORECARD_MEAN_OF, WORDS("the mean of its months in {cells}") },
        { SCORECARD_LATEST_MONTH, WORDS("its latest month in {cells}") },
    };
    for (size_t i = 0; i < ARRAY_COUNT(rules); i++)
        if (slice_starts(slice_of(cell), rules[i].rule))
            cell = language_fill(arena, call_words(call, rules[i].words), "cells",
                                 cell + strlen(rules[i].rule) + 1);
    return sheet && *sheet ? arena_format(arena, "%s, %s", sheet, cell) : cell;
}

static const char *place_words(struct arena *arena, const char *sheet, const char *cell)
{
    if (!cell)
        return sheet;
    return *sheet ? arena_format(arena, "%s, %s", sheet, cell) : cell;
}

static const char *outcome_words(enum scorecard_outcome outcome)
{
    static const char *const words[] = {
        [SCORECARD_FILLS] = WORDS("Not filled in yet"),
        [SCORECARD_RENEWS] = WORDS("Newer than what is filled in"),
        [SCORECARD_SAME] = WORDS("Filled in"),
        [SCORECARD_KEEPS] = WORDS("Left as somebody wrote it"),
        [SCORECARD_TWICE] = WORDS("Left out: another cell says otherwise"),
    };
    return words[outcome];
}

static json_t *answers_json(const struct view *view)
{
    json_t *array = json_array();
    for (size_t i = 0; i < view->reading.answers.count; i++) {
        const struct scorecard_answer *answer = view->reading.answers.items[i];
        const char *label = code_label(scorecard_meanings, answer->input);
        json_array_append_new(
            array,
            json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?}", "reference", answer->row->row->reference,
                      "what", call_words(view->call, label), "from",
                      return_cell_words(view->work->arena, view->call, answer->sheet, answer->cell),
                      "words", answer->words, "outcome",
                      call_words(view->call, outcome_words(answer->outcome)), "typed",
                      answer->outcome == SCORECARD_KEEPS || answer->outcome == SCORECARD_TWICE
                          ? answer->typed
                          : NULL));
    }
    return array;
}

/* What a label in that place can be said to stand for: a measure chooses its own label. */
static bool is_meaning_of(const char *place, const char *meaning)
{
    bool is_sheet = strcmp(place, SCORECARD_SHEET) == 0;
    return code_label(scorecard_meanings, meaning) != NULL &&
           strcmp(meaning, SCORECARD_MEASURE) != 0 &&
           strcmp(meaning, is_sheet ? SCORECARD_LABELS : SCORECARD_READ) != 0;
}

static json_t *meaning_items(const struct view *view, const struct scorecard_word *word)
{
    json_t *items = json_array();
    bool is_sheet = strcmp(word->place, SCORECARD_SHEET) == 0;
    const char *chosen = word->meaning      ? word->meaning
                         : word->suggestion ? word->suggestion
                         : is_sheet         ? SCORECARD_READ
                                            : SCORECARD_IGNORED;
    for (const struct code *code = scorecard_meanings; code->value; code++)
        if (is_meaning_of(word->place, code->value))
            json_array_append_new(
                items, form_item(code->value, call_words(view->call, code->label), NULL, chosen));
    return items;
}

/* Where a label stands, with what it is about. */
static const char *label_hint(const struct view *view, const struct scorecard_word *word)
{
    struct arena *arena = view->work->arena;
    if (!word->example)
        return NULL;
    const char *hint = call_words(view->call, WORDS("In {place}, for example: {example}"));
    hint = language_fill(arena, hint, "place", place_words(arena, word->sheet, word->cell));
    return language_fill(arena, hint, "example",
                         slice_copy(arena, slice_first(slice_of(word->example), SHOWN_MOST)));
}

/* A column is asked about while it is open; all that stands for no measure, where something is to
 * be changed. */
static bool is_asked(const struct view *view, const struct scorecard_word *word)
{
    bool is_sheet = strcmp(word->place, SCORECARD_SHEET) == 0;
    return word->is_open || (view->shows_all && !word->row && (is_sheet || word->example));
}

/* The sheets or columns that a person should look at, each with the words that it is known by. */
static json_t *labels_json(const struct view *view, const char *place)
{
    json_t *array = json_array();
    struct arena *arena = view->work->arena;
    for (size_t i = 0; i < view->reading.words.count; i++) {
        const struct scorecard_word *word = view->reading.words.items[i];
        size_t number = json_array_size(array);
        if (strcmp(word->place, place) != 0 || !is_asked(view, word) || number == COLUMNS_MOST)
            continue;
        const char *name = arena_format(arena, "%s-%zu", place, number);
        json_t *field = form_field(&(struct form_field){ .name = name,
                                                         .label = word->shown,
                                                         .hint = label_hint(view, word),
                                                         .items = meaning_items(view, word) },
                                   NULL);
        form_label_is_data(view->call, field);
        json_array_append_new(array, json_pack("{s:s, s:s, s:o}", "wordsName",
                                               arena_format(arena, "%s-words-%zu", place, number),
                                               "words", word->words, "field", field));
    }
    return array;
}

/* "row|construction jobs": what a choice sends. */
static const char *word_value(struct arena *arena, const struct scorecard_word *word)
{
    return arena_format(arena, "%s|%s", word->place, word->words);
}

/* The labels that could stand for a measure: those that stand for nothing else. */
static json_t *label_items(const struct view *view, const struct return_sheet_row *row,
                           const char *chosen)
{
    json_t *items = json_array();
    struct arena *arena = view->work->arena;
    json_array_append_new(
        items,
        form_item("", call_words(view->call, WORDS("It is not in the scorecard")), NULL, chosen));
    for (size_t i = 0; i < view->reading.words.count; i++) {
        const struct scorecard_word *word = view->reading.words.items[i];
        bool is_free = !word->meaning || strcmp(word->meaning, SCORECARD_IGNORED) == 0;
        if (word->row != row && (!is_free || json_array_size(items) >= OPTIONS_MOST))
            continue;
        const char *shown = slice_copy(arena, slice_first(slice_of(word->shown), SHOWN_MOST));
        json_t *item = form_item(
            word_value(arena, word),
            arena_format(arena, "%s (%s)", shown, place_words(arena, word->sheet, word->cell)),
            NULL, chosen);
        form_is_data(view->call, item);
        json_array_append_new(items, item);
    }
    return items;
}

static const struct scorecard_word *word_of(const struct view *view,
                                            const struct return_sheet_row *row)
{
    for (size_t i = 0; i < view->reading.words.count; i++) {
        const struct scorecard_word *word = view->reading.words.items[i];
        if (word->row == row)
            return word;
    }
    return NULL;
}

static const struct scorecard_gap *gap_of(const struct view *view,
                                          const struct return_sheet_row *row)
{
    for (size_t i = 0; i < view->reading.gaps.count; i++) {
        const struct scorecard_gap *gap = view->reading.gaps.items[i];
        if (gap->row == row)
            return gap;
    }
    return NULL;
}

static const char *measure_name(const struct view *view, const struct return_sheet_row *row)
{
    return arena_format(view->work->arena, "measure-%s", row->row->reference);
}

/* The choice for a measure: what was just chosen, what stands for it, or the likeliest. */
static json_t *measure_field(const struct view *view, const struct return_sheet_row *row,
                             const struct scorecard_gap *gap)
{
    struct arena *arena = view->work->arena;
    struct slice typed;
    const struct scorecard_word *word = gap ? gap->likeliest : word_of(view, row);
    const char *name = measure_name(view, row), *hint = NULL;
    const char *chosen = urlencoded_find(&view->call->form, name, &typed) ? typed.start
                         : word                                           ? word_value(arena, word)
                                                                          : "";
    if (gap && gap->was)
        hint = language_fill(arena, call_words(view->call, WORDS("Last time it was called: {was}")),
                             "was", gap->was);
    json_t *field = form_field(
        &(struct form_field){
            .name = name,
            .label = arena_format(arena, "%s %s", row->row->reference, row->measure->title),
            .hint = hint,
            .items = label_items(view, row, chosen) },
        view->problems);
    form_label_is_data(view->call, field);
    return field;
}

/* Those with a likely label, or others where something is to be changed, and those without. */
static json_t *measures_json(const struct view *view, bool is_likely)
{
    json_t *array = json_array();
    for (size_t i = 0; i < view->sheet->rows.count; i++) {
        const struct return_sheet_row *row = view->sheet->rows.items[i];
        const struct scorecard_gap *gap = gap_of(view, row);
        bool is_asked = row->measure && row->row->measure != INTEGER_MISSING &&
                        (gap || view->shows_all);
        bool likely = !gap || gap->likeliest || gap->was ||
                      *form_value(view->call, measure_name(view, row));
        if (is_asked && likely == is_likely)
            json_array_append_new(array, measure_field(view, row, gap));
    }
    return array;
}

static void add_file(const struct view *view, json_t *model)
{
    const struct scorecard_file *file = view->file;
    struct date day;
    const char *when = date_read(slice_first(slice_of(file->taken_at), 10), &day)
                           ? date_print_long(view->work->arena, day)
                           : file->taken_at;
    json_object_set_new(
        model, "kept",
        json_pack("{s:s, s:s, s:s}", "name", file->name, "by", file->taken_by, "on", when));
    json_object_set_new(model, "answers", answers_json(view));
    json_object_set_new(model, "isSaved", json_boolean(view->reading.is_saved));
    json_object_set_new(model, "isAsking",
                        json_boolean(view->reading.is_asking || view->shows_all));
    bool asks = !view->sheet->locked && (view->reading.is_asking || view->shows_all);
    json_object_set_new(model, "sheets", asks ? labels_json(view, SCORECARD_SHEET) : json_null());
    json_object_set_new(model, "columns", asks ? labels_json(view, SCORECARD_COLUMN) : json_null());
    json_object_set_new(model, "measures", asks ? measures_json(view, true) : json_null());
    json_object_set_new(model, "others", asks ? measures_json(view, false) : json_null());
    json_object_set_new(
        model, "fill",
        form_button(call_words(view->call, WORDS("Fill in the return and remember this")), NULL));
    json_object_set_new(model, "action",
                        json_string(return_address(view->work, view->sheet, "/scorecard/labels")));
    json_object_set_new(model, "change",
                        json_string(return_address(view->work, view->sheet, "/scorecard?all=1")));
}

static void show(const struct view *view, struct page *out_page)
{
    const struct return_sheet *sheet = view->sheet;
    const struct call *call = view->call;
    json_t *model = json_pack("{s:s, s:s, s:s, s:s?, s:s, s:n}", "unitName", sheet->unit_name,
                              "periodWords", sheet->period_words, "list",
                              return_address(view->work, sheet, ""), "locked", sheet->locked,
                              "upload", return_address(view->work, sheet, "/scorecard"), "kept");
    json_object_set_new(
        model, "file",
        form_field(&(struct form_field){ .name = "file",
                                         .label = call_words(call, WORDS("The scorecard's file")),
                                         .hint = call_words(
                                             call, WORDS("Excel, ODS or CSV, in its own layout")) },
                   view->problems));
    json_object_set_new(model, "send",
                        form_button(call_words(call, WORDS("Show what is understood")),
                                    view->file ? "govuk-button--secondary" : NULL));
    if (view->file)
        add_file(view, model);
    form_tell(model, view->problems);
    *out_page = (struct page){
        .template = "pages/return-scorecard.html",
        .title = call_words(call, WORDS("Fill the return from your scorecard")),
        .model = model,
        .has_form = true,
    };
}

static enum status load(struct view *view)
{
    struct work *work = view->work;
    struct return_sheet *sheet = NULL;
    struct scorecard_file *file = NULL;
    struct scorecard_grid grid;
    enum status status = return_sheet_load(work, return_call_code(work, view->call), 0, &sheet);
    if (status == STATUS_OK)
        status = scorecard_load(work, sheet, &file, &grid);
    if (status == STATUS_OK && file)
        status = scorecard_read(work, sheet, &grid, &view->reading);
    view->sheet = sheet;
    view->file = file;
    return status;
}

enum status page_return_scorecard(struct work *work, const struct call *call, struct page *out_page)
{
    struct view view = { .work = work,
                         .call = call,
                         .shows_all = request_query(call->request, "all") != NULL };
    enum status status = load(&view);
    if (status == STATUS_OK)
        show(&view, out_page);
    return status == STATUS_OK ? return_who_can(work, view.sheet, out_page->model) : status;
}

/* On to the return; or back to what could not go in. */
static enum status fill(struct work *work, const struct return_sheet *sheet,
                        const struct scorecard_choice *choices, size_t count, struct page *out_page)
{
    struct scorecard_filled filled;
    enum status status = scorecard_fill(work, sheet->head.code, choices, count, &filled);
    if (status != STATUS_OK)
        return status;
    bool is_whole = filled.problems.list.count == 0;
    *out_page = (struct page){ .redirect = return_address(work, sheet,
                                                          is_whole ? "" : "/scorecard"),
                               .done = is_whole ? "scorecard-filled" : "scorecard-partly" };
    return STATUS_OK;
}

/* A file that is understood by what was said before fills the return at once. */
static enum status keep(struct view *view, const struct multipart_file *file, struct page *out_page)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct work *work = view->work;
    const char *name = file->file_name.start;
    enum status status = table_reader_open_bytes(work, name, file->bytes, NULL, &reader);
    if (status == STATUS_OK)
        status = scorecard_keep(work, view->sheet, name, reader);
    if (status == STATUS_OK)
        status = load(view);
    if (status == STATUS_OK && !view->reading.is_asking)
        return fill(work, view->sheet, NULL, 0, out_page);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = return_address(work, view->sheet, "/scorecard") };
    return status;
}

enum status page_return_scorecard_sent(struct work *work, const struct call *call,
                                       struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct view view = { .work = work, .call = call, .problems = &problems };
    const struct multipart_file *file = form_file(call, "file");
    enum status status = load(&view);
    if (status != STATUS_OK)
        return status;
    if (!file)
        problem_add(&problems, "file", "Choose the file");
    else
        status = keep(&view, file, out_page);
    if (status == STATUS_INPUT || status == STATUS_LIMIT || status == STATUS_REFUSED) {
        problem_add(&problems, "file", "%s", work->error);
        work_forget(work);
        status = STATUS_OK;
    }
    if (status == STATUS_OK && problems.list.count > 0)
        show(&view, out_page);
    return status;
}

struct choices {
    struct scorecard_choice items[CHOICES_MOST];
    size_t count;
};

static void choose(struct choices *choices, const struct scorecard_word *word, const char *meaning,
                   int64_t measure)
{
    if (choices->count < CHOICES_MOST)
        choices->items[choices->count++] = (struct scorecard_choice){ word->place, word->words,
                                                                      meaning, measure };
}

/* What was chosen for a sheet or column; nothing that is no meaning of one goes further. */
static void take_labels(const struct view *view, const char *place, struct choices *choices)
{
    struct arena *arena = view->work->arena;
    for (size_t i = 0; i < COLUMNS_MOST; i++) {
        const char *words = form_value(view->call, arena_format(arena, "%s-words-%zu", place, i));
        const char *meaning = form_value(view->call, arena_format(arena, "%s-%zu", place, i));
        bool is_known = is_meaning_of(place, meaning);
        for (size_t k = 0; is_known && k < view->reading.words.count; k++) {
            const struct scorecard_word *word = view->reading.words.items[k];
            if (strcmp(word->place, place) == 0 && strcmp(word->words, words) == 0)
                choose(choices, word, meaning, INTEGER_MISSING);
        }
    }
}

/* A label that was chosen already stands for that measure alone. */
static bool is_chosen_before(const struct choices *choices, const struct scorecard_word *word)
{
    for (size_t i = 0; i < choices->count; i++)
        if (choices->items[i].words == word->words && choices->items[i].measure != INTEGER_MISSING)
            return true;
    return false;
}

/* A label that stood for the measure and does not any more stands for nothing. */
static void take_measures(const struct view *view, struct choices *choices,
                          struct problems *problems)
{
    for (size_t i = 0; i < view->sheet->rows.count; i++) {
        const struct return_sheet_row *row = view->sheet->rows.items[i];
        const char *name = measure_name(view, row);
        struct slice typed;
        if (!row->measure || !urlencoded_find(&view->call->form, name, &typed))
            continue;
        for (size_t k = 0; k < view->reading.words.count; k++) {
            const struct scorecard_word *word = view->reading.words.items[k];
            bool is_chosen = strcmp(word_value(view->work->arena, word), typed.start) == 0;
            if (is_chosen && is_chosen_before(choices, word))
                problem_add(problems, name, "%s", WORDS("Choose this label for one measure only"));
            else if (is_chosen)
                choose(choices, word, SCORECARD_MEASURE, row->row->measure);
            else if (word->row == row)
                choose(choices, word, SCORECARD_IGNORED, INTEGER_MISSING);
        }
    }
}

enum status page_return_scorecard_labels(struct work *work, const struct call *call,
                                         struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct view view = { .work = work, .call = call, .problems = &problems };
    struct choices *choices = arena_new_of(work->arena, struct choices);
    enum status status = load(&view);
    if (status != STATUS_OK)
        return status;
    take_labels(&view, SCORECARD_SHEET, choices);
    take_labels(&view, SCORECARD_COLUMN, choices);
    take_measures(&view, choices, &problems);
    if (problems.list.count == 0)
        return fill(work, view.sheet, choices->items, choices->count, out_page);
    view.shows_all = true;
    show(&view, out_page);
    return STATUS_OK;
}
