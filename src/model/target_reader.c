#include "model/target_reader.h"

#include "base/banned.h"

enum { NUMBER_DIGITS = 9 };

/* Characters outside ASCII that stand for a mark or a blank. */
static const struct {
    const char *bytes;
    char mark;
} marks[] = {
    { "\xE2\x80\x90", '-' }, { "\xE2\x80\x91", '-' },  { "\xE2\x80\x92", '-' },
    { "\xE2\x80\x93", '-' }, { "\xE2\x80\x94", '-' },  { "\xE2\x80\x95", '-' },
    { "\xE2\x88\x92", '-' }, { "\xE2\x80\x98", '\'' }, { "\xE2\x80\x99", '\'' },
    { "\xC2\xB4", '\'' },    { "\xC2\xA0", ' ' },      { "\xE2\x80\xAF", ' ' },
    { "\xE2\x80\x89", ' ' }, { "\xE2\x80\xA6", '.' },  { "\xEF\xBB\xBF", ' ' },
    { "\xE2\x80\x8B", ' ' },
};

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* Letters, and every byte above ASCII that is no mark. */
static bool is_letter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (unsigned char)character >= 0x80;
}

/* The mark or blank at the start of `rest`, and how many bytes it takes; 0 when there is none. */
static size_t mark_at(struct slice rest, char *out_mark)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (slice_starts(rest, marks[i].bytes)) {
            *out_mark = marks[i].mark;
            return slice_of(marks[i].bytes).length;
        }
    if (rest.length == 0 || is_digit(*rest.start) || is_letter(*rest.start))
        return 0;
    bool is_blank = *rest.start == '\t' || *rest.start == '\n' || *rest.start == '\r';
    *out_mark = is_blank ? ' ' : *rest.start;
    if (*rest.start == '[' || *rest.start == ']')
        *out_mark = *rest.start == '[' ? '(' : ')';
    return 1;
}

static size_t run_length(struct slice rest, bool (*belongs)(char))
{
    size_t length = 0;
    char mark = 0;
    while (length < rest.length && belongs(rest.start[length]) &&
           mark_at(slice_from(rest, length), &mark) == 0)
        length++;
    return length;
}

static struct target_token token_at(struct slice rest)
{
    struct target_token token = { .kind = TARGET_MARK };
    size_t length = mark_at(rest, &token.mark);
    if (length == 0 && is_digit(*rest.start)) {
        token.kind = TARGET_NUMBER;
        length = run_length(rest, is_digit);
        for (size_t i = 0; i < length && i < NUMBER_DIGITS; i++)
            token.number = token.number * 10 + (rest.start[i] - '0');
    } else if (length == 0) {
        token.kind = TARGET_WORD;
        length = run_length(rest, is_letter);
    }
    token.text = slice_first(rest, length);
    return token;
}

bool target_reader_open(struct slice text, const struct target_date_context *context,
                        struct target_reader *out_reader)
{
    out_reader->text = text;
    out_reader->context = context;
    out_reader->count = out_reader->at = 0;
    bool touches = false;
    for (struct slice rest = text; rest.length > 0;) {
        struct target_token token = token_at(rest);
        rest = slice_from(rest, token.text.length);
        if (token.kind == TARGET_MARK && token.mark == ' ') {
            touches = false;
            continue;
        }
        if (out_reader->count == TARGET_MOST_TOKENS)
            return false;
        token.touches = touches;
        touches = true;
        out_reader->tokens[out_reader->count++] = token;
    }
    out_reader->tokens[out_reader->count] = (struct target_token){ .kind = TARGET_END };
    return true;
}

const struct target_token *target_peek(const struct target_reader *reader, size_t ahead)
{
    size_t left = reader->count - reader->at;
    return &reader->tokens[reader->at + (ahead < left ? ahead : left)];
}

bool target_is_mark(const struct target_reader *reader, size_t ahead, char mark)
{
    const struct target_token *token = target_peek(reader, ahead);
    return token->kind == TARGET_MARK && token->mark == mark;
}

bool target_take_mark(struct target_reader *reader, char mark)
{
    bool is_there = target_is_mark(reader, 0, mark);
    reader->at += is_there;
    return is_there;
}

bool target_take_word(struct target_reader *reader, const char *word)
{
    const struct target_token *token = target_peek(reader, 0);
    bool is_there = token->kind == TARGET_WORD && slice_equal_folded(token->text, slice_of(word));
    reader->at += is_there;
    return is_there;
}

/* Most phrases of a table are told apart by their first letter. */
static bool may_begin(const struct target_token *token, const char *phrase)
{
    if (token->kind == TARGET_END)
        return false;
    char first = token->kind == TARGET_MARK ? token->mark : *token->text.start;
    if (first >= 'A' && first <= 'Z')
        first = (char)(first - 'A' + 'a');
    return first == phrase[0];
}

/* Takes a phrase in small letters: words, numbers and marks with one blank between them, such as
 * "on - going". */
static bool target_take_phrase(struct target_reader *reader, const char *phrase)
{
    size_t at = reader->at;
    if (!may_begin(target_peek(reader, 0), phrase))
        return false;
    struct slice rest = slice_of(phrase), part;
    while (slice_word(&rest, &part)) {
        const struct target_token *token = target_peek(reader, 0);
        bool fits = token->kind == TARGET_MARK
                        ? part.length == 1 && token->mark == part.start[0]
                        : token->kind != TARGET_END && slice_equal_folded(token->text, part);
        if (!fits) {
            reader->at = at;
            return false;
        }
        reader->at++;
    }
    return true;
}

bool target_take_any(struct target_reader *reader, const char *const *phrases)
{
    for (; *phrases != NULL; phrases++)
        if (target_take_phrase(reader, *phrases))
            return true;
    return false;
}

bool target_take_number(struct target_reader *reader, size_t least, size_t most,
                        int64_t *out_number)
{
    const struct target_token *token = target_peek(reader, 0);
    if (token->kind != TARGET_NUMBER || token->text.length < least || token->text.length > most)
        return false;
    *out_number = token->number;
    reader->at++;
    return true;
}

struct slice target_text(const struct target_reader *reader, size_t from, size_t to)
{
    if (from >= to || to > reader->count)
        return (struct slice){ NULL, 0 };
    const struct target_token *last = &reader->tokens[to - 1];
    const char *start = reader->tokens[from].text.start;
    return (struct slice){ start, (size_t)(last->text.start + last->text.length - start) };
}
