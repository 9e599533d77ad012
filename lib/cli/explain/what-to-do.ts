import type { EntryRef } from '../../core/shapes.ts';
import { fixLine, shellWord } from './hand-checks.ts';
import type { Explanation } from './explanation.ts';

/** What to do about an entry with this verdict, in words and commands. */
export function whatToDo(verdict: Explanation['verdict'], entry: EntryRef): string[] {
  const { region, clusterName } = entry;
  const plan = `${fixLine(entry)} --dry-run`;
  switch (verdict) {
    case 'stale':
      return [
        'make the entry anew, with all that is in it: only an entry that is made after the role holds its id',
        `plan it: ${plan}`,
        `do it: ${fixLine(entry)}`,
      ];
    case 'missing':
      return [
        "the entry was deleted to be made again, and the rebind did not finish: its configuration is in the service's records",
        'see how far it came: eks-rebind executions --status FAILED; then: eks-rebind redrive NAME',
      ];
    case 'orphaned':
      return [
        'nobody can use this entry. If the role is not to come back, take it away:',
        `aws eks delete-access-entry --region ${shellWord(region)} --cluster-name ${shellWord(clusterName)} --principal-arn ${shellWord(entry.principalArn)}`,
      ];
    case 'unknown':
      return ['look again in some minutes: what could not be read, or was seen only once, proves nothing'];
    case 'unproven':
      return [
        'the entry was made so soon after its role that it may hold the id of the one before: try it with a new session of the role',
        `if that is refused (401), make the entry anew; the service asks a person first: ${plan}`,
      ];
    case 'notApplicable':
      return ['nothing: there is no entry here that somebody could be locked out by'];
    case 'noEntry':
      return [
        'nothing maps this principal: where it should have access, make an entry for it',
        `aws eks create-access-entry --region ${shellWord(region)} --cluster-name ${shellWord(clusterName)} --principal-arn ${shellWord(entry.principalArn)}`,
      ];
    default:
      return [
        'the entry is not what keeps anybody out. If the answer is 401: the session may be one of an earlier role, get new credentials; if it is 403: the entry has no policy or group that allows it',
      ];
  }
}
