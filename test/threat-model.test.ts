import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { serviceDeployment } from '../lib/cli/stage/service-deployment.ts';

const ROOT = new URL('../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const page = textOf('docs/threat-model.md');

const READS = /:(Get|List|Describe|Query)/;

/** The page's table, as the steps' ports have it: what each function may write, each action once. */
function permissions(): string[] {
  const { functions } = serviceDeployment({
    accountId: '111122223333',
    partition: 'aws',
    region: 'us-east-1',
    environment: {},
    ports: {},
  });
  return Object.entries(functions).map(([name, { statements }]) => {
    const actions = statements.flatMap((statement) => statement.actions);
    const writes = actions.filter((action) => !READS.test(action)).map((action) => `\`${action}\``);
    return `| ${name} | ${writes.join(', ') || 'nothing'} |`;
  });
}

test('the page names what each function may write, and no function more', () => {
  const [, table = ''] = /<!-- permissions -->\n([^]*?)<!-- end -->/.exec(page) ?? [];
  // Column widths are the formatter's.
  const rows = table
    .replaceAll(/ +/g, ' ')
    .split('\n')
    .filter((line) => /^\| [A-Z]/.test(line));
  expect(rows.toSorted()).toEqual(permissions().toSorted());
});

describe('each attack that the page names has its test', () => {
  const attacks = [...page.matchAll(/^- \[(.+)\]\(\.\.\/(test\/\S+\.test\.ts)\)/gm)];

  test('there are some', () => {
    expect(attacks.length).toBeGreaterThan(30);
  });

  test.each(attacks.map(([, title = '', file = '']) => [file, title] as const))('%s: %s', (file, title) => {
    expect(textOf(file)).toContain(title);
  });
});
