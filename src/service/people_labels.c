#include "service/people_labels.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/likeness.h"
#include "base/text.h"
#include "codec/table_reader.h"
#include "entity/heading.h"
#include "service/rules_table.h"
#include "base/banned.h"

enum {
    MAP_COLUMNS = 4,
    LABEL_LONGEST = 400, /* bytes; longer ones are free text and never an answer */
};

static const char *const map_columns[MAP_COLUMNS] = { "column", "label", "list", "code" };

/* A label in the form in which labels are compared: as a heading, with "&" as "and". */
static const char *compared(struct arena *arena, struct slice label)
{
    struct text text = text_new(arena, 2 * LABEL_LONGEST);
    label = slice_first(slice_trim(label), LABEL_LONGEST);
    for (size_t i = 0; i < label.length; i++)
        if (label.start[i] == '&')
            text_add(&text, " and ");
        else
            text_add_character(&text, label.start[i]);
    return heading_compared(arena, text_slice(&text));
}

static struct people_label_rule *rule_new(struct work *work, const char *column, const char *label,
                                          const char *list, const char *code)
{
    struct people_label_rule *rule = arena_new_of(work->arena, struct people_label_rule);
    *rule = (struct people_label_rule){
        .column = strcmp(column, "*") == 0 ? "" : heading_compared(work->arena, slice_of(column)),
        .label = compared(work->arena, slice_of(label)),
        .written = label,
        .list = list,
        .code = code,
    };
    return rule;
}

static enum status take_known(struct work *work, void *target,
                              const char *const cells[RULES_MOST_COLUMNS])
{
    struct people_labels *labels = target;
    for (int i = 0; i < MAP_COLUMNS; i++)
        if (!cells[i])
            return work_fail(work, STATUS_INPUT,
                             "rules/list_labels.csv: each row has a role, a label, a list and a "
                             "code.");
    list_add(work->arena, &labels->known, rule_new(work, cells[0], cells[1], cells[2], cells[3]));
    return STATUS_OK;
}

enum status people_labels_read(struct work *work, struct people_labels *out_labels)
{
    static const char *const columns[] = { "role", "label", "list", "code", NULL };
    struct people_labels labels = { 0 };
    enum status status = code_lists_open(work, &labels.lists);
    if (status == STATUS_OK)
        status = rules_table_read(work, "list_labels.csv", columns, take_known, &labels);
    if (status == STATUS_OK)
        *out_labels = labels;
    return status;
}

/* The code must be one of the list's, or a state. */
static enum status check_meaning(struct work *work, struct people_labels *labels, const char *place,
                                 const struct label_meaning *meaning)
{
    enum answer_state state;
    const struct code_list *known = NULL;
    if (strcmp(meaning->list, LABEL_STATE) == 0) {
        if (!answer_state_read(meaning->code, &state) || state == ANSWER_GIVEN)
            return work_fail(work, STATUS_INPUT,
                             "%s: \"%.40s\" is no state; write prefer-not-to-say, not-answered, "
                             "not-asked, unknown or withdrawn.",
                             place, meaning->code);
        return STATUS_OK;
    }
    enum status status = code_list_load(work, &labels->lists, meaning->list, &known);
    if (status == STATUS_NOT_FOUND) {
        work_forget(work);
        return work_fail(work, STATUS_INPUT,
                         "%s: there is no list \"%.60s\"; rules/lists.csv names them.", place,
                         meaning->list);
    }
    if (status == STATUS_OK && !code_list_find(known, meaning->code))
        return work_fail(work, STATUS_INPUT, "%s: the list %s has no code \"%.40s\".", place,
                         meaning->list, meaning->code);
    return status;
}

enum status people_labels_add(struct work *work, struct people_labels *labels, const char *place,
                              const struct label_meaning *meaning)
{
    enum status status = check_meaning(work, labels, place, meaning);
    if (status == STATUS_OK)
        list_add(work->arena, &labels->by_hand,
                 rule_new(work, meaning->heading, meaning->label, meaning->list, meaning->code));
    return status;
}

static enum status add_rows(struct work *work, struct people_labels *labels, const char *name,
                            struct table_reader *reader)
{
    struct table_row row;
    size_t places[MAP_COLUMNS] = { 0 };
    enum status status = table_reader_next(reader, &row);
    if (status == STATUS_END)
        return work_fail(work, STATUS_INPUT,
                         "%s is empty; a map has the columns column, label, "
                         "list and code.",
                         name);
    for (size_t i = 0; status == STATUS_OK && i < MAP_COLUMNS; i++) {
        size_t at = 0;
        while (at < row.count &&
               !slice_equal_folded(slice_trim(row.cells[at]), slice_of(map_columns[i])))
            at++;
        if (at == row.count)
            return work_fail(work, STATUS_INPUT,
                             "%s has no column \"%s\"; a map has the columns column, label, list "
                             "and code.",
                             name, map_columns[i]);
        places[i] = at;
    }
    while (status == STATUS_OK && (status = table_reader_next(reader, &row)) == STATUS_OK) {
        const char *cells[MAP_COLUMNS] = { "", "", "", "" };
        const char *place = arena_format(work->arena, "%s, row %lld", name, (long long)row.number);
        for (size_t i = 0; i < MAP_COLUMNS; i++)
            if (places[i] < row.count)
                cells[i] = slice_copy(work->arena, slice_trim(row.cells[places[i]]));
        if (!cells[0][0] || !cells[2][0] || !cells[3][0])
            continue;
        const struct label_meaning meaning = { cells[0], cells[1], cells[2], cells[3] };
        status = people_labels_add(work, labels, place, &meaning);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

enum status people_labels_add_map(struct work *work, struct people_labels *labels, const char *path)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    enum status status = table_reader_open(work, path, NULL, &reader);
    return status == STATUS_OK ? add_rows(work, labels, file_name(path), reader) : status;
}

enum status people_labels_add_map_bytes(struct work *work, struct people_labels *labels,
                                        const char *name, struct slice bytes)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    enum status status = table_reader_open_bytes(work, name, bytes, NULL, &reader);
    return status == STATUS_OK ? add_rows(work, labels, name, reader) : status;
}

bool people_label_is_blank(struct slice label)
{
    static const char *const blanks[] = {
        "", ".", "-", "--", "NULL", "(null)", "#N/A", "nan", "none recorded", "?", "#VALUE!"
    };
    label = slice_trim(label);
    if (label.length > 0 && !strchr(".-#(?nN", label.start[0])) /* as most cells */
        return false;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (slice_equal_folded(label, slice_of(blanks[i])))
            return true;
    return false;
}

/* The names by which rules speak of a column, in compared form. */
struct subject {
    const char *heading, *role;
};

static struct subject subject_of(struct arena *arena, const struct people_question *question)
{
    return (struct subject){ heading_compared(arena, slice_of(question->heading)),
                             heading_compared(arena, slice_of(people_roles[question->role].code)) };
}

/* Whether a rule speaks of the column: by its heading, by its role, or of all. */
static bool is_about(const struct people_label_rule *rule, struct subject subject)
{
    return !rule->column[0] || strcmp(rule->column, subject.heading) == 0 ||
           strcmp(rule->column, subject.role) == 0;
}

static bool state_answer(const char *code, struct people_answer *out)
{
    out->code = NULL;
    return answer_state_read(code, &out->state);
}

/* The answer that a table of rules gives under a list; the last rule that speaks of it wins. */
static bool from_rules(const struct list *rules, struct subject subject,
                       const struct code_list *list, const char *label, struct people_answer *out)
{
    for (size_t i = rules->count; i-- > 0;) {
        const struct people_label_rule *rule = rules->items[i];
        if (strcmp(rule->label, label) != 0 || !is_about(rule, subject))
            continue;
        if (strcmp(rule->list, LABEL_STATE) == 0)
            return state_answer(rule->code, out);
        if (list && strcmp(rule->list, list->name) == 0) {
            out->state = ANSWER_GIVEN;
            out->code = rule->code;
            return true;
        }
    }
    return false;
}

/* The list's own labels, and the codes of what is no group: those of groups are letters that mean
 * something else in other lists. */
static bool from_list(struct work *work, const struct code_list *list, struct slice written,
                      const char *label, struct people_answer *out)
{
    for (size_t i = 0; list && i < list->codes.count; i++) {
        const struct list_code *code = list->codes.items[i];
        if ((!code->is_group && slice_equal_folded(written, slice_of(code->code))) ||
            strcmp(compared(work->arena, slice_of(code->label)), label) == 0) {
            out->state = ANSWER_GIVEN;
            out->code = code->code;
            return true;
        }
    }
    return false;
}

struct people_answer people_labels_answer(struct work *work, const struct people_labels *labels,
                                          const struct people_question *question,
                                          struct slice written)
{
    struct people_answer answer = { .state = ANSWER_NOT_UNDERSTOOD, .source = LABEL_NOT_FOUND };
    struct arena_mark mark = arena_mark(work->arena);
    written = slice_trim(written);
    const char *label = compared(work->arena, written);
    struct subject subject = subject_of(work->arena, question);
    if (from_rules(&labels->by_hand, subject, question->list, label, &answer))
        answer.source = LABEL_BY_HAND;
    else if (people_label_is_blank(written))
        answer = (struct people_answer){ .state = ANSWER_NOT_ANSWERED, .source = LABEL_BLANK };
    else if (from_rules(&labels->known, subject, question->list, label, &answer))
        answer.source = LABEL_KNOWN;
    else if (from_list(work, question->list, written, label, &answer))
        answer.source = LABEL_OF_LIST;
    arena_return(work->arena, mark);
    return answer;
}

/* The list that the map names for the column. */
static enum status list_by_hand(struct work *work, const struct people_labels *labels,
                                struct people_question *question, const char **out_name)
{
    struct subject subject = subject_of(work->arena, question);
    *out_name = NULL;
    for (size_t i = 0; i < labels->by_hand.count; i++) {
        const struct people_label_rule *rule = labels->by_hand.items[i];
        if (strcmp(rule->list, LABEL_STATE) == 0 || !rule->column[0] || !is_about(rule, subject))
            continue;
        if (*out_name && strcmp(*out_name, rule->list) != 0)
            return work_fail(work, STATUS_INPUT,
                             "The map gives the labels of %s to two lists, %s and %s; a column "
                             "answers one question, so keep to one list.",
                             question->heading, *out_name, rule->list);
        *out_name = rule->list;
    }
    return STATUS_OK;
}

static size_t understood(struct work *work, const struct people_labels *labels,
                         const struct people_question *question, const struct slice *values,
                         size_t count)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        known += people_labels_answer(work, labels, question, values[i]).code != NULL;
    return known;
}

/* The list of the role that knows most of the labels. */
static enum status list_by_labels(struct work *work, struct people_labels *labels,
                                  const struct slice *values, size_t count,
                                  struct people_question *question)
{
    const struct code_list *best = NULL;
    const char *role = people_roles[question->role].code;
    size_t most = 0;
    for (size_t i = 0; i < labels->lists.lists.count; i++) {
        const struct code_list *list = labels->lists.lists.items[i];
        if (strcmp(list->role, role) != 0)
            continue;
        enum status status = code_list_load(work, &labels->lists, list->name, &question->list);
        if (status != STATUS_OK)
            return status;
        size_t known = understood(work, labels, question, values, count);
        if (!best || known > most) {
            best = question->list;
            most = known;
        }
    }
    question->list = best;
    question->reason = most > 0 ? "it knows most of the labels"
                                : "no label is known; it is the newest";
    return STATUS_OK;
}

enum status people_labels_question(struct work *work, struct people_labels *labels,
                                   const struct slice *values, size_t value_count,
                                   struct people_question *question)
{
    const char *chosen = NULL;
    enum status status = list_by_hand(work, labels, question, &chosen);
    if (status != STATUS_OK)
        return status;
    if (!chosen)
        return list_by_labels(work, labels, values, value_count, question);
    question->reason = "the map names it";
    question->is_by_hand = true;
    return code_list_load(work, &labels->lists, chosen, &question->list);
}

struct label_suggestion people_labels_suggest(struct work *work, const struct people_labels *labels,
                                              const struct people_question *question,
                                              struct slice written)
{
    struct label_suggestion best = { .state = ANSWER_NOT_UNDERSTOOD,
                                     .likeness = LIKENESS_LEAST - 1 };
    struct arena_mark mark = arena_mark(work->arena);
    const char *label = compared(work->arena, written);
    struct subject subject = subject_of(work->arena, question);
    for (size_t i = 0; question->list && i < question->list->codes.count; i++) {
        const struct list_code *code = question->list->codes.items[i];
        int like = likeness_of(label, compared(work->arena, slice_of(code->label)));
        if (like > best.likeness)
            best = (struct label_suggestion){ code, ANSWER_GIVEN, like };
    }
    for (size_t i = 0; i < labels->known.count; i++) {
        const struct people_label_rule *rule = labels->known.items[i];
        bool is_state = strcmp(rule->list, LABEL_STATE) == 0;
        if (!is_about(rule, subject) ||
            (!is_state && (!question->list || strcmp(rule->list, question->list->name) != 0)))
            continue;
        int like = likeness_of(label, rule->label);
        if (like <= best.likeness)
            continue;
        best.likeness = like;
        best.code = is_state ? NULL : code_list_find(question->list, rule->code);
        best.state = ANSWER_GIVEN;
        if (is_state)
            (void)answer_state_read(rule->code, &best.state);
    }
    arena_return(work->arena, mark);
    if (best.likeness < LIKENESS_LEAST)
        best.likeness = 0;
    return best;
}
