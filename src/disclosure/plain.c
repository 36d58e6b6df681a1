/* Reads whole numbers strictly: no signs, no decimals, nothing else between them. */
#include "disclosure/plain.h"

#include "base/arena.h"
#include "base/banned.h"

struct plain_file plain_open(struct work *work, const char *name, struct slice bytes)
{
    return (struct plain_file){ work, name, bytes.start, bytes.start + bytes.length, 1 };
}

bool plain_is_over(struct plain_file *plain)
{
    while (plain->at < plain->end &&
           (*plain->at == ' ' || *plain->at == '\t' || *plain->at == '\r' || *plain->at == '\n')) {
        plain->line += *plain->at == '\n';
        plain->at++;
    }
    return plain->at == plain->end;
}

enum status plain_number(struct plain_file *plain, const char *what, int64_t most,
                         int64_t *out_number)
{
    int64_t number = 0;
    (void)plain_is_over(plain);
    const char *start = plain->at;
    while (plain->at < plain->end && *plain->at >= '0' && *plain->at <= '9' && number <= most)
        number = number * 10 + (*plain->at++ - '0');
    bool ends = plain->at == plain->end || (*plain->at >= 0 && *plain->at <= ' ');
    if (plain->at == start || (number <= most && !ends))
        return work_fail(plain->work, STATUS_INPUT,
                         "%s, line %lld: %s should stand here, a whole number without a sign.",
                         plain->name, (long long)plain->line, what);
    if (number > most)
        return work_fail(plain->work, STATUS_LIMIT, "%s, line %lld: %s is larger than %lld.",
                         plain->name, (long long)plain->line, what, (long long)most);
    *out_number = number;
    return STATUS_OK;
}

enum status plain_read_cells(struct plain_file *plain, int32_t cell_count, unsigned char status,
                             unsigned char *statuses)
{
    while (!plain_is_over(plain)) {
        int64_t cell = 0;
        enum status read = plain_number(plain, "the number of a cell", cell_count - 1, &cell);
        if (read != STATUS_OK)
            return read;
        if (statuses[cell])
            return work_fail(plain->work, STATUS_INPUT,
                             "%s, line %lld: cell %lld is listed twice, here or in another list.",
                             plain->name, (long long)plain->line, (long long)cell);
        statuses[cell] = status;
    }
    return STATUS_OK;
}

enum status plain_read_each(struct plain_file *plain, int32_t cell_count, int64_t most,
                            int64_t **out_numbers)
{
    int64_t *numbers = arena_array_of(plain->work->arena, (size_t)cell_count, int64_t);
    for (int32_t cell = 0; cell < cell_count; cell++) {
        enum status read = plain_number(plain, "the number of a cell's line", most, &numbers[cell]);
        if (read != STATUS_OK)
            return read;
    }
    if (!plain_is_over(plain))
        return work_fail(plain->work, STATUS_INPUT,
                         "%s, line %lld: there are more lines than the %d cells.", plain->name,
                         (long long)plain->line, cell_count);
    *out_numbers = numbers;
    return STATUS_OK;
}
