/** A compiled event pattern: whether an event matches it. */
export type EventPattern = (event: object) => boolean;
