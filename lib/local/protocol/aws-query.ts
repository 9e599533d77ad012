import { XmlCodec } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import { readForm } from './query-form.ts';
import { bytesOf, codeAndStatus, type ServerProtocol } from './server-protocol.ts';
import type { ServiceModel } from './service-model.ts';
import type { WireRequest } from './wire.ts';

type SchemaRef = NormalizedSchema['ref'];
type Struct = [3, string, string, 0, string[], SchemaRef[]];

const struct = (name: string, members: Readonly<Record<string, SchemaRef>>): Struct => [
  ...([3, 'local', name, 0] as const),
  Object.keys(members),
  Object.values(members),
];

const TEXT = 0;

function formOf({ query, body }: WireRequest): URLSearchParams {
  return new URLSearchParams([query, new TextDecoder().decode(body)].filter((part) => part !== '').join('&'));
}

/** awsQuery: a form in, XML out. IAM and STS speak it. */
export function awsQuery(model: ServiceModel): ServerProtocol {
  function answer(statusCode: number, requestId: string, shape: Struct, value: object) {
    const timestampFormat = { useTrait: true, default: 5 } as const;
    const settings = { timestampFormat, xmlNamespace: model.xmlNamespace, serviceNamespace: 'local' };
    const serializer = new XmlCodec(settings).createSerializer();
    serializer.write(NormalizedSchema.of(shape), value);
    const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
    return { statusCode, headers, body: bytesOf(serializer.flush()) };
  }

  return {
    nameOf: (request) => formOf(request).get('Action') ?? '',
    read: (operation, request) => Promise.resolve(readForm(operation.input, formOf(request))),
    write({ name, output: shape }, output, requestId) {
      const metadata = struct('ResponseMetadata', { RequestId: TEXT });
      const result = shape.isUnitSchema() ? {} : { [`${name}Result`]: shape.getSchema() };
      const envelope = struct(`${name}Response`, { ...result, ResponseMetadata: metadata });
      const value = { [`${name}Result`]: output, ResponseMetadata: { RequestId: requestId } };
      return answer(200, requestId, envelope, value);
    },
    fail(fault, requestId) {
      const { code, status } = codeAndStatus(fault, model);
      const error = struct('Error', { Type: TEXT, Code: TEXT, Message: TEXT });
      const value = {
        Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: fault.message },
        RequestId: requestId,
      };
      return answer(status, requestId, struct('ErrorResponse', { Error: error, RequestId: TEXT }), value);
    },
  };
}
