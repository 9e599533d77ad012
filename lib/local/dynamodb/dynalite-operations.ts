import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import listTables from 'dynalite/actions/listTables.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import ofDeleteItem from 'dynalite/validations/deleteItem.js';
import ofGetItem from 'dynalite/validations/getItem.js';
import validations from 'dynalite/validations/index.js';
import ofListTables from 'dynalite/validations/listTables.js';
import ofPutItem from 'dynalite/validations/putItem.js';
import ofQuery from 'dynalite/validations/query.js';
import ofScan from 'dynalite/validations/scan.js';
import ofUpdateItem from 'dynalite/validations/updateItem.js';
import { AwsFault } from '../call.ts';

type Input = Readonly<Record<string, unknown>>;

/** The operations that dynalite is asked for. What it does itself besides takes real time (tables) or isn't needed (batches). */
export const DYNALITE_OPERATIONS = {
  DeleteItem: { act: deleteItem, validation: ofDeleteItem },
  GetItem: { act: getItem, validation: ofGetItem },
  ListTables: { act: listTables, validation: ofListTables },
  PutItem: { act: putItem, validation: ofPutItem },
  Query: { act: query, validation: ofQuery },
  Scan: { act: scan, validation: ofScan },
  UpdateItem: { act: updateItem, validation: ofUpdateItem },
};

/** The name of one of them. */
export type DynaliteOperation = keyof typeof DYNALITE_OPERATIONS;

/** The member that dynalite doesn't know and that is emulated on top of it. */
export const ON_FAILURE = 'ReturnValuesOnConditionCheckFailure';

function hasBytes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Uint8Array || Object.values(value).some(hasBytes);
}

/** Dynalite would silently ignore what it doesn't know. */
function refuseUnknown(operation: DynaliteOperation, input: Input): void {
  const { types } = DYNALITE_OPERATIONS[operation].validation;
  const unknown = Object.keys(input).find((name) => !(name in types) && name !== ON_FAILURE);
  const what = unknown ?? (hasBytes(input) ? 'binary values' : undefined);
  if (what) throw new AwsFault('NotEmulated', `the local AWS does not emulate ${what} of dynamodb ${operation}`);
}

/** Dynalite's errors carry the body that it would have answered: type and text are AWS's. */
function faultFrom(error: unknown): unknown {
  const body = error instanceof Error && 'body' in error ? error.body : undefined;
  if (typeof body !== 'object' || body === null) return error;
  const texts = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return new AwsFault(texts.get('__type')?.split('#').at(-1) ?? 'InternalServerError', texts.get('message') ?? '');
}

/** Checks the input as DynamoDB does, and has dynalite do it to its store. */
export async function runOperation(operation: DynaliteOperation, input: Input, store: object): Promise<object> {
  const { act, validation } = DYNALITE_OPERATIONS[operation];
  refuseUnknown(operation, input);
  try {
    const checked = validations.checkTypes(structuredClone(input), validation.types);
    validations.checkValidations(checked, validation.types, validation.custom, store);
    return await new Promise<object>((resolve, reject) => {
      act(store, checked, (error, output = {}) => (error ? reject(error) : resolve(output)));
    });
  } catch (error) {
    throw faultFrom(error);
  }
}
