import { planSweep, PlanSweepInput } from '../lib/core/plan-sweep.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Says which regions are to be swept. */
export const step = defineStep({ name: 'PlanSweep', input: PlanSweepInput, uses: [], run: planSweep });
export const handler = lambda(step);
