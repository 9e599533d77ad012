import type { UpdateClusterConfigRequest, UpdateClusterConfigResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import { randomUuid } from '../seeded-random.ts';
import { drawDelay } from './delay.ts';
import { clusterNamed, type EksState } from './eks-state.ts';

type Input = UpdateClusterConfigRequest & { name: string };

const MODES = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const;

/**
 * Changes a cluster's authentication mode, one step toward `API`. Entries for node groups, which EKS makes when they are first
 * enabled, are left out: there are no node groups here. Other settings are refused, as they are not emulated.
 */
export function updateClusterConfig(input: Input, state: EksState, call: Call) {
  const { name, accessConfig, clientRequestToken: _, ...others } = input;
  const cluster = clusterNamed(state, name, call);
  const other = Object.entries(others).find(([, value]) => value !== undefined)?.[0];
  const to = accessConfig?.authenticationMode;
  if (other || !to) {
    const what = other ?? 'an update without accessConfig.authenticationMode';
    throw new AwsFault('NotEmulated', `the local AWS does not emulate UpdateClusterConfig of ${what}`);
  }
  if (cluster.life.status !== 'ACTIVE') {
    // EKS's words are not known exactly; the name of the fault is the API reference's.
    throw new AwsFault('ResourceInUseException', `Cluster ${name} is ${cluster.life.status}`, { clusterName: name });
  }
  const from = cluster.authenticationMode;
  if (MODES.indexOf(to) !== MODES.indexOf(from) + 1) {
    // Text: eksctl's output with the mode unchanged; the EKS workshop's with the middle mode left out.
    throw new AwsFault('InvalidParameterException', `Unsupported authentication mode update from ${from} to ${to}`, {
      clusterName: name,
    });
  }
  const now = state.clock.now();
  const at = now + drawDelay(state.behaviour.clusterUpdate, state.random);
  state.putCluster({
    ...cluster,
    authenticationMode: to,
    life: { status: 'UPDATING', next: { at, status: 'ACTIVE' } },
  });
  return {
    update: {
      id: randomUuid(state.random),
      status: 'InProgress',
      type: 'AccessConfigUpdate',
      params: [{ type: 'AuthenticationMode', value: `"${to}"` }],
      createdAt: new Date(now),
      errors: [],
    },
  } satisfies UpdateClusterConfigResponse;
}
