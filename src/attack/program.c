#include "attack/program.h"

#include <math.h>
#include <string.h>

#include "attack/basis.h"
#include "attack/system.h"
#include "base/arena.h"
#include "base/banned.h"

enum { NONE = -1, PATIENCE = 200 };
static const double small = 1e-9; /* what is nearer to a whole number than this is whole */
static const double least_pivot = 1e-5;
static const int64_t most_work = INT64_C(60000000000000);
static const double feasible = 1e-7; /* a bound is kept when it is passed by no more than this */

/* The equations of a component, each once: the terms in `rows`, what the known cells leave for them
 * in `right`. */
struct equations {
    struct system_row *rows;
    double *right;
    int32_t count;
};

/* Variables are the component's cells by place. Each row gives one of them, the basic ones; the
 * others stand where they stand, nearly always at a bound. */
struct program {
    struct matrix matrix;
    struct equations equations; /* those that follow from others too */
    struct basis *basis;
    double *least, *most, *value; /* of a variable */
    double *right;                /* of a row: what its entries add up to */
    double *price, *direction;    /* of a row, while a step is looked for */
    const double *weights;        /* of the goal by variable; NULL: none */
    int32_t *basic;               /* the variable of a row */
    int32_t *row_of;              /* of a variable, or NONE */
    int64_t steps;
    bool is_seeking; /* no solution is at hand yet: what is outside its bounds may stay there */
    bool is_broken;  /* the basis could not be inverted */
};

static int32_t root_of(int32_t *parent, int32_t cell)
{
    while (parent[cell] != cell) {
        parent[cell] = parent[parent[cell]];
        cell = parent[cell];
    }
    return cell;
}

static bool is_open(const struct bounds *bounds, int32_t cell)
{
    return bounds->least[cell] != bounds->most[cell];
}

static int32_t *join_cells(struct arena *arena, const struct puzzle *puzzle,
                           const struct bounds *bounds)
{
    int32_t *parent = arena_array_of(arena, (size_t)puzzle->cell_count + 1, int32_t);
    for (int32_t c = 0; c < puzzle->cell_count; c++)
        parent[c] = c;
    for (int32_t e = 0; e < puzzle->equation_count; e++) {
        int32_t first = NONE;
        for (size_t k = puzzle->start[e]; k < puzzle->start[e + 1]; k++) {
            int32_t cell = puzzle->cell[k];
            if (!is_open(bounds, cell))
                continue;
            if (first == NONE)
                first = root_of(parent, cell);
            else
                parent[root_of(parent, cell)] = first = root_of(parent, first);
        }
    }
    return parent;
}

struct components components_of(struct arena *arena, const struct puzzle *puzzle,
                                const struct bounds *bounds)
{
    size_t cells = (size_t)puzzle->cell_count;
    struct components components = { .items = arena_array_of(arena, cells + 1, struct component) };
    int32_t *parent = join_cells(arena, puzzle, bounds);
    int32_t *number = arena_array_of(arena, cells + 1, int32_t);
    int32_t *sorted = arena_array_of(arena, cells + 1, int32_t), **next;
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        if (!is_open(bounds, c))
            continue;
        int32_t root = root_of(parent, c);
        if (number[root] == 0)
            number[root] = ++components.count;
        components.items[number[root] - 1].count++;
    }
    next = arena_array_of(arena, (size_t)components.count + 1, int32_t *);
    for (int32_t i = 0; i < components.count; i++) {
        components.items[i].cells = next[i] = sorted;
        sorted += components.items[i].count;
    }
    for (int32_t c = 0; c < puzzle->cell_count; c++)
        if (is_open(bounds, c))
            *next[number[root_of(parent, c)] - 1]++ = c;
    return components;
}

static struct equations component_equations(struct arena *arena, const struct puzzle *puzzle,
                                            const struct bounds *bounds,
                                            const struct component *component)
{
    int32_t *place = arena_array_of(arena, (size_t)puzzle->cell_count + 1, int32_t);
    bool *has = arena_array_of(arena, (size_t)puzzle->equation_count + 1, bool);
    size_t entries = 0, count = 0;
    for (int32_t i = 0; i < component->count; i++) {
        int32_t cell = component->cells[i];
        place[cell] = i;
        for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++) {
            count += !has[puzzle->equation[k]];
            has[puzzle->equation[k]] = true;
            entries++;
        }
    }
    struct term *terms = arena_array_of(arena, entries + 1, struct term);
    struct equations equations = { arena_array_of(arena, count + 1, struct system_row),
                                   arena_array_of(arena, count + 1, double), 0 };
    for (int32_t e = 0; e < puzzle->equation_count; e++) {
        struct system_row row = { terms, 0, NONE };
        double known = 0;
        for (size_t k = puzzle->start[e]; has[e] && k < puzzle->start[e + 1]; k++) {
            int32_t cell = puzzle->cell[k];
            if (is_open(bounds, cell))
                terms[row.count++] = (struct term){ place[cell], puzzle->sign[k] };
            else
                known += puzzle->sign[k] * (double)bounds->least[cell];
        }
        if (!has[e])
            continue;
        row.count = system_tidy(terms, row.count);
        terms += row.count;
        equations.right[equations.count] = -known;
        equations.rows[equations.count++] = row;
    }
    return equations;
}

/* The rows that elimination has taken, which do not depend on each other, column by column. */
static void fill_matrix(struct program *program, struct arena *arena,
                        const struct equations *equations, const struct system *system)
{
    struct matrix *matrix = &program->matrix;
    size_t entries = 0;
    for (int32_t r = 0; r < matrix->rows; r++)
        entries += (size_t)equations->rows[system->order[r]].count;
    matrix->start = arena_array_of(arena, (size_t)matrix->columns + 2, size_t);
    matrix->row = arena_array_of(arena, entries + 1, int32_t);
    matrix->factor = arena_array_of(arena, entries + 1, double);
    for (int32_t r = 0; r < matrix->rows; r++) {
        const struct system_row *row = &equations->rows[system->order[r]];
        for (int32_t k = 0; k < row->count; k++)
            matrix->start[row->terms[k].column + 2]++;
    }
    for (int32_t c = 0; c < matrix->columns; c++)
        matrix->start[c + 2] += matrix->start[c + 1];
    for (int32_t r = 0; r < matrix->rows; r++) {
        const struct system_row *row = &equations->rows[system->order[r]];
        for (int32_t k = 0; k < row->count; k++) {
            size_t at = matrix->start[row->terms[k].column + 1]++;
            matrix->row[at] = r;
            matrix->factor[at] = (double)row->terms[k].factor;
        }
        program->right[r] = equations->right[system->order[r]];
        program->basic[r] = system->rows[system->order[r]].pivot;
    }
}

/* A number this large has no room for a fraction: adding it and taking it off again rounds. */
static double whole(double number)
{
    static const double shift = 6755399441055744.0; /* 1.5 * 2^52 */
    double near = (number + shift) - shift;
    return fabs(number - near) < small ? near : number;
}

/* Inverts the basis, and works out the basic variables from the others. */
static void renew(struct program *program)
{
    const struct matrix *matrix = &program->matrix;
    double *rest = program->direction;
    program->is_broken = program->is_broken || !basis_invert(program->basis, program->basic);
    if (program->is_broken)
        return;
    memcpy(rest, program->right, (size_t)matrix->rows * sizeof *rest);
    for (int32_t v = 0; v < matrix->columns; v++)
        program->row_of[v] = NONE;
    for (int32_t r = 0; r < matrix->rows; r++)
        program->row_of[program->basic[r]] = r;
    for (int32_t v = 0; v < matrix->columns; v++)
        for (size_t k = matrix->start[v]; program->row_of[v] == NONE && k < matrix->start[v + 1];
             k++)
            rest[matrix->row[k]] -= matrix->factor[k] * program->value[v];
    basis_forward(program->basis, rest);
    for (int32_t r = 0; r < matrix->rows; r++)
        program->value[program->basic[r]] = whole(rest[r]);
}

static void set_bounds(struct program *program, const struct bounds *bounds,
                       const struct component *component, const int64_t *start)
{
    for (int32_t i = 0; i < component->count; i++) {
        int32_t cell = component->cells[i];
        program->least[i] = (double)bounds->least[cell];
        program->most[i] = bounds->most[cell] == PUZZLE_UNBOUNDED ? INFINITY
                                                                  : (double)bounds->most[cell];
        program->value[i] = start ? (double)start[cell] : program->least[i];
    }
}

struct program *program_new(struct arena *arena, const struct puzzle *puzzle,
                            const struct bounds *bounds, const struct component *component,
                            const int64_t *start)
{
    CLEANUP_ARENA struct arena *scratch = arena_new();
    size_t columns = (size_t)component->count;
    struct equations equations = component_equations(arena, puzzle, bounds, component);
    struct system_row *rows = arena_array_of(scratch, (size_t)equations.count + 1,
                                             struct system_row);
    memcpy(rows, equations.rows, (size_t)equations.count * sizeof *rows);
    struct system system = system_of(scratch, rows, equations.count, component->count);
    bool *may = arena_array_of(scratch, columns + 1, bool);
    memset(may, true, columns);
    system_eliminate(&system, may);
    if (system.has_overflowed)
        return NULL;
    size_t height = (size_t)system.pivot_count + 1;
    struct program *program = arena_new_of(arena, struct program);
    *program = (struct program){ .matrix = { .rows = system.pivot_count,
                                             .columns = component->count },
                                 .least = arena_array_of(arena, columns, double),
                                 .most = arena_array_of(arena, columns, double),
                                 .value = arena_array_of(arena, columns, double),
                                 .right = arena_array_of(arena, height, double),
                                 .price = arena_array_of(arena, height, double),
                                 .direction = arena_array_of(arena, height, double),
                                 .basic = arena_array_of(arena, height, int32_t),
                                 .row_of = arena_array_of(arena, columns, int32_t) };
    program->equations = equations;
    fill_matrix(program, arena, &equations, &system);
    program->basis = basis_new(arena, &program->matrix);
    set_bounds(program, bounds, component, start);
    renew(program);
    return program->is_broken ? NULL : program;
}

/* How far a basic variable is outside its bounds: below 0 when it is too small. */
static double beyond(const struct program *program, int32_t variable)
{
    double value = program->value[variable];
    if (value < program->least[variable] - feasible)
        return value - program->least[variable];
    return value > program->most[variable] + feasible ? value - program->most[variable] : 0;
}

struct move {
    int32_t variable, row; /* row NONE: the variable's own bound comes first */
    double way;            /* by how much the variable changes */
};

/* How far a row lets the variable go in a direction; one outside its bounds stops where it enters.
 */
static double room_of(const struct program *program, int32_t row, double change)
{
    int32_t variable = program->basic[row];
    double value = program->value[variable], out = beyond(program, variable);
    double bound = change > 0 ? program->most[variable] : program->least[variable];
    if (out < 0 && change > 0)
        bound = program->least[variable];
    else if (out > 0 && change < 0)
        bound = program->most[variable];
    else if (out != 0)
        return program->is_seeking ? INFINITY : 0;
    double room = (bound - value) / change;
    return room > 0 ? room : 0;
}

/* What the basic variables lose by one more of the variable. */
static void set_direction(struct program *program, int32_t variable)
{
    const struct matrix *matrix = &program->matrix;
    memset(program->direction, 0, (size_t)matrix->rows * sizeof *program->direction);
    for (size_t k = matrix->start[variable]; k < matrix->start[variable + 1]; k++)
        program->direction[matrix->row[k]] = matrix->factor[k];
    basis_forward(program->basis, program->direction);
    for (int32_t r = 0; r < matrix->rows; r++)
        if (program->direction[r] != 0)
            program->direction[r] = whole(program->direction[r]);
}

/* Of the rows that stop the variable within a tolerance of the first to do so, the one that changes
 * most: a large pivot keeps the numbers clean (Harris, 1973). */
static struct move longest_move(struct program *program, int32_t variable, int sign)
{
    double own = sign > 0 ? program->most[variable] - program->value[variable]
                          : program->value[variable] - program->least[variable];
    double relaxed = own, largest = 0, way = own;
    struct move move = { variable, NONE, 0 };
    set_direction(program, variable);
    for (int32_t r = 0; r < program->matrix.rows; r++) {
        double change = -program->direction[r] * sign;
        if (fabs(change) >= least_pivot)
            relaxed = fmin(relaxed, room_of(program, r, change) + feasible / fabs(change));
    }
    for (int32_t r = 0; r < program->matrix.rows && relaxed < own; r++) {
        double change = -program->direction[r] * sign;
        if (fabs(change) < least_pivot || fabs(change) <= largest)
            continue;
        double room = room_of(program, r, change);
        if (room > relaxed)
            continue;
        largest = fabs(change);
        way = room;
        move.row = r;
    }
    move.way = way * sign;
    return move;
}

static bool is_whole(double value)
{
    return value == rint(value);
}

void program_note(const struct program *program, const struct extremes *extremes)
{
    bool all_whole = true;
    for (int32_t v = 0; v < program->matrix.columns; v++) {
        extremes->least[v] = fmin(extremes->least[v], program->value[v]);
        extremes->most[v] = fmax(extremes->most[v], program->value[v]);
        all_whole = all_whole && is_whole(program->value[v]);
    }
    for (int32_t v = 0; v < program->matrix.columns && all_whole; v++) {
        extremes->whole_least[v] = fmin(extremes->whole_least[v], program->value[v]);
        extremes->whole_most[v] = fmax(extremes->whole_most[v], program->value[v]);
    }
}

static void note_at(const struct extremes *extremes, int32_t variable, double value, bool all_whole)
{
    extremes->least[variable] = fmin(extremes->least[variable], value);
    extremes->most[variable] = fmax(extremes->most[variable], value);
    if (!all_whole)
        return;
    extremes->whole_least[variable] = fmin(extremes->whole_least[variable], value);
    extremes->whole_most[variable] = fmax(extremes->whole_most[variable], value);
}

/* What the variable's row has at the end of the way. */
static double row_at_end(const struct program *program, int32_t row, double way)
{
    return whole(program->value[program->basic[row]] - program->direction[row] * way);
}

void program_look_around(struct program *program, const struct extremes *extremes)
{
    bool starts_whole = true;
    for (int32_t v = 0; v < program->matrix.columns; v++)
        starts_whole = starts_whole && is_whole(program->value[v]);
    for (int32_t v = 0; v < program->matrix.columns; v++)
        for (int sign = -1; sign <= 1 && program->row_of[v] == NONE; sign += 2) {
            double way = longest_move(program, v, sign).way;
            if (way == 0 || isinf(way))
                continue;
            bool all_whole = starts_whole && is_whole(way);
            for (int32_t r = 0; r < program->matrix.rows && all_whole; r++)
                all_whole = is_whole(row_at_end(program, r, way));
            note_at(extremes, v, program->value[v] + way, all_whole);
            for (int32_t r = 0; r < program->matrix.rows; r++)
                if (program->direction[r] != 0)
                    note_at(extremes, program->basic[r], row_at_end(program, r, way), all_whole);
        }
}

/* Goes the way, and puts the variable into the row that has stopped it. */
static void take_move(struct program *program, const struct move *move)
{
    for (int32_t r = 0; r < program->matrix.rows && move->way != 0; r++) {
        int32_t basic = program->basic[r];
        if (program->direction[r] != 0)
            program->value[basic] = whole(program->value[basic] -
                                          program->direction[r] * move->way);
    }
    program->value[move->variable] = whole(program->value[move->variable] + move->way);
    program->steps++;
    if (move->row == NONE)
        return;
    basis_replace(program->basis, move->row, program->direction);
    program->row_of[program->basic[move->row]] = NONE;
    program->basic[move->row] = move->variable;
    program->row_of[move->variable] = move->row;
    if (basis_is_worn(program->basis))
        renew(program);
}

/* By how much the goal grows with a variable that is not basic. */
static double gain_of(const struct program *program, int32_t variable)
{
    const struct matrix *matrix = &program->matrix;
    double gain = program->weights ? program->weights[variable] : 0;
    for (size_t k = matrix->start[variable]; k < matrix->start[variable + 1]; k++)
        gain -= program->price[matrix->row[k]] * matrix->factor[k];
    return gain;
}

/* A variable whose change betters the goal: the steepest, or the first when `careful`. The prices
 * of the rows must be set. */
static int32_t choose_variable(const struct program *program, bool careful, int *out_sign)
{
    int32_t best = NONE;
    double steepest = feasible;
    for (int32_t v = 0; v < program->matrix.columns; v++) {
        if (program->row_of[v] != NONE)
            continue;
        double gain = gain_of(program, v);
        bool can_grow = program->value[v] < program->most[v] - small;
        bool can_fall = program->value[v] > program->least[v] + small;
        if (!(gain > feasible ? can_grow : gain < -feasible && can_fall) || fabs(gain) <= steepest)
            continue;
        best = v;
        steepest = fabs(gain);
        *out_sign = gain > 0 ? 1 : -1;
        if (careful)
            break;
    }
    return best;
}

/* For one goal; and all goals of a programme end when some minutes' worth of steps is used up. What
 * a step costs grows a little faster than the programme. */
static int64_t most_steps(const struct program *program)
{
    int64_t size = (int64_t)program->matrix.columns + program->matrix.rows + 1;
    int64_t own = program->steps + 20000 + 20 * (int64_t)program->matrix.columns;
    int64_t all = most_work / size / size;
    return own < all ? own : all;
}

/* The prices for reaching the bounds: whatever is outside of them moves towards them. */
static bool set_prices_inside(struct program *program)
{
    bool is_outside = false;
    program->weights = NULL;
    for (int32_t r = 0; r < program->matrix.rows; r++) {
        double out = beyond(program, program->basic[r]);
        program->price[r] = out < 0 ? 1 : out > 0 ? -1 : 0;
        is_outside = is_outside || out != 0;
    }
    basis_backward(program->basis, program->price);
    return is_outside;
}

static void set_prices_sum(struct program *program, const double *weights)
{
    program->weights = weights;
    for (int32_t r = 0; r < program->matrix.rows; r++)
        program->price[r] = weights[program->basic[r]];
    basis_backward(program->basis, program->price);
}

/* One step towards the goal; false where none betters it, or the way has no end. */
static bool step(struct program *program, int64_t *still)
{
    int sign = 0;
    int32_t variable = choose_variable(program, *still > PATIENCE, &sign);
    if (variable == NONE || program->is_broken)
        return false;
    struct move move = longest_move(program, variable, sign);
    if (isinf(move.way))
        return false;
    *still = fabs(move.way) < small ? *still + 1 : 0;
    take_move(program, &move);
    return true;
}

/* Equations whose left sides follow from others are in no row; figures that contradict each other
 * show in them. */
static bool meets_all(const struct program *program)
{
    for (int32_t e = 0; e < program->equations.count; e++) {
        const struct system_row *row = &program->equations.rows[e];
        double lack = -program->equations.right[e], size = 1 + fabs(lack);
        for (int32_t k = 0; k < row->count; k++)
            lack += (double)row->terms[k].factor * program->value[row->terms[k].column];
        if (fabs(lack) > feasible * size)
            return false;
    }
    return true;
}

bool program_solve(struct program *program)
{
    int64_t end = most_steps(program), still = 0;
    program->is_seeking = true;
    while (set_prices_inside(program))
        if (program->steps > end || !step(program, &still))
            return false;
    program->is_seeking = false;
    return !program->is_broken && meets_all(program);
}

void program_visit_corner(struct program *program, const double *weights)
{
    int64_t end = most_steps(program), still = 0;
    do
        set_prices_sum(program, weights);
    while (program->steps < end && step(program, &still));
    program->weights = NULL;
}

/* The variable to change so that the one at a place goes in a direction: itself, or another that
 * its row has. */
static int32_t push_variable(struct program *program, int32_t place, int sign, bool careful,
                             int *out_way)
{
    int32_t row = program->row_of[place];
    if (row == NONE) {
        double bound = sign > 0 ? program->most[place] : program->least[place];
        *out_way = sign;
        return fabs(bound - program->value[place]) < small ? NONE : place;
    }
    memset(program->price, 0, (size_t)program->matrix.rows * sizeof *program->price);
    program->price[row] = sign;
    program->weights = NULL;
    basis_backward(program->basis, program->price);
    return choose_variable(program, careful, out_way);
}

enum push program_push(struct program *program, int32_t place, int sign, double enough)
{
    int64_t end = most_steps(program), still = 0;
    while (program->steps < end && !program->is_broken) {
        int way = sign;
        if ((program->value[place] - enough) * sign >= -feasible)
            return PUSH_DONE;
        int32_t variable = push_variable(program, place, sign, still > PATIENCE, &way);
        if (variable == NONE)
            return PUSH_DONE;
        struct move move = longest_move(program, variable, way);
        if (isinf(move.way))
            return PUSH_ENDLESS;
        still = fabs(move.way) < small ? still + 1 : 0;
        take_move(program, &move);
    }
    return PUSH_FAILED;
}

double program_value(const struct program *program, int32_t place)
{
    return program->value[place];
}
