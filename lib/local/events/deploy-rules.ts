import type { Deployment } from '../deployment.ts';
import type { BusState } from './bus-state.ts';
import { compileEventPattern } from './event-pattern.ts';

/** Puts a deployment's rules on its account's bus, each with its state machine as target. */
export function deployRules(deployment: Deployment, state: BusState): void {
  const { accountId, partition, region, rules } = deployment;
  for (const [name, { eventPattern, targetStateMachine }] of Object.entries(rules)) {
    if (!(targetStateMachine in deployment.stateMachines)) {
      throw new Error(`rule '${name}' starts '${targetStateMachine}', which is no state machine of the deployment`);
    }
    const patternText = JSON.stringify(eventPattern);
    state.putRule({
      accountId,
      region,
      name,
      arn: `arn:${partition}:events:${region}:${accountId}:rule/${name}`,
      pattern: compileEventPattern(patternText),
      patternText,
      state: 'ENABLED',
      createdBy: accountId,
      targets: [
        {
          Id: targetStateMachine,
          Arn: `arn:${partition}:states:${region}:${accountId}:stateMachine:${targetStateMachine}`,
          RoleArn: `arn:${partition}:iam::${accountId}:role/${name}`,
        },
      ],
    });
  }
}
