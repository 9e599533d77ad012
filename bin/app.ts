import { App } from 'aws-cdk-lib';
import { EksRebindStack } from '../lib/infra/eks-rebind-stack.ts';
import { propsFromEnvironment, withContext } from '../lib/infra/props-from-environment.ts';

// The account and region of the credentials that deploy it; without any, a template for whatever account in us-east-1.
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region = 'us-east-1' } = process.env;
const app = new App();
const props = propsFromEnvironment(withContext(process.env, (key) => app.node.tryGetContext(key)));
new EksRebindStack(app, 'EksRebind', { env: { ...(account && { account }), region }, ...props });
