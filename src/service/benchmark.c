/* Values come in as they are written and are based on those who answered once all are there. */
#include "service/benchmark.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "codec/table_reader.h"
#include "entity/heading.h"
#include "service/rules_table.h"
#include "base/banned.h"

enum { MOST_VALUES = 20000, MOST_LABEL = 400 };
#define WHOLE_LEAST (99 * NUMBER_ONE) /* shares that add to less leave groups out */
#define HUNDRED (100 * NUMBER_ONE)

/* A row as it is written. */
struct written {
    int64_t row;
    const char *list, *group, *place; /* place NULL: of everybody */
    int64_t amount;                   /* per cent, or people; in millionths */
};

struct loading {
    struct work *work;
    struct people_labels *labels;
    struct benchmark *benchmark;
    struct list rows; /* of struct written * */
    bool is_count, adds_places;
    const char *file, *known;
};

/* Values --------------------------------------------------------------------------------------- */

static struct benchmark_set *set_of(struct loading *loading, struct list *sets,
                                    const struct code_list *list)
{
    for (size_t i = 0; i < sets->count; i++)
        if (((struct benchmark_set *)sets->items[i])->list == list)
            return sets->items[i];
    struct benchmark_set *set = arena_new_of(loading->work->arena, struct benchmark_set);
    set->list = list;
    list_add(loading->work->arena, sets, set);
    return set;
}

/* Adds a value to its set; one that is not an answer, such as not-answered, goes into `*others`.
 * Counts of several places add up where the set is of everybody. */
static enum status add_value(struct loading *loading, struct benchmark_set *set,
                             const struct written *row, struct people_answer answer,
                             int64_t *others)
{
    if (answer.state == ANSWER_NOT_UNDERSTOOD)
        return work_fail(loading->work, STATUS_INPUT,
                         "%s, row %lld: \"%.60s\" is no group of the list %s; say what it stands "
                         "for with --map, or take the row out.",
                         loading->file, (long long)row->row, row->group, set->list->name);
    if (answer.state != ANSWER_GIVEN) {
        *others += row->amount;
        return STATUS_OK;
    }
    for (size_t i = 0; i < set->values.count; i++)
        if (strcmp(((struct benchmark_value *)set->values.items[i])->code, answer.code) == 0) {
            struct benchmark_value *there = set->values.items[i];
            if (loading->adds_places) {
                there->percent += row->amount;
                return STATUS_OK;
            }
            return work_fail(loading->work, STATUS_INPUT, "%s, row %lld: \"%.60s\" stands twice.",
                             loading->file, (long long)row->row, row->group);
        }
    struct benchmark_value *value = arena_new_of(loading->work->arena, struct benchmark_value);
    *value = (struct benchmark_value){ answer.code, row->amount };
    list_add(loading->work->arena, &set->values, value);
    return STATUS_OK;
}

/* A group that is divided further in the same set is the sum of its parts, and goes. */
static void drop_divided(struct benchmark_set *set)
{
    size_t kept = 0;
    for (size_t i = 0; i < set->values.count; i++) {
        struct benchmark_value *value = set->values.items[i];
        bool is_divided = false;
        for (size_t other = 0; other < set->values.count && !is_divided; other++) {
            const struct benchmark_value *part = set->values.items[other];
            const struct list_code *code = code_list_find(set->list, part->code);
            is_divided = code && code->parent && strcmp(code->parent, value->code) == 0;
        }
        if (!is_divided)
            set->values.items[kept++] = value;
    }
    set->values.count = kept;
}

static enum status base_set(struct loading *loading, struct benchmark_set *set, int64_t others)
{
    int64_t sum = 0;
    drop_divided(set);
    for (size_t i = 0; i < set->values.count; i++)
        sum += ((struct benchmark_value *)set->values.items[i])->percent;
    set->is_partial = !loading->is_count && sum + others < WHOLE_LEAST;
    if (sum <= 0 || (!loading->is_count && sum + others > HUNDRED + 2 * NUMBER_ONE))
        return work_fail(loading->work, STATUS_INPUT,
                         "%s: the %s of the list %s add to %s; look for totals among the groups.",
                         loading->file, loading->is_count ? "counts" : "percentages",
                         set->list->name, number_print_short(loading->work->arena, sum + others));
    for (size_t i = 0; i < set->values.count && !set->is_partial; i++) {
        struct benchmark_value *value = set->values.items[i];
        if (!number_scale(value->percent, HUNDRED, sum, &value->percent))
            return work_fail(loading->work, STATUS_INPUT, "%s: a number is too large.",
                             loading->file);
    }
    return STATUS_OK;
}

/* Characteristics -------------------------------------------------------------------------------
 */

static size_t understood(struct loading *loading, const struct people_question *question,
                         const struct slice *groups, size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += people_labels_answer(loading->work, loading->labels, question, groups[i]).state !=
                 ANSWER_NOT_UNDERSTOOD;
    return found;
}

/* The characteristic of a set's groups: as it is named, else the one that understands most. */
static enum status find_question(struct loading *loading, const char *named,
                                 const struct slice *groups, size_t count,
                                 struct people_question *out_question)
{
    struct work *work = loading->work;
    struct slice name = slice_of(named ? heading_compared(work->arena, slice_of(named)) : "");
    size_t most = 0;
    for (int role = 1; role < PEOPLE_ROLE_COUNT; role++) {
        struct people_question question = { .heading = people_roles[role].code,
                                            .role = (enum people_role)role };
        if (people_roles[role].kind != PEOPLE_IS_ANSWER)
            continue;
        if (name.length > 0 &&
            !slice_is(name, heading_compared(work->arena, slice_of(people_roles[role].code))) &&
            !slice_is(name, heading_compared(work->arena, slice_of(people_roles[role].title))))
            continue;
        enum status status = people_labels_question(work, loading->labels, groups, count,
                                                    &question);
        if (status != STATUS_OK)
            return status;
        size_t found = question.list ? understood(loading, &question, groups, count) : 0;
        if (found > most) {
            most = found;
            *out_question = question;
        }
    }
    if (most == 0)
        return work_fail(work, STATUS_INPUT,
                         "%s: no list of the registry has the groups%s%.40s%s; name the list in a "
                         "column headed list.",
                         loading->file, named ? " of \"" : "", named ? named : "",
                         named ? "\"" : "");
    return STATUS_OK;
}

/* Codes and states as the registry writes them come before labels, which other lists have too. */
static struct people_answer answer_of(struct loading *loading,
                                      const struct people_question *question, const char *group)
{
    struct people_answer answer = { .state = ANSWER_GIVEN, .source = LABEL_OF_LIST };
    const struct list_code *code = code_list_find(question->list, group);
    if (code)
        answer.code = code->code;
    else if (!answer_state_read(group, &answer.state))
        answer = people_labels_answer(loading->work, loading->labels, question, slice_of(group));
    return answer;
}

/* The list of that name as a question; false when no list has the name. */
static enum status find_list(struct loading *loading, const char *named,
                             struct people_question *out_question)
{
    struct people_question question = { .heading = named };
    enum pay_period period;
    enum status status = code_list_load(loading->work, &loading->labels->lists, named,
                                        &question.list);
    if (status == STATUS_OK &&
        people_role_read(slice_of(question.list->role), &question.role, &period))
        *out_question = question;
    return status;
}

static bool is_of(const struct written *row, const char *named)
{
    return row->list == named || (row->list && named && strcmp(row->list, named) == 0);
}

static bool is_at(const struct written *row, const char *place)
{
    return row->place == place ||
           (row->place && place && slice_equal_folded(slice_of(row->place), slice_of(place)));
}

/* The rows of one place, or those without one, become a set. Of everybody, where no row is without
 * a place, are the counts of all places; percentages cannot be put together. */
static enum status fill_set(struct loading *loading, struct list *sets,
                            const struct people_question *question, const char *named,
                            const char *place)
{
    bool has_rows = false;
    int64_t others = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < loading->rows.count && !has_rows; i++)
        has_rows = is_of(loading->rows.items[i], named) && is_at(loading->rows.items[i], place);
    if (!has_rows && place)
        return STATUS_OK; /* this place has no such characteristic */
    if (!has_rows && !loading->is_count && loading->benchmark->places.count > 1)
        return work_fail(loading->work, STATUS_INPUT,
                         "%s has percentages of places alone; add rows without a place, of "
                         "everybody, or give counts.",
                         loading->file);
    loading->adds_places = !has_rows;
    struct benchmark_set *set = set_of(loading, sets, question->list);
    for (size_t i = 0; i < loading->rows.count && status == STATUS_OK; i++) {
        const struct written *row = loading->rows.items[i];
        if (is_of(row, named) && (!has_rows || is_at(row, place)))
            status = add_value(loading, set, row, answer_of(loading, question, row->group),
                               &others);
    }
    return status == STATUS_OK ? base_set(loading, set, others) : status;
}

/* The rows of one list or characteristic become a set, and one of each place. */
static enum status take_set(struct loading *loading, const char *named)
{
    struct work *work = loading->work;
    struct slice *groups = arena_array_of(work->arena, loading->rows.count + 1, struct slice);
    struct people_question question = { 0 };
    size_t count = 0;
    for (size_t i = 0; i < loading->rows.count; i++)
        if (is_of(loading->rows.items[i], named))
            groups[count++] = slice_of(((const struct written *)loading->rows.items[i])->group);
    enum status status = named ? find_list(loading, named, &question) : STATUS_NOT_FOUND;
    if (status == STATUS_NOT_FOUND) {
        work_forget(work);
        status = find_question(loading, named, groups, count, &question);
    }
    if (status != STATUS_OK)
        return status;
    status = fill_set(loading, &loading->benchmark->sets, &question, named, NULL);
    for (size_t i = 0; status == STATUS_OK && i < loading->benchmark->places.count; i++) {
        struct benchmark_place *place = loading->benchmark->places.items[i];
        status = fill_set(loading, &place->sets, &question, named, place->name);
    }
    return status;
}

static enum status take_sets(struct loading *loading)
{
    for (size_t i = 0; i < loading->rows.count; i++) {
        const struct written *row = loading->rows.items[i];
        bool is_done = false;
        for (size_t before = 0; before < i && !is_done; before++) {
            is_done = is_of(loading->rows.items[before], row->list);
        }
        enum status status = is_done ? STATUS_OK : take_set(loading, row->list);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* From the rules --------------------------------------------------------------------------------
 */

static enum status take_benchmark(struct work *work, void *target,
                                  const char *const cells[RULES_MOST_COLUMNS])
{
    struct loading *loading = target;
    loading->known = arena_format(work->arena, "%s%s%s", loading->known ? loading->known : "",
                                  loading->known ? ", " : "", cells[0] ? cells[0] : "");
    if (cells[0] && strcmp(cells[0], loading->benchmark->name) == 0) {
        loading->benchmark->title = cells[1] ? cells[1] : cells[0];
        loading->benchmark->place = cells[2];
        loading->benchmark->date = cells[3];
        loading->benchmark->population = cells[4];
        loading->benchmark->source = cells[5];
        loading->benchmark->standing = cells[6];
    }
    return STATUS_OK;
}

static enum status add_row(struct loading *loading, struct written row, const char *amount)
{
    int decimals = 0;
    if (!row.group || !amount || !number_read(slice_of(amount), &row.amount, &decimals) ||
        row.amount < 0)
        return work_fail(loading->work, STATUS_INPUT,
                         "%s, row %lld: a group and a number that is not below 0 are wanted.",
                         loading->file, (long long)row.row);
    if (loading->rows.count == MOST_VALUES)
        return work_fail(loading->work, STATUS_LIMIT, "%s has more than %d groups.", loading->file,
                         MOST_VALUES);
    struct written *kept = arena_new_of(loading->work->arena, struct written);
    *kept = row;
    list_add(loading->work->arena, &loading->rows, kept);
    return STATUS_OK;
}

static enum status take_value(struct work *work, void *target,
                              const char *const cells[RULES_MOST_COLUMNS])
{
    struct loading *loading = target;
    (void)work;
    if (!cells[0] || strcmp(cells[0], loading->benchmark->name) != 0)
        return STATUS_OK;
    return add_row(loading, (struct written){ 0, cells[1], cells[2], NULL, 0 }, cells[3]);
}

static enum status load_rules(struct loading *loading)
{
    static const char *const heads[] = { "benchmark",  "title",  "place",    "date",
                                         "population", "source", "standing", NULL };
    static const char *const values[] = { "benchmark", "list", "code", "percent", NULL };
    loading->file = "rules/benchmark_values.csv";
    enum status status = rules_table_read(loading->work, "benchmarks.csv", heads, take_benchmark,
                                          loading);
    if (status == STATUS_OK && !loading->benchmark->title)
        return work_fail(loading->work, STATUS_NOT_FOUND,
                         "There is no file and no benchmark \"%.80s\"; there are %s.",
                         loading->benchmark->name, loading->known);
    if (status == STATUS_OK)
        status = rules_table_read(loading->work, "benchmark_values.csv", values, take_value,
                                  loading);
    return status;
}

/* From a file -----------------------------------------------------------------------------------
 */

enum { LIST, GROUP, PERCENT, COUNT, PLACE, FILE_COLUMNS };

static const char *const file_headings[FILE_COLUMNS][6] = {
    [LIST] = { "list", "characteristic", "variable", "classification" },
    [GROUP] = { "group", "code", "category", "label", "answer" },
    [PERCENT] = { "percent", "percentage", "share", "%" },
    [COUNT] = { "count", "people", "number", "population", "observation" },
    [PLACE] = { "place", "ward", "unit", "area", "geography", "locality" },
};

static enum status find_headings(struct loading *loading, const struct table_row *row,
                                 ptrdiff_t places[FILE_COLUMNS])
{
    for (int column = 0; column < FILE_COLUMNS; column++) {
        places[column] = -1;
        for (size_t i = 0; i < 6 && file_headings[column][i] && places[column] < 0; i++)
            for (size_t cell = 0; cell < row->count && places[column] < 0; cell++)
                if (slice_equal_folded(slice_trim(row->cells[cell]),
                                       slice_of(file_headings[column][i])))
                    places[column] = (ptrdiff_t)cell;
    }
    if (places[GROUP] < 0 || (places[PERCENT] < 0 && places[COUNT] < 0))
        return work_fail(loading->work, STATUS_INPUT,
                         "%s: a benchmark has the columns group and percent or count, and list or "
                         "characteristic where it has more than one.",
                         loading->file);
    loading->is_count = places[PERCENT] < 0;
    return STATUS_OK;
}

static const char *cell_of(struct loading *loading, const struct table_row *row, ptrdiff_t place)
{
    struct slice cell = { 0 };
    if (place >= 0 && (size_t)place < row->count)
        cell = slice_trim(row->cells[place]);
    if (cell.length > 0 && cell.start[cell.length - 1] == '%')
        cell.length--;
    return cell.length > 0 && cell.length < MOST_LABEL ? slice_copy(loading->work->arena, cell)
                                                       : NULL;
}

static bool is_total(struct loading *loading, const char *group)
{
    struct slice compared = slice_of(heading_compared(loading->work->arena, slice_of(group)));
    return slice_starts(compared, "total") || slice_starts(compared, "all usual residents") ||
           slice_is(compared, "all") || slice_starts(compared, "all people");
}

static void note_place(struct loading *loading, const char *name)
{
    struct list *places = &loading->benchmark->places;
    for (size_t i = 0; i < places->count; i++)
        if (slice_equal_folded(slice_of(((struct benchmark_place *)places->items[i])->name),
                               slice_of(name)))
            return;
    struct benchmark_place *place = arena_new_of(loading->work->arena, struct benchmark_place);
    place->name = name;
    list_add(loading->work->arena, places, place);
}

static enum status load_file(struct loading *loading, const char *path)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    ptrdiff_t places[FILE_COLUMNS];
    loading->file = file_name(path);
    loading->benchmark->title = loading->file;
    enum status status = table_reader_open(loading->work, path, NULL, &reader);
    if (status == STATUS_OK)
        status = table_reader_next(reader, &row);
    if (status == STATUS_END)
        return work_fail(loading->work, STATUS_INPUT, "%s is empty.", loading->file);
    if (status == STATUS_OK)
        status = find_headings(loading, &row, places);
    while (status == STATUS_OK && (status = table_reader_next(reader, &row)) == STATUS_OK) {
        struct written written = { .row = row.number,
                                   .list = cell_of(loading, &row, places[LIST]),
                                   .group = cell_of(loading, &row, places[GROUP]),
                                   .place = cell_of(loading, &row, places[PLACE]) };
        if (written.place)
            note_place(loading, written.place);
        if (written.group && is_total(loading, written.group))
            continue;
        status = add_row(
            loading, written,
            cell_of(loading, &row, loading->is_count ? places[COUNT] : places[PERCENT]));
    }
    return status == STATUS_END ? STATUS_OK : status;
}

enum status benchmark_load(struct work *work, struct people_labels *labels,
                           const char *name_or_path, struct benchmark *out_benchmark)
{
    struct loading loading = { .work = work, .labels = labels, .benchmark = out_benchmark };
    *out_benchmark = (struct benchmark){ .name = name_or_path };
    enum status status = file_exists(name_or_path) ? load_file(&loading, name_or_path)
                                                   : load_rules(&loading);
    return status == STATUS_OK ? take_sets(&loading) : status;
}
