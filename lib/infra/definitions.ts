import { readFileSync } from 'node:fs';
import type { WorkflowName } from './service.ts';

/** The workflows' stems: of their files, and of their state machines' names. */
export const WORKFLOWS: Readonly<Record<WorkflowName, string>> = {
  roleChanged: 'role-changed',
  rebindEntry: 'rebind-entry',
  sweep: 'sweep',
};

/** The workflows' names, one by one. */
export const WORKFLOW_NAMES: readonly WorkflowName[] = ['roleChanged', 'rebindEntry', 'sweep'];

/** A workflow's definition as its file has it, placeholders (`${CheckRoleArn}`) and all. */
export function definitionOf(workflow: WorkflowName): object {
  const file = new URL(`../../statemachines/${WORKFLOWS[workflow]}.asl.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The placeholders that a definition holds, each once. */
export function placeholdersIn(definition: string): string[] {
  return [...new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name))];
}
