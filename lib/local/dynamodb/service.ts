import type { Call, LocalService } from '../call.ts';
import type { Deployment } from '../deployment.ts';
import { createDatabase, type Database } from './database.ts';
import { DYNALITE_OPERATIONS, type DynaliteOperation } from './dynalite-operations.ts';

/** The local DynamoDB. */
export interface LocalDynamoDb {
  readonly service: LocalService;
  /** The partition key's attribute of a table or of an index of it, among the caller's tables. */
  hashKeyOf(call: Call, tableName: string, indexName?: string): string | undefined;
  /** Makes a deployment's tables. */
  deploy(deployment: Deployment): void;
}

const isOperation = (name: string): name is DynaliteOperation => name in DYNALITE_OPERATIONS;

/** A DynamoDB without tables. Dynalite can't tell accounts and regions apart, so each gets one of its own. */
export function createDynamoDb(): LocalDynamoDb {
  const databases = new Map<string, Database>();

  function databaseOf(accountId: string, region: string): Database {
    const where = `${accountId}/${region}`;
    const database = databases.get(where) ?? createDatabase();
    databases.set(where, database);
    return database;
  }

  const asked = (operation: DynaliteOperation) => (input: Readonly<Record<string, unknown>>, call: Call) =>
    databaseOf(call.caller.accountId, call.region).ask(operation, input);

  return {
    service: {
      signingName: 'dynamodb',
      operations: Object.fromEntries(
        Object.keys(DYNALITE_OPERATIONS)
          .filter(isOperation)
          .map((name) => [name, asked(name)]),
      ),
    },
    hashKeyOf: ({ caller, region }, tableName, indexName) =>
      databaseOf(caller.accountId, region).hashKeyOf(tableName, indexName),
    deploy({ accountId, region, tables = {} }) {
      for (const [name, definition] of Object.entries(tables)) databaseOf(accountId, region).addTable(name, definition);
    },
  };
}
