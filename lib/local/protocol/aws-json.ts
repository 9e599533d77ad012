import { plainMembers, readJson, rpcJsonSettings, writeJson } from './json-body.ts';
import { bytesOf, codeAndStatus, faultMembers, type ServerProtocol } from './server-protocol.ts';
import type { ServiceModel } from './service-model.ts';

/** awsJson1_0 and awsJson1_1: everything in a JSON body, the operation in a header. */
export function awsJson(model: ServiceModel): ServerProtocol {
  const headersFor = (requestId: string) => ({
    'content-type': `application/x-amz-json-${model.protocol === 'awsJson1_0' ? '1.0' : '1.1'}`,
    'x-amzn-requestid': requestId,
  });

  return {
    nameOf: ({ headers }) => headers['x-amz-target']?.split('.').at(-1) ?? '',
    read: (operation, { body }) => readJson(operation.input, body, rpcJsonSettings),
    write(operation, output, requestId) {
      const body = operation.output.isUnitSchema()
        ? bytesOf('{}')
        : writeJson(operation.output, output, rpcJsonSettings);
      return { statusCode: 200, headers: headersFor(requestId), body };
    },
    fail(fault, requestId) {
      const { code, status } = codeAndStatus(fault, model);
      const shape = model.errors.get(fault.name)?.schema;
      const members = plainMembers(shape, faultMembers(fault, model), rpcJsonSettings);
      // A shape without members of its own is sent with its text all the same.
      const hasText = Object.keys(members).some((name) => name.toLowerCase() === 'message');
      const text = hasText ? {} : { message: fault.message };
      const body = bytesOf(JSON.stringify({ __type: code, ...text, ...members }));
      const formCode = model.errors.get(fault.name)?.code ?? code;
      const compatible = model.isQueryCompatible ? { 'x-amzn-query-error': `${formCode};Sender` } : {};
      return { statusCode: status, headers: { ...headersFor(requestId), ...compatible }, body };
    },
  };
}
