import { shownTime } from '../output/shown-time.ts';
import type { Paint } from '../output/paint.ts';
import type { Explanation } from './explanation.ts';

/** An explanation for people. */
export function explanationLines(explained: Explanation, paint: Paint): string[] {
  const { verdict, explanation, principalArn, clusterName, region, type, evidence, notes } = explained;
  const isBad = verdict === 'stale' || verdict === 'missing';
  return [
    `${paint(isBad ? 'red' : 'bold', verdict)}  ${principalArn} in ${clusterName} (${region})${type === undefined ? '' : `, ${type}`}`,
    `  ${explanation}`,
    '',
    'Evidence',
    ...evidenceLines(evidence),
    ...section('Beside it', notes),
    ...section('What to do', explained.whatToDo),
    ...section('To check by hand', explained.checkByHand),
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

function evidenceLines(evidence: Explanation['evidence']): string[] {
  const { entryCreatedAt, principalCreatedAt, principalId, trustPolicy, trustPolicyWhy, instanceProfiles } = evidence;
  const rows: (readonly [string, string | undefined])[] = [
    ['entry made', entryCreatedAt && shownTime(entryCreatedAt)],
    ['principal made', principalCreatedAt && shownTime(principalCreatedAt)],
    ["principal's id", principalId],
    ['entry', evidence.entryArn],
    ['authentication mode', evidence.authenticationMode],
    ['trust policy', [trustPolicy, trustPolicyWhy].filter((one) => one !== undefined).join(': ')],
    ['instance profiles', instanceProfiles && (instanceProfiles.join(', ') || 'none')],
    ['node groups', evidence.nodeGroups.join(', ') || undefined],
    ['policies', evidence.policies && (evidence.policies.join(', ') || 'none')],
    ['owner', evidence.owner],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(20)} ${value}`]));
}
