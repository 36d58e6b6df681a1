/* A target date is read item by item: dates with their roles, how often, how sure, conditions. An
 * item that contradicts what was read before, or that nothing here can read, makes the whole not
 * understood; nothing is dropped and nothing is guessed. */
#include "model/target_date.h"

#include "base/arena.h"
#include "base/text.h"
#include "model/target_moment.h"
#include "model/target_phrase.h"
#include "base/banned.h"

enum { MOST_ANCHORS = 4, MONTHS = 12, YEAR_END = 9990 };

/* What was read so far. */
struct reading {
    struct target_reader *reader;
    struct arena *arena;
    struct target_date date;
    struct target_moment anchors[MOST_ANCHORS]; /* moments without a year */
    int anchor_count;
    struct target_moment start; /* of which `from` is the first day */
    bool is_range, is_until;    /* `due` ends what recurs */
    bool is_read;               /* something was read beside remarks in brackets */
};

static const char *const recurrence_codes[] = {
    [TARGET_DATE_ONCE] = NULL,
    [TARGET_DATE_WEEKLY] = "weekly",
    [TARGET_DATE_MONTHLY] = "monthly",
    [TARGET_DATE_TWO_MONTHLY] = "two-monthly",
    [TARGET_DATE_QUARTERLY] = "quarterly",
    [TARGET_DATE_TERMLY] = "termly",
    [TARGET_DATE_HALF_YEARLY] = "half-yearly",
    [TARGET_DATE_YEARLY] = "yearly",
    [TARGET_DATE_CONTINUOUS] = "continuous",
};

static const char *const status_codes[] = {
    [TARGET_DATE_OPEN] = "open",
    [TARGET_DATE_TO_BE_CONFIRMED] = "to-be-confirmed",
    [TARGET_DATE_COMPLETE] = "complete",
};

/* 0 where the steps are not months. */
static const int recurrence_months[] = {
    [TARGET_DATE_ONCE] = 0,        [TARGET_DATE_WEEKLY] = 0,    [TARGET_DATE_MONTHLY] = 1,
    [TARGET_DATE_TWO_MONTHLY] = 2, [TARGET_DATE_QUARTERLY] = 3, [TARGET_DATE_TERMLY] = 0,
    [TARGET_DATE_HALF_YEARLY] = 6, [TARGET_DATE_YEARLY] = 12,   [TARGET_DATE_CONTINUOUS] = 0,
};

const char *target_date_recurrence_code(enum target_date_recurrence recurrence)
{
    return recurrence_codes[recurrence];
}

const char *target_date_status_code(enum target_date_status status)
{
    return status_codes[status];
}

static bool is_set(struct date date)
{
    return date.year != 0;
}

static void add_condition(struct reading *reading, struct slice words)
{
    struct text text = text_new(reading->arena, (size_t)2 * TARGET_DATE_LENGTH);
    words = slice_trim(words);
    while (slice_ends(words, ".") || slice_ends(words, ",") || slice_ends(words, ";"))
        words = slice_trim(slice_first(words, words.length - 1));
    if (words.length == 0)
        return;
    if (reading->date.condition != NULL)
        text_add_format(&text, "%s; ", reading->date.condition);
    text_add_slice(&text, words);
    reading->date.condition = text.bytes;
}

/* The token at which the present clause ends: the text's end, or a bracket. */
static size_t clause_end(const struct target_reader *reader)
{
    size_t ahead = 0;
    while (target_peek(reader, ahead)->kind != TARGET_END && !target_is_mark(reader, ahead, '(') &&
           !target_is_mark(reader, ahead, ')'))
        ahead++;
    return reader->at + ahead;
}

static void take_condition(struct reading *reading, size_t from)
{
    size_t end = clause_end(reading->reader);
    add_condition(reading, target_text(reading->reader, from, end));
    reading->reader->at = end;
}

static bool add_anchor(struct reading *reading, enum target_role role, struct target_moment moment)
{
    if (reading->anchor_count == MOST_ANCHORS ||
        (role != TARGET_ROLE_NONE && role != TARGET_ROLE_DUE && role != TARGET_ROLE_EVERY))
        return false;
    if (role == TARGET_ROLE_EVERY) {
        if (reading->date.recurrence != TARGET_DATE_ONCE &&
            reading->date.recurrence != TARGET_DATE_YEARLY)
            return false;
        reading->date.recurrence = TARGET_DATE_YEARLY;
    }
    reading->anchors[reading->anchor_count++] = moment;
    return true;
}

/* True when what recurs does so more than once within the moment: "monthly in 2012/13". */
static bool recurs_within(enum target_date_recurrence recurrence, struct target_moment moment)
{
    static const int days[] = {
        [TARGET_DATE_ONCE] = 0,          [TARGET_DATE_WEEKLY] = 7,     [TARGET_DATE_MONTHLY] = 31,
        [TARGET_DATE_TWO_MONTHLY] = 62,  [TARGET_DATE_QUARTERLY] = 92, [TARGET_DATE_TERMLY] = 122,
        [TARGET_DATE_HALF_YEARLY] = 184, [TARGET_DATE_YEARLY] = 366,   [TARGET_DATE_CONTINUOUS] = 0,
    };
    int64_t length = date_days(moment.last) - date_days(moment.first) + 1;
    return days[recurrence] > 0 && length > days[recurrence];
}

static void set_due(struct reading *reading, struct target_moment moment)
{
    reading->date.due = moment.last;
    reading->date.is_month_end = moment.is_whole;
}

static void set_range(struct reading *reading, struct target_moment moment)
{
    set_due(reading, moment);
    reading->date.from = moment.first;
    reading->is_range = true;
}

static bool apply_from(struct reading *reading, struct target_moment moment)
{
    if (is_set(reading->date.from))
        return false;
    reading->start = moment;
    reading->date.from = moment.first;
    return true;
}

/* Adds a moment with a year in its role. */
static bool apply_moment(struct reading *reading, enum target_role role,
                         struct target_moment moment)
{
    struct target_date *date = &reading->date;
    if (role == TARGET_ROLE_FROM)
        return apply_from(reading, moment);
    bool is_revised = role == TARGET_ROLE_REVISED && !reading->is_range;
    if ((is_set(date->due) && !is_revised) || role == TARGET_ROLE_EVERY)
        return false;
    if (role == TARGET_ROLE_THROUGHOUT ||
        (role != TARGET_ROLE_BEFORE && recurs_within(date->recurrence, moment))) {
        if (is_set(date->from))
            return false;
        set_range(reading, moment);
        if (date->recurrence == TARGET_DATE_ONCE)
            date->recurrence = TARGET_DATE_CONTINUOUS;
        return true;
    }
    set_due(reading, moment);
    reading->is_until = role == TARGET_ROLE_UNTIL;
    if (role == TARGET_ROLE_BEFORE) {
        date->due = date_of_days(date_days(moment.first) - 1);
        date->is_month_end = moment.is_whole;
    }
    return true;
}

static bool take_joint(struct target_reader *reader, bool is_between, bool may_be_slash)
{
    static const char *const joints[] = { "to the end of", "to end of", "to end", "to", "until",
                                          "till",          "through",   "-",      NULL };
    if (is_between)
        return target_take_word(reader, "and");
    return target_take_any(reader, joints) || (may_be_slash && target_take_mark(reader, '/'));
}

/* After a moment, the rest of a range that begins with it: "to April 2011", "/Nov 2012". */
static bool take_range(struct target_reader *reader, bool is_between, struct target_moment *moment)
{
    struct target_moment last, first = *moment;
    size_t at = reader->at;
    bool is_slash = !moment->has_year && moment->months > 0;
    if (take_joint(reader, is_between, is_slash) && target_moment_read(reader, &last) &&
        last.has_year && (first.has_year || target_moment_before(first, last, &first)) &&
        date_compare(first.first, last.first) < 0) {
        last.first = first.first;
        *moment = last;
        return true;
    }
    reader->at = at;
    return false;
}

/* "onwards" after a moment makes it a beginning. */
static bool take_onwards(struct target_reader *reader)
{
    static const char *const words[] = { "and onwards", "onwards",  "onward",
                                         "and beyond",  "forwards", NULL };
    return target_take_any(reader, words);
}

static bool read_dated(struct reading *reading)
{
    struct target_reader *reader = reading->reader;
    enum target_role role = TARGET_ROLE_NONE;
    struct target_moment moment;
    size_t at = reader->at;
    bool is_between = target_take_word(reader, "between");
    if (!is_between)
        target_take_role(reader, &role);
    bool is_moment = target_moment_read(reader, &moment);
    if (!is_moment && !is_between) {
        /* "start of March" is a day, "start March" a beginning. */
        reader->at = at;
        role = TARGET_ROLE_NONE;
        is_moment = target_moment_read(reader, &moment);
    }
    if (!is_moment) {
        reader->at = at;
        return false;
    }
    bool applied = false;
    if (take_range(reader, is_between, &moment)) {
        applied = !is_set(reading->date.due) && !is_set(reading->date.from) &&
                  role != TARGET_ROLE_BEFORE && role != TARGET_ROLE_EVERY;
        set_range(reading, moment);
    } else if (is_between) {
        applied = false;
    } else if (!moment.has_year) {
        applied = add_anchor(reading, role, moment);
    } else if (take_onwards(reader)) {
        applied = reading->date.recurrence == TARGET_DATE_ONCE &&
                  apply_moment(reading, TARGET_ROLE_FROM, moment);
        reading->date.recurrence = TARGET_DATE_CONTINUOUS;
    } else if (role == TARGET_ROLE_REVIEW &&
               (is_set(reading->date.due) || reading->date.status == TARGET_DATE_COMPLETE)) {
        add_condition(reading, target_text(reader, at, reader->at));
        applied = true;
    } else {
        applied = apply_moment(reading, role, moment);
    }
    if (!applied)
        reader->at = at;
    return applied;
}

static bool has_word(struct slice words, const char *word)
{
    return slice_find_folded(words, word) >= 0;
}

static bool read_recurrence(struct reading *reading)
{
    struct target_reader *reader = reading->reader;
    enum target_date_recurrence recurrence = TARGET_DATE_ONCE;
    enum target_date_recurrence *known = &reading->date.recurrence;
    size_t at = reader->at;
    if (!target_take_recurrence(reader, &recurrence))
        return false;
    if (*known == TARGET_DATE_CONTINUOUS && recurrence != TARGET_DATE_CONTINUOUS &&
        has_word(target_text(reader, at, reader->at), "review")) {
        take_condition(reading, at);
        return true;
    }
    /* "Ongoing, quarterly" is quarterly. */
    if (*known == TARGET_DATE_ONCE || *known == TARGET_DATE_CONTINUOUS || *known == recurrence)
        *known = recurrence;
    else if (recurrence != TARGET_DATE_CONTINUOUS)
        reader->at = at;
    return reader->at != at;
}

static bool read_status(struct reading *reading)
{
    enum target_date_status status = TARGET_DATE_OPEN;
    size_t at = reading->reader->at;
    if (!target_take_status(reading->reader, &status))
        return false;
    if (reading->date.status != TARGET_DATE_OPEN && reading->date.status != status)
        reading->reader->at = at;
    reading->date.status = status;
    return reading->reader->at != at;
}

/* After "of adoption": nothing, or words for what this system calls a scheme. */
static bool is_of_scheme(const struct target_reader *reader, size_t end)
{
    static const char *const schemes[] = { "scheme", "plan",       "strategy",  "framework",
                                           "policy", "objectives", "programme", NULL };
    struct target_reader probe = *reader;
    if (probe.at == end)
        return true;
    bool is_linked = target_take_word(&probe, "of") &&
                     (target_take_word(&probe, "the") || target_take_word(&probe, "this"));
    if (!is_linked || probe.at >= end || end - probe.at > 4)
        return false;
    while (probe.at + 1 < end)
        probe.at++;
    return target_take_any(&probe, schemes);
}

static void apply_span(struct reading *reading, struct date since, int months, int days)
{
    struct date due = date_add_months(since, months);
    reading->date.due = date_of_days(date_days(due) + days);
    reading->date.is_month_end = false;
}

/* "within 12 months of adoption", "6 weeks after 1 April 2012", "within a year of the launch". */
static bool read_within(struct reading *reading)
{
    static const char *const openers[] = { "within", "in", NULL };
    static const char *const links[] = { "of", "from", "after", "following", NULL };
    static const char *const adoptions[] = {
        "the date of adoption", "date of adoption", "the adoption", "adoption", "adopting", NULL
    };
    struct target_reader *reader = reading->reader;
    struct target_moment moment;
    size_t at = reader->at;
    int months = 0, days = 0;
    target_take_any(reader, openers);
    if (is_set(reading->date.due) || !target_take_span(reader, &months, &days) ||
        !target_take_any(reader, links)) {
        reader->at = at;
        return false;
    }
    size_t after = reader->at, end = clause_end(reader);
    if (target_take_any(reader, adoptions) && is_of_scheme(reader, end) &&
        is_set(reader->context->adopted)) {
        apply_span(reading, reader->context->adopted, months, days);
        reader->at = end;
        return true;
    }
    reader->at = after;
    if (target_moment_read(reader, &moment) && moment.has_year &&
        date_compare(moment.first, moment.last) == 0) {
        apply_span(reading, moment.first, months, days);
        return true;
    }
    reader->at = after;
    take_condition(reading, at);
    return true;
}

static bool read_item(struct reading *reading)
{
    if (read_status(reading) || read_within(reading) || read_recurrence(reading) ||
        read_dated(reading))
        return true;
    if (!target_is_condition(reading->reader, is_set(reading->date.due)))
        return false;
    take_condition(reading, reading->reader->at);
    return true;
}

/* Reads items until the text or, inside one, the bracket ends. */
static bool read_items(struct reading *reading)
{
    struct target_reader *reader = reading->reader;
    for (;;) {
        target_skip_filling(reader);
        if (target_peek(reader, 0)->kind == TARGET_END || target_is_mark(reader, 0, '(') ||
            target_is_mark(reader, 0, ')'))
            return true;
        if (!read_item(reading))
            return false;
        reading->is_read = true;
    }
}

/* What stands in brackets is read if it can be, else kept as a remark. */
static void read_bracket(struct reading *reading)
{
    struct target_reader *reader = reading->reader;
    struct reading before = *reading;
    size_t start = reader->at;
    size_t end = clause_end(reader);
    if (!read_items(reading) || reader->at != end) {
        *reading = before;
        add_condition(reading, target_text(reader, start, end));
    }
    reader->at = end;
    target_take_mark(reader, ')');
}

static bool read_all(struct reading *reading)
{
    struct target_reader *reader = reading->reader;
    while (target_peek(reader, 0)->kind != TARGET_END) {
        if (target_take_mark(reader, '('))
            read_bracket(reading);
        else if (target_is_mark(reader, 0, ')') || !read_items(reading))
            return false;
    }
    return reading->is_read;
}

/* Months without a year name a date only where something recurs: one a year, two half a year apart,
 * or four a quarter apart. */
static bool settle_anchors(struct reading *reading)
{
    struct target_date *date = &reading->date;
    const struct target_moment *first = &reading->anchors[0];
    int count = reading->anchor_count;
    if (count == 0)
        return true;
    if (is_set(date->due))
        return count == 1 && date->recurrence == TARGET_DATE_YEARLY &&
               first->month == date->due.month &&
               (first->day == 0 ? date->is_month_end : first->day == date->due.day);
    static const enum target_date_recurrence by_count[] = {
        [1] = TARGET_DATE_YEARLY, [2] = TARGET_DATE_HALF_YEARLY, [4] = TARGET_DATE_QUARTERLY
    };
    if (count == 3 || is_set(date->from) ||
        (date->recurrence != TARGET_DATE_YEARLY && date->recurrence != by_count[count]))
        return false;
    for (int i = 1; i < count; i++)
        if (reading->anchors[i].day != first->day ||
            (reading->anchors[i].month - first->month + MONTHS) % MONTHS != i * MONTHS / count)
            return false;
    date->recurrence = by_count[count];
    date->anchor_month = first->month;
    date->anchor_day = first->day;
    return true;
}

static bool settle(struct reading *reading)
{
    struct target_date *date = &reading->date;
    if (!settle_anchors(reading))
        return false;
    bool recurs = date->recurrence != TARGET_DATE_ONCE &&
                  date->recurrence != TARGET_DATE_CONTINUOUS;
    date->is_last = recurs && is_set(date->due) &&
                    (reading->is_range || reading->is_until || is_set(date->from));
    /* "Annually from March 2012": in March. */
    if (date->recurrence == TARGET_DATE_YEARLY && is_set(date->from) && !is_set(date->due)) {
        date->due = reading->start.last;
        date->is_month_end = reading->start.is_whole;
    }
    return !is_set(date->from) || !is_set(date->due) || date_compare(date->from, date->due) <= 0;
}

void target_date_read(struct arena *arena, struct slice text,
                      const struct target_date_context *context, struct target_date *out_date)
{
    static const struct target_date_context plain = { .start_month = 0 };
    struct target_reader reader;
    struct reading reading = { .reader = &reader, .arena = arena };
    context = context != NULL ? context : &plain;
    text = slice_trim(text);
    *out_date = (struct target_date){ .text = slice_copy(arena, text) };
    if (text.length > TARGET_DATE_LENGTH || !target_reader_open(text, context, &reader))
        return;
    if (!read_all(&reading) || !settle(&reading))
        return;
    reading.date.text = out_date->text;
    reading.date.understood = true;
    *out_date = reading.date;
    if (is_set(context->today))
        target_date_next(out_date, context, context->today, &out_date->next);
}

/* Month ends stay month ends: 28 February is followed by 31 March. */
static struct date step_months(struct date date, int months, bool is_month_end)
{
    struct date moved = date_add_months(date, months);
    return is_month_end ? date_month_end(moved.year, moved.month) : moved;
}

/* The first of date, date + step, date + 2 steps … that is not before `on`. */
static struct date first_step(struct date date, int step, bool is_month_end, struct date on)
{
    int apart = (on.year - date.year) * MONTHS + on.month - date.month;
    int steps = apart > step ? apart / step - 1 : 0;
    while (date_compare(step_months(date, steps * step, is_month_end), on) < 0)
        steps++;
    return step_months(date, steps * step, is_month_end);
}

static struct date first_week(struct date date, struct date on)
{
    int64_t apart = date_days(on) - date_days(date);
    int64_t weeks = apart > 0 ? (apart + 6) / 7 : 0;
    return date_of_days(date_days(date) + weeks * 7);
}

/* The end of the first of the stretches of `months` months, counted from `start`, that ends on or
 * after `on`: the day before a later one begins. */
static struct date stretch_end(struct date start, int months, struct date on)
{
    int apart = (on.year - start.year) * MONTHS + on.month - start.month;
    int steps = apart > months ? apart / months - 1 : 0;
    for (;; steps++) {
        struct date next = date_add_months(start, (steps + 1) * months);
        struct date end = date_of_days(date_days(next) - 1);
        if (date_compare(end, on) >= 0)
            return end;
    }
}

/* Repeated from a due date, or from a month and day of every year. */
static struct date repeat(const struct target_date *date, const struct target_date_context *context,
                          struct date first, bool is_month_end, struct date on)
{
    if (date->recurrence == TARGET_DATE_WEEKLY)
        return first_week(first, on);
    if (date->recurrence == TARGET_DATE_TERMLY)
        return date_compare(first, on) >= 0 ? first : target_term_end(context, on);
    return first_step(first, recurrence_months[date->recurrence], is_month_end, on);
}

/* The end of the week, month, quarter … in which `on` lies; counted from `from` when there is one.
 */
static struct date aligned(const struct target_date *date,
                           const struct target_date_context *context, struct date on)
{
    int start_month = context->start_month != 0 ? context->start_month : 4;
    struct date start = is_set(date->from) ? date->from
                                           : (struct date){ on.year - 1, start_month, 1 };
    if (date->recurrence == TARGET_DATE_TERMLY)
        return target_term_end(context, on);
    if (date->recurrence == TARGET_DATE_WEEKLY) {
        struct date sunday = date_of_days(date_days(on) + 7 - date_weekday(on));
        return is_set(date->from) ? first_week(date_of_days(date_days(start) + 6), on) : sunday;
    }
    return stretch_end(start, recurrence_months[date->recurrence], on);
}

bool target_date_next(const struct target_date *date, const struct target_date_context *context,
                      struct date on, struct date *out_next)
{
    static const struct target_date_context plain = { .start_month = 0 };
    context = context != NULL ? context : &plain;
    bool recurs = date->recurrence != TARGET_DATE_ONCE &&
                  date->recurrence != TARGET_DATE_CONTINUOUS;
    struct date next = date->due;
    if (!date->understood || date->status == TARGET_DATE_COMPLETE || !date_exists(on) ||
        on.year > YEAR_END || (!recurs && !is_set(date->due)))
        return false;
    struct date since = is_set(date->from) && date_compare(date->from, on) > 0 ? date->from : on;
    if (recurs && date->anchor_month != 0) {
        bool is_end = date->anchor_day == 0;
        struct date anchor = { on.year > 1 ? on.year - 1 : 1, date->anchor_month,
                               is_end ? 1 : date->anchor_day };
        if (!is_end && anchor.day > date_month_length(anchor.year, anchor.month))
            anchor.day = date_month_length(anchor.year, anchor.month);
        next = repeat(date, context, is_end ? date_month_end(anchor.year, anchor.month) : anchor,
                      is_end, on);
    } else if (recurs && (date->is_last || !is_set(date->due))) {
        next = aligned(date, context, since);
    } else if (recurs) {
        next = repeat(date, context, date->due, date->is_month_end, on);
    }
    /* What recurs until a date falls due on that date for the last time. */
    if (date->is_last && date_compare(next, date->due) > 0)
        next = date->due;
    if (date_compare(next, on) < 0)
        return false;
    *out_next = next;
    return true;
}
