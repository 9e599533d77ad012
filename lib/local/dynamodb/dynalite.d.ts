// dynalite ships no types. Declared is what is used here: its store and its operations, without its HTTP server and its timers.

declare module 'dynalite/db/index.js' {
  const db: {
    create(options: object): {
      readonly tableDb: { put(name: string, table: object, done: (error: unknown) => void): void };
    };
  };
  export default db;
}

declare module 'dynalite/actions/*.js' {
  const action: (store: object, input: object, done: (error: unknown, output?: object) => void) => void;
  export default action;
}

declare module 'dynalite/validations/*.js' {
  const validation: {
    readonly types: Readonly<Record<string, unknown>>;
    readonly custom?: unknown;
  };
  export default validation;
}

declare module 'dynalite/validations/index.js' {
  const validations: {
    checkTypes(input: object, types: object): object;
    checkValidations(input: object, types: object, custom: unknown, store: object): void;
  };
  export default validations;
}
