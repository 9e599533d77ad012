import { App } from 'aws-cdk-lib';
import { EksRebindStack } from '../lib/infra/eks-rebind-stack.ts';
import { memberPropsFromEnvironment, withHub } from '../lib/infra/member-props-from-environment.ts';
import { MemberStack } from '../lib/infra/member-stack.ts';
import { type ContextValue, propsFromEnvironment, withContext } from '../lib/infra/props-from-environment.ts';

// The account and region of the credentials that deploy it; without any, a template for whatever account in us-east-1.
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region = 'us-east-1' } = process.env;
const app = new App();
const context = (key: string): ContextValue => app.node.tryGetContext(key);
// cdk-nag is there in a clone only: `npm run synth` asks for it.
if (context('nag')) (await import('../lib/infra/solutions-checks.ts')).addSolutionsChecks(app);
const given = withContext(withHub(process.env, context), context);
const env = { ...(account && { account }), region };
const member = memberPropsFromEnvironment(given);
if (member) new MemberStack(app, 'EksRebindMember', { env, ...member });
else new EksRebindStack(app, 'EksRebind', { env, ...propsFromEnvironment(given) });
