/** The log groups, as far as functions write to them. */
export interface LogGroups {
  /** The lines of a group, oldest first. */
  linesOf(name: string): readonly string[];
  write(name: string, line: string): void;
}

/** Log groups without lines. */
export function createLogGroups(): LogGroups {
  const groups = new Map<string, string[]>();
  return {
    linesOf: (name) => groups.get(name) ?? [],
    write(name, line) {
      const lines = groups.get(name) ?? [];
      lines.push(line);
      groups.set(name, lines);
    },
  };
}
