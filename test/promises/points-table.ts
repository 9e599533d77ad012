/** How many points there were at which something happened, and how each ended: shown, so that a reader can count them. */
export interface PointsTable {
  add(what: string, end: string): void;
  /** How many points of that kind were counted. */
  count(what: string): number;
  print(): void;
}

const sumOf = (ends: ReadonlyMap<string, number>) => [...ends.values()].reduce((sum, points) => sum + points, 0);

/** A table of what happened by how it ended. */
export function pointsTable(title: string): PointsTable {
  const rows = new Map<string, Map<string, number>>();
  return {
    add(what, end) {
      const ends = rows.get(what) ?? new Map<string, number>();
      rows.set(what, ends.set(end, (ends.get(end) ?? 0) + 1));
    },
    count: (what) => sumOf(rows.get(what) ?? new Map()),
    print() {
      const width = Math.max(...[...rows.keys()].map(({ length }) => length));
      const lines = [...rows].map(([what, ends]) => {
        const told = [...ends].map(([end, points]) => `${points} ${end}`).join(', ');
        return `  ${what.padEnd(width)}  ${String(sumOf(ends)).padStart(4)} points: ${told}`;
      });
      process.stdout.write(`\n${title}\n${lines.join('\n')}\n`);
    },
  };
}
