/** A pattern that EventBridge does not take; the message is EventBridge's reason. */
export class InvalidEventPattern extends Error {
  override readonly name = 'InvalidEventPattern';
}
