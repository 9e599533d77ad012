import { DYNAMODB_LEDGER_ACTIONS, dynamodbLedger } from '../../../lib/aws/dynamodb-ledger.ts';
import { createClients } from '../../../lib/aws/clients.ts';
import { LEDGER_TABLE } from '../../../lib/aws/ledger-items.ts';
import type { Ledger } from '../../../lib/core/ledger.ts';
import { createLocalAws, createSeededRandom, createVirtualClock } from '../../../lib/local/index.ts';
import { ledgerOn } from '../../simulator/ledger-on.ts';
import { ACCOUNT, roleArn, START } from './adapter-world.ts';
import { allowing } from '../local/allowing.ts';

export const TABLE = 'ledger';

/** A local AWS with the ledger's table in it, and writers that each have a key of their own. */
export function ledgerWorld() {
  const clock = createVirtualClock(START);
  const aws = createLocalAws({ clock, random: createSeededRandom(1) });
  const where = { accountId: ACCOUNT, partition: 'aws', region: 'us-east-1' };
  aws.deploy({ ...where, functions: {}, stateMachines: {}, rules: {}, tables: { [TABLE]: LEDGER_TABLE } });
  let writers = 0;

  function clientsFor(actions?: readonly string[]) {
    const key = aws.credentials.issue({
      arn: roleArn('eks-rebind'),
      ...(actions && { statements: allowing(...actions) }),
    });
    const env = {
      AWS_REGION: where.region,
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_SESSION_TOKEN: key.sessionToken,
    };
    const random = createSeededRandom((writers += 1));
    return { random, ...createClients({ env, clock, random, write: () => {}, requestHandler: aws.requestHandler }) };
  }

  /** A ledger whose calls run on the virtual clock, whoever awaits them. */
  function open(): Ledger {
    const clients = clientsFor(DYNAMODB_LEDGER_ACTIONS);
    const ledger = dynamodbLedger(clients, TABLE, clients.random);
    return ledgerOn(ledger, (work) => clock.run(work));
  }

  return { aws, clock, open, clientsFor };
}
