import type { Step } from '../../handlers/shared/step.ts';
import { STEPS } from '../../handlers/shared/steps.ts';
import type { Settings } from '../core/settings.ts';

/** The settings that decide which steps there are. */
export type DeployedBy = Pick<Settings, 'mode' | 'adminEntries' | 'approvers'>;

/** Those that write to EKS, and the one that looks at what they wrote. */
const REBINDING: readonly string[] = ['Preflight', 'DeleteEntry', 'CreateEntry', 'AssociatePolicies', 'VerifyEntry'];

/** Those that may give an entry policies of an administrator of the cluster. */
const ADMINISTERING: readonly string[] = ['PreflightAdmin', 'AssociateAdminPolicies'];

/** Those that ask people and take their answers. */
const ASKING: readonly string[] = ['AskForApproval', 'AnswerApproval'];

/** The steps that get a function. What these settings never need isn't there to be misused. */
export function deployedSteps(settings: DeployedBy): readonly Step[] {
  const writes = settings.mode !== 'report';
  const asks = writes && settings.approvers.length > 0;
  const left = [
    ...(writes ? [] : REBINDING),
    ...(writes && (asks || settings.adminEntries === 'rebind') ? [] : ADMINISTERING),
    ...(asks ? [] : ASKING),
  ];
  return STEPS.filter(({ name }) => !left.includes(name));
}
