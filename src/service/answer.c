#include "service/answer.h"

#include "base/arena.h"
#include "base/period.h"
#include "disclosure/percentages.h"
#include "service/ledger_record.h"
#include "service/permission.h"
#include "base/banned.h"

#define TYPED_WORDS "An answer to a request for information, as it was typed."
enum { STANDARD_THRESHOLD = 10, LARGEST_THRESHOLD = 1000000 };

static bool is_given(const char *text)
{
    return slice_trim(slice_of(text)).length > 0;
}

/* What a table needs beside its figures. */
static void check_about(const struct answer_request *request, struct problems *problems)
{
    struct period period;
    if (!ledger_is_name(request->name))
        problem_add(problems, "code",
                    "Give the answer a short name of letters, digits and hyphens");
    if (!is_given(request->population))
        problem_add(problems, "population", "Say who is counted, such as workforce");
    if (!period_read(slice_of(request->period), &period))
        problem_add(problems, "period",
                    "Give the period of the counts, such as 2026-03 or 2025-26-Q4");
}

static void check_request(const struct answer_request *request, struct problems *problems)
{
    bool has_table = is_given(request->table);
    if (!has_table && !is_given(request->percentages))
        problem_add(problems, "table", "Give the table of the answer, or its percentages, or both");
    if (has_table)
        check_about(request, problems);
    if (request->threshold != INTEGER_MISSING &&
        (request->threshold < LEDGER_LEAST_THRESHOLD || request->threshold > LARGEST_THRESHOLD))
        problem_add(problems, "threshold", "Give a whole number from %d to %d",
                    LEDGER_LEAST_THRESHOLD, LARGEST_THRESHOLD);
}

static void look_at_percentages(struct work *work, const struct answer_request *request,
                                int64_t threshold, struct problems *problems, struct answer *answer)
{
    struct printed_percent printed[PERCENTAGES_MOST];
    struct percentages percentages = { .printed = printed };
    struct percentages_finding finding = { 0 };
    if (!percentages_read(request->percentages, printed, &percentages.count))
        problem_add(problems, "percentages",
                    "Give up to %d numbers from 0 to 100, parted by commas, with the decimals that "
                    "are printed",
                    PERCENTAGES_MOST);
    else if (percentages_reveal(work->arena, &percentages, threshold, &finding))
        answer->refusal = percentages_words(work->arena, &percentages, &finding);
}

static enum status judge(struct work *work, const struct answer_request *request, int64_t threshold,
                         struct problems *problems, struct answer *answer)
{
    const struct figure_rule rule = { .shows_zeros = request->shows_zeros };
    const struct ledger_release about = {
        .name = request->name,
        .released = work->now,
        .by = work->user,
        .population = slice_copy(work->arena, slice_trim(slice_of(request->population))),
        .definition = request->definition,
        .period = request->period,
        .method = request->shows_zeros ? "answer to a request, zeros shown"
                                       : "answer to a request, zeros hidden",
        .threshold = threshold,
    };
    enum status status = ledger_record_load(work, &answer->ledger);
    answer->place = answer->ledger.releases.count;
    if (status == STATUS_OK)
        status = ledger_take_csv(work, &answer->ledger, &about, &rule, slice_of(request->table));
    if (status == STATUS_OK)
        status = ledger_judge(work, &answer->ledger, answer->place, &answer->verdict);
    if (status != STATUS_INPUT && status != STATUS_CONFLICT && status != STATUS_LIMIT)
        return status;
    problem_add(problems, status == STATUS_CONFLICT ? "code" : "table", "%s", work->error);
    work_forget(work);
    return STATUS_OK;
}

enum status answer_try(struct work *work, const struct answer_request *request,
                       struct problems *problems, struct answer *out_answer)
{
    struct answer answer = { .has_table = is_given(request->table) };
    int64_t threshold = request->threshold == INTEGER_MISSING ? STANDARD_THRESHOLD
                                                              : request->threshold;
    enum status status = permission_require(work, RIGHT_TABLES_RELEASE, INTEGER_MISSING);
    if (status != STATUS_OK)
        return status;
    check_request(request, problems);
    if (problems->list.count == 0 && is_given(request->percentages))
        look_at_percentages(work, request, threshold, problems, &answer);
    if (problems->list.count == 0 && answer.has_table)
        status = judge(work, request, threshold, problems, &answer);
    answer.may_go_out = answer.has_table && !answer.refusal &&
                        ledger_verdict_admits(&answer.verdict);
    if (status == STATUS_OK)
        *out_answer = answer;
    return status;
}

enum status answer_record(struct work *work, struct answer *answer)
{
    struct ledger_release *row = answer->ledger.releases.items[answer->place];
    if (answer->refusal)
        return work_fail(work, STATUS_REFUSED, "%s is not released: %s", row->name,
                         answer->refusal);
    row->report = arena_format(work->arena, "%s\n%s\n", TYPED_WORDS,
                               ledger_verdict_words(work->arena, &answer->verdict, answer->place));
    return ledger_record_add(work, &answer->ledger, row, &answer->verdict);
}
