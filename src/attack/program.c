#include "attack/program.h"

#include <math.h>
#include <string.h>

#include "attack/system.h"
#include "base/arena.h"
#include "base/banned.h"

enum { NONE = -1 };
static const double small = 1e-9; /* what is nearer to a whole number than this is whole */
static const double least_pivot = 1e-5;
static const double feasible = 1e-7; /* a bound is kept when it is passed by no more than this */
static const size_t most_cells = 32000000; /* of the dictionary: 256 MiB */

/* Variables are the component's cells by place, and behind them the number 1. The dictionary gives
 * each basic variable as a sum over the others. */
struct program {
    int32_t variables, rows, columns;
    double *least, *most, *value; /* of a variable */
    double *cells;          /* the dictionary, column by column, for columns are gone through */
    double *goal;           /* of a column: by how much the goal grows with it */
    int32_t *basic, *other; /* the variable of a row; of a column */
    int32_t *row_of;        /* of a variable, or NONE */
    int32_t *filled;        /* rows that are not 0 in the column of the pivot */
    int64_t steps, kept_steps;
    struct program *kept;
    bool is_seeking; /* no solution is at hand yet: what is outside its bounds may stay there */
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

/* The equations of a component, each once, with the known cells added up beside the number 1. */
static struct system component_system(struct arena *arena, const struct puzzle *puzzle,
                                      const struct bounds *bounds,
                                      const struct component *component)
{
    int32_t *place = arena_array_of(arena, (size_t)puzzle->cell_count + 1, int32_t);
    bool *has = arena_array_of(arena, (size_t)puzzle->equation_count + 1, bool);
    size_t entries = 0, equations = 0;
    for (int32_t i = 0; i < component->count; i++) {
        int32_t cell = component->cells[i];
        place[cell] = i;
        for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++) {
            equations += !has[puzzle->equation[k]];
            has[puzzle->equation[k]] = true;
            entries++;
        }
    }
    struct term *terms = arena_array_of(arena, entries + equations + 1, struct term);
    struct system_row *rows = arena_array_of(arena, equations + 1, struct system_row);
    int32_t count = 0;
    for (int32_t e = 0; e < puzzle->equation_count; e++) {
        int64_t known = 0;
        struct system_row row = { terms, 0, NONE };
        for (size_t k = puzzle->start[e]; has[e] && k < puzzle->start[e + 1]; k++) {
            int32_t cell = puzzle->cell[k];
            if (is_open(bounds, cell))
                terms[row.count++] = (struct term){ place[cell], puzzle->sign[k] };
            else
                known += puzzle->sign[k] * bounds->least[cell];
        }
        if (!has[e])
            continue;
        row.count = system_tidy(terms, row.count);
        if (known)
            terms[row.count++] = (struct term){ component->count, known };
        terms += row.count;
        rows[count++] = row;
    }
    return system_of(arena, rows, count, component->count + 1);
}

/* Numbers rows and columns: a row for each variable that an equation gives. */
static void number_variables(struct program *program, const struct system *system)
{
    for (int32_t v = 0; v < program->variables; v++)
        program->row_of[v] = NONE;
    for (int32_t r = 0; r < program->rows; r++) {
        program->basic[r] = system->rows[system->order[r]].pivot;
        program->row_of[program->basic[r]] = r;
    }
    for (int32_t v = 0, c = 0; v < program->variables; v++)
        if (program->row_of[v] == NONE)
            program->other[c++] = v;
}

static double *column_of(const struct program *program, int32_t column)
{
    return program->cells + (size_t)column * (size_t)program->rows;
}

/* From the last pivot to the first: each row's other terms are columns, or rows filled before. */
static void fill_dictionary(struct program *program, const struct system *system, int32_t *column)
{
    for (int32_t c = 0; c < program->columns; c++)
        column[program->other[c]] = c;
    for (int32_t r = program->rows - 1; r >= 0; r--) {
        const struct system_row *row = &system->rows[system->order[r]];
        double own = (double)system_factor(row, row->pivot);
        for (int32_t k = 0; k < row->count; k++) {
            int32_t variable = row->terms[k].column, other = program->row_of[variable];
            double factor = -(double)row->terms[k].factor / own;
            if (variable == row->pivot)
                continue;
            if (other == NONE) {
                column_of(program, column[variable])[r] += factor;
                continue;
            }
            for (int32_t c = 0; c < program->columns; c++)
                column_of(program, c)[r] += factor * column_of(program, c)[other];
        }
    }
}

/* A number this large has no room for a fraction: adding it and taking it off again rounds. */
static double whole(double number)
{
    static const double shift = 6755399441055744.0; /* 1.5 * 2^52 */
    double near = (number + shift) - shift;
    return fabs(number - near) < small ? near : number;
}

/* The basic variables' values, from the others'. */
static void update_values(struct program *program)
{
    for (int32_t r = 0; r < program->rows; r++)
        program->value[program->basic[r]] = 0;
    for (int32_t c = 0; c < program->columns; c++) {
        const double *cells = column_of(program, c);
        double value = program->value[program->other[c]];
        for (int32_t r = 0; r < program->rows && value != 0; r++)
            program->value[program->basic[r]] += cells[r] * value;
    }
    for (int32_t r = 0; r < program->rows; r++)
        program->value[program->basic[r]] = whole(program->value[program->basic[r]]);
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
    program->least[component->count] = program->most[component->count] = 1;
    program->value[component->count] = 1;
}

struct program *program_new(struct arena *arena, const struct puzzle *puzzle,
                            const struct bounds *bounds, const struct component *component,
                            const int64_t *start)
{
    CLEANUP_ARENA struct arena *scratch = arena_new();
    struct system system = component_system(scratch, puzzle, bounds, component);
    size_t variables = (size_t)component->count + 1;
    bool *may = arena_array_of(scratch, variables, bool);
    memset(may, true, (size_t)component->count);
    system_eliminate(&system, may);
    struct program program = { .variables = (int32_t)variables,
                               .rows = system.pivot_count,
                               .columns = (int32_t)variables - system.pivot_count };
    size_t size = (size_t)program.rows * (size_t)program.columns;
    if (system.has_overflowed || size > most_cells)
        return NULL;
    program.least = arena_array_of(arena, variables, double);
    program.most = arena_array_of(arena, variables, double);
    program.value = arena_array_of(arena, variables, double);
    program.cells = arena_array_of(arena, size + 1, double);
    program.goal = arena_array_of(arena, variables, double);
    program.basic = arena_array_of(arena, variables, int32_t);
    program.other = arena_array_of(arena, variables, int32_t);
    program.row_of = arena_array_of(arena, variables, int32_t);
    program.filled = arena_array_of(arena, variables, int32_t);
    number_variables(&program, &system);
    fill_dictionary(&program, &system, arena_array_of(scratch, variables, int32_t));
    set_bounds(&program, bounds, component, start);
    update_values(&program);
    struct program *result = arena_take_raw(arena, sizeof *result);
    *result = program;
    return result;
}

/* Swaps the variable of a row with that of a column. */
static void pivot(struct program *program, int32_t row, int32_t column)
{
    double *own = column_of(program, column), factor = own[row];
    int32_t count = 0, variable = program->basic[row];
    for (int32_t r = 0; r < program->rows; r++)
        if (own[r] != 0 && r != row)
            program->filled[count++] = r;
    for (int32_t c = 0; c < program->columns; c++) {
        double *cells = column_of(program, c);
        if (c == column || cells[row] == 0)
            continue;
        cells[row] = whole(-cells[row] / factor);
        for (int32_t i = 0; i < count; i++) {
            int32_t r = program->filled[i];
            cells[r] = whole(cells[r] + own[r] * cells[row]);
        }
    }
    own[row] = whole(1 / factor);
    for (int32_t i = 0; i < count; i++)
        own[program->filled[i]] = whole(own[program->filled[i]] / factor);
    program->row_of[variable] = NONE;
    program->row_of[program->other[column]] = row;
    program->basic[row] = program->other[column];
    program->other[column] = variable;
    program->steps++;
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
    int32_t column, row; /* row NONE: the column's own bound comes first */
    double way;          /* by how much the column's variable changes */
};

/* How far a row lets the column go in a direction; one outside its bounds stops where it enters. */
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

/* Of the rows that stop the column within a tolerance of the first to do so, the one that changes
 * most: a large pivot keeps the numbers clean (Harris, 1973). */
static struct move longest_move(const struct program *program, int32_t column, int sign)
{
    int32_t variable = program->other[column];
    double own = sign > 0 ? program->most[variable] - program->value[variable]
                          : program->value[variable] - program->least[variable];
    double relaxed = own, largest = 0, way = own;
    struct move move = { column, NONE, 0 };
    const double *cells = column_of(program, column);
    for (int32_t r = 0; r < program->rows; r++) {
        double change = cells[r] * sign;
        if (fabs(change) >= least_pivot)
            relaxed = fmin(relaxed, room_of(program, r, change) + feasible / fabs(change));
    }
    for (int32_t r = 0; r < program->rows && relaxed < own; r++) {
        double change = cells[r] * sign;
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

/* Goes the way, and swaps the variables where a row has stopped it. */
static void take_move(struct program *program, const struct move *move)
{
    int32_t variable = program->other[move->column];
    const double *cells = column_of(program, move->column);
    for (int32_t r = 0; r < program->rows && move->way != 0; r++) {
        double factor = cells[r];
        if (factor != 0)
            program->value[program->basic[r]] = whole(program->value[program->basic[r]] +
                                                      factor * move->way);
    }
    program->value[variable] = whole(program->value[variable] + move->way);
    if (move->row != NONE)
        pivot(program, move->row, move->column);
}

/* A column whose change betters the goal: the steepest, or the first when `careful`. */
static int32_t choose_column(const struct program *program, bool careful, int *out_sign)
{
    int32_t best = NONE;
    double steepest = feasible;
    for (int32_t c = 0; c < program->columns; c++) {
        int32_t variable = program->other[c];
        double gain = program->goal[c];
        bool can_grow = program->value[variable] < program->most[variable] - small;
        bool can_fall = program->value[variable] > program->least[variable] + small;
        if (!(gain > feasible ? can_grow : gain < -feasible && can_fall))
            continue;
        bool is_better = careful ? best == NONE || variable < program->other[best]
                                 : fabs(gain) > steepest;
        if (!is_better)
            continue;
        best = c;
        steepest = fabs(gain);
        *out_sign = gain > 0 ? 1 : -1;
    }
    return best;
}

enum { PATIENCE = 200 };

static int64_t most_steps(const struct program *program)
{
    return program->steps + 20000 + 20 * (int64_t)program->variables;
}

/* The goal for reaching the bounds: whatever is outside of them moves towards them. */
static bool set_goal_inside(struct program *program)
{
    bool is_outside = false;
    memset(program->goal, 0, (size_t)program->columns * sizeof *program->goal);
    for (int32_t r = 0; r < program->rows; r++) {
        double out = beyond(program, program->basic[r]);
        for (int32_t c = 0; c < program->columns && out != 0; c++)
            program->goal[c] += out < 0 ? column_of(program, c)[r] : -column_of(program, c)[r];
        is_outside = is_outside || out != 0;
    }
    return is_outside;
}

static void set_goal_sum(struct program *program, const double *weights)
{
    for (int32_t c = 0; c < program->columns; c++) {
        const double *cells = column_of(program, c);
        bool is_cell = program->other[c] < program->variables - 1;
        program->goal[c] = is_cell ? weights[program->other[c]] : 0;
        for (int32_t r = 0; r < program->rows; r++)
            program->goal[c] += weights[program->basic[r]] * cells[r];
    }
}

/* One step towards the goal; false where none betters it, or the way has no end. */
static bool step(struct program *program, int64_t *still)
{
    int sign = 0;
    int32_t column = choose_column(program, *still > PATIENCE, &sign);
    if (column == NONE)
        return false;
    struct move move = longest_move(program, column, sign);
    if (isinf(move.way))
        return false;
    *still = fabs(move.way) < small ? *still + 1 : 0;
    take_move(program, &move);
    program->steps++;
    return true;
}

bool program_solve(struct program *program)
{
    int64_t end = most_steps(program), still = 0;
    program->is_seeking = true;
    while (set_goal_inside(program))
        if (program->steps > end || !step(program, &still))
            return false;
    program->is_seeking = false;
    return true;
}

void program_visit_corner(struct program *program, const double *weights)
{
    int64_t end = most_steps(program), still = 0;
    do
        set_goal_sum(program, weights);
    while (program->steps < end && step(program, &still));
}

/* The column to move so that the variable goes in a direction: its own, or one that its row has. */
static int32_t push_column(const struct program *program, int32_t place, int sign, bool careful,
                           int *out_way)
{
    int32_t row = program->row_of[place];
    if (row != NONE) {
        for (int32_t c = 0; c < program->columns; c++)
            program->goal[c] = sign * column_of(program, c)[row];
        return choose_column(program, careful, out_way);
    }
    double bound = sign > 0 ? program->most[place] : program->least[place];
    *out_way = sign;
    for (int32_t c = 0; c < program->columns; c++)
        if (program->other[c] == place)
            return fabs(bound - program->value[place]) < small ? NONE : c;
    return NONE;
}

enum push program_push(struct program *program, int32_t place, int sign, double enough)
{
    int64_t end = most_steps(program), still = 0;
    while (program->steps < end) {
        int way = sign;
        if ((program->value[place] - enough) * sign >= -feasible)
            return PUSH_DONE;
        int32_t column = push_column(program, place, sign, still > PATIENCE, &way);
        if (column == NONE)
            return PUSH_DONE;
        struct move move = longest_move(program, column, way);
        if (isinf(move.way))
            return PUSH_ENDLESS;
        still = fabs(move.way) < small ? still + 1 : 0;
        take_move(program, &move);
        program->steps++;
    }
    return PUSH_FAILED;
}

static void copy_state(struct program *to, const struct program *from)
{
    size_t variables = (size_t)from->variables;
    memcpy(to->cells, from->cells, (size_t)from->rows * (size_t)from->columns * sizeof *to->cells);
    memcpy(to->value, from->value, variables * sizeof *to->value);
    memcpy(to->basic, from->basic, variables * sizeof *to->basic);
    memcpy(to->other, from->other, variables * sizeof *to->other);
    memcpy(to->row_of, from->row_of, variables * sizeof *to->row_of);
}

void program_keep(struct program *program, struct arena *arena)
{
    size_t variables = (size_t)program->variables;
    struct program *kept = arena_new_of(arena, struct program);
    kept->cells = arena_array_of(arena, (size_t)program->rows * (size_t)program->columns + 1,
                                 double);
    kept->value = arena_array_of(arena, variables, double);
    kept->basic = arena_array_of(arena, variables, int32_t);
    kept->other = arena_array_of(arena, variables, int32_t);
    kept->row_of = arena_array_of(arena, variables, int32_t);
    copy_state(kept, program);
    program->kept = kept;
    program->kept_steps = program->steps;
}

void program_go_back(struct program *program)
{
    copy_state(program, program->kept);
    program->kept_steps = program->steps;
}

int64_t program_steps(const struct program *program)
{
    return program->steps - program->kept_steps;
}

double program_value(const struct program *program, int32_t place)
{
    return program->value[place];
}
