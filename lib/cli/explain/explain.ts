import { parsePrincipalArn, parseSessionArn } from '../../core/principal.ts';
import type { ExplainOptions } from '../commands/explain-command.ts';
import { type ExitCode, type Terminal, UsageError } from '../io.ts';
import { paintFor } from '../output/paint.ts';
import { renderData } from '../output/render-data.ts';
import { openSession } from '../session/open-session.ts';
import type { Session } from '../session/session.ts';
import { cameAs } from './came-as.ts';
import { explainEntries, type Explained } from './explain-entries.ts';
import { explanationLines } from './explanation-lines.ts';
import { type ReadLog, readLog, type TurnedAway } from './read-log.ts';

interface Explanations extends Explained {
  /** What log lines tell: who came, and as whom. */
  readonly log: readonly (TurnedAway & { readonly cameAs: string })[];
  readonly notOurs: readonly string[];
}

/** Says why entries have their verdicts, for a principal that is named, or for those that a log says were turned away. */
export async function explain(options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const { io } = terminal;
  const { cluster: clusterName, principal, output } = options;
  const log = principal === undefined ? await logFrom(terminal, clusterName) : undefined;
  const session = await openSession(options, terminal);
  const told =
    principal === undefined
      ? await ofLog(session, clusterName, log ?? { turnedAway: [], notOurs: [] })
      : {
          ...(await explainEntries(session, { clusterName, principalArn: arnOf(principal, session) })),
          log: [],
          notOurs: [],
        };
  const verdict = verdictOf(told);
  if (output === 'table') {
    const paint = paintFor(io.isTty);
    for (const line of linesOf(told, paint)) io.stdout(line);
    io.stdout(verdict);
  } else {
    io.stdout(await renderData(documentOf(session, told, verdict), output));
    io.stderr(verdict);
  }
  return 0;
}

async function logFrom(terminal: Terminal, clusterName: string | undefined): Promise<ReadLog> {
  if (terminal.isInteractive) {
    throw new UsageError('explain what? CLUSTER and PRINCIPAL, or a line of the authenticator log on stdin');
  }
  const input = await terminal.readInput();
  if (clusterName !== undefined && input.trim() === '') {
    throw new UsageError(
      `explain whom in '${clusterName}'? add a role's name or ARN: eks-rebind explain ${clusterName} ROLE`,
    );
  }
  return readLog(input);
}

/** The ARN that an entry would name: of a role's name, or of a session's ARN as sts get-caller-identity shows it. */
function arnOf(principal: string, { partition, accountId }: Session): string {
  if (parsePrincipalArn(principal)) return principal;
  const role = parseSessionArn(principal);
  if (role) return `arn:${role.partition}:iam::${role.accountId}:role/${role.name}`;
  if (/^[\w+=,.@-]{1,64}$/.test(principal)) return `arn:${partition}:iam::${accountId}:role/${principal}`;
  throw new UsageError(
    `PRINCIPAL is a role's name, or the ARN of a role or user such as arn:aws:iam::111122223333:role/eks-nodes, not '${principal}'`,
  );
}

// A whole log may be piped in: of more principals than this nobody reads what is said.
const PRINCIPALS = 20;

async function ofLog(session: Session, clusterName: string | undefined, read: ReadLog): Promise<Explanations> {
  const byPrincipal = new Map<string, Explained>();
  const notOurs = [...read.notOurs];
  const log: (TurnedAway & { readonly cameAs: string })[] = [];
  for (const one of read.turnedAway) {
    const { principalArn } = one;
    if (!byPrincipal.has(principalArn) && byPrincipal.size === PRINCIPALS) {
      notOurs.push(`${principalArn}: not looked at, the log names more than ${PRINCIPALS} principals`);
      continue;
    }
    const known = byPrincipal.get(principalArn) ?? (await explainEntries(session, { clusterName, principalArn }));
    byPrincipal.set(principalArn, known);
    log.push({ ...one, cameAs: cameAs(one, known.explanations) });
  }
  const all = [...byPrincipal.values()];
  return {
    explanations: all.flatMap(({ explanations }) => explanations),
    notEvaluated: all.flatMap(({ notEvaluated }) => notEvaluated),
    log,
    notOurs,
  };
}

function linesOf(
  { explanations, notEvaluated, log, notOurs }: Explanations,
  paint: ReturnType<typeof paintFor>,
): string[] {
  const blocks = [
    ...log.map(({ principalArn, says, times, cameAs: came }) => [
      `log  ${principalArn}, ${times === 1 ? 'once' : `${times} times`}: ${says}`,
      `  ${came}`,
    ]),
    ...explanations.map((one) => explanationLines(one, paint)),
    ...(notOurs.length > 0 ? [['Not of access entries', ...notOurs.map((line) => `  ${line}`)]] : []),
    ...(notEvaluated.length > 0
      ? [
          [
            'Not evaluated',
            ...notEvaluated.map(
              ({ region, clusterName = 'the whole region', reason }) => `  ${region} ${clusterName}: ${reason}`,
            ),
          ],
        ]
      : []),
  ];
  return blocks.flatMap((block) => [...block, '']);
}

function verdictOf({ explanations, log, notOurs }: Explanations): string {
  const counts = new Map<string, number>();
  for (const { verdict } of explanations) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const parts = [...counts].map(([verdict, count]) => `${count} ${verdict}`);
  if (parts.length > 0) return `explained: ${parts.join(', ')}`;
  if (log.length > 0)
    return 'no access entry names whoever was turned away: make one, or look in other regions with --region';
  return notOurs.length > 0 ? 'nothing of this is about access entries' : 'no access entry names this principal';
}

function documentOf({ accountId, regions }: Session, told: Explanations, verdict: string): object {
  const { explanations, notEvaluated, log, notOurs } = told;
  return {
    schemaVersion: 1,
    summary: { accountId, regions, entries: explanations.length, verdict },
    entries: explanations,
    ...(log.length + notOurs.length > 0 && { log, notOurs }),
    notEvaluated,
  };
}
