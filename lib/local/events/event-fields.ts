/** A value at the end of a path: what matchers look at. */
export type Leaf = string | number | boolean | null;

/** One leaf of an event. Arrays add nothing to its path; which element it lies in is kept for each array of objects around it. */
export interface Field {
  readonly leaf: Leaf;
  readonly elements: ReadonlyMap<number, number>;
}

/** An event's leaves by their paths, joined with dots as EventBridge does (aws/event-ruler, Event). */
export function fieldsOf(event: object): ReadonlyMap<string, readonly Field[]> {
  const fields = new Map<string, Field[]>();
  let arrays = 0;

  function add(value: unknown, path: string, elements: ReadonlyMap<number, number>): void {
    if (Array.isArray(value)) {
      const array = (arrays += 1);
      for (const [index, element] of value.entries()) {
        const isLeaf = typeof element !== 'object' || element === null;
        add(element, path, isLeaf ? elements : new Map([...elements, [array, index]]));
      }
      return;
    }
    if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) add(part, path === '' ? name : `${path}.${name}`, elements);
      return;
    }
    if (!isLeafValue(value)) return;
    const found = fields.get(path);
    if (found) found.push({ leaf: value, elements });
    else fields.set(path, [{ leaf: value, elements }]);
  }

  add(event, '', new Map());
  return fields;
}

const isLeafValue = (value: unknown): value is Leaf =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);
