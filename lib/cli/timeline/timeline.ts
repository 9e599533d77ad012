import type { TimelineLine } from '../story/story-document.ts';

/** Somebody does something at a moment. */
export interface Scene {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Terraform, EventBridge, Step Functions, eks-rebind, a node, a person. */
  readonly who: string;
  readonly what: string;
  /** A role's access entries, if it is about them. @default it isn't */
  readonly about?: { readonly role: string; readonly places: readonly Place[] };
  /** How it reads: as good news, as trouble, or as a matter of course. @default 'plain' */
  readonly tone?: 'good' | 'bad' | 'plain';
  /** It follows from what others did at the same moment. @default false */
  readonly isReaction?: boolean;
}

/** A cluster, as people name it. */
interface Place {
  readonly clusterName: string;
  readonly region: string;
}

/** What has happened so far. */
export interface Timeline {
  add(scene: Scene | undefined): void;
  /** In the order of time; what happened at the same moment, in the order in which it was told, reactions last. */
  scenes(): Scene[];
}

/** A timeline that tells a listener of each scene as it comes. */
export function createTimeline(listener?: (scene: Scene) => void): Timeline {
  const told: Scene[] = [];
  const order = ({ at, isReaction = false }: Scene) => at + (isReaction ? 0.5 : 0);
  return {
    add(scene) {
      if (!scene) return;
      told.push(scene);
      listener?.(scene);
    },
    scenes: () => merged(told.toSorted((one, other) => order(one) - order(other))),
  };
}

/** The same step in several clusters, within the same second, is one scene. */
export function merged(scenes: readonly Scene[]): Scene[] {
  const known = new Map<string, Scene>();
  for (const scene of scenes) {
    const { at, who, what, about, tone } = scene;
    const second = Math.floor(at / 1000);
    const key = JSON.stringify([second, who, what, tone, about ? about.role : known.size]);
    const first = known.get(key);
    const isSame = first?.about && about;
    const places = isSame ? [...first.about.places, ...about.places] : [];
    known.set(key, isSame ? { ...first, about: { role: about.role, places } } : scene);
  }
  return [...known.values()];
}

// More than these nobody reads one by one.
const PLACES_AT_MOST = 4;

/** What a scene says, in a line. */
export function textOf({ what, about }: Scene): string {
  if (!about) return what;
  const { role, places } = about;
  const where =
    places.length > PLACES_AT_MOST
      ? `${places.length} clusters`
      : places.map(({ clusterName, region }) => `${clusterName} (${region})`).join(', ');
  return `${role} in ${where}: ${what}`;
}

/** A scene as the JSON document has it. */
export const lineOf = (scene: Scene): TimelineLine => ({
  at: new Date(scene.at).toISOString(),
  what: `${scene.who}: ${textOf(scene)}`,
});
