/** Thrown inside of a run that has been called off: nothing it does counts any more, so nobody catches it but the run's starter. */
export class CalledOff extends Error {
  override readonly name = 'CalledOff';
}

/** A tree of work that can be called off: a run, its branches, their branches. */
export class Cancellation {
  #cancelled = false;
  readonly #parent: Cancellation | undefined;
  readonly #onCancel = new Set<() => void>();

  constructor(parent?: Cancellation) {
    this.#parent = parent;
    if (parent?.cancelled) this.#cancelled = true;
    else if (parent) parent.#onCancel.add(this.cancel);
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Calls off this work and all under it. */
  readonly cancel = (): void => {
    if (this.#cancelled) return;
    this.#cancelled = true;
    this.release();
    for (const tell of this.#onCancel) tell();
    this.#onCancel.clear();
  };

  /** The work is over: its parent forgets it. */
  release(): void {
    if (this.#parent) this.#parent.#onCancel.delete(this.cancel);
  }

  /** Throws `CalledOff` if the work was called off. */
  check(): void {
    if (this.#cancelled) throw new CalledOff();
  }

  /** Acts as soon as the work is called off. */
  whenCancelled(act: () => void): void {
    if (this.#cancelled) act();
    else this.#onCancel.add(act);
  }

  /** Waits for something, but no longer than until the work is called off. */
  async until<T>(promise: Promise<T>): Promise<T> {
    const listener: { tell?: () => void } = {};
    const calledOff = new Promise<never>((_, reject) => {
      listener.tell = () => reject(new CalledOff());
      this.whenCancelled(listener.tell);
    });
    try {
      return await Promise.race([calledOff, promise]);
    } finally {
      if (listener.tell) this.#onCancel.delete(listener.tell);
    }
  }
}
