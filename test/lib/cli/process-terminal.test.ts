import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { processTerminal } from '../../../lib/cli/process-terminal.ts';

interface Process {
  /** Which of its streams are terminals. @default none */
  readonly terminals?: readonly ('stdin' | 'stdout' | 'stderr')[];
  readonly env?: Readonly<Record<string, string>>;
  /** @default 10 */
  readonly columns?: number;
}

const written = (stream: PassThrough): string => String(stream.read() ?? '');

function processWith({ terminals = [], env = {}, columns = 10 }: Process = {}) {
  const [stdin, stdout, stderr] = (['stdin', 'stdout', 'stderr'] as const).map((name) =>
    Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: terminals.includes(name), columns }),
  );
  if (!stdin || !stdout || !stderr) throw new Error('there are three');
  const signals = new EventEmitter();
  const host = { stdin, stdout, stderr, env, once: signals.once.bind(signals) };
  const terminal = processTerminal(host, () => 0.5);
  return { terminal, stdin, signals, stdout, stderr, out: () => written(stdout), err: () => written(stderr) };
}

const ALL = ['stdin', 'stdout', 'stderr'] as const;

describe('a terminal', () => {
  test.each([
    ['data', 'stdout', 'out'],
    ['notes', 'stderr', 'err'],
    ['errors', 'error', 'err'],
  ] as const)('writes %s to where they belong, a line each', (_, way, stream) => {
    const host = processWith();
    host.terminal.io[way]('line');
    expect({ out: host.out(), err: host.err() }).toEqual({ out: '', err: '', [stream]: 'line\n' });
  });

  test.each<[string, Process, boolean, boolean, boolean]>([
    ['where all are terminals', { terminals: ALL }, true, true, true],
    ['where NO_COLOR is set', { terminals: ALL, env: { NO_COLOR: '1' } }, false, true, true],
    ['where NO_COLOR is empty', { terminals: ALL, env: { NO_COLOR: '' } }, true, true, true],
    ['where stdout is a pipe', { terminals: ['stdin', 'stderr'] }, false, true, true],
    ['where stdin is a pipe', { terminals: ['stdout', 'stderr'] }, true, true, false],
    ['where stderr is a file', { terminals: ['stdin', 'stdout'] }, true, false, false],
    ['where there is none', {}, false, false, false],
  ])('knows what may be coloured, drawn and asked %s', (_, host, isTty, isStderrTty, isInteractive) => {
    const { terminal } = processWith(host);
    const { io } = terminal;
    expect({ isTty: io.isTty, isStderrTty: io.isStderrTty, isInteractive: terminal.isInteractive }).toEqual({
      isTty,
      isStderrTty,
      isInteractive,
    });
  });
});

describe('progress', () => {
  test('takes its own place, gives way to lines, and wraps never', () => {
    const { terminal, err } = processWith({ terminals: ALL });
    const { io } = terminal;
    io.progress('one');
    io.progress('twelve letters');
    io.stdout('data');
    io.stderr('note');
    expect(err()).toBe('one\r\u001B[Ktwelve le\r\u001B[Knote\n');
  });

  test('is whole where the terminal has no size', () => {
    const { terminal, err } = processWith({ terminals: ALL, columns: 0 });
    terminal.io.progress('twelve letters');
    expect(err()).toBe('twelve letters');
  });

  test('is gone when it is empty', () => {
    const { terminal, err } = processWith({ terminals: ALL });
    terminal.io.progress('one');
    terminal.io.progress('');
    terminal.io.stderr('note');
    expect(err()).toBe('one\r\u001B[Knote\n');
  });

  test('is nothing where stderr is no terminal', () => {
    const { terminal, err } = processWith({ terminals: ['stdin', 'stdout'] });
    terminal.io.progress('one');
    expect(err()).toBe('');
  });
});

describe('a person', () => {
  test('is asked on stderr, and answers one line', async () => {
    const { terminal, stdin, out, err } = processWith({ terminals: ALL });
    const answer = terminal.ask('Go on? ');
    stdin.write('yes\nmore\n');
    expect(await answer).toBe('yes');
    expect({ out: out(), err: err() }).toEqual({ out: '', err: 'Go on? ' });
  });

  test('who ends the input has answered nothing', async () => {
    const { terminal, stdin } = processWith({ terminals: ALL });
    const answer = terminal.ask('Go on? ');
    stdin.end();
    expect(await answer).toBe('');
  });
});

test('stdin is read to its end', async () => {
  const { terminal, stdin } = processWith();
  const read = terminal.readInput();
  stdin.write('one\n');
  stdin.end('two');
  expect(await read).toBe('one\ntwo');
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s is heard by who asks for it', async (signal) => {
  const { terminal, signals } = processWith();
  const stopped = terminal.untilSignal();
  signals.emit(signal, signal);
  expect(await stopped).toBe(signal);
});

test('whoever stops reading stops no command; another failure to write does', () => {
  const { stdout } = processWith();
  const broken = (code: string) => () => stdout.emit('error', Object.assign(new Error(code), { code }));
  expect(broken('EPIPE')).not.toThrow();
  expect(broken('EIO')).toThrow('EIO');
});
