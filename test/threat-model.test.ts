import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { serviceDeployment } from '../lib/cli/stage/service-deployment.ts';
import { DEFAULT_NAME_PREFIX } from '../lib/infra/eks-rebind-props.ts';
import type { PolicyStatement } from '../lib/local/deployment.ts';

const ROOT = new URL('../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const page = textOf('docs/threat-model.md');

const READS = /:(Get|List|Describe|Query)/;

// What every function writes about itself.
const ABOUT_ITSELF = /^(logs|xray):/;

/** What a condition leaves of an action, in the page's words. */
function narrowed(action: string, { conditions = {} }: PolicyStatement): string {
  const has = (operator: string, key: string, value: string) =>
    conditions[operator]?.[key]?.some((one) => one.includes(value)) ?? false;
  if (action === 'dynamodb:PutItem') {
    const kinds = ['record', 'question'].filter((kind) =>
      has('ForAllValues:StringLike', 'dynamodb:LeadingKeys', kind === 'record' ? 'principal#' : 'question#'),
    );
    return ` of ${kinds.map((kind) => `${kind}s`).join(' and ')}`;
  }
  if (action !== 'eks:AssociateAccessPolicy') return '';
  const isNarrow =
    has('ArnNotLike', 'eks:policyArn', '/AmazonEKSClusterAdminPolicy') ||
    has('StringEquals', 'eks:accessScope', 'namespace');
  return isNarrow ? " of no administrators' policy" : '';
}

/** The page's table, as the template has it where all is switched on: what each function may write, each action once. */
function permissions(): string[] {
  const { functions } = serviceDeployment({
    accountId: '111122223333',
    partition: 'aws',
    region: 'us-east-1',
    environment: {
      EKS_REBIND_APPROVERS: 'arn:aws:iam::111122223333:role/approvers',
      EKS_REBIND_ORPHANS: 'remove',
    },
    ports: {},
  });
  return Object.entries(functions).map(([name, { statements }]) => {
    const writes = statements.flatMap((statement) =>
      statement.actions
        .filter((action) => statement.effect === 'Allow' && !READS.test(action) && !ABOUT_ITSELF.test(action))
        .map((action) => `\`${action}\`${narrowed(action, statement)}`),
    );
    const shown = [...new Set(writes)].toSorted();
    return `| ${name.slice(DEFAULT_NAME_PREFIX.length)} | ${shown.join(', ') || 'nothing'} |`;
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
