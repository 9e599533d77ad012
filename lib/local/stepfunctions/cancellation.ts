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
    for (const tell of [...this.#onCancel]) tell();
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

  /** Waits for something, but no longer than until the work is called off. */
  until<T>(promise: Promise<T>): Promise<T> {
    if (this.#cancelled) {
      promise.catch(() => {});
      return Promise.reject(new CalledOff());
    }
    return new Promise<T>((resolve, reject) => {
      const onCancel = () => reject(new CalledOff());
      this.#onCancel.add(onCancel);
      promise.then(
        (value) => {
          this.#onCancel.delete(onCancel);
          resolve(value);
        },
        (error: unknown) => {
          this.#onCancel.delete(onCancel);
          reject(error);
        },
      );
    });
  }
}
