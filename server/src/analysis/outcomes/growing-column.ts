type Column = Float64Array | Uint32Array | Int8Array;

const FIRST_CAPACITY = 1_024;

/** A typed column that grows at its end. */
export class GrowingColumn<Type extends Column> {
  readonly #create: (length: number) => Type;
  #values: Type;
  #length = 0;

  constructor(create: (length: number) => Type) {
    this.#create = create;
    this.#values = create(FIRST_CAPACITY);
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow();
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** What was pushed so far, a view: the column goes on growing elsewhere. */
  view(): Type {
    return this.#values.subarray(0, this.#length) as Type; // a view of the same type
  }

  #grow(): void {
    const larger = this.#create(this.#length * 2);
    larger.set(this.#values);
    this.#values = larger;
  }
}
