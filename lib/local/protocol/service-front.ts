import type { LocalService } from '../call.ts';
import { awsJson } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import { restJson } from './rest-json.ts';
import type { ServerProtocol } from './server-protocol.ts';
import type { ServiceModel } from './service-model.ts';
import { serviceModels } from './service-models.ts';

/** A service behind its wire protocol. */
export interface ServiceFront {
  readonly service: LocalService;
  readonly model: ServiceModel;
  readonly protocol: ServerProtocol;
  /** What the service calls an input that breaks the model's constraints. */
  readonly validationFault: string;
}

// IAM and STS say ValidationError, most others ValidationException (their API references, "Common errors"); EKS models
// InvalidParameterException for the purpose.
const VALIDATION_FAULT: Readonly<Record<string, string>> = {
  iam: 'ValidationError',
  sts: 'ValidationError',
  eks: 'InvalidParameterException',
};

function protocolFor(model: ServiceModel): ServerProtocol {
  if (model.protocol === 'restJson1') return restJson(model);
  return model.protocol === 'awsQuery' ? awsQuery(model) : awsJson(model);
}

/** Puts a service behind the wire protocol that its SDK client speaks. */
export function serverFor(service: LocalService): ServiceFront {
  const model = serviceModels.get(service.signingName);
  if (!model) throw new Error(`no wire contract for a service signed as '${service.signingName}'`);
  const stray = Object.keys(service.operations).filter((name) => !model.operations.has(name));
  if (stray.length) throw new Error(`${service.signingName} has no operation ${stray.join(', ')}`);
  const validationFault = VALIDATION_FAULT[service.signingName] ?? 'ValidationException';
  return { service, model, protocol: protocolFor(model), validationFault };
}
