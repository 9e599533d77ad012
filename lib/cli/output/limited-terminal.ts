import type { GlobalOptions } from '../commands/command-definition.ts';
import type { Terminal } from '../io.ts';
import { visibleDocument } from './visible.ts';

const nothing = () => {};

/** Whatever is written, nothing in it drives the terminal but our own colours. */
export function safeTerminal(terminal: Terminal): Terminal {
  const { io, runtime } = terminal;
  const safe = (write: (line: string) => void) => (line: string) => write(visibleDocument(line, io.isTty));
  return {
    ...terminal,
    io: {
      ...io,
      stdout: safe(io.stdout),
      stderr: safe(io.stderr),
      error: safe(io.error),
      progress: safe(io.progress),
    },
    ask: (question) => terminal.ask(visibleDocument(question, io.isTty)),
    runtime: { ...runtime, write: safe(runtime.write) },
  };
}

/** A terminal as the global options want it. */
export function withGlobalOptions(terminal: Terminal, { color, quiet, debug }: GlobalOptions): Terminal {
  const { io, runtime } = terminal;
  return {
    ...terminal,
    io: {
      ...io,
      ...(quiet && { stderr: nothing, progress: nothing, isStderrTty: false }),
      isTty: io.isTty && color,
    },
    // Log lines are for whoever looks for the cause of an error.
    runtime: { ...runtime, write: debug ? runtime.write : nothing },
  };
}
