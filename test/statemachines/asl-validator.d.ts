/** The package's own types sit where its `exports` hide them. */
declare module 'asl-validator' {
  export default function validate(definition: unknown): { isValid: boolean; errors: readonly object[] };
}
