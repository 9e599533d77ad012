import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conditionFunctions } from '../../../lib/local/cloudformation/conditions.ts';
import { intrinsicFunctions } from '../../../lib/local/cloudformation/intrinsics.ts';
import { pseudoParameters } from '../../../lib/local/cloudformation/pseudo-parameters.ts';
import { resourceKinds } from '../../../lib/local/cloudformation/resource-kinds.ts';
import { createAccount } from '../../../lib/local/account/service.ts';
import { createDynamoDb } from '../../../lib/local/dynamodb/service.ts';
import { createIam } from '../../../lib/local/iam/service.ts';
import { CONDITION_KEYS, GLOBAL_KEYS } from '../../../lib/local/policies/condition-keys.ts';
import { CONDITION_OPERATORS } from '../../../lib/local/policies/condition-operators.ts';
import { createSeededRandom } from '../../../lib/local/seeded-random.ts';
import { awsFunctions, refusedFunctions } from '../../../lib/local/stepfunctions/jsonata-functions.ts';
import { ownIntegrations } from '../../../lib/local/stepfunctions/own-integrations.ts';
import * as fields from '../../../lib/local/stepfunctions/state-fields.ts';
import { createSts } from '../../../lib/local/sts/service.ts';
import { localWorld } from './local-world.ts';

const text = readFileSync(new URL('../../../lib/local/SUPPORTED.md', import.meta.url), 'utf8');

/** The rows under a heading: first cell, then the words in backticks of the cell that lists things. */
function rowsUnder(heading: string, listed: 0 | 1 | 2): [first: string, words: string[]][] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => {
    const cells = row.split('|').slice(1, -1);
    const words = [...(cells[listed] ?? '').matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
    return [cells[0]?.trim() ?? '', words];
  });
}

const { aws } = localWorld();
const world = {
  random: createSeededRandom(1),
  iam: aws.iam,
  credentials: aws.credentials,
  permissions: aws.permissions,
};
const parts = [
  createIam(world),
  createSts(world),
  aws.eks,
  aws.events,
  aws.lambda,
  aws.stepFunctions,
  aws.sns,
  aws.sqs,
  createDynamoDb(),
  createAccount(),
];

describe('SUPPORTED.md lists just the operations that are there', () => {
  test.each(parts.map(({ service }) => [service.signingName, service] as const))(
    'of %s',
    (signingName, { operations }) => {
      const heading = new RegExp(`^## (.+ \\(\`${signingName}\`\\))$`, 'm').exec(text)?.[1] ?? 'no such heading';
      const listed = rowsUnder(heading, 0).flatMap(([, words]) => words);
      expect(listed.toSorted()).toEqual(Object.keys(operations).toSorted());
    },
  );
});

describe('SUPPORTED.md lists just the parts of the States Language that are there', () => {
  const rows = new Map(rowsUnder('Amazon States Language', 1));
  const integrations = { ...ownIntegrations, ...aws.stepFunctions.world.integrations };
  const expected: Record<string, readonly string[]> = {
    'State machine': fields.machineFields,
    'Every state': fields.commonFields,
    ...fields.stateFields,
    'Choice rule': fields.choiceRuleFields,
    Retrier: fields.retrierFields,
    Catcher: fields.catcherFields,
    "Functions beside JSONata's own": awsFunctions.map((name) => `$${name}`),
    Integrations: Object.keys(integrations),
    'Refused fields': [...fields.jsonPathFields, ...fields.distributedFields],
    'Refused functions': refusedFunctions.map((name) => `$${name}`),
  };

  test('and no other', () => {
    expect([...rows.keys()]).toEqual(Object.keys(expected));
  });

  test.each(Object.entries(expected))('%s', (part, names) => {
    expect(rows.get(part)?.toSorted()).toEqual(names.toSorted());
  });
});

describe('SUPPORTED.md lists just the parts of CloudFormation that are there', () => {
  const types = rowsUnder('CloudFormation', 1).filter(([type]) => type.startsWith('`'));
  const kept = new Map(rowsUnder('CloudFormation', 2));
  const named = rowsUnder('CloudFormation', 1).filter(([part]) => / (functions|parameters)$/.test(part));

  test('and no other', () => {
    expect(types.map(([type]) => type).toSorted()).toEqual(resourceKinds.map(({ type }) => `\`${type}\``).toSorted());
  });

  test.each(resourceKinds.map((kind) => [kind.type, kind] as const))('%s', (type, { reads, keeps = [] }) => {
    const row = `\`${type}\``;
    expect(new Map(types).get(row)?.toSorted()).toEqual(reads.toSorted());
    expect(kept.get(row)?.toSorted()).toEqual(keeps.toSorted());
  });

  test('of functions and pseudo parameters', () => {
    const where = { accountId: '111122223333', partition: 'aws', region: 'us-east-1' };
    expect(Object.fromEntries(named)).toEqual({
      'Intrinsic functions': intrinsicFunctions,
      'Condition functions': conditionFunctions,
      'Pseudo parameters': [...pseudoParameters(where).keys()],
    });
  });
});

describe('SUPPORTED.md lists just what of policies is evaluated', () => {
  const rows = new Map(rowsUnder('Policies', 1));
  const keys = Object.values(CONDITION_KEYS).flatMap((ofAction) => Object.keys(ofAction));

  test('operators', () => {
    expect(rows.get('Condition operators')).toEqual([...CONDITION_OPERATORS]);
  });

  test('keys of any request', () => {
    expect(rows.get('Keys of any request')?.map((key) => key.toLowerCase())).toEqual(GLOBAL_KEYS);
  });

  test('keys of some', () => {
    expect(rows.get('Keys of some')?.toSorted()).toEqual([...new Set(keys)].toSorted());
  });
});
