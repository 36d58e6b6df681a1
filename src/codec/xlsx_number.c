#include "codec/xlsx_number.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "codec/decimal.h"
#include "base/banned.h"

enum {
    DAY_SECONDS = 86400,
    LAST_SERIAL = 2958465, /* 9999-12-31 in the system of 1900 */
    NEVER_DAY = 60         /* 29 February 1900, which Excel keeps for the sake of Lotus 1-2-3 */
};

enum xlsx_style xlsx_style_built_in(int64_t id)
{
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
        id == 57 || id == 58)
        return XLSX_DATE;
    if (id == 22)
        return XLSX_MOMENT;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 ||
        id == 56)
        return XLSX_TIME;
    if (id == 9 || id == 10)
        return XLSX_PERCENT;
    return id == 46 ? XLSX_ELAPSED : XLSX_PLAIN;
}

/* The letters of a code that mean something, in lower case; "[" stands for an elapsed unit. */
static struct slice code_letters(struct slice code, char *letters, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < code.length && code.start[i] != ';' && count < room; i++) {
        char byte = code.start[i];
        if (byte == '\\' || byte == '_' || byte == '*') {
            i++;
        } else if (byte == '"' || byte == '[') {
            char first = i + 1 < code.length ? code.start[i + 1] | 0x20 : ' ';
            const char *end = memchr(code.start + i + 1, byte == '"' ? '"' : ']',
                                     code.length - i - 1);
            size_t length = end ? (size_t)(end - code.start) - i - 1 : 0;
            if (byte == '[' && length > 0 && length <= 3 && strchr("hms", first) &&
                (code.start[i + length] | 0x20) == first)
                letters[count++] = '[';
            i = end ? (size_t)(end - code.start) : code.length;
        } else if (strchr("dmyhsDMYHS%", byte) && byte) {
            letters[count++] = byte == '%' ? byte : byte | 0x20;
        }
    }
    return (struct slice){ letters, count };
}

enum xlsx_style xlsx_style_of_code(struct slice code)
{
    char letters[64];
    if (slice_equal_folded(code, SLICE("General")) || slice_equal_folded(code, SLICE("Standard")))
        return XLSX_PLAIN;
    struct slice found = code_letters(code, letters, sizeof letters);
    bool has_day = slice_find(found, "d") >= 0 || slice_find(found, "y") >= 0;
    bool has_clock = slice_find(found, "h") >= 0 || slice_find(found, "s") >= 0;
    bool has_month = slice_find(found, "m") >= 0;
    if (slice_find(found, "[") >= 0)
        return XLSX_ELAPSED;
    if (has_day && has_clock)
        return XLSX_MOMENT;
    if (has_day || (has_month && !has_clock))
        return XLSX_DATE;
    if (has_clock)
        return XLSX_TIME;
    return slice_find(found, "%") >= 0 ? XLSX_PERCENT : XLSX_PLAIN;
}

/* The day of a serial number; false when it has none. */
static bool serial_date(int64_t days, bool is_1904, struct date *out_date)
{
    if (is_1904) {
        *out_date = date_of_days(date_days((struct date){ 1904, 1, 1 }) + days);
        return days >= 0 && out_date->year <= 9999;
    }
    if (days < 1 || days == NEVER_DAY || days > LAST_SERIAL)
        return false;
    struct date start = days < NEVER_DAY ? (struct date){ 1899, 12, 31 }
                                         : (struct date){ 1899, 12, 30 };
    *out_date = date_of_days(date_days(start) + days);
    return true;
}

static struct slice clock_print(struct arena *arena, const char *before, int64_t seconds)
{
    return slice_of(arena_format(arena, "%s%02lld:%02lld:%02lld", before,
                                 (long long)(seconds / 3600), (long long)(seconds / 60 % 60),
                                 (long long)(seconds % 60)));
}

struct slice xlsx_number_print(struct arena *arena, struct slice number, enum xlsx_style style,
                               bool is_1904)
{
    double serial = 0;
    struct date date;
    if (style == XLSX_PERCENT)
        return decimal_percent(arena, number);
    if (style == XLSX_PLAIN || !decimal_read(number, &serial) || serial < 0 ||
        serial > LAST_SERIAL + 1.0)
        return decimal_shortest(arena, number);
    int64_t days = (int64_t)floor(serial);
    int64_t seconds = (int64_t)llround((serial - floor(serial)) * DAY_SECONDS);
    if (seconds == DAY_SECONDS) {
        days++;
        seconds = 0;
    }
    if (style == XLSX_ELAPSED)
        return clock_print(arena, "", days * DAY_SECONDS + seconds);
    if (style == XLSX_TIME || (style == XLSX_MOMENT && days == 0 && !is_1904))
        return clock_print(arena, "", seconds);
    if (!serial_date(days, is_1904, &date))
        return decimal_shortest(arena, number);
    if (style == XLSX_DATE || seconds == 0)
        return slice_of(date_print(arena, date));
    return clock_print(arena, arena_format(arena, "%sT", date_print(arena, date)), seconds);
}
