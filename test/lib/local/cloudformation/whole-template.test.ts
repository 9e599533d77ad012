import { describe, expect, test } from 'vitest';
import { STEPS } from '../../../../handlers/shared/steps.ts';
import { synthesize } from '../../../../lib/infra/synthesize.ts';
import { deploymentOf } from '../../../../lib/local/cloudformation/deployment-of.ts';
import { outputsOf } from '../../../../lib/local/cloudformation/outputs-of.ts';
import type { CodeOf } from '../../../../lib/local/cloudformation/draft.ts';
import { ACCOUNT } from '../local-world.ts';

const WHERE = { accountId: ACCOUNT, partition: 'aws', region: 'us-east-1' };

/** The step that a handler string of the bundle names. */
const codeOf: CodeOf = (handler) => {
  const step = STEPS.find(({ name }) => handler === `index.${name}`);
  if (!step) throw new Error(`the bundle has no handler ${handler}`);
  return (event, context, runtime) => step.bind(runtime)(event, context);
};

const approvers = [`arn:aws:iam::${ACCOUNT}:role/operators`];
const template = synthesize({ approvers, orphans: 'remove' }, { account: ACCOUNT, region: 'us-east-1' });

describe('the template of the whole service', () => {
  const deployment = deploymentOf(template, { ...WHERE, codeOf });

  test('has every step as a function', () => {
    expect(Object.keys(deployment.functions).toSorted()).toEqual(
      STEPS.map(({ name }) => `eks-rebind-${name}`).toSorted(),
    );
  });

  test('comes to outputs that are all texts without anything left to fill in', () => {
    const outputs = Object.values(outputsOf(template, WHERE));
    expect(outputs.length).toBeGreaterThan(0);
    expect(outputs.filter((output) => output.includes('${') || output.includes('Token['))).toEqual([]);
  });

  test('gives each function what its role allows, and a log group of its own', () => {
    const silent = Object.entries(deployment.functions).filter(
      ([, { statements, logGroup }]) => statements.length === 0 || logGroup === undefined,
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });
});
