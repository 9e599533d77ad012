import type { PlannedRebind } from '../../core/plan-fix.ts';
import type { Session } from '../session/session.ts';
import type { Ended } from './fix-document.ts';
import { heal, type Healed } from './heal.ts';
import type { Interruption } from './interruption.ts';
import type { LocalPorts } from './local-ports.ts';
import type { Plan } from './plan-entries.ts';
import type { Means } from './undertake.ts';

/** What carrying something out on this machine needs. */
interface LocalMeans {
  readonly session: Session;
  readonly ports: LocalPorts;
  readonly interruption: Interruption;
  readonly concurrency: number;
  readonly progress: (line: string) => void;
  readonly ledger: string;
  readonly goOn: string;
  readonly planAgain: (changed: readonly PlannedRebind[]) => Promise<Plan>;
}

/** Carries out what was approved in this process, with the person's own credentials. */
export function localMeans({ ledger, goOn, planAgain, ...world }: LocalMeans): Means {
  return { ledger, goOn, planAgain, carryOut: async (approved) => (await heal(approved, world)).map(inWords) };
}

function inWords({ planned, end }: Healed): Ended {
  if (end.status === 'ended') return { planned, end: { end: end.outcome.name, reasons: end.outcome.reasons } };
  if (end.status === 'failed') return { planned, end: { end: 'failed', error: end.error, message: end.message } };
  return { planned, end: { end: end.status } };
}
