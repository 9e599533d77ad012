import type { EntryRef } from '../../local/eks/access-entry.ts';
import { entryOf, type ExecutionReport, readExecutions } from './execution-report.ts';
import { isSame } from '../stage/entry-watch.ts';
import { narrateRebind } from './narrate-rebind.ts';
import { narrateRoleChanged } from './narrate-role-changed.ts';
import type { Stage } from '../stage/stage.ts';
import { merged, type Timeline } from './timeline.ts';

/** Tells, each time it is called, what the executions did since the last time. */
export interface ExecutionNarrator {
  catchUp(): Promise<readonly ExecutionReport[]>;
}

/** A narrator that adds its scenes to a timeline. */
export function narrateExecutions(stage: Stage, timeline: Timeline): ExecutionNarrator {
  const told = new Map<string, number>();
  const policiesOf = (entry: EntryRef) => stage.plan.entries.find((seed) => isSame(seed, entry))?.policies?.length ?? 0;

  function scenesOf(report: ExecutionReport) {
    return report.machine === 'role-changed'
      ? narrateRoleChanged(report)
      : narrateRebind(report, policiesOf(entryOf(report)));
  }

  return {
    async catchUp() {
      const reports = await readExecutions(stage);
      const fresh = reports.flatMap((report) => {
        const scenes = scenesOf(report);
        const known = told.get(report.arn) ?? 0;
        told.set(report.arn, scenes.length);
        return scenes.slice(known);
      });
      for (const scene of merged(fresh.toSorted((one, other) => one.at - other.at))) timeline.add(scene);
      return reports;
    },
  };
}
