import { AwsFault } from '../call.ts';

/** One thing that is wrong with a definition, in the form of ValidateStateMachineDefinition. */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  /** A path into the definition; `null` where none applies. */
  readonly location: string | null;
}

/** Collects what is wrong with a definition. */
export class Diagnostics {
  readonly found: Diagnostic[] = [];

  /** Notes a breach of the States Language's shape. */
  schema(message: string, location: string): void {
    this.add('SCHEMA_VALIDATION_FAILED', message, location);
  }

  add(code: string, message: string, location: string | null): void {
    this.found.push({ code, message, location });
  }
}

/** The fault of CreateStateMachine and UpdateStateMachine for such a definition (recorded form). */
export function invalidDefinition(diagnostics: readonly Diagnostic[]): AwsFault {
  const all = diagnostics.map(({ code, message, location }) => `${code}: ${message} at ${location}`).join(', ');
  return new AwsFault('InvalidDefinition', `Invalid State Machine Definition: '${all}'`);
}
