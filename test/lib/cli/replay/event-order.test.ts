import { describe, expect, test } from 'vitest';
import { byAccount, inOrderOfTime } from '../../../../lib/cli/replay/event-order.ts';
import { readRecord, type RecordedChange } from '../../../../lib/cli/replay/recorded-change.ts';
import { createRole, deleteRole } from '../records.ts';

const time = (second: number) => `2024-05-01T10:00:${String(second).padStart(2, '0')}Z`;

const changes = (...records: object[]): RecordedChange[] =>
  records
    .map((record) => readRecord({ record: { ...record }, place: 'here' }))
    .filter((read): read is RecordedChange => 'filed' in read);

/** `:05 CreateRole`, `:04 vanishes`, in brackets what changes nothing. */
const story = (...records: object[]) =>
  inOrderOfTime(changes(...records)).map((happening) => {
    const second = new Date(happening.at).toISOString().slice(16, 19);
    if (happening.kind === 'vanishes') return `${second} vanishes`;
    const { eventName } = happening.change;
    return `${second} ${happening.takesEffect ? eventName : `(${eventName})`}`;
  });

const made = (second: number, more = {}) => createRole({ at: time(second), ...more });
const gone = (second: number, more = {}) => deleteRole({ at: time(second), ...more });

describe('the order in which records happen', () => {
  test('is that of their times, not of the file', () => {
    expect(story(made(30), gone(10))).toEqual([':10 DeleteRole', ':30 CreateRole']);
  });

  test('has the earlier role vanish a second before the first record that makes it', () => {
    expect(story(made(30), gone(40), made(50))).toEqual([
      ':29 vanishes',
      ':30 CreateRole',
      ':40 DeleteRole',
      ':50 CreateRole',
    ]);
  });

  test('lets a first DeleteRole delete the earlier role', () => {
    expect(story(gone(10))).toEqual([':10 DeleteRole']);
  });

  test('keeps a file’s order within a second where it can have been so', () => {
    expect(story(gone(10), made(10))).toEqual([':10 DeleteRole', ':10 CreateRole']);
    expect(story(made(10), gone(10))).toEqual([':09 vanishes', ':10 CreateRole', ':10 DeleteRole']);
  });

  test('turns it round within a second where it can’t have been so', () => {
    const first = made(5);
    expect(story(first, made(10), gone(10))).toEqual([
      ':04 vanishes',
      ':05 CreateRole',
      ':10 DeleteRole',
      ':10 CreateRole',
    ]);
  });

  test('lets a record that stands there twice happen once', () => {
    const twice = made(10);
    expect(story(twice, twice, gone(20))).toEqual([
      ':09 vanishes',
      ':10 CreateRole',
      ':10 (CreateRole)',
      ':20 DeleteRole',
    ]);
  });

  test('knows a doubled record without an eventID by what it says', () => {
    const twice = { ...gone(10), eventID: undefined };
    expect(story(twice, twice)).toEqual([':10 DeleteRole', ':10 (DeleteRole)']);
  });

  test('lets a failed call change nothing, and it makes no earlier role vanish', () => {
    const failed = made(10, { more: { errorCode: 'EntityAlreadyExistsException', responseElements: null } });
    expect(story(failed, gone(20))).toEqual([':10 (CreateRole)', ':20 DeleteRole']);
  });

  test('takes names that differ in case as one role’s', () => {
    expect(story(gone(10, { name: 'Worker' }), made(20, { name: 'worker' }))).toEqual([
      ':10 DeleteRole',
      ':20 CreateRole',
    ]);
  });

  test('keeps accounts apart, the one that begins first first', () => {
    const records = changes(made(20), made(10, { accountId: '777788889999' }), gone(30));
    expect(byAccount(records).map((own) => own.map(({ accountId }) => accountId))).toEqual([
      ['777788889999'],
      ['444455556666', '444455556666'],
    ]);
  });
});
