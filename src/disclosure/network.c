#include "disclosure/network.h"

#include "base/arena.h"
#include "base/banned.h"

struct network network_new(struct arena *arena, const struct relations *relations)
{
    size_t count = (size_t)relations->relation_count;
    struct network network = { arena_take_raw(arena, count * sizeof(int32_t)),
                               arena_array_of(arena, count, bool) };
    for (int32_t r = 0; r < relations->relation_count; r++)
        network.leads[r] = r;
    return network;
}

/* The relation that leads those tied to `relation`, and whether it stands on the other side. */
static int32_t side_of(const struct network *network, int32_t relation, bool *out_is_across)
{
    bool across = false;
    for (; network->leads[relation] != relation; relation = network->leads[relation])
        across ^= network->is_across[relation];
    *out_is_across = across;
    return relation;
}

static bool is_total(const struct relations *relations, int32_t relation, int32_t cell)
{
    return relations->members[relations->starts[relation]] == cell;
}

bool network_tie(struct network *network, const struct relations *relations, int32_t cell)
{
    const int32_t *in = &relations->cell_relations[relations->cell_starts[cell]];
    int64_t count = relations->cell_starts[cell + 1] - relations->cell_starts[cell];
    if (count != 2)
        return count < 2;
    bool first_across, second_across;
    bool differ = is_total(relations, in[0], cell) == is_total(relations, in[1], cell);
    int32_t first = side_of(network, in[0], &first_across);
    int32_t second = side_of(network, in[1], &second_across);
    bool is_turned = (first_across != second_across) != differ;
    if (first == second)
        return !is_turned;
    network->leads[second] = first;
    network->is_across[second] = is_turned;
    return true;
}

bool network_is_across(const struct network *network, int32_t relation)
{
    bool across;
    (void)side_of(network, relation, &across);
    return across;
}
