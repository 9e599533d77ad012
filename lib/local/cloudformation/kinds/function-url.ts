import { functionUrl } from '../../lambda/function-url.ts';
import type { Draft, FunctionDraft } from '../draft.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { refuse } from '../template-error.ts';

/** A function's URL, for callers that sign. */
export const functionUrlKind: ResourceKind = {
  type: 'AWS::Lambda::Url',
  reads: ['TargetFunctionArn', 'AuthType', 'InvokeMode'],
  identify({ where: { region }, text, arn }) {
    const given = text('TargetFunctionArn') ?? '';
    // A name does as well as an ARN.
    const target = given.startsWith('arn:') ? given : arn('lambda', `function:${given}`);
    return {
      name: target,
      ref: target,
      attributes: { FunctionArn: target, FunctionUrl: functionUrl({ arn: target, region }) },
    };
  },
  load({ identity, properties }, draft) {
    const target = functionWith(identity.name, `${properties.path}.TargetFunctionArn`, draft);
    if (properties.text('AuthType') !== 'AWS_IAM') {
      refuse(`${properties.path}.AuthType`, 'the local AWS emulates URLs with AuthType AWS_IAM only');
    }
    properties.oneOf('InvokeMode', ['BUFFERED']);
    target.hasUrl = true;
  },
};

/** A function of the template, by its name or ARN. */
export function functionWith(nameOrArn: string, path: string, { functions }: Draft): FunctionDraft {
  const found = functions.get(nameOrArn) ?? [...functions.values()].find(({ arn }) => arn === nameOrArn);
  return found ?? refuse(path, `no function of the template is ${nameOrArn}`);
}
