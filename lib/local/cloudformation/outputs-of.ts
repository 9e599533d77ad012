import { resolveText } from './intrinsics.ts';
import { propertiesOf } from './properties.ts';
import type { DeployedWhere } from './pseudo-parameters.ts';
import { stackOf } from './stack.ts';
import { readTemplate } from './template.ts';

const OUTPUT = { reads: ['Value', 'Condition'], keeps: ['Description', 'Export'] };

/** What a template's outputs come to, by name; those whose condition doesn't hold are left out. */
export function outputsOf(template: object, where: DeployedWhere): Readonly<Record<string, string>> {
  const read = readTemplate(template);
  const { names } = stackOf(read, where);
  const outputs = Object.entries(read.outputs).flatMap(([name, output]) => {
    const path = `Outputs.${name}`;
    const parts = propertiesOf(output, path, 'an output', OUTPUT);
    const condition = parts.optionalText('Condition');
    if (condition !== undefined && !names.holds(condition, path)) return [];
    return [[name, resolveText(parts.raw('Value'), `${path}.Value`, names)] as const];
  });
  return Object.fromEntries(outputs);
}
