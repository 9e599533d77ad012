import { assembleDocument } from './story/assemble-document.ts';
import { readEventFile } from './replay/event-file.ts';
import { bundleFile } from './bundled/bundle-file.ts';
import type { ExitCode, Terminal } from './io.ts';
import { isPromised, judgeStory } from './story/judge-story.ts';
import { renderResult } from './timeline/render-result.ts';
import { paintFor } from './output/paint.ts';
import { renderScene, renderTimeline } from './timeline/render-timeline.ts';
import { replay } from './replay/replay.ts';
import type { Telling, Told } from './story/telling.ts';
import { tellStory } from './story/tell-story.ts';
import { createTimeline } from './timeline/timeline.ts';

/** What `eks-rebind demo` can be told. */
export interface DemoOptions {
  readonly json: boolean;
  readonly seed: number;
  readonly realTime: boolean;
  readonly bundled: boolean;
  /** File of CloudTrail records or EventBridge events that drive it. */
  readonly event?: string;
}

/** Tells the story, or replays records, and says whether all is as promised. */
export async function demo(options: DemoOptions, { io }: Terminal): Promise<ExitCode> {
  const paint = paintFor(io.isTty);
  const isLive = options.realTime && !options.json;
  const timeline = createTimeline(isLive ? (scene) => io.stdout(renderScene(scene, paint)) : undefined);
  const records = options.event === undefined ? undefined : await readEventFile(options.event);
  const bundle = options.bundled ? bundleFile() : undefined;
  const code = bundle && { bundle: bundle.path };
  const run = { seed: options.seed, isRealTime: options.realTime, timeline, note: io.stderr, ...code };
  const told = await (records ? replay(records, run) : story(run)).finally(() => bundle?.remove());

  if (options.json) io.stdout(JSON.stringify(told.document, undefined, 2));
  else {
    if (!isLive) for (const line of renderTimeline(told.scenes, paint)) io.stdout(line);
    for (const line of renderResult(told, paint)) io.stdout(line);
  }
  for (const problem of told.problems) io.error(`not as promised: ${problem}`);
  return told.problems.length === 0 ? 0 : 1;
}

async function story(telling: Telling): Promise<Told> {
  const { seed, isRealTime, timeline, note } = telling;
  if (isRealTime) note('On the real clock this takes about half an hour: someone redrives after twenty minutes.');
  const told = await tellStory(telling);
  const scenes = timeline.scenes();
  const document = assembleDocument({ seed, stories: [told], scenes, passedOver: [], isRebound: isPromised });
  const problems = judgeStory(told);
  const { entries, untouched, secondsFromRecreationToRebound: seconds } = document;
  const verdict =
    `${entries.length} access entries work again, half of them within ${seconds.p50} s of their role's creation; ` +
    `${untouched.length} were left as they were. Nothing was lost, nothing gained.`;
  return { document, scenes, problems, verdict };
}
