import type { ValidateStateMachineDefinitionInput, ValidateStateMachineDefinitionOutput } from '@aws-sdk/client-sfn';
import { validateDefinition } from './validate-definition.ts';
import type { World } from './world.ts';

/** Tells what CreateStateMachine would refuse. */
export function validateStateMachineDefinition(
  input: ValidateStateMachineDefinitionInput,
  world: World,
): ValidateStateMachineDefinitionOutput {
  const checked = validateDefinition(input.definition ?? '', input.type ?? 'STANDARD', world.handedIn);
  const found = 'diagnostics' in checked ? checked.diagnostics : [];
  const { maxResults = 0 } = input;
  const most = maxResults || 100;
  const shown = found.slice(0, most).map(({ code, message, location }) => ({
    severity: 'ERROR' as const,
    code,
    message,
    ...(location === null ? {} : { location }),
  }));
  return { result: found.length > 0 ? 'FAIL' : 'OK', diagnostics: shown, truncated: found.length > most };
}
