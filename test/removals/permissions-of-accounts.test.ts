import { expect, test } from 'vitest';
import type { Template } from '../../lib/infra/synthesize.ts';
import { MEMBER, memberTemplate, STRANGER } from '../accounts/accounts-world.ts';
import { tour, tourWithOutage } from '../accounts/member-tour.ts';
import { permissionsOf, type TemplatePermission } from '../template/permissions-of.ts';

// What two accounts need to work together is taken away in turn, at the hub and in the member. What the member's role may do
// there is taken away in test/accounts/permissions.test.ts.

const DEAD_LETTERS = `arn:aws:sqs:us-east-1:${MEMBER}:eks-rebind-member-dead-letters`;

type Options = NonNullable<Parameters<typeof tour>[0]>;

/** What is to be seen of a tour from outside, undelivered events too; an error where it had none. */
async function seen(play: typeof tour, options: Options = {}): Promise<string> {
  try {
    const { world, signs } = await play(options);
    return JSON.stringify([signs, world.aws.sqs.messagesIn(DEAD_LETTERS).map(({ body }) => body)]);
  } catch (error) {
    return String(error);
  }
}

let hub: Template = { Resources: {} };
const whole = await seen(tour, { changeHub: (template) => (hub = template) });
const wholeWithOutage = await seen(tourWithOutage);

/** The hub's template with a bus that lets in another account than the member. */
const withoutBusPolicy = ({ Resources, ...rest }: Template): Template => ({
  ...rest,
  Resources: Object.fromEntries(
    Object.entries(Resources).map(([id, resource]) => [
      id,
      resource.Type === 'AWS::Events::EventBusPolicy'
        ? { ...resource, Properties: JSON.parse(JSON.stringify(resource.Properties).replaceAll(MEMBER, STRANGER)) }
        : resource,
    ]),
  ),
});

const wholeUndelivered = await seen(tour, { changeHub: withoutBusPolicy });

// Who may become a role stands in its trust's only statement; which roles it may become itself stands later among its own.
const becomesMember = permissionsOf(hub).filter(({ title }) => /^Allow sts:AssumeRole \(statement [1-9]/.test(title));

test('functions of the hub may become the role in the member, and no state machine or rule', () => {
  expect(becomesMember.length).toBeGreaterThan(5);
  const types = becomesMember.map(({ holder }) => JSON.stringify(hub.Resources[holder]?.Properties));
  expect(types.filter((properties) => !properties.includes('lambda.amazonaws.com'))).toEqual([]);
});

const titled = (permissions: readonly TemplatePermission[]) =>
  permissions.map((permission) => [permission.title, permission] as const);

test.each(titled(becomesMember))('at the hub, without %s something goes another way', async (_, { without }) => {
  const missed =
    (await seen(tour, { changeHub: without })) !== whole ||
    (await seen(tourWithOutage, { changeHub: without })) !== wholeWithOutage;
  expect(missed).toBe(true);
});

test("at the hub, without its bus's policy nothing is delivered", () => {
  expect(wholeUndelivered).not.toBe(whole);
  expect(wholeUndelivered).toContain('CreateRole');
});

const isOfMemberRole = (holder: string) => holder.startsWith('EksRebindMemberMemberRole');
const ofMember = permissionsOf(memberTemplate(MEMBER)).filter(
  ({ effect, holder, title }) => effect === 'Allow' && !(isOfMemberRole(holder) && !title.includes('sts:AssumeRole')),
);

test('in a member there are its role’s trust, the rule’s role, and the queue’s policy', () => {
  expect(ofMember.map(({ action }) => action).toSorted()).toEqual([
    'events:PutEvents',
    'sqs:SendMessage',
    'sts:AssumeRole',
    'sts:AssumeRole',
  ]);
});

test.each(titled(ofMember))('in a member, without %s something goes another way', async (_, { without }) => {
  const missed =
    (await seen(tour, { changeMember: without })) !== whole ||
    (await seen(tour, { changeMember: without, changeHub: withoutBusPolicy })) !== wholeUndelivered;
  expect(missed).toBe(true);
});
