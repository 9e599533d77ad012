import type { CommandDefinition } from './command-definition.ts';
import { approveCommand } from './approve-command.ts';
import { completionCommand } from './completion-command.ts';
import { demoCommand } from './demo-command.ts';
import { denyCommand } from './deny-command.ts';
import { executionsCommand } from './executions-command.ts';
import { explainCommand } from './explain-command.ts';
import { fixCommand } from './fix-command.ts';
import { localCommand } from './local-command.ts';
import { redriveCommand } from './redrive-command.ts';
import { replayCommand } from './replay-command.ts';
import { scanCommand } from './scan-command.ts';
import { undoCommand } from './undo-command.ts';

/** All commands, in the order that help shows them in: first for the person with the outage, then for who runs the service. */
export const COMMANDS: readonly CommandDefinition[] = [
  scanCommand,
  explainCommand,
  fixCommand,
  undoCommand,
  executionsCommand,
  redriveCommand,
  approveCommand,
  denyCommand,
  replayCommand,
  demoCommand,
  localCommand,
  completionCommand,
];
