import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwsFault } from '../../../../lib/local/call.ts';
import type { OperationModel } from '../../../../lib/local/protocol/service-model.ts';
import { serviceModels } from '../../../../lib/local/protocol/service-models.ts';
import { valueOf } from './arbitrary-value.ts';
import { createEcho, sdkClass } from './echo.ts';

const echo = createEcho();

/** Drops what isn't there, and the classes that the SDK wraps around strings and bytes. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return [...value];
  if (Object.prototype.toString.call(value) === '[object String]') return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(
    ([name, each]) => (each ?? undefined) !== undefined && name !== '$metadata',
  );
  return Object.fromEntries(members.map(([name, each]) => [name, plain(each)]));
}

// Calls without a signature: they tell neither key nor service, and aren't emulated.
const UNSIGNED = ['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];

const hasStream = (shape: OperationModel['input']) =>
  Object.values(shape.getMemberSchemas()).some((member) => member.isStreaming());
const isCarried = ({ name, input, output }: OperationModel) =>
  !UNSIGNED.includes(name) && !hasStream(input) && !hasStream(output);

const inputOf = ({ input }: OperationModel) => (input.isUnitSchema() ? fc.constant({}) : valueOf(input));
const outputOf = ({ output }: OperationModel) => (output.isUnitSchema() ? fc.constant({}) : valueOf(output));

for (const [service, { operations, errors }] of serviceModels) {
  describe(`the protocol of ${service}`, () => {
    const carried = [...operations.values()].filter(isCarried);

    test.each(carried.map((operation) => [operation.name, operation] as const))(
      'carries %s both ways',
      async (name, operation) => {
        const roundTrip = fc.asyncProperty(inputOf(operation), outputOf(operation), async (sent, answered) => {
          let received: unknown;
          echo.answer = (input: unknown) => {
            received = input;
            return Object.assign({}, answered);
          };
          const back = await echo.send(service, name, sent);
          expect(plain(received)).toEqual(plain(sent));
          expect(plain(back)).toMatchObject(Object.assign({}, plain(answered)));
        });
        await fc.assert(roundTrip, { numRuns: 6, seed: 7 });
      },
    );

    const [first] = carried;
    const modelled = [...new Set([...errors.values()].map(({ name }) => name))];

    test.each(modelled)('answers %s as the class the SDK has for it', async (name) => {
      echo.answer = () => {
        throw new AwsFault(name, 'a < b & "c"');
      };
      const [input] = first ? fc.sample(inputOf(first), { numRuns: 1, seed: 1 }) : [];
      const error: unknown = await echo.send(service, first?.name ?? '', input).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(sdkClass(service, name));
      expect(error).toMatchObject({
        name,
        message: 'a < b & "c"',
        $metadata: { httpStatusCode: errors.get(name)?.status, requestId: expect.stringMatching(/^[\da-f-]{36}$/) },
      });
    });
  });
}
