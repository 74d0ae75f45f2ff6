/** Finds the known name nearest to a misspelt one, for hints such as “did you mean seeds?”. */

/** Number of edits (insert, delete, replace, swap neighbours) that turn `a` into `b` (optimal string alignment). */
export function editsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/**
 * The one of `names` with the fewest edits from `name`, else the first that begins with it; undefined if more than half of
 * `name` would have to change.
 */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  const all = [...names];
  let best: { name: string; edits: number } | undefined;
  for (const candidate of all) {
    const edits = editsBetween(name.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || edits < best.edits) best = { name: candidate, edits };
  }
  const abbreviated =
    name.length < 4 ? undefined : all.find((each) => each.toLowerCase().startsWith(name.toLowerCase()));
  if (abbreviated !== undefined && best!.edits > 1) return abbreviated;
  return best !== undefined && best.edits <= Math.max(1, Math.floor(name.length / 2)) ? best.name : undefined;
}
