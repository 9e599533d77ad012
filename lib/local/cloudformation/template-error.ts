/** What a template can't be deployed for, with the place in it: `Resources.Ledger.Properties.Replicas`. */
class TemplateError extends Error {
  override readonly name = 'TemplateError';
  constructor(path: string, what: string) {
    super(`${path}: ${what}`);
  }
}

/** Ends the reading of a template at that place. */
export function refuse(path: string, what: string): never {
  throw new TemplateError(path, what);
}
