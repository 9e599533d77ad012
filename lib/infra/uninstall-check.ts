import { CustomResource } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/**
 * Lets CloudFormation ask a function before it deletes the stack: with a journal open the answer is no. It deletes in the
 * reverse order of dependencies, so this depends on all that is there: refused, nothing of it is gone.
 */
export function uninstallCheck(scope: Construct, checking: Function | undefined): void {
  if (!checking) throw new Error("the function 'CheckUninstall' is not deployed, expected it in every mode");
  const others = scope.node.children;
  const check = new CustomResource(scope, 'UninstallCheck', {
    serviceToken: checking.functionArn,
    resourceType: 'Custom::EksRebindUninstallCheck',
  });
  check.node.addDependency(...others);
}
