import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFileLedger, openFileLedger } from '../../../../lib/cli/fix/file-ledger.ts';
import { newRecord } from '../../../../lib/core/update-record.ts';
import { ACCOUNT } from '../../aws/adapter-world.ts';
import { ledgerContract } from '../../aws/ledger-contract.ts';

const newPath = () => join(mkdtempSync(join(tmpdir(), 'eks-rebind-')), 'x.ledger.jsonl');
const recordOf = (clusterName: string) =>
  newRecord({
    accountId: ACCOUNT,
    region: 'eu-central-1',
    clusterName,
    principalArn: `arn:aws:iam::${ACCOUNT}:role/a`,
  });
const noNote = (line: string): never => expect.fail(`unexpected note: ${line}`);

ledgerContract('fileLedger', () => createFileLedger(newPath(), ACCOUNT));

/** A closed file with one record, written twice. */
async function written(): Promise<string> {
  const path = newPath();
  const ledger = createFileLedger(path, ACCOUNT);
  await ledger.write(recordOf('prod'), 0);
  await ledger.write({ ...recordOf('prod'), type: 'STANDARD' }, 1);
  ledger.close();
  return path;
}

describe('a ledger file', () => {
  test('is there again, with versions, when it is opened again', async () => {
    const path = await written();
    const ledger = openFileLedger(path, noNote);
    expect(ledger.accountId).toBe(ACCOUNT);
    expect(await ledger.read(recordOf('prod').entry)).toEqual({
      record: { ...recordOf('prod'), type: 'STANDARD' },
      version: 2,
    });
    expect(ledger.records()).toEqual([{ ...recordOf('prod'), type: 'STANDARD' }]);
    expect(await ledger.write(recordOf('prod'), 2)).toBe('written');
  });

  test('has each write on its own line before the call returns, and nobody else may read it', async () => {
    const path = newPath();
    const ledger = createFileLedger(path, ACCOUNT);
    const write = ledger.write(recordOf('prod'), 0);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(2);
    await write;
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('is never written over', async () => {
    const path = await written();
    expect(() => createFileLedger(path, ACCOUNT)).toThrow(/is there already; go on with it by fix --resume/);
    openFileLedger(path, noNote).close();
  });

  test('that is not there is named', () => {
    expect(() => openFileLedger('/nowhere/at/all', noNote)).toThrow(/there is no ledger file '\/nowhere\/at\/all'/);
  });

  test('loses a last line without its end, says so, and goes on after it', async () => {
    const path = await written();
    appendFileSync(path, '{"kind":"record","version":3,"rec');
    const notes: string[] = [];
    const ledger = openFileLedger(path, (line) => notes.push(line));
    expect(notes.join()).toMatch(/was cut short \(33 bytes\)/);
    expect(await ledger.write(recordOf('prod'), 2)).toBe('written');
    ledger.close();
    expect((await openFileLedger(path, noNote).read(recordOf('prod').entry))?.version).toBe(3);
  });

  test.each([
    ['no JSON', (lines: string[]) => [lines[0], '{"kind":', lines[2]], /line 2: it is not JSON/],
    ['a missing line', (lines: string[]) => [lines[0], lines[2]], /line 2: its version is 2, expected 1/],
    ['a line twice', (lines: string[]) => [...lines, lines[2]], /line 4: its version is 2, expected 3/],
    ['no head', (lines: string[]) => lines.slice(1), /line 1: it is not the head/],
    ['two heads', (lines: string[]) => [...lines, lines[0]], /line 4: it is the head of another/],
    ['nothing in it', () => [], /line 1: it is not the head/],
  ])('with %s is refused by line, and can be opened once it is put right', async (_, change, why) => {
    const path = await written();
    const was = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      change(was.trimEnd().split('\n'))
        .map((line) => `${line}\n`)
        .join(''),
    );
    expect(() => openFileLedger(path, noNote)).toThrow(why);
    expect(() => openFileLedger(path, noNote)).toThrow(expect.objectContaining({ name: 'LedgerUnreadable' }));
    writeFileSync(path, was);
    openFileLedger(path, noNote).close();
  });

  test('with bytes that are no text is refused', async () => {
    const path = await written();
    appendFileSync(path, Buffer.from([0xff, 0xfe, 0x0a]));
    expect(() => openFileLedger(path, noNote)).toThrow(/line 4: it is not JSON/);
  });

  test('takes no further write after one that failed', async () => {
    const ledger = createFileLedger(newPath(), ACCOUNT);
    ledger.close();
    await expect(ledger.write(recordOf('prod'), 0)).rejects.toMatchObject({ name: 'LedgerUnwritable' });
    expect(await ledger.read(recordOf('prod').entry)).toBeUndefined();
    await expect(ledger.write(recordOf('prod'), 0)).rejects.toMatchObject({ name: 'LedgerUnwritable' });
  });
});

describe('the lock of a ledger file', () => {
  test('keeps a second one out until the first lets go', async () => {
    const path = await written();
    const first = openFileLedger(path, noNote);
    expect(() => openFileLedger(path, noNote)).toThrow(`is in use by process ${process.pid} on ${hostname()}`);
    first.close();
    openFileLedger(path, noNote).close();
  });

  // Process ids are below 2^22 on Linux (proc(5), pid_max), below 100,000 on macOS.
  test('is taken over from a process that is gone', async () => {
    const path = await written();
    writeFileSync(`${path}.lock`, `99999999 ${hostname()}\n`);
    const ledger = openFileLedger(path, noNote);
    expect(readFileSync(`${path}.lock`, 'utf8')).toBe(`${process.pid} ${hostname()}\n`);
    ledger.close();
  });

  test.each([
    ['of another machine', '99999999 elsewhere\n'],
    ['that is not readable', ''],
  ])('is not taken over from one %s', async (_, lock) => {
    const path = await written();
    writeFileSync(`${path}.lock`, lock);
    expect(() => openFileLedger(path, noNote)).toThrow(/is in use/);
    rmSync(`${path}.lock`);
    openFileLedger(path, noNote).close();
  });

  test('is not taken over while another takes it over', async () => {
    const path = await written();
    writeFileSync(`${path}.lock`, `99999999 ${hostname()}\n`);
    writeFileSync(`${path}.lock.claim`, '');
    expect(() => openFileLedger(path, noNote)).toThrow(/another process is taking over/);
  });
});
