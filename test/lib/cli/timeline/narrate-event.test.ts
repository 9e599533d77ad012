import { describe, expect, test } from 'vitest';
import { narrateEvent } from '../../../../lib/cli/timeline/narrate-event.ts';
import { createRole, deleteRole, inEnvelope, otherCall } from '../records.ts';

const at = '2024-05-01T10:00:00Z';
const event = (source: string, detail: object) => ({
  ...inEnvelope(createRole({ at })),
  version: '0' as const,
  source,
  detail: { ...detail },
});
const told = (source: string, detail: object) => narrateEvent(event(source, detail), 0)?.what;

describe('what a person at `eks-rebind local` is told', () => {
  test('roles that come and go, and by whom', () => {
    expect(told('aws.iam', createRole({ at }))).toBe('CreateRole of worker, by deployer');
    const failed = deleteRole({ at, more: { errorCode: 'DeleteConflict' } });
    expect(told('aws.iam', failed)).toBe('DeleteRole of worker, by deployer: failed with DeleteConflict');
  });

  test('nothing of other calls and other events', () => {
    expect(told('aws.iam', otherCall('TagRole', { at }))).toBeUndefined();
    expect(told('aws.ec2', {})).toBeUndefined();
    expect(told('aws.states', { status: 'RUNNING' })).toBeUndefined();
  });

  test('outcomes, with the rule that decided and not the notes beside it', () => {
    const entry = { principalArn: 'arn:aws:iam::444455556666:role/x/worker', clusterName: 'shop', region: 'eu-west-1' };
    const reasons = [
      { rule: 'MixedMode', explanation: 'a note' },
      { rule: 'AdminPolicy', explanation: 'it is an administrator’s' },
    ];
    expect(told('eks-rebind', { entry, outcome: { name: 'NeedsApproval', reasons } })).toBe(
      'worker in shop (eu-west-1): NeedsApproval (AdminPolicy: it is an administrator’s)',
    );
  });

  test('executions that failed, with the command that redrives them', () => {
    expect(told('aws.states', { status: 'FAILED', executionArn: 'arn:x' })).toBe(
      'FAILED: mend the cause, then aws stepfunctions redrive-execution --execution-arn arn:x',
    );
  });
});
