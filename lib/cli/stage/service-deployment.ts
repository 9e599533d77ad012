import { STEPS } from '../../../handlers/shared/steps.ts';
import type { Ports } from '../../core/ports.ts';
import { handlerOf } from '../../infra/bundle.ts';
import { propsFromEnvironment } from '../../infra/props-from-environment.ts';
import { synthesize, type Template } from '../../infra/synthesize.ts';
import { deploymentOf } from '../../local/cloudformation/deployment-of.ts';
import type { Deployment, FunctionDefinition } from '../../local/deployment.ts';

/** A function's code by its handler string. */
type CodeOf = (handler: string, functionName: string) => FunctionDefinition['invoke'];

/** Where the service is deployed and how it is set. */
export interface ServiceOptions {
  readonly accountId: string;
  readonly partition: string;
  /** The region where IAM's events arise in that partition. */
  readonly region: string;
  /** The service's own settings: `EKS_REBIND_…` variables, as at a deployment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ports that all steps share instead of making their own: a ledger in memory, where tests want to be fast. */
  readonly ports: Partial<Ports>;
  /** The functions' code by their handler strings. @default the steps themselves, in this process */
  readonly codeOf?: CodeOf;
  /** Gives back the template that is deployed instead: tests take parts away. @default as it was synthesized */
  readonly change?: (template: Template) => Template;
}

/** The whole service as the local AWS takes it: the very template that would be deployed. */
export function serviceDeployment(options: ServiceOptions): Deployment {
  const { accountId, partition, region, environment, ports, codeOf = stepsInProcess(ports) } = options;
  const template = synthesize(propsFromEnvironment(environment), { account: accountId, region });
  return deploymentOf(options.change?.(template) ?? template, { accountId, partition, region, codeOf });
}

function stepsInProcess(ports: Partial<Ports>): CodeOf {
  return (handler, functionName) => {
    const step = STEPS.find(({ name }) => handlerOf(name) === handler);
    if (!step) throw new Error(`function '${functionName}' has the handler '${handler}', which no step has`);
    return (event, context, runtime) => step.bind(runtime, ports)(event, context);
  };
}
