import { describe, expect, test } from 'vitest';
import type { Runtime } from '../../../../lib/runtime.ts';
import { createEntry, lambdaWorld } from './lambda-world.ts';

/** Makes three entries, one call each, with waits between them, and tries the others when one fails. */
async function makeThree(_event: unknown, _context: unknown, runtime: Runtime): Promise<string> {
  for (const number of [1, 2, 3]) {
    await runtime.clock.busy(() => createEntry(runtime, number)).catch(() => runtime.write('failed'));
    await runtime.clock.pause(1_000);
  }
  runtime.write('done');
  return 'done';
}

const unknown = (requestId: string) => ({
  name: 'Lambda.Unknown',
  cause:
    'The cause could not be determined because Lambda did not return an error type. Returned payload: ' +
    JSON.stringify({ errorMessage: `RequestId: ${requestId} Process exited before completing request` }),
});

describe('an invocation killed', () => {
  test.each([1, 2, 3])('before its call %i never makes that call, nor any later one', async (callNumber) => {
    const { run, aws, entries, wait, lines } = lambdaWorld({ make: makeThree });
    const kill = aws.lambda.killBeforeCall(callNumber);
    const { error, requestId } = await run('make');
    await wait(60_000);
    expect(error).toEqual(unknown(requestId));
    expect(entries()).toEqual(['1', '2', '3'].slice(0, callNumber - 1));
    expect(kill.count).toBe(1);
    expect(lines).toEqual([]);
  });

  test.each([1, 2, 3])('after its call %i has made that call and makes no later one', async (callNumber) => {
    const { run, aws, entries, wait, lines } = lambdaWorld({ make: makeThree });
    aws.lambda.killAfterCall(callNumber);
    const { error, requestId } = await run('make');
    await wait(60_000);
    expect(error).toEqual(unknown(requestId));
    expect(entries()).toEqual(['1', '2', '3'].slice(0, callNumber));
    expect(lines).toEqual([]);
  });

  test('never hears the answer of the call that it was killed after', async () => {
    const heard: string[] = [];
    const { run, aws, wait } = lambdaWorld({
      make: async (_event, _context, runtime) => {
        await createEntry(runtime, 1);
        heard.push('an answer');
      },
    });
    aws.lambda.killAfterCall(1);
    await run('make');
    await wait(1_000);
    expect(heard).toEqual([]);
  });

  test('stops all that it does at the same time, logging too, and is killed once', async () => {
    const { run, aws, entries, wait, lines } = lambdaWorld({
      make: async (_event, _context, runtime) => {
        const later = new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
        const logged = later.then(() => runtime.write('still here'));
        await Promise.all([createEntry(runtime, 1), createEntry(runtime, 2), logged]);
      },
    });
    const [first, second] = [aws.lambda.killBeforeCall(1), aws.lambda.killBeforeCall(2)];
    await run('make');
    await wait(1_000);
    expect(entries()).toEqual([]);
    expect([first.count, second.count]).toEqual([1, 0]);
    expect(lines).toEqual([]);
  });

  test('lets time go on, though its code hangs in a call', async () => {
    const { run, aws, wait, clock } = lambdaWorld({ make: makeThree });
    aws.lambda.killBeforeCall(2);
    await run('make');
    const before = clock.now();
    await wait(5_000);
    expect(clock.now() - before).toBe(5_000);
  });

  test('can be run again, and then is left alone', async () => {
    const { run, aws, entries } = lambdaWorld({ make: makeThree });
    aws.lambda.killAfterCall(2);
    await run('make');
    expect((await run('make')).payload).toBe('done');
    expect(entries()).toEqual(['1', '2', '3']);
  });
});

describe('a kill', () => {
  test('strikes the function and the event that were asked for', async () => {
    const { run, aws } = lambdaWorld({ make: makeThree, other: makeThree });
    const kill = aws.lambda.killBeforeCall(1, {
      functionName: 'make',
      when: (event) => JSON.stringify(event).includes('second'),
    });
    expect((await run('other', 'second')).error).toBeUndefined();
    expect((await run('make', 'first')).error).toBeUndefined();
    expect((await run('make', 'second')).error?.name).toBe('Lambda.Unknown');
    expect(kill.count).toBe(1);
  });

  test('strikes as often as was asked for, until it is lifted', async () => {
    const { run, aws } = lambdaWorld({ make: makeThree });
    const kill = aws.lambda.killBeforeCall(1, { times: 3 });
    const outcomes = [(await run('make')).error?.name, (await run('make')).error?.name];
    kill.lift();
    expect([...outcomes, (await run('make')).error?.name]).toEqual(['Lambda.Unknown', 'Lambda.Unknown', undefined]);
  });

  test('of a call that is never made does not strike', async () => {
    const { run, aws } = lambdaWorld({ make: makeThree });
    const kill = aws.lambda.killBeforeCall(4);
    expect((await run('make')).payload).toBe('done');
    expect(kill.count).toBe(0);
  });
});
