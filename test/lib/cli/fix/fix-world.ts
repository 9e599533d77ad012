import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { FakeTerminal, FakeTerminalOptions } from '../terminal.ts';
import { runIn, type CommandResult } from '../terminal.ts';
import { configurationOf } from '../../../../lib/cli/stage/entry-configuration.ts';
import type { AccessEntry } from '../../../../lib/local/eks/access-entry.ts';
import { ACCOUNT, REGION, roleArn, scannedWorld } from '../scan/scanned-world.ts';

const policy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;

/** What fix and undo write for programs, as far as tests look. */
const Document = v.looseObject({
  summary: v.looseObject({ ledger: v.optional(v.string()) }),
  entries: v.array(
    v.looseObject({
      principalArn: v.string(),
      outcome: v.looseObject({ end: v.string(), error: v.optional(v.string()) }),
    }),
  ),
});

/** Commands load what they do when they are run; a virtual clock can't see a module being read, so that it is read before. */
export const loadCommands = (): Promise<unknown> =>
  Promise.all([import('../../../../lib/cli/fix/fix.ts'), import('../../../../lib/cli/fix/undo.ts')]);

/** A world without the service: two entries of roles made anew, one of a role that was not, and a person with a terminal. */
export function fixWorld(options: Partial<FakeTerminalOptions> = {}) {
  const world = scannedWorld(options);
  const { aws, clock } = world;
  const folder = mkdtempSync(join(tmpdir(), 'eks-rebind-fix-'));
  world.putCluster('prod');
  for (const name of ['people', 'nodes', 'steady']) world.putRole(name, { ageHours: name === 'steady' ? 10 : 1 });
  world.putRole('admin');
  world.putEntry('prod', 'people', {
    type: 'STANDARD',
    username: 'orders:{{SessionName}}',
    kubernetesGroups: ['orders'],
    tags: { team: 'orders' },
    policies: [
      { policyArn: policy('AmazonEKSViewPolicy'), scope: { type: 'cluster', namespaces: [] } },
      { policyArn: policy('AmazonEKSEditPolicy'), scope: { type: 'namespace', namespaces: ['orders'] } },
    ],
  });
  world.putEntry('prod', 'nodes', { type: 'EC2_LINUX' });
  world.putEntry('prod', 'steady', {
    type: 'EC2_LINUX',
    boundId: aws.iam.findByArn(roleArn('steady'))?.uniqueId ?? '',
  });

  const entry = (role: string): AccessEntry | undefined =>
    aws.eks.state.entry({ accountId: ACCOUNT, region: REGION, clusterName: 'prod', principalArn: roleArn(role) });

  const caller = { accessKeyId: '', accountId: ACCOUNT, partition: 'aws', arn: 'owner', principalId: 'owner' };
  const byOwner = () => {
    return { service: 'eks', operation: '', requestId: '', region: REGION, caller, userAgent: '', now: clock.now() };
  };

  return {
    ...world,
    folder,
    /** A path of the test's own for a ledger file. */
    ledger: join(folder, 'x.ledger.jsonl'),
    terminal: (): FakeTerminal => world.terminalOf(),
    async run(terminal: FakeTerminal, ...argv: string[]): Promise<CommandResult> {
      await loadCommands();
      return clock.run(() => runIn(terminal, ...argv));
    },
    /** EKS lets a new entry count after some seconds. */
    pass: (seconds: number) => clock.run(() => clock.pause(seconds * 1_000)),
    entry,
    configuration: (role: string) => {
      const found = entry(role);
      return found && configurationOf(found);
    },
    authenticates: (role: string) => {
      const { accessKeyId } = aws.credentials.issue({ arn: roleArn(role) });
      return aws.authenticate(aws.eks.state.cluster(ACCOUNT, REGION, 'prod')?.arn ?? '', accessKeyId).status;
    },
    /** What an owner does to an entry by hand. */
    change(role: string, change: Partial<AccessEntry>) {
      const standing = entry(role);
      const changed = standing && { ...standing, modifiedAt: clock.now(), ...change };
      if (changed) aws.eks.state.putEntry(changed, 'UpdateAccessEntry', byOwner());
    },
    /** What an owner takes away altogether. */
    remove(role: string) {
      const standing = entry(role);
      if (standing) aws.eks.state.removeEntry(standing, 'DeleteAccessEntry', byOwner());
    },
    /** Deletes a role and makes another of its name, at once. */
    makeAnew(role: string) {
      const was = aws.iam.findByArn(roleArn(role));
      if (was) aws.iam.put({ ...was, uniqueId: `${was.uniqueId.slice(0, -1)}9`, createDate: clock.now() });
    },
    writes: () =>
      aws.calls.all
        .map(({ operation }) => operation)
        .filter((operation) => /^(Create|Delete|Update|Associate|Disassociate)/.test(operation)),
  };
}

/** A terminal on which the first line of progress like this makes something happen. */
export function whenDrawn(terminal: FakeTerminal, like: RegExp, act: () => void): FakeTerminal {
  let isDone = false;
  const progress = (line: string) => {
    terminal.io.progress(line);
    if (isDone || !like.test(line)) return;
    isDone = true;
    act();
  };
  return { ...terminal, io: { ...terminal.io, progress } };
}

/** The document that a command wrote. */
export const documentIn = ({ stdout }: CommandResult) => v.parse(Document, JSON.parse(stdout.join('\n')));

/** How each role's entry ended, by the role's name. */
export const endsIn = (result: CommandResult) =>
  Object.fromEntries(
    documentIn(result).entries.map(({ principalArn, outcome }) => [principalArn.split('/').at(-1), outcome.end]),
  );
