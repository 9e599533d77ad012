import type { Stage } from '../stage/stage.ts';
import type { StoryClock } from './story-clock.ts';
import { STORY_APPROVERS } from './story-world.ts';

const LOOK_EVERY_MS = 5_000;
// The role settles in two minutes, and questions that belong together are gathered for half a minute more.
const LOOKS_AT_MOST = 360;
const THINKING_MS = 4 * 60_000;

/**
 * A question comes; whoever made the role answers it and is refused, and a third person approves. A story in which nobody
 * was asked ends without either, and its judge says so.
 */
export async function answerQuestion(
  stage: Stage,
  clock: StoryClock,
  say: (who: string, what: string) => void,
): Promise<void> {
  const asked = await firstQuestion(stage, clock);
  if (!asked) return;
  say('SNS', asked.subject);
  for (const { name, arn } of [STORY_APPROVERS.maker, STORY_APPROVERS.colleague]) {
    const { status, body } = await stage.answerAs(arn, { question: asked.question, answer: 'approve' });
    say(name, `approves, and gets ${status}: ${messageOf(body)}`);
    if (status !== 200) await clock.pause(THINKING_MS);
  }
}

async function firstQuestion({ aws }: Stage, clock: StoryClock) {
  for (let looks = 0; looks < LOOKS_AT_MOST; looks += 1) {
    for (const { subject = '', message } of aws.sns.messages) {
      const question = /"question":"([0-9a-f]{24})"/.exec(message)?.[1];
      if (question !== undefined) return { question, subject };
    }
    await clock.pause(LOOK_EVERY_MS);
  }
  return undefined;
}

function messageOf(body: string): string {
  const said: unknown = JSON.parse(body);
  return typeof said === 'object' && said !== null && 'message' in said ? String(said.message) : body;
}
