/* Answers become groups by the registry alone: its lists, its aggregates, its crosswalks. */
#include "service/people_groups.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
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
    const struct people_field *field;
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

/* People with the code, so that the largest group can stand in as comparator. */
static int64_t people_of(const struct people_field *field, const char *code)
{
    int64_t count = 0;
    for (size_t i = 0; i < field->label_count; i++)
        if (field->labels[i].answer.code && strcmp(field->labels[i].answer.code, code) == 0)
            count += field->labels[i].count;
    return count;
}

/* White British where the list has it as one category, else the largest category. */
static const char *comparator_of(const struct people_field *field, const struct code_list *list)
{
    const struct list_aggregate *british = code_list_aggregate(list, "white-british");
    if (british && code_list_find(list, british->codes))
        return british->codes;
    const char *largest = NULL;
    int64_t most = -1;
    for (size_t i = 0; i < list->codes.count; i++) {
        const struct list_code *code = list->codes.items[i];
        int64_t count = people_of(field, code->code);
        if (count > most) {
            most = count;
            largest = code->code;
        }
    }
    return largest;
}

/* What a code of the list that was asked is in the list of the output; NULL when it is nothing. */
static enum status map_code(struct finding_groups *finding, struct slice code, const char *to,
                            const char **out_code)
{
    const struct code_list *list = finding->field->question.list;
    const char *text = slice_copy(finding->work->arena, code);
    bool is_linked = false;
    *out_code = NULL;
    if (!code_list_find(list, text))
        return STATUS_OK;
    if (strcmp(list->name, to) == 0) {
        *out_code = text;
        return STATUS_OK;
    }
    return code_lists_map(finding->work, finding->lists, list->name, text, to, out_code,
                          &is_linked);
}

/* The list of the output: the broadest that still has White British apart, when the list that was
 * asked leads there. */
static enum status output_list(struct finding_groups *finding, enum people_detail detail,
                               const struct code_list **out_list)
{
    static const char *const broad[] = { "ethnicity-6", "ethnicity-5" };
    const struct code_list *asked = finding->field->question.list;
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
    bool is_asked = list == finding->field->question.list;
    const char *comparator = is_asked ? comparator_of(finding->field, list)
                                      : (code_list_find(list, "W1") ? "W1" : "W");
    assert(comparator); /* no list is empty */
    const struct list_code *first = code_list_find(list, comparator);
    const char *label = first ? first->label : comparator;
    (void)group_of(groups, (struct people_group){ comparator, label, label });
    if (detail == PEOPLE_DETAIL_BINARY)
        (void)group_of(groups, (struct people_group){ "other", "All other ethnic groups combined",
                                                      "people of all other ethnic groups" });
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
    bool is_found;
};

static enum status take_rule(struct work *work, void *target,
                             const char *const cells[RULES_MOST_COLUMNS])
{
    struct rule_search *search = target;
    if (!cells[0] || strcmp(cells[0], search->by) != 0)
        return STATUS_OK;
    search->is_found = cells[1] && cells[2] &&
                       slice_integer(slice_of(cells[1]), &search->groups->least_people) &&
                       slice_integer(slice_of(cells[2]), &search->groups->robust_people) &&
                       search->groups->least_people >= 0;
    return search->is_found
               ? STATUS_OK
               : work_fail(work, STATUS_INPUT,
                           "rules/pay_gap_rules.csv: the row of %s wants whole numbers.",
                           search->by);
}

static enum status read_rules(struct work *work, struct people_groups *groups)
{
    static const char *const columns[] = { "by", "least_people", "robust_people", NULL };
    struct rule_search search = { .by = people_roles[groups->role].code, .groups = groups };
    enum status status = rules_table_read(work, "pay_gap_rules.csv", columns, take_rule, &search);
    return status;
}

static enum status find_field(struct work *work, const struct people *people, enum people_role role,
                              const struct people_field **out_field)
{
    const struct people_field *field = people_field_of(people, role);
    if (!field || field->values < 0 || !field->question.list)
        return work_fail(work, STATUS_INPUT,
                         "No column of the file is \"%s\"; name it with --column %s=HEADING.",
                         people_roles[role].title, people_roles[role].code);
    *out_field = field;
    return STATUS_OK;
}

enum status people_groups_find(struct work *work, struct code_lists *lists,
                               const struct people *people, enum people_role role,
                               enum people_detail detail, struct people_groups *out_groups)
{
    static const struct pair sexes = {
        { "men", "Men", "men" }, { "women", "Women", "women" }, "M", "F"
    };
    /* The employer's own question, and the census's derived answer. */
    static const struct pair disabled = { { "not-disabled", "Not disabled",
                                            "people who are not disabled" },
                                          { "disabled", "Disabled", "disabled people" },
                                          "N DN D3 D4",
                                          "Y DY D1 D2" };
    const struct people_field *field = NULL;
    enum status status = find_field(work, people, role, &field);
    if (status != STATUS_OK)
        return status;
    assert(field);
    const struct column *values = &people->columns->column[field->values];
    size_t label_count = column_label_count(values);
    *out_groups = (struct people_groups){ .role = role,
                                          .of_label = arena_take(work->arena, label_count + 1) };
    memset(out_groups->of_label, PAY_NO_GROUP, label_count);
    struct finding_groups finding = { work, lists, field, values, out_groups };
    if (role == PEOPLE_SEX)
        find_pair(&finding, &sexes);
    else if (role == PEOPLE_DISABILITY)
        find_pair(&finding, &disabled);
    else
        status = find_listed(&finding, role == PEOPLE_ETHNICITY ? detail : PEOPLE_DETAIL_CATEGORY);
    return status == STATUS_OK ? read_rules(work, out_groups) : status;
}
