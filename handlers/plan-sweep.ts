import { planSweep, PlanSweepInput } from '../lib/core/plan-sweep.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Says which regions of which accounts are to be swept. */
export const step = defineStep({ name: 'PlanSweep', input: PlanSweepInput, uses: ['ownAccount'], run: planSweep });
export const handler = lambda(step);
