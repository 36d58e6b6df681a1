/* Each goal is a copy of the component with an objective of its own, so that one file asks all of
 * them: MPS with fixed columns, which both programs read. */
#include "attack/solver.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "base/banned.h"

enum { LONGEST_LINE = 64, LONGEST_NUMBER = 40, MOST_WORDS = 9 };
#define MOST_SECONDS "600"
#define MOST_BYTES ((size_t)1 << 30)
#define TOO_MANY_NAMES 10000000 /* names in MPS have a letter and seven digits */

static const char *solver_name(enum solver solver)
{
    return solver == SOLVER_CLP ? "clp" : "glpsol";
}

/* ---- the block ---- */

static int64_t largest_known(const struct puzzle *puzzle)
{
    int64_t largest = 0;
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        int64_t most = puzzle->most[c] == PUZZLE_UNBOUNDED ? puzzle->least[c] : puzzle->most[c];
        largest = most > largest ? most : largest;
    }
    return largest;
}

struct solver_block solver_block_of(struct arena *arena, const struct puzzle *puzzle,
                                    const struct bounds *bounds, const struct component *component)
{
    size_t cells = (size_t)component->count, entries = 0;
    int32_t *places = arena_array_of(arena, (size_t)puzzle->cell_count + 1, int32_t);
    bool *has = arena_array_of(arena, (size_t)puzzle->equation_count + 1, bool);
    struct solver_block block = { .component = component,
                                  .least = arena_array_of(arena, cells, double),
                                  .most = arena_array_of(arena, cells, double) };
    double far = 2 * (double)largest_known(puzzle) + 10000;
    for (int32_t i = 0; i < component->count; i++) {
        int32_t cell = component->cells[i];
        int64_t most = bounds->most[cell];
        places[cell] = i;
        block.least[i] = (double)bounds->least[cell];
        block.most[i] = most == PUZZLE_UNBOUNDED ? block.least[i] + far : (double)most;
        for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++, entries++)
            has[puzzle->equation[k]] = true;
    }
    block.start = arena_array_of(arena, (size_t)puzzle->equation_count + 1, size_t);
    block.known = arena_array_of(arena, (size_t)puzzle->equation_count + 1, double);
    block.place = arena_array_of(arena, entries + 1, int32_t);
    block.sign = arena_array_of(arena, entries + 1, int8_t);
    for (int32_t e = 0; e < puzzle->equation_count; e++) {
        size_t at = block.start[block.equation_count];
        for (size_t k = puzzle->start[e]; has[e] && k < puzzle->start[e + 1]; k++) {
            int32_t cell = puzzle->cell[k];
            if (bounds->least[cell] == bounds->most[cell]) {
                block.known[block.equation_count] += puzzle->sign[k] * (double)bounds->least[cell];
                continue;
            }
            block.place[at] = places[cell];
            block.sign[at++] = puzzle->sign[k];
        }
        if (has[e])
            block.start[++block.equation_count] = at;
    }
    return block;
}

/* ---- the file ---- */

static double weight_of(const struct solver_goal *goal, int32_t place)
{
    return goal->weights ? goal->weights[place] : place == goal->place ? goal->sign : 0;
}

static void entry(struct text *text, char letter, size_t column, size_t row, double factor)
{
    text_add_format(text, "    %c%-7zu  R%-7zu  %12.10g\n", letter, column, row, factor);
}

/* Entries by column, which MPS asks for: entry k of the block is next[k] behind first[place]. */
struct by_column {
    size_t *first, *next;
    size_t *row;
};

enum { NO_ENTRY = 0 }; /* entries are counted from 1 here */

static struct by_column index_columns(struct arena *arena, const struct solver_block *block)
{
    size_t entries = block->start[block->equation_count];
    struct by_column index = { arena_array_of(arena, (size_t)block->component->count + 1, size_t),
                               arena_array_of(arena, entries + 1, size_t),
                               arena_array_of(arena, entries + 1, size_t) };
    for (int32_t e = 0; e < block->equation_count; e++)
        for (size_t k = block->start[e]; k < block->start[e + 1]; k++) {
            index.row[k] = (size_t)e;
            index.next[k] = index.first[block->place[k]];
            index.first[block->place[k]] = k + 1;
        }
    return index;
}

/* Counts are written as what they are above their least, so that small differences keep their
 * digits in what the solver prints. */
static double right_side(const struct solver_block *block, int32_t equation)
{
    double side = -block->known[equation];
    for (size_t k = block->start[equation]; k < block->start[equation + 1]; k++)
        side -= block->sign[k] * block->least[block->place[k]];
    return side;
}

static struct text write_programme(struct arena *arena, const struct solver_question *question)
{
    const struct solver_block *block = question->block;
    const struct solver_goal *goals = question->goals;
    size_t goal_count = question->goal_count;
    size_t cells = (size_t)block->component->count, rows = (size_t)block->equation_count;
    size_t lines = goal_count * (block->start[rows] + 3 * cells + 2 * rows) + 16;
    struct by_column index = index_columns(arena, block);
    struct text text = text_new_of_room(arena, lines * LONGEST_LINE, MOST_BYTES);
    text_add(&text, "NAME          attack\nROWS\n N  GOAL\n");
    for (size_t r = 0; r < goal_count * rows; r++)
        text_add_format(&text, " E  R%-7zu\n", r);
    text_add(&text, "COLUMNS\n");
    for (size_t g = 0; g < goal_count; g++)
        for (size_t i = 0; i < cells; i++) {
            double weight = weight_of(&goals[g], (int32_t)i);
            size_t column = g * cells + i;
            /* Both programs make the goal as small as they can. */
            text_add_format(&text, "    C%-7zu  GOAL      %12.5g\n", column, -weight);
            for (size_t k = index.first[i]; k != NO_ENTRY; k = index.next[k - 1])
                entry(&text, 'C', column, g * rows + index.row[k - 1], block->sign[k - 1]);
        }
    text_add(&text, "RHS\n");
    for (size_t g = 0; g < goal_count; g++)
        for (size_t r = 0; r < rows; r++) {
            double side = right_side(block, (int32_t)r);
            if (side != 0)
                text_add_format(&text, "    RHS       R%-7zu  %12.10g\n", g * rows + r, side);
        }
    text_add(&text, "BOUNDS\n");
    for (size_t g = 0; g < goal_count; g++)
        for (size_t i = 0; i < cells; i++)
            text_add_format(&text, " UP BND       C%-7zu  %12.10g\n", g * cells + i,
                            block->most[i] - block->least[i]);
    text_add(&text, "ENDATA\n");
    return text;
}

/* ---- the run ---- */

static enum status run_program(struct work *work, enum solver solver, const char *programme,
                               const char *solution)
{
    const char *own = solver_name(solver);
    const char *const clp[MOST_WORDS] = {
        own,   programme,        "-seconds",  MOST_SECONDS, "-printingOptions",
        "all", "-primalSimplex", "-solution", solution
    };
    const char *const glpsol[MOST_WORDS] = { own,          "--mps", programme, "--tmlim",
                                             MOST_SECONDS, "-w",    solution };
    char *words[MOST_WORDS + 1] = { NULL };
    for (int i = 0; i < MOST_WORDS; i++) {
        const char *word = (solver == SOLVER_CLP ? clp : glpsol)[i];
        words[i] = word ? arena_format(work->arena, "%s", word) : NULL;
    }
    posix_spawn_file_actions_t quiet;
    pid_t child;
    int state = 0, failure = posix_spawn_file_actions_init(&quiet);
    for (int stream = STDIN_FILENO; !failure && stream <= STDERR_FILENO; stream++)
        failure = posix_spawn_file_actions_addopen(&quiet, stream, "/dev/null", O_RDWR, 0);
    if (!failure)
        failure = posix_spawnp(&child, own, &quiet, NULL, words, environ);
    posix_spawn_file_actions_destroy(&quiet);
    if (failure == ENOENT)
        return work_fail(work, STATUS_USAGE,
                         "Level 5 asks other solvers, and %s is not installed; install %s, or stop "
                         "at --level 4.",
                         own, solver == SOLVER_CLP ? "coinor-clp" : "glpk-utils");
    if (failure || waitpid(child, &state, 0) < 0)
        return work_fail(work, STATUS_STORAGE, "%s could not be run: %s.", own,
                         strerror(failure ? failure : errno));
    return STATUS_OK;
}

/* A number as C prints it; false for anything else. */
static bool read_real(struct slice text, double *out_number)
{
    char word[LONGEST_NUMBER + 1] = "";
    int length = 0;
    if (text.length == 0 || text.length > LONGEST_NUMBER)
        return false;
    memcpy(word, text.start, text.length);
    return sscanf(word, "%lf%n", out_number, &length) == 1 && (size_t)length == text.length;
}

/* Reads "123 C123 4.5 …" of clp and "j 123 b 4.5 …" of glpsol; false unless all are there. */
static bool read_solution(enum solver solver, struct slice bytes,
                          const struct solver_question *question, double *out_values)
{
    const struct solver_block *block = question->block;
    size_t cells = (size_t)block->component->count, goal_count = question->goal_count, found = 0;
    struct slice line;
    bool is_optimal = false;
    while (slice_split(&bytes, '\n', &line)) {
        struct slice rest = slice_trim(line), words[4] = { 0 };
        int64_t number = 0;
        int count = 0;
        while (count < 4 && slice_split(&rest, ' ', &words[count]))
            count += words[count].length > 0;
        if (count >= 2 && solver == SOLVER_CLP && slice_is(words[0], "Optimal"))
            is_optimal = true;
        if (count >= 3 && solver == SOLVER_GLPK && slice_is(words[1], "Status:"))
            is_optimal = slice_is(words[2], "OPTIMAL");
        bool is_column = count >= 3 && (solver == SOLVER_CLP ? slice_starts(words[1], "C")
                                                             : slice_is(words[0], "j"));
        struct slice text = solver == SOLVER_CLP ? words[2] : words[3];
        if (!is_column ||
            !slice_integer(solver == SOLVER_CLP ? slice_from(words[1], 1) : words[1], &number))
            continue;
        double above = 0;
        number -= solver == SOLVER_GLPK; /* which counts from 1 */
        if (number < 0 || (size_t)number >= cells * goal_count || !read_real(text, &above))
            return false;
        out_values[number] = block->least[(size_t)number % cells] + above;
        found++;
    }
    return is_optimal && found == cells * goal_count;
}

/* A file that is read once and removed needs no syncing. */
static enum status write_file(struct work *work, const char *path, struct slice bytes)
{
    FILE *file = fopen(path, "w");
    bool is_written = file && fwrite(bytes.start, 1, bytes.length, file) == bytes.length;
    if (file && fclose(file) != 0)
        is_written = false;
    return is_written ? STATUS_OK
                      : work_fail(work, STATUS_STORAGE, "%s could not be written: %s.", path,
                                  strerror(errno));
}

static enum status ask_in(struct work *work, enum solver solver, const char *folder,
                          struct slice programme, struct slice *out_solution)
{
    const char *path = arena_format(work->arena, "%s/programme.mps", folder);
    const char *solution = arena_format(work->arena, "%s/solution.txt", folder);
    enum status status = write_file(work, path, programme);
    if (status == STATUS_OK)
        status = run_program(work, solver, path, solution);
    *out_solution = SLICE("");
    if (status == STATUS_OK && file_exists(solution))
        status = file_read(work, solution, MOST_BYTES, out_solution);
    (void)unlink(path);
    (void)unlink(solution);
    return status;
}

enum status solver_ask(struct work *work, enum solver solver,
                       const struct solver_question *question, double *out_values,
                       bool *out_is_solved)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct arena *kept = work->arena;
    size_t cells = (size_t)question->block->component->count;
    size_t rows = (size_t)question->block->equation_count;
    const char *place = getenv("TMPDIR");
    struct slice solution = SLICE("");
    *out_is_solved = false;
    if (question->goal_count * (cells > rows ? cells : rows) >= TOO_MANY_NAMES)
        return STATUS_OK;
    char *folder = arena_format(arena, "%s/dueregard-attack-XXXXXX", place ? place : "/tmp");
    if (!mkdtemp(folder))
        return work_fail(work, STATUS_STORAGE, "No folder could be made in %s: %s.",
                         place ? place : "/tmp", strerror(errno));
    work->arena = arena;
    struct text text = write_programme(arena, question);
    enum status status = text.is_full ? STATUS_OK
                                      : ask_in(work, solver, folder, text_slice(&text), &solution);
    (void)rmdir(folder);
    work->arena = kept;
    if (status == STATUS_OK)
        *out_is_solved = read_solution(solver, solution, question, out_values);
    return status;
}
