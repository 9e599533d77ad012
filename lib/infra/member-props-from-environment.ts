import type { EksRebindMemberProps } from './eks-rebind-member-props.ts';
import { type ContextValue, propsFromEnvironment } from './props-from-environment.ts';

/** What makes a stack a member's: the account whose `EksRebind` looks after this one. */
const HUB_VARIABLE = 'EKS_REBIND_HUB_ACCOUNT_ID';

type Env = Readonly<Record<string, string | undefined>>;

/** The environment, with the hub that an app's context names: that comes first. */
export function withHub(env: Env, context: (key: string) => ContextValue): Env {
  const hub = context('hubAccountId') ?? context(HUB_VARIABLE);
  return hub === undefined ? env : { ...env, [HUB_VARIABLE]: String(hub) };
}

/**
 * The props of a member's stack, or undefined where no hub is named: the service's own stack is meant then. All else is read
 * as the hub's own settings are, so that one and the same environment makes both.
 */
export function memberPropsFromEnvironment({
  [HUB_VARIABLE]: hubAccountId,
  ...ofHub
}: Env): EksRebindMemberProps | undefined {
  if (!hubAccountId) return undefined;
  const {
    regions,
    mode,
    externalId,
    namePrefix,
    alarmActions,
    adminEntries,
    approvers = [],
  } = propsFromEnvironment(ofHub);
  return {
    hubAccountId,
    allowAdminEntries: adminEntries === 'rebind' || approvers.length > 0,
    ...(regions && { regions }),
    ...(mode && { mode }),
    ...(externalId && { externalId }),
    ...(namePrefix && { namePrefix }),
    ...(alarmActions && { alarmActions }),
  };
}
