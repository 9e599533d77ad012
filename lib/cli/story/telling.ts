import type { StoryDocument } from './story-document.ts';
import type { Scene, Timeline } from '../timeline/timeline.ts';

/** How a story is to be told. */
export interface Telling {
  readonly seed: number;
  readonly isRealTime: boolean;
  /** The file that the service's functions run from. @default they run in this process */
  readonly bundle?: string;
  readonly timeline: Timeline;
  /** Takes a line of notes that are no part of the story. */
  readonly note: (line: string) => void;
}

/** A story or a replay, and all in which it is not as promised. */
export interface Told {
  readonly document: StoryDocument;
  readonly scenes: readonly Scene[];
  readonly problems: readonly string[];
  /** What it came to, in a sentence. */
  readonly verdict: string;
}
