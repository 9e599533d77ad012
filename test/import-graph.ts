import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** One import or re-export of a file. */
export interface Import {
  /** A path from the project's root, or the name of a package. */
  readonly from: string;
  readonly isPackage: boolean;
  /** Gone at run time: `import type`, or braces that hold types only. */
  readonly isTypeOnly: boolean;
}

/** Every TypeScript file under some folders of the project, by path from its root. */
export function sourceFiles(...folders: string[]): string[] {
  return folders.flatMap((folder) => {
    const path = join(ROOT, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && statSync(join(path, file)).isFile())
      .map((file) => `${folder}/${file}`);
  });
}

export const sourceOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** What a file imports or hands on. */
export function importsOf(file: string): Import[] {
  const statements = sourceOf(file).matchAll(
    /^(?:import|export)\s+(?<type>type\s)?(?<names>[\w*{][^'"]*?\sfrom\s+)?'(?<from>[^']+)'/gm,
  );
  const dynamic = sourceOf(file).matchAll(/\bimport\('(?<from>[^']+)'\)/g);
  return [...statements, ...dynamic].map(({ groups = {} }) => {
    const { type, names = '', from = '' } = groups;
    const braces = /^\{([^}]*)\}/
      .exec(names)?.[1]
      ?.split(',')
      .filter((name) => name.trim() !== '');
    const onlyTypes = braces !== undefined && braces.every((name) => name.trim().startsWith('type '));
    const isPackage = !from.startsWith('.');
    return {
      from: isPackage ? from : normalize(join(dirname(file), from)),
      isPackage,
      isTypeOnly: Boolean(type) || onlyTypes,
    };
  });
}

/** Every file that a file loads at run time, however far down. */
export function importsReachedFrom(file: string): string[] {
  const reached = new Set<string>();
  const toVisit = [file];
  for (let next = toVisit.pop(); next !== undefined; next = toVisit.pop()) {
    const loaded = importsOf(next).filter(({ isPackage, isTypeOnly }) => !isPackage && !isTypeOnly);
    for (const { from } of loaded) {
      if (reached.has(from)) continue;
      reached.add(from);
      toVisit.push(from);
    }
  }
  return [...reached];
}
