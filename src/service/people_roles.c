#include "service/people_roles.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "entity/heading.h"
#include "service/rules_table.h"
#include "base/banned.h"

enum {
    HEADING_MOST = 300,
    CONTAINED_LEAST = 5, /* bytes of a rule that may stand within a longer heading */
    WORDS_LISTED = 2000,
    LEVEL_UNSAID = 100
};

const struct people_role_row people_roles[PEOPLE_ROLE_COUNT] = {
    [PEOPLE_UNKNOWN] = { "unknown", "Not understood", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_KEY] = { "key", "Employee's number", PEOPLE_IS_KEY, false },
    [PEOPLE_NAME] = { "name", "Name or title", PEOPLE_IS_UNREAD, false },
    [PEOPLE_SEX] = { "sex", "Sex", PEOPLE_IS_ANSWER, false },
    [PEOPLE_GENDER_IDENTITY] = { "gender-identity", "Gender identity", PEOPLE_IS_ANSWER, true },
    [PEOPLE_ETHNICITY] = { "ethnicity", "Ethnic group", PEOPLE_IS_ANSWER, true },
    [PEOPLE_DISABILITY] = { "disability", "Disability", PEOPLE_IS_ANSWER, true },
    [PEOPLE_DISABILITY_ACTIVITY] = { "disability-activity", "Activities reduced", PEOPLE_IS_ANSWER,
                                     true },
    [PEOPLE_RELIGION] = { "religion", "Religion or belief", PEOPLE_IS_ANSWER, true },
    [PEOPLE_SEXUAL_ORIENTATION] = { "sexual-orientation", "Sexual orientation", PEOPLE_IS_ANSWER,
                                    true },
    [PEOPLE_MARITAL_STATUS] = { "marital-status", "Marriage and civil partnership",
                                PEOPLE_IS_ANSWER, false },
    [PEOPLE_PREGNANCY_MATERNITY] = { "pregnancy-maternity", "Pregnancy and maternity",
                                     PEOPLE_IS_ANSWER, true },
    [PEOPLE_AGE_BAND] = { "age-band", "Age band", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_CARER] = { "carer", "Carer", PEOPLE_IS_ANSWER, false },
    [PEOPLE_CARE_EXPERIENCED] = { "care-experienced", "Care experienced", PEOPLE_IS_ANSWER, false },
    [PEOPLE_ARMED_FORCES] = { "armed-forces", "Armed forces community", PEOPLE_IS_ANSWER, false },
    [PEOPLE_FREE_SCHOOL_MEALS] = { "free-school-meals", "Free school meals", PEOPLE_IS_ANSWER,
                                   false },
    [PEOPLE_SCHOOL] = { "school", "Type of school", PEOPLE_IS_ANSWER, false },
    [PEOPLE_PARENT_DEGREE] = { "parent-degree", "Parent with a degree", PEOPLE_IS_ANSWER, false },
    [PEOPLE_DEPRIVATION] = { "deprivation", "Deprivation of the place", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_AGE] = { "age", "Age in years", PEOPLE_IS_NUMBER, false },
    [PEOPLE_DATE_OF_BIRTH] = { "date-of-birth", "Date of birth", PEOPLE_IS_DATE, false },
    [PEOPLE_PAY] = { "pay", "Pay", PEOPLE_IS_MONEY, false },
    [PEOPLE_BONUS] = { "bonus", "Bonus", PEOPLE_IS_MONEY, false },
    [PEOPLE_OVERTIME] = { "overtime", "Overtime pay", PEOPLE_IS_MONEY, false },
    [PEOPLE_HOURS] = { "hours", "Weekly hours", PEOPLE_IS_NUMBER, false },
    [PEOPLE_FTE] = { "fte", "Full-time equivalent", PEOPLE_IS_NUMBER, false },
    [PEOPLE_WEIGHT] = { "weight", "Weight", PEOPLE_IS_NUMBER, false },
    [PEOPLE_START_DATE] = { "start-date", "Start date", PEOPLE_IS_DATE, false },
    [PEOPLE_COMPLETED_ON] = { "completed-on", "Date completed", PEOPLE_IS_DATE, false },
    [PEOPLE_LEAVE_DATE] = { "leave-date", "Leaving date", PEOPLE_IS_DATE, false },
    [PEOPLE_UNIT] = { "unit", "Unit", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_GRADE] = { "grade", "Grade or pay band", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_CONTRACT] = { "contract", "Contract", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_WORKING_PATTERN] = { "working-pattern", "Working pattern", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_JOB_FAMILY] = { "job-family", "Job", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_PAY_STATUS] = { "pay-status", "Full or reduced pay", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_PAY_PERIOD] = { "pay-period", "Period of the pay", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_LEAVING_REASON] = { "leaving-reason", "Reason for leaving", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_JOB_SHARE] = { "job-share", "Job share", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_PERIOD] = { "period", "Period", PEOPLE_IS_CATEGORY, false },
    [PEOPLE_PLACE] = { "place", "Place", PEOPLE_IS_CATEGORY, false },
};

static const struct {
    const char *code;
    enum pay_period period;
} pay_codes[] = {
    { "pay-hourly", PAY_HOUR },           { "pay-weekly", PAY_WEEK },
    { "pay-fortnightly", PAY_FORTNIGHT }, { "pay-four-weekly", PAY_FOUR_WEEKS },
    { "pay-monthly", PAY_MONTH },         { "pay-annual", PAY_YEAR },
};

struct people_heading_rule {
    enum people_role role;
    enum pay_period period;
    const char *heading; /* compared form */
    const char *written;
    int level;
};

bool people_role_read(struct slice code, enum people_role *out_role, enum pay_period *out_period)
{
    for (size_t i = 0; i < sizeof pay_codes / sizeof *pay_codes; i++)
        if (slice_is(code, pay_codes[i].code)) {
            *out_role = PEOPLE_PAY;
            *out_period = pay_codes[i].period;
            return true;
        }
    for (int i = 1; i < PEOPLE_ROLE_COUNT; i++)
        if (slice_is(code, people_roles[i].code)) {
            *out_role = (enum people_role)i;
            *out_period = PAY_UNSAID;
            return true;
        }
    return false;
}

/* "BaseSalary" as "Base Salary", then in compared form. */
static const char *compared(struct arena *arena, struct slice heading)
{
    struct text text = text_new(arena, HEADING_MOST);
    for (size_t i = 0; i < heading.length; i++) {
        if (i > 0 && isupper((unsigned char)heading.start[i]) &&
            islower((unsigned char)heading.start[i - 1]))
            text_add_character(&text, ' ');
        text_add_character(&text, heading.start[i]);
    }
    return heading_compared(arena, text_slice(&text));
}

static enum status take_rule(struct work *work, void *target,
                             const char *const cells[RULES_MOST_COLUMNS])
{
    struct people_rules *rules = target;
    struct people_heading_rule *rule = arena_new_of(work->arena, struct people_heading_rule);
    int64_t level = LEVEL_UNSAID;
    if (!cells[0] || !cells[1] || !people_role_read(slice_of(cells[0]), &rule->role, &rule->period))
        return work_fail(work, STATUS_INPUT,
                         "rules/people_headings.csv: each row has a role that is known and a "
                         "heading.");
    if (cells[2] && !slice_integer(slice_of(cells[2]), &level))
        return work_fail(work, STATUS_INPUT,
                         "rules/people_headings.csv: the level of \"%.40s\" is no number.",
                         cells[1]);
    rule->written = cells[1];
    rule->heading = heading_compared(work->arena, slice_of(cells[1]));
    rule->level = (int)level;
    list_add(work->arena, &rules->rows, rule);
    return STATUS_OK;
}

enum status people_rules_read(struct work *work, struct people_rules *out_rules)
{
    static const char *const columns[] = { "role", "heading", "level", NULL };
    struct people_rules rules = { 0 };
    enum status status = rules_table_read(work, "people_headings.csv", columns, take_rule, &rules);
    if (status == STATUS_OK)
        *out_rules = rules;
    return status;
}

/* True when the words of `part` stand one after the other in `whole`. */
static bool has_words(const char *whole, const char *part)
{
    size_t length = strlen(part);
    for (const char *at = strstr(whole, part); at; at = strstr(at + 1, part))
        if ((at == whole || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
            return true;
    return false;
}

/* The rule that a heading meets: the whole of it, else the longest that stands within it. */
static const struct people_heading_rule *rule_of(const struct people_rules *rules,
                                                 const char *heading, bool *out_is_whole)
{
    const struct people_heading_rule *best = NULL;
    for (size_t i = 0; i < rules->rows.count; i++) {
        const struct people_heading_rule *rule = rules->rows.items[i];
        if (strcmp(rule->heading, heading) == 0) {
            *out_is_whole = true;
            return rule;
        }
        if (strlen(rule->heading) >= CONTAINED_LEAST && has_words(heading, rule->heading) &&
            (!best || strlen(rule->heading) > strlen(best->heading)))
            best = rule;
    }
    *out_is_whole = false;
    return best;
}

/* What the first rows hold under a heading. */
struct content {
    size_t filled, numbers; /* cells with text, and of those with a digit */
};

static struct content content_of(const struct people_sample *sample, size_t place)
{
    struct content content = { 0 };
    for (size_t i = 0; i < sample->row_count; i++) {
        struct slice cell = slice_trim(sample->cells[i * sample->column_count + place]);
        bool digit = false;
        for (size_t j = 0; j < cell.length; j++)
            digit = digit || isdigit((unsigned char)cell.start[j]);
        content.filled += cell.length > 0;
        content.numbers += digit;
    }
    return content;
}

/* Money, numbers and dates have digits; a heading that promises them over words alone is wrong. */
static bool fits(enum people_role role, struct content content)
{
    enum people_kind kind = people_roles[role].kind;
    if (kind != PEOPLE_IS_MONEY && kind != PEOPLE_IS_NUMBER && kind != PEOPLE_IS_DATE)
        return true;
    return content.filled == 0 || content.numbers > 0;
}

static void guess(struct work *work, const struct people_rules *rules,
                  const struct people_sample *sample, size_t place, struct people_column *column)
{
    bool whole = false;
    const char *words = compared(work->arena, slice_of(column->heading));
    const struct people_heading_rule *rule = rule_of(rules, words, &whole);
    if (!rule) {
        column->reason = "The heading is not known, so the column is kept as a plain category.";
        return;
    }
    if (!fits(rule->role, content_of(sample, place))) {
        column->reason = arena_format(work->arena,
                                      "The heading says %s, but the first rows hold no figures.",
                                      people_roles[rule->role].code);
        return;
    }
    column->role = rule->role;
    column->period = rule->period;
    column->level = rule->level;
    column->reason = whole ? "The heading is known."
                           : arena_format(work->arena, "The heading has the words \"%s\".",
                                          rule->written);
}

static struct people_column *column_named(struct work *work, struct people_columns *columns,
                                          struct slice name)
{
    for (size_t i = 0; i < columns->count; i++)
        if (slice_equal_folded(slice_of(columns->columns[i].heading), name))
            return &columns->columns[i];
    const char *wanted = heading_compared(work->arena, name);
    for (size_t i = 0; *wanted && i < columns->count; i++)
        if (strcmp(heading_compared(work->arena, slice_of(columns->columns[i].heading)), wanted) ==
            0)
            return &columns->columns[i];
    return NULL;
}

static const char *headings_listed(struct work *work, const struct people_columns *columns)
{
    struct text text = text_new(work->arena, WORDS_LISTED);
    for (size_t i = 0; i < columns->count && text.length < WORDS_LISTED / 4; i++)
        text_add_format(&text, "%s%s", i ? ", " : "", columns->columns[i].heading);
    return text.bytes;
}

static enum status choose(struct work *work, struct people_columns *columns, struct slice name,
                          struct people_column wanted)
{
    struct people_column *column = column_named(work, columns, slice_trim(name));
    if (!column)
        return work_fail(
            work, STATUS_USAGE, "--column: there is no column \"%.*s\"; the file has %s.",
            (int)(name.length < 80 ? name.length : 80), name.start, headings_listed(work, columns));
    if (column->is_chosen)
        return work_fail(work, STATUS_USAGE, "--column: \"%s\" is given two roles; keep one.",
                         column->heading);
    wanted.heading = column->heading;
    wanted.place = column->place;
    wanted.is_chosen = true;
    wanted.reason = wanted.is_ignored ? "Left out with --column." : "Named with --column.";
    *column = wanted;
    return STATUS_OK;
}

/* "unit=Department/Division"; a heading that holds a slash itself is taken whole first. */
static enum status take_choice(struct work *work, struct people_columns *columns, const char *text)
{
    struct slice rest = slice_of(text), code, part;
    struct people_column wanted = { .role = PEOPLE_UNKNOWN };
    (void)slice_split(&rest, '=', &code);
    code = slice_trim(code);
    bool ignore = slice_is(code, "ignore");
    if (!rest.start || (!ignore && !people_role_read(code, &wanted.role, &wanted.period)))
        return work_fail(work, STATUS_USAGE,
                         "--column is written ROLE=HEADING, such as sex=Gender, pay=Base_Salary or "
                         "unit=Department/Division; \"%.80s\" is not.",
                         text);
    wanted.is_ignored = ignore;
    if (wanted.role != PEOPLE_UNIT || column_named(work, columns, rest))
        return choose(work, columns, rest, wanted);
    enum status status = STATUS_OK;
    while (status == STATUS_OK && slice_split(&rest, '/', &part)) {
        if (wanted.level == PEOPLE_MOST_LEVELS)
            return work_fail(work, STATUS_USAGE, "--column: units have %d levels at most.",
                             PEOPLE_MOST_LEVELS);
        status = choose(work, columns, part, wanted);
        wanted.level++;
    }
    return status;
}

/* A guess gives way to what the analyst chose; of two guesses the better stays: an hourly rate
 * before a salary, else the first. */
static void settle(struct work *work, struct people_columns *columns, enum people_role role)
{
    static const int worth[] = {
        [PAY_HOUR] = 7,       [PAY_YEAR] = 6,      [PAY_MONTH] = 5, [PAY_WEEK] = 4,
        [PAY_FOUR_WEEKS] = 3, [PAY_FORTNIGHT] = 2, [PAY_UNSAID] = 1
    };
    struct people_column *kept = NULL;
    for (size_t i = 0; i < columns->count; i++) {
        struct people_column *column = &columns->columns[i];
        if (column->role == role && !column->is_ignored &&
            (!kept || column->is_chosen ||
             (!kept->is_chosen && worth[column->period] > worth[kept->period])))
            kept = column;
    }
    for (size_t i = 0; kept && i < columns->count; i++) {
        struct people_column *column = &columns->columns[i];
        if (column->role != role || column == kept || column->is_ignored)
            continue;
        column->role = PEOPLE_UNKNOWN;
        column->reason = arena_format(work->arena,
                                      "Looks like %s too, but that is taken from \"%s\".",
                                      people_roles[role].code, kept->heading);
    }
}

/* Guessed units in the order of their levels, one column a level. */
static void settle_units(struct work *work, struct people_columns *columns)
{
    struct people_column *levels[PEOPLE_MOST_LEVELS] = { NULL };
    bool chosen = false;
    for (size_t i = 0; i < columns->count; i++)
        chosen = chosen ||
                 (columns->columns[i].role == PEOPLE_UNIT && columns->columns[i].is_chosen);
    size_t count = 0;
    for (size_t i = 0; i < columns->count; i++) {
        struct people_column *column = &columns->columns[i];
        const char *taken = NULL;
        if (column->role != PEOPLE_UNIT || column->is_chosen != chosen)
            taken = column->role == PEOPLE_UNIT ? "The units were named with --column." : NULL;
        for (size_t j = 0; !chosen && column->role == PEOPLE_UNIT && j < count; j++)
            if (levels[j]->level == column->level)
                taken = arena_format(work->arena, "The same level of units as \"%s\".",
                                     levels[j]->heading);
        if (taken || (column->role == PEOPLE_UNIT && count == PEOPLE_MOST_LEVELS)) {
            column->role = PEOPLE_UNKNOWN;
            column->reason = taken ? taken : "Units have no more levels.";
        } else if (column->role == PEOPLE_UNIT) {
            size_t at = count++;
            for (; at > 0 && levels[at - 1]->level > column->level; at--)
                levels[at] = levels[at - 1];
            levels[at] = column;
        }
    }
    for (size_t i = 0; i < count; i++)
        levels[i]->level = (int)i;
    columns->level_count = count;
}

enum status people_roles_find(struct work *work, const struct people_rules *rules,
                              const struct people_sample *sample,
                              const struct people_choice *choices, size_t choice_count,
                              struct people_columns *out_columns)
{
    struct people_columns columns = { .count = sample->column_count };
    if (sample->column_count > PEOPLE_MOST_COLUMNS)
        return work_fail(work, STATUS_LIMIT, "The file has %zu columns; the most is %d.",
                         sample->column_count, PEOPLE_MOST_COLUMNS);
    columns.columns = arena_array_of(work->arena, columns.count, struct people_column);
    for (size_t i = 0; i < columns.count; i++) {
        columns.columns[i].heading = slice_copy(work->arena, slice_trim(sample->headings[i]));
        columns.columns[i].place = i;
    }
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < choice_count; i++)
        status = take_choice(work, &columns, choices[i].text);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < columns.count; i++)
        if (!columns.columns[i].is_chosen)
            guess(work, rules, sample, i, &columns.columns[i]);
    for (int role = PEOPLE_KEY; role < PEOPLE_ROLE_COUNT; role++)
        if (role != PEOPLE_UNIT && people_roles[role].kind != PEOPLE_IS_UNREAD)
            settle(work, &columns, (enum people_role)role);
    settle_units(work, &columns);
    *out_columns = columns;
    return STATUS_OK;
}

const struct people_column *people_column_of(const struct people_columns *columns,
                                             enum people_role role)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->columns[i].role == role && !columns->columns[i].is_ignored &&
            (role != PEOPLE_UNIT || columns->columns[i].level == 0))
            return &columns->columns[i];
    return NULL;
}

const struct people_column *people_unit_column(const struct people_columns *columns, int level)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->columns[i].role == PEOPLE_UNIT && columns->columns[i].level == level)
            return &columns->columns[i];
    return NULL;
}
