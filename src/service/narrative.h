/* Reads the words of a return: what numbers stand there, and as what.
 *
 * A narrative is English as officers type it ("Q1 2012-13 was 2.5%", "23 of 27 (85%)", "on track
 * for 6% by March"). Reading it gives tokens, and over the tokens the things that the checks ask
 * for: figures, period labels, shares, changes, bounds, targets, groups of people. It knows no
 * council, measure or sentence; what it cannot place it leaves as a plain figure. */
#ifndef SERVICE_NARRATIVE_H
#define SERVICE_NARRATIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/period.h"
#include "base/slice.h"

struct arena;

enum { NARRATIVE_MOST_BYTES = 16 * 1024 }; /* a longer text is read up to here */
#define NARRATIVE_NONE ((size_t)-1)        /* no such token */

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_MARK };

/* What a number is there for; only a plain one is a figure. */
enum token_use {
    USE_PLAIN,
    USE_PERIOD,   /* part of a date or period label */
    USE_AGE,      /* an age, or a range of ages */
    USE_LABEL,    /* a name or place in a list: Objective 1, Year 6, NI 32, 2) */
    USE_DURATION, /* 90 minutes, 12 months */
    USE_MONEY,
};

struct token {
    enum token_kind kind;
    enum token_use use;
    const char *word;  /* in lower case; of a mark, its one character ('-' for any dash) */
    struct slice text; /* as written, without a per cent sign */
    const char *end;   /* where it ends in the text, with its per cent sign or word */
    int64_t number;    /* millionths, of a number */
    int decimals;      /* as written */
    bool percent;      /* a per cent sign or word follows */
    bool points;       /* percentage points */
    bool worded;       /* nil, two, ten */
    bool after_blank;  /* a blank, or nothing, stands before it */
    size_t sentence;   /* counted from 0 */
};

/* "Q1 2011-12", "Quarter 4 2012/13", "10/11", "May 2012", "2011". */
struct narrative_period {
    struct period period; /* year is 0 when it is not said */
    bool has_year;
    bool calendar_year; /* a bare year; `period` is then PERIOD_YEAR of that number */
    size_t first, end;  /* tokens [first, end) */
};

struct narrative_figure {
    size_t token;
    int64_t number; /* millionths */
    int decimals;
    bool percent, points, worded;
    bool expected;  /* what is hoped, planned or forecast, not what is */
    bool by_a_date; /* "by the end of …" governs it: a forecast when that lies ahead */
    bool is_target; /* the sentence names it as a target */
    size_t sentence;
};

/* A target that the text names: "against a target of 86%". */
struct narrative_target {
    size_t figure;     /* index in figures */
    bool of_period;    /* "the target for the quarter", "Q1 target" */
    bool of_past_year; /* a year is named with it: "target for 2011/12 was 35%" */
    struct period year;
};

/* "23 of 27 (85%)", "2 / 10", "15 out of 20". */
struct narrative_share {
    size_t part, whole; /* tokens */
    size_t claim;       /* token of the percentage said of it, or NARRATIVE_NONE */
};

/* "from 86 to 101", "86 in Q4 2011-12, 101 in Q1 2012-13". */
struct narrative_change {
    size_t before, after; /* tokens */
    size_t claim;         /* token of the percentage that it is said to make, or NARRATIVE_NONE */
    int direction;        /* +1 said to rise, -1 said to fall, 0 not said */
};

/* Exact meaning of a comparing word before (or after) a number. */
enum bound_kind { BOUND_BELOW, BOUND_AT_MOST, BOUND_ABOVE, BOUND_AT_LEAST, BOUND_BETWEEN };

struct narrative_bound {
    enum bound_kind kind;
    size_t token, upper; /* tokens; upper only of between */
    size_t first;        /* where the words begin */
};

struct narrative {
    struct arena *arena;
    struct slice text;
    struct token *tokens;
    size_t count, sentences;
    struct narrative_period *periods;
    size_t period_count;
    struct narrative_figure *figures;
    size_t figure_count;
    struct narrative_target *targets;
    size_t target_count;
    struct narrative_share *shares;
    size_t share_count;
    struct narrative_change *changes;
    size_t change_count;
    struct narrative_bound *bounds;
    size_t bound_count;
};

/* Reads a text (NULL reads as empty). All of it lives in `arena`; the text must live as long. */
struct narrative narrative_read(struct arena *arena, const char *text);
/* The words of a token, or of tokens [first, end), as they were written. */
struct slice narrative_words(const struct narrative *narrative, size_t first, size_t end);
/* The words of the sentence in which a token stands. */
struct slice narrative_sentence(const struct narrative *narrative, size_t token);
/* A figure as written, with its per cent sign. */
const char *narrative_figure_text(const struct narrative *narrative, size_t token);

/* Closed lists of phrases, each a row of narrative_phrase.c. */
enum phrase_list {
    PHRASE_FUTURE,     /* expects, will, plans to, on track to, hopes to, aims to */
    PHRASE_BY_DATE,    /* by the end of, by year end */
    PHRASE_REVISION,   /* may need to be revised, may improve, corrected, recalculated, restated */
    PHRASE_SMALL,      /* small numbers, small cohort, few cases */
    PHRASE_AWAITING,   /* not yet, awaited, next survey, to be reported */
    PHRASE_COMPARISON, /* the same period in, since, compared with, last year */
    PHRASE_SPAN,       /* average over two years, over the last three years */
    PHRASE_OPPOSITE,   /* not in, NEET, without, failed: the complement of a thing */
};
/* True when the narrative has a phrase of that list; `*out_token`, when not NULL, is its first
 * token and `*out_end` the token after its last. */
bool narrative_has(const struct narrative *narrative, enum phrase_list list, size_t *out_token,
                   size_t *out_end);
/* The length in tokens of a phrase of the list that begins at that token; 0: none. */
size_t narrative_phrase_at(const struct narrative *narrative, enum phrase_list list, size_t token);

/* Groups of people by school year and by age that a text names. */
struct narrative_groups {
    uint32_t school_years; /* bit 0 Reception, bit n Year n */
    bool has_ages;
    int64_t age_least, age_most; /* 0 and 150 where a side is open */
    struct slice words;          /* as written, the first of them to the last */
};
struct narrative_groups narrative_groups_of(const struct narrative *narrative);

/* How alike two texts are, 0 to 100: the share of words in common, in their order, over letters
 * folded and marks left out. */
int narrative_similarity(struct arena *arena, const char *a, const char *b);
/* The share (0 to 100) of the meaningful words of `a` that also stand in `b`. */
int narrative_overlap(const struct narrative *a, const struct narrative *b);
/* True when both have the same figures in the same order. */
bool narrative_same_figures(const struct narrative *a, const struct narrative *b);

#endif
