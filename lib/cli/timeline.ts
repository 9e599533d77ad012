import type { TimelineLine } from './story-document.ts';

/** Somebody does something at a moment. */
export interface Scene {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Terraform, EventBridge, Step Functions, eks-rebind, a node, a person. */
  readonly who: string;
  readonly what: string;
  /** How it reads: as good news, as trouble, or as a matter of course. @default 'plain' */
  readonly tone?: 'good' | 'bad' | 'plain';
}

/** What has happened so far. */
export interface Timeline {
  add(scene: Scene): void;
  /** In the order of time; what happened at the same moment, in the order in which it was told. */
  scenes(): Scene[];
}

/** A timeline that tells a listener of each scene as it comes. */
export function createTimeline(listener?: (scene: Scene) => void): Timeline {
  const told: Scene[] = [];
  return {
    add(scene) {
      told.push(scene);
      listener?.(scene);
    },
    scenes: () => told.toSorted((one, other) => one.at - other.at),
  };
}

/** A scene as the JSON document has it. */
export const lineOf = ({ at, who, what }: Scene): TimelineLine => ({
  at: new Date(at).toISOString(),
  what: `${who}: ${what}`,
});
