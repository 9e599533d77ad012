import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const textOf = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** Each prop of the construct as its own file documents it. */
const props = [
  ...textOf('lib/infra/eks-rebind-props.ts').matchAll(/\/\*\* (.+?) @default (.+?) \*\/\n {2}readonly (\w+)\?:/g),
].map(([, what = '', fallback = '', name = '']) => ({ what, fallback, name }));

const variables = new Map(
  [...textOf('lib/infra/props-from-environment.ts').matchAll(/^ {2}(\w+): '(EKS_REBIND_\w+)',$/gm)].map(
    ([, name = '', variable = '']) => [name, variable],
  ),
);

test('docs/install.md lists every setting with its variable, its default and what it does', () => {
  expect(props.map(({ name }) => name).toSorted()).toEqual([...variables.keys()].toSorted());
  const page = textOf('docs/install.md').replaceAll(/ +/g, ' ');
  const rows = props.map(
    ({ what, fallback, name }) => `| \`${name}\` | \`${variables.get(name)}\` | ${fallback} | ${what} |`,
  );
  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});
