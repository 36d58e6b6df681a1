"""Small tables that other programs gave away, as cells and relations, and how such tables are made."""


def grid(rows):
    """A table with margins as cells and relations."""
    width = len(rows[0])
    values = [value for row in rows for value in row]
    height = len(rows)
    row_totals = [len(values) + i for i in range(height)]
    values += [sum(row) for row in rows]
    column_totals = [len(values) + i for i in range(width)]
    values += [sum(row[i] for row in rows) for i in range(width)]
    values.append(sum(values[:width * height]))
    total = len(values) - 1
    relations = [[row_totals[r]] + [r * width + c for c in range(width)] for r in range(height)]
    relations += [[column_totals[c]] + [r * width + c for r in range(height)]
                  for c in range(width)]
    relations += [[total] + row_totals, [total] + column_totals]
    return values, relations


def groups(values, groupings):
    """One list of numbers under several groupings, each with its own subtotals, and a total."""
    count, values, relations = len(values), list(values), []
    values.append(sum(values))
    for grouping in groupings:
        totals = []
        for members in grouping:
            totals.append(len(values))
            relations.append([len(values)] + list(members))
            values.append(sum(values[i] for i in members))
        relations.append([count] + totals)
    return values, relations


def known_failures():
    """Cases in which other programs gave something away: sdcTable 135, 133, 136 and tau-ARGUS 194."""
    pairs = [[0, 1], [2, 3], [4, 5], [6, 7]]
    halves = [[0, 1, 2, 3], [4, 5, 6, 7]]
    sizes = [[2, 3, 7], [0, 1, 4, 5, 6]]
    regions = [2, 2, 8, 8, 3, 3, 3, 7]
    return {
        "three ones in a row": grid([[1, 1, 7, 1, 0], [1, 0, 0, 2, 8]]),
        "one list": groups([11, 7, 3, 9, 4], [[range(5)]]),
        "regions by county and by size": groups(regions, [pairs, sizes]),
        "regions by half and by size": groups(regions, [halves, sizes]),
        "zeros and ones left over": groups([0, 0, 0, 10, 5, 0, 0, 10, 3, 1, 1],
                                           [[[0, 1, 2], [3, 4, 5, 6], [7, 8, 9, 10]]]),
        "rows that leave two": grid([[10, 5, 0, 0], [10, 3, 1, 1], [0, 0, 0, 0]]),
    }
