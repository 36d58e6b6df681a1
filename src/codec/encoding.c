#include "codec/encoding.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum {
    PROBE_ROOM = 256 * 1024,
    SNIFF_LENGTH = 4096, /* bytes looked at for UTF-16 without a mark */
    SURE_FACTOR = 8      /* broken bytes for each sequence that happens to be UTF-8 */
};

struct probe {
    char *buffer;
    size_t room;
    int64_t place;             /* of the window's first byte in the file */
    int64_t sequences, broken; /* well-formed multi-byte sequences; bytes that are not UTF-8 */
    int64_t first_zero, first_broken; /* places, -1 when there is none */
};

/* The length of the sequence at the start: 0 when it is not UTF-8, -1 when it is cut. */
static int sequence_length(const unsigned char *s, size_t length)
{
    if (s[0] < 0xC2 || s[0] > 0xF4)
        return 0;
    int wanted = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    unsigned char low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
    for (int i = 1; i < wanted; i++) {
        if ((size_t)i == length)
            return -1;
        if (s[i] < low || s[i] > high)
            return 0;
        low = 0x80;
        high = 0xBF;
    }
    return wanted;
}

static size_t skip_ascii(const unsigned char *s, size_t at, size_t length)
{
    uint64_t word;
    for (; at + sizeof word <= length; at += sizeof word) {
        memcpy(&word, s + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < length && s[at] < 0x80)
        at++;
    return at;
}

/* Looks through a window and gives back how many bytes at its end are a cut sequence. */
static size_t probe_window(struct probe *probe, const char *window, size_t length)
{
    const unsigned char *s = (const unsigned char *)window;
    const unsigned char *zero = probe->first_zero < 0 && length ? memchr(s, 0, length) : NULL;
    if (zero)
        probe->first_zero = probe->place + (zero - s);
    for (size_t at = skip_ascii(s, 0, length); at < length; at = skip_ascii(s, at, length)) {
        int got = sequence_length(s + at, length - at);
        if (got < 0)
            return length - at;
        if (got > 0) {
            probe->sequences++;
            at += (size_t)got;
            continue;
        }
        if (probe->first_broken < 0)
            probe->first_broken = probe->place + (int64_t)at;
        probe->broken++;
        at++;
    }
    return 0;
}

bool encoding_is_utf8(struct slice bytes)
{
    struct probe probe = { .first_zero = 0, .first_broken = -1 };
    return probe_window(&probe, bytes.start, bytes.length) == 0 && probe.broken == 0;
}

/* UTF-16 without a mark: every second byte of mostly English text is zero, the others never. */
static bool looks_wide(struct slice sniff, size_t zero_parity)
{
    size_t zeros[2] = { 0, 0 };
    for (size_t i = 0; i < sniff.length; i++)
        zeros[i % 2] += sniff.start[i] == 0;
    return zeros[zero_parity] >= 2 && zeros[zero_parity] * 2 >= sniff.length / 2 &&
           zeros[1 - zero_parity] == 0;
}

static bool find_wide(struct slice sniff, enum encoding *out_encoding, size_t *out_mark)
{
    bool marked_little = slice_starts(sniff, "\xFF\xFE");
    bool marked_big = slice_starts(sniff, "\xFE\xFF");
    *out_mark = marked_little || marked_big ? 2 : 0;
    *out_encoding = ENCODING_UTF16_LE;
    if (marked_little || looks_wide(sniff, 1))
        return true;
    *out_encoding = ENCODING_UTF16_BE;
    return marked_big || looks_wide(sniff, 0);
}

/* Line of the byte at `place`, counted from 1. */
static enum status line_at(struct work *work, struct source *source, const struct probe *probe,
                           int64_t place, int64_t *out_line)
{
    enum status status = source_rewind(work, source);
    int64_t line = 1;
    char previous = 0;
    while (status == STATUS_OK && source->place < place) {
        size_t left = (size_t)(place - source->place), length = 0;
        status = source_read(work, source, probe->buffer, left < probe->room ? left : probe->room,
                             &length);
        if (status != STATUS_OK || length == 0)
            break;
        for (size_t i = 0; i < length; i++) {
            char byte = probe->buffer[i];
            line += byte == '\r' || (byte == '\n' && previous != '\r');
            previous = byte;
        }
    }
    *out_line = line;
    return status;
}

static enum status decide(struct work *work, struct source *source, const struct probe *probe,
                          enum encoding *out_encoding)
{
    int64_t line = 0;
    if (probe->first_zero >= 0) {
        enum status status = line_at(work, source, probe, probe->first_zero, &line);
        if (status != STATUS_OK)
            return status;
        return work_fail(work, STATUS_INPUT,
                         "%s, line %lld: there is a NUL byte, so this is not a text file or it is "
                         "damaged; save it again as CSV (UTF-8).",
                         source->name, (long long)line);
    }
    if (probe->broken && probe->broken < SURE_FACTOR * probe->sequences) {
        enum status status = line_at(work, source, probe, probe->first_broken, &line);
        if (status != STATUS_OK)
            return status;
        return work_fail(work, STATUS_INPUT,
                         "%s, line %lld: there are characters that are not UTF-8 although the rest "
                         "of the file is; mend that line and save the file as CSV (UTF-8).",
                         source->name, (long long)line);
    }
    *out_encoding = probe->broken ? ENCODING_WINDOWS_1252 : ENCODING_UTF8;
    return source_rewind(work, source);
}

enum status encoding_find(struct work *work, struct source *source, enum encoding *out_encoding,
                          size_t *out_mark, char out_hash[HASH_TEXT_LENGTH + 1])
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    /* A small file needs little room; the room for sniffing leaves some to notice that it grew. */
    size_t room = source->size < PROBE_ROOM - SNIFF_LENGTH ? (size_t)source->size + SNIFF_LENGTH
                                                           : PROBE_ROOM;
    char *buffer = arena_take_raw(arena, room);
    struct probe probe = { .buffer = buffer, .room = room, .first_zero = -1, .first_broken = -1 };
    struct hash hash = hash_new();
    enum encoding wide = ENCODING_UTF8;
    size_t mark = 0, kept = 0, length = 0;
    bool is_wide = false, is_first = true;
    do {
        enum status status = source_read(work, source, buffer + kept, room - kept, &length);
        if (status != STATUS_OK)
            return status;
        hash_add(&hash, (struct slice){ buffer + kept, length });
        struct slice window = { buffer, kept + length };
        if (is_first) {
            is_first = false;
            is_wide = find_wide(slice_first(window, SNIFF_LENGTH), &wide, &mark);
            if (slice_starts(window, "\xEF\xBB\xBF"))
                mark = 3;
        }
        if (is_wide)
            continue;
        kept = probe_window(&probe, buffer, window.length);
        probe.place += (int64_t)(window.length - kept);
        memmove(buffer, buffer + window.length - kept, kept);
    } while (length > 0);
    if (kept && probe.first_broken < 0)
        probe.first_broken = probe.place;
    probe.broken += kept != 0;
    hash_end(&hash, out_hash);
    *out_mark = mark;
    *out_encoding = wide;
    return is_wide ? source_rewind(work, source) : decide(work, source, &probe, out_encoding);
}

/* Windows-1252 where it differs from Latin-1; the five bytes it leaves open stay what they are. */
static const unsigned short windows_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

size_t encoding_put(unsigned long code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3F));
    out[0] = (char)(leads[length] | code);
    return length;
}

static struct decoded decode_windows(struct slice raw, char *out)
{
    struct decoded decoded = { .taken = raw.length };
    for (size_t i = 0; i < raw.length; i++) {
        unsigned char byte = (unsigned char)raw.start[i];
        unsigned long code = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
        decoded.given += encoding_put(code, out + decoded.given);
    }
    return decoded;
}

static unsigned long unit_at(struct slice raw, size_t at, enum encoding encoding)
{
    unsigned long first = (unsigned char)raw.start[at], second = (unsigned char)raw.start[at + 1];
    return encoding == ENCODING_UTF16_LE ? second << 8 | first : first << 8 | second;
}

static struct decoded decode_wide(enum encoding encoding, struct slice raw, char *out)
{
    struct decoded decoded = { .taken = 0 };
    while (decoded.taken + 2 <= raw.length) {
        unsigned long code = unit_at(raw, decoded.taken, encoding);
        size_t taken = 2;
        if (code >= 0xD800 && code < 0xDC00) {
            if (decoded.taken + 4 > raw.length)
                break;
            unsigned long low = unit_at(raw, decoded.taken + 2, encoding);
            decoded.is_wrong = low < 0xDC00 || low > 0xDFFF;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            taken = 4;
        } else if (code == 0 || (code >= 0xDC00 && code < 0xE000)) {
            decoded.is_wrong = true;
        }
        if (decoded.is_wrong)
            break;
        decoded.given += encoding_put(code, out + decoded.given);
        decoded.taken += taken;
    }
    return decoded;
}

struct decoded encoding_decode(enum encoding encoding, struct slice raw, char *out)
{
    return encoding == ENCODING_WINDOWS_1252 ? decode_windows(raw, out)
                                             : decode_wide(encoding, raw, out);
}
