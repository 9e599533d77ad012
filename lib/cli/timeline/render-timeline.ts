import type { Paint } from '../output/paint.ts';
import { type Scene, textOf } from './timeline.ts';

type Style = Parameters<Paint>[0];

// As wide as the widest of them: Step Functions.
const WHO_WIDTH = 'Step Functions'.length;

const WHO_STYLES: Readonly<Record<string, Style>> = {
  Terraform: 'magenta',
  EventBridge: 'blue',
  'Step Functions': 'blue',
  'eks-rebind': 'cyan',
};

const TONES = { good: 'green', bad: 'red' } as const;

/** One line of the timeline: when, who, what. */
export function renderScene(scene: Scene, paint: Paint): string {
  const { at, who, tone = 'plain' } = scene;
  const what = textOf(scene);
  const time = new Date(at).toISOString().slice(11, 19);
  const painted = tone === 'plain' ? what : paint(TONES[tone], what);
  return `${paint('dim', time)}  ${paint(WHO_STYLES[who] ?? 'yellow', who.padEnd(WHO_WIDTH))}  ${painted}`;
}

/** The timeline, with a heading for each day. */
export function renderTimeline(scenes: readonly Scene[], paint: Paint): string[] {
  let day = '';
  return scenes.flatMap((scene) => {
    const today = new Date(scene.at).toISOString().slice(0, 10);
    const heading = today === day ? [] : [...(day ? [''] : []), paint('bold', `${today} (UTC)`)];
    day = today;
    return [...heading, renderScene(scene, paint)];
  });
}
