#include "base/moment.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/slice.h"
#include "base/banned.h"

enum { MOMENT_LENGTH = 20, DATE_LENGTH = 10, DAY = 24 * 60 * 60 };

static bool read_two(const char *digits, int most, int *out_number)
{
    if (digits[0] < '0' || digits[0] > '9' || digits[1] < '0' || digits[1] > '9')
        return false;
    *out_number = (digits[0] - '0') * 10 + digits[1] - '0';
    return *out_number <= most;
}

bool moment_read(const char *text, int64_t *out_seconds)
{
    struct date date;
    int hour = 0, minute = 0, second = 0;
    if (!text || strlen(text) != MOMENT_LENGTH || text[10] != 'T' || text[13] != ':' ||
        text[16] != ':' || text[19] != 'Z' ||
        !date_read((struct slice){ text, DATE_LENGTH }, &date) || !read_two(text + 11, 23, &hour) ||
        !read_two(text + 14, 59, &minute) || !read_two(text + 17, 59, &second))
        return false;
    *out_seconds = date_days(date) * DAY + hour * 3600 + minute * 60 + second;
    return true;
}

char *moment_print(struct arena *arena, int64_t seconds)
{
    int64_t rest = (seconds % DAY + DAY) % DAY;
    struct date date = date_of_days((seconds - rest) / DAY);
    return arena_format(arena, "%sT%02d:%02d:%02dZ", date_print(arena, date), (int)(rest / 3600),
                        (int)(rest / 60 % 60), (int)(rest % 60));
}

char *moment_after(struct arena *arena, const char *text, int64_t seconds)
{
    int64_t start = 0;
    bool is_moment = moment_read(text, &start);
    assert(is_moment);
    (void)is_moment;
    return moment_print(arena, start + seconds);
}

char *moment_print_long(struct arena *arena, const char *text)
{
    struct date date;
    if (!text || strlen(text) != MOMENT_LENGTH ||
        !date_read((struct slice){ text, DATE_LENGTH }, &date))
        return arena_copy_text(arena, text ? text : "");
    return arena_format(arena, "%s, %.5s", date_print_long(arena, date), text + 11);
}

char *moment_print_mail(struct arena *arena, const char *text)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    struct date date;
    if (!date_read(slice_first(slice_of(text), 10), &date))
        return arena_format(arena, "%s", text);
    return arena_format(arena, "%s, %02d %.3s %d %.8s +0000", days[date_weekday(date) - 1],
                        date.day, date_month_name(date.month), date.year, text + 11);
}
