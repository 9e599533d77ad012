import { NormalizedSchema, translateTraits } from '@smithy/core/schema';

type Traits = Parameters<typeof translateTraits>[0];
type SchemaRef = NormalizedSchema['ref'];

type ProtocolName = 'restJson1' | 'awsQuery' | 'awsJson1_0' | 'awsJson1_1';

/** An operation as its schema tells it. */
export interface OperationModel {
  readonly name: string;
  /** Method, path template and success status; only REST protocols have it. */
  readonly http?: readonly [method: string, path: string, status: number];
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

/** A modelled error. */
interface ErrorModel {
  /** The SDK's class (`NoSuchEntityException`). */
  readonly name: string;
  /** What goes over the wire (`NoSuchEntity`); only awsQuery has another one than the name. */
  readonly code: string;
  readonly status: number;
  readonly schema: NormalizedSchema;
}

/** A service's wire contract, read from its SDK client. */
export interface ServiceModel {
  readonly signingName: string;
  readonly protocol: ProtocolName;
  readonly xmlNamespace: string;
  /** Its JSON keeps the error codes of the forms it once spoke, in a header. */
  readonly isQueryCompatible: boolean;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** By class name and by wire code. */
  readonly errors: ReadonlyMap<string, ErrorModel>;
}

/** What is read of a client's configuration. */
interface ClientConfig {
  readonly defaultSigningName?: string;
  readonly protocol: { getShapeId(): string };
  readonly protocolSettings: object;
}

/** The kinds of schema that are read here, by the numbers they begin with. */
type OperationSchema = [9, string, string, Traits, SchemaRef, SchemaRef];
type ErrorSchema = Extract<SchemaRef, readonly [-3, ...unknown[]]>;

const isOperation = (value: unknown): value is OperationSchema => Array.isArray(value) && value[0] === 9;
const isError = (value: unknown): value is ErrorSchema => Array.isArray(value) && value[0] === -3;

const PROTOCOLS: readonly ProtocolName[] = ['restJson1', 'awsQuery', 'awsJson1_0', 'awsJson1_1'];

function protocolOf(config: ClientConfig): ProtocolName {
  const found = PROTOCOLS.find((name) => config.protocol.getShapeId() === `aws.protocols#${name}`);
  if (!found) throw new Error(`no server side for protocol ${config.protocol.getShapeId()}`);
  return found;
}

function errorModel(name: string, schema: NormalizedSchema): ErrorModel {
  const { awsQueryError, httpError, error } = schema.getMergedTraits();
  const [code, status]: unknown[] = Array.isArray(awsQueryError) ? awsQueryError : [];
  const byFault = error === 'server' ? 500 : 400;
  const statusCode = typeof httpError === 'number' ? httpError : typeof status === 'number' ? status : byFault;
  return { name, code: typeof code === 'string' ? code : name, status: statusCode, schema };
}

/** Reads what a client module exports (`CreateRole$`, `NoSuchEntityException$`) beside its configuration. */
export function serviceModel(exported: Readonly<Record<string, unknown>>, config: ClientConfig): ServiceModel {
  const schemas = Object.values(exported);
  const operations = schemas.filter(isOperation).map(([, , name, traits, input, output]): OperationModel => {
    const { http } = translateTraits(traits);
    const shapes = { input: NormalizedSchema.of(input), output: NormalizedSchema.of(output) };
    return { name, ...(http && { http }), ...shapes };
  });
  const errors = schemas
    .filter(isError)
    // The class that all errors of a client have in common is none of the service's.
    .filter(([, namespace]) => !namespace.startsWith('smithy.'))
    .map((schema) => errorModel(schema[2], NormalizedSchema.of(schema)));
  const xmlNamespace = 'xmlNamespace' in config.protocolSettings ? config.protocolSettings.xmlNamespace : undefined;
  return {
    signingName: config.defaultSigningName ?? '',
    protocol: protocolOf(config),
    isQueryCompatible: 'awsQueryCompatible' in config.protocolSettings,
    xmlNamespace: typeof xmlNamespace === 'string' ? xmlNamespace : '',
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    errors: new Map(errors.flatMap((error) => [[error.name, error] as const, [error.code, error] as const])),
  };
}
