#include "attack/certificate.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/banned.h"

enum { MOST_BYTES = 64 * 1024, MOST_STEPS = 8, MOST_TERMS = 12, NO_EQUATION = -1 };

/* Cells still to be explained, in the order met; each once. */
struct explaining {
    struct arena *arena;
    const struct certificate_case *about;
    struct text text;
    int32_t cells[MOST_STEPS];
    int count;
};

/* What an equation leaves for one of its cells, by bounds of the others; false when it is open. */
static bool implied_by(const struct puzzle *puzzle, const struct bounds *bounds, int32_t equation,
                       int32_t cell, struct bounds out)
{
    int64_t least = 0, most = 0, sign = 0;
    for (size_t k = puzzle->start[equation]; k < puzzle->start[equation + 1]; k++) {
        int32_t other = puzzle->cell[k];
        if (other == cell) {
            sign = puzzle->sign[k] > 0 ? 1 : -1;
            continue;
        }
        if (bounds->most[other] == PUZZLE_UNBOUNDED)
            return false;
        least += puzzle->sign[k] > 0 ? bounds->least[other] : -bounds->most[other];
        most += puzzle->sign[k] > 0 ? bounds->most[other] : -bounds->least[other];
    }
    *out.least = sign > 0 ? -most : least;
    *out.most = sign > 0 ? -least : most;
    return true;
}

/* The shortest equation that gives all that is known of the cell: by published figures alone, or
 * else by what has been worked out of the others. */
static int32_t telling_equation(const struct explaining *explaining, int32_t cell)
{
    const struct puzzle *puzzle = &explaining->about->puzzle->puzzle;
    const struct bounds *proved = &explaining->about->result->bounds;
    const struct bounds published = { puzzle->least, puzzle->most, -1 };
    const struct bounds *const knowledge[] = { &published, proved };
    int32_t best = NO_EQUATION;
    for (int i = 0; i < 2 && best == NO_EQUATION; i++)
        for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++) {
            int32_t equation = puzzle->equation[k];
            int64_t least = 0, most = 0;
            size_t length = puzzle->start[equation + 1] - puzzle->start[equation];
            if (!implied_by(puzzle, knowledge[i], equation, cell,
                            (struct bounds){ &least, &most, -1 }) ||
                least < proved->least[cell] || most > proved->most[cell])
                continue;
            if (best == NO_EQUATION || length < puzzle->start[best + 1] - puzzle->start[best])
                best = equation;
        }
    return best;
}

static const char *interval_words(struct arena *arena, int64_t least, int64_t most)
{
    if (least == most)
        return arena_format(arena, "%lld", (long long)least);
    if (most == PUZZLE_UNBOUNDED)
        return arena_format(arena, "%lld or more", (long long)least);
    return arena_format(arena, "%lld to %lld", (long long)least, (long long)most);
}

static const char *name_of(const struct explaining *explaining, int32_t cell)
{
    const struct published_meaning *meaning = &explaining->about->puzzle->meanings[cell];
    return published_name(explaining->about->published, explaining->arena, meaning->cell);
}

/* Anything that the figures as printed do not say by themselves has to be explained too. */
static void explain_later(struct explaining *explaining, int32_t cell)
{
    const struct puzzle *puzzle = &explaining->about->puzzle->puzzle;
    const struct bounds *proved = &explaining->about->result->bounds;
    if (puzzle->least[cell] == proved->least[cell] && puzzle->most[cell] == proved->most[cell])
        return;
    for (int i = 0; i < explaining->count; i++)
        if (explaining->cells[i] == cell)
            return;
    if (explaining->count < MOST_STEPS)
        explaining->cells[explaining->count++] = cell;
}

static void add_term(struct explaining *explaining, int32_t cell, int8_t sign)
{
    const struct certificate_case *about = explaining->about;
    const struct bounds *proved = &about->result->bounds;
    const struct published_meaning *meaning = &about->puzzle->meanings[cell];
    const char *source = about->sources && meaning->cell->table >= 0
                             ? about->sources[meaning->cell->table]
                             : NULL;
    bool is_printed = about->puzzle->puzzle.state[cell] == CELL_SHOWN;
    text_add_format(&explaining->text, "    %s %s: %s%s%s%s\n", sign > 0 ? "+" : "-",
                    name_of(explaining, cell),
                    interval_words(explaining->arena, proved->least[cell], proved->most[cell]),
                    source && is_printed ? " (" : "", source && is_printed ? source : "",
                    source && is_printed ? ")" : "");
    explain_later(explaining, cell);
}

/* "X is 3, because it is" and the terms that add up to it. */
static void explain(struct explaining *explaining, int32_t cell)
{
    const struct puzzle *puzzle = &explaining->about->puzzle->puzzle;
    const struct bounds *proved = &explaining->about->result->bounds;
    int32_t equation = telling_equation(explaining, cell);
    int8_t own = -1;
    size_t terms = 0;
    text_add_format(&explaining->text, "  %s is %s, ", name_of(explaining, cell),
                    interval_words(explaining->arena, proved->least[cell], proved->most[cell]));
    if (equation == NO_EQUATION) {
        text_add(&explaining->text, "which follows from several sums together, by none alone.\n");
        return;
    }
    text_add(&explaining->text, "because it is\n");
    for (size_t k = puzzle->start[equation]; k < puzzle->start[equation + 1]; k++)
        if (puzzle->cell[k] == cell)
            own = puzzle->sign[k];
    for (size_t k = puzzle->start[equation]; k < puzzle->start[equation + 1]; k++)
        if (puzzle->cell[k] != cell && terms++ < MOST_TERMS)
            add_term(explaining, puzzle->cell[k], (int8_t)(puzzle->sign[k] == own ? -1 : 1));
    if (terms > MOST_TERMS)
        text_add_format(&explaining->text, "    and %zu more\n", terms - MOST_TERMS);
}

const char *certificate_of(struct arena *arena, const struct certificate_case *about, int32_t cell)
{
    struct explaining explaining = { .arena = arena,
                                     .about = about,
                                     .text = text_new(arena, MOST_BYTES),
                                     .cells = { cell },
                                     .count = 1 };
    for (int i = 0; i < explaining.count; i++)
        explain(&explaining, explaining.cells[i]);
    return explaining.text.bytes;
}
