/* Answers become groups by the registry alone: its lists, its aggregates, its crosswalks. */
#include "service/people_groups.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "service/rules_table.h"
#include "base/banned.h"

static const char *const details[] = {
    [PEOPLE_DETAIL_BROAD] = "broad",
    [PEOPLE_DETAIL_CATEGORY] = "category",
    [PEOPLE_DETAIL_BINARY] = "binary",
};

bool people_detail_read(const char *code, enum people_detail *out_detail)
{
    for (size_t i = 0; i < sizeof details / sizeof *details; i++)
        if (strcmp(code, details[i]) == 0) {
            *out_detail = (enum people_detail)i;
            return true;
        }
    return false;
}

/* Finding under way. */
struct finding_groups {
    struct work *work;
    struct code_lists *lists;
    const struct people *people;
    const struct code_list *asked; /* the list of the answers */
    const struct column *values;
    struct people_groups *groups;
};

/* The group of that code, made when it is new; PAY_NO_GROUP when there is no room. */
static uint8_t group_of(struct people_groups *groups, struct people_group group)
{
    for (size_t i = 0; i < groups->count; i++)
        if (strcmp(groups->groups[i].code, group.code) == 0)
            return (uint8_t)i;
    if (groups->count == PAY_MOST_GROUPS)
        return PAY_NO_GROUP;
    groups->groups[groups->count] = group;
    return (uint8_t)groups->count++;
}

/* Two groups, each of some codes (parted by blanks) of whatever list was asked. */
struct pair {
    struct people_group first, second;
    const char *first_codes, *second_codes;
};

static bool holds(const char *codes, struct slice code)
{
    struct slice rest = slice_of(codes), word;
    while (slice_word(&rest, &word))
        if (slice_equal(word, code))
            return true;
    return false;
}

static void find_pair(struct finding_groups *finding, const struct pair *pair)
{
    struct people_groups *groups = finding->groups;
    (void)group_of(groups, pair->first);
    (void)group_of(groups, pair->second);
    for (uint32_t i = 0; i < column_label_count(finding->values); i++) {
        struct slice code = column_label(finding->values, i);
        if (holds(pair->first_codes, code))
            groups->of_label[i] = 0;
        else if (holds(pair->second_codes, code))
            groups->of_label[i] = 1;
    }
}

/* The category that most people have, so that the largest group can stand in as comparator. */
static const char *largest_of(struct finding_groups *finding)
{
    size_t label_count = column_label_count(finding->values);
    int64_t *counts = arena_array_of(finding->work->arena, label_count + 1, int64_t);
    const struct list_code *largest = NULL;
    int64_t most = -1;
    for (int64_t row = 0; row < finding->people->columns->rows; row++)
        counts[column_code(finding->values, row)]++;
    for (uint32_t i = 0; i < label_count; i++) {
        const struct list_code *code = code_list_find(
            finding->asked, slice_copy(finding->work->arena, column_label(finding->values, i)));
        if (code && counts[i] > most) {
            most = counts[i];
            largest = code;
        }
    }
    return largest ? largest->code : NULL;
}

/* White British where the list has it as one category, else the largest category; NULL where nobody
 * has any. */
static const char *comparator_of(struct finding_groups *finding)
{
    const struct list_aggregate *british = code_list_aggregate(finding->asked, "white-british");
    if (british && code_list_find(finding->asked, british->codes))
        return british->codes;
    return largest_of(finding);
}

/* What a code of the list that was asked is in the list of the output; NULL when it is nothing. */
static enum status map_code(struct finding_groups *finding, struct slice code, const char *to,
                            const char **out_code)
{
    const struct code_list *list = finding->asked;
    const char *text = slice_copy(finding->work->arena, code);
    *out_code = NULL;
    if (!code_list_find(list, text))
        return STATUS_OK;
    if (strcmp(list->name, to) == 0) {
        *out_code = text;
        return STATUS_OK;
    }
    return code_lists_map(finding->work, finding->lists, list->name, text, to, out_code);
}

/* The list of the output: the broadest that still has White British apart, when the list that was
 * asked leads there. */
static enum status output_list(struct finding_groups *finding, enum people_detail detail,
                               const struct code_list **out_list)
{
    static const char *const broad[] = { "ethnicity-6", "ethnicity-5" };
    const struct code_list *asked = finding->asked;
    *out_list = asked;
    if (detail == PEOPLE_DETAIL_CATEGORY)
        return STATUS_OK;
    for (size_t i = 0; i < sizeof broad / sizeof *broad; i++) {
        bool leads = false;
        for (size_t c = 0; c < asked->codes.count && !leads; c++) {
            const struct list_code *code = asked->codes.items[c];
            const char *mapped = NULL;
            enum status status = map_code(finding, slice_of(code->code), broad[i], &mapped);
            if (status != STATUS_OK)
                return status;
            leads = mapped != NULL;
        }
        if (leads)
            return code_list_load(finding->work, finding->lists, broad[i], out_list);
    }
    return STATUS_OK;
}

static enum status find_listed(struct finding_groups *finding, enum people_detail detail)
{
    struct people_groups *groups = finding->groups;
    const struct code_list *list = NULL;
    enum status status = output_list(finding, detail, &list);
    if (status != STATUS_OK)
        return status;
    bool is_asked = list == finding->asked;
    const char *comparator = is_asked ? comparator_of(finding)
                                      : (code_list_find(list, "W1") ? "W1" : "W");
    if (!comparator)
        return STATUS_OK;
    const struct list_code *first = code_list_find(list, comparator);
    const char *label = first ? first->label : comparator;
    (void)group_of(groups, (struct people_group){ comparator, label, label });
    if (detail == PEOPLE_DETAIL_BINARY)
        (void)group_of(groups, (struct people_group){ "other", "All other ethnic groups combined",
                                                      WORDS("people of all other ethnic groups") });
    for (size_t c = 0; c < list->codes.count; c++) {
        const struct list_code *code = list->codes.items[c];
        for (uint32_t i = 0; i < column_label_count(finding->values); i++) {
            const char *mapped = NULL;
            status = map_code(finding, column_label(finding->values, i), list->name, &mapped);
            if (status != STATUS_OK)
                return status;
            if (!mapped || strcmp(mapped, code->code) != 0)
                continue;
            bool is_other = detail == PEOPLE_DETAIL_BINARY && strcmp(mapped, comparator) != 0;
            groups->of_label[i] = is_other ? 1
                                           : group_of(groups, (struct people_group){ code->code,
                                                                                     code->label,
                                                                                     code->label });
        }
    }
    return STATUS_OK;
}

struct rule_search {
    const char *by;
    struct people_groups *groups;
};

static enum status take_rule(struct work *work, void *target,
                             const char *const cells[RULES_MOST_COLUMNS])
{
    struct rule_search *search = target;
    if (!cells[0] || strcmp(cells[0], search->by) != 0)
        return STATUS_OK;
    bool is_good = cells[1] && cells[2] &&
                   slice_integer(slice_of(cells[1]), &search->groups->least_people) &&
                   slice_integer(slice_of(cells[2]), &search->groups->robust_people) &&
                   search->groups->least_people >= 0;
    return is_good ? STATUS_OK
                   : work_fail(work, STATUS_INPUT,
                               "rules/pay_gap_rules.csv: the row of %s wants whole numbers.",
                               search->by);
}

static enum status read_rules(struct work *work, struct people_groups *groups)
{
    static const char *const columns[] = { "by", "least_people", "robust_people", NULL };
    struct rule_search search = { .by = people_roles[groups->role].code, .groups = groups };
    return rules_table_read(work, "pay_gap_rules.csv", columns, take_rule, &search);
}

/* What people are made of two columns, or of ages: the name of the column and its list. */
static const char *derived_of(const struct people_field *field, enum people_role role)
{
    if (role == PEOPLE_AGE || role == PEOPLE_DATE_OF_BIRTH)
        return PEOPLE_AGE_GROUP;
    bool is_condition = role == PEOPLE_DISABILITY && field->question.list &&
                        strcmp(field->question.list->name, "disability-condition") == 0;
    return is_condition ? "disability-equality-act" : NULL;
}

/* The answers and their list. */
static enum status find_answers(struct finding_groups *finding, enum people_role role)
{
    struct work *work = finding->work;
    const struct columns *columns = finding->people->columns;
    const struct people_field *field = people_field_of(finding->people, role);
    if (!field && role == PEOPLE_AGE)
        field = people_field_of(finding->people, PEOPLE_DATE_OF_BIRTH);
    const char *derived = field ? derived_of(field, role) : NULL;
    ptrdiff_t place = derived ? columns_find(columns, derived) : (field ? field->values : -1);
    if (!field || place < 0 || (!derived && !field->question.list))
        return work_fail(work, STATUS_INPUT,
                         "No column of the file is \"%s\"; name it with --column %s=HEADING.",
                         people_roles[role].title, people_roles[role].code);
    finding->values = finding->groups->values = &columns->column[place];
    finding->groups->heading = field->column->heading;
    finding->asked = field->question.list;
    return derived ? code_list_load(work, finding->lists, derived, &finding->asked) : STATUS_OK;
}

static enum status place_answers(struct finding_groups *finding, enum people_role role,
                                 enum people_detail detail)
{
    static const struct pair sexes = {
        { "men", "Men", WORDS("men") }, { "women", "Women", WORDS("women") }, "M", "F"
    };
    /* The employer's own question, and the census's derived answer. */
    static const struct pair disabled = { { "not-disabled", "Not disabled",
                                            WORDS("people who are not disabled") },
                                          { "disabled", "Disabled", WORDS("disabled people") },
                                          "N DN D3 D4",
                                          "Y DY D1 D2" };
    if (role == PEOPLE_SEX)
        find_pair(finding, &sexes);
    else if (role == PEOPLE_DISABILITY)
        find_pair(finding, &disabled);
    else
        return find_listed(finding, role == PEOPLE_ETHNICITY ? detail : PEOPLE_DETAIL_CATEGORY);
    return STATUS_OK;
}

enum status people_groups_find(struct work *work, struct code_lists *lists,
                               const struct people *people, enum people_role role,
                               enum people_detail detail, struct people_groups *out_groups)
{
    struct finding_groups finding = {
        .work = work, .lists = lists, .people = people, .groups = out_groups
    };
    *out_groups = (struct people_groups){ .role = role };
    enum status status = find_answers(&finding, role);
    if (status != STATUS_OK)
        return status;
    assert(finding.values);
    size_t label_count = column_label_count(finding.values);
    out_groups->of_label = arena_take(work->arena, label_count + 1);
    memset(out_groups->of_label, PAY_NO_GROUP, label_count);
    status = place_answers(&finding, role, detail);
    bool has_any = false;
    for (size_t i = 0; i < label_count; i++)
        has_any |= out_groups->of_label[i] != PAY_NO_GROUP;
    if (status == STATUS_OK && !has_any)
        return work_fail(work, STATUS_INPUT,
                         "No answer under \"%s\" belongs to a group that is compared; `dueregard "
                         "people` shows how its labels are read, and --map puts it right.",
                         out_groups->heading);
    return status == STATUS_OK ? read_rules(work, out_groups) : status;
}
