import { CfnPermission, type Function, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { ANSWER_URL_VARIABLE } from '../aws/port-registry.ts';

/**
 * The URL that people answer at, by a signed request. Each approver may call it, and the function only through it: since
 * October 2025 a function URL asks for both actions (Lambda developer guide, "Control access to function URLs"). None where
 * nobody is asked.
 */
export function answerUrl(
  scope: Construct,
  functions: ReadonlyMap<string, Function>,
  approvers: readonly string[],
): string | undefined {
  const asking = functions.get('AskForApproval');
  const answering = functions.get('AnswerApproval');
  if (!asking || !answering) return undefined;
  const { url } = answering.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
  asking.addEnvironment(ANSWER_URL_VARIABLE, url);
  for (const [index, principal] of approvers.entries()) {
    const who = { functionName: answering.functionArn, principal };
    new CfnPermission(scope, `ApproverUrl${index}`, {
      ...who,
      action: 'lambda:InvokeFunctionUrl',
      functionUrlAuthType: 'AWS_IAM',
    });
    new CfnPermission(scope, `ApproverInvoke${index}`, {
      ...who,
      action: 'lambda:InvokeFunction',
      invokedViaFunctionUrl: true,
    });
  }
  return url;
}
