import db from 'dynalite/db/index.js';
import { AwsFault } from '../call.ts';
import type { TableDefinition } from '../deployment.ts';
import { type DynaliteOperation, ON_FAILURE, runOperation } from './dynalite-operations.ts';
import { keyNames, tableRow } from './table-row.ts';

type Input = Readonly<Record<string, unknown>>;

/** The tables of one account and region. */
export interface Database {
  addTable(name: string, definition: TableDefinition): void;
  /** The partition key's attribute, of a table or of an index of it. */
  hashKeyOf(tableName: string, indexName?: string): string | undefined;
  /** Does one operation, after all that were asked for before it. */
  ask(operation: DynaliteOperation, input: Input): Promise<object>;
}

const membersOf = (value: unknown): Input => (typeof value === 'object' && value !== null ? { ...value } : {});

/**
 * A store of dynalite's, in memory. One operation runs at a time: its steps take turns of the event loop, and operations that
 * ran side by side would end in an order that nothing fixes.
 */
export function createDatabase(): Database {
  const store = db.create({});
  const tables = new Map<string, TableDefinition>();
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  }

  /** The item as it is: what a failed condition answers where the call asks for it (API reference, PutItem). */
  async function itemInTheWay(input: Input): Promise<Input> {
    const table = tables.get(String(input['TableName']));
    const given = membersOf(input['Item'] ?? input['Key']);
    const names = table ? keyNames(table) : [];
    const Key = Object.fromEntries(names.map((name) => [name, given[name]]));
    const found = membersOf(await runOperation('GetItem', { TableName: input['TableName'], Key }, store));
    return found['Item'] ? { Item: found['Item'] } : {};
  }

  async function run(operation: DynaliteOperation, input: Input): Promise<object> {
    try {
      return await runOperation(operation, input, store);
    } catch (error) {
      const isWanted = error instanceof AwsFault && error.name === 'ConditionalCheckFailedException';
      if (!isWanted || input[ON_FAILURE] !== 'ALL_OLD') throw error;
      throw new AwsFault(error.name, error.message, await itemInTheWay(input));
    }
  }

  return {
    addTable(name, definition) {
      tables.set(name, definition);
      // Dynalite's own CreateTable waits on a timer of the machine; nobody here looks at a table that is only being made.
      void inTurn(() => new Promise((done) => store.tableDb.put(name, tableRow(name, definition), done)));
    },
    hashKeyOf(tableName, indexName) {
      const table = tables.get(tableName);
      return (indexName === undefined ? table : table?.indexes?.[indexName])?.hashKey;
    },
    ask: (operation, input) => inTurn(() => run(operation, input)),
  };
}
