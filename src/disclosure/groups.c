#include "disclosure/groups.h"

#include "base/banned.h"

int32_t group_of(int32_t *groups, int32_t cell)
{
    while (groups[cell] != cell)
        cell = groups[cell] = groups[groups[cell]];
    return cell;
}

void groups_join(const struct relations *relations, const bool *counts, int32_t *groups)
{
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        groups[cell] = cell;
    for (int32_t r = 0; r < relations->relation_count; r++) {
        int32_t first = -1;
        for (int64_t i = relations->starts[r]; i < relations->starts[r + 1]; i++) {
            int32_t cell = relations->members[i];
            if (!counts[cell])
                continue;
            if (first < 0)
                first = group_of(groups, cell);
            else
                groups[group_of(groups, cell)] = first;
        }
    }
}
