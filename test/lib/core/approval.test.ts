import { describe, expect, test } from 'vitest';
import { answerApproval } from '../../../lib/core/answer-approval.ts';
import { approvalNotification } from '../../../lib/core/approval-notification.ts';
import { askForApproval } from '../../../lib/core/ask-for-approval.ts';
import type { Question } from '../../../lib/core/ledger.ts';
import { noteDeletion } from '../../../lib/core/note-deletion.ts';
import { coveredBy, openQuestion } from '../../../lib/core/open-question.ts';
import { withCreator, withDeleter } from '../../../lib/core/principal-actors.ts';
import { rememberBound } from '../../../lib/core/rebound.ts';
import { isSamePerson } from '../../../lib/core/same-person.ts';
import { startRebinds } from '../../../lib/core/start-rebinds.ts';
import type { StartRebindsInput } from '../../../lib/core/start-rebinds.ts';
import type { RebindInput } from '../../../lib/core/ports.ts';
import { ADMIN, EDIT, fakeWorld, REF } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { advanceTo, changeJournal, recordOf, roleMadeAnew, runStep, said, startRebind } from './world/run-rebind.ts';

const APPROVERS = 'arn:aws:iam::111122223333:role/security/approvers';
const ANN = 'arn:aws:sts::111122223333:assumed-role/approvers/ann';

async function askedAbout() {
  const world = fakeWorld();
  Object.assign(world.bare.settings, { approvers: [APPROVERS], approvalSeconds: 3600 });
  Object.assign(world.ports.settings, { approvers: [APPROVERS], approvalSeconds: 3600 });
  world.putCluster();
  world.putRole('AROAOLD');
  world.tick(600);
  world.putEntry({}, [ADMIN]);
  await roleMadeAnew(world);
  return { world, input: await startRebind(world) };
}

const inspect = (world: FakeWorld, input: RebindInput, round = 0) => runStep(world, 'InspectEntry', { input, round });

async function ask(world: FakeWorld, { entry, incarnation, generation, cause }: RebindInput, taskToken = 'token-1') {
  const { journal } = await recordOf(world);
  const key = { entry, generation, holder: journal?.holder ?? '' };
  return askForApproval(
    { schemaVersion: 1, journal: key, incarnation, cause, now: world.tick(30), taskToken },
    world.bare,
  );
}

async function questionOf(world: FakeWorld): Promise<Question> {
  const { asked } = await recordOf(world);
  const stored = await world.bare.ledger.readQuestion(asked.at(-1)?.questionId ?? '');
  if (!stored) throw new Error('nobody was asked');
  return stored.question;
}

interface Sent {
  readonly answer?: 'approve' | 'deny';
  readonly by?: string;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

async function answer(world: FakeWorld, { answer: verdict = 'approve', by = ANN, body, isBase64Encoded }: Sent = {}) {
  const question = body === undefined ? (await questionOf(world)).id : '';
  const event = {
    requestContext: { timeEpoch: Date.parse(world.tick(60)), authorizer: { iam: { userArn: by } } },
    body: body ?? JSON.stringify({ schemaVersion: 1, question, answer: verdict }),
    ...(isBase64Encoded !== undefined && { isBase64Encoded }),
  };
  return (await answerApproval(event, world.bare)).statusCode;
}

describe('InspectEntry, where somebody may answer', () => {
  test('asks, with what would be granted in the journal', async () => {
    const { world, input } = await askedAbout();
    expect(await inspect(world, input)).toEqual({ schemaVersion: 1, next: 'ask', approvalSeconds: 3600 });
    expect(await recordOf(world)).toMatchObject({
      asked: [{ principalId: 'AROANEW', rules: ['AdminPolicy'], why: [expect.any(String)] }],
      journal: { phase: 'planned', snapshot: { policies: [ADMIN] } },
    });
  });

  test('asks again with the time that is left, also beyond the rounds', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await ask(world, input);
    world.tick(1000);
    expect(await inspect(world, input, 5)).toMatchObject({
      next: 'ask',
      approvalSeconds: expect.toSatisfy((left) => left < 2700),
    });
  });

  test('goes on once it was approved, and the outcome of the guard says by whom', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await ask(world, input);
    expect(await answer(world)).toBe(200);
    expect(said(await inspect(world, input))).toBe('continue');
    expect((await recordOf(world)).journal?.allowedBy?.[0]).toMatchObject({
      rule: 'Approved',
      evidence: { approvedBy: ANN },
    });
    for (const step of ['Preflight', 'DeleteEntry', 'CreateEntry', 'AssociatePolicies'] as const) {
      expect(said(await runStep(world, step, { input }))).toBe('continue');
    }
    expect(said(await runStep(world, 'VerifyEntry', { input }))).toBe('Rebound Approved');
  });

  test('is not let through any more once nobody may approve', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await ask(world, input);
    await answer(world, { answer: 'approve' });
    Object.assign(world.ports.settings, { approvers: [] });
    expect(said(await inspect(world, input))).toBe('NeedsApproval AdminPolicy');
  });

  test('ends as Denied once it was denied', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await ask(world, input);
    await answer(world, { answer: 'deny' });
    const result = await inspect(world, input);
    expect(said(result)).toBe('Denied AskedBefore');
    expect(JSON.stringify(result)).toContain('AnsweredNo');
  });

  test('ends as Unanswered when the time is over', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await ask(world, input);
    world.tick(4000);
    expect(said(await inspect(world, input))).toBe('Unanswered AdminPolicy');
  });

  test('of an entry that is past its delete asks as well, and the journal stays open when it is denied', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await ask(world, input);
    await answer(world);
    await inspect(world, input);
    await advanceTo(world, 'CreateEntry', input);
    world.tick(4000);
    expect(said(await runStep(world, 'CreateEntry', { input }))).toBe('inspect-again');
    expect(said(await inspect(world, input))).toBe('ask');
    await ask(world, input, 'token-2');
    await answer(world, { answer: 'deny' });
    expect(said(await inspect(world, input))).toBe('Denied ResumedDelete');
    expect((await recordOf(world)).journal?.phase).toBe('deleting');
  });

  test('loses its lease like any other', async () => {
    const { world, input } = await askedAbout();
    await changeJournal(world, { generation: 9 });
    expect(said(await inspect(world, input))).toBe('Superseded LeaseLost');
  });
});

describe('AskForApproval', () => {
  test('keeps the token in the ledger and tells people once', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    expect(await ask(world, input)).toEqual({ schemaVersion: 1, status: 'asked' });
    await ask(world, input, 'token-2');
    expect((await recordOf(world)).waiting).toMatchObject({ taskToken: 'token-2' });
    expect(world.notified).toHaveLength(1);
    expect(JSON.stringify(world.notified)).not.toContain('token-');
  });

  test.each([
    ['lost its lease', { generation: 9 }],
    [
      'has another incarnation',
      { incarnation: { principalArn: 'a', principalId: 'AROAX', createdAt: '2026-01-01T00:00:00Z' } },
    ],
  ])('has nothing to wait for where the execution %s', async (_what, changes) => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await changeJournal(world, changes);
    await expect(ask(world, input)).rejects.toMatchObject({ name: 'AlreadyAnswered' });
  });

  test('has nothing to wait for where nothing is asked', async () => {
    const { world, input } = await askedAbout();
    await expect(ask(world, input)).rejects.toMatchObject({ name: 'AlreadyAnswered' });
  });

  test('finds an answer that came before it could wait, and waits for nothing', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await ask(world, input);
    await answer(world);
    await expect(ask(world, input, 'token-2')).rejects.toMatchObject({ name: 'AlreadyAnswered' });
    expect((await recordOf(world)).waiting).toBeUndefined();
  });

  test('loses its lease while it tells people', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    world.bare.notifications.notify = () => changeJournal(world, { generation: 9 });
    await expect(ask(world, input)).rejects.toMatchObject({ name: 'AlreadyAnswered' });
  });

  test('asks no more than twenty questions about one incarnation', async () => {
    const { world, input } = await askedAbout();
    const { incarnation } = input;
    const principal = { partition: 'aws', accountId: REF.accountId, kind: 'role', name: 'readers' } as const;
    const times = { askedAt: world.world.now, expiresAt: world.world.now };
    const toAsk = (digest: string) =>
      openQuestion({ principal, incarnation, digest, records: [], ...times }, world.bare.ledger);
    for (let n = 1; n <= 20; n += 1) await toAsk(`digest ${n}`);
    await expect(toAsk('digest 21')).rejects.toMatchObject({ name: 'LedgerContended' });
  });
});

/** A question that people were sent, and an execution that waits for the answer. */
async function waiting() {
  const { world, input } = await askedAbout();
  await inspect(world, input);
  await ask(world, input);
  return { world, input };
}

describe('AnswerApproval', () => {
  test('ends the wait, forgets the token, and may be told again', async () => {
    const { world } = await waiting();
    expect(await answer(world)).toBe(200);
    expect(await answer(world)).toBe(200);
    expect(world.answered).toEqual([{ taskToken: 'token-1', output: { answer: 'approved' } }]);
    expect((await recordOf(world)).waiting).toBeUndefined();
    expect((await questionOf(world)).answers).toMatchObject([{ verdict: 'approved', by: ANN }]);
  });

  test('takes a yes after a no, and no no after a yes', async () => {
    const { world } = await waiting();
    const deny = { answer: 'deny' } as const;
    expect([
      await answer(world, deny),
      await answer(world, deny),
      await answer(world),
      await answer(world, deny),
    ]).toEqual([200, 200, 200, 409]);
  });

  test.each([
    ['no JSON', 'approve', false],
    ['another shape', '{"schemaVersion":1}', false],
    ['no base64', '!!', true],
  ])('says what it expects of %s', async (_what, body, isBase64Encoded) => {
    const { world } = await waiting();
    expect(await answer(world, { body, isBase64Encoded })).toBe(400);
  });

  test('says what it expects where there is no body', async () => {
    const { world } = await waiting();
    const requestContext = { timeEpoch: 0, authorizer: { iam: { userArn: ANN } } };
    expect((await answerApproval({ requestContext }, world.bare)).statusCode).toBe(400);
  });

  test('reads a body in base64', async () => {
    const { world } = await waiting();
    const { id } = await questionOf(world);
    const body = btoa(JSON.stringify({ schemaVersion: 1, question: id, answer: 'approve' }));
    expect(await answer(world, { body, isBase64Encoded: true })).toBe(200);
  });

  test('refuses whom it does not know, and knows no other question', async () => {
    const { world } = await waiting();
    expect((await answerApproval({}, world.bare)).statusCode).toBe(403);
    expect(await answer(world, { by: 'arn:aws:iam::111122223333:user/eve' })).toBe(403);
    const body = JSON.stringify({ schemaVersion: 1, question: 'f'.repeat(24), answer: 'approve' });
    expect(await answer(world, { body })).toBe(404);
    expect(world.answered).toEqual([]);
  });

  test('refuses whoever made the role, whatever session they come in', async () => {
    const { world } = await waiting();
    const stored = await world.bare.ledger.read(REF);
    if (!stored) throw new Error('no record');
    const actors = [{ did: 'created', actorArn: ANN.replace('/ann', '/other'), at: world.world.now }] as const;
    await world.bare.ledger.write({ ...stored.record, actors }, stored.version);
    expect(await answer(world)).toBe(403);
    expect((await questionOf(world)).answers).toEqual([]);
  });

  test('takes an approver that is listed as a session for that session alone', async () => {
    const { world } = await waiting();
    Object.assign(world.bare.settings, { approvers: [ANN] });
    expect(await answer(world, { by: ANN.replace('/ann', '/bob') })).toBe(403);
    expect(await answer(world)).toBe(200);
  });

  test('forgets only the token that it ended', async () => {
    const { world, input } = await waiting();
    world.bare.taskTokens.succeed = async () => {
      const stored = await world.bare.ledger.read(REF);
      const was = stored?.record.waiting;
      if (stored && was)
        await world.bare.ledger.write({ ...stored.record, waiting: { ...was, taskToken: 'new' } }, stored.version);
      return 'sent';
    };
    await answer(world);
    expect((await recordOf(world)).waiting?.taskToken).toBe('new');
    expect(input.generation).toBe(1);
  });

  test('gives up by name where others answer all the time', async () => {
    const { world } = await waiting();
    world.bare.ledger.writeQuestion = async () => 'conflict';
    await expect(answer(world)).rejects.toMatchObject({ name: 'LedgerContended' });
  });
});

describe('what people are sent', () => {
  const question: Question = {
    schemaVersion: 1,
    id: 'a'.repeat(24),
    principal: { partition: 'aws', accountId: REF.accountId, kind: 'role', name: 'r\u00e9' + 'x'.repeat(120) },
    incarnation: { principalArn: REF.principalArn, principalId: 'AROANEW', createdAt: '2026-01-01T00:00:00Z' },
    digests: [],
    askedAt: '2026-01-01T00:00:00Z',
    expiresAt: '2026-01-02T00:00:00Z',
    answers: [],
  };
  const record = { schemaVersion: 1, entry: REF, knownPrincipalIds: [], asked: [] } as const;

  test('has a subject that SNS takes, and lines that nobody else can write', () => {
    const entry = { ...REF, clusterName: 'prod\nTo approve: curl evil\u202e' };
    const { subject, message } = approvalNotification({
      question,
      records: [{ ...record, entry }],
      living: undefined,
      settings: { approvers: [`${APPROVERS}${'y'.repeat(2000)}`] },
      answerUrl: 'http://127.0.0.1:4566/answer',
    });
    expect(subject).toMatch(/^[ -~]{1,100}$/);
    expect(message).toContain('prod\\u{a}To approve: curl evil\\u{202e}');
    expect(message).toContain('no event told');
    expect(Math.max(...message.split('\n').map((line) => line.length))).toBeLessThan(1100);
  });

  test('stays within what SNS takes, and says how many entries it left out', () => {
    const records = Array.from({ length: 130 }, () => record);
    const settings = { approvers: [APPROVERS] };
    const answerUrl = 'http://127.0.0.1:4566/answer';
    const { message } = approvalNotification({ question, records, living: undefined, settings, answerUrl });
    expect(message).toContain('and 30 more entries');
    expect(message).toContain('aws:amz:us-east-1:lambda');
    expect(message.length).toBeLessThan(256 * 1024);
  });

  test('tells of namespaces, groups and the permissions boundary', async () => {
    const { world, input } = await askedAbout();
    world.changeEntry({ kubernetesGroups: ['readers', 'writers'] }, [ADMIN, EDIT]);
    const { principals } = world;
    for (const [key, reading] of principals)
      principals.set(key, { ...reading, permissionsBoundaryArn: 'arn:boundary' });
    await inspect(world, input);
    await ask(world, input);
    const { message } = world.notified[0] ?? { message: '' };
    for (const part of ['groups: readers, writers', 'boundary: arn:boundary', 'in namespaces '])
      expect(message).toContain(part);
  });

  test('tells which account the cluster is in: another may have one of the same name', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await ask(world, input);
    expect(world.notified[0]?.message).toContain('- cluster orders in eu-central-1 of account 111122223333, type');
  });
});

describe('holes that are mended', () => {
  test('an unfinished entry of ours that came back unnoticed is finished once it was approved', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await ask(world, input);
    await answer(world);
    await inspect(world, input);
    await advanceTo(world, 'AssociatePolicies', input);
    await changeJournal(world, { phase: 'deleting', newEntryArn: 'arn:unknown' });
    expect(said(await inspect(world, input))).toBe('continue');
    expect((await recordOf(world)).journal).toMatchObject({
      phase: 'created',
      newEntryArn: world.standing()?.entry.entryArn,
    });
  });

  test('a new entry that a lost delete may have struck is asked about, not given up', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await ask(world, input);
    await answer(world);
    await inspect(world, input);
    await advanceTo(world, 'VerifyEntry', input);
    await changeJournal(world, { unclearSince: world.world.now, unexpectedSince: world.world.now });
    world.removeEntry();
    world.tick(600);
    expect(said(await runStep(world, 'VerifyEntry', { input }))).toBe('inspect-again');
    expect(said(await inspect(world, input))).toBe('ask');
  });

  test('what was removed as orphaned needs no finishing: a no closes its journal', async () => {
    const { world, input } = await askedAbout();
    await inspect(world, input);
    await ask(world, input);
    await answer(world);
    await inspect(world, input);
    await advanceTo(world, 'CreateEntry', input);
    await changeJournal(world, { isRemoval: true, doubt: 'it was removed as orphaned' });
    expect(said(await inspect(world, input))).toBe('ask');
    await ask(world, input, 'token-2');
    await answer(world, { answer: 'deny' });
    expect(said(await inspect(world, input))).toBe('Denied ResumedDelete');
    expect((await recordOf(world)).journal?.phase).toBe('closed');
  });
});

/** Another execution takes the entry over just before the write of that number. */
function loseLease(world: FakeWorld, atWrite = 1): void {
  const { ledger } = world.bare;
  const write = ledger.write.bind(ledger);
  let writes = 0;
  ledger.write = async (record, expected) => {
    writes += 1;
    if (writes !== atWrite) return write(record, expected);
    ledger.write = write;
    await changeJournal(world, { generation: 9 });
    return write(record, expected);
  };
}

describe('a lease that is lost in the very moment', () => {
  test('of what is to be asked ends as Superseded', async () => {
    const { world, input } = await askedAbout();
    loseLease(world);
    expect(said(await inspect(world, input))).toBe('Superseded LeaseLost');
  });

  test('of an entry that came back unnoticed, or was struck, ends as Superseded', async () => {
    const { world, input } = await approved();
    await advanceTo(world, 'VerifyEntry', input);
    const { world: other, input: otherInput } = await approved();
    await advanceTo(other, 'AssociatePolicies', otherInput);
    await changeJournal(other, { phase: 'deleting' });
    loseLease(other);
    expect(said(await inspect(other, otherInput))).toBe('Superseded LeaseLost');

    await changeJournal(world, { unclearSince: world.world.now, unexpectedSince: world.world.now });
    world.removeEntry();
    world.tick(600);
    loseLease(world);
    expect(said(await runStep(world, 'VerifyEntry', { input }))).toBe('Superseded LeaseLost');
  });

  test('of a delete whose answer was lost ends as Superseded', async () => {
    const { world, input } = await approved();
    await advanceTo(world, 'DeleteEntry', input);
    world.bare.entryDeletion.delete = async () => 'unclear';
    loseLease(world, 2);
    expect(said(await runStep(world, 'DeleteEntry', { input }))).toBe('Superseded LeaseLost');
  });
});

async function approved() {
  const { world, input } = await waiting();
  await answer(world);
  await inspect(world, input);
  return { world, input };
}

test('a question that can no longer be read is waited for, and not answered', async () => {
  const { world, input } = await waiting();
  const readQuestion = world.bare.ledger.readQuestion.bind(world.bare.ledger);
  let reads = 0;
  const once = async (id: string) => ((reads += 1) === 1 ? readQuestion(id) : undefined);
  world.bare.ledger.readQuestion = once;
  expect(await ask(world, input)).toMatchObject({ status: 'asked' });
  world.bare.ledger.readQuestion = readQuestion;
  const body = JSON.stringify({ schemaVersion: 1, question: (await questionOf(world)).id, answer: 'approve' });
  reads = 0;
  world.bare.ledger.readQuestion = once;
  await expect(answer(world, { body })).rejects.toMatchObject({ name: 'LedgerContended' });
});

describe('who made and deleted a principal', () => {
  const record = { schemaVersion: 1, entry: REF, knownPrincipalIds: [], asked: [] } as const;
  const at = '2026-01-01T00:00:00Z';

  test('is remembered once, by the event that told', () => {
    const cause = { kind: 'event', eventName: 'CreateRole', actorArn: ANN } as const;
    const created = withCreator(record, cause, at);
    expect(withCreator(created, { ...cause, eventTime: at }, 'later')).toBe(created);
    expect(withDeleter(created, { kind: 'event', actorArn: APPROVERS }, at).actors).toEqual([
      { did: 'created', actorArn: ANN, at },
      { did: 'deleted', actorArn: APPROVERS, at },
    ]);
  });

  test('is unknown where no event tells', () => {
    expect(withCreator(record, { kind: 'event', eventName: 'CreateUser' }, at)).toBe(record);
    expect(withCreator(record, { kind: 'sweep', actorArn: ANN }, at)).toBe(record);
    expect(withDeleter(record, undefined, at)).toBe(record);
  });

  test('is told to whoever is asked', async () => {
    const { world, input } = await askedAbout();
    const stored = await world.bare.ledger.read(REF);
    if (stored)
      await world.bare.ledger.write(withDeleter(stored.record, { kind: 'event', actorArn: ANN }, at), stored.version);
    await inspect(world, input);
    await ask(world, input);
    expect(world.notified[0]?.message).toContain(`- deleted by ${ANN} at ${at}`);
  });

  test('counts for a deletion that was noted before as well', async () => {
    const { world } = await askedAbout();
    const principal = { partition: 'aws', accountId: REF.accountId, kind: 'role', name: 'readers' } as const;
    const told = { schemaVersion: 1, principal, eventTime: at } as const;
    await noteDeletion(told, world.bare);
    await noteDeletion({ ...told, cause: { kind: 'event', actorArn: ANN } }, world.bare);
    expect((await recordOf(world)).actors).toMatchObject([{ did: 'deleted', actorArn: ANN }]);
  });
});

test('a question covers what is asked, and persons are told apart by their ARNs', () => {
  const record = { schemaVersion: 1, entry: REF, knownPrincipalIds: [], asked: [] } as const;
  expect(coveredBy({ digests: ['one'] }, [record])).toEqual([]);
  expect(isSamePerson('arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root')).toBe(true);
  expect(isSamePerson('arn:aws:iam::111122223333:user/approvers', ANN)).toBe(false);
  expect(isSamePerson(APPROVERS, ANN)).toBe(true);
});

test.each([['Denied'], [undefined]])('a rebind that ends as %s while one looks is done', async (outcome) => {
  const { world, input } = await askedAbout();
  world.bare.rebinds.describe = async () => {
    await changeJournal(world, { phase: 'closed' });
    return { status: 'SUCCEEDED', ...(outcome !== undefined && { outcome }) };
  };
  const { entry, incarnation, cause } = input;
  const again: StartRebindsInput = {
    schemaVersion: 1,
    entries: [entry],
    incarnation,
    cause,
    executionArn: 'arn:x',
    now: world.tick(1),
  };
  expect((await startRebinds(again, world.bare)).rebinds).toEqual([
    { entry, executionArn: expect.any(String), status: 'done', ...(outcome !== undefined && { outcome }) },
  ]);
});

test('who ended the earlier incarnation and made this one is remembered after the rebind; who made the earlier one is not', async () => {
  const { world } = await askedAbout();
  const entry = world.standing()?.entry;
  const principal = [...world.principals.values()][0];
  const earlier = (await recordOf(world)).bound?.createdAt;
  if (!entry || !principal || earlier === undefined) throw new Error('nothing stands');
  const seen = { entry, principal, trust: { fingerprint: 'f' }, now: world.world.now };
  const maker = { did: 'created', actorArn: ANN, at: earlier } as const;
  const deleter = { did: 'deleted', actorArn: ANN, at: world.world.now } as const;
  const rebound = rememberBound({ ...(await recordOf(world)), actors: [maker, deleter] }, seen);
  expect(rebound.actors).toEqual([deleter]);
  expect(rememberBound({ ...rebound, actors: [maker, deleter] }, seen).actors).toEqual([maker, deleter]);
});
