/* Linear programmes over one part of a puzzle: how large or how small a cell can be while all
 * equations and bounds hold. A revised simplex on a sparse basis in double arithmetic; numbers that
 * are whole but for noise are set whole again after each step, which in tables is nearly all of
 * them. */
#ifndef ATTACK_PROGRAM_H
#define ATTACK_PROGRAM_H

#include "attack/bounds.h"

struct arena;
struct program;

/* Cells that hang together by equations: no other unknown cell stands in an equation with them. */
struct component {
    const int32_t *cells;
    int32_t count;
};

/* The components of the cells whose bounds differ. */
struct components {
    struct component *items;
    int32_t count;
};

struct components components_of(struct arena *arena, const struct puzzle *puzzle,
                                const struct bounds *bounds);
/* A programme over a component, in `arena`; NULL when its equations' factors do not fit. `start`
 * has a count for each cell of the puzzle that is a solution, or is NULL. */
struct program *program_new(struct arena *arena, const struct puzzle *puzzle,
                            const struct bounds *bounds, const struct component *component,
                            const int64_t *start);
/* Moves to some solution; false when there is none, or it was not found. Not needed with a start.
 */
bool program_solve(struct program *program);
/* What cells have in solutions, by place: over the real numbers, and in solutions that are whole.
 */
struct extremes {
    double *least, *most, *whole_least, *whole_most;
};
/* Widens the extremes by the solution at hand. */
void program_note(const struct program *program, const struct extremes *extremes);
/* Looks along every edge that leads from the solution at hand, without going there, and widens the
 * extremes by what cells have at its end. Cheap, and enough for most cells. */
void program_look_around(struct program *program, const struct extremes *extremes);
/* Goes on to make the sum of weight * cell as large as it can be; weights by place in the
 * component. Where that has no end, it stops on the way. */
void program_visit_corner(struct program *program, const double *weights);
/* Makes the cell at a place of the component as large (sign 1) or as small (-1) as it can be, or
 * until it reaches `enough`. */
enum push { PUSH_DONE, PUSH_ENDLESS, PUSH_FAILED };
enum push program_push(struct program *program, int32_t place, int sign, double enough);
/* The cell's value in the solution at hand. */
double program_value(const struct program *program, int32_t place);

#endif
