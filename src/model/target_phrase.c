/* In every table the longer phrases stand before those that begin them. */
#include "model/target_phrase.h"

#include "base/banned.h"

struct recurrence_phrases {
    enum target_date_recurrence recurrence;
    const char *const *phrases;
};

static const char *const weekly[] = { "weekly",      "every week", "each week",
                                      "once a week", "per week",   NULL };
static const char *const monthly[] = { "monthly",      "every month", "each month",
                                       "once a month", "per month",   NULL };
static const char *const two_monthly[] = { "bi - monthly",
                                           "bimonthly",
                                           "bi monthly",
                                           "two - monthly",
                                           "two monthly",
                                           "2 - monthly",
                                           "2 monthly",
                                           "every two months",
                                           "every 2 months",
                                           "every other month",
                                           "every second month",
                                           "alternate months",
                                           NULL };
static const char *const quarterly[] = {
    "quarterly",          "every quarter",       "each quarter",
    "once a quarter",     "per quarter",         "three monthly",
    "three - monthly",    "3 monthly",           "3 - monthly",
    "every three months", "every 3 months",      "four times a year",
    "4 times a year",     "four times per year", NULL
};
static const char *const termly[] = { "termly",           "every term", "each term",
                                      "once a term",      "per term",   "every school term",
                                      "each school term", NULL };
static const char *const half_yearly[] = { "half yearly",      "half - yearly",
                                           "six monthly",      "six - monthly",
                                           "6 monthly",        "6 - monthly",
                                           "every six months", "every 6 months",
                                           "every half year",  "each half year",
                                           "twice a year",     "twice yearly",
                                           "twice per year",   "twice annually",
                                           "twice each year",  "twice every year",
                                           "two times a year", "semi - annually",
                                           "semi - annual",    "semi annually",
                                           "semiannually",     NULL };
static const char *const yearly[] = {
    "annually",   "annual",       "yearly",          "every year",
    "each year",  "once a year",  "once per year",   "per annum",
    "per year",   "p . a .",      "every 12 months", "every twelve months",
    "12 monthly", "12 - monthly", "twelve monthly",  NULL
};
static const char *const continuous[] = {
    "ongoing",           "on - going",      "on going",     "continuously",
    "continuous",        "continually",     "continual",    "continuing",
    "rolling programme", "rolling program", "rolling",      "throughout the year",
    "all year round",    "all year",        "at all times", NULL
};

static const struct recurrence_phrases recurrences[] = {
    { TARGET_DATE_HALF_YEARLY, half_yearly }, { TARGET_DATE_WEEKLY, weekly },
    { TARGET_DATE_TWO_MONTHLY, two_monthly }, { TARGET_DATE_MONTHLY, monthly },
    { TARGET_DATE_QUARTERLY, quarterly },     { TARGET_DATE_TERMLY, termly },
    { TARGET_DATE_YEARLY, yearly },           { TARGET_DATE_CONTINUOUS, continuous },
};

/* Words before and after "annually" that add nothing. */
static const char *const before_recurrence[] = {
    "at least",   "minimum",   "on an",     "on a",     "then",    "thereafter",
    "repeated",   "repeat",    "reviewed",  "reported", "updated", "monitored",
    "undertaken", "published", "delivered", NULL
};
static const char *const after_recurrence[] = { "basis",     "reviews", "review",     "reports",
                                                "reporting", "report",  "updates",    "update",
                                                "meetings",  "meeting", "monitoring", "programme",
                                                "process",   "work",    NULL };

static const char *const filling[] = { "by the same month",
                                       "by same month",
                                       "in the same month",
                                       "same month",
                                       "and then",
                                       "and",
                                       "then",
                                       "thereafter",
                                       "there after",
                                       "after that",
                                       "afterwards",
                                       "subsequently",
                                       "subsequent",
                                       "from then on",
                                       "with",
                                       "at the latest",
                                       "at latest",
                                       "latest",
                                       "deadline",
                                       ",",
                                       ";",
                                       ":",
                                       ".",
                                       "-",
                                       "/",
                                       "&",
                                       "+",
                                       NULL };

struct role_phrases {
    enum target_role role;
    const char *const *phrases;
};

static const char *const before_roles[] = { "before", "prior to", NULL };
static const char *const from_roles[] = { "starting from",
                                          "starting in",
                                          "starting on",
                                          "starting",
                                          "start date",
                                          "start from",
                                          "start in",
                                          "start on",
                                          "starts in",
                                          "starts",
                                          "to start in",
                                          "to start",
                                          "start",
                                          "commencing from",
                                          "commencing in",
                                          "commencing on",
                                          "commencing",
                                          "commence in",
                                          "commence",
                                          "commences",
                                          "with effect from",
                                          "w . e . f .",
                                          "wef",
                                          "beginning in",
                                          "beginning on",
                                          "beginning",
                                          "begins",
                                          "from and including",
                                          "from",
                                          "since",
                                          NULL };
static const char *const until_roles[] = { "now until", "now to", "until the", "until",
                                           "till",      "up to",  "to",        NULL };
static const char *const throughout_roles[] = { "throughout", NULL };
static const char *const review_roles[] = {
    "to be reviewed by", "to be reviewed in", "to be reviewed", "reviewed by",
    "reviewed in",       "reviewed",          "next review in", "next review by",
    "next review",       "review date",       "review by",      "review in",
    "review on",         "review due",        "review",         NULL
};
static const char *const revised_roles[] = { "revised to",
                                             "revised date to",
                                             "revised target",
                                             "revised date",
                                             "revised",
                                             "extended to",
                                             "extended until",
                                             "deferred to",
                                             "deferred until",
                                             "postponed to",
                                             "postponed until",
                                             "rescheduled to",
                                             "rescheduled for",
                                             "moved to",
                                             "slipped to",
                                             "now",
                                             NULL };
static const char *const every_roles[] = { "every", "each", NULL };
static const char *const due_roles[] = { "to be completed by",
                                         "to be completed in",
                                         "to be complete by",
                                         "to be in place by",
                                         "in place by",
                                         "for completion by",
                                         "for completion in",
                                         "completion by",
                                         "completion in",
                                         "completion date",
                                         "completion",
                                         "complete by",
                                         "complete in",
                                         "completed by",
                                         "to be completed",
                                         "to be complete",
                                         "to complete by",
                                         "by no later than",
                                         "no later than",
                                         "not later than",
                                         "by or before",
                                         "on or before",
                                         "due by",
                                         "due in",
                                         "due on",
                                         "due date",
                                         "due",
                                         "first report by",
                                         "first report in",
                                         "first report",
                                         "report by",
                                         "report in",
                                         "report to be published in",
                                         "report due",
                                         "target date",
                                         "target",
                                         "deadline",
                                         "launch by",
                                         "launch in",
                                         "launch",
                                         "publish by",
                                         "publish in",
                                         "published by",
                                         "published in",
                                         "during the",
                                         "during",
                                         "for",
                                         "by",
                                         "in",
                                         "on",
                                         "at",
                                         "within",
                                         NULL };

/* "to" alone comes last of all, so that "to be completed by" is found. */
static const struct role_phrases roles[] = {
    { TARGET_ROLE_BEFORE, before_roles },         { TARGET_ROLE_FROM, from_roles },
    { TARGET_ROLE_THROUGHOUT, throughout_roles }, { TARGET_ROLE_REVIEW, review_roles },
    { TARGET_ROLE_EVERY, every_roles },           { TARGET_ROLE_DUE, due_roles },
    { TARGET_ROLE_UNTIL, until_roles },           { TARGET_ROLE_REVISED, revised_roles },
};

static const char *const unsure[] = { "to be confirmed",
                                      "to be agreed",
                                      "to be determined",
                                      "to be decided",
                                      "to be advised",
                                      "to be arranged",
                                      "to be announced",
                                      "to be finalised",
                                      "to be set",
                                      "tbc",
                                      "tba",
                                      "tbd",
                                      "t . b . c .",
                                      "not yet known",
                                      "not yet agreed",
                                      "not yet set",
                                      "awaiting confirmation",
                                      "provisionally",
                                      "provisional",
                                      NULL };
static const char *const finished[] = { "action complete",
                                        "action completed",
                                        "now completed",
                                        "now complete",
                                        "already completed",
                                        "already complete",
                                        "fully completed",
                                        "fully complete",
                                        "completed",
                                        "complete",
                                        "done",
                                        "achieved",
                                        "implemented",
                                        "finished",
                                        "closed",
                                        "actioned",
                                        "delivered",
                                        NULL };

/* How conditions begin. */
static const char *const conditions[] = { "subject to",
                                          "dependent",
                                          "depending",
                                          "depends",
                                          "conditional",
                                          "contingent",
                                          "if",
                                          "once",
                                          "when",
                                          "whenever",
                                          "after",
                                          "following",
                                          "upon",
                                          "on completion of",
                                          "on appointment",
                                          "on receipt",
                                          "on approval",
                                          "on adoption",
                                          "pending",
                                          "provided",
                                          "unless",
                                          "assuming",
                                          "in line with",
                                          "in accordance",
                                          "as part of",
                                          "as required",
                                          "as and when",
                                          "as necessary",
                                          "as needed",
                                          "as appropriate",
                                          "where",
                                          "prior to",
                                          "in time for",
                                          "to coincide with",
                                          "linked to",
                                          "awaiting",
                                          "but",
                                          NULL };
static const char *const later_conditions[] = { "all",      "any",      "every",   "each",
                                                "for all",  "for each", "for new", "at each",
                                                "at every", "with",     "then",    NULL };
/* "as soon as possible" is no date and no condition. */
static const char *const no_conditions[] = {
    "when possible",     "where possible", "if possible", "when practicable",
    "where practicable", "if practicable", NULL
};

bool target_take_recurrence(struct target_reader *reader,
                            enum target_date_recurrence *out_recurrence)
{
    size_t at = reader->at;
    while (target_take_any(reader, before_recurrence))
        target_take_mark(reader, ',');
    for (size_t i = 0; i < sizeof recurrences / sizeof *recurrences; i++) {
        if (!target_take_any(reader, recurrences[i].phrases))
            continue;
        target_take_any(reader, after_recurrence);
        *out_recurrence = recurrences[i].recurrence;
        return true;
    }
    reader->at = at;
    return false;
}

bool target_take_role(struct target_reader *reader, enum target_role *out_role)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (!target_take_any(reader, roles[i].phrases))
            continue;
        target_take_mark(reader, ':');
        *out_role = roles[i].role;
        return true;
    }
    return false;
}

bool target_take_status(struct target_reader *reader, enum target_date_status *out_status)
{
    size_t at = reader->at;
    enum target_role role = TARGET_ROLE_NONE;
    target_take_word(reader, "date");
    if (target_take_any(reader, unsure)) {
        *out_status = TARGET_DATE_TO_BE_CONFIRMED;
        return true;
    }
    reader->at = at;
    /* "complete by March 2012" is still to do; "completed in March 2011" is done. */
    bool is_finished = target_take_any(reader, finished);
    size_t after = reader->at;
    static const char *const still_to_do[] = { "by",   "before", "within",  "when",
                                               "once", "if",     "subject", NULL };
    if (!is_finished || target_take_any(reader, still_to_do)) {
        reader->at = at;
        return false;
    }
    reader->at = after;
    /* "complete in March 2012" is an order, "completed in March 2012" a report. */
    struct slice last = reader->tokens[after - 1].text;
    if (slice_equal_folded(last, SLICE("complete")) && target_take_role(reader, &role)) {
        reader->at = at;
        return false;
    }
    *out_status = TARGET_DATE_COMPLETE;
    return true;
}

void target_skip_filling(struct target_reader *reader)
{
    while (target_take_any(reader, filling))
        continue;
}

bool target_is_condition(const struct target_reader *reader, bool has_date)
{
    struct target_reader probe = *reader;
    if (!has_date && target_take_any(&probe, no_conditions))
        return false;
    return target_take_any(&probe, conditions) ||
           (has_date && target_take_any(&probe, later_conditions));
}

static bool take_count(struct target_reader *reader, int *out_count)
{
    static const char *const words[] = { "one",   "two",   "three", "four", "five",   "six",
                                         "seven", "eight", "nine",  "ten",  "eleven", "twelve" };
    int64_t number = 0;
    if (target_take_number(reader, 1, 3, &number)) {
        *out_count = (int)number;
        return true;
    }
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++)
        if (target_take_word(reader, words[i])) {
            *out_count = i + 1;
            return true;
        }
    return false;
}

bool target_take_span(struct target_reader *reader, int *out_months, int *out_days)
{
    static const struct {
        const char *words[3];
        int months, days;
    } units[] = { { { "days", "day", NULL }, 0, 1 },
                  { { "weeks", "week", NULL }, 0, 7 },
                  { { "months", "month", NULL }, 1, 0 },
                  { { "years", "year", NULL }, 12, 0 } };
    size_t at = reader->at;
    int count = 0;
    if (take_count(reader, &count)) {
        for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
            if (!target_take_any(reader, units[i].words))
                continue;
            *out_months = count * units[i].months;
            *out_days = count * units[i].days;
            return true;
        }
    }
    reader->at = at;
    return false;
}
