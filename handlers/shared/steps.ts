import { step as announceOutcome } from '../announce-outcome.ts';
import { step as answerApproval } from '../answer-approval.ts';
import { step as askForApproval } from '../ask-for-approval.ts';
import { step as associateAdminPolicies } from '../associate-admin-policies.ts';
import { step as associatePolicies } from '../associate-policies.ts';
import { step as checkReturn } from '../check-return.ts';
import { step as checkRole } from '../check-role.ts';
import { step as checkUninstall } from '../check-uninstall.ts';
import { step as createEntry } from '../create-entry.ts';
import { step as deleteEntry } from '../delete-entry.ts';
import { step as findEntries } from '../find-entries.ts';
import { step as findMissedEntries } from '../find-missed-entries.ts';
import { step as followUpOrphan } from '../follow-up-orphan.ts';
import { step as hearHeartbeat } from '../hear-heartbeat.ts';
import { step as inspectEntry } from '../inspect-entry.ts';
import { step as noteDeletion } from '../note-deletion.ts';
import { step as planSweep } from '../plan-sweep.ts';
import { step as preflight } from '../preflight.ts';
import { step as preflightAdmin } from '../preflight-admin.ts';
import { step as readEvent } from '../read-event.ts';
import { step as sendHeartbeat } from '../send-heartbeat.ts';
import type { Step } from './step.ts';
import { step as startRebinds } from '../start-rebinds.ts';
import { step as sweepRegion } from '../sweep-region.ts';
import { step as verifyEntry } from '../verify-entry.ts';

/** Every step, in the order in which a change of a role meets them. */
export const STEPS: readonly Step[] = [
  readEvent,
  noteDeletion,
  checkReturn,
  followUpOrphan,
  findEntries,
  findMissedEntries,
  checkRole,
  startRebinds,
  inspectEntry,
  askForApproval,
  answerApproval,
  preflight,
  preflightAdmin,
  deleteEntry,
  createEntry,
  associatePolicies,
  associateAdminPolicies,
  verifyEntry,
  announceOutcome,
  planSweep,
  sweepRegion,
  sendHeartbeat,
  hearHeartbeat,
  checkUninstall,
];
